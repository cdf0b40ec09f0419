"""Draws one row of the list of models."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from engineroom_ui.state.library_rows import ModelRow, Shelf
from engineroom_ui.text import models as words
from engineroom_ui.text import plan, units
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.theme.icons import pixmap
from engineroom_ui.widgets.parts import BODY_PT, SMALL_PT

ROW = int(Qt.ItemDataRole.UserRole) + 1
_HIGH_PX = 58
_SIDE_PX = 16
_BADGE_PAD_PX = 9
_MARK_PX = 14
_SOFT = {"ok": "ok_soft", "warn": "warn_soft", "bad": "bad_soft", "idle": "sunken"}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class RowPainter(QStyledItemDelegate):
    """Name and verdict above, what is known of the model below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: D102, N802
        return QSize(300, _HIGH_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: D102
        row = index.data(ROW)
        if not isinstance(row, ModelRow):
            return
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, option.state)
        inside = box.adjusted(_SIDE_PX, 8, -_SIDE_PX, -8)
        half = inside.height() / 2
        above = QRectF(inside.left(), inside.top(), inside.width(), half)
        below = QRectF(inside.left(), inside.top() + half, inside.width(), half)
        above.setRight(self._badge(painter, above, row) - 10)
        self._name(painter, above, row)
        painter.setFont(text_font(SMALL_PT))
        painter.setPen(self._theme.colour("text_muted"))
        figures = right_facts(row)
        taken = QFontMetricsF(painter.font()).horizontalAdvance(figures)
        painter.drawText(below, _MIDDLE | Qt.AlignmentFlag.AlignRight, figures)
        _cut(painter, below.adjusted(0, 0, -taken - 18, 0), left_facts(row))
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        on = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(box, self._theme.colour("accent_soft" if on else "sunken" if over else "surface"))
        if on:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            ink = "accent" if focused else "border_strong"
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), self._theme.colour(ink))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), self._theme.colour("border"))

    def _badge(self, painter: QPainter, box: QRectF, row: ModelRow) -> float:
        """Draws the verdict; where its left edge is."""
        text, ink = plan.verdict(row.verdict) if row.verdict is not None else (words.judging(), "idle")
        painter.setFont(text_font(SMALL_PT))
        width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 2 * _BADGE_PAD_PX
        pill = QRectF(box.right() - width, box.center().y() - 10, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(_SOFT[ink]))
        painter.drawRoundedRect(pill, 7, 7)
        painter.setPen(self._ink(ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return pill.left()

    def _ink(self, ink: str) -> QColor:
        return self._theme.colour("text_muted" if ink == "idle" else ink)

    def _name(self, painter: QPainter, box: QRectF, row: ModelRow) -> None:
        marks = [("lock", "text_muted")] if row.gated else []
        if row.library_id is not None and row.shelf is not Shelf.HERE:
            marks.append(("check", "ok"))
        if row.problem is not None and row.shelf is Shelf.HERE:
            marks.append(("alert", "bad"))
        painter.setFont(text_font(BODY_PT, QFont.Weight.DemiBold))
        painter.setPen(self._theme.colour("text"))
        room = box.adjusted(0, 0, -len(marks) * (_MARK_PX + 6), 0)
        shown = _cut(painter, room, row.name)
        at = box.left() + QFontMetricsF(painter.font()).horizontalAdvance(shown) + 8
        for icon, ink in marks:
            top = QPointF(at, box.center().y() - _MARK_PX / 2)
            painter.drawPixmap(top, pixmap(icon, getattr(self._theme.tokens, ink), _MARK_PX))
            at += _MARK_PX + 6


def left_facts(row: ModelRow) -> str:
    """Who made it, how large it is, what it may be used for."""
    if row.shelf is Shelf.HERE:
        entry = row.entry
        use = words.in_use() if entry is not None and entry.engines else ""
        return words.joined(use, row.publisher or words.source(entry.source if entry is not None else ""))
    starter = words.starter() if row.starter else ""
    made = (row.publisher, words.short_parameters(row.parameters), words.licence(row.licence))
    return words.joined(starter, *made, words.downloads(row.downloads))


def right_facts(row: ModelRow) -> str:
    """What the plan says: precision, memory, rate; or for a model that is here, its size."""
    precision = plan.precision(row.precision) if row.precision else ""
    speed = words.speed(row.low, row.high, row.verdict, row.runtime)
    if row.shelf is Shelf.HERE:
        return words.joined(precision, units.file_size(row.size_bytes), speed)
    memory = units.memory(row.memory_bytes) if row.memory_bytes is not None else ""
    return words.joined(precision, memory, speed)


def _cut(painter: QPainter, box: QRectF, text: str) -> str:
    width = max(0.0, box.width())
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)
    painter.drawText(box, _MIDDLE | Qt.AlignmentFlag.AlignLeft, shown)
    return shown
