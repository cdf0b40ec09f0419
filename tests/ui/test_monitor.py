"""The Monitor page against the fake daemon."""

import itertools
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTableView, QWidget

from engineroom.contract.control import GroupBy
from engineroom_ui.pages.monitor import MonitorPage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import GROUPS, Place
from engineroom_ui.state.history import Span
from engineroom_ui.widgets.strip_chart import StripChart
from window_kit import OpenWindow, StartFake, Until, connected, noted, reached_by_tab

BUSY = ("--gpus", "2", "--rapl", "--serving", "--busy", "--history", "300", "--recorded-s", "4000000")


@pytest.fixture
def watch(start_fake: StartFake, open_window: OpenWindow, until: Until) -> object:
    """Opens a window on the Monitor page, beside a fake daemon with these options."""

    def open_monitor(*options: str) -> tuple[Desktop, MonitorPage]:
        start_fake(*options)
        desktop = open_window()
        desktop.window.show_page(Place.MONITOR)
        until(connected(desktop))
        return desktop, desktop.window.monitor

    return open_monitor


def asked(desktop: Desktop, path: str) -> list[str]:
    return [text for text in noted(desktop) if f"asked {path} " in text]


def told(chart: StripChart) -> str:
    return chart.accessibleDescription()


def test_cards_say_what_they_report(watch, until: Until) -> None:
    """Memory by holder, power against its limit, heat with its margin, clocks, throttling, programs."""
    _, page = watch(*BUSY)
    until(lambda: len(page.cards.gpus) == 2)
    panel = page.cards.gpus["GPU-fake-0"]
    until(lambda: "ours" in panel.memory.told)
    assert panel.memory.told == "7.4 GiB ours, 1.8 GiB others, 14.8 GiB free"
    assert panel.trouble == ""
    assert panel._power.value.endswith("of 450 W")
    assert "left" in panel._heat.value
    assert "10,501 MHz" in panel._clocks.value
    assert panel.throttle.word
    assert panel.holders.facts[0] == ("python (ours, 4121)", "7.4 GiB")
    assert panel.holders.facts[3] == ("and 1 more", "")
    assert not panel.facts.isVisible()
    panel.unfold.click()
    assert panel.facts.isVisible()
    assert panel.holders.facts[3] == ("blender (9931)", "not reported")
    facts = dict(panel.facts.facts)
    assert facts["Compute capability"] == "8.9"
    assert facts["Memory bandwidth"] == "1,008 GB/s (published)"
    assert facts["CUDA, newest possible"] == "13.0"
    assert facts["MIG"] == "not reported"


def test_a_card_that_reports_little_says_so(watch, until: Until) -> None:
    """Unknown is said, never shown as zero; used and free where nobody says whose."""
    _, page = watch("--gpus", "1", "--bare")
    until(lambda: "GPU-fake-0" in page.cards.gpus)
    panel = page.cards.gpus["GPU-fake-0"]
    until(lambda: panel.memory.told == "9.2 GiB used, 14.8 GiB free")
    until(lambda: panel._power.value == "not reported")
    for figure in (panel._power, panel._heat, panel._load, panel._clocks, panel._fan, panel._state):
        assert figure.value == "not reported"
    assert panel.throttle.word == "Clock limits: not reported"
    assert "not reported" in panel._nobody.text()
    until(lambda: "does not report its power" in told(page.charts.power))
    until(lambda: "No card here reports its temperature" in told(page.charts.heat))


def test_lost_and_locked_cards_are_said(watch, until: Until) -> None:
    """With their remedy, and that they are simulated; the third card goes on."""
    _, page = watch("--gpus", "3", "--lost", "1", "--no-access", "1", "--simulated")
    until(lambda: len(page.cards.gpus) == 3)
    lost, locked, well = page.cards.gpus.values()
    assert "fell off the bus" in lost.trouble
    assert lost.tag == "simulated  ·  lost"
    assert not lost.memory.isVisible()
    assert "access" in locked.trouble
    assert well.trouble == ""
    assert well.memory.isVisible()


def test_unified_memory_is_said(watch, until: Until) -> None:
    """The card has none of its own."""
    _, page = watch("--gpus", "1", "--unified")
    until(lambda: "GPU-fake-0" in page.cards.gpus)
    panel = page.cards.gpus["GPU-fake-0"]
    assert panel.tag == "unified memory"
    facts = dict(panel.facts.facts)
    assert facts["Kept for the system"] == "8.0 GiB"
    assert facts["MIG"].splitlines() == ["1g.16gb, 16.0 GiB", "2g.32gb, 32.0 GiB"]
    assert facts["Memory bandwidth"] == "273 GB/s (from clock and bus width)"


@pytest.mark.parametrize(
    ("state", "words"),
    [("asleep", "sleeps"), ("library_missing", "No NVIDIA driver"), ("version_mismatch", "different versions")],
)
def test_no_cards_are_explained(watch, until: Until, state: str, words: str) -> None:
    """On the wall, and in the charts unless there never was a card: then they would only repeat it."""
    _, page = watch("--nvml", state)
    until(lambda: words in page.cards.no_gpu.accessibleName())
    assert page.cards.no_gpu.isVisible()
    charts = (page.charts.memory, page.charts.heat)
    if state == "library_missing":
        until(lambda: not any(chart.isVisible() for chart in charts))
    else:
        until(lambda: all(words in told(chart) for chart in charts))


def test_the_crosshair_reads_all_charts_at_one_time(watch, until: Until) -> None:
    """Every head shows the value of the same bucket; Escape brings now back."""
    desktop, page = watch(*BUSY)
    board = page.charts
    board.spans.button(Span.HOUR).click()
    past = desktop.room.history.past
    until(lambda: len(past.times_s) == 360)
    until(lambda: all("last hour" in told(chart) for chart in board.charts))
    board.crosshair.point(1500.0)
    index = past.index_at(1500.0)
    assert index is not None
    assert abs(past.end_s - past.times_s[index] - 1500) <= 10
    watts = [past.value(f"gpu_power_w:GPU-fake-{at}", index) for at in (0, 1)]
    watts.append(past.value("cpu_power_w", index))
    assert board.power.reading.replace(",", "").split()[0] in {f"{sum(watts):.0f}", f"{sum(watts):.1f}"}
    assert board.tokens.reading == f"{past.value('tokens_per_s', index):.1f} tok/s"
    heat = max(past.value(f"gpu_temperature_c:GPU-fake-{at}", index) for at in (0, 1))
    assert board.heat.reading == f"{heat:.0f} °C"
    assert all("25 min 0 s ago" in told(chart) for chart in board.charts)
    board.tokens.setFocus()
    QTest.keyClick(board.tokens, Qt.Key.Key_Right)
    assert board.crosshair.age_s == 1440.0
    board.crosshair.point(1200.0)
    assert {chart.reading for chart in board.charts} == {"not reported"}
    QTest.keyClick(board.tokens, Qt.Key.Key_Escape)
    assert board.crosshair.age_s is None
    assert all(told(chart).startswith("Now") for chart in board.charts)


def test_the_mouse_moves_the_crosshair(watch, until: Until) -> None:
    """From any chart, for all of them."""
    _, page = watch(*BUSY)
    board = page.charts
    until(lambda: told(board.heat).startswith("Now"))
    plot = board.heat._plot
    steps = itertools.cycle((0, 3))

    def seen() -> bool:
        # A mouse that is told of while the page is laid out anew is somewhere else, and one that stands says nothing.
        page.area.ensureWidgetVisible(board.heat)
        QTest.mouseMove(plot, plot.rect().center() + QPoint(next(steps), 0))
        return board.crosshair.age_s is not None and all(chart._plot._cross.isVisible() for chart in board.charts)

    until(seen)
    assert 100 < board.crosshair.age_s < 200


def test_a_span_is_asked_for_once(watch, until: Until, qtbot) -> None:
    """Per switch; five minutes ask for nothing, nor does a page nobody sees. The span is remembered."""
    desktop, page = watch(*BUSY)
    qtbot.wait(300)
    assert asked(desktop, "/control/series") == []
    page.charts.spans.button(Span.DAY).click()
    until(lambda: len(desktop.room.history.past.times_s) == 1440)
    page.charts.spans.button(Span.DAY).click()
    desktop.room.history.watch(Span.DAY)
    qtbot.wait(600)
    assert len(asked(desktop, "/control/series")) == 1
    assert "86400" in asked(desktop, "/control/series")[0]
    desktop.window.show_page(Place.SERVE)
    page.charts.spans.button(Span.MONTH).click()
    qtbot.wait(300)
    assert len(asked(desktop, "/control/series")) == 1
    desktop.window.show_page(Place.MONITOR)
    until(lambda: len(desktop.room.history.past.times_s) == 720)
    assert desktop.settings.value("span") in {2592000, "2592000"}


def test_an_empty_past_says_so(watch, until: Until) -> None:
    """Also when the engine room keeps none."""
    _, page = watch("--gpus", "1", "--history", "20")
    page.charts.spans.button(Span.MONTH).click()
    until(lambda: "Nothing was recorded in the last 30 days" in told(page.charts.power))
    assert "No tokens in the last 30 days" in told(page.charts.tokens)


def test_a_refused_past_is_explained(watch, until: Until) -> None:
    """With the daemon's reason."""
    _, page = watch("--gpus", "1", "--no-ledger")
    page.charts.spans.button(Span.HOUR).click()
    until(lambda: "The past could not be read" in told(page.charts.power))
    assert "There is nothing at" in told(page.charts.tokens)
    until(lambda: "could not be read" in page.energy.empty_text)


def test_hidden_charts_are_not_drawn(watch, until: Until, qtbot) -> None:
    """Nothing is drawn on the page nobody sees."""
    desktop, page = watch(*BUSY)
    until(lambda: told(page.charts.power).startswith("Now"))
    desktop.window.show_page(Place.SERVE)
    drawn = page.charts.power._drawn
    version = desktop.room.telemetry.version
    until(lambda: desktop.room.telemetry.version > version + 2)
    qtbot.wait(300)
    assert page.charts.power._drawn == drawn
    assert page.cards._drawn <= version


def test_the_legend_switches_lines_off(watch, until: Until) -> None:
    """The total follows; the last line cannot be switched off alone."""
    _, page = watch(*BUSY)
    power = page.charts.power
    until(lambda: told(power).startswith("Now"))
    keys = power.legend._keys
    assert [key.accessibleName() for key in keys] == ["RTX 4090 #0", "RTX 4090 #1", "CPU"]
    keys[0].click()
    keys[1].click()
    assert [line.caption for line in power.legend.shown] == ["CPU"]
    assert "total" not in told(power)
    keys[2].click()
    assert len(power.legend.shown) == 3


def test_energy_by_model_and_day(watch, until: Until) -> None:
    """Names of models, the total, what is estimated, what unloading saves."""
    _, page = watch("--answered", "40", "--energy", "estimated")
    card = page.energy
    until(lambda: card.model.rowCount() == 4)
    cells = [[card.model.index(row, column).data() for column in range(9)] for row in range(4)]
    assert [row[0] for row in cells] == ["other-1", "other-2", "SmolLM2 135M Instruct", "Total"]
    assert cells[0][4] == "22.5 kJ"
    assert cells[1][4:] == ["not reported"] * 5
    assert cells[2][4] == "≈ 90.0 kJ"
    assert cells[3][1] == "117"
    assert "saves about 17.0 W" in card.note.text()
    assert "estimated" in card.note.text()
    card.groups.button(GroupBy.DAY).click()
    until(lambda: card.model.rowCount() == 11)
    assert card.model.headerData(0, Qt.Orientation.Horizontal) == "Day"


def test_energy_that_nobody_reports(watch, until: Until) -> None:
    """Never zero; and no price is no cost."""
    _, page = watch("--answered", "4", "--energy", "unmeasured")
    until(lambda: page.energy.model.rowCount() == 4)
    assert {page.energy.model.index(3, column).data() for column in range(4, 9)} == {"not reported"}
    assert "reports its energy" in page.energy.note.text()
    assert "saves" not in page.energy.note.text()


def test_no_price_is_said(watch, until: Until) -> None:
    """In the column of the cost."""
    _, page = watch("--answered", "4", "--energy", "unpriced")
    until(lambda: page.energy.model.rowCount() == 4)
    assert page.energy.model.index(0, 8).data() == "no price set"


def test_no_requests_are_explained(watch, until: Until) -> None:
    """There is nothing to export then."""
    _, page = watch()
    until(lambda: "No request was answered" in page.energy.empty_text)
    assert not page.energy.button.isEnabled()


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_export_writes_the_bytes(watch, until: Until, tmp_path: Path, kind: str) -> None:
    """As the daemon sent them; a place that cannot be written is said."""
    _, page = watch("--answered", "4")
    card = page.energy
    until(card.button.isEnabled)
    card.button.click()
    dialog = card.saver.dialog
    assert dialog is not None
    until(dialog.isVisible)
    path = tmp_path / f"energy.{kind}"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    until(lambda: card.note.text() == f"Saved to {path}.")
    if kind == "csv":
        assert path.read_bytes().startswith(b"at,model,joules\n2026-11-22")
    else:
        assert json.loads(path.read_text()) == [{"model": "smollm2-135m-instruct", "joules": 41.5}]
    card.saver.save(str(tmp_path / "no such folder" / "energy.csv"))
    until(lambda: "could not be written" in card.note.text())


def test_pages_by_keyboard_and_remembered(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Ctrl and a number, the sidebar; the next window opens where the last was left."""
    start_fake()
    desktop = open_window()
    window = desktop.window
    until(connected(desktop))
    actions = {action.shortcut().toString(): action for action in window.actions()}
    assert not window.monitor.isVisible()
    number = [place for _, places in GROUPS for place in places].index(Place.MONITOR) + 1
    actions[QKeySequence(f"Ctrl+{number}").toString()].trigger()
    assert window.monitor.isVisible()
    assert window.sidebar.current is Place.MONITOR
    actions["Ctrl+1"].trigger()
    assert window.home.isVisible()
    window.sidebar.button(Place.MONITOR).click()
    window.close()
    assert open_window().window.monitor.isVisible()


def test_everything_on_the_page_is_reached_by_keyboard(watch, until: Until) -> None:
    """Buttons, charts and the table; each has a name."""
    desktop, page = watch(*BUSY, "--answered", "4")
    window = desktop.window
    until(lambda: page.energy.model.rowCount() == 4)
    reached = reached_by_tab(window, 80)
    kinds = (QAbstractButton, QComboBox, QLineEdit, StripChart, QTableView)
    wanted = [
        part
        for part in window.findChildren(QWidget)
        if isinstance(part, kinds) and part.isVisible() and part.isEnabled() and not part.objectName().startswith("qt_")
    ]
    assert sum(isinstance(part, StripChart) for part in wanted) == 4
    assert [part.accessibleName() for part in wanted if part not in reached] == []
    assert [repr(part) for part in wanted if not part.accessibleName()] == []


@pytest.mark.parametrize("cards", ["1", "2", "4"])
def test_smallest_size_holds_the_page(watch, until: Until, cards: str) -> None:
    """At 960 by 640 nothing is cut off sideways."""
    desktop, page = watch("--gpus", cards, "--rapl", "--busy", "--answered", "40", "--energy", "estimated")
    desktop.window.resize(960, 640)
    until(lambda: page.energy.model.rowCount() == 4)
    body = page.area.widget()
    until(lambda: body.width() <= page.area.viewport().width())
    for panel in page.cards.gpus.values():
        assert panel.geometry().right() <= body.width()
    assert page.energy.table.horizontalScrollBar().maximum() == 0
