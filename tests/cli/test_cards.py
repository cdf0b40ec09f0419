"""``engineroom gpus`` over fake cards: once, as lines, as JSON, and as the view of a terminal."""

import io
import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from engineroom.adapters.machine_reader import look_once
from engineroom.cli.cards_view import view, watch_cards
from engineroom.contract.control import GpuInfo, GpuReading, GpuState, Machine, NvmlState, Throttle, Xid
from fakes.nvml_library import FAKES, build_fake_nvml

CARD = GpuInfo(uuid="GPU-a", name="NVIDIA GeForce RTX 4090", memory_total_bytes=24 * 2**30, power_limit_w=450.0)
READING = GpuReading(
    uuid="GPU-a",
    memory_used_bytes=12 * 2**30,
    memory_total_bytes=24 * 2**30,
    memory_free_bytes=12 * 2**30,
    memory_ours_bytes=6 * 2**30,
    power_w=225.0,
    utilisation_percent=50.0,
    temperature_c=90.0,
    temperature_margin_c=-2.0,
    throttle=(Throttle.POWER_CAP, Throttle.THERMAL),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the fake library."""
    return build_fake_nvml(tmp_path_factory.mktemp("nvml"))


def begin(library: Path, home: Path, scenario: str, *arguments: str) -> subprocess.Popen[str]:
    """Start the command in a home where no daemon runs."""
    return subprocess.Popen(
        [sys.executable, "-m", "engineroom", "gpus", *arguments],
        env={
            **os.environ,
            "LD_LIBRARY_PATH": str(library),
            "ENGINEROOM_FAKE_NVML": str(FAKES / "scenarios" / f"{scenario}.txt"),
            "ENGINEROOM_HOME": str(home),
        },
        stdout=subprocess.PIPE,
        text=True,
    )


def printed(library: Path, home: Path, scenario: str, *arguments: str) -> str:
    out, _ = begin(library, home, scenario, *arguments).communicate(timeout=60)
    return out


def test_once(library: Path, tmp_path: Path) -> None:
    out = printed(library, tmp_path, "rtx_pro_6000_x2")
    assert "600 MiB of 95.6 GiB used, power 512 W of 600 W, busy 12 %, 93 °C" in out
    assert "slowed by: temperature, temperature (hardware), hardware slowdown, power brake" in out
    assert "SIMULATED" in out


def test_the_slices_of_a_card(library: Path, tmp_path: Path) -> None:
    out = printed(library, tmp_path, "mig_a100")
    assert out.count("  slice NVIDIA A100 80GB PCIe MIG") == 2
    assert "busy not reported" in out


def test_who_holds_the_memory(library: Path, tmp_path: Path) -> None:
    out = printed(library, tmp_path, "rtx4090_desktop")
    assert re.search(r"memory held by: python\S* \d+ 6\.0 GiB, .* 256 MiB, program 4000001", out)


def test_a_driver_in_trouble(library: Path, tmp_path: Path) -> None:
    assert "reboot to finish the update" in printed(library, tmp_path, "driver_mismatch")


def test_power_of_a_module_is_said_to_be_that(library: Path, tmp_path: Path) -> None:
    assert "power 210 W of 700 W (module, with its processor)" in printed(library, tmp_path, "gh200")


def test_watch_prints_an_object_a_second_until_interrupted(library: Path, tmp_path: Path) -> None:
    process = begin(library, tmp_path, "rtx5090", "--watch", "--json")
    assert process.stdout is not None
    lines = [json.loads(process.stdout.readline()) for _ in range(3)]
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert [line["gpus"][0]["power_w"] for line in lines] == [23.0] * 3
    assert {"machine", "gpus", "host"} == set(lines[0])


def test_watch_prints_plain_lines_where_there_is_no_terminal(library: Path, tmp_path: Path) -> None:
    process = begin(library, tmp_path, "rtx5090", "--watch")
    assert process.stdout is not None
    cards = [line for line in (process.stdout.readline() for _ in range(8)) if "GPU-5090" in line]
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert len(cards) == 2
    assert all("\x1b" not in line for line in cards)


def machine_with(*gpus: GpuInfo, nvml: NvmlState = NvmlState.OK) -> Machine:
    host = look_once()[0].host
    return Machine(host=host, nvml=nvml, nvml_detail=None, driver_version="1", simulated=False, gpus=gpus)


def drawn(machine: Machine, *readings: GpuReading, fancy: bool = True) -> str:
    console = Console(file=io.StringIO(), width=110, color_system=None)
    console.print(view((machine, look_once()[1], readings), fancy=fancy))
    out = console.file
    assert isinstance(out, io.StringIO)
    return out.getvalue()


def test_the_bars_show_shares() -> None:
    out = drawn(machine_with(CARD), READING)
    bars = dict(re.findall(r"^ *(\w+) ([█░·]+)", out, re.MULTILINE))
    assert {name: bar.count("█") for name, bar in bars.items()} == {"memory": 15, "busy": 15, "power": 15, "heat": 27}
    assert "6.0 GiB ours, 6.0 GiB others, 12.0 GiB free of 24.0 GiB" in out
    assert "slowed by power cap, temperature" in out
    assert "2 °C over it" in out


def test_a_terminal_without_blocks_gets_letters() -> None:
    assert "█" not in drawn(machine_with(CARD), READING, fancy=False)
    assert "#" * 15 + "-" * 15 in drawn(machine_with(CARD), READING, fancy=False)


def test_what_is_not_reported_is_no_empty_bar() -> None:
    silent = GpuReading(
        uuid="GPU-a",
        memory_used_bytes=None,
        memory_total_bytes=None,
        power_w=None,
        utilisation_percent=None,
        temperature_c=None,
    )
    out = drawn(machine_with(CARD), silent)
    assert out.count("·" * 30) == 4
    assert out.count("not reported") >= 4
    assert "█" not in out


def test_a_lost_card_says_so() -> None:
    lost = GpuInfo(uuid="GPU-a", name="Gone", memory_total_bytes=1, power_limit_w=None, state=GpuState.LOST)
    out = drawn(machine_with(lost))
    assert "LOST" in out
    assert "memory" not in out.replace("memory free", "")


def test_errors_of_a_card_are_told_with_their_remedy() -> None:
    """Also of one that is lost, for they may say why."""
    known = Xid(code=79, at_s=0.0, meaning="the card has fallen off the bus", remedy="Restart the computer")
    unknown = Xid(code=999, at_s=0.0, meaning=None, remedy=None)
    out = drawn(machine_with(replace(CARD, xids=(known, unknown))), READING)
    assert re.search(r"Xid 79 at \d\d:\d\d:\d\d: the card has fallen off the bus\. Restart the computer\.", out)
    assert "not in the bundled table." in out
    assert "Xid 79" in drawn(machine_with(replace(CARD, xids=(known,), state=GpuState.LOST)))


def test_a_driver_in_trouble_is_drawn_with_its_remedy() -> None:
    assert "modprobe" in drawn(machine_with(nvml=NvmlState.DRIVER_NOT_LOADED))


def test_the_view_is_drawn_over_itself() -> None:
    console = Console(file=io.StringIO(), width=110, force_terminal=True)
    sights = [(machine_with(CARD), look_once()[1], (READING,))] * 3
    watch_cards(sights, console)
    out = console.file
    assert isinstance(out, io.StringIO)
    assert out.getvalue().count("\x1b[1A") > 10
