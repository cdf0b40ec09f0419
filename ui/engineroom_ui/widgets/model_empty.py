"""What stands where a list would: what is missing, why, and at most one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from engineroom_ui.theme.apply import text_font
from engineroom_ui.widgets.parts import FIELD_PX, SMALL_PT, TITLE_PT, centred, label


class ListEmpty(QWidget):
    """Two lines in the middle.

    Signals:
        pressed: the button.
    """

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._what = label(points=TITLE_PT, strong=True)
        self._why = label(role="Muted", points=SMALL_PT + 1)
        self.button = QPushButton(self.tr("Try again"))
        self.button.setObjectName("Quiet")
        self.button.setFont(text_font(SMALL_PT + 0.5))
        self.button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 24, 40, 24)
        column.setSpacing(8)
        column.addStretch(1)
        for line in (self._what, self._why):
            line.setWordWrap(True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addLayout(centred(line, FIELD_PX))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    @property
    def text(self) -> str:
        """What is said."""
        return f"{self._what.text()} {self._why.text()}".strip()

    def say(self, what: str, why: str, button: str) -> None:
        """Say it; an empty line or button is hidden."""
        self._what.setText(what)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.button.setText(button or self.button.text())
        self.button.setVisible(bool(button))
        self.setAccessibleName(self.text)
