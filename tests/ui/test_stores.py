"""The stores the window reads."""

import math

from engineroom.contract.control import Frame, GpuReading, HostReading, LogLine
from engineroom_ui.state.log import CAPACITY, LogStore
from engineroom_ui.state.samples import CPU_POWER, TOKENS, gpu_power
from engineroom_ui.state.telemetry import WINDOW_S, TelemetryStore


def frame(at_s: float, *, rate: float = 0.0, watts: float | None = None, cpu_w: float | None = None) -> Frame:
    reading = GpuReading(
        uuid="a",
        memory_used_bytes=None,
        memory_total_bytes=None,
        power_w=watts,
        utilisation_percent=None,
        temperature_c=None,
    )
    host = HostReading(cpu_percent=None, memory_available_bytes=None, cpu_power_w=cpu_w)
    return Frame(
        taken_at_s=at_s,
        tokens_per_s=rate,
        active_requests=0,
        waiting_requests=0,
        host=host,
        gpus=(reading,) if watts is not None else (),
    )


def test_figures_of_a_series() -> None:
    """Now, mean and highest."""
    store = TelemetryStore()
    store.replace([frame(1, rate=10), frame(2, rate=30), frame(3, rate=20)])
    figures = store.figures([TOKENS])
    assert (figures.now, figures.mean, figures.highest) == (20, 20, 30)


def test_unknown_stays_unknown() -> None:
    """A counter that never reported has no figures; the sum of known and unknown is the known."""
    store = TelemetryStore()
    store.replace([frame(1), frame(2, watts=100.0)])
    assert store.figures([CPU_POWER]).now is None
    assert store.figures([CPU_POWER, gpu_power("a")]).now == 100
    assert math.isnan(store.series(gpu_power("a"))[0])
    store.accept(frame(3))
    assert store.figures([gpu_power("a")]).now is None
    assert store.figures([gpu_power("a")]).highest == 100


def test_series_have_one_length() -> None:
    """Also one that appears late, and one that nobody knows."""
    store = TelemetryStore()
    store.replace([frame(1), frame(2, cpu_w=3.0), frame(3, watts=1.0)])
    lengths = {len(store.series(name)) for name in (TOKENS, CPU_POWER, gpu_power("a"), "nobody")}
    assert lengths == {len(store.times_s)} == {3}


def test_old_frames_are_ignored_and_long_rings_trimmed() -> None:
    """A frame that comes twice counts once; memory is bounded and figures are of the window only."""
    store = TelemetryStore()
    store.accept(frame(10, rate=99))
    store.accept(frame(10, rate=1))
    assert store.figures([TOKENS]).now == 99
    for at in range(11, 5000):
        store.accept(frame(at, rate=1))
    assert len(store.times_s) <= 4096
    assert store.figures([TOKENS]).highest == 1
    assert store.times_s[-1] - store.times_s[store.first_shown()] <= WINDOW_S


def lines(*numbers: int) -> list[LogLine]:
    return [LogLine(number=number, source="daemon", written_at_s=0, text=str(number)) for number in numbers]


def test_log_lines_come_once_and_in_order() -> None:
    """Snapshot and events overlap; the drawer asks for what it has not shown."""
    store = LogStore()
    store.replace(lines(0, 1, 2))
    store.extend(lines(1, 2, 3))
    assert [line.number for line in store.after(-1)] == [0, 1, 2, 3]
    assert [line.number for line in store.after(2)] == [3]
    assert store.after(3) == []


def test_log_is_bounded() -> None:
    """The oldest go first."""
    store = LogStore()
    store.extend(lines(*range(CAPACITY + 10)))
    kept = store.after(-1)
    assert len(kept) == CAPACITY
    assert kept[0].number == 10
