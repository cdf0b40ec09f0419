"""The drawn part of a strip chart. Importing this module imports pyqtgraph; do it late."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np  # noqa: TID253
import pyqtgraph as pg  # noqa: TID253
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QSizePolicy

from engineroom_ui.state.telemetry import WINDOW_S, TelemetryStore
from engineroom_ui.theme.apply import Theme

translate = QCoreApplication.translate

_AGES_S = (-300, -240, -180, -120, -60, 0)
_GRID_ALPHA = 0.12
_LOWEST_TOP = 10.0


def nice_top(highest: float) -> float:
    """The round number (1, 2, 4, 5 or 8 times a power of ten) at or above ``highest`` and some air."""
    wanted = max(highest * 1.05, _LOWEST_TOP)
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(step * power for step in (1, 2, 4, 5, 8, 10) if step * power >= wanted)


class StripPlot(pg.PlotWidget):  # type: ignore[misc]
    """Pens stay at one pixel: Qt strokes wider ones four times slower."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        pg.setConfigOptions(antialias=True)
        super().__init__()
        self._theme = theme
        self._lines: Sequence[Any] = ()
        self._curves: list[Any] = []
        self._top = 0.0
        item = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.setXRange(-WINDOW_S, 0, padding=0)
        item.setContentsMargins(0, 4, 14, 0)
        self._grid = [pg.InfiniteLine(angle=0, movable=False) for _ in range(3)]
        for line in self._grid:
            line.setZValue(-10)
            item.addItem(line)
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setStyle(
                tickFont=font,
                tickLength=0,
                tickTextOffset=5,
                autoExpandTextSpace=False,
                hideOverlappingLabels=False,
                tickAlpha=0,
            )
        item.getAxis("left").setWidth(36)
        item.getAxis("bottom").setHeight(20)
        item.getAxis("bottom").setTicks([[(age, self._age(age)) for age in _AGES_S], []])
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(72)
        self.restyle()

    def wheelEvent(self, event: Any) -> None:  # noqa: D102, N802
        event.ignore()

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Draw these series from now on."""
        for curve in self._curves:
            self.getPlotItem().removeItem(curve)
        self._lines = lines
        self._curves = [pg.PlotCurveItem(connect="finite") for _ in lines]
        for curve in self._curves:
            self.getPlotItem().addItem(curve)
        self.restyle()

    def draw(self, store: TelemetryStore) -> None:
        """Take the newest samples; ages are counted back from the last one."""
        first = store.first_shown()
        times = np.frombuffer(store.times_s, dtype=np.float64)[first:].copy() if store.times_s else np.empty(0)
        ages = times - times[-1] if times.size else times
        highest = 0.0
        for line, curve in zip(self._lines, self._curves, strict=True):
            values = np.array(store.series(line.series)[first:], dtype=np.float64)
            curve.setData(ages, values)
            highest = max(highest, float(np.fmax.reduce(values, initial=0.0)))
        self._scale(highest)

    def restyle(self) -> None:
        """Colours of the theme as it is now."""
        self.setBackground(self._theme.colour("surface"))
        item = self.getPlotItem()
        for side in ("left", "bottom"):
            item.getAxis(side).setPen(pg.mkPen(None))
            item.getAxis(side).setTextPen(self._theme.colour("text_muted"))
        for grid in self._grid:
            grid.setPen(pg.mkPen(self._theme.colour("chart_grid", _GRID_ALPHA), width=1))
        for line, curve in zip(self._lines, self._curves, strict=True):
            curve.setPen(pg.mkPen(self._theme.colour(line.ink), width=1))
            curve.setBrush(pg.mkBrush(self._theme.colour(line.ink, 0.10)) if len(self._lines) == 1 else None)
            curve.setFillLevel(0 if len(self._lines) == 1 else None)

    def _scale(self, highest: float) -> None:
        top = nice_top(highest)
        if top == self._top:
            return
        self._top = top
        item = self.getPlotItem()
        item.setYRange(-0.01 * top, 1.02 * top, padding=0)
        levels = (0.0, top / 2, top)
        item.getAxis("left").setTicks([[(level, f"{level:g}") for level in levels], []])
        for grid, level in zip(self._grid, levels, strict=True):
            grid.setValue(level)

    @staticmethod
    def _age(age_s: int) -> str:
        if age_s == 0:
            return translate("chart", "now")
        return translate("chart", "{minutes} min").format(minutes=f"−{abs(age_s) // 60}")  # noqa: RUF001
