"""A chart over time: one number now, its mean and highest, and the lines they come from.

pyqtgraph (and numpy with it) is imported when the first chart has something to draw, never before the first paint.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from engineroom_ui.state.samples import Figures, Samples
from engineroom_ui.state.telemetry import TelemetryStore
from engineroom_ui.text import units
from engineroom_ui.text.sentences import both, listed
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.chart_head import ChartHead, Emptiness, EmptyChart
from engineroom_ui.widgets.chart_legend import Line
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.crosshair import Crosshair
from engineroom_ui.widgets.parts import card, polish

_NARROWEST_PX = 200
_KEY_STEPS = 60

__all__ = ["Combine", "Emptiness", "Line", "StripChart"]


class Combine(StrEnum):
    """What the headline makes of several lines."""

    SUM = "sum"
    HIGHEST = "highest"


class StripChart(QWidget):
    """Draws on the shared clock, only when visible and only when the samples changed.

    With a crosshair the chart takes the keyboard: left and right move it, Escape takes it away.
    """

    def __init__(
        self,
        theme: Theme,
        clock: DrawClock,
        live: TelemetryStore,
        *,
        title: str,
        unit: Callable[[float | None], str],
        combine: Combine = Combine.SUM,
        crosshair: Crosshair | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._newest = live
        self._samples: Samples = live
        self._title = title
        self._unit = unit
        self._combine = combine
        self._crosshair = crosshair
        self._lines: tuple[Line, ...] = ()
        self._empty: Emptiness | None = None
        self._live = False
        self._drawn: object = None
        self._plotted: object = None
        self._plot: Any = None
        self._figures = Figures()
        self._build()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(_NARROWEST_PX)
        clock.tick.connect(self.draw)
        theme.changed.connect(self._restyle)
        if crosshair is not None:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            crosshair.moved.connect(self._read_cross)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Draw these series; the headline is their sum or the highest."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._drawn = self._plotted = None
            self.legend.show_lines(self._lines)
            self._head.fit()
            if self._plot is not None:
                self._plot.show_lines(self._lines)

    def show_samples(self, samples: Samples) -> None:
        """Draw from another store; the number *now* stays that of the telemetry."""
        self._samples = samples
        self._drawn = self._plotted = None

    def show_emptiness(self, emptiness: Emptiness | None) -> None:
        """Say why there is nothing to draw, or draw again (None)."""
        if emptiness != self._empty:
            self._empty = emptiness
            self._drawn = None
            if emptiness is not None:
                self._nothing.say(emptiness)

    def show_live(self, *, live: bool) -> None:
        """Whether the newest sample is of now."""
        self._live = live
        self._drawn = None

    @property
    def reading(self) -> str:
        """The number in the head: of now, or of the moment the crosshair points at."""
        return self._head.number

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._drawn = self._plotted = None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        steps = {Qt.Key.Key_Left: 1, Qt.Key.Key_Right: -1}
        if self._crosshair is None or (event.key() not in steps and event.key() != Qt.Key.Key_Escape):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._crosshair.point(None)
        else:
            window_s = self._samples.window_s
            age_s = (self._crosshair.age_s or 0.0) + steps[Qt.Key(event.key())] * window_s / _KEY_STEPS
            self._crosshair.point(min(max(age_s, 0.0), window_s))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802
        super().focusInEvent(event)
        polish(self._frame, "focused", self.hasFocus())

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802
        super().focusOutEvent(event)
        polish(self._frame, "focused", self.hasFocus())

    def draw(self) -> None:
        """Draw if there is something new and somebody looks."""
        state = (self._samples.version, self._newest.version, self._live, self._empty)
        if state == self._drawn or not self.isVisible() or self.window().isMinimized():
            return
        self._drawn = state
        if self._empty is not None:
            self._pages.setCurrentIndex(0)
            self._tell()
            return
        if self._plot is None:
            self._make_plot()
        self._pages.setCurrentIndex(1)
        plotted = (self._samples, self._samples.version)
        if plotted != self._plotted:
            self._plotted = plotted
            self._figures = self._plot.draw(self._samples, self.legend.shown, self._combine)
        self._read_cross()

    def _build(self) -> None:
        self._frame = card()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(20, 12, 20, 8)
        column.setSpacing(2)
        self._head = ChartHead(self._theme, self._title)
        self.legend = self._head.legend
        self.legend.changed.connect(self._restyle)
        self._nothing = EmptyChart()
        self._pages = QStackedLayout()
        column.addWidget(self._head)
        column.addLayout(self._pages, 1)
        # Last: a stack shows its first page at once, as a window of its own while it has no parent.
        self._pages.addWidget(self._nothing)
        self.setAccessibleName(self._title)

    def _read_cross(self) -> None:
        age_s = self._crosshair.age_s if self._crosshair is not None else None
        if self._plot is not None:
            self._plot.show_cross(age_s)
        if age_s is None or self._empty is not None:
            self._tell()
        else:
            self._tell_then(age_s)

    def _tell(self) -> None:
        now = self._unit(self._combined(None)) if self._live else self.tr("not live")
        aside = self.tr("mean {mean}   max {highest}").format(
            mean=units.plain(self._figures.mean), highest=units.plain(self._figures.highest)
        )
        if len(self.legend.shown) > 1:
            word = self.tr("total   {aside}") if self._combine is Combine.SUM else self.tr("hottest   {aside}")
            aside = word.format(aside=aside)
        self._show(now, aside)
        empty = both(self._empty.why, self._empty.remedy) if self._empty is not None else ""
        self.setAccessibleDescription(empty or spoken(now, units.span(self._samples.window_s), self._figures))

    def _tell_then(self, age_s: float) -> None:
        index = self._samples.index_at(age_s)
        then = self._unit(self._combined(index, then=True))
        shown = self.legend.shown if len(self.legend.shown) > 1 else ()
        values = [(line.short or line.caption, self._samples.value(line.series, index)) for line in shown]
        dash = self.tr("–")  # noqa: RUF001
        brief = [f"{name} {dash if value is None else units.plain(value)}" for name, value in values]
        whole = [f"{name} {units.plain(value)}" for name, value in values]
        self._show(then, "   ".join([units.age(age_s), *brief]))
        self.setAccessibleDescription(listed([then, units.age(age_s), *whole]))

    def _show(self, number: str, aside: str) -> None:
        self._head.show_numbers(number, aside, on=self._empty is None)

    def _combined(self, index: int | None, *, then: bool = False) -> float | None:
        names = [line.series for line in self.legend.shown]
        values = [self._samples.value(name, index) if then else self._newest.newest(name) for name in names]
        told = [value for value in values if value is not None]
        if not told:
            return None
        return sum(told) if self._combine is Combine.SUM else max(told)

    def _make_plot(self) -> None:
        # The import costs a second of processor time; nobody waits for it who sees no chart.
        from engineroom_ui.widgets.strip_plot import StripPlot  # noqa: PLC0415

        self._plot = StripPlot(self._theme, axis_font())
        self._plot.show_lines(self._lines)
        self._plot.setAccessibleName(self._title)
        if self._crosshair is not None:
            self._plot.pointed.connect(self._crosshair.point)
            self._plot.follow_mouse()
        self._pages.addWidget(self._plot)

    def _restyle(self) -> None:
        self._drawn = self._plotted = None
        if self._plot is not None:
            self._plot.restyle()
        self.draw()


def spoken(now: str, span: str, figures: Figures) -> str:
    """What a screen reader says in place of the lines."""
    mean, low, high = map(units.plain, (figures.mean, figures.lowest, figures.highest))
    text = QCoreApplication.translate("chart", "Now {now}; {span}: mean {mean}, lowest {low}, highest {high}")
    return text.format(now=now, span=span, mean=mean, low=low, high=high)


def axis_font() -> QFont:
    """Font of the axis labels."""
    return text_font(8)
