"""Figures side by side, in as many columns as the width has room for."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from engineroom_ui.widgets.parts import Figure

_COLUMN_PX = 108


class FigureGrid(QWidget):
    """All columns are of one width."""

    def __init__(self, figures: Sequence[Figure], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures = list(figures)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._arrange(len(self._figures))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        fitting = max(1, self.width() // _COLUMN_PX)
        rows = -(-len(self._figures) // fitting)
        # Full rows: six in three and three rather than in five and one.
        self._arrange(-(-len(self._figures) // rows))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for figure in self._figures:
            self._grid.removeWidget(figure)
        for at, figure in enumerate(self._figures):
            self._grid.addWidget(figure, at // columns, at % columns)
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
