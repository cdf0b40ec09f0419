"""Cards in rows, as many to a row as the width allows."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

_GAP_PX = 12


class CardGrid(QWidget):
    """All cards of one row are of one width and height; the first may be wider, for there stands the computer."""

    def __init__(self, most_per_row: int = 6) -> None:
        super().__init__()
        self._most = most_per_row
        self._columns = 0
        self._cards: list[QWidget] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(_GAP_PX)

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """Other cards; those no longer shown are hidden."""
        for old in self._cards:
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

    def event(self, event: QEvent) -> bool:  # noqa: D102
        done = super().event(event)
        # Only now is known how wide the cards have to be: what is in them says so one level after the other.
        if event.type() is QEvent.Type.LayoutRequest:
            self.refit()
        return done

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
        while (row := self._lines.takeAt(0)) is not None:
            while row.takeAt(0) is not None:  # type: ignore[attr-defined]
                continue
            row.deleteLater()  # type: ignore[attr-defined]
        # The first row may have fewer cards: they share its whole width, and those below are alike.
        first = len(self._cards) % self._columns or self._columns
        ends = range(first, len(self._cards) + 1, self._columns)
        for start, end in zip((0, *ends), ends, strict=False):
            line = QHBoxLayout()
            line.setSpacing(_GAP_PX)
            for card in self._cards[start:end]:
                line.addWidget(card, 1)
            self._lines.addLayout(line)
