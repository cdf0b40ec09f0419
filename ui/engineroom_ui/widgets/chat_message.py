"""One message of the chat: a question in a tinted box, an answer as running text with its figures below."""

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QTextBrowser, QVBoxLayout, QWidget

from engineroom_ui.theme.apply import text_font
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT, label

_MARKDOWN = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class AnswerText(QTextBrowser):
    """Text as tall as it needs to be. A model's words can neither load a picture nor open a link."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Answer")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(text_font(BODY_PT))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(18)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.setAccessibleName(self.tr("Answer"))

    def show_markdown(self, text: str) -> None:
        """Replace the text; HTML in it is shown as it is written."""
        self.document().setMarkdown(text, _MARKDOWN)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:  # noqa: D102, N802
        return None

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(240, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        height = round(self.document().size().height()) + extra + 2
        if height != self.height():
            self.setFixedHeight(height)


class Question(QWidget):
    """What the person asked."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QFrame()
        box.setObjectName("Question")
        words = label(text)
        words.setWordWrap(True)
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        words.setAccessibleName(self.tr("You: {text}").format(text=text))
        inner = QHBoxLayout(box)
        inner.setContentsMargins(14, 9, 14, 9)
        inner.addWidget(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(box, 4)


class Answer(QWidget):
    """What the model said, then what it cost or why it failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self._shown = ""
        self._body = AnswerText()
        self._note: QLabel = label(self.tr("Waiting for the first token …"), role="Muted", points=SMALL_PT)
        self._note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 16, 0)
        column.setSpacing(6)
        column.addWidget(self._body)
        column.addWidget(self._note)
        self._body.hide()

    def add(self, piece: str) -> None:
        """More text; it is drawn at the next tick."""
        self.text += piece

    def draw(self) -> bool:
        """Draw what came since the last time; whether there was something."""
        if self.text == self._shown:
            return False
        self._shown = self.text
        self._body.show()
        self._body.show_markdown(self.text)
        return True

    def show_note(self, text: str, *, bad: bool = False) -> None:
        """The line below the answer."""
        self._note.setObjectName("Bad" if bad else "Muted")
        self._note.style().unpolish(self._note)
        self._note.style().polish(self._note)
        self._note.setText(text)

    @property
    def note(self) -> str:
        """The line below the answer."""
        return self._note.text()
