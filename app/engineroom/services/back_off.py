"""Starting again by itself: at most three times, each time after twice the wait."""

import asyncio
from collections.abc import Callable

RESTARTS = 3
FIRST_BACK_OFF_S = 1.0


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

    def arm(self, restart: Callable[[], None]) -> float:
        """Call ``restart`` after the next wait; the wait in seconds."""
        wait_s = float(FIRST_BACK_OFF_S * 2**self.restarts)
        self.restarts += 1
        self._timer = asyncio.get_running_loop().call_later(wait_s, restart)
        return wait_s

    def cancel(self) -> None:
        """No restart after all."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
