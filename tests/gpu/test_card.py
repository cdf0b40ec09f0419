"""A real card. Run with ``-m gpu -s``; the figures are printed to be kept.

The load of the energy test is a program of its own (``load.py``), for nothing here may create a CUDA context; it needs
libcublas, which is no part of Engineroom, and where there is none the tests that need it are skipped and say so.
"""

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engineroom.adapters.nvml import Watchdog
from engineroom.domain.machine import GpuReading, GpuState, MemoryKind, NvmlState
from gpu.conftest import on_stand_in
from gpu.load import NOT_HERE

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("ENGINEROOM_GPU_SUITE_SECONDS", "60"))
pytestmark = [pytest.mark.gpu, pytest.mark.timeout(180)]


@pytest.fixture
def dog() -> Iterator[Watchdog]:
    dog = Watchdog(watched=lambda: True)
    dog.round(0.0)
    yield dog
    dog.close()


def test_the_cards_are_described(dog: Watchdog) -> None:
    assert dog.nvml.state is NvmlState.OK
    assert dog.nvml.simulated is on_stand_in()
    for gpu in dog.gpus:
        print(gpu)
        assert gpu.state is GpuState.OK
        assert gpu.uuid.startswith("GPU-")
        assert gpu.memory_total_bytes


def test_memory_adds_up(dog: Watchdog) -> None:
    """Used, free and what the driver keeps are the whole; programs hold no more than is used."""
    for gpu, reading in zip(dog.gpus, dog.round(1.0), strict=True):
        total, used, free = reading.memory_total_bytes, reading.memory_used_bytes, reading.memory_free_bytes
        assert total is not None
        assert used is not None
        assert free is not None
        assert total == gpu.memory_total_bytes
        assert 0 <= used + free <= total
        if gpu.memory_kind is MemoryKind.OWN:
            assert sum(process.memory_bytes or 0 for process in reading.processes or ()) <= total


@pytest.fixture
def load(dog: Watchdog) -> Iterator[tuple[int, int]]:
    """A program that multiplies matrices on the first card: its pid, and the bytes it has allocated."""
    command = [sys.executable, str(Path(__file__).with_name("load.py")), dog.gpus[0].uuid]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        word, _, rest = process.stdout.readline().partition(" ")
        if word != "holds":
            assert process.wait(60) == NOT_HERE, rest
            pytest.skip(f"{word} {rest}".strip())
        yield process.pid, int(rest)
    finally:
        process.kill()
        process.wait(60)
        process.stdout.close()


def watched(dog: Watchdog, seconds: float) -> list[tuple[float, tuple[GpuReading, ...]]]:
    """Readings ten times a second, each with its time."""
    readings = []
    began_s = time.monotonic()
    while not readings or time.monotonic() - began_s < seconds:
        now_s = time.monotonic()
        readings.append((now_s, dog.round(now_s)))
        time.sleep(0.1)
    return readings


def integrated_j(power: list[tuple[float, float | None]]) -> float:
    """Power over time, by straight lines from reading to reading."""
    return sum(
        (at_s - before_s) * (watts + watts_before) / 2
        for (before_s, watts_before), (at_s, watts) in itertools.pairwise(power)
        if watts is not None and watts_before is not None
    )


@pytest.mark.parametrize("loaded", [False, True], ids=["idle", "loaded"])
def test_the_energy_counter_against_integrated_power(
    dog: Watchdog, loaded: bool, request: pytest.FixtureRequest
) -> None:
    """Prints both; asserts only that the counter never goes back, and grows where there is one."""
    if loaded:
        request.getfixturevalue("load")
    readings = watched(dog, SECONDS)
    took_s = readings[-1][0] - readings[0][0]
    for index, gpu in enumerate(dog.gpus):
        known = [energy for _, gpus in readings if (energy := gpus[index].energy_j) is not None]
        instant = integrated_j([(at_s, gpus[index].power_instant_w) for at_s, gpus in readings])
        average = integrated_j([(at_s, gpus[index].power_w) for at_s, gpus in readings])
        counted = f"{known[-1] - known[0]:.1f} J" if known else "none"
        print(
            f"{gpu.name}, {'loaded' if loaded and index == 0 else 'as it was'}, {took_s:.1f} s: counter {counted}, "
            f"integrated {average:.1f} J (average power), {instant:.1f} J (instant power); scope {gpu.power_scope}"
        )
        if known:
            assert known == sorted(known)
            assert known[-1] > known[0]


def test_memory_held_by_another_program_is_named(dog: Watchdog, load: tuple[int, int]) -> None:
    """With at least what it allocated; the bytes are unknown where the driver does not tell."""
    pid, allocated = load
    # Programs are listed every tenth round only.
    gpu = [dog.round(1.0 + number)[0] for number in range(11)][-1]
    found = next((process for process in gpu.processes or () if process.pid == pid), None)
    print(f"allocated {allocated} bytes, told {found}")
    assert found is not None
    assert found.program
    assert found.ours is False
    assert found.memory_bytes is None or found.memory_bytes >= allocated


def test_what_a_round_costs(dog: Watchdog) -> None:
    for what, rounds in (("usual", range(1, 10)), ("with what is costly", range(10, 11))):
        for number in rounds:
            began_s, cpu_s = time.perf_counter(), time.thread_time()
            dog.round(float(number))
            took_s, used_s = time.perf_counter() - began_s, time.thread_time() - cpu_s
            print(f"{what} round: {took_s * 1e3:.2f} ms, {used_s * 1e3:.2f} ms of it processor time")


def test_the_recorder_works(tmp_path: Path) -> None:
    """Prints the longest time of each call."""
    out = tmp_path / "card.txt"
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "record_nvml.py"), str(out), "--seconds", "2"],
        check=True,
        capture_output=True,
        text=True,
    )
    print(done.stdout, out.read_text())
    assert out.read_text().startswith("# Recorded from the stand-in" if on_stand_in() else "# Recorded on a card")
