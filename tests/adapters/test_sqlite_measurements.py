"""The tables of measurements."""

import sqlite3
from dataclasses import replace

import pytest

from engineroom.adapters.sqlite.ledger import SqliteLedger
from engineroom.adapters.sqlite.measurements import SqliteMeasurements
from engineroom.domain.errors import Broken
from engineroom.domain.planning.experience import KEPT, Key, LoadRecord, SpeedRecord, StartRecord
from engineroom.domain.planning.learned import Run
from engineroom.domain.planning.values import EngineKind, Runtime, TermKind

KEY = Key(runtime=Runtime.LLAMA_CPP, version="1", card="card", model_class="llama q4_1")
RUN = Run(predicted={TermKind.WEIGHTS: 100, TermKind.KV: 50}, measured={TermKind.WEIGHTS: 101})
LOAD = LoadRecord(key=KEY, at_s=5.0, run=RUN)
SPEED = SpeedRecord(key=KEY, weight_bytes=9, at_s=6.0, tokens_per_s=40.5, depth=7)
START = StartRecord(key=replace(KEY, kind=EngineKind.COMPILED), weight_bytes=9, at_s=7.0, load_s=12.5)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.db"


def test_reading_makes_no_file(path) -> None:
    store = SqliteMeasurements(path)
    assert (store.loads(), store.speeds(), store.starts()) == ([], [], [])
    assert not path.exists()


def test_what_is_written_is_read_beside_the_ledger(path) -> None:
    ledger, store = SqliteLedger(path), SqliteMeasurements(path)
    store.add_load(LOAD)
    ledger.write([], [])
    store.add_speed(SPEED)
    store.add_start(START)
    assert ledger.requests(0.0) == []
    ledger.close()
    assert (store.loads(), store.speeds(), store.starts()) == ([LOAD], [SPEED], [START])


def test_each_key_keeps_its_newest(path) -> None:
    store = SqliteMeasurements(path)
    other = replace(LOAD, key=replace(KEY, card="other"))
    store.add_load(other)
    store.add_speed(replace(SPEED, weight_bytes=1))
    store.add_start(replace(START, key=KEY))
    for number in range(KEPT + 2):
        store.add_load(replace(LOAD, at_s=float(number)))
        store.add_speed(replace(SPEED, at_s=float(number)))
        store.add_start(replace(START, at_s=float(number)))
    assert [one.at_s for one in store.loads()] == [other.at_s, *map(float, range(2, KEPT + 2))]
    assert [one.at_s for one in store.speeds()] == [SPEED.at_s, *map(float, range(2, KEPT + 2))]
    assert [one.at_s for one in store.starts()] == [START.at_s, *map(float, range(2, KEPT + 2))], "one key each kind"


def test_what_other_arithmetic_expected_teaches_nothing(path) -> None:
    SqliteMeasurements(path, made_by="0.0.1").add_load(LOAD)
    assert SqliteMeasurements(path, made_by="0.0.2").loads() == []
    assert SqliteMeasurements(path, made_by="0.0.1").loads() == [LOAD]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("predicted", "{"), ("measured", '{"weights": "many"}'), ("measured", '{"nonesuch": 1}'), ("measured", "[]"),
        ("runtime", "nonesuch"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_is_left_out(path, column, value) -> None:
    store = SqliteMeasurements(path)
    store.add_load(LOAD)
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE loads SET {column} = ?", (value,))
    connection.close()
    store.add_load(LOAD)
    assert store.loads() == [LOAD]


def test_a_broken_file_is_said(path) -> None:
    path.write_bytes(b"Dear diary, " * 100)
    for use in (lambda store: store.loads(), lambda store: store.add_speed(SPEED)):
        with pytest.raises(Broken):
            use(SqliteMeasurements(path))
