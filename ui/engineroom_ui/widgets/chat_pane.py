"""One model's side of a conversation: who is asked, what was asked, and the answers as they come."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engineroom.contract.control import EngineView, ModelView
from engineroom_ui.link.chat import AnswerFigures, ChatStream
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.askable import a_few
from engineroom_ui.state.conversations import Column, Turn
from engineroom_ui.state.sampling import Sampling
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets import chat_words as words
from engineroom_ui.widgets.chat_message import Answer, Question
from engineroom_ui.widgets.chat_messages import ChatMessages, show_end
from engineroom_ui.widgets.controls import ChoiceBox, say_more
from engineroom_ui.widgets.parts import COLUMN_PX, IconButton

DRAW_MS = 80


class ChatPane(QWidget):
    """Talks to ``/v1`` like any foreign client: if it works here, it works everywhere.

    Signals:
        changed: an answer began or ended.
        model_chosen: the id of another model.
        edit_asked: which question is to be another, and its new text.
        again_asked: which question is to be asked once more.
        closed: this side is wanted no more.
    """

    changed = Signal()
    model_chosen = Signal(str)
    edit_asked = Signal(int, str)
    again_asked = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, client: HttpClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.column = Column()
        self._engine: EngineView | None = None
        self._stream = ChatStream(client, self)
        self._stream.text.connect(self._more)
        self._stream.thought.connect(self._think)
        self._stream.finished.connect(self._finished)
        self._stream.failed.connect(self._failed)
        self._draw = QTimer(self)
        self._draw.setInterval(DRAW_MS)
        self._draw.timeout.connect(self._tick)
        self.area = ChatMessages(theme)
        self._build()
        self.area.edit_asked.connect(self.edit_asked)
        self.area.again_asked.connect(self.again_asked)

    @property
    def busy(self) -> bool:
        """Whether an answer is under way."""
        return self._stream.busy

    @property
    def questions(self) -> list[Question]:
        """What was asked, in order."""
        return self.area.questions

    @property
    def answers(self) -> list[Answer]:
        """What was answered, one for each question."""
        return self.area.answers

    def show_models(self, models: Sequence[ModelView], engines: Mapping[str, EngineView]) -> None:
        """Who can be asked; what was chosen stays, else the first is."""
        ids = [model.id for model in models]
        if self.column.model not in ids and ids and not self.column.turns:
            self.column.model = ids[0]
        self.choice.blockSignals(True)  # noqa: FBT003
        self.choice.clear()
        for model in a_few(models, self.column.model):
            self.choice.addItem(words.model_choice(model, engines.get(model.id)), model.id)
        if self.column.model and self.column.model not in ids:
            self.choice.addItem(self.tr("{model}, not here").format(model=self.column.model), self.column.model)
        self.choice.setCurrentIndex(self.choice.findData(self.column.model))
        say_more(self.choice, len(models))
        self.choice.blockSignals(False)  # noqa: FBT003
        self._engine = engines.get(self.column.model)

    def show_column(self, column: Column) -> None:
        """Another conversation."""
        self._stream.abandon()
        self._draw.stop()
        self.column = column
        self.area.cut(0)
        for turn in column.turns:
            self.area.add(turn)
        self.area.show_actions(busy=False)

    def ask(self, question: str, pictures: tuple[str, ...], sampling: Sampling) -> None:
        """Ask; the answer is drawn as it comes."""
        turn = Turn(question=question, pictures=pictures)
        self.column.turns.append(turn)
        self.area.add(turn)
        self.area.follow()
        self._stream.ask(self.column.model, self.column.messages(sampling.system), sampling.options())
        self.answers[-1].show_note(words.waiting(self._engine))
        self._draw.start()
        self.area.show_actions(busy=True)
        self.changed.emit()

    def cut(self, at: int) -> Turn:
        """Forget a question and what followed it; the question."""
        self._stream.abandon()
        self._draw.stop()
        turn = self.column.turns[at]
        del self.column.turns[at:]
        self.area.cut(at)
        return turn

    def stop(self) -> None:
        """End the answer under way; what came of it stays."""
        self._stream.stop()

    def leave(self) -> None:
        """End it and say nothing more."""
        self._stream.abandon()
        self._draw.stop()

    def show_joules(self, request_id: str, joules: float, *, estimated: bool) -> bool:
        """The energy of a request has become known; whether it was one of these."""
        for turn, answer in zip(self.column.turns, self.answers, strict=True):
            if turn.figures is not None and turn.figures.request_id == request_id and turn.joules is None:
                turn.joules, turn.joules_estimated = joules, estimated
                answer.show_note(words.cost(turn))
                return True
        return False

    def _build(self) -> None:
        self.choice = ChoiceBox(self.tr("Model to ask"))
        self.choice.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(16)
        self.choice.activated.connect(self._choose)
        self.close_button = IconButton(self._theme, "close", self.tr("Compare no longer"))
        self.close_button.clicked.connect(self.closed)
        self.close_button.hide()
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.choice.setMaximumWidth(COLUMN_PX)
        self.head.addStretch(1)
        self.head.addWidget(self.choice, 1000)
        self.head.addWidget(self.close_button)
        self.head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.head)
        column.addWidget(self.area, 1)

    def _choose(self, at: int) -> None:
        self.column.model = str(self.choice.itemData(at))
        self.model_chosen.emit(self.column.model)

    def _more(self, piece: str) -> None:
        answer = self.answers[-1]
        if not answer.text:
            answer.show_note(self.tr("Answering …"))
        answer.add(piece)

    def _think(self, piece: str) -> None:
        self.answers[-1].add_thought(piece)

    def _tick(self) -> None:
        if self.answers:
            answer = self.answers[-1]
            if not answer.draw() and not answer.text and not answer.thoughts:
                answer.show_note(words.waiting(self._engine))

    def _finished(self, figures: AnswerFigures) -> None:
        self._end().figures = figures
        self._close()

    def _failed(self, failure: Failure) -> None:
        self._end().problem = words.refusal(failure)
        self._close()

    def _end(self) -> Turn:
        self._draw.stop()
        turn, answer = self.column.turns[-1], self.answers[-1]
        answer.draw()
        turn.answer, turn.thought = answer.text, answer.thoughts
        return turn

    def _close(self) -> None:
        show_end(self.answers[-1], self.column.turns[-1])
        self.area.show_actions(busy=False)
        self.changed.emit()
