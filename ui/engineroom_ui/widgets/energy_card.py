"""What the last 30 days cost in energy, by model or by day."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engineroom.contract.control import EnergyTable, GroupBy
from engineroom_ui.state.room import Room
from engineroom_ui.text import problems, units
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.energy_export import EnergyExport
from engineroom_ui.widgets.energy_model import EnergyModel, Index
from engineroom_ui.widgets.parts import SMALL_PT, TITLE_PT, label
from engineroom_ui.widgets.segments import Segments

_ROW_PX = 32
_MOST_ROWS = 14
_EMPTY_PX = 120


class _Strong(QStyledItemDelegate):
    """Writes the total in a strong face."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        model = index.model()
        if isinstance(model, EnergyModel) and model.is_total(index.row()):
            option.font = text_font(SMALL_PT, QFont.Weight.DemiBold)


class EnergyTableView(QTableView):
    """Rows of one height; the page scrolls, the table only when it is very long."""

    def __init__(self, model: EnergyModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setObjectName("Table")
        self.setFont(text_font(SMALL_PT))
        self.setItemDelegate(_Strong(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW_PX)
        columns = self.horizontalHeader()
        columns.setFont(text_font(SMALL_PT))
        columns.setHighlightSections(False)
        columns.setFixedHeight(_ROW_PX)
        columns.setMinimumSectionSize(64)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        model.modelReset.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        rows = min(self.model().rowCount(), _MOST_ROWS)
        self.setFixedHeight((rows + 1) * _ROW_PX + 2)


class EnergyCard(QFrame):
    """Asks for the table while it is looked at.

    Signals:
        shown: another table, or why there is none.
    """

    shown = Signal()

    def __init__(self, theme: Theme, room: Room) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.setAccessibleName(self.tr("Energy"))
        self._room = room
        self.model = EnergyModel(self)
        self.table = EnergyTableView(self.model)
        self.table.setAccessibleName(self.tr("Energy of the last 30 days"))
        self.groups = Segments(
            self.tr("Grouped"), [(GroupBy.MODEL, self.tr("By model")), (GroupBy.DAY, self.tr("By day"))]
        )
        self.button = QPushButton(self.tr("Export …"))
        self.button.setObjectName("Quiet")
        self.button.setFont(text_font(SMALL_PT))
        self.button.setIcon(theme.icon("save"))
        self.button.setAccessibleName(self.tr("Export the energy records to a file"))
        self.saver = EnergyExport(room.energy, self)
        self.note = label(role="Muted", points=SMALL_PT)
        self.note.setWordWrap(True)
        self._build()
        theme.changed.connect(lambda: self.button.setIcon(theme.icon("save")))
        self.button.clicked.connect(self.saver.ask)
        self.saver.told.connect(self._say_saved)
        self.groups.chosen.connect(room.energy.group)
        room.energy.changed.connect(self._show)
        room.models_changed.connect(self._show)
        room.traffic_changed.connect(room.energy.ask_soon)
        room.link_changed.connect(self._link)
        self._show()

    @property
    def empty_text(self) -> str:
        """What stands where the table would, when there is none."""
        return "" if self._pages.currentIndex() else f"{self._why.text()} {self._remedy.text()}"

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._room.energy.watch(on=self._room.live)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: D102, N802
        super().hideEvent(event)
        self._room.energy.watch(on=False)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(self.tr("Energy"), points=TITLE_PT, strong=True))
        head.addWidget(label(self.tr("last 30 days"), role="Muted", points=SMALL_PT))
        head.addStretch(1)
        head.addWidget(self.groups)
        head.addWidget(self.button)
        self._why = label()
        self._remedy = label(role="Muted", points=SMALL_PT)
        self._empty = QWidget()
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(0, 0, 0, 0)
        empty.setSpacing(4)
        for part in (self._why, self._remedy):
            part.setWordWrap(True)
            empty.addWidget(part)
        empty.addStretch(1)
        self._body = QWidget()
        self._pages = QStackedLayout(self._body)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._body)
        column.addWidget(self.note)

    def _link(self) -> None:
        if self.isVisible():
            self._room.energy.watch(on=self._room.live)
        self._show()

    def _show(self) -> None:
        table = self._room.energy.table
        self.model.show_table(table, {model.id: model.name for model in self._room.models})
        filled = self.model.rowCount() > 0
        if not filled:
            why, remedy = self._emptiness()
            self._why.setText(why)
            self._remedy.setText(remedy)
        self._pages.setCurrentIndex(1 if filled else 0)
        self._body.setFixedHeight(self.table.height() if filled else _EMPTY_PX // 2)
        self.button.setEnabled(filled and self._room.live)
        self.note.setText("  ".join(self._notes(table)) if table is not None and filled else "")
        self.note.setVisible(bool(self.note.text()))
        self.shown.emit()

    def _emptiness(self) -> tuple[str, str]:
        failure = self._room.energy.failure
        if not self._room.live:
            return self.tr("Nothing measured yet"), self.tr("The engine room is not connected.")
        if failure is not None:
            return self.tr("The energy table could not be read"), problems.sentence(failure.problem).whole
        if self._room.energy.table is None:
            return self.tr("Reading the energy table …"), ""
        return (
            self.tr("No request was answered in the last 30 days"),
            self.tr("Serve a model and ask it something; what it costs is listed here."),
        )

    def _notes(self, table: EnergyTable) -> list[str]:
        notes = []
        if table.saved_by_unloading_w is not None:
            text = self.tr("Unloading the model saves about {power} while nobody asks.")
            notes.append(text.format(power=units.watts(table.saved_by_unloading_w)))
        if self.model.estimated:
            notes.append(self.tr("≈ is estimated from power readings, give or take 10 %."))
        if table.total.joules_gross is None:
            notes.append(self.tr("No card or processor here reports its energy."))
        if table.price_per_kwh is not None:
            notes.append(
                self.tr("Cost at {price} per kWh.").format(price=units.money(table.price_per_kwh, table.currency))
            )
        return notes

    def _say_saved(self, text: str) -> None:
        self.note.setText(text)
        self.note.show()
