"""What stands above a chart, and what stands in its place when there is nothing to draw."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.chart_legend import Legend
from engineroom_ui.widgets.parts import NUMBER_PT, SMALL_PT, ElidedLabel, label


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptiness:
    """Why there is nothing to show, and what would change that."""

    why: str
    remedy: str


class ChartHead(QWidget):
    """Title and legend in one row where they fit, else the legend below; then the numbers."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.legend = Legend(theme)
        self._now = label(points=NUMBER_PT, strong=True)
        self._aside = ElidedLabel(role="Muted", points=SMALL_PT)
        self._aside.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._title = label(title, role="Muted", points=SMALL_PT, strong=True)
        # As high with a legend as without, so that charts side by side have their lines at one height.
        self._title.setMinimumHeight(self._title.sizeHint().height() + 6)
        self._first = QHBoxLayout()
        self._first.addWidget(self._title)
        self._first.addStretch(1)
        self._first.addWidget(self.legend)
        self._below = QHBoxLayout()
        numbers = QHBoxLayout()
        numbers.setSpacing(12)
        numbers.addWidget(self._now)
        numbers.addWidget(self._aside, 1, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._first)
        column.addLayout(self._below)
        column.addLayout(numbers)

    @property
    def number(self) -> str:
        """The number shown."""
        return self._now.text()

    def show_numbers(self, number: str, aside: str, *, on: bool) -> None:
        """The number, what stands beside it, and whether they are to be seen."""
        self._now.setText(number)
        self._aside.show_text(aside)
        self._now.setVisible(on)
        self._aside.setVisible(on)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Place the legend where it fits."""
        beside = self.legend.fit(self.width() - self._title.sizeHint().width() - 12)
        if not beside:
            self.legend.fit(self.width())
        wanted, other = (self._first, self._below) if beside else (self._below, self._first)
        if wanted.indexOf(self.legend) < 0:
            other.removeWidget(self.legend)
            wanted.addWidget(self.legend, 0, Qt.AlignmentFlag(0) if beside else Qt.AlignmentFlag.AlignLeft)


class EmptyChart(QWidget):
    """A sentence and a remedy."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(4)
        self._why = label()
        self._remedy = label(role="Muted", points=SMALL_PT)
        column.addStretch(1)
        for part in (self._why, self._remedy):
            part.setWordWrap(True)
            column.addWidget(part)
        column.addStretch(2)

    def say(self, emptiness: Emptiness) -> None:
        """Another reason."""
        self._why.setText(emptiness.why)
        self._remedy.setText(emptiness.remedy)
