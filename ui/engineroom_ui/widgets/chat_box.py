"""A small chat. It talks to ``/v1`` like any foreign client: if it works here, it works everywhere."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from engineroom_ui.link.chat import AnswerFigures, ChatStream, Message
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.text import problems, units
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.chat_examples import ChatExamples
from engineroom_ui.widgets.chat_message import Answer, Question
from engineroom_ui.widgets.parts import BODY_PT, TITLE_PT, IconButton, label

_DRAW_MS = 80
_MOST_LINES = 6


class AskField(QPlainTextEdit):
    """Grows with its text up to six lines. Enter sends, Shift+Enter begins a new line.

    Signals:
        sent: Enter.
        focused: whether it has the keyboard.
    """

    sent = Signal()
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Ask")
        self.setFont(text_font(BODY_PT))
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802
        super().focusInEvent(event)
        self.focused.emit(True)  # noqa: FBT003

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802
        super().focusOutEvent(event)
        self.focused.emit(False)  # noqa: FBT003

    def _fit(self) -> None:
        lines = min(max(int(self.document().size().height()), 1), _MOST_LINES)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 10)


class ChatBox(QFrame):
    """One conversation, kept only while the window is open."""

    def __init__(self, theme: Theme, client: HttpClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self._theme = theme
        self._model = ""
        self._messages: list[Message] = []
        self.answers: list[Answer] = []
        self._stream = ChatStream(client, self)
        self._stream.text.connect(self._more)
        self._stream.finished.connect(self._finished)
        self._stream.failed.connect(self._failed)
        self._draw = QTimer(self)
        self._draw.setInterval(_DRAW_MS)
        self._draw.timeout.connect(self._draw_answer)
        self._build()
        self.show_model("", why=self.tr("Connecting …"))

    def show_model(self, model_id: str, *, why: str = "") -> None:
        """Ask this model from now on; without one, ``why`` says why nothing can be asked."""
        self._model = model_id
        self.field.setPlaceholderText(why or self.tr("Ask something"))
        self._hint.setText(why or self.tr("Try it here. This chat uses the same address as any other program."))
        self._enable()

    def send(self) -> None:
        """Send what stands in the field."""
        text = self.field.toPlainText().strip()
        if not text or not self._model or self._stream.busy:
            return
        self.field.clear()
        self._messages.append(Message(role="user", content=text))
        self._at_end = True
        self._add(Question(text))
        answer = Answer()
        self.answers.append(answer)
        self._add(answer)
        self._stream.ask(self._model, self._messages)
        self._draw.start()
        self._enable()

    def stop(self) -> None:
        """End the answer under way."""
        self._stream.stop()

    def clear(self) -> None:
        """Begin a new conversation."""
        self._stream.abandon()
        self._draw.stop()
        self._messages.clear()
        self.answers.clear()
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._enable()

    def _build(self) -> None:
        self._new = IconButton(self._theme, "plus", self.tr("New chat"))
        self._new.clicked.connect(self.clear)
        self._hint = label(role="Muted")
        self._hint.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Chat"), points=TITLE_PT, strong=True))
        head.addStretch(1)
        head.addWidget(self._new)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._hint)
        self._examples = ChatExamples()
        self._examples.chosen.connect(self._example)
        column.addWidget(self._examples)
        column.addWidget(self._build_messages(), 1)
        column.addWidget(self._build_field())

    def _build_messages(self) -> QWidget:
        body = QWidget()
        body.setObjectName("ClearBody")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 4, 8, 4)
        self._column.setSpacing(16)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setObjectName("Clear")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(body)
        self._at_end = True
        self._area.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._area.verticalScrollBar().rangeChanged.connect(self._grown)
        return self._area

    def _build_field(self) -> QWidget:
        frame = QFrame()
        frame.setObjectName("Field")
        self.field = AskField()
        self.field.setAccessibleName(self.tr("Your question"))
        self.field.setToolTip(self.tr("Enter sends, Shift+Enter begins a new line"))
        self.field.sent.connect(self.send)
        self.field.textChanged.connect(self._enable)
        self.field.focused.connect(lambda on: _mark(frame, on=on))
        self.button = IconButton(self._theme, "send", self.tr("Send"), role="Send", ink="on_accent")
        self.button.setIconSize(QSize(18, 18))
        self.button.clicked.connect(self._pressed)
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        return frame

    def _example(self, question: str) -> None:
        self.field.setPlainText(question)
        self.send()

    def _add(self, part: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, part)

    def _pressed(self) -> None:
        if self._stream.busy:
            self.stop()
        else:
            self.send()

    def _more(self, piece: str) -> None:
        answer = self.answers[-1]
        if not answer.text:
            answer.show_note(self.tr("Answering …"))
        answer.add(piece)

    def _draw_answer(self) -> None:
        if self.answers:
            self.answers[-1].draw()

    def _finished(self, figures: AnswerFigures) -> None:
        answer = self._end()
        self._messages.append(Message(role="assistant", content=answer.text))
        answer.show_note(self._figures(figures))

    def _failed(self, failure: Failure) -> None:
        answer = self._end()
        if answer.text:
            self._messages.append(Message(role="assistant", content=answer.text))
        else:
            self._messages.pop()
        answer.show_note(problems.sentence(failure.problem).whole, bad=True)

    def _end(self) -> Answer:
        self._draw.stop()
        answer = self.answers[-1]
        answer.draw()
        self._enable()
        return answer

    def _figures(self, figures: AnswerFigures) -> str:
        parts = []
        if figures.tokens_per_s is not None:
            parts.append(units.tokens_per_s(figures.tokens_per_s))
        if figures.ttft_s is not None:
            parts.append(self.tr("first token after {time}").format(time=units.seconds(figures.ttft_s)))
        if figures.completion_tokens is not None:
            parts.append(self.tr("{count} tokens").format(count=units.count(figures.completion_tokens)))
        if figures.stopped:
            parts.append(self.tr("stopped"))
        if figures.finish_reason == "length":
            parts.append(self.tr("cut off: the context is full"))
        return "  ·  ".join(parts) or self.tr("no text came")

    def _enable(self) -> None:
        busy = self._stream.busy
        self.button.show_icon("stop" if busy else "send")
        self.button.rename(self.tr("Stop the answer") if busy else self.tr("Send"))
        ready = bool(self._model) and bool(self.field.toPlainText().strip())
        self.button.setEnabled(busy or ready)
        self._new.setEnabled(bool(self.answers))
        self._examples.setVisible(bool(self._model) and not self.answers)
        self._hint.setVisible(not self.answers)

    def _scrolled(self, value: int) -> None:
        self._at_end = value >= self._area.verticalScrollBar().maximum() - 4

    def _grown(self, _least: int, most: int) -> None:
        # A person who scrolled back to read is left there.
        if self._at_end:
            self._area.verticalScrollBar().setValue(most)


def _mark(frame: QFrame, *, on: bool) -> None:
    frame.setProperty("focused", on)
    frame.style().unpolish(frame)
    frame.style().polish(frame)
