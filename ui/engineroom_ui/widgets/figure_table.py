"""Figures in rows and columns, with the first column for their names."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from engineroom_ui.text.sentences import listed, titled
from engineroom_ui.widgets.parts import SMALL_PT, label


@dataclass(frozen=True, slots=True)
class Cell:
    """One value; ``role`` is an object name of the style sheet."""

    text: str
    role: str = ""
    strong: bool = False


class FigureTable(QWidget):
    """Rebuilt only when a cell is another."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[Cell, ...], ...] = ()
        self._parts: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(22)
        self._grid.setVerticalSpacing(4)

    @property
    def texts(self) -> list[list[str]]:
        """What is shown."""
        return [[cell.text for cell in row] for row in self._shown]

    def show_rows(self, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Other figures below other headings."""
        wanted = (tuple(Cell(text, "Muted") for text in head), *(tuple(row) for row in rows))
        if wanted == self._shown:
            return
        self._shown = wanted
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        widths = [0] * max(map(len, wanted))
        for at, row in enumerate(wanted):
            for column, cell in enumerate(row):
                # Not "Load time, Measured: Measured", nor a column without a heading.
                of = (row[0].text, wanted[0][column].text) if at > 0 and column > 0 else ()
                name = listed(filter(None, of))
                made = self._made(cell, titled(name, cell.text) if name and cell.text else name or cell.text)
                widths[column] = max(widths[column], made.sizeHint().width())
                if column > 0:
                    made.setWordWrap(True)
                    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
                self._parts.append(made)
                self._grid.addWidget(made, at, column)
        # By what each has to hold: else the long ones break while the short ones have room to spare.
        for column, width in enumerate(widths):
            self._grid.setColumnStretch(column, width if column > 0 else 0)

    def _made(self, cell: Cell, name: str) -> QLabel:
        made = label(cell.text, role=cell.role, points=SMALL_PT, strong=cell.strong)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setAccessibleName(name)
        return made
