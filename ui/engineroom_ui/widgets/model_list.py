"""The list of models: two lines each, with what the plan says of it at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from engineroom_ui.state.library_rows import ModelRow, Shelf
from engineroom_ui.text import models as words
from engineroom_ui.text import plan, units
from engineroom_ui.text.sentences import listed
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.model_row_paint import ROW, RowPainter

_LOOK_MS = 120
_NEAR_END = 8
Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel):
    """Rows as they are; what changed of a row does not disturb the others."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ModelRow] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102, N802
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = 0) -> object:  # noqa: D102
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == int(Qt.ItemDataRole.DisplayRole):
            return row.name
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        return None

    def show_rows(self, rows: Sequence[ModelRow]) -> None:
        """Other rows; the same ones in the same order are only drawn anew."""
        if [row.key for row in rows] != [row.key for row in self.rows]:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return
        for at, (old, new) in enumerate(zip(self.rows, rows, strict=True)):
            if old is not new and old != new:
                self.rows[at] = new
                self.dataChanged.emit(self.index(at), self.index(at))


class ModelList(QListView):
    """Reached with Tab, walked with the arrows.

    Signals:
        looked_at: the :class:`ModelRow` that is current now, and whether a person made it so.
        seen: rows that are visible, after the list came to rest.
        end_near: the last rows are visible.
        entered: Enter or a double click on a row.
    """

    looked_at = Signal(object, bool)
    seen = Signal(object)
    end_near = Signal()
    entered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Models")
        self.setAccessibleName(self.tr("Models"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._rows = RowModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(RowPainter(theme, self))
        self._quiet = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_LOOK_MS)
        self._rest.timeout.connect(self._tell_seen)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._rest.start())
        self.selectionModel().currentChanged.connect(self._moved)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(lambda index: self.entered.emit(index.data(ROW)))
        theme.changed.connect(lambda: self.viewport().update())

    @property
    def rows(self) -> list[ModelRow]:
        """What is listed."""
        return self._rows.rows

    @property
    def row(self) -> ModelRow | None:
        """The row that is current."""
        found = self.currentIndex().data(ROW)
        return found if isinstance(found, ModelRow) else None

    def show_rows(self, rows: Sequence[ModelRow], key: str | None) -> None:
        """Other rows; the one with ``key`` becomes current, else the first."""
        self._quiet = True
        self._rows.show_rows(rows)
        keys = [row.key for row in rows]
        at = keys.index(key) if key in keys else 0 if keys else -1
        if at != self.currentIndex().row():
            self.setCurrentIndex(self._rows.index(at) if at >= 0 else QModelIndex())
            if at >= 0 and key in keys:
                self.scrollTo(self._rows.index(at))
        self._quiet = False
        self._rest.start()

    def pick(self, key: str) -> None:
        """Make a row current, as a person would."""
        for at, row in enumerate(self.rows):
            if row.key == key:
                self.setCurrentIndex(self._rows.index(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.row is not None:
            self.entered.emit(self.row)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._rest.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._rest.start()

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.looked_at.emit(current.data(ROW), not self._quiet)

    def _clicked(self, index: QModelIndex) -> None:
        # The first row is current without a click, and a click on it moves nothing.
        self.looked_at.emit(index.data(ROW), True)  # noqa: FBT003

    def _tell_seen(self) -> None:
        if not self.isVisible() or not self.rows:
            return
        first = self.indexAt(self.viewport().rect().topLeft()).row()
        last = self.indexAt(self.viewport().rect().bottomLeft()).row()
        last = len(self.rows) - 1 if last < 0 else last
        self.seen.emit(self.rows[max(0, first) : last + 1])
        if last >= len(self.rows) - _NEAR_END:
            self.end_near.emit()


def spoken(row: ModelRow) -> str:
    """A row in words, for those who do not see it."""
    verdict = plan.verdict(row.verdict)[0] if row.verdict is not None else words.not_judged()
    return listed(
        fact
        for fact in (
            row.name,
            row.publisher,
            words.short_parameters(row.parameters),
            plan.precision(row.precision) if row.precision else "",
            units.memory(row.memory_bytes) if row.memory_bytes is not None else "",
            words.speed(row.low, row.high, row.verdict, row.runtime),
            verdict,
            words.gated() if row.gated else "",
            words.here() if row.library_id is not None and row.shelf is not Shelf.HERE else "",
        )
        if fact
    )
