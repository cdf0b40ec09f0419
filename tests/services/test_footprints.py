"""What engines were seen to hold is known again after a restart, as long as nothing has changed that decides it."""

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from domain.routing.desk import Desk, codes
from domain.routing.kit import GIB, need_of
from engineroom.adapters.sqlite.database import open_database
from engineroom.adapters.sqlite.footprints import KEPT, SqliteFootprints
from engineroom.domain.machine import Machine
from engineroom.domain.model import ModelSpec
from engineroom.domain.routing.reasons import Why
from engineroom.domain.routing.values import NeedOrigin
from engineroom.services.launchers import EngineOptions
from engineroom.services.routing.footprints import Footprints
from fakes.hand_clock import HandClock
from services.conftest import machine_with
from services.runtime_kit import CARD

SPEC = ModelSpec(id="m", name="M", path="/m.gguf", file_bytes=7 * GIB)
OPTIONS = EngineOptions(context_tokens=4096, slots=4, threads=8, prompt_cache_mib=256)
MACHINE = replace(machine_with(CARD), driver_version="610.1")
Maker = Callable[..., Footprints]


class SlowStore:
    """A store that takes its time over one figure: until another was written, or a moment has passed."""

    def __init__(self, store: SqliteFootprints, slow: int) -> None:
        self._store = store
        self._slow = slow
        self._other = threading.Event()
        self.held = store.held

    def keep(self, key: str, held_bytes: int, at_s: float) -> None:
        """As the store."""
        if held_bytes == self._slow:
            self._other.wait(0.2)
        self._store.keep(key, held_bytes, at_s)
        self._other.set()


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    """A daemon's, over the same file each time."""

    def footprints(machine: Machine = MACHINE, version: str = "0.4") -> Footprints:
        store = SqliteFootprints(tmp_path / "ledger.sqlite")
        return Footprints(store, HandClock(), machine=lambda: machine, version=lambda _: version)

    return footprints


async def saw(footprints: Footprints, *held_bytes: int) -> None:
    for held in held_bytes:
        footprints.saw(SPEC, OPTIONS, held)
    await footprints.settle()


async def test_it_is_known_again_and_only_the_most(make: Maker) -> None:
    assert make().of(SPEC, OPTIONS) is None
    await saw(make(), 8 * GIB, 9 * GIB, 9 * GIB + 1, 3 * GIB)
    assert make().of(SPEC, OPTIONS) == 9 * GIB
    await saw(make(), 5 * GIB)
    assert make().of(SPEC, OPTIONS) == 9 * GIB


async def test_whatever_decides_it_makes_it_unknown(make: Maker) -> None:
    await saw(make(), 9 * GIB)
    assert make(version="0.5").of(SPEC, OPTIONS) is None
    assert make(replace(MACHINE, driver_version="1.2")).of(SPEC, OPTIONS) is None
    assert make(replace(MACHINE, gpus=())).of(SPEC, OPTIONS) is None
    specs = ("id", "other"), ("file_bytes", 6 * GIB), ("runtime", "tensorrt-llm"), ("runtime_version", "1.3")
    for name, value in specs:
        assert make().of(replace(SPEC, **{name: value}), OPTIONS) is None, name
    for name in ("context_tokens", "slots", "prompt_cache_mib"):
        assert make().of(SPEC, replace(OPTIONS, **{name: 1})) is None, name
    assert make().of(replace(SPEC, name="Another name"), replace(OPTIONS, threads=2)) == 9 * GIB


async def test_the_scheduler_reckons_with_it(make: Maker) -> None:
    """The plan says 4 GiB, and 20 are free; another of 8 stands already, so what held 14 does not fit beside it."""
    await saw(make(), 14 * GIB)
    needs = make().beside(lambda _spec, _options: need_of(4 * GIB))
    desk = Desk()
    desk.model("other", 8 * GIB)
    desk.up("other", free=12 * GIB)
    desk.model("m", needs(SPEC, OPTIONS))
    assert Why.WAIT_RESIDENCY in codes(desk.ask("m"))
    assert desk.scheduler.records["m"].need_from is NeedOrigin.MEASURED


async def test_a_file_that_cannot_be_used_costs_nothing_but_the_memory(
    make: Maker, tmp_path: Path, logged_warnings: list[logging.LogRecord]
) -> None:
    (tmp_path / "ledger.sqlite").write_text("no database")
    await saw(make(), 9 * GIB)
    assert make().of(SPEC, OPTIONS) is None
    assert [record.getMessage() for record in logged_warnings] == ["footprint_not_kept", "footprint_not_read"]


async def test_of_those_seen_together_the_most_is_kept(tmp_path: Path) -> None:
    """Each is written by a thread of its own; the one that holds less comes last to its writing."""
    store = SlowStore(SqliteFootprints(tmp_path / "ledger.sqlite"), slow=8 * GIB)
    footprints = Footprints(store, HandClock(), machine=lambda: MACHINE, version=lambda _: "0.4")
    await saw(footprints, 8 * GIB, 9 * GIB)
    assert footprints.of(SPEC, OPTIONS) == 9 * GIB


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    """By their time, not by when they were written; all but the last two are written in one go, which is quicker."""
    store = SqliteFootprints(tmp_path / "ledger.sqlite")
    assert store.held("0") is None
    rows = [(str(number), number, float(number)) for number in reversed(range(KEPT - 1))]
    with closing(open_database(tmp_path / "ledger.sqlite")) as connection:
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO footprints (key, held_bytes, at_s) VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")
    store.keep(str(KEPT - 1), KEPT - 1, float(KEPT - 1))
    assert (store.held("0"), store.held(str(KEPT - 1))) == (0, KEPT - 1), "as many as are kept"
    store.keep(str(KEPT), KEPT, float(KEPT))
    assert (store.held("0"), store.held("1"), store.held(str(KEPT))) == (None, 1, KEPT)
