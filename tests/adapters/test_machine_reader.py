"""The one thread that reads the machine."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.conftest import Drive
from engineroom.adapters.machine_reader import look_once
from engineroom.domain.machine import NvmlState
from fakes.nvml_library import FAKES

CARD = "driver 1\ncount 1\n0.uuid GPU-a\n0.name A\n0.power 5000\n0.total 10\n0.used 1\n"
Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(drive: Drive, calls: Path) -> Read:
    """What the loop saw of a scenario."""

    def look_at(scenario: str, readings: int) -> dict[str, Any]:
        done = drive(scenario, FAKES / "read_and_close.py", str(readings))
        assert done.stderr == ""
        return {**json.loads(done.stdout), "calls": calls.read_text().split()}

    return look_at


@pytest.fixture
def follow(drive: Drive) -> Read:
    """What the loop was told of a scenario, at a hurried pace."""

    def look_at(scenario: str, readings: int, *more: str) -> dict[str, Any]:
        done = drive(scenario, FAKES / "follow.py", str(readings), *more)
        assert done.stderr == ""
        seen: dict[str, Any] = json.loads(done.stdout)
        return seen

    return look_at


def test_the_loop_is_told_of_changes_and_not_of_rounds(follow: Read) -> None:
    seen = follow((FAKES / "scenarios" / "lost_and_back.txt").read_text(), 40)
    a, b = "GPU-30900000-0000-0000-0000-00000000000a", "GPU-30900000-0000-0000-0000-00000000000b"
    whole, broken = ["ok", [[a, "ok"], [b, "ok"]]], ["ok", [[a, "lost"], [b, "ok"]]]
    assert seen["told"] == [whole, broken, whole]


def test_a_driver_that_comes_and_goes(follow: Read) -> None:
    seen = follow(CARD + "init 9\ninit@4 0\n0.memory2!@20 18\ninit@20 18\ninit@30 0\n0.memory2!@30 0\n", 60)
    assert [state for state, _ in seen["told"]] == ["driver_not_loaded", "ok", "version_mismatch", "ok"]


def test_while_the_driver_hangs_the_loop_goes_on(follow: Read) -> None:
    seen = follow(CARD + "0.power_hang_s@3 3\n0.power_hang_s@4 0\n", 6)
    assert seen["most_ticks_between_readings"] > 10


def test_who_watches_does_not_wait_for_the_usual_round(follow: Read) -> None:
    assert follow(CARD, 5, "watched")["told"] == [["ok", [["GPU-a", "ok"]]]]


def test_readings_come_to_the_loop(read: Read) -> None:
    """The machine first, then a reading a second; in the end NVML is given back."""
    seen = read(CARD, 2)
    assert (seen["before"], seen["states"], seen["gpus"]) == (NvmlState.STARTING, [NvmlState.OK], [["GPU-a"]])
    assert (seen["readings"], seen["power"], seen["threads"]) == (2, [5.0], ["MainThread"])
    assert seen["memory"] > 0
    assert not seen["reader_alive"]
    assert (seen["calls"].count("init"), seen["calls"][-1]) == (1, "shutdown")


def test_without_a_driver_the_computer_is_still_read(read: Read) -> None:
    """And the driver is not asked again with every reading."""
    seen = read("init 9\n", 2)
    assert (seen["states"], seen["power"]) == ([NvmlState.DRIVER_NOT_LOADED], [])
    assert seen["calls"].count("init") == 1


def test_a_driver_that_hangs_does_not_keep_the_daemon(read: Read) -> None:
    """The thread is given a moment, then left behind, long before the driver comes back."""
    seen = read(CARD + "0.fields_hang_s 600\n", 0)
    assert seen["readings"] == 0
    assert seen["reader_alive"]


def test_one_look_without_a_daemon() -> None:
    machine, host, gpus = look_once()
    assert machine.nvml is not NvmlState.STARTING
    assert machine.host.memory_total_bytes >= (host.memory_available_bytes or 0) > 0
    assert host.cpu_percent is not None
    assert {gpu.uuid for gpu in machine.gpus} == {gpu.uuid for gpu in gpus}
