"""Parts of the window on their own."""

import math

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engineroom_ui.link.http import HttpClient
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.chat_box import ChatBox
from engineroom_ui.widgets.chat_message import Answer, AnswerText
from engineroom_ui.widgets.parts import ElidedLabel


def test_an_answer_loads_nothing_and_shows_html_as_text(qtbot: QtBot) -> None:
    """What a model writes is never more than text."""
    view = AnswerText()
    qtbot.addWidget(view)
    view.show()
    view.show_markdown("<b>bold?</b> ![p](file:///etc/hostname) [l](http://127.0.0.1:1/) **bold**")
    assert "<b>" in view.toPlainText()
    assert not view.openLinks()
    assert view.loadResource(2, "file:///etc/hostname") is None


def test_an_answer_is_as_tall_as_its_text(qtbot: QtBot) -> None:
    """No scrolling inside of scrolling."""
    answer = Answer()
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


def test_a_long_name_is_cut_and_kept_as_tool_tip(qtbot: QtBot) -> None:
    """And a screen reader hears all of it."""
    shown = ElidedLabel()
    qtbot.addWidget(shown)
    shown.resize(60, 20)
    shown.show_text("Intel(R) Xeon(R) Processor @ 2.60GHz")
    assert shown.text().endswith("…")
    assert shown.toolTip() == shown.accessibleName() == "Intel(R) Xeon(R) Processor @ 2.60GHz"


def test_the_chat_stays_where_a_person_reads(qapp: QApplication, qtbot: QtBot) -> None:
    """It follows the end only from the end."""
    theme = Theme(qapp, Choice.LIGHT)
    chat = ChatBox(theme, HttpClient())
    qtbot.addWidget(chat)
    chat.resize(320, 300)
    chat.show()
    answer = Answer()
    chat._add(answer)
    bar = chat._area.verticalScrollBar()
    answer.add("word\n\n" * 60)
    answer.draw()
    qtbot.waitUntil(lambda: bar.maximum() > 200 and bar.value() == bar.maximum())
    bar.setValue(10)
    before = bar.maximum()
    answer.add("word\n\n" * 60)
    answer.draw()
    qtbot.waitUntil(lambda: bar.maximum() > before)
    assert bar.value() == 10
    theme.deleteLater()


@pytest.mark.parametrize("highest", [0.0, 3.0, 9.6, 51.7, 100.0, 374.2, 1572.0, 99_999.0])
def test_the_axis_ends_at_a_round_number_above(highest: float) -> None:
    """With some air, but never more than two and a half times too high."""
    from engineroom_ui.widgets.strip_plot import nice_top

    top = nice_top(highest)
    assert highest < top
    assert top <= max(10.0, highest * 2.5)
    assert round(top / 10 ** math.floor(math.log10(top)), 6) in {1, 2, 4, 5, 8}
