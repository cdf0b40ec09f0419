"""Small parts one after the other, on as many lines as the width needs."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowRow(QLayout):
    """Breaks between parts, as text breaks between words; parts of one line stand at one height."""

    def __init__(self, parts: tuple[QWidget, ...] = (), *, across_px: int = 8, down_px: int = 6) -> None:
        super().__init__()
        self._across = across_px
        self._down = down_px
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self.addWidget(part)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: D102, N802
        self._items.append(item)

    def count(self) -> int:  # noqa: D102
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: D102, N802
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: D102, N802
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: D102, N802
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: D102, N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: D102, N802
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: D102, N802
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        shown = self._shown()
        wide = sum(item.sizeHint().width() for item in shown) + self._across * max(0, len(shown) - 1)
        return QSize(wide, max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:  # noqa: D102, N802
        shown = self._shown()
        wide = max((item.minimumSize().width() for item in shown), default=0)
        return QSize(wide, max((item.minimumSize().height() for item in shown), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """The height taken; with ``move`` the parts are put there."""
        top, line = rect.top(), list[QLayoutItem]()
        used = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if line and used + self._across + wide > rect.width():
                top += self._put(line, rect, top, move=move) + self._down
                line, used = [], 0
            used += wide + (self._across if line else 0)
            line.append(item)
        return top + self._put(line, rect, top, move=move) - rect.top()

    def _put(self, line: list[QLayoutItem], rect: QRect, top: int, *, move: bool) -> int:
        high = max((item.sizeHint().height() for item in line), default=0)
        left = rect.left()
        for item in line:
            size = item.sizeHint()
            if move:
                wide = min(size.width(), rect.width())
                item.setGeometry(QRect(QPoint(left, top + (high - size.height()) // 2), QSize(wide, size.height())))
            left += size.width() + self._across
        return high
