"""Answers as Markdown: cut into pieces, drawn once, coloured, and never more than text."""

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engineroom_ui.text.markdown import LONG_LETTERS, PieceKind, pieces, thought, without_pictures
from engineroom_ui.theme.apply import Choice, Theme
from engineroom_ui.widgets.chat_message import Answer
from engineroom_ui.widgets.code_block import CodeBlock
from engineroom_ui.widgets.markdown_text import MarkdownText
from engineroom_ui.widgets.markdown_view import MarkdownView

PARAGRAPH = "Some **bold** words and `code` that go on until the line is full, and then a little further.\n\n"
ANSWER = (
    "# A plan\n\n1. First:\n   ```bash\n   pip install x\n   ```\n2. Then:\n\n"
    + PARAGRAPH * 30
    + "```python\ndef f():\n    return '```'\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    + "- one\n\n- two\n\n" * 90
    + "~~~\nplain ``` inside\n~~~\n"
    + PARAGRAPH * 20
)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, Choice.LIGHT)
    yield made
    made.deleteLater()


def test_code_is_cut_out_and_loses_its_indentation() -> None:
    """In lists too; a fence inside of a string, or of the other kind, ends nothing."""
    code = [piece for piece in pieces(ANSWER) if piece.kind is PieceKind.CODE]
    assert [(piece.language, piece.text) for piece in code] == [
        ("bash", "pip install x"),
        ("python", "def f():\n    return '```'"),
        ("", "plain ``` inside"),
    ]


def test_text_that_grows_changes_only_its_last_piece() -> None:
    """Else all would be drawn again while a model writes."""
    cuts = [pieces(ANSWER[:at]) for at in range(1, len(ANSWER), 7)]
    for before, after in itertools.pairwise(cuts):
        assert after[: len(before) - 1] == before[:-1]
    assert max(len(piece.text) for piece in cuts[-1]) < 10 * LONG_LETTERS
    assert "".join("".join(piece.text.split()) for piece in cuts[-1]).count("Some**bold**") == 50


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<think>so</think>Yes.", ("so", "Yes.")),
        ("<think>so and", ("so and", "")),
        ("\n<thinking>\nso\n</thinking>\n\nYes.", ("so", "Yes.")),
        ("No <think>here</think>", ("", "No <think>here</think>")),
    ],
)
def test_thoughts_between_tags_are_told_apart(text: str, expected: tuple[str, str]) -> None:
    assert thought(text) == expected


def test_pictures_become_links() -> None:
    """So that nothing is fetched, and the address is seen."""
    assert without_pictures("a ![cat](http://x/c.png 'C') b ![](http://x/d.png)") == (
        "a [cat](http://x/c.png) b [http://x/d.png](http://x/d.png)"
    )


def test_a_long_answer_is_drawn_piece_by_piece(theme: Theme, qtbot: QtBot) -> None:
    """Ten thousand tokens, a few at a time: never more than three pieces are drawn at once, and few parts are made."""
    view = MarkdownView(theme)
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    long = ANSWER * 7
    drawn = [view.show_markdown(long[:at]) for at in range(400, len(long), 400)]
    assert max(drawn) <= 3
    assert len(long) > 40_000
    assert len(view.parts) < 100
    assert len(view.code_blocks) == 21


def test_what_is_selected_in_code_stays_while_it_grows(theme: Theme, qtbot: QtBot) -> None:
    block = CodeBlock(theme)
    qtbot.addWidget(block)
    block.show()
    block.show_code("x = 1\ny", "python")
    cursor = block.lines.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(5, cursor.MoveMode.KeepAnchor)
    block.lines.setTextCursor(cursor)
    block.show_code("x = 1\ny = 2\nz = 3", "python")
    assert block.lines.textCursor().selectedText() == "x = 1"
    assert block.lines.toPlainText() == "x = 1\ny = 2\nz = 3"
    block.copy_button.click()
    assert QGuiApplication.clipboard().text() == "x = 1\ny = 2\nz = 3"


@pytest.mark.parametrize(
    ("language", "line", "token", "word"),
    [
        ("python", "return 1  # done", "chart_4", "return"),
        ("python", "return 1  # done", "chart_2", "1"),
        ("python", "return 1  # done", "text_muted", "# done"),
        ("ts", "const a = 'b'; // c", "ok", "'b'"),
        ("sql", "SELECT 1", "chart_4", "SELECT"),
        ("c", "int x; /* y */", "text_muted", "/* y */"),
        ("diff", "-old", "bad", "-old"),
    ],
)
def test_code_has_colours(theme: Theme, qtbot: QtBot, language: str, line: str, token: str, word: str) -> None:
    block = CodeBlock(theme)
    qtbot.addWidget(block)
    block.show_code(line, language)
    spans = block.lines.document().firstBlock().layout().formats()
    told = {line[span.start : span.start + span.length]: span.format.foreground().color().name() for span in spans}
    assert told[word] == theme.colour(token).name()


def test_long_strings_go_on_over_lines(theme: Theme, qtbot: QtBot) -> None:
    block = CodeBlock(theme)
    qtbot.addWidget(block)
    block.show_code('"""one\ntwo\n"""\nreturn', "python")
    second = block.lines.document().findBlockByNumber(1).layout().formats()
    assert [(span.start, span.length) for span in second] == [(0, 3)]
    last = block.lines.document().findBlockByNumber(3).layout().formats()
    assert last[0].format.foreground().color().name() == theme.colour("chart_4").name()


def test_a_link_is_asked_about_with_its_whole_address(theme: Theme, qtbot: QtBot) -> None:
    """A model may have made it up; nothing but the web can be opened at all."""
    text = MarkdownText(theme)
    qtbot.addWidget(text)
    text.show()
    text.show_markdown("[bank](https://bank.example.evil.example/x) [file](file:///etc/passwd)")
    text.follow(QUrl("file:///etc/passwd"))
    assert text.question is None
    text.follow(QUrl("https://bank.example.evil.example/x"))
    assert text.question.informativeText() == "https://bank.example.evil.example/x"
    assert text.question.defaultButton() is text.question.button(text.question.StandardButton.Cancel)
    text.question.close()


def test_thoughts_are_folded(theme: Theme, qtbot: QtBot) -> None:
    """They are drawn when somebody looks, and are no part of what is copied."""
    answer = Answer(theme)
    qtbot.addWidget(answer)
    answer.show()
    answer.add_thought("Let me see.")
    answer.add("Paris.")
    answer.draw()
    assert answer.fold.isVisible()
    assert not answer.thought_text.isVisible()
    answer.fold.click()
    assert answer.thought_text.toPlainText() == "Let me see."
    answer.copy_button.click()
    assert QGuiApplication.clipboard().text() == "Paris."
