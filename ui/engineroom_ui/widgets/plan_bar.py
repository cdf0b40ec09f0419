"""A card's memory as one bar: what is held, what a plan adds, what is left, how sure that is, where the card ends."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engineroom_ui.text import units
from engineroom_ui.text.sentences import titled
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import SMALL_PT

_GIB = 1024**3
_FRAME_MS = 16
_EASE = 0.38
_TOP_PX = 22.0
_BAR_PX = 48.0
_AXIS_PX = 22.0
_ROUND_PX = 7.0
_MOST_OVER = 1.6
_STEPS_GIB = (1, 2, 4, 8, 16, 32, 64, 128, 256)
_MOST_TICKS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One part: its name, its bytes, the token of its colour. A part with a label writes its name where it fits."""

    key: str
    name: str
    value_bytes: float
    ink: str
    labelled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """What the bar shows, in bytes. ``low`` and ``high`` are where the slices may end; ``card`` is the whole card."""

    slices: tuple[Slice, ...]
    low_bytes: float
    high_bytes: float
    usable_bytes: float
    card_bytes: float

    @property
    def end_bytes(self) -> float:
        """Where the last slice ends."""
        return sum(part.value_bytes for part in self.slices)

    @property
    def scale_bytes(self) -> float:
        """What the whole width stands for."""
        needed = max(self.card_bytes, self.high_bytes * 1.02, self.end_bytes * 1.02)
        return min(needed, self.card_bytes * _MOST_OVER)

    @property
    def figures(self) -> list[float]:
        """Everything that moves."""
        sizes = [part.value_bytes for part in self.slices]
        return [self.scale_bytes, self.low_bytes, self.high_bytes, self.usable_bytes, self.card_bytes, *sizes]


def hatch(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Fill a box with slanted lines."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, 1))
    at = box.left() - box.height()
    while at < box.right():
        painter.drawLine(QPointF(at, box.bottom()), QPointF(at + box.height(), box.top()))
        at += 7
    painter.restore()


def torn_edge(painter: QPainter, right: float, colour: QColor) -> None:
    """Tear the right end off: the stack goes on beyond the picture."""
    teeth = 6
    step = (_BAR_PX + 2) / teeth / 2
    edge = [QPointF(right - (7 if at % 2 else 1), _TOP_PX - 1 + at * step) for at in range(teeth * 2 + 1)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([*edge, QPointF(right + 2, edge[-1].y()), QPointF(right + 2, edge[0].y())]))


class PlanBar(QWidget):
    """Moves towards the newest stack, frame by frame; rests, without a timer, once it is there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._stack: Stack | None = None
        self._now: list[float] = []
        self._limit = ""
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(self._step)
        self.setFixedHeight(round(_TOP_PX + _BAR_PX + _AXIS_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Memory of the card under this plan"))
        theme.changed.connect(self.update)

    @property
    def stack(self) -> Stack | None:
        """What is shown, or moved to."""
        return self._stack

    @property
    def resting(self) -> bool:
        """Whether nothing moves."""
        return not self._frames.isActive()

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(600, self.height())

    def show_stack(self, stack: Stack, *, limit: str, told: str) -> None:
        """Move to another stack; ``limit`` names the line, ``told`` is the whole in words."""
        self.setAccessibleDescription(told)
        self._limit = limit
        same_parts = self._stack is not None and [p.key for p in self._stack.slices] == [p.key for p in stack.slices]
        self._stack = stack
        if same_parts and self.isVisible():
            self._frames.start()
        else:
            self._now = stack.figures
            self._frames.stop()
        self.update()

    def settle(self) -> None:
        """Be where the stack is, at once."""
        if self._stack is not None:
            self._frames.stop()
            self._now = self._stack.figures
            self.update()

    def _step(self) -> None:
        if self._stack is None:
            return
        wanted = self._stack.figures
        self._now = [now + (goal - now) * _EASE for now, goal in zip(self._now, wanted, strict=True)]
        near = wanted[0] / max(1, self.width()) / 3
        if all(abs(now - goal) < near for now, goal in zip(self._now, wanted, strict=True)) or not self.isVisible():
            self.settle()
        self.update()

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told_at(event.pos().x()), self)
            return True
        return super().event(event)

    def told_at(self, x: float) -> str:
        """Name and size of the part at a place of the bar."""
        if self._stack is None:
            return ""
        at = 0.0
        for part in self._stack.slices:
            at += part.value_bytes
            if part.value_bytes and x <= self._x(at):
                return titled(part.name, units.memory(round(part.value_bytes)))
        left = self._stack.usable_bytes - self._stack.end_bytes
        return self.tr("Free: {size}").format(size=units.memory(round(left))) if left > 0 else ""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102, N802
        if self._stack is None or not self._now:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(SMALL_PT))
        self._paint_card(painter)
        self._paint_slices(painter)
        self._paint_over(painter)
        self._paint_whisker(painter)
        self._paint_limit(painter)
        self._paint_axis(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._colour("accent"), 1))
            painter.drawRoundedRect(QRectF(0.5, _TOP_PX - 2.5, self.width() - 1, _BAR_PX + 5), 8, 8)
        painter.end()

    def _x(self, value_bytes: float) -> float:
        scale = self._now[0] if self._now else 1.0
        return 2 + (self.width() - 4) * min(value_bytes / scale if scale else 0.0, 1.0)

    def _colour(self, token: str, alpha: float = 1.0) -> QColor:
        return self._theme.colour(token, alpha)

    def _card(self) -> QPainterPath:
        path = QPainterPath()
        path.addRoundedRect(QRectF(2, _TOP_PX, self._x(self._now[4]) - 2, _BAR_PX), _ROUND_PX, _ROUND_PX)
        return path

    def _paint_card(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._colour("border_strong"), 1))
        painter.setBrush(self._colour("sunken"))
        painter.drawPath(self._card())
        usable, card = self._x(self._now[3]), self._x(self._now[4])
        if card - usable > 1:
            painter.save()
            painter.setClipPath(self._card())
            hatch(painter, QRectF(usable, _TOP_PX, card - usable, _BAR_PX), self._colour("border_strong"))
            painter.restore()

    def _paint_slices(self, painter: QPainter) -> None:
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(2, _TOP_PX, self.width() - 4, _BAR_PX), _ROUND_PX, _ROUND_PX)
        painter.save()
        painter.setClipPath(whole)
        painter.setPen(Qt.PenStyle.NoPen)
        at = 0.0
        for part, size in zip(self._stack.slices if self._stack else (), self._now[5:], strict=True):
            left, right = self._x(at), self._x(at + size)
            at += size
            if size <= 0 or right - left < 0.2:
                continue
            # The gap keeps two parts apart for those who do not see the colours.
            box = QRectF(left, _TOP_PX, max(1.5, right - left - 1.5), _BAR_PX)
            painter.fillRect(box, self._colour(part.ink))
            if part.labelled:
                self._paint_label(painter, box, part)
        painter.restore()

    def _paint_label(self, painter: QPainter, box: QRectF, part: Slice) -> None:
        inside = box.adjusted(9, 7, -7, -7)
        # The whisker must stay readable, so no text under it.
        inside.setRight(min(inside.right(), self._x(self._now[1]) - 7))
        size = units.memory(round(part.value_bytes))
        metrics = QFontMetricsF(painter.font())
        if max(metrics.horizontalAdvance(part.name), metrics.horizontalAdvance(size)) > inside.width():
            return
        painter.setPen(self._colour("surface"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, part.name)
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, size)
        painter.setPen(Qt.PenStyle.NoPen)

    def _paint_over(self, painter: QPainter) -> None:
        end, usable = sum(self._now[5:]), self._now[3]
        if end <= usable:
            return
        box = QRectF(self._x(usable), _TOP_PX, self._x(end) - self._x(usable), _BAR_PX)
        painter.fillRect(box, self._colour("bad_soft", 0.72))
        hatch(painter, box, self._colour("bad"))
        if end > self._now[0]:
            torn_edge(painter, float(self.width()), self._colour("surface"))

    def _paint_whisker(self, painter: QPainter) -> None:
        low, high = self._x(self._now[1]), self._x(self._now[2])
        if high - low < 1:
            return
        middle = _TOP_PX + _BAR_PX / 2
        arms = [(low, middle - 8, low, middle + 8), (low, middle, high, middle), (high, middle - 8, high, middle + 8)]
        for ink, width in (("surface", 5.0), ("text", 2.0)):
            pen = QPen(self._colour(ink), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            for x1, y1, x2, y2 in arms:
                painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))

    def _paint_limit(self, painter: QPainter) -> None:
        x = self._x(self._now[3])
        painter.setPen(QPen(self._colour("text"), 1.5))
        painter.drawLine(QPointF(x, _TOP_PX - 6), QPointF(x, _TOP_PX + _BAR_PX + 3))
        width = QFontMetricsF(painter.font()).horizontalAdvance(self._limit)
        right = x - 6 if x - 6 - width > 0 else x + 6 + width
        painter.setPen(self._colour("text"))
        box = QRectF(right - width - 1, 0, width + 2, _TOP_PX - 4)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._limit)

    def _paint_axis(self, painter: QPainter) -> None:
        scale_gib = self._now[0] / _GIB
        step = next((each for each in _STEPS_GIB if scale_gib / each <= _MOST_TICKS), _STEPS_GIB[-1])
        top = _TOP_PX + _BAR_PX
        metrics = QFontMetricsF(painter.font())
        for at in range(math.floor(scale_gib / step) + 1):
            x = self._x(at * step * _GIB)
            text = units.whole_gib(at * step) if at else "0"
            width = metrics.horizontalAdvance(text)
            left = min(max(0.0, x - width / 2), self.width() - width)
            painter.setPen(self._colour("text_muted"))
            painter.drawText(QPointF(left, top + 17), text)
            painter.setPen(QPen(self._colour("border_strong"), 1))
            painter.drawLine(QPointF(x, top + 1), QPointF(x, top + 5))
