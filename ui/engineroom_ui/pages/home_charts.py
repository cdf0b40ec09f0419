"""The two strip charts of the page Serve: tokens per second and power, or why there is nothing to draw."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from engineroom.contract.control import EngineState, EngineView
from engineroom_ui.state.room import Room
from engineroom_ui.state.samples import CPU_POWER, TOKENS, gpu_power
from engineroom_ui.text import units, words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.card_lines import power_lines
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.crosshair import Crosshair
from engineroom_ui.widgets.strip_chart import Emptiness, Line, StripChart

_LOWEST_PX, _HIGHEST_PX = 168, 340


class HomeCharts(QWidget):
    """Side by side; of the last five minutes. They are low while there is nothing to draw in either."""

    def __init__(self, theme: Theme, clock: DrawClock, room: Room) -> None:
        super().__init__()
        self._room = room
        self._engine: EngineView | None = None
        self._told = -1
        crosshair = Crosshair(self)

        def chart(title: str, unit: Callable[[float | None], str]) -> StripChart:
            return StripChart(theme, clock, room.telemetry, title=title, unit=unit, crosshair=crosshair)

        self.tokens = chart(self.tr("Tokens per second"), units.tokens_per_s)
        self.tokens.show_lines([Line(series=TOKENS, caption=self.tr("all requests"), ink="chart_1")])
        self.power = chart(self.tr("Power"), units.watts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for one in (self.tokens, self.power):
            one.setMinimumHeight(_LOWEST_PX)
            row.addWidget(one, 1)
        room.machine_changed.connect(self._show_power)
        clock.tick.connect(self._tick)
        self._show_power()
        self._tick()

    def show_state(self, engine: EngineView | None) -> None:
        """Whether there is something to draw, and of which engine one speaks where there is not."""
        self._engine = engine
        for chart in (self.tokens, self.power):
            chart.show_live(live=self._room.live)
        self._told = -1
        self._tick()

    def _show_power(self) -> None:
        self.power.show_lines(power_lines(self._room.machine))

    def _tick(self) -> None:
        telemetry = self._room.telemetry
        if telemetry.version == self._told:
            return
        self._told = telemetry.version
        delivered = telemetry.reported([TOKENS], above=0.0)
        self.tokens.show_emptiness(None if delivered else self._no_tokens())
        machine = self._room.machine
        series = [gpu_power(gpu.uuid) for gpu in machine.gpus] if machine is not None else []
        why, remedy = words.no_power(machine, early=telemetry.early)
        drawn = telemetry.reported([*series, CPU_POWER])
        self.power.show_emptiness(None if drawn else Emptiness(why=why, remedy=remedy))
        self.setMaximumHeight(_HIGHEST_PX if delivered or drawn else _LOWEST_PX)

    def _no_tokens(self) -> Emptiness:
        engine = self._engine
        if not self._room.live:
            return Emptiness(why=self.tr("Nothing measured yet"), remedy=self.tr("The engine room is not connected."))
        if engine is not None and engine.state is EngineState.STARTING:
            return Emptiness(
                why=self.tr("The model is being loaded"), remedy=self.tr("The rate of all requests is drawn here.")
            )
        if engine is not None and engine.state is EngineState.READY:
            return Emptiness(
                why=self.tr("No tokens in the last five minutes"),
                remedy=self.tr("Ask something in the chat, or point a client at the address above."),
            )
        return Emptiness(
            why=self.tr("No model is being served"),
            remedy=self.tr("Press Serve; the rate of all requests is drawn here."),
        )
