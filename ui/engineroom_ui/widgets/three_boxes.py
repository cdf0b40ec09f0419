"""Three stacks of parts in two columns or in one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

_GAP_PX = 12
_WIDE, _NARROW = (3, 2), (1, 0)


class ThreeBoxes(QWidget):
    """In two columns ``side`` stands beside the others; in one it comes between them, or last."""

    def __init__(self, top: Sequence[QWidget], side: Sequence[QWidget], below: Sequence[QWidget]) -> None:
        super().__init__()
        self.setObjectName("ClearBody")
        self._way: tuple[bool, bool] | None = None
        self._boxes = (QWidget(), QWidget(), QWidget())
        self.top, self.side, self.below = (
            self._stack(*pair) for pair in zip(self._boxes, (top, side, below), strict=True)
        )
        self.below.setStretch(0, 1)
        self.below.addStretch(0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP_PX)

    def arrange(self, *, wide: bool, side_last: bool) -> None:
        """Place them anew, where that is another way than before."""
        way = (wide, side_last)
        if way == self._way:
            return
        self._way = way
        top, side, below = self._boxes
        for box in self._boxes:
            self._grid.removeWidget(box)
        last = 1 if wide or side_last else 2
        self._grid.addWidget(top, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(below, last, 0)
        place = (0, 1, 3, 1) if wide else (3 - last, 0, 1, 1)
        self._grid.addWidget(side, *place, Qt.AlignmentFlag.AlignTop)
        for column, share in enumerate(_WIDE if wide else _NARROW):
            self._grid.setColumnStretch(column, share)
        for row in range(3):
            self._grid.setRowStretch(row, 1 if row == last else 0)

    @staticmethod
    def _stack(box: QWidget, parts: Sequence[QWidget]) -> QVBoxLayout:
        box.setObjectName("ClearBody")
        lines = QVBoxLayout(box)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(_GAP_PX)
        for part in parts:
            lines.addWidget(part)
        return lines
