"""What happens to a request's figures: live rates, totals, its share of the energy, and the ledger."""

from collections.abc import Callable

from engineroom.domain.machine import GpuReading, HostReading
from engineroom.domain.stream_meter import StreamMeter
from engineroom.domain.usage import Outcome, RequestView
from engineroom.services.energy import EnergyAccounts
from engineroom.services.ledger import Ledger
from engineroom.services.ports import Clock
from engineroom.services.solo import Solo
from engineroom.services.telemetry import Telemetry
from engineroom.services.traffic import TrafficMonitor

TELL_EVERY_S = 0.1
"""As fine as rates are reckoned."""


class Accounting:
    """The one place that requests and readings report to.

    Args:
        engine_loaded: whether any engine is up, for the two kinds of idling.
        settled: told of a request once its energy is known (or known to be unknown).
        alone: told of an answer that was computed while there was no other.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        traffic: TrafficMonitor,
        telemetry: Telemetry,
        ledger: Ledger,
        engine_loaded: Callable[[], bool],
        settled: Callable[[RequestView], None],
        alone: Callable[[RequestView], None] = lambda _: None,
    ) -> None:
        self._clock = clock
        self._traffic = traffic
        self._telemetry = telemetry
        self._ledger = ledger
        self._engine_loaded = engine_loaded
        self._tell_settled = settled
        self._tell_alone = alone
        self._solo = Solo()
        self.energy = EnergyAccounts(self._settled)

    def begin(self, request_id: str, *, on_cpu: bool) -> None:
        """A request reaches its engine, which computes on the processor or on the cards."""
        self._solo.begin(request_id)
        self.energy.begin(request_id, on_cpu=on_cpu)

    def tokens(self, request_id: str, count: int, *, over_s: float = 0.0) -> None:
        """Output tokens that came just now, or evenly over the last ``over_s`` seconds."""
        self._traffic.tokens(count, over_s=over_s)
        self.energy.tokens(request_id, count)
        self._ledger.tokens(count)

    def finished(self, request: RequestView) -> None:
        """A request is over."""
        self._traffic.finished(request)
        if self._solo.end(request.request_id) and request.outcome is Outcome.OK:
            self._tell_alone(request)
        self.energy.finish(request)

    def reading(self, host: HostReading, gpus: tuple[GpuReading, ...]) -> None:
        """One round of readings of the machine."""
        loaded = self._engine_loaded()
        spans = self.energy.reading(self._clock.monotonic_s(), host, gpus, engine_loaded=loaded)
        self._ledger.frame(self._telemetry.accept_reading(host, gpus), spans)

    def _settled(self, request: RequestView) -> None:
        self._ledger.request(request)
        self._traffic.settled(request)
        self._tell_settled(request)


class Tally:
    """Tokens of one request's streams, told of as often as rates are reckoned: else each would pay for its telling."""

    def __init__(self, accounting: Accounting, request_id: str, clock: Clock) -> None:
        self._accounting = accounting
        self._request_id = request_id
        self._now_s = clock.monotonic_s
        self._meter: StreamMeter | None = None
        self._told = 0
        self._due_s = 0.0

    def plain(self, meter: StreamMeter, block: bytes) -> bool:
        """Account for a block that is a piece of text and no more; false where :meth:`metered` has to."""
        now_s = self._now_s()
        if now_s >= self._due_s or meter is not self._meter:
            return False
        return meter.plain(block, now_s)

    def metered(self, meter: StreamMeter, block: bytes) -> bytes:
        """Account for a block of a stream; what the meter lets through."""
        now_s = self._now_s()
        data = meter.feed(block, now_s)
        if now_s >= self._due_s or meter is not self._meter:
            self._due_s = now_s + TELL_EVERY_S
            self._turn(meter)
        return data

    def close(self) -> None:
        """Tell of the last ones."""
        if self._meter is not None:
            self._turn(self._meter)

    def _turn(self, meter: StreamMeter) -> None:
        if meter is not self._meter:
            if self._meter is not None:
                self._turn(self._meter)
            self._meter, self._told = meter, 0
        fresh = meter.token_events - self._told
        if fresh:
            self._told += fresh
            self._accounting.tokens(self._request_id, fresh)
