"""How far a pull is: a share that never goes back, a speed, and an end in sight that never moves away."""

from collections import deque

_WINDOW_S = 10.0
_STALLED_S = 5.0
_FIRST_ETA_S = 2.0


class PullMeter:
    """Fed with the bytes that are here, read several times a second. Times are monotonic seconds.

    Args:
        total_bytes: of the whole pull.
        done_bytes: here at the start.
        now_s: the start.
    """

    def __init__(self, *, total_bytes: int, done_bytes: int, now_s: float) -> None:
        self.total_bytes = total_bytes
        self._shown_bytes = done_bytes
        self._points: deque[tuple[float, int]] = deque([(now_s, done_bytes)])
        self._moved_s = self._started_s = now_s
        self._eta_s: float | None = None

    def see(self, done_bytes: int, now_s: float) -> None:
        """``done_bytes`` are here now; fewer than before when a file had to be thrown away."""
        if done_bytes != self._points[-1][1]:
            self._moved_s = now_s
        self._points.append((now_s, done_bytes))
        while len(self._points) > 2 and self._points[1][0] <= now_s - _WINDOW_S:
            self._points.popleft()
        self._shown_bytes = max(self._shown_bytes, min(done_bytes, self.total_bytes))
        self._look_ahead(done_bytes, now_s)

    @property
    def done_bytes(self) -> int:
        """What is shown as done; never goes back."""
        return self._shown_bytes

    @property
    def bytes_per_s(self) -> float | None:
        """Mean of the last ten seconds; ``None`` before there is one."""
        (first_s, first), (last_s, last) = self._points[0], self._points[-1]
        return max(0.0, (last - first) / (last_s - first_s)) if last_s - first_s >= 0.5 else None

    @property
    def eta_s(self) -> float | None:
        """Seconds to the end. Never grows while bytes arrive; ``None`` when they do not, or too few have."""
        return self._eta_s

    def _look_ahead(self, done_bytes: int, now_s: float) -> None:
        speed = self.bytes_per_s
        if now_s - self._moved_s > _STALLED_S or not speed or now_s - self._started_s < _FIRST_ETA_S:
            self._eta_s = None
            return
        estimate = max(0, self.total_bytes - done_bytes) / speed
        self._eta_s = estimate if self._eta_s is None else min(self._eta_s, estimate)
