"""The drawn part of a strip chart. Importing this module imports pyqtgraph; do it late."""

import math
from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np  # noqa: TID253
import pyqtgraph as pg  # noqa: TID253
from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtWidgets import QSizePolicy

from engineroom_ui.state.samples import Figures, Samples
from engineroom_ui.text import numbers
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.chart_legend import Line

translate = QCoreApplication.translate

Column = np.ndarray[Any, np.dtype[np.float64]]

_GRID_ALPHA = 0.12
_PEAK_ALPHA = 0.35
_LOWEST_TOP = 10.0
_LONE_PX = 3.0


def nice_top(highest: float) -> float:
    """The round number (1, 2, 4, 5 or 8 times a power of ten) at or above ``highest`` and some air."""
    wanted = max(highest * 1.05, _LOWEST_TOP)
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(step * power for step in (1, 2, 4, 5, 8, 10) if step * power >= wanted)


def age_ticks(window_s: float) -> list[tuple[float, str]]:
    """Places and words of the axis of ages."""
    for unit_s, most_s, text in (
        (60, 300.0, translate("chart", "{n} min")),
        (60, 3600.0, translate("chart", "{n} min")),
        (3600, 86_400.0, translate("chart", "{n} h")),
        (86_400, math.inf, translate("chart", "{n} d")),
    ):
        if window_s <= most_s:
            parts = {300.0: 5, 86_400.0: 4}.get(most_s, 6)
            ages = [window_s * at / parts for at in range(parts, 0, -1)]
            ticks = [(-age, text.format(n=f"−{age / unit_s:g}")) for age in ages]  # noqa: RUF001
            return [*ticks, (0.0, translate("chart", "now"))]
    raise ValueError(window_s)


def thinned(ages: Column, values: Column, width: float) -> tuple[Column, Column]:
    """Lowest and highest of every ``width`` seconds: what a screen can show, and no peak is lost.

    The bins lie on a grid of time, so that a line which moves on does not flicker. A value with nothing on either
    side gets ``_LONE_PX`` widths, for a line of one point would not be seen.
    """
    bins = np.floor(ages / width)
    first = np.flatnonzero(np.diff(bins, prepend=np.nan) != 0)
    if first.size * 2 < ages.size:
        ages = np.repeat(ages[first], 2)
        pairs = (np.fmin.reduceat(values, first), np.fmax.reduceat(values, first))
        values = np.column_stack(pairs).ravel()
    told = np.isfinite(values)
    before = np.concatenate(([False], told[:-1]))
    after = np.concatenate((told[1:], [False]))
    lone = np.flatnonzero(told & ~before & ~after)
    if not lone.size:
        return ages, values
    return np.insert(ages, lone + 1, ages[lone] - width * _LONE_PX), np.insert(values, lone + 1, values[lone])


def figures_of(columns: Sequence[Column], *, highest: bool) -> Figures:
    """Mean and highest over time of the sum (or the ``highest``) of the columns; what is NaN adds nothing."""
    table = np.array(columns)
    if not table.size or not np.isfinite(table).any():
        return Figures()
    total = np.fmax.reduce(table, axis=0) if highest else np.nansum(table, axis=0)
    total = total[np.isfinite(table).any(axis=0)]
    return Figures(
        now=float(total[-1]), mean=float(total.mean()), lowest=float(total.min()), highest=float(total.max())
    )


class StripPlot(pg.PlotWidget):  # type: ignore[misc]
    """Pens stay at one pixel: Qt strokes wider ones four times slower.

    Signals:
        pointed: the age in seconds the mouse points at, None when it left.
    """

    pointed = Signal(object)

    def __init__(self, theme: Theme, font: QFont) -> None:
        pg.setConfigOptions(antialias=True)
        super().__init__()
        self._theme = theme
        self._lines: Sequence[Line] = ()
        self._curves: list[Any] = []
        self._peaks: list[Any] = []
        self._top = 0.0
        self._window_s = 0.0
        item = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.setContentsMargins(0, 4, 14, 0)
        self._grid = [pg.InfiniteLine(angle=0, movable=False) for _ in range(3)]
        for line in self._grid:
            line.setZValue(-10)
            item.addItem(line)
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self._cross.hide()
        item.addItem(self._cross, ignoreBounds=True)
        self._build_axes(font)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(72)
        self.restyle()

    def wheelEvent(self, event: Any) -> None:  # noqa: D102, N802
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        place = self.getPlotItem().getViewBox().mapSceneToView(self.mapToScene(event.position().toPoint()))
        self.pointed.emit(float(min(max(-place.x(), 0.0), self._window_s)))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102, N802
        self.pointed.emit(None)
        super().leaveEvent(event)

    def follow_mouse(self) -> None:
        """Say where the mouse points from now on."""
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_cross(self, age_s: float | None) -> None:
        """Mark a moment, or none."""
        self._cross.setVisible(age_s is not None)
        if age_s is not None:
            self._cross.setPos(-age_s)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Draw these series from now on."""
        for curve in (*self._curves, *self._peaks):
            self.getPlotItem().removeItem(curve)
        self._lines = lines
        self._curves = [pg.PlotCurveItem(connect="finite") for _ in lines]
        self._peaks = [pg.PlotCurveItem(connect="finite") for _ in lines]
        for curve in (*self._peaks, *self._curves):
            self.getPlotItem().addItem(curve)
        self.restyle()

    def draw(self, samples: Samples, shown: Sequence[Line], combine: str) -> Figures:
        """Take the newest samples of the lines shown; their figures over the window."""
        first = samples.first_shown()
        self._show_window(samples.window_s)
        ages = _column(samples.times_s, first) - samples.end_s
        width = samples.window_s / max(self.getPlotItem().getViewBox().width(), 100.0)
        columns, peaks = [], []
        for line, curve, above in zip(self._lines, self._curves, self._peaks, strict=True):
            peak = line in shown and samples.has(line.peak)
            curve.setVisible(line in shown)
            above.setVisible(peak)
            if line in shown:
                columns.append(_column(samples.series(line.series), first))
                curve.setData(*thinned(ages, columns[-1], width) if ages.size else (ages, ages))
            if peak:
                peaks.append(_column(samples.series(line.peak), first))
                above.setData(*thinned(ages, peaks[-1], width) if ages.size else (ages, ages))
        self._scale(max((float(np.fmax.reduce(column, initial=0.0)) for column in (*columns, *peaks)), default=0.0))
        figures = figures_of(columns, highest=combine == "highest")
        if len(columns) == len(peaks) == 1:
            # Of one line the highest is known; of several, when each had its own is not.
            return replace(figures, highest=figures_of(peaks, highest=True).highest)
        return figures

    def restyle(self) -> None:
        """Colours of the theme as it is now."""
        self.setBackground(self._theme.colour("surface"))
        item = self.getPlotItem()
        for side in ("left", "bottom"):
            item.getAxis(side).setPen(pg.mkPen(None))
            item.getAxis(side).setTextPen(self._theme.colour("text_muted"))
        for grid in self._grid:
            grid.setPen(pg.mkPen(self._theme.colour("chart_grid", _GRID_ALPHA), width=1))
        self._cross.setPen(pg.mkPen(self._theme.colour("text_muted"), width=1))
        for line, curve in zip(self._lines, self._curves, strict=True):
            curve.setPen(pg.mkPen(self._theme.colour(line.ink), width=1))
            curve.setBrush(pg.mkBrush(self._theme.colour(line.ink, 0.10)) if len(self._lines) == 1 else None)
            curve.setFillLevel(0 if len(self._lines) == 1 else None)

        for line, curve in zip(self._lines, self._peaks, strict=True):
            curve.setPen(pg.mkPen(self._theme.colour(line.ink, _PEAK_ALPHA), width=1))

    def _build_axes(self, font: QFont) -> None:
        item = self.getPlotItem()
        for side in ("left", "bottom"):
            item.getAxis(side).setStyle(
                tickFont=font,
                tickLength=0,
                tickTextOffset=5,
                autoExpandTextSpace=False,
                hideOverlappingLabels=False,
                tickAlpha=0,
            )
        item.getAxis("left").setWidth(36)
        item.getAxis("bottom").setHeight(20)

    def _show_window(self, window_s: float) -> None:
        if window_s != self._window_s:
            self._window_s = window_s
            self.getPlotItem().setXRange(-window_s, 0, padding=0)
            # The label of the far end would be cut in two by the edge.
            self.getPlotItem().getAxis("bottom").setTicks([age_ticks(window_s)[1:], []])

    def _scale(self, highest: float) -> None:
        top = nice_top(highest)
        if top == self._top:
            return
        self._top = top
        item = self.getPlotItem()
        item.setYRange(-0.01 * top, 1.02 * top, padding=0)
        levels = (0.0, top / 2, top)
        item.getAxis("left").setTicks([[(level, numbers.shortest(level)) for level in levels], []])
        for grid, level in zip(self._grid, levels, strict=True):
            grid.setValue(level)


def _column(values: "array[float]", first: int) -> Column:
    """A copy: a ring that is looked into cannot grow."""
    return np.frombuffer(values, dtype=np.float64)[first:].copy() if values else np.empty(0)
