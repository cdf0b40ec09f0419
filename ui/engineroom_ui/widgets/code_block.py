"""A block of code: its language, a copy button, and lines that are never wrapped."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from engineroom_ui.theme.apply import Theme, mono_font
from engineroom_ui.widgets.code_ink import CodeInk
from engineroom_ui.widgets.parts import SMALL_PT, IconButton, label

_SAID_MS = 1600


class CodeLines(QPlainTextEdit):
    """As tall as its lines; what is too wide is scrolled to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Code")
        self.setReadOnly(True)
        self.setFont(mono_font(SMALL_PT))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))
        self.document().setDocumentMargin(2)
        self.horizontalScrollBar().rangeChanged.connect(lambda _least, _most: self.fit())

    def show_text(self, text: str) -> None:
        """Other lines; where they only grew, what is there stays, with what was selected in it."""
        shown = self.toPlainText()
        if text.startswith(shown) and shown:
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(shown) :])
        else:
            self.setPlainText(text)
        self.fit()

    def fit(self) -> None:
        """Take the height of the lines."""
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        height = self.blockCount() * self.fontMetrics().lineSpacing() + extra + 10
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102, N802
        if event.angleDelta().x():
            super().wheelEvent(event)
        else:
            event.ignore()


class CodeBlock(QFrame):
    """One block of an answer."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("CodeBlock")
        self._text = ""
        self._language = label(role="Muted", points=SMALL_PT)
        self.copy_button = IconButton(theme, "copy", self.tr("Copy the code"))
        self.copy_button.clicked.connect(self.copy)
        self.lines = CodeLines()
        self._ink = CodeInk(theme, self.lines.document())
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(_SAID_MS)
        self._said.timeout.connect(self._unsay)
        head = QHBoxLayout()
        head.setContentsMargins(12, 2, 4, 0)
        head.addWidget(self._language)
        head.addStretch(1)
        head.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        column.addLayout(head)
        inside = QHBoxLayout()
        inside.setContentsMargins(10, 0, 10, 0)
        inside.addWidget(self.lines)
        column.addLayout(inside)
        self.show_code("", "")

    @property
    def code(self) -> str:
        """The bare lines."""
        return self._text

    def show_code(self, text: str, language: str) -> None:
        """Other lines, or more of them."""
        self._language.setText(language or self.tr("text"))
        name = self.tr("Code in {language}").format(language=language) if language else self.tr("Code")
        self.lines.setAccessibleName(name)
        self._ink.show_language(language)
        if text != self._text:
            self._text = text
            self.lines.show_text(text)

    def copy(self) -> None:
        """Put the code on the clipboard and say so for a moment."""
        QGuiApplication.clipboard().setText(self._text)
        self.copy_button.show_icon("check")
        self.copy_button.rename(self.tr("Copied"))
        self._said.start()

    def _unsay(self) -> None:
        self.copy_button.show_icon("copy")
        self.copy_button.rename(self.tr("Copy the code"))
