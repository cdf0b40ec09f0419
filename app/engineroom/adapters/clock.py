"""Time, from the operating system."""

import time


class SystemClock:
    """The real clock."""

    monotonic_s = staticmethod(time.monotonic)
    """Seconds that never go back."""

    unix_s = staticmethod(time.time)
    """Seconds since 1970."""
