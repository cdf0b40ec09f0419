"""Names and values in two columns."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engineroom_ui.text.sentences import titled
from engineroom_ui.widgets.parts import SMALL_PT, ElidedLabel, label
from engineroom_ui.widgets.path_label import PathLabel, is_path


class FactsGrid(QWidget):
    """Rebuilt only when a fact is another; values can be selected and copied."""

    def __init__(self, *, right: bool = False) -> None:
        super().__init__()
        self._right = right
        self._facts: tuple[tuple[str, str], ...] = ()
        self._parts: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0 if right else 1, 1)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is shown."""
        return self._facts

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Other facts."""
        wanted = tuple(facts)
        if wanted == self._facts:
            return
        self._facts = wanted
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        for row, (name, value) in enumerate(wanted):
            for column, part in enumerate(self._pair(name, value)):
                self._parts.append(part)
                self._grid.addWidget(part, row, column)

    def _pair(self, name: str, value: str) -> tuple[QLabel, QLabel]:
        if self._right:
            cut = ElidedLabel(points=SMALL_PT)
            cut.show_text(name)
            number = label(value, role="Muted", points=SMALL_PT)
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            return cut, number
        caption = label(name, role="Muted", points=SMALL_PT)
        caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        if is_path(value):
            path = PathLabel(value)
            path.setAccessibleName(titled(name, value))
            return caption, path
        text = label(value, points=SMALL_PT)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAccessibleName(titled(name, value))
        return caption, text
