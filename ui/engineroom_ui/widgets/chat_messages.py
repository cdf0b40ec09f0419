"""Questions and answers below each other, scrolled to their end while a person does not read further up."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from engineroom_ui.state.conversations import Turn
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets import chat_words as words
from engineroom_ui.widgets.chat_message import Answer, Question
from engineroom_ui.widgets.parts import COLUMN_PX


class ChatMessages(QScrollArea):
    """No wider than one reads well.

    Signals:
        edit_asked: which question is to be another, and its new text.
        again_asked: which question is to be asked once more.
    """

    edit_asked = Signal(int, str)
    again_asked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._at_end = True
        self.questions: list[Question] = []
        self.answers: list[Answer] = []
        inner = QWidget()
        inner.setMaximumWidth(COLUMN_PX)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(4, 4, 12, 12)
        self._column.setSpacing(18)
        self._column.addStretch(1)
        body = QWidget()
        body.setObjectName("ClearBody")
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inner, 1000)
        row.addStretch(1)
        self.setObjectName("Clear")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(body)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._grown)

    def add(self, turn: Turn) -> None:
        """A question with its answer, as far as there is one."""
        at = len(self.answers)
        question = Question(self._theme, turn.question, turn.pictures)
        question.edited.connect(partial(self.edit_asked.emit, at))
        answer = Answer(self._theme)
        answer.again_asked.connect(partial(self.again_asked.emit, at))
        for part in (question, answer):
            self._column.insertWidget(self._column.count() - 1, part)
        self.questions.append(question)
        self.answers.append(answer)
        if turn.answer or turn.thought or turn.problem or turn.figures:
            answer.add_thought(turn.thought)
            answer.add(turn.answer)
            answer.draw()
            show_end(answer, turn)

    def cut(self, at: int) -> None:
        """Forget a question and all that followed it."""
        for part in (*self.questions[at:], *self.answers[at:]):
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        del self.questions[at:], self.answers[at:]
        self.follow()

    def follow(self) -> None:
        """Keep to the end from now on."""
        self._at_end = True

    def show_actions(self, *, busy: bool) -> None:
        """The last answer can be asked for again; a question can be changed while none is under way."""
        for at, answer in enumerate(self.answers):
            last = at == len(self.answers) - 1
            idle = not (busy and last)
            answer.show_actions(again=last and idle, copy=bool(answer.text) and idle)
        for question in self.questions:
            question.edit_button.setEnabled(not busy)

    def _scrolled(self, value: int) -> None:
        self._at_end = value >= self.verticalScrollBar().maximum() - 4

    def _grown(self, _least: int, most: int) -> None:
        # A person who scrolled back to read is left there.
        if self._at_end:
            self.verticalScrollBar().setValue(most)


def show_end(answer: Answer, turn: Turn) -> None:
    """What an answer cost, or why it failed."""
    answer.show_note(turn.problem or words.cost(turn), bad=bool(turn.problem))
    answer.show_thought_time(words.thought_time(turn.figures))
