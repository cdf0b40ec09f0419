"""What the window says of cards that are lost, in error, or a part of something larger."""

from array import array
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

import fakes.fake_script as script
from engineroom.contract.control import GpuState, PowerScope, Series, SeriesPoint, Xid
from engineroom_ui.state.history import Past, Span
from engineroom_ui.state.samples import CPU_POWER, gpu_power, gpu_power_peak
from engineroom_ui.text import hardware, words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.card_lines import power_lines
from engineroom_ui.widgets.gpu_panel import GpuPanel

CARD = script.card(0)
GONE = Xid(code=79, at_s=0.0, meaning="the card has fallen off the bus", remedy="Restart the computer")
UNKNOWN = Xid(code=999, at_s=0.0, meaning=None, remedy=None)


def machine(*gpus, rapl: bool = True):
    return script.machine(gpus, rapl=rapl, simulated=False, nvml=None)


@pytest.fixture
def theme(qapp) -> Theme:
    return Theme(qapp)


def panel_of(qtbot: QtBot, theme: Theme, gpu) -> GpuPanel:
    panel = GpuPanel(theme, machine(gpu), 0, ink="chart_2")
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_errors_are_said_with_their_remedy(qtbot: QtBot, theme: Theme) -> None:
    """The newest two in words; a card that is lost says them as well."""
    panel = panel_of(qtbot, theme, replace(CARD, xids=(GONE, UNKNOWN, UNKNOWN)))
    lines = panel.errors.text().splitlines()
    assert lines[0].startswith("Error Xid 79 at ")
    assert lines[0].endswith(": the card has fallen off the bus. Restart the computer.")
    assert lines[1].endswith(": not in the bundled table.")
    assert lines[2:] == ["and 1 more"]
    lost = panel_of(qtbot, theme, replace(CARD, xids=(GONE,), state=GpuState.LOST))
    assert lost.errors.isVisible()
    assert not panel_of(qtbot, theme, CARD).errors.isVisible()


def test_a_lost_card_says_what_became_of_what_ran_on_it() -> None:
    trouble = hardware.trouble(replace(CARD, state=GpuState.LOST), None)
    assert trouble is not None
    assert "What ran on it was stopped" in trouble.remedy


def test_power_of_a_module_is_not_added_to_the_processors(qtbot: QtBot, theme: Theme) -> None:
    """It is in there already, and the card says so."""
    alone, module = replace(CARD, power_scope=PowerScope.GPU), replace(CARD, power_scope=PowerScope.MODULE)
    assert [line.series for line in power_lines(machine(alone))] == [gpu_power(CARD.uuid), CPU_POWER]
    assert [line.series for line in power_lines(machine(module))] == [gpu_power(CARD.uuid)]
    assert [line.series for line in power_lines(machine(alone, rapl=False))] == [gpu_power(CARD.uuid)]
    panel = panel_of(qtbot, theme, module)
    assert panel._power.accessibleName().startswith("Power, with its CPU: ")
    assert dict(panel.facts.facts)["Power is of"] == "the whole module, CPU included"


def test_an_engine_is_said_to_run_on_its_cards() -> None:
    two = machine(script.card(0), script.card(1))
    engine = replace(script.ready("m", gpu=True), device="CUDA0")
    assert words.device(engine, two).startswith("Runs on RTX 4090 #0 (")
    both = replace(engine, gpu_uuids=("GPU-fake-0", "GPU-fake-1"))
    assert words.device(both, two).startswith("Runs on RTX 4090 #0, RTX 4090 #1 (")
    assert words.device(replace(engine, gpu_uuids=()), two).startswith("Runs on CUDA0 (")
    assert words.device(script.ready("m", gpu=False), two).startswith("Runs on the CPU")


def test_the_highest_power_of_a_bucket_is_drawn_and_told(qtbot: QtBot, theme: Theme) -> None:
    """A mean of ten seconds hides a peak; of several cards, nobody knows whether their peaks were at one time."""
    from engineroom_ui.widgets.strip_chart import axis_font
    from engineroom_ui.widgets.strip_plot import StripPlot

    points = [
        SeriesPoint(at_s=7200.0 + at * 10, source=uuid, power_w=100.0 + at, power_max_w=400.0 + at)
        for at in range(3)
        for uuid in ("GPU-fake-0", "GPU-fake-1")
    ]
    past = Past()
    past.take(Series(step_s=10, points=tuple(points)), Span.HOUR, 7230.0)
    assert isinstance(past.series(gpu_power_peak(gpu_power("GPU-fake-0"))), array)
    plot = StripPlot(theme, axis_font())
    qtbot.addWidget(plot)
    one = power_lines(machine(CARD, rapl=False))
    plot.show_lines(one)
    figures = plot.draw(past, one, "sum")
    assert (figures.mean, figures.highest) == (101.0, 402.0)
    assert [curve.isVisible() for curve in plot._peaks] == [True]
    two = power_lines(machine(script.card(0), script.card(1), rapl=False))
    plot.show_lines(two)
    assert plot.draw(past, two, "sum").highest == 204.0
    assert plot.draw(past, two[:1], "sum").highest == 402.0
    assert [curve.isVisible() for curve in plot._peaks] == [True, False]
