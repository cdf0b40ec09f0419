"""A text to be copied: where it goes, the text itself, and the button."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from engineroom_ui.theme.apply import Theme, mono_font
from engineroom_ui.widgets.parts import SMALL_PT, ElidedLabel, IconButton

_COPIED_MS = 1500
_MOST_LINES = 26


class SnippetBox(QFrame):
    """As high as its text, up to a screenful; long lines scroll sideways."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("Field")
        self._where = ElidedLabel(role="Muted", points=SMALL_PT)
        self.view = QPlainTextEdit()
        self.view.setObjectName("Code")
        self.view.setReadOnly(True)
        self.view.setFont(mono_font(SMALL_PT))
        self.view.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setTabChangesFocus(True)
        self.view.horizontalScrollBar().rangeChanged.connect(lambda _least, _most: self._fit())
        self.copy_button = IconButton(theme, "copy", self.tr("Copy"))
        self.copy_button.clicked.connect(self.copy)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_COPIED_MS)
        self._calm.timeout.connect(self._rest)
        head = QHBoxLayout()
        head.addWidget(self._where, 1)
        head.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 6, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.view)

    @property
    def text(self) -> str:
        """What would be copied."""
        return self.view.toPlainText()

    def show_snippet(self, where: str, text: str) -> None:
        """Another text."""
        self._where.show_text(where)
        self._name = self.tr("Copy: {where}").format(where=where)
        self._rest()
        self.view.setAccessibleName(where)
        if text != self.view.toPlainText():
            self.view.setPlainText(text)
        self._fit()

    def copy(self) -> None:
        """Put the text on the clipboard, and say so for a moment."""
        QGuiApplication.clipboard().setText(self.text)
        self.copy_button.show_icon("check")
        self.copy_button.rename(self.tr("Copied"))
        self._calm.start()

    def _fit(self) -> None:
        bar = self.view.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        lines = min(self.view.blockCount(), _MOST_LINES)
        margins = 2 * round(self.view.document().documentMargin()) + 12
        self.view.setFixedHeight(self.view.fontMetrics().lineSpacing() * lines + margins + extra)

    def _rest(self) -> None:
        self.copy_button.show_icon("copy")
        self.copy_button.rename(self._name)


def stack_of(boxes: list[SnippetBox]) -> QWidget:
    """Boxes below each other."""
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    for box in boxes:
        column.addWidget(box)
    return body
