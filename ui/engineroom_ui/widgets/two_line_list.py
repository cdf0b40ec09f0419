"""A list of names with a line below each, a dot where there is a state, and headings between groups."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from engineroom_ui.text.sentences import listed
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT

_UPWARDS = {
    QAbstractItemView.CursorAction.MoveUp,
    QAbstractItemView.CursorAction.MovePageUp,
    QAbstractItemView.CursorAction.MovePrevious,
    QAbstractItemView.CursorAction.MoveEnd,
}
_ROW = int(Qt.ItemDataRole.UserRole)
_PAD = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One row; ``ink`` is the colour of its dot, which stands beside a word in ``below``. No ``key``: a heading."""

    key: str = ""
    title: str
    below: str = ""
    ink: str = ""
    muted: bool = False


class TwoLineList(QListWidget):
    """Keeps its choice over new rows as long as the row is there.

    Signals:
        chosen: the key of another row; empty when there is none.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName("Models")
        self.setAccessibleName(name)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.setItemDelegate(_Delegate(theme, self))
        self._rows: tuple[ListRow, ...] = ()
        self._told = ""
        self.currentItemChanged.connect(lambda *_: self._tell())
        theme.changed.connect(self.viewport().update)

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """What is listed, headings too."""
        return self._rows

    @property
    def choice(self) -> str:
        """Key of the current row, or nothing."""
        at = self.currentRow()
        return self._rows[at].key if 0 <= at < len(self._rows) else ""

    def show_rows(self, rows: Iterable[ListRow], wanted: str = "") -> None:
        """Other rows. The choice stays, else ``wanted`` is chosen, else the first row."""
        listed = tuple(rows)
        if listed == self._rows:
            return
        before = self._told or wanted
        self._rows = listed
        with QSignalBlocker(self):
            self.clear()
            for row in listed:
                self._add(row)
        self.choose(before)

    def choose(self, key: str) -> None:
        """Make a row the current one; the first if there is no such row."""
        places = [at for at, row in enumerate(self._rows) if row.key]
        found = next((at for at in places if self._rows[at].key == key), places[0] if places else -1)
        self.setCurrentRow(found)
        self._tell()

    def moveCursor(  # noqa: D102, N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        found = super().moveCursor(action, modifiers).row()
        step = -1 if action in _UPWARDS else 1
        ahead = range(found, len(self._rows) if step > 0 else -1, step) if found >= 0 else ()
        at = next((place for place in ahead if self._rows[place].key), self.currentRow())
        return self.model().index(at, 0)

    def _add(self, row: ListRow) -> None:
        item = QListWidgetItem(self)
        item.setData(_ROW, row)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, listed(filter(None, (row.title, row.below))))
        if not row.key:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)

    def _tell(self) -> None:
        if self.choice != self._told:
            self._told = self.choice
            self.chosen.emit(self._told)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = text_font(BODY_PT, QFont.Weight.DemiBold)
        self._below = text_font(SMALL_PT)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        row: ListRow = index.data(_ROW)
        title, below = QFontMetrics(self._title).height(), QFontMetrics(self._below).height()
        if not row.key:
            return QSize(120, below + 16)
        return QSize(120, title + below + 18 if row.below else title + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: ListRow = index.data(_ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect).adjusted(6, 1, -6, -1)
        if row.key:
            self._paint_ground(painter, option, box)
            self._paint_row(painter, row, box)
        else:
            painter.setFont(self._below)
            painter.setPen(self._theme.colour("text_muted"))
            painter.drawText(box.adjusted(_PAD - 4, 6, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.title)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(self._theme.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._theme.colour("sunken"))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        focused = state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected
        painter.setPen(self._theme.colour("accent") if focused else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 7, 7)

    def _paint_row(self, painter: QPainter, row: ListRow, box: QRect) -> None:
        inside = box.adjusted(_PAD - 4, 7, -8, -7)
        title, below = QFontMetrics(self._title), QFontMetrics(self._below)
        painter.setFont(self._title)
        painter.setPen(self._theme.colour("text_muted" if row.muted else "text"))
        width, cut = inside.width(), Qt.TextElideMode.ElideRight
        top = QRect(inside.left(), inside.top(), width, title.height())
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, title.elidedText(row.title, cut, width))
        if not row.below:
            return
        line = QRect(inside.left(), top.bottom() + 3, inside.width(), below.height())
        if row.ink:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(row.ink))
            painter.drawEllipse(QRect(line.left(), line.center().y() - 3, 8, 8))
            line.setLeft(line.left() + 15)
        painter.setFont(self._below)
        painter.setPen(self._theme.colour("text_muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, below.elidedText(row.below, cut, line.width()))
