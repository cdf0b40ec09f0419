"""When an engine will probably be asked for again, by when it was."""

from dataclasses import dataclass

_OLD, _ALL = 7, 8
"""How much of a mean is kept when something new comes."""

_STEADY = 4
"""Gaps are regular where they vary by less than this part of them."""


@dataclass(slots=True)
class Uses:
    """The requests for one engine. ``gap_ms``: running mean of the time between two; ``swing_ms``: how it varies."""

    last_ms: int | None = None
    gap_ms: int | None = None
    swing_ms: int = 0

    def asked(self, now_ms: int) -> None:
        """One more."""
        if self.last_ms is not None:
            gap_ms = now_ms - self.last_ms
            if self.gap_ms is None:
                self.gap_ms = self.swing_ms = gap_ms
            else:
                self.swing_ms = (_OLD * self.swing_ms + abs(gap_ms - self.gap_ms)) // _ALL
                self.gap_ms = (_OLD * self.gap_ms + gap_ms) // _ALL
        self.last_ms = now_ms

    def next_ms(self, now_ms: int) -> int | None:
        """How long until the next one, at least 1; ``None`` before there were two.

        Regular ones are expected at their time.  Of others it is known that they come as seldom as they came, and
        that whatever was not asked for in long will not be for as long again.
        """
        if self.last_ms is None or self.gap_ms is None:
            return None
        quiet_ms = now_ms - self.last_ms
        if _STEADY * self.swing_ms < self.gap_ms and quiet_ms < self.gap_ms + 2 * self.swing_ms:
            return max(1, self.gap_ms + self.swing_ms - quiet_ms)
        return max(1, self.gap_ms, quiet_ms)
