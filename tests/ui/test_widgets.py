"""Parts of the window on their own."""

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from engineroom.contract.control import Outcome, RequestView, Traffic
from engineroom.contract.engines import BACKEND, COMPILED
from engineroom_ui.link.http import HttpClient
from engineroom_ui.state.conversations import Turn
from engineroom_ui.state.jobs import Jobs
from engineroom_ui.state.plan_wire import WireSpeed
from engineroom_ui.state.runtimes import RuntimeShelf
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.chat_message import Answer
from engineroom_ui.widgets.chat_messages import ChatMessages
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.controls import ChoiceBox
from engineroom_ui.widgets.engine_pane import EnginePane
from engineroom_ui.widgets.facts_grid import FactsGrid
from engineroom_ui.widgets.figure_table import Cell, FigureTable
from engineroom_ui.widgets.last_request import LastRequest
from engineroom_ui.widgets.markdown_text import MarkdownText
from engineroom_ui.widgets.parts import ElidedLabel, Figure
from engineroom_ui.widgets.path_label import PathLabel
from engineroom_ui.widgets.plan_speed import PlanSpeed
from engineroom_ui.widgets.runtime_section import RuntimeSection
from engineroom_ui.widgets.snippet_box import SnippetBox
from fakes.fake_desk import sealed


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, Choice.LIGHT)
    yield made
    made.deleteLater()


def test_an_answer_loads_nothing_and_shows_html_as_text(theme: Theme, qtbot: QtBot) -> None:
    """What a model writes is never more than text."""
    view = MarkdownText(theme)
    qtbot.addWidget(view)
    view.show()
    view.show_markdown("<b>bold?</b> ![p](file:///etc/hostname) [l](http://127.0.0.1:1/) **bold**")
    assert "<b>" in view.toPlainText()
    assert not view.openLinks()
    assert view.loadResource(2, "file:///etc/hostname") is None


def test_an_answer_is_as_tall_as_its_text(theme: Theme, qtbot: QtBot) -> None:
    """No scrolling inside of scrolling."""
    answer = Answer(theme)
    qtbot.addWidget(answer)
    answer.resize(300, 400)
    answer.show()
    answer.add("one line")
    assert answer.draw()
    short = answer.sizeHint().height()
    answer.add("\n\nmore " * 40)
    assert answer.draw()
    assert not answer.draw()
    qtbot.waitUntil(lambda: answer.sizeHint().height() > short * 5)


def test_a_request_that_reports_nothing_makes_the_page_no_wider(theme: Theme, qtbot: QtBot) -> None:
    """The page is never narrower than 500 pixels; what is wider is cut off at its right end."""
    last = RequestView(
        request_id="r", model_id="m", route="/v1/chat/completions", outcome=Outcome.CANCELLED, status=499,
        finished_at_s=0.0, seconds=1.0, ttft_s=None, tokens_per_s=None, prompt_tokens=None, completion_tokens=None,
    )  # fmt: skip
    shown = LastRequest()
    qtbot.addWidget(shown)
    shown.show_traffic(
        Traffic(requests=12_345, rejected=0, failed=0, cancelled=1, prompt_tokens=0, completion_tokens=0, last=last)
    )
    assert shown.minimumSizeHint().width() <= 500
    assert [figure.value for figure in shown.findChildren(Figure)].count("not reported") == 3
    half = replace(last, completion_tokens=146)
    shown.show_traffic(
        Traffic(requests=2, rejected=0, failed=0, cancelled=1, prompt_tokens=0, completion_tokens=146, last=half)
    )
    assert "– / 146" in [figure.value for figure in shown.findChildren(Figure)]  # noqa: RUF001


def test_a_long_name_is_cut_and_kept_as_tool_tip(qtbot: QtBot) -> None:
    """And a screen reader hears all of it."""
    shown = ElidedLabel()
    qtbot.addWidget(shown)
    shown.resize(60, 20)
    shown.show_text("Intel(R) Xeon(R) Processor @ 2.60GHz")
    assert shown.text().endswith("…")
    assert shown.toolTip() == shown.accessibleName() == "Intel(R) Xeon(R) Processor @ 2.60GHz"


def test_the_chat_stays_where_a_person_reads(theme: Theme, qtbot: QtBot) -> None:
    """It follows the end only from the end."""
    messages = ChatMessages(theme)
    qtbot.addWidget(messages)
    messages.resize(320, 300)
    messages.show()
    messages.add(Turn(question="?"))
    answer = messages.answers[0]
    bar = messages.verticalScrollBar()
    answer.add("word\n\n" * 60)
    answer.draw()
    qtbot.waitUntil(lambda: bar.maximum() > 200 and bar.value() == bar.maximum())
    bar.setValue(10)
    before = bar.maximum()
    answer.add("word\n\n" * 60)
    answer.draw()
    qtbot.waitUntil(lambda: bar.maximum() > before)
    assert bar.value() == 10


@pytest.mark.parametrize("highest", [0.0, 3.0, 9.6, 51.7, 100.0, 374.2, 1572.0, 99_999.0])
def test_the_axis_ends_at_a_round_number_above(highest: float) -> None:
    """With some air, but never more than two and a half times too high."""
    from engineroom_ui.widgets.strip_plot import nice_top

    top = nice_top(highest)
    assert highest < top
    assert top <= max(10.0, highest * 2.5)
    assert round(top / 10 ** math.floor(math.log10(top)), 6) in {1, 2, 4, 5, 8}


def test_the_plan_of_a_compiled_engine_says_what_it_is_worth(theme: Theme, qtbot: QtBot) -> None:
    pane = EnginePane(theme)
    qtbot.addWidget(pane)
    (view, *_) = sealed()
    pane.show_engine(view, [])
    assert pane.other_backend.isHidden()
    engine = replace(view.engine, kind=COMPILED, plan={**view.engine.plan, BACKEND: "pytorch"})
    pane.show_engine(replace(view, engine=engine), [])
    assert not pane.other_backend.isHidden()
    assert "PyTorch" in pane.other_backend.text()


def test_a_path_is_cut_in_the_middle_and_copied_whole(qtbot: QtBot) -> None:
    path = "/home/ada/.cache/huggingface/hub/models--acme--Brook-8B/snapshots/5f0c2a/model.safetensors"
    grid = FactsGrid()
    qtbot.addWidget(grid)
    grid.show_facts([("Place", path), ("Files", "GGUF and others")])
    grid.resize(240, 60)
    grid.show()
    (cut,) = grid.findChildren(PathLabel)
    qtbot.waitUntil(lambda: "…" in cut.text())
    assert cut.text().startswith("/home")
    assert cut.text().endswith("tensors")
    assert cut.toolTip() == path
    assert cut.accessibleName() == f"Place: {path}"
    cut.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == path


def test_a_figure_is_read_out_with_what_it_is_of(qtbot: QtBot) -> None:
    table = FigureTable()
    qtbot.addWidget(table)
    table.show_rows(["Trial run", "Measured", ""], [[Cell("Load time"), Cell("38 s"), Cell("100 % of it")]])
    names = [part.accessibleName() for part in table.findChildren(QLabel)]
    assert names[:2] == ["Trial run", "Measured"]
    assert names[3:] == ["Load time", "Load time, Measured: 38 s", "Load time: 100 % of it"]


def test_a_long_line_of_a_snippet_scrolls_sideways_alone(theme: Theme, qtbot: QtBot) -> None:
    """The bar below takes no line away, so that no second bar is needed."""
    box = SnippetBox(theme)
    qtbot.addWidget(box)
    box.resize(300, 200)
    box.show()
    box.show_snippet("a file", "short\n" + "long " * 60)
    qtbot.waitUntil(lambda: box.view.horizontalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: box.view.verticalScrollBar().maximum() == 0)
    tall = box.view.height()
    box.show_snippet("a file", "short\nshort")
    qtbot.waitUntil(lambda: box.view.height() < tall)


def test_of_runtimes_none_is_not_a_list_to_come(theme: Theme, qtbot: QtBot) -> None:
    """An answer without a runtime says that there is none; it is looked for only while there is no answer."""
    client = HttpClient()
    shelf = RuntimeShelf(client)
    section = RuntimeSection(theme, DrawClock(), shelf, Jobs(client))
    qtbot.addWidget(section)

    def said() -> list[str]:
        here = [part for part in section.findChildren(QLabel) if not part.isHidden()]
        return [part.text() for part in here if part.text().startswith(("Looking", "None"))]

    assert said() == ["Looking …"]
    shelf.runtimes = ()
    section.draw()
    assert said() == ["None yet. Install one, or attach a server, below."]


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST_DARK])
def test_lines_to_choose_from_have_air(theme: Theme, qtbot: QtBot, choice: Choice) -> None:
    theme.choose(choice)
    box = ChoiceBox("Language")
    qtbot.addWidget(box)
    box.addItems(["English", "Deutsch"])
    box.show()
    assert box.view().sizeHintForRow(0) >= box.fontMetrics().height() + 12


def test_an_icon_before_a_text_stands_off(theme: Theme, qtbot: QtBot) -> None:
    """The picture is as wide as the icon and its gap, and the gap is clear."""
    button = QPushButton("Serve")
    qtbot.addWidget(button)
    theme.lead(button, "play", "on_accent")
    size = button.iconSize()
    assert size.width() >= size.height() + 6
    image = button.icon().pixmap(size).toImage()
    scale = image.devicePixelRatio()
    gap = range(round(size.height() * scale), image.width())
    assert {image.pixelColor(x, y).alpha() for x in gap for y in range(image.height())} == {0}


@pytest.mark.parametrize(
    ("runtime", "gpu", "said"),
    [("llama.cpp", "NVIDIA GeForce RTX 4090", True), ("llama.cpp", "cpu", False), ("tensorrt-llm", "x", False)],
)
def test_what_runs_on_the_processor_is_not_as_fast_as_on_a_card(
    theme: Theme, qtbot: QtBot, runtime: str, gpu: str, *, said: bool
) -> None:
    card = PlanSpeed(theme)
    qtbot.addWidget(card)
    card.show_speed(WireSpeed(decode_tokens_per_s=2500.0), runtime, gpu)
    assert ("runs on the CPU" in card.note) is said
