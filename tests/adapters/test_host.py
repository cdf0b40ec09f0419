"""The computer, and the processor's power by a powercap folder of our own."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from engineroom.adapters.host import Host, Rapl, available_bytes, engine_threads

RANGE_UJ = 262_143_328_850
Counter = Callable[..., None]


@pytest.fixture
def powercap(tmp_path: Path) -> Path:
    return tmp_path / "powercap"


@pytest.fixture
def count(powercap: Path) -> Counter:
    """Sets the energy counter of a zone, in microjoules; makes the zone if need be."""

    def set_to(zone: str, energy_uj: int, name: str = "package-0") -> None:
        folder = powercap / zone
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "energy_uj").write_text(f"{energy_uj}\n")
        (folder / "max_energy_range_uj").write_text(f"{RANGE_UJ}\n")
        (folder / "name").write_text(f"{name}\n")

    return set_to


def energy_j(rapl: Rapl, change: Callable[[], object]) -> tuple[float, float]:
    """Bounds of the energy the reader saw while ``change`` happened."""
    outer_s = time.monotonic()
    rapl.power_w()
    inner_s = time.monotonic()
    change()
    time.sleep(0.02)
    least_s = time.monotonic() - inner_s
    power_w = rapl.power_w()
    assert power_w is not None
    most_s = time.monotonic() - outer_s
    return power_w * least_s, power_w * most_s


def test_power_is_energy_over_time(powercap: Path, count: Counter) -> None:
    count("intel-rapl:0", 1_000_000)
    least, most = energy_j(Rapl(powercap), lambda: count("intel-rapl:0", 6_000_000))
    assert least <= 5.0 <= most


def test_packages_add_up_and_their_parts_do_not(powercap: Path, count: Counter) -> None:
    for zone in ("intel-rapl:0", "intel-rapl:1", "intel-rapl:0:0", "intel-rapl:0:1"):
        count(zone, 0)

    def use() -> None:
        count("intel-rapl:0", 2_000_000)
        count("intel-rapl:0:0", 1_900_000)
        count("intel-rapl:1", 3_000_000, "package-1")

    least, most = energy_j(Rapl(powercap), use)
    assert least <= 5.0 <= most


def test_the_whole_platform_is_not_a_package(powercap: Path, count: Counter) -> None:
    """Laptops have a zone named psys that counts the package once more, and everything else."""
    count("intel-rapl:0", 0)
    count("intel-rapl:1", 0, "psys")

    def use() -> None:
        count("intel-rapl:0", 1_000_000)
        count("intel-rapl:1", 1_000_000_000, "psys")

    least, most = energy_j(Rapl(powercap), use)
    assert least <= 1.0 <= most


def test_a_counter_that_wraps(powercap: Path, count: Counter) -> None:
    count("intel-rapl:0", RANGE_UJ - 2_000_000)
    least, most = energy_j(Rapl(powercap), lambda: count("intel-rapl:0", 3_000_000))
    assert least <= 5.0 <= most


def test_a_wrap_of_unknown_range_is_not_reported(powercap: Path, count: Counter) -> None:
    count("intel-rapl:0", RANGE_UJ - 2_000_000)
    rapl = Rapl(powercap)
    count("intel-rapl:0", 3_000_000)
    (powercap / "intel-rapl:0" / "max_energy_range_uj").unlink()
    assert rapl.power_w() is None


def test_the_energy_is_the_sum_of_all_that_was_used(powercap: Path, count: Counter) -> None:
    """Through a wrap, from when we began, and without what was used while the counter was away."""
    count("intel-rapl:0", RANGE_UJ - 2_000_000)
    rapl = Rapl(powercap)
    seen = []
    for energy_uj in (RANGE_UJ - 1_000_000, 3_000_000, 3_500_000):
        count("intel-rapl:0", energy_uj)
        rapl.power_w()
        seen.append(rapl.energy_j)
    assert seen == [1.0, 5.0, 5.5]
    (powercap / "intel-rapl:0" / "energy_uj").unlink()
    rapl.power_w()
    assert rapl.energy_j is None
    for energy_uj in (9_000_000, 10_000_000):
        count("intel-rapl:0", energy_uj)
        rapl.power_w()
    assert rapl.energy_j == 6.5


def test_without_counters_there_is_no_power(powercap: Path) -> None:
    rapl = Rapl(powercap)
    assert not rapl.readable
    assert rapl.power_w() is None


@pytest.mark.parametrize("content", ["", "many\n"])
def test_a_counter_that_is_no_number(powercap: Path, count: Counter, content: str) -> None:
    count("intel-rapl:0", 0)
    (powercap / "intel-rapl:0" / "energy_uj").write_text(content)
    assert not Rapl(powercap).readable


def test_a_counter_that_goes_and_comes_back(powercap: Path, count: Counter) -> None:
    count("intel-rapl:0", 0)
    rapl = Rapl(powercap)
    (powercap / "intel-rapl:0" / "energy_uj").unlink()
    assert rapl.power_w() is None
    count("intel-rapl:0", 1)
    assert rapl.power_w() is None
    count("intel-rapl:0", 2)
    assert rapl.power_w() is not None


def test_a_counter_that_we_may_not_read(powercap: Path, count: Counter, request: pytest.FixtureRequest) -> None:
    count("intel-rapl:0", 0)
    assert Rapl(powercap).readable
    (powercap / "intel-rapl:0" / "energy_uj").chmod(0)
    request.getfixturevalue("nobody")
    assert not Rapl(powercap).readable


def test_the_computer(powercap: Path, count: Counter) -> None:
    without = Host(Rapl(powercap))
    assert without.info().cpu_power_source is None
    assert without.read().cpu_power_w is None
    count("intel-rapl:0", 0)
    host = Host(Rapl(powercap))
    info, reading = host.info(), host.read()
    assert info.cpu_power_source == "RAPL"
    assert info.memory_total_bytes > (reading.memory_available_bytes or 0) > 0
    assert info.cpu_name
    assert reading.cpu_energy_j == 0.0
    assert without.read().cpu_energy_j is None
    assert reading.cpu_percent is not None


def test_an_engine_uses_no_more_threads_than_it_may() -> None:
    assert 1 <= engine_threads() <= len(os.sched_getaffinity(0))


def test_what_is_available_is_not_all() -> None:
    assert 0 < available_bytes() < psutil.virtual_memory().total
