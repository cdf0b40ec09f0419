"""A slider on a named scale, with marks, the part that fits, and a limit of its own."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QSlider

from engineroom_ui.text.sentences import listed
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.parts import SMALL_PT

_INSET_PX = 10.0
_GROOVE_PX = 6.0
_KNOB_PX = 16.0
_MIDDLE_PX = 24.0
_HEIGHT_PX = 54
_PER_OCTAVE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """From ``least`` to ``most``; ``doubling`` gives every doubling the same length. ``marks`` are written below."""

    least: int
    most: int
    marks: tuple[int, ...]
    doubling: bool = False

    @property
    def steps(self) -> int:
        """Positions of the slider after the first."""
        if not self.doubling:
            return self.most - self.least
        return round(math.log2(self.most / self.least) * _PER_OCTAVE)

    def share(self, value: float) -> float:
        """Where a value lies, from 0 to 1."""
        held = min(max(value, self.least), self.most)
        if self.doubling:
            return math.log2(held / self.least) / math.log2(self.most / self.least)
        return (held - self.least) / (self.most - self.least)

    def value(self, position: int) -> int:
        """The value at a position, on a round number of its size."""
        if not self.doubling:
            return self.least + position
        exact = self.least * math.exp2(position / _PER_OCTAVE)
        grain = 1 << (math.floor(math.log2(exact)) - 5)
        return min(self.most, max(self.least, round(exact / grain) * grain))


class ScaleSlider(QSlider):
    """Keyboard and screen readers work as with every slider; the value is told in words.

    Signals:
        moved: another value, by the person.
    """

    moved = Signal(int)

    def __init__(self, theme: Theme, name: str, scale: Scale, write: Callable[[int], str]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._name = name
        self._scale = scale
        self._write = write
        self._exact = scale.least
        self._fits_to: int | None = None
        self._over_ink = "bad"
        self._mark: tuple[int, str] | None = None
        self.setRange(0, scale.steps)
        self.setSingleStep(4 if scale.doubling else 1)
        self.setPageStep(_PER_OCTAVE if scale.doubling else 8)
        self.setFixedHeight(_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.valueChanged.connect(self._take)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        return QSize(320, _HEIGHT_PX)

    def show_value(self, value: int) -> None:
        """Stand at a value, without a word; while the person drags, the hand decides."""
        if not self.isSliderDown():
            self._exact = value
            self.blockSignals(True)  # noqa: FBT003
            self.setValue(round(self._scale.share(value) * self._scale.steps))
            self.blockSignals(False)  # noqa: FBT003
            self._tell()

    def show_bounds(self, fits_to: int | None, mark: tuple[int, str] | None, over_ink: str = "bad") -> None:
        """``fits_to`` is the largest value that fits (0: none does); ``mark`` a value with a name, above the groove."""
        if (fits_to, mark, over_ink) != (self._fits_to, self._mark, self._over_ink):
            self._fits_to, self._mark, self._over_ink = fits_to, mark, over_ink
            self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setSliderDown(True)
            self._follow(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        if self.isSliderDown():
            self._follow(event.position().x())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: D102, N802
        self.setSliderDown(False)

    def _follow(self, x: float) -> None:
        share = (x - _INSET_PX) / max(1.0, self.width() - 2 * _INSET_PX)
        self.setValue(round(min(max(share, 0.0), 1.0) * self._scale.steps))

    def _take(self, position: int) -> None:
        self._exact = self._scale.value(position)
        self._tell()
        self.moved.emit(self._exact)

    def _tell(self) -> None:
        told = [self.tr("Now {value}").format(value=self._write(self._exact))]
        if self._fits_to is not None:
            told.append(self.tr("fits up to {value}").format(value=self._write(self._fits_to)))
        if self._mark is not None:
            told.append(self._mark[1])
        self.setAccessibleDescription(listed(told))
        self.update()

    def _x(self, value: float) -> float:
        return _INSET_PX + (self.width() - 2 * _INSET_PX) * self._scale.share(value)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102, N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(SMALL_PT - 0.5))
        self._paint_groove(painter)
        self._paint_marks(painter, self._scale.marks)
        if self._mark is not None:
            self._paint_mark(painter, *self._mark)
        self._paint_knob(painter)
        painter.end()

    def _paint_groove(self, painter: QPainter) -> None:
        groove = QRectF(_INSET_PX, _MIDDLE_PX - _GROOVE_PX / 2, self.width() - 2 * _INSET_PX, _GROOVE_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("track"))
        painter.drawRoundedRect(groove, 3, 3)
        here = self._x(self._exact)
        if self._fits_to is not None:
            fits = self._x(self._fits_to) if self._fits_to >= self._scale.least else _INSET_PX
            painter.setBrush(self._theme.colour("ok", 0.45))
            painter.drawRoundedRect(QRectF(groove.left(), groove.top(), fits - _INSET_PX, _GROOVE_PX), 3, 3)
        painter.setBrush(self._theme.colour(self._ink()))
        painter.drawRoundedRect(QRectF(groove.left(), groove.top(), here - _INSET_PX, _GROOVE_PX), 3, 3)

    def _paint_marks(self, painter: QPainter, marks: Sequence[int]) -> None:
        metrics = QFontMetricsF(painter.font())
        for value in marks:
            x, text = self._x(value), self._write(value)
            width = metrics.horizontalAdvance(text)
            left = min(max(0.0, x - width / 2), self.width() - width)
            painter.setPen(QPen(self._theme.colour("border_strong"), 1))
            painter.drawLine(QPointF(x, _MIDDLE_PX + 8), QPointF(x, _MIDDLE_PX + 12))
            painter.setPen(self._theme.colour("text_muted"))
            painter.drawText(QPointF(left, _HEIGHT_PX - 4), text)

    def _paint_mark(self, painter: QPainter, value: int, text: str) -> None:
        x = self._x(value)
        top = _MIDDLE_PX - _GROOVE_PX / 2 - 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("text_muted"))
        painter.drawPolygon(QPolygonF([QPointF(x, top), QPointF(x - 4, top - 5), QPointF(x + 4, top - 5)]))
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        left = min(max(0.0, x - width / 2), self.width() - width)
        painter.setPen(self._theme.colour("text_muted"))
        painter.drawText(QPointF(left, top - 8), text)

    def _ink(self) -> str:
        over = self._fits_to is not None and self._exact > self._fits_to
        return self._over_ink if over else "accent"

    def _paint_knob(self, painter: QPainter) -> None:
        ink = self._theme.colour(self._ink())
        knob = QRectF(self._x(self._exact) - _KNOB_PX / 2, _MIDDLE_PX - _KNOB_PX / 2, _KNOB_PX, _KNOB_PX)
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent", 0.25))
            painter.drawEllipse(knob.adjusted(-4, -4, 4, 4))
        painter.setPen(QPen(ink, 3))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawEllipse(knob.adjusted(1.5, 1.5, -1.5, -1.5))
