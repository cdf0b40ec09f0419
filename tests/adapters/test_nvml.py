"""NVIDIA cards, through the real binding and a library that pretends. No card is involved.

The binding keeps its library for the life of a process, so each scenario is looked at by a process of its own.
"""

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from adapters.conftest import Look
from engineroom.domain.machine import GpuState, NvmlState

GIB = 2**30
NOT_SUPPORTED = 3
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
MAIN = ("memory_used_bytes", "memory_total_bytes", "power_w", "utilisation_percent", "temperature_c")


def known(values: dict[str, Any]) -> set[str]:
    """Names of the fields that are reported."""
    return {name for name, value in values.items() if value is not None}


def test_two_cards(look: Look) -> None:
    seen, calls = look(TWO_CARDS, rounds=2)
    first, second = seen
    assert (first["state"], first["detail"], first["driver_version"]) == (NvmlState.OK, None, "580.95.05")
    assert first["cuda_version"] is None
    assert first["simulated"] is True
    assert [(gpu["uuid"], gpu["name"], gpu["memory_total_bytes"], gpu["power_limit_w"]) for gpu in first["gpus"]] == [
        ("GPU-a", "NVIDIA GeForce RTX 5090", 32 * GIB, 575.0),
        ("GPU-b", "NVIDIA RTX 2000 Ada", 16 * GIB, 70.0),
    ]
    assert [[reading[name] for name in MAIN] for reading in first["readings"]] == [
        [GIB, 32 * GIB, 120.5, 37.0, 54.0],
        [0, 16 * GIB, 0.0, 0.0, 31.0],
    ]
    assert first["readings"] == second["readings"]
    assert calls["init"] == calls["shutdown"] == 1


def test_what_a_card_does_not_support_is_not_asked_again(look: Look) -> None:
    fields = ["memory", "memory2", "power", "limit", "busy", "temp", "tempv", "fields", "energy", "throttle", "fans"]
    scenario = TWO_CARDS + "".join(f"    0.{field}! {NOT_SUPPORTED}\n" for field in fields)
    seen, calls = look(scenario, rounds=25)
    assert seen[0]["gpus"][0]["memory_total_bytes"] is seen[0]["gpus"][0]["power_limit_w"] is None
    for both in seen:
        mine, other = both["readings"]
        assert known(mine) == {"uuid", "state"}
        assert None not in [other[name] for name in MAIN]
    assert {field: calls[f"0.{field}"] for field in fields} == dict.fromkeys(fields, 1)
    assert calls["1.power"] == 25


def test_another_driver_is_asked_anew(look: Look) -> None:
    """What one version did not support the next may."""
    scenario = TWO_CARDS + "    0.power! 3\n    0.power!@4 0\n    1.lost@2 1\n    1.lost@5 0\n    driver@4 590.1\n"
    seen, _ = look(scenario, rounds=20)
    assert (seen[3]["readings"][0]["power_w"], seen[19]["readings"][0]["power_w"]) == (None, 120.5)


@pytest.mark.parametrize("code", [3, 6, 13, 25])
def test_an_older_driver_is_asked_the_older_way(look: Look, code: int) -> None:
    """The newer call is not supported, not found, or of another version; the older one still answers."""
    seen, calls = look(f"{TWO_CARDS}    0.memory2! {code}\n    0.tempv! {code}\n", rounds=3)
    assert seen[2]["readings"][0]["memory_used_bytes"] == GIB
    assert seen[2]["readings"][0]["temperature_c"] == 54.0
    assert (calls["0.memory2"], calls["0.tempv"], calls["0.temp"]) == (1, 1, 3)


def test_a_trouble_that_may_pass_is_asked_again(look: Look) -> None:
    seen, calls = look(f"{TWO_CARDS}    0.power! 999\n    0.power!@3 0\n", rounds=4)
    assert [both["readings"][0]["power_w"] for both in seen] == [None, None, None, 120.5]
    assert calls["0.power"] == 4


@pytest.mark.parametrize("code", [10, 15, 16, 999])
def test_memory_that_fails_in_an_unknown_way_means_a_lost_card(look: Look, code: int) -> None:
    """And never one that shares the computer's memory, for all that the rest still answers."""
    seen, _ = look(f"{TWO_CARDS}    0.memory2!@1 {code}\n    0.memory!@1 {code}\n", rounds=2)
    assert seen[1]["readings"][0]["state"] == seen[1]["gpus"][0]["state"] == GpuState.LOST
    assert known(seen[1]["readings"][0]) == {"uuid", "state"}
    assert seen[1]["gpus"][0]["memory_kind"] == "own"
    assert seen[1]["readings"][1]["temperature_c"] == 31.0


@pytest.mark.parametrize("what", ["0.total@1 0", "0.used@1 99999999999999", "0.total@1 -1"])
def test_a_card_with_memory_of_its_own_never_shares(look: Look, what: str, tmp_path: Path) -> None:
    """Nonsense from a card that had sense before is nothing known."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "meminfo").write_text("MemTotal: 1000 kB\nMemAvailable: 500 kB\n")
    seen, _ = look(f"{TWO_CARDS}    {what}\n", rounds=2)
    assert seen[0]["readings"][0]["memory_used_bytes"] == GIB
    assert seen[1]["readings"][0]["memory_total_bytes"] is seen[1]["readings"][0]["memory_used_bytes"] is None


def test_a_card_that_answers_nothing_else_does_not_share(look: Look, tmp_path: Path) -> None:
    """Memory that is not supported says nothing of a card that is dead otherwise."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "meminfo").write_text("MemTotal: 1000 kB\nMemAvailable: 500 kB\n")
    seen, _ = look("count 1\n0.uuid GPU-d\n0.name Dead\n0.total 0\n0.used 0\n")
    assert seen[0]["readings"][0]["memory_total_bytes"] is None
    assert seen[0]["gpus"][0]["memory_kind"] == "own"


def test_a_name_that_is_no_text(look: Look) -> None:
    seen, _ = look(TWO_CARDS.replace("NVIDIA GeForce RTX 5090", r"RTX \xff\xfe"))
    assert seen[0]["gpus"][0]["name"] == "NVIDIA card"
    assert seen[0]["readings"][0]["power_w"] == 120.5


def test_a_card_that_was_never_seen_is_left_out(look: Look) -> None:
    seen, _ = look(f"{TWO_CARDS}    0.handle! 15\n")
    assert [gpu["uuid"] for gpu in seen[0]["gpus"]] == ["GPU-b"]
    assert [reading["uuid"] for reading in seen[0]["readings"]] == ["GPU-b"]


def test_a_card_that_may_not_be_opened_is_listed_as_that(look: Look) -> None:
    seen, _ = look(f"{TWO_CARDS}    0.handle! 4\n")
    assert [(gpu["uuid"], gpu["state"]) for gpu in seen[0]["gpus"]] == [
        ("no-access-0", GpuState.NO_ACCESS),
        ("GPU-b", GpuState.OK),
    ]
    assert known(seen[0]["readings"][0]) == {"uuid", "state"}
    seen, _ = look(f"{TWO_CARDS}    0.handle! 4\n    1.handle! 4\n    1.handle!@5 0\n", rounds=20)
    assert (seen[0]["state"], seen[19]["state"]) == (NvmlState.NO_PERMISSION, NvmlState.OK)


def test_no_card(look: Look) -> None:
    seen, _ = look("driver 580.95.05\ncount 0\ncount@3 1\n0.uuid GPU-late\n", rounds=20)
    assert (seen[0]["state"], seen[0]["gpus"], seen[0]["readings"]) == (NvmlState.NO_DEVICE, [], [])
    assert (seen[19]["state"], [gpu["uuid"] for gpu in seen[19]["gpus"]]) == (NvmlState.OK, ["GPU-late"])


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (9, NvmlState.DRIVER_NOT_LOADED),
        (18, NvmlState.VERSION_MISMATCH),
        (4, NvmlState.NO_PERMISSION),
        (12, NvmlState.LIBRARY_MISSING),
        (999, NvmlState.FAILED),
        (31, NvmlState.FAILED),
    ],
)
def test_a_driver_in_trouble_is_a_state_that_passes(look: Look, code: int, state: NvmlState) -> None:
    """Asked again every fifteen seconds, not every round."""
    seen, calls = look(f"init {code}\ninit@20 0\n{TWO_CARDS}", rounds=40)
    assert (seen[0]["state"], seen[0]["driver_version"], seen[0]["gpus"]) == (state, None, [])
    assert seen[0]["detail"]
    assert (seen[39]["state"], seen[39]["detail"], len(seen[39]["readings"])) == (NvmlState.OK, None, 2)
    assert calls["init"] == 3


@pytest.mark.parametrize(("code", "state"), [(1, "failed"), (9, "driver_not_loaded"), (18, "version_mismatch")])
def test_a_driver_that_goes_away_while_it_is_read(look: Look, code: int, state: str) -> None:
    scenario = f"{TWO_CARDS}    1.memory2!@2 {code}\n    1.memory2!@6 0\n    init@2 {code}\n    init@6 0\n"
    seen, calls = look(scenario, rounds=20)
    assert [both["state"] for both in seen] == ["ok"] * 2 + [state] * 15 + ["ok"] * 3
    assert (seen[2]["gpus"], seen[2]["readings"]) == ([], [])
    assert calls["init"] == calls["shutdown"] == 2


def test_waking_from_sleep_opens_the_library_anew(look: Look, tmp_path: Path) -> None:
    for number, slept_s in ((2, "4"), (4, "3600")):
        folder = tmp_path / "files" / "rounds" / str(number)
        folder.mkdir(parents=True)
        (folder / "slept_s").write_text(slept_s)
    seen, calls = look(TWO_CARDS, rounds=6)
    assert calls["init"] == calls["shutdown"] == 2
    assert all(len(both["readings"]) == 2 for both in seen)


def test_our_own_programs_are_told_apart(look: Look) -> None:
    """A child of ours, what it started, and somebody else's."""
    scenario = f"{TWO_CARDS}    0.compute self:4096 parent:1024 1:512\n    0.graphics 1:512 self:-\n"
    seen, _ = look(scenario, environment={"ENGINEROOM_FAKE_OURS": str(os.getpid())})
    reading = seen[0]["readings"][0]
    assert [(each["memory_bytes"], each["ours"]) for each in reading["processes"]] == [
        (4096, True),
        (1024, True),
        (512, False),
    ]
    assert reading["processes"][0]["program"]
    assert reading["memory_ours_bytes"] == 5120
    seen, _ = look(f"{TWO_CARDS}    0.compute self:-\n", environment={"ENGINEROOM_FAKE_OURS": str(os.getpid())})
    assert seen[0]["readings"][0]["memory_ours_bytes"] is None


def test_what_is_costly_is_read_ten_times_less_often(look: Look) -> None:
    """And its last value is kept."""
    scenario = f"{TWO_CARDS}    0.fans 1\n    0.fan 30\n    0.fan@5 60\n    0.compute 1:5\n    0.compute@5 \n"
    seen, calls = look(scenario, rounds=20)
    assert [both["readings"][0]["fan_percent"] for both in seen] == [30.0] * 10 + [60.0] * 10
    assert [len(both["readings"][0]["processes"]) for both in seen] == [1] * 10 + [0] * 10
    assert (calls["0.fan"], calls["0.power"]) == (2, 20)


def test_without_a_library(look: Look, tmp_path: Path) -> None:
    """Unless the computer that runs this has one."""
    seen, calls = look("count 1\n", environment={"LD_LIBRARY_PATH": str(tmp_path)})
    if not seen[0]["driver_version"]:
        assert seen[0]["state"] in {NvmlState.LIBRARY_MISSING, NvmlState.DRIVER_NOT_LOADED}
    assert seen[0]["simulated"] is False
    assert not calls


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="asks the kernel which libraries are loaded")
def test_a_library_that_does_not_match_is_let_go_of(fake_nvml: Path, tmp_path: Path) -> None:
    """The one on disk may be newer, and would not be read while the old one is loaded."""
    program = """
        from pathlib import Path
        from engineroom.adapters.nvml import Nvml
        nvml = Nvml()
        for _ in range(2):
            nvml.open()
            loaded = "libnvidia-ml" in Path("/proc/self/maps").read_text()
            nvml.close()
            nvml.forget_library()
            print(nvml.state, loaded, "libnvidia-ml" in Path("/proc/self/maps").read_text())
    """
    path = tmp_path / "scenario.txt"
    path.write_text("count 1\n0.uuid GPU-a\n")
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        env={**os.environ, "LD_LIBRARY_PATH": str(fake_nvml), "ENGINEROOM_FAKE_NVML": str(path)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == ["ok", "True", "False"] * 2
