"""A real card, by what NVML alone can tell. Run with ``-m gpu -s``; the figures are printed to be kept.

The energy counter against integrated power under load needs CUDA software, which is no part of Engineroom: start a load
of your own beside it and the figures printed are those of the load.
"""

import itertools
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engineroom.adapters.nvml import Watchdog
from engineroom.domain.machine import GpuReading, GpuState, MemoryKind, NvmlState

ROOT = Path(__file__).parents[2]
SECONDS = 20
pytestmark = [pytest.mark.gpu, pytest.mark.timeout(180)]


@pytest.fixture
def dog() -> Iterator[Watchdog]:
    dog = Watchdog(watched=lambda: True)
    dog.round(0.0)
    yield dog
    dog.close()


def test_the_cards_are_described(dog: Watchdog) -> None:
    assert dog.nvml.state is NvmlState.OK
    assert not dog.nvml.simulated
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


def test_the_energy_counter_against_integrated_power(dog: Watchdog) -> None:
    """Prints both; asserts only that the counter never goes back, and grows where there is one."""
    readings: list[tuple[float, tuple[GpuReading, ...]]] = []
    began_s = time.monotonic()
    while time.monotonic() - began_s < SECONDS:
        now_s = time.monotonic()
        readings.append((now_s, dog.round(now_s)))
        time.sleep(0.1)
    for index, gpu in enumerate(dog.gpus):
        counted = [(at_s, gpus[index].energy_j) for at_s, gpus in readings]
        known = [energy for _, energy in counted if energy is not None]
        power = [(at_s, gpus[index].power_instant_w or gpus[index].power_w) for at_s, gpus in readings]
        integrated = sum(
            (at_s - before_s) * (watts + watts_before) / 2
            for (before_s, watts_before), (at_s, watts) in itertools.pairwise(power)
            if watts is not None and watts_before is not None
        )
        if known:
            assert known == sorted(known)
            assert known[-1] > known[0]
            print(f"{gpu.name}: counter {known[-1] - known[0]:.1f} J, integrated {integrated:.1f} J in {SECONDS} s")


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
    assert out.read_text().startswith("# Recorded on a card")
