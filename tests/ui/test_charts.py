"""Charts, the past and the energy table on their own."""

import gc
import math
from array import array

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from engineroom.contract.control import EnergyRow, EnergyTable, GroupBy, Hello, Series, SeriesPoint
from engineroom_ui.link.daemon import find, serve_command
from engineroom_ui.link.http import HttpClient
from engineroom_ui.state.history import Past, Span
from engineroom_ui.state.samples import CPU_POWER, TOKENS, gpu_memory, gpu_power
from engineroom_ui.widgets.energy_model import EnergyModel
from window_kit import StartFake, Until

NOW_S = 1_800_000_003.0


def row(group: str, joules: float | None, *, requests: int = 1, estimated: bool = False) -> EnergyRow:
    return EnergyRow(
        group=group,
        requests=requests,
        prompt_tokens=10,
        completion_tokens=10,
        joules_gross=joules,
        joules_above_idle=joules,
        joules_per_token=None if joules is None else joules / 10,
        watt_hours=None if joules is None else joules / 3600,
        cost=None if joules is None else joules / 1e6,
        estimated=estimated,
    )


def table(*rows: EnergyRow) -> EnergyTable:
    return EnergyTable(
        by=GroupBy.MODEL,
        since_s=0,
        rows=rows,
        total=row("total", 1.0, requests=99),
        price_per_kwh=0.3,
        currency="EUR",
        idle_loaded_w=None,
        idle_bare_w=None,
        saved_by_unloading_w=None,
    )


def groups(model: EnergyModel) -> list[str]:
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def test_the_energy_model_is_a_good_model(qtmodeltester: ModelTester) -> None:
    """Empty, filled, sorted."""
    model = EnergyModel()
    qtmodeltester.check(model)
    model.show_table(table(row("b", 5.0), row("a", None, estimated=True)), {"b": "Model B"})
    qtmodeltester.check(model)
    model.sort(4, Qt.SortOrder.DescendingOrder)
    qtmodeltester.check(model)


def test_rows_are_sorted_and_the_total_stays_last() -> None:
    """What nobody measured is below what was, in both directions."""
    model = EnergyModel()
    model.show_table(table(row("b", 5.0), row("a", None), row("c", 70.0)), {"b": "Model B"})
    assert groups(model) == ["a", "Model B", "c", "Total"]
    model.sort(4, Qt.SortOrder.DescendingOrder)
    assert groups(model) == ["c", "Model B", "a", "Total"]
    model.sort(4, Qt.SortOrder.AscendingOrder)
    assert groups(model) == ["Model B", "c", "a", "Total"]
    model.show_table(table(row("y", 5.0), row("x", 4.0)), {})
    assert groups(model) == ["x", "y", "Total"]


def test_a_screen_reader_hears_what_is_estimated() -> None:
    """The sign alone would be silent."""
    model = EnergyModel()
    model.show_table(table(row("b", 5000.0, estimated=True)), {})
    assert model.index(0, 4).data() == "≈ 5.00 kJ"
    assert model.index(0, 4).data(Qt.ItemDataRole.AccessibleTextRole) == "Energy: estimated 5.00 kJ"
    assert model.index(0, 1).data() == "1"


def test_the_past_lies_on_a_grid() -> None:
    """Buckets nobody recorded are gaps; what is outside the span is left out."""
    past = Past()
    points = (
        SeriesPoint(at_s=NOW_S // 10 * 10 - 20, source="traffic", tokens_per_s=40.0),
        SeriesPoint(at_s=NOW_S // 10 * 10, source="host", power_w=61.0),
        SeriesPoint(at_s=NOW_S // 10 * 10, source="GPU-1", power_w=300.0, memory_used_bytes=2 * 1024**3),
        SeriesPoint(at_s=NOW_S - 5000, source="host", power_w=9.0),
    )
    past.take(Series(step_s=10, points=points), Span.HOUR, NOW_S)
    assert len(past.times_s) == 360
    assert past.times_s[-1] == NOW_S // 10 * 10
    assert list(past.series(TOKENS))[-3] == 40.0
    assert math.isnan(past.series(TOKENS)[-2])
    assert past.series(CPU_POWER)[-1] == 61.0
    assert past.series(gpu_memory("GPU-1"))[-1] == 2.0
    assert not past.reported([gpu_power("GPU-2")])
    assert sum(not math.isnan(value) for value in past.series(CPU_POWER)) == 1


def test_a_moment_is_read_only_where_something_was_sampled() -> None:
    """The nearest sample within a step, or none."""
    past = Past()
    past.take(Series(step_s=10, points=()), Span.HOUR, NOW_S)
    assert past.index_at(0.0) == 359
    assert past.index_at(3599.0) == 0
    assert past.index_at(9000.0) is None
    assert past.value(TOKENS, 3) is None


def test_thinning_keeps_every_peak_and_gap() -> None:
    """Two points to a pixel; a lone value gets a width."""
    import numpy as np

    from engineroom_ui.widgets.strip_plot import thinned

    ages = np.arange(-3600.0, 0.0)
    values = np.sin(ages / 50)
    values[1234] = 99.0
    values[2000:2400] = np.nan
    xs, ys = thinned(ages, values, 6.0)
    assert xs.size <= 2 * 602
    assert np.nanmax(ys) == 99.0
    assert np.nanmin(ys) == np.nanmin(values)
    assert np.isnan(ys).any()
    assert (np.diff(xs) >= 0).all()
    few = np.full(5, np.nan)
    few[2] = 7.0
    xs, ys = thinned(np.arange(-5.0, 0.0), few, 0.1)
    assert list(ys[np.isfinite(ys)]) == [7.0, 7.0]


def test_figures_of_several_lines() -> None:
    """The sum where all count, the highest where one is enough; NaN adds nothing."""
    import numpy as np

    from engineroom_ui.widgets.strip_plot import figures_of

    columns = [np.array([1.0, np.nan, 3.0, np.nan]), np.array([10.0, 20.0, np.nan, np.nan])]
    total = figures_of(columns, highest=False)
    assert (total.mean, total.highest) == (pytest.approx(34 / 3), 20.0)
    hottest = figures_of(columns, highest=True)
    assert (hottest.mean, hottest.highest) == (11.0, 20.0)
    assert figures_of([np.array([np.nan])], highest=False).mean is None


@pytest.mark.parametrize(
    ("span", "first", "count"),
    [(300, "\u22124 min", 5), (3600, "\u221250 min", 6), (86_400, "\u221218 h", 4), (2_592_000, "\u221225 d", 6)],
)
def test_the_axis_shows_ages(span: float, first: str, count: int) -> None:
    """Round ages, and now."""
    from engineroom_ui.widgets.strip_plot import age_ticks

    ticks = age_ticks(span)[1:]
    assert ticks[0][1] == first
    assert len(ticks) == count
    assert ticks[-1] == (0.0, "now")


def test_calls_survive_the_garbage_collector(start_fake: StartFake, until: Until) -> None:
    """Nobody but the client holds them while they are under way."""
    start_fake()
    found = find()
    assert found is not None
    client = HttpClient()
    client.aim(found.address, found.token)
    answers: list[Hello] = []
    for _ in range(5):
        client.get("/control/hello", Hello).done.connect(answers.append)
    gc.collect()
    until(lambda: len(answers) == 5)
    assert client._under_way == set()


def test_a_taken_port_is_no_reason_not_to_start() -> None:
    """The window finds the daemon by its connection file, whatever the port."""
    command = serve_command()
    assert command[command.index("--port") + 1] == "auto"


def test_rings_can_grow_while_they_are_drawn() -> None:
    """A view of the numbers would forbid it."""
    from engineroom_ui.widgets.strip_plot import _column

    ring = array("d", [1.0, 2.0])
    column = _column(ring, 1)
    ring.append(3.0)
    assert list(column) == [2.0]
