"""What goes through the gateway: totals, the last request, and output tokens per second right now."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from engineroom.domain.usage import Outcome, RequestView, Traffic
from engineroom.services import hub
from engineroom.services.ports import Clock

WINDOW_S = 2.0
_BUCKET_S = 0.1
_EMPTY = Traffic(
    requests=0, rejected=0, failed=0, cancelled=0, prompt_tokens=0, completion_tokens=0, last=None
)  # fmt: skip


class TrafficMonitor:
    """Counts. Token rates are kept in buckets of 0.1 s."""

    def __init__(self, *, clock: Clock, events: hub.Hub) -> None:
        self._clock = clock
        self._events = events
        self._buckets: deque[tuple[int, float]] = deque()
        self._followers: list[Callable[[RequestView], None]] = []
        self.totals = _EMPTY
        self.active = 0
        self.waiting = 0

    def follow(self, tell: Callable[[RequestView], None]) -> None:
        """Call this with every request that is over, at once: its energy is not known yet."""
        self._followers.append(tell)

    def tokens(self, count: float, *, over_s: float = 0.0) -> None:
        """Count output tokens that came just now, or evenly over the last ``over_s`` seconds."""
        now = int(self._clock.monotonic_s() / _BUCKET_S)
        if over_s <= 0:
            self._add(now, count)
            return
        buckets = max(1, int(over_s / _BUCKET_S))
        for bucket in range(max(now - buckets + 1, now - int(WINDOW_S / _BUCKET_S)), now + 1):
            self._add(bucket, count / buckets)
        self._buckets = deque(sorted(self._buckets))

    def tokens_per_s(self) -> float:
        """Output tokens of all requests per second, over the last two seconds."""
        oldest = int((self._clock.monotonic_s() - WINDOW_S) / _BUCKET_S)
        while self._buckets and self._buckets[0][0] <= oldest:
            self._buckets.popleft()
        return sum(count for _, count in self._buckets) / WINDOW_S

    def finished(self, request: RequestView) -> None:
        """Count a request that is over."""
        totals = self.totals
        self.totals = replace(
            totals,
            requests=totals.requests + 1,
            rejected=totals.rejected + (request.outcome is Outcome.REJECTED),
            failed=totals.failed + (request.outcome is Outcome.FAILED),
            cancelled=totals.cancelled + (request.outcome is Outcome.CANCELLED),
            prompt_tokens=totals.prompt_tokens + (request.prompt_tokens or 0),
            completion_tokens=totals.completion_tokens + (request.completion_tokens or 0),
            last=request,
        )
        self._events.publish(hub.TRAFFIC, self.totals)
        for tell in self._followers:
            tell(request)

    def settled(self, request: RequestView) -> None:
        """The energy of a finished request has become known."""
        last = self.totals.last
        if last is not None and last.request_id == request.request_id and request.joules_gross is not None:
            self.totals = replace(self.totals, last=request)
            self._events.publish(hub.TRAFFIC, self.totals)

    def _add(self, bucket: int, count: float) -> None:
        if self._buckets and self._buckets[-1][0] == bucket:
            self._buckets[-1] = (bucket, self._buckets[-1][1] + count)
        else:
            self._buckets.append((bucket, count))
