"""What stands in an empty chat: who is asked, where it goes, and questions to begin with."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from engineroom_ui.theme.apply import text_font
from engineroom_ui.widgets.parts import NUMBER_PT, TITLE_PT, label


class ChatWelcome(QWidget):
    """Shown until the first question.

    Signals:
        chosen: a question to begin with.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(points=NUMBER_PT, strong=True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setWordWrap(True)
        note = label(
            self.tr("This chat uses the same address as any other program. What is asked goes nowhere else."),
            role="Muted",
        )
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(note)
        column.addSpacing(8)
        self._parts: list[QWidget] = [note]
        for question in (
            self.tr("What is the capital of France?"),
            self.tr("Explain in two sentences why the sky is blue."),
            self.tr("Write a short poem about an engine room."),
        ):
            button = QPushButton(question)
            button.setObjectName("Quiet")
            button.setAccessibleName(question)
            button.setMinimumHeight(32)
            button.clicked.connect(self._pressed)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._parts.append(button)
        column.addStretch(3)

    def show_models(self, names: Sequence[str], why: str = "") -> None:
        """Who is asked, or why nobody can be."""
        for part in self._parts:
            part.setVisible(not why)
        self._title.setFont(text_font(TITLE_PT if why else NUMBER_PT, QFont.Weight.DemiBold))
        if why:
            self._title.setText(why)
            return
        both = len(set(names)) > 1
        text = self.tr("Ask {first} and {second}") if both else self.tr("Ask {first}")
        self._title.setText(text.format(first=names[0], second=names[-1]) if names else "")

    def _pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.chosen.emit(sender.text())
