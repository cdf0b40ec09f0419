"""Time, from the operating system."""

import time


class SystemClock:
    """The real clock."""

    def monotonic_s(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def unix_s(self) -> float:
        """Seconds since 1970."""
        return time.time()
