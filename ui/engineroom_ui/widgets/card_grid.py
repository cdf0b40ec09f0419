"""Cards in rows, as many to a row as the width allows."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

_GAP_PX = 12


class CardGrid(QWidget):
    """All cards of one row are of one width and height."""

    def __init__(self, most_per_row: int = 6) -> None:
        super().__init__()
        self._most = most_per_row
        self._columns = 0
        self._cards: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP_PX)

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """Other cards; those no longer shown are hidden."""
        for old in self._cards:
            self._grid.removeWidget(old)
            old.setVisible(old in cards)
        self._cards = list(cards)
        for card in cards:
            # A part without a parent would be shown as a window.
            card.setParent(self)
            card.show()
        self._arrange()

    def refit(self) -> None:
        """A number with more digits may need another arrangement."""
        if self._columns_that_fit() != self._columns:
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self.refit()

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(self._widest(), super().minimumSizeHint().height())

    def _widest(self) -> int:
        return max((card.minimumSizeHint().width() for card in self._cards), default=0)

    def _columns_that_fit(self) -> int:
        fitting = (self.width() + _GAP_PX) // (self._widest() + _GAP_PX)
        most = max(1, min(fitting, self._most, len(self._cards)))
        # As many rows as that needs, and no row much shorter than the others.
        return math.ceil(len(self._cards) / math.ceil(len(self._cards) / most)) if self._cards else 1

    def _arrange(self) -> None:
        self._columns = self._columns_that_fit()
        for card in self._cards:
            self._grid.removeWidget(card)
        # The last row may have fewer cards: they share its whole width, and leave no hole.
        rest = len(self._cards) % self._columns or self._columns
        steps = math.lcm(self._columns, rest)
        for at, card in enumerate(self._cards):
            row, column = divmod(at, self._columns)
            span = steps // (rest if at >= len(self._cards) - rest else self._columns)
            self._grid.addWidget(card, row, column * span, 1, span)
        for column in range(max(steps, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < steps else 0)
