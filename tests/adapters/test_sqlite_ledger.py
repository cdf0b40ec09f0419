"""The ledger's tables, on a real file."""

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from engineroom.adapters.sqlite import database
from engineroom.adapters.sqlite.database import open_database
from engineroom.adapters.sqlite.ledger import SqliteLedger
from engineroom.domain.errors import Broken, Code
from engineroom.domain.ledger import GroupBy
from engineroom.domain.rollup import Metric, Rollup
from engineroom.domain.usage import Outcome, RequestView

DAY_S = 86_400.0


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "engineroom.db"


@pytest.fixture
def ledger(path):
    ledger = SqliteLedger(path)
    yield ledger
    ledger.close()


def request(**changes) -> RequestView:
    plain = RequestView(
        request_id="r", model_id="m", route="/v1/completions", outcome=Outcome.OK, status=200, finished_at_s=1000.0,
        seconds=2.0, ttft_s=0.1, tokens_per_s=50.0, prompt_tokens=10, completion_tokens=20, joules_gross=100.0,
        joules_above_idle=60.0,
    )  # fmt: skip
    return replace(plain, **changes)


def rollup(bucket_s=1000, source="GPU-1", watts=(), **changes) -> Rollup:
    power = Metric()
    for value in watts:
        power.add(value)
    return Rollup(bucket_s=bucket_s, source=source, power=power, **changes)


def test_requests_come_back_as_they_were(ledger) -> None:
    kept = [
        request(),
        request(request_id="s", ttft_s=None, joules_gross=None, joules_above_idle=None, outcome=Outcome.CANCELLED),
    ]
    ledger.write(kept, [])
    assert ledger.requests(0.0) == kept
    assert ledger.requests(1000.1) == []


def test_energy_by_model_sums_and_leaves_out_what_was_rejected(ledger) -> None:
    ledger.write(
        [
            request(),
            request(joules_gross=50.0, joules_above_idle=20.0, energy_estimated=True),
            request(model_id="n", joules_gross=None, joules_above_idle=None),
            request(model_id="unknown", outcome=Outcome.REJECTED),
        ],
        [],
    )
    rows = {row.group: row for row in ledger.energy(GroupBy.MODEL, 0.0)}
    assert set(rows) == {"m", "n"}
    assert (rows["m"].requests, rows["m"].completion_tokens, rows["m"].joules_gross, rows["m"].joules_above_idle) == (
        2, 40, 150.0, 80.0,
    )  # fmt: skip
    assert rows["m"].estimated
    assert rows["n"].joules_gross is None
    assert [row.group for row in ledger.energy(GroupBy.KEY, 0.0)] == ["no key"]


def test_energy_by_day(ledger) -> None:
    noon = 1_790_000_000.0
    ledger.write(
        [request(finished_at_s=noon), request(finished_at_s=noon + DAY_S), request(finished_at_s=noon + DAY_S)], []
    )
    assert [row.requests for row in ledger.energy(GroupBy.DAY, 0.0)] == [1, 2]


def test_buckets_add_up_at_every_step(ledger) -> None:
    ledger.write([], [rollup(7200, watts=(100.0, 200.0), energy_j=1500.0)])
    ledger.write([], [rollup(7210, watts=(600.0,), energy_j=6000.0)])
    ten = ledger.series(0.0, 10)
    assert [(point.at_s, point.power_w, point.power_max_w) for point in ten] == [
        (7200, 150.0, 200.0),
        (7210, 600.0, 600.0),
    ]
    for step_s in (60, 3600):
        (point,) = ledger.series(0.0, step_s)
        assert (point.at_s, point.power_w, point.power_max_w, point.energy_j) == (7200, 300.0, 600.0, 7500.0)


def test_what_was_not_reported_stays_unknown(ledger) -> None:
    ledger.write([], [rollup(), rollup()])
    (point,) = ledger.series(0.0, 10)
    assert (point.power_w, point.power_max_w, point.memory_used_bytes, point.energy_j, point.tokens_per_s) == (
        None,
    ) * 5
    ledger.write([], [rollup(watts=(80.0,), energy_j=5.0, tokens=40.0, requests=2)])
    (point,) = ledger.series(0.0, 10)
    assert (point.power_w, point.energy_j, point.tokens_per_s, point.requests) == (80.0, 5.0, 4.0, 2)


def test_old_rows_are_forgotten_by_step(ledger) -> None:
    now_s = 400 * DAY_S
    old = [rollup(int(now_s - days * DAY_S)) for days in (1, 3, 20, 399)]
    ledger.write([request(finished_at_s=now_s - 91 * DAY_S), request(finished_at_s=now_s - 1)], old)
    ledger.prune(requests_before_s=now_s - 90 * DAY_S, rollups_before_s=now_s - 300 * DAY_S, now_s=now_s)
    assert len(ledger.requests(0.0)) == 1
    assert [len(ledger.series(0.0, step_s)) for step_s in (10, 60, 3600)] == [1, 2, 3]


def test_a_batch_is_kept_whole_or_not_at_all(ledger, path) -> None:
    ledger.write([request()], [])
    broken = request(model_id=None)
    with pytest.raises(Broken) as caught:
        ledger.write([request(request_id="s"), broken], [rollup()])
    assert caught.value.code == Code.LEDGER_UNWRITABLE
    assert [kept.request_id for kept in ledger.requests(0.0)] == ["r"]
    assert ledger.series(0.0, 10) == []


def test_it_survives_being_closed_and_read_from_another_thread(ledger) -> None:
    ledger.write([request()], [])
    ledger.close()
    seen = []
    thread = threading.Thread(target=lambda: seen.extend(ledger.requests(0.0)))
    thread.start()
    thread.join()
    assert seen == [request()]


def test_a_file_that_is_no_database_is_said_and_left_alone(path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"Dear diary, " * 100)
    with pytest.raises(Broken) as caught:
        SqliteLedger(path).write([request()], [])
    assert caught.value.problem.facts["path"] == str(path)
    assert path.read_bytes() == b"Dear diary, " * 100


def test_a_newer_database_is_left_alone(path) -> None:
    open_database(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(Broken) as caught:
        open_database(path)
    assert "99" in str(caught.value.problem.facts["reason"])


def test_opening_twice_migrates_once(path) -> None:
    open_database(path).close()
    connection = open_database(path)
    newest = max(path.name[:4] for path in Path(database.__file__).with_name("migrations").glob("*.sql"))
    assert connection.execute("PRAGMA user_version").fetchone() == (int(newest),)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
