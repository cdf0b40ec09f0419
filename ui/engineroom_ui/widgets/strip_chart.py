"""A chart of the last minutes: one number now, its mean and highest, and the line they come from.

pyqtgraph (and numpy with it) is imported when the first chart has something to draw, never before the first paint.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from engineroom_ui.state.telemetry import Figures, TelemetryStore
from engineroom_ui.text import units
from engineroom_ui.theme.apply import Theme, text_font
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.parts import NUMBER_PT, SMALL_PT, Dot, ElidedLabel, card, label

_MOST_NAMED = 3
_NARROWEST_PX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One series of the chart, what a person calls it, and the token of its colour."""

    series: str
    caption: str
    ink: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptiness:
    """Why there is nothing to show, and what would change that."""

    why: str
    remedy: str


class StripChart(QWidget):
    """Draws on the shared clock, only when visible and only when the telemetry changed."""

    def __init__(
        self, theme: Theme, clock: DrawClock, store: TelemetryStore, *, title: str, unit: Callable[[float | None], str]
    ) -> None:
        super().__init__()
        self._theme = theme
        self._store = store
        self._title = title
        self._unit = unit
        self._lines: tuple[Line, ...] = ()
        self._empty: Emptiness | None = None
        self._live = False
        self._drawn: object = None
        self._plot: Any = None
        self._build()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(_NARROWEST_PX)
        clock.tick.connect(self.draw)
        theme.changed.connect(self._restyle)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Draw these series; the headline is their sum."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._drawn = None
            self._fill_legend()
            if self._plot is not None:
                self._plot.show_lines(self._lines)

    def show_emptiness(self, emptiness: Emptiness | None) -> None:
        """Say why there is nothing to draw, or draw again (None)."""
        if emptiness != self._empty:
            self._empty = emptiness
            self._drawn = None
            if emptiness is not None:
                self._why.setText(emptiness.why)
                self._remedy.setText(emptiness.remedy)

    def show_live(self, *, live: bool) -> None:
        """Whether the newest sample is of now."""
        self._live = live
        self._drawn = None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._fit_legend()

    def draw(self) -> None:
        """Draw if there is something new and somebody looks."""
        state = (self._store.version, self._live, self._empty)
        if state == self._drawn or not self.isVisible():
            return
        self._drawn = state
        figures = self._store.figures(line.series for line in self._lines)
        self._tell(figures)
        if self._empty is not None:
            self._pages.setCurrentIndex(0)
            return
        if self._plot is None:
            self._make_plot()
        self._pages.setCurrentIndex(1)
        self._plot.draw(self._store)

    def _build(self) -> None:
        frame = card()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(20, 12, 20, 8)
        column.setSpacing(2)
        self._now = label(points=NUMBER_PT, strong=True)
        self._aside = ElidedLabel(role="Muted", points=SMALL_PT)
        self._aside.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._legend_box = QWidget()
        self._legend = QHBoxLayout(self._legend_box)
        self._legend.setContentsMargins(0, 0, 0, 0)
        self._legend.setSpacing(6)
        self._head = label(self._title, role="Muted", points=SMALL_PT, strong=True)
        head = QHBoxLayout()
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self._legend_box)
        numbers = QHBoxLayout()
        numbers.addWidget(self._now)
        numbers.addWidget(self._aside, 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        column.addLayout(numbers)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._build_empty())
        column.addLayout(self._pages, 1)
        self.setAccessibleName(self._title)

    def _build_empty(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(4)
        self._why = label()
        self._remedy = label(role="Muted", points=SMALL_PT)
        column.addStretch(1)
        for part in (self._why, self._remedy):
            part.setWordWrap(True)
            column.addWidget(part)
        column.addStretch(2)
        return page

    def _fill_legend(self) -> None:
        while (item := self._legend.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for line in self._lines if 1 < len(self._lines) <= _MOST_NAMED else ():
            dot = Dot(self._theme, 9)
            dot.show_ink(line.ink)
            self._legend.addWidget(dot)
            self._legend.addWidget(label(line.caption, role="Muted", points=SMALL_PT))

        self.setToolTip("\n".join(line.caption for line in self._lines) if len(self._lines) > 1 else "")
        self._fit_legend()

    def _fit_legend(self) -> None:
        wanted = self._head.sizeHint().width() + self._legend_box.sizeHint().width()
        self._legend_box.setVisible(wanted + 56 <= self.width())

    def _tell(self, figures: Figures) -> None:
        now = self._unit(figures.now) if self._live else self.tr("not live")
        self._now.setText(now)
        self._now.setVisible(self._empty is None)
        aside = self.tr("mean {mean}   max {highest}").format(mean=_bare(figures.mean), highest=_bare(figures.highest))
        if len(self._lines) > 1:
            aside = self.tr("total   {aside}").format(aside=aside)
        self._aside.show_text(aside)
        self._aside.setVisible(self._empty is None)
        if self._empty is not None:
            self.setAccessibleDescription(f"{self._empty.why}. {self._empty.remedy}")
        else:
            self.setAccessibleDescription(self.tr("Now {now}, last five minutes: {aside}").format(now=now, aside=aside))

    def _make_plot(self) -> None:
        # The import costs a second of processor time; nobody waits for it who sees no chart.
        from engineroom_ui.widgets.strip_plot import StripPlot  # noqa: PLC0415

        self._plot = StripPlot(self._theme, axis_font())
        self._plot.show_lines(self._lines)
        self._plot.setAccessibleName(self._title)
        self._pages.addWidget(self._plot)

    def _restyle(self) -> None:
        self._drawn = None
        if self._plot is not None:
            self._plot.restyle()


def _bare(value: float | None) -> str:
    """A number in the unit of the headline."""
    if value is None:
        return units.not_reported()
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def axis_font() -> QFont:
    """Font of the axis labels."""
    return text_font(8)
