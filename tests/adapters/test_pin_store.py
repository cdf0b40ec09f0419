"""Pins by hand: kept over a restart, and never in the way."""

from pathlib import Path

import pytest

from engineroom.adapters.pin_store import JsonPins


def test_what_was_pinned_and_let_go_is_known_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "state" / "pins.json"
    pins = JsonPins(path)
    assert pins.pinned("org/model") is None
    pins.pin("org/model", pinned=True)
    pins.pin("other", pinned=False)
    again = JsonPins(path)
    assert [again.pinned(name) for name in ("org/model", "other", "third")] == [True, False, None]
    again.pin("org/model", pinned=False)
    assert JsonPins(path).pinned("org/model") is False
    assert [one.name for one in path.parent.iterdir()] == ["pins.json"], "no half file stays"


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "3", "\udcff"])
def test_a_broken_file_costs_the_pins_and_nothing_else(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pins.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    pins = JsonPins(path)
    assert pins.pinned("m") is None
    pins.pin("m", pinned=True)
    assert JsonPins(path).pinned("m") is True


def test_where_nothing_can_be_written_a_pin_holds_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be", "utf-8")
    pins = JsonPins(tmp_path / "taken" / "pins.json")
    pins.pin("m", pinned=True)
    assert pins.pinned("m") is True
