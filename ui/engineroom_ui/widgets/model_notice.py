"""What stands between a person and a model: the sentence, and a button for each step that is missing."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from engineroom_ui.theme.apply import text_font
from engineroom_ui.widgets.parts import SMALL_PT, label, polish


class ModelNotice(QFrame):
    """Hidden while nothing is in the way."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Notice")
        self._text = label(points=SMALL_PT)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 9)
        column.setSpacing(8)
        column.addWidget(self._text)
        column.addLayout(self._row)
        self._said: tuple[str, str, tuple[str, ...]] | None = None
        self.hide()

    @property
    def text(self) -> str:
        """What is said, or nothing."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, *steps: tuple[str, Callable[[], object]], level: str = "warn") -> None:
        """Say it, with a button for each step; nothing hides it."""
        self.setVisible(bool(text))
        said = (text, level, tuple(name for name, _ in steps))
        if said == self._said:
            return
        self._said = said
        polish(self, "level", level)
        self._text.setText(text)
        self.setAccessibleName(text)
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for at, (name, deed) in enumerate(steps):
            button = QPushButton(name)
            button.setObjectName("Quiet")
            button.setFont(text_font(SMALL_PT))
            button.clicked.connect(deed)
            self.buttons.append(button)
            self._row.insertWidget(at, button)
