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
        self._followed: set[Tally] = set()
        self.energy = EnergyAccounts(self._settled)

    def begin(self, request_id: str, *, on_cpu: bool) -> None:
        """A request reaches its engine, which computes on the processor or on the cards."""
        self._solo.begin(request_id)
        self.energy.begin(request_id, on_cpu=on_cpu)

    def follow(self, tally: "Tally") -> None:
        """Ask it for its tokens at each reading."""
        self._followed.add(tally)

    def let_go(self, tally: "Tally") -> None:
        """Ask it no more."""
        self._followed.discard(tally)

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
        for tally in tuple(self._followed):
            tally.tell()
        loaded = self._engine_loaded()
        spans = self.energy.reading(self._clock.monotonic_s(), host, gpus, engine_loaded=loaded)
        self._ledger.frame(self._telemetry.accept_reading(host, gpus), spans)

    def _settled(self, request: RequestView) -> None:
        self._ledger.request(request)
        self._traffic.settled(request)
        self._tell_settled(request)


class Tally:
    """Tokens of one request's streams, asked for at each reading: else every token would pay for its telling."""

    def __init__(self, accounting: Accounting, request_id: str, clock: Clock) -> None:
        self._accounting = accounting
        self._request_id = request_id
        self._meter: StreamMeter | None = None
        self._told = 0
        self._told_s = 0.0
        self.now_s = clock.monotonic_s

    def metered(self, meter: StreamMeter, block: bytes) -> bytes:
        """Account for a block of a stream; what the meter lets through."""
        if meter is not self._meter:
            self._turn_to(meter)
        return meter.feed(block, self.now_s())

    def tell(self) -> None:
        """Tell of the tokens since the last time; they are taken to have come evenly."""
        meter = self._meter
        if meter is None or meter.first_token_at_s is None:
            return
        fresh = meter.token_events - self._told
        if fresh:
            now_s = self.now_s()
            over_s = now_s - max(self._told_s, meter.first_token_at_s)
            self._told, self._told_s = meter.token_events, now_s
            self._accounting.tokens(self._request_id, fresh, over_s=over_s)

    def close(self) -> None:
        """Tell of the last ones."""
        self.tell()
        self._meter = None
        self._accounting.let_go(self)

    def _turn_to(self, meter: StreamMeter) -> None:
        self.tell()
        self._meter, self._told, self._told_s = meter, 0, 0.0
        self._accounting.follow(self)
