"""The ledger: what requests used, and the past of traffic and cards. One writer, in batches."""

import asyncio
import contextlib
from collections.abc import Iterable

from engineroom.domain.energy import EnergySpan, IdlePower
from engineroom.domain.errors import Broken, Code
from engineroom.domain.ledger import EnergyRow, EnergyTable, GroupBy, Series
from engineroom.domain.machine import Frame
from engineroom.domain.rollup import Rollup, RollupBook, step_for
from engineroom.domain.settings import EnergySettings
from engineroom.domain.usage import RequestView
from engineroom.services.beat import beat
from engineroom.services.notices import NoticeBoard
from engineroom.services.ports import Clock, LedgerStore

WRITE_EVERY_S = 1.0
PRUNE_EVERY_S = 3600.0
MOST_PENDING = 10_000
DAY_S = 86_400.0


class Ledger:
    """Collects what is to be kept and writes it once a second; a disk that fails costs nothing but the record."""

    def __init__(self, *, store: LedgerStore, clock: Clock, notices: NoticeBoard, settings: EnergySettings) -> None:
        self._store = store
        self._clock = clock
        self._notices = notices
        self.settings = settings
        self._book = RollupBook()
        self._requests: list[RequestView] = []
        self._rollups: list[Rollup] = []
        self._pruned_at_s = float("-inf")

    def request(self, request: RequestView) -> None:
        """Keep a request that is over and settled."""
        self._requests.append(request)
        self._book.request()

    def tokens(self, count: float) -> None:
        """Count output tokens for the charts."""
        self._book.tokens(count)

    def frame(self, frame: Frame, spans: Iterable[tuple[str, EnergySpan]]) -> None:
        """Keep a telemetry frame."""
        self._rollups += self._book.turn(frame.taken_at_s)
        self._book.frame(frame, spans)

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await beat(WRITE_EVERY_S)
            await self._write()

    async def close(self) -> None:
        """Write what is left."""
        self._rollups += self._book.close()
        await self._write()
        with contextlib.suppress(Broken):
            await asyncio.to_thread(self._store.close)

    async def energy(self, by: GroupBy, *, days: float, idle: IdlePower) -> EnergyTable:
        """What was used in the last ``days``, grouped. Raises Broken when the store cannot be read."""
        since_s = self._clock.unix_s() - days * DAY_S
        rows = await asyncio.to_thread(self._store.energy, by, since_s)
        price = self.settings.price_per_kwh
        return EnergyTable(
            by=by,
            since_s=since_s,
            rows=tuple(_priced(row, price) for row in rows),
            total=_priced(_total(rows), price),
            price_per_kwh=price,
            currency=self.settings.currency,
            idle_loaded_w=idle.loaded_w,
            idle_bare_w=idle.bare_w,
            saved_by_unloading_w=idle.saved_by_unloading_w,
        )

    async def series(self, *, seconds: float) -> Series:
        """The past of all sources, in buckets fit for the span. Raises Broken when the store cannot be read."""
        step_s = step_for(seconds)
        since_s = self._clock.unix_s() - seconds
        return Series(step_s=step_s, points=tuple(await asyncio.to_thread(self._store.series, since_s, step_s)))

    async def requests(self, *, days: float) -> list[RequestView]:
        """Every request of the last ``days``, oldest first. Raises Broken when the store cannot be read."""
        return await asyncio.to_thread(self._store.requests, self._clock.unix_s() - days * DAY_S)

    async def _write(self) -> None:
        requests, self._requests = self._requests, []
        rollups, self._rollups = self._rollups, []
        now_s = self._clock.unix_s()
        prune = now_s - self._pruned_at_s > PRUNE_EVERY_S
        if not requests and not rollups and not prune:
            return
        try:
            await asyncio.to_thread(self._store.write, requests, rollups)
            if prune:
                days = self.settings
                await asyncio.to_thread(
                    self._store.prune,
                    requests_before_s=now_s - days.keep_requests_days * DAY_S,
                    rollups_before_s=now_s - days.keep_rollups_days * DAY_S,
                    now_s=now_s,
                )
                self._pruned_at_s = now_s
        except Broken as error:
            self._notices.put(error.problem)
            self._requests = (requests + self._requests)[-MOST_PENDING:]
            self._rollups = (rollups + self._rollups)[-MOST_PENDING:]
        else:
            self._notices.clear(Code.LEDGER_UNWRITABLE)


def _total(rows: list[EnergyRow]) -> EnergyRow:
    gross = [row.joules_gross for row in rows if row.joules_gross is not None]
    above = [row.joules_above_idle for row in rows if row.joules_above_idle is not None]
    return EnergyRow(
        group="total",
        requests=sum(row.requests for row in rows),
        prompt_tokens=sum(row.prompt_tokens for row in rows),
        completion_tokens=sum(row.completion_tokens for row in rows),
        joules_gross=sum(gross) if gross else None,
        joules_above_idle=sum(above) if above else None,
        joules_per_token=None,
        watt_hours=None,
        cost=None,
        estimated=any(row.estimated for row in rows),
    )


def _priced(row: EnergyRow, price_per_kwh: float | None) -> EnergyRow:
    joules = row.joules_gross
    watt_hours = None if joules is None else joules / 3600
    return EnergyRow(
        group=row.group,
        requests=row.requests,
        prompt_tokens=row.prompt_tokens,
        completion_tokens=row.completion_tokens,
        joules_gross=joules,
        joules_above_idle=row.joules_above_idle,
        joules_per_token=joules / row.completion_tokens if joules is not None and row.completion_tokens else None,
        watt_hours=watt_hours,
        cost=watt_hours / 1000 * price_per_kwh if watt_hours is not None and price_per_kwh is not None else None,
        estimated=row.estimated,
    )
