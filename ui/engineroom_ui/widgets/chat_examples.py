"""Questions to begin with, one press each."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget


class ChatExamples(QWidget):
    """Shown while the chat is empty.

    Signals:
        chosen: the question.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        questions = (
            self.tr("What is the capital of France?"),
            self.tr("Explain in two sentences why the sky is blue."),
            self.tr("Write a short poem about an engine room."),
        )
        for question in questions:
            button = QPushButton(question)
            button.setObjectName("Quiet")
            button.setAccessibleName(question)
            button.setMinimumHeight(32)
            button.clicked.connect(self._pressed)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.chosen.emit(sender.text())
