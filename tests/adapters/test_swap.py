"""One folder in the place of another: there is always a whole one, wherever it was cut off."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engineroom.adapters.swap import MARK, exchanged, settle, swap

ROUNDS = """\
import sys
from pathlib import Path
from engineroom.adapters.swap import exchanged, settle, swap
import shutil
new, place, gone = (Path(sys.argv[1], name) for name in ("new", "place", "gone"))
number = int(sys.argv[3])
while True:
    shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(gone, ignore_errors=True)
    new.mkdir()
    (new / "number").write_text(str(number))
    number += 1
    swap(new, place, gone, **({} if sys.argv[2] == "exchange" else {"exchange": lambda one, other: False}))
    print(number, flush=True)
"""


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path, Path]:
    new, place, gone = (tmp_path / name for name in ("new", "place", "gone"))
    for folder in (new, place):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    return new, place, gone


def name(folder: Path) -> str:
    return (folder / "name").read_text()


def exchange(one: Path, other: Path) -> None:
    """The same in three steps, for the states between."""
    third = one.with_name("third")
    one.rename(third)
    other.rename(one)
    third.rename(other)


@pytest.mark.parametrize("way", [exchanged, lambda _one, _other: False])
def test_the_new_one_is_there_and_the_old_one_gone(places: tuple[Path, Path, Path], way) -> None:
    new, place, gone = places
    swap(new, place, gone, exchange=way)
    assert (name(place), new.exists(), name(gone)) == ("new", False, "place")
    assert not (place / MARK).exists()


def test_where_nothing_was_the_new_one_comes(tmp_path: Path) -> None:
    new, place, gone = (tmp_path / one for one in ("new", "place", "gone"))
    new.mkdir()
    swap(new, place, gone)
    assert place.is_dir()
    assert not gone.exists()


def test_cut_off_before_it_began_both_stay(places: tuple[Path, Path, Path]) -> None:
    new, place, gone = places
    (new / MARK).touch()
    settle(new, place, gone)
    assert (name(new), name(place)) == ("new", "place")


def test_cut_off_in_the_middle_it_comes_to_its_end(places: tuple[Path, Path, Path]) -> None:
    new, place, gone = places
    (new / MARK).touch()
    place.rename(gone)
    settle(new, place, gone)
    assert (name(place), new.exists(), (place / MARK).exists()) == ("new", False, False)


def test_cut_off_before_the_old_one_was_put_away_it_is_put_away(places: tuple[Path, Path, Path]) -> None:
    new, place, gone = places
    (new / MARK).touch()
    exchange(new, place)
    settle(new, place, gone)
    assert (name(place), new.exists(), name(gone)) == ("new", False, "place")
    assert not (place / MARK).exists()


def test_what_is_made_beside_one_is_not_taken_for_what_was_replaced(places: tuple[Path, Path, Path]) -> None:
    new, place, gone = places
    settle(new, place, gone)
    assert (name(new), name(place), gone.exists()) == ("new", "place", False)


@pytest.mark.parametrize("way", ["exchange", "one after the other"])
def test_killed_at_any_moment_a_whole_one_is_there(tmp_path: Path, way: str) -> None:
    chance, number = random.Random(3), 0
    new, place, gone = (tmp_path / one for one in ("new", "place", "gone"))
    for _ in range(6):
        command = [sys.executable, "-c", ROUNDS, str(tmp_path), way, str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as swapping:
            assert swapping.stdout is not None
            swapping.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.1))
            os.kill(swapping.pid, signal.SIGKILL)
            rest = swapping.stdout.read().split()
        settle(new, place, gone)
        found = int((place / "number").read_text())
        assert not rest or found >= int(rest[-1]) - 1, "what was done stays done"
        number = found + 1
