"""One choice of a few, side by side."""

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from engineroom_ui.text.sentences import titled
from engineroom_ui.theme.apply import text_font
from engineroom_ui.widgets.parts import SMALL_PT


class Segments(QWidget):
    """Exactly one button is down. Each is reached with Tab, since a mouse reaches each too.

    Signals:
        chosen: the key of another button.
    """

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[Hashable, str]],
        *,
        role: str = "Segment",
        points: float = SMALL_PT,
        gap_px: int = 0,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._buttons: dict[Any, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap_px)
        for at, (key, text) in enumerate(choices):
            button = QPushButton(text)
            button.setObjectName(role)
            button.setProperty("place", "first" if at == 0 else "last" if at == len(choices) - 1 else "middle")
            button.setFont(text_font(points))
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setAccessibleName(titled(name, text))
            button.clicked.connect(lambda _on, key=key: self._press(key))
            self._buttons[key] = button
            row.addWidget(button)
        self._choice: Any = None
        self.show_choice(choices[0][0])

    @property
    def choice(self) -> Any:
        """Key of the button that is down."""
        return self._choice

    def button(self, key: Hashable) -> QPushButton:
        """The button of a key."""
        return self._buttons[key]

    def show_choice(self, key: Hashable) -> None:
        """Put a button down without a word."""
        self._choice = key
        for each, button in self._buttons.items():
            button.setChecked(each == key)

    def _press(self, key: Hashable) -> None:
        new = key != self._choice
        self.show_choice(key)
        if new:
            self.chosen.emit(key)
