"""NVIDIA cards, through the real binding and a library that pretends. No card is involved.

The binding keeps its library for the life of a process, so each scenario is looked at by a process of its own.
"""

import collections
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from engineroom.domain.machine import NvmlState

GIB = 2**30
NOT_SUPPORTED = 3
LOOK = Path(__file__).parents[1] / "fakes" / "nvml" / "look.py"
TWO_CARDS = """
    driver 580.95.05
    count 2
    0.name NVIDIA GeForce RTX 5090
    0.uuid GPU-a
    0.total 34359738368
    0.used 1073741824
    0.power 120500
    0.limit 575000
    0.busy 37
    0.temp 54
    1.name NVIDIA RTX 2000 Ada
    1.uuid GPU-b
    1.total 17179869184
    1.used 0
    1.power 0
    1.limit 70000
    1.busy 0
    1.temp 31
"""

MEASURED = ("memory_used_bytes", "memory_total_bytes", "power_w", "utilisation_percent", "temperature_c")

Look = Callable[..., tuple[dict[str, Any], collections.Counter[str]]]


@pytest.fixture
def look(fake_nvml: Path, tmp_path: Path) -> Look:
    """What the product sees in a scenario, and how often each function was called."""

    def look_at(scenario: str, *, rounds: int = 1, environment: Mapping[str, str] | None = None) -> Any:
        path, calls = tmp_path / "scenario.txt", tmp_path / "calls.txt"
        path.write_text(textwrap.dedent(scenario))
        done = subprocess.run(
            [sys.executable, str(LOOK), str(rounds)],
            env={
                **os.environ,
                "LD_LIBRARY_PATH": str(fake_nvml),
                "ENGINEROOM_FAKE_NVML": str(path),
                "ENGINEROOM_FAKE_NVML_CALLS": str(calls),
                **(environment or {}),
            },
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        counted = calls.read_text().split() if calls.exists() else []
        return json.loads(done.stdout), collections.Counter(counted)

    return look_at


def part(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """Some fields of each row; those that this file is about."""
    return [{name: row[name] for name in names} for row in rows]


def unreported(reading: dict[str, Any]) -> set[str]:
    return {name for name in MEASURED if reading[name] is None}


def test_two_cards(look: Look) -> None:
    seen, calls = look(TWO_CARDS, rounds=2)
    assert (seen["state"], seen["detail"], seen["driver_version"]) == (NvmlState.OK, None, "580.95.05")
    assert seen["simulated"] is True
    assert part(seen["gpus"], "uuid", "name", "memory_total_bytes", "power_limit_w") == [
        {
            "uuid": "GPU-a",
            "name": "NVIDIA GeForce RTX 5090",
            "memory_total_bytes": 32 * GIB,
            "power_limit_w": 575.0,
        },
        {"uuid": "GPU-b", "name": "NVIDIA RTX 2000 Ada", "memory_total_bytes": 16 * GIB, "power_limit_w": 70.0},
    ]
    first = {
        "uuid": "GPU-a",
        "memory_used_bytes": GIB,
        "memory_total_bytes": 32 * GIB,
        "power_w": 120.5,
        "utilisation_percent": 37.0,
        "temperature_c": 54.0,
    }
    second = {
        "uuid": "GPU-b",
        "memory_used_bytes": 0,
        "memory_total_bytes": 16 * GIB,
        "power_w": 0.0,
        "utilisation_percent": 0.0,
        "temperature_c": 31.0,
    }
    assert [part(readings, *first) for readings in seen["rounds"]] == [[first, second]] * 2
    assert calls["init"] == calls["shutdown"] == 1


def test_what_a_card_does_not_support_is_not_asked_again(look: Look) -> None:
    fields = ["memory", "memory2", "power", "limit", "busy", "temp", "tempv"]
    scenario = TWO_CARDS + "".join(f"    0.{field}! {NOT_SUPPORTED}\n" for field in fields)
    seen, calls = look(scenario, rounds=5)
    assert seen["gpus"][0]["memory_total_bytes"] is seen["gpus"][0]["power_limit_w"] is None
    for mine, other in seen["rounds"]:
        assert unreported(mine) == set(MEASURED)
        assert unreported(other) == set()
    assert {field: calls[f"0.{field}"] for field in fields} == dict.fromkeys(fields, 1)
    assert calls["1.power"] == 5


@pytest.mark.parametrize("code", [3, 13, 25])
def test_an_older_driver_is_asked_the_older_way(look: Look, code: int) -> None:
    """The newer call is not supported, not found, or of another version; the older one still answers."""
    seen, calls = look(f"{TWO_CARDS}    0.memory2! {code}\n    0.tempv! {code}\n", rounds=3)
    assert seen["rounds"][2][0]["memory_used_bytes"] == GIB
    assert seen["rounds"][2][0]["temperature_c"] == 54.0
    assert (calls["0.memory2"], calls["0.tempv"], calls["0.temp"]) == (1, 1, 3)


def test_a_trouble_that_may_pass_is_asked_again(look: Look) -> None:
    seen, calls = look(f"{TWO_CARDS}    0.power! 999\n", rounds=4)
    assert [mine["power_w"] for mine, _ in seen["rounds"]] == [None] * 4
    assert calls["0.power"] == 4


def test_a_card_that_shares_the_computers_memory_reports_none(look: Look) -> None:
    """A GB10 gives a total of zero, or does not support the question."""
    for memory in ("0.total 0\n    0.used 0", f"0.memory! {NOT_SUPPORTED}\n    0.memory2! {NOT_SUPPORTED}"):
        seen, _ = look(f"count 1\n0.uuid GPU-g\n0.name NVIDIA GB10\n0.power 9000\n{memory}\n".replace("    ", ""))
        assert seen["state"] == NvmlState.OK
        assert seen["gpus"][0]["memory_total_bytes"] is None
        reading = seen["rounds"][0][0]
        assert (reading["memory_used_bytes"], reading["memory_total_bytes"], reading["power_w"]) == (None, None, 9.0)


def test_a_card_that_is_lost_reports_nothing_and_the_other_goes_on(look: Look) -> None:
    seen, _ = look(f"{TWO_CARDS}    0.lost_after 9\n", rounds=4)
    assert seen["rounds"][0][0]["power_w"] == 120.5
    for mine, other in seen["rounds"][2:]:
        assert unreported(mine) == set(MEASURED)
        assert other["temperature_c"] == 31.0


def test_a_name_that_is_no_text(look: Look) -> None:
    seen, _ = look(TWO_CARDS.replace("NVIDIA GeForce RTX 5090", r"RTX \xff\xfe"))
    assert seen["gpus"][0]["name"] == "NVIDIA card"
    assert seen["rounds"][0][0]["power_w"] == 120.5


def test_a_card_without_a_handle_is_left_out(look: Look) -> None:
    seen, _ = look(f"{TWO_CARDS}    0.handle! 15\n")
    assert [gpu["uuid"] for gpu in seen["gpus"]] == ["GPU-b"]
    assert [reading["uuid"] for reading in seen["rounds"][0]] == ["GPU-b"]


def test_no_card(look: Look) -> None:
    seen, _ = look("driver 580.95.05\ncount 0\n")
    assert (seen["state"], seen["gpus"], seen["rounds"]) == (NvmlState.NO_DEVICE, [], [[]])


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (9, NvmlState.DRIVER_NOT_LOADED),
        (18, NvmlState.VERSION_MISMATCH),
        (4, NvmlState.NO_PERMISSION),
        (12, NvmlState.LIBRARY_MISSING),
        (999, NvmlState.FAILED),
    ],
)
def test_a_driver_in_trouble_is_a_state(look: Look, code: int, state: NvmlState) -> None:
    seen, _ = look(f"init {code}\n")
    assert (seen["state"], seen["driver_version"], seen["gpus"]) == (state, None, [])
    assert seen["detail"]


def test_without_a_library(look: Look, tmp_path: Path) -> None:
    """Unless the computer that runs this has one."""
    seen, calls = look("count 1\n", environment={"LD_LIBRARY_PATH": str(tmp_path)})
    if not seen["driver_version"]:
        assert seen["state"] in {NvmlState.LIBRARY_MISSING, NvmlState.DRIVER_NOT_LOADED}
    assert seen["simulated"] is False
    assert not calls
