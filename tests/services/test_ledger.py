"""The ledger over a real store: batches, prices, and a disk that fails."""

import asyncio

import pytest

from engineroom.adapters.sqlite.ledger import SqliteLedger
from engineroom.domain.energy import EnergySpan, IdlePower
from engineroom.domain.ledger import GroupBy
from engineroom.domain.machine import Frame, GpuReading, HostReading
from engineroom.domain.settings import EnergySettings
from engineroom.domain.usage import Outcome, RequestView
from engineroom.services import hub
from engineroom.services.ledger import Ledger
from engineroom.services.notices import NoticeBoard
from fakes.hand_clock import HandClock

NOW_S = 1_790_000_000.0


def request(**changes) -> RequestView:
    values = {
        "request_id": "r", "model_id": "m", "route": "/v1/completions", "outcome": Outcome.OK, "status": 200,
        "finished_at_s": NOW_S, "seconds": 2.0, "ttft_s": 0.1, "tokens_per_s": 50.0, "prompt_tokens": 10,
        "completion_tokens": 20, "joules_gross": 7200.0, "joules_above_idle": 3600.0,
    }  # fmt: skip
    return RequestView(**{**values, **changes})


def frame(at_s: float, watts: float | None) -> Frame:
    gpu = GpuReading(
        uuid="GPU-1", memory_used_bytes=5, memory_total_bytes=9, power_w=watts, utilisation_percent=50.0,
        temperature_c=40.0,
    )  # fmt: skip
    host = HostReading(cpu_percent=10.0, memory_available_bytes=1, cpu_power_w=None)
    return Frame(taken_at_s=at_s, tokens_per_s=0.0, active_requests=0, waiting_requests=0, host=host, gpus=(gpu,))


@pytest.fixture
def notices() -> NoticeBoard:
    return NoticeBoard(hub.Hub())


def make(path, notices, **settings) -> Ledger:
    clock = HandClock(unix_s=NOW_S)
    return Ledger(store=SqliteLedger(path), clock=clock, notices=notices, settings=EnergySettings(**settings))


async def test_joules_become_watt_hours_and_money(tmp_path, notices) -> None:
    ledger = make(tmp_path / "l.db", notices, price_per_kwh=0.30, currency="USD")
    ledger.request(request())
    await ledger._write()
    table = await ledger.energy(GroupBy.MODEL, days=1, idle=IdlePower())
    (row,) = table.rows
    assert (row.watt_hours, row.joules_per_token) == (2.0, 360.0)
    assert row.cost == pytest.approx(2.0 / 1000 * 0.30)
    assert table.total.cost == row.cost
    assert (table.currency, table.price_per_kwh, table.saved_by_unloading_w) == ("USD", 0.30, None)
    await ledger.close()


async def test_without_a_price_there_is_no_cost_and_without_energy_no_joules(tmp_path, notices) -> None:
    ledger = make(tmp_path / "l.db", notices)
    ledger.request(request(joules_gross=None, joules_above_idle=None))
    await ledger._write()
    (row,) = (await ledger.energy(GroupBy.MODEL, days=1, idle=IdlePower())).rows
    assert (row.joules_gross, row.watt_hours, row.cost, row.joules_per_token) == (None,) * 4
    assert row.completion_tokens == 20
    await ledger.close()


async def test_frames_become_buckets_when_the_ten_seconds_are_over(tmp_path, notices) -> None:
    ledger = make(tmp_path / "l.db", notices)
    span = EnergySpan(seconds=1.0, joules=100.0, estimated=False)
    for second in range(-30, -18):
        ledger.frame(frame(NOW_S + second, 100.0), [("GPU-1", span)])
        ledger.tokens(5)
    await ledger._write()
    series = await ledger.series(seconds=600)
    cards = [point for point in series.points if point.source == "GPU-1"]
    assert series.step_s == 10
    assert [(point.at_s - NOW_S, point.power_w, point.energy_j, point.temperature_c) for point in cards] == [
        (-30.0, 100.0, 1000.0, 40.0)
    ]
    assert [point.tokens_per_s for point in series.points if point.source == "traffic"] == [5.0]
    await ledger.close()
    reopened = make(tmp_path / "l.db", notices)
    assert len([p for p in (await reopened.series(seconds=600)).points if p.source == "GPU-1"]) == 2
    await reopened.close()


async def test_a_disk_that_fails_is_said_and_nothing_is_lost_when_it_works_again(tmp_path, notices) -> None:
    path = tmp_path / "folder"
    path.mkdir()
    ledger = make(path, notices)
    ledger.request(request())
    await ledger._write()
    assert [notice.code for notice in notices.all()] == ["ledger_unwritable"]
    path.rmdir()
    ledger.request(request(request_id="s"))
    await ledger._write()
    assert notices.all() == ()
    assert [kept.request_id for kept in await ledger.requests(days=1)] == ["r", "s"]
    await ledger.close()


async def test_it_writes_by_itself_and_ends_when_cancelled(tmp_path, notices) -> None:
    ledger = make(tmp_path / "l.db", notices)
    running = asyncio.create_task(ledger.run())
    ledger.request(request())
    async with asyncio.timeout(60):
        while not await ledger.requests(days=1):  # noqa: ASYNC110 (the store is asked; it tells nobody)
            await asyncio.sleep(0.05)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await ledger.close()
