"""The list of log lines: painted row by row, so that its cost is that of one screen."""

import zlib

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from engineroom_ui.state.log_lines import Level, ShownLine
from engineroom_ui.theme.apply import Theme, mono_font
from engineroom_ui.widgets.log_model import LINE, LogModel, as_text, clock_of
from engineroom_ui.widgets.parts import SMALL_PT

_SOURCE_LETTERS = 22
_INKS = {Level.WARNING: "warn", Level.ERROR: "bad"}
_SOURCE_INKS = ("chart_1", "chart_3", "chart_4", "chart_5", "chart_6")
_GAP = 12


class LogView(QTableView):
    """A table of one column: a list asks its model for every row again whenever one is added.

    Any number of lines can be chosen and copied; a long one is cut and shown whole below.
    """

    def __init__(self, theme: Theme, model: LogModel) -> None:
        super().__init__()
        self.setObjectName("Lines")
        self.setAccessibleName(self.tr("Log lines"))
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setDefaultSectionSize(round(QFontMetricsF(mono_font(SMALL_PT)).height()) + 4)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setItemDelegate(_Delegate(theme, self))
        self._lines = model
        theme.changed.connect(self.viewport().update)

    @property
    def chosen(self) -> list[ShownLine]:
        """The lines that are chosen, oldest first."""
        rows = self._lines.rows
        return [rows[at] for at in sorted(index.row() for index in self.selectedIndexes())]

    def copy(self) -> int:
        """Put the chosen lines on the clipboard, all listed ones if none is; how many."""
        lines = self.chosen or self._lines.rows
        QGuiApplication.clipboard().setText("\n".join(map(as_text, lines)))
        return len(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = mono_font(SMALL_PT)
        self._metrics = QFontMetricsF(self._font)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: ShownLine = index.data(LINE)
        box = QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._theme.colour("selection"))
        painter.setFont(self._font)
        letter = self._metrics.horizontalAdvance("0")
        left = box.left() + _GAP
        for text, letters, ink in (
            (clock_of(row), 8, "text_muted"),
            (row.line.source[:_SOURCE_LETTERS], min(_SOURCE_LETTERS, 22), _source_ink(row.line.source)),
        ):
            painter.setPen(self._theme.colour(ink))
            painter.drawText(QRect(left, box.top(), round(letters * letter), box.height()), _LEFT, text)
            left += round(letters * letter) + _GAP
        painter.setPen(self._theme.colour(_INKS.get(row.level, "text")))
        rest = QRect(left, box.top(), box.right() - left - 4, box.height())
        painter.drawText(rest, _LEFT, self._metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, rest.width()))
        painter.restore()


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def _source_ink(source: str) -> str:
    return "text_muted" if source == "daemon" else _SOURCE_INKS[zlib.crc32(source.encode()) % len(_SOURCE_INKS)]
