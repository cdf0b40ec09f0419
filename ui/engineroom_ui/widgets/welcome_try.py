"""One question to the model that is served now, and its answer with what it took."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engineroom_ui.link.chat import AnswerFigures, ChatStream, Message
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.conversations import Turn
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets import chat_words
from engineroom_ui.widgets.markdown_view import MarkdownView
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, TITLE_PT, label, polish

_MOST_TOKENS = 200
"""An answer to try with is short; the chat has no such end."""


class TryBox(QFrame):
    """Asks as any client would.

    Signals:
        answered: an answer ended, well or not.
    """

    answered = Signal()

    def __init__(self, theme: Theme, client: HttpClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self._model = ""
        self._text = ""
        self._stream = ChatStream(client, self)
        self._stream.text.connect(self._more)
        self._stream.finished.connect(self._finished)
        self._stream.failed.connect(self._failed)
        title = label(self.tr("Ask it something"), points=TITLE_PT, strong=True)
        self.field = QLineEdit(self.tr("What is the capital of France?"))
        self.field.setObjectName("Search")
        self.field.setFont(text_font(BODY_PT))
        self.field.setAccessibleName(self.tr("Question to the model"))
        title.setBuddy(self.field)
        self.field.returnPressed.connect(self.ask)
        self.button = QPushButton(self.tr("Ask"))
        self.button.setObjectName("Quiet")
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self.ask)
        self._answer = MarkdownView(theme)
        self._note = label(role="Muted", points=SMALL_PT)
        self._note.setWordWrap(True)
        for part in (self._answer, self._note):
            part.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(10)
        column.addWidget(title)
        column.addLayout(row)
        column.addWidget(self._answer)
        column.addWidget(self._note)

    @property
    def answer(self) -> str:
        """What came so far."""
        return self._text

    @property
    def note(self) -> str:
        """The line below the answer: what it took, or why there is none."""
        return self._note.text()

    def show_model(self, model_id: str) -> None:
        """Whom to ask; what was asked of another is gone."""
        if model_id != self._model:
            self.let_go()
            self._model = model_id
            self._answer.hide()
            self._note.hide()

    def ask(self) -> None:
        """Send what stands in the field."""
        question = self.field.text().strip()
        if not question or self._stream.busy or not self.isEnabled():
            return
        self._text = ""
        if self.button.hasFocus():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.button.setEnabled(False)
        self._answer.show_markdown("")
        self._answer.hide()
        self._say(chat_words.waiting(None), role="Muted")
        self._stream.ask(self._model, [Message(role="user", content=question)], {"max_tokens": _MOST_TOKENS})

    def let_go(self) -> None:
        """Ask no further."""
        self._stream.abandon()
        self._text = ""
        self.button.setEnabled(True)

    def _more(self, text: str) -> None:
        self._text += text
        self._answer.show_markdown(self._text.strip())
        self._answer.show()

    def _finished(self, figures: AnswerFigures) -> None:
        self._say(chat_words.cost(Turn(question=self.field.text(), answer=self._text, figures=figures)), role="Muted")
        self._end()

    def _failed(self, failure: Failure) -> None:
        self._say(chat_words.refusal(failure), role="Bad")
        self._end()

    def _end(self) -> None:
        self.button.setEnabled(True)
        self.answered.emit()

    def _say(self, text: str, *, role: str) -> None:
        self._note.setObjectName(role)
        polish(self._note, "role", role)
        self._note.setText(text)
        self._note.setAccessibleName(text)
        self._note.show()
