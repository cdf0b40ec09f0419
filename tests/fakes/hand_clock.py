"""A clock that moves when it is told to."""


class HandClock:
    """Starts at some second of both scales; see :class:`engineroom.services.ports.Clock`."""

    def __init__(self, *, monotonic_s: float = 1000.0, unix_s: float = 1_700_000_000.0) -> None:
        self._monotonic_s = monotonic_s
        self._unix_s = unix_s

    def monotonic_s(self) -> float:
        return self._monotonic_s

    def unix_s(self) -> float:
        return self._unix_s

    def advance(self, seconds: float) -> None:
        """Time goes by."""
        self._monotonic_s += seconds
        self._unix_s += seconds
