"""The lines of the log as a Qt model: a ring, changed once per tick however much arrived."""

import time
from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engineroom_ui.state.log_lines import LogFilter, ShownLine
from engineroom_ui.text import numbers

RING = 50_000
"""Lines that are kept, of whatever source."""

LINE = int(Qt.ItemDataRole.UserRole)
_SLACK = 5_000
_ROOT = QModelIndex()


class LogModel(QAbstractListModel):
    """All lines of the ring, and those of them that the filter takes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[ShownLine] = []
        self._rows: list[ShownLine] = []
        self._filter = LogFilter()

    @property
    def rows(self) -> list[ShownLine]:
        """The lines that are listed, oldest first."""
        return self._rows

    @property
    def total(self) -> int:
        """How many lines are kept, listed or not."""
        return len(self._all)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:  # noqa: D102, N802
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:  # noqa: D102
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == LINE:
            return row
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)}:
            return row.text
        return as_text(row) if role == int(Qt.ItemDataRole.AccessibleTextRole) else None

    def filter(self, wanted: LogFilter) -> None:
        """List other lines of those that are kept."""
        if wanted != self._filter:
            self._filter = wanted
            self._reset()

    def restart(self, lines: Iterable[ShownLine]) -> None:
        """Forget everything and take these lines."""
        self._all = list(lines)[-RING:]
        self._reset()

    def append(self, lines: list[ShownLine]) -> None:
        """More lines, in one go; the oldest make room."""
        self._all += lines
        taken = [line for line in lines if self._filter.takes(line)]
        if taken:
            first = len(self._rows)
            self.beginInsertRows(_ROOT, first, first + len(taken) - 1)
            self._rows += taken
            self.endInsertRows()
        # Not at every tick: moving what stays costs as much as dropping thousands.
        if len(self._all) > RING + _SLACK:
            self._drop(len(self._all) - RING)

    def _drop(self, count: int) -> None:
        oldest = self._all[count].line.number
        del self._all[:count]
        gone = next((at for at, row in enumerate(self._rows) if row.line.number >= oldest), len(self._rows))
        if gone:
            self.beginRemoveRows(_ROOT, 0, gone - 1)
            del self._rows[:gone]
            self.endRemoveRows()

    def _reset(self) -> None:
        self.beginResetModel()
        self._rows = [line for line in self._all if self._filter.takes(line)]
        self.endResetModel()


def clock_of(row: ShownLine) -> str:
    """When it was written, in the time of this computer."""
    return numbers.clock(row.line.written_at_s)


def as_text(row: ShownLine) -> str:
    """A line as it is copied and saved."""
    day = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(row.line.written_at_s))
    return f"{day}  {row.line.source}  {row.text}"
