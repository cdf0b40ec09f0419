"""Starting again by itself: at most three times, each time after twice the wait; at once after good service."""

import asyncio
from collections.abc import Callable

RESTARTS = 3
FIRST_BACK_OFF_S = 1.0
AT_ONCE_S = 0.1
"""Enough for what the process had to be given back."""


class BackOff:
    """Counts restarts and holds the timer of the next."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None
        self.restarts = 0

    @property
    def armed(self) -> bool:
        """Whether a restart is coming."""
        return self._timer is not None

    @property
    def exhausted(self) -> bool:
        """Whether it has been tried often enough."""
        return self.restarts >= RESTARTS

    def arm(self, restart: Callable[[], None], *, served_well: bool = False) -> float:
        """Call ``restart`` after the next wait, the first of a new count if it ``served_well``; the wait in seconds."""
        if served_well:
            self.restarts = 0
        wait_s = AT_ONCE_S if served_well else float(FIRST_BACK_OFF_S * 2**self.restarts)
        self.restarts += 1
        self._timer = asyncio.get_running_loop().call_later(wait_s, restart)
        return wait_s

    def cancel(self) -> None:
        """No restart after all."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
