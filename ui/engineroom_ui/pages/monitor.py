"""Monitor: every card as it is now, what was in the last hours and days, and what it cost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engineroom_ui.state.history import Span
from engineroom_ui.state.room import Room
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.card_wall import CardWall
from engineroom_ui.widgets.chart_board import ChartBoard
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.energy_card import EnergyCard
from engineroom_ui.widgets.parts import scrolling


class MonitorPage(QWidget):
    """Reads the room; asks the daemon for the past and for energy only while it is looked at.

    Signals:
        span_chosen: how many seconds the charts look back, to be remembered.
    """

    span_chosen = Signal(int)

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, *, span_s: str = "") -> None:
        super().__init__()
        self.setObjectName("Page")
        self.cards = CardWall(theme, clock, room)
        self.charts = ChartBoard(theme, clock, room, span=_span(span_s))
        self.energy = EnergyCard(theme, room)
        self.charts.span_chosen.connect(self.span_chosen)
        body = QWidget()
        body.setObjectName("ClearBody")
        inside = QVBoxLayout(body)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(12)
        inside.addWidget(self.cards)
        inside.addWidget(self.charts)
        inside.addWidget(self.energy)
        inside.addStretch(1)
        self.area = scrolling(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)


def _span(text: str) -> Span:
    known = {str(int(span)): span for span in Span}
    return known.get(text, Span.MINUTES)
