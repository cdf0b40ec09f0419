"""The energy table as a Qt model: rows that can be sorted, and the total that stays below them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from engineroom.contract.control import EnergyRow, EnergyTable, GroupBy
from engineroom_ui.text import units
from engineroom_ui.text.marks import mark
from engineroom_ui.text.sentences import titled

translate = QCoreApplication.translate
Index = QModelIndex | QPersistentModelIndex

ESTIMATED = "≈"


@dataclass(frozen=True, slots=True)
class _Column:
    """Title, what it sorts by, how it reads, and what it means."""

    title: str
    key: Callable[[EnergyRow], Any]
    text: Callable[[EnergyRow, EnergyTable], str]
    meaning: str
    measured: bool = False


def _cost(row: EnergyRow, table: EnergyTable) -> str:
    if table.price_per_kwh is None:
        return translate("energy", "no price set")
    return units.money(row.cost, table.currency)


def _per_token(row: EnergyRow) -> str:
    if row.joules_per_token is None:
        return units.not_reported()
    return translate("energy", "{energy} J").format(energy=units.figures(row.joules_per_token))


COLUMNS = (
    _Column("", lambda row: row.group, lambda row, _table: row.group, ""),
    _Column(
        mark("energy", "Requests"),
        lambda row: row.requests,
        lambda row, _table: units.count(row.requests),
        mark("energy", "Requests that were answered, also in part"),
    ),
    _Column(
        mark("energy", "Tokens in"),
        lambda row: row.prompt_tokens,
        lambda row, _table: units.count(row.prompt_tokens),
        mark("energy", "Tokens of the prompts"),
    ),
    _Column(
        mark("energy", "Tokens out"),
        lambda row: row.completion_tokens,
        lambda row, _table: units.count(row.completion_tokens),
        mark("energy", "Tokens of the answers"),
    ),
    _Column(
        mark("energy", "Energy"),
        lambda row: row.joules_gross,
        lambda row, _table: units.joules(row.joules_gross),
        mark("energy", "What the cards drew while these requests ran, by their shares"),
        measured=True,
    ),
    _Column(
        mark("energy", "Above idle"),
        lambda row: row.joules_above_idle,
        lambda row, _table: units.joules(row.joules_above_idle),
        mark("energy", "The part of it that exceeds idling"),
        measured=True,
    ),
    _Column(
        mark("energy", "Per token"),
        lambda row: row.joules_per_token,
        lambda row, _table: _per_token(row),
        mark("energy", "Energy for each token of the answers"),
        measured=True,
    ),
    _Column(
        mark("energy", "Wh"),
        lambda row: row.watt_hours,
        lambda row, _table: units.watt_hours(row.watt_hours),
        mark("energy", "The same energy as an electricity meter counts it"),
        measured=True,
    ),
    _Column(
        mark("energy", "Cost"),
        lambda row: row.cost,
        _cost,
        mark("energy", "At the price per kWh of the settings"),
        measured=True,
    ),
)


class EnergyModel(QAbstractTableModel):
    """Read only. Rows without a number are sorted below those with one, whatever the direction."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._table: EnergyTable | None = None
        self._names: Mapping[str, str] = {}
        self._rows: list[EnergyRow] = []
        self._column, self._order = 0, Qt.SortOrder.AscendingOrder

    def show_table(self, table: EnergyTable | None, names: Mapping[str, str]) -> None:
        """Other rows; ``names`` says what a person calls a group."""
        self.beginResetModel()
        self._table, self._names = table, names
        self._rows = list(table.rows) if table is not None else []
        self._sort()
        self.endResetModel()

    @property
    def estimated(self) -> bool:
        """Whether any number shown was integrated from power."""
        return any(row.estimated for row in self._rows)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: D102, N802
        if self._table is None or (parent is not None and parent.isValid()) or not self._rows:
            return 0
        return len(self._rows) + 1

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: D102, N802
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102
        if not index.isValid() or self._table is None:
            return None
        row = self._row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 0:
            return row.group
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return titled(self._title(index.column()), self._said(row, index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() == 0 else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(  # noqa: D102, N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(section)
        if role == Qt.ItemDataRole.ToolTipRole and COLUMNS[section].meaning:
            return translate("energy", COLUMNS[section].meaning)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == 0 else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:  # noqa: D102
        if column < 0:
            return
        self.layoutAboutToBeChanged.emit()
        self._column, self._order = column, order
        self._sort()
        self.layoutChanged.emit()

    def _sort(self) -> None:
        key = COLUMNS[self._column].key
        known = [row for row in self._rows if key(row) is not None]
        unknown = [row for row in self._rows if key(row) is None]
        known.sort(key=key, reverse=self._order == Qt.SortOrder.DescendingOrder)
        self._rows = known + unknown

    def _row(self, number: int) -> EnergyRow:
        assert self._table is not None
        return self._rows[number] if number < len(self._rows) else self._table.total

    def is_total(self, number: int) -> bool:
        """Whether a row is the sum of the others."""
        return number == len(self._rows)

    def _title(self, column: int) -> str:
        if column:
            return translate("energy", COLUMNS[column].title)
        by_day = self._table is not None and self._table.by is GroupBy.DAY
        return translate("energy", "Day") if by_day else translate("energy", "Model")

    def _shown(self, row: EnergyRow, column: int) -> str:
        assert self._table is not None
        if column == 0:
            total = row is self._table.total
            return translate("energy", "Total") if total else self._names.get(row.group, row.group)
        text = COLUMNS[column].text(row, self._table)
        guessed = row.estimated and COLUMNS[column].measured and COLUMNS[column].key(row) is not None
        return f"{ESTIMATED} {text}" if guessed else text

    def _said(self, row: EnergyRow, column: int) -> str:
        return self._shown(row, column).replace(ESTIMATED, translate("energy", "estimated"))
