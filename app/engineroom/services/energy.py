"""Energy accounts: reads counters window by window and gives each request its share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from engineroom.domain.energy import EnergyCounter, EnergySpan, IdlePower, share_out
from engineroom.domain.machine import GpuReading, HostReading
from engineroom.domain.rollup import HOST
from engineroom.domain.usage import RequestView

ON_CPU = frozenset({HOST})


@dataclass(slots=True)
class _Account:
    sources: frozenset[str] | None
    tokens: float = 0.0
    gross_j: float | None = None
    above_idle_j: float = 0.0
    estimated: bool = False
    finished: RequestView | None = None


class EnergyAccounts:
    """Shares a window's energy among the requests that were active in it.

    A request that is over is settled with the next reading, because only then is its last window's energy known.

    Args:
        settled: told of every request once its energy is known; ``None`` joules where nothing reported any.
    """

    def __init__(self, settled: Callable[[RequestView], None]) -> None:
        self._settled = settled
        self._counters: dict[str, EnergyCounter] = {}
        self._accounts: dict[str, _Account] = {}
        self._cards: frozenset[str] = frozenset()
        self.idle = IdlePower()

    def begin(self, request_id: str, *, on_cpu: bool) -> None:
        """A request reaches its engine."""
        self._accounts[request_id] = _Account(sources=ON_CPU if on_cpu else None)

    def tokens(self, request_id: str, count: float) -> None:
        """Output tokens of a request, just now."""
        if account := self._accounts.get(request_id):
            account.tokens += count

    def finish(self, request: RequestView) -> None:
        """A request is over. One that never reached an engine used none of its energy."""
        account = self._accounts.get(request.request_id)
        if account is None:
            self._settled(request)
        else:
            account.finished = request

    def reading(
        self, at_s: float, host: HostReading, gpus: tuple[GpuReading, ...], *, engine_loaded: bool
    ) -> list[tuple[str, EnergySpan]]:
        """Close the window that ends with this reading (monotonic seconds); its energy by source."""
        self._cards = frozenset(gpu.uuid for gpu in gpus)
        spans = {}
        for source, energy_j, power_w in _sources(host, gpus):
            span = self._counters.setdefault(source, EnergyCounter()).add(at_s, energy_j=energy_j, power_w=power_w)
            if span is not None:
                spans[source] = span
        self._watch_idling(spans, engine_loaded=engine_loaded)
        for sources in {self._sources(account) for account in self._accounts.values()}:
            self._share(sources, _sum(spans, sources))
        self._settle()
        return list(spans.items())

    def flush(self) -> None:
        """Settle what is over with what is known; for the daemon's end."""
        self._settle()

    def _share(self, sources: frozenset[str], span: EnergySpan | None) -> None:
        active = {name: account for name, account in self._accounts.items() if self._sources(account) == sources}
        if span is not None:
            tokens = {name: account.tokens for name, account in active.items()}
            for name, share in share_out(span, idle_w=self.idle.loaded_w, tokens=tokens).items():
                account = active[name]
                account.gross_j = (account.gross_j or 0.0) + share.gross_j
                account.above_idle_j += share.above_idle_j
                account.estimated = account.estimated or span.estimated
        for account in active.values():
            account.tokens = 0.0

    def _settle(self) -> None:
        over = [name for name, account in self._accounts.items() if account.finished is not None]
        for name in over:
            account = self._accounts.pop(name)
            assert account.finished is not None
            known = account.gross_j is not None
            self._settled(
                replace(
                    account.finished,
                    joules_gross=account.gross_j,
                    joules_above_idle=account.above_idle_j if known else None,
                    energy_estimated=account.estimated,
                )
            )

    def _watch_idling(self, spans: dict[str, EnergySpan], *, engine_loaded: bool) -> None:
        if not self._accounts and (span := _sum(spans, self._cards or ON_CPU)) is not None:
            self.idle.add(span, engine_loaded=engine_loaded)

    def _sources(self, account: _Account) -> frozenset[str]:
        return account.sources or self._cards


def _sources(host: HostReading, gpus: tuple[GpuReading, ...]) -> Iterable[tuple[str, float | None, float | None]]:
    yield HOST, host.cpu_energy_j, host.cpu_power_w
    for gpu in gpus:
        yield gpu.uuid, gpu.energy_j, gpu.power_w


def _sum(spans: dict[str, EnergySpan], sources: frozenset[str]) -> EnergySpan | None:
    """Energy of several sources together; absent unless every one of them reported."""
    if not sources or not sources <= spans.keys():
        return None
    parts = [spans[source] for source in sources]
    return EnergySpan(
        seconds=max(part.seconds for part in parts),
        joules=sum(part.joules for part in parts),
        estimated=any(part.estimated for part in parts),
    )
