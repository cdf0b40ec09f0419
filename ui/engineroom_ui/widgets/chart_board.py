"""Four charts of one span of time, read at one moment with one crosshair."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from engineroom.contract.control import Machine, NvmlState
from engineroom_ui.state.history import Span
from engineroom_ui.state.room import Room
from engineroom_ui.state.samples import CPU_POWER, TOKENS, Samples, gpu_memory, gpu_power, gpu_temperature
from engineroom_ui.text import problems, units, words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.card_lines import card_lines, power_lines
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.crosshair import Crosshair
from engineroom_ui.widgets.parts import TITLE_PT, label
from engineroom_ui.widgets.segments import Segments
from engineroom_ui.widgets.strip_chart import Combine, Emptiness, Line, StripChart

_CHART_PX = 208


class ChartBoard(QWidget):
    """Asks for the past only while it is looked at.

    Signals:
        span_chosen: how far the charts look back from now on, in seconds.
    """

    span_chosen = Signal(int)

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, *, span: Span) -> None:
        super().__init__()
        self._room = room
        self.crosshair = Crosshair(self)
        self.spans = Segments(
            self.tr("Time shown"),
            [
                (Span.MINUTES, self.tr("5 min")),
                (Span.HOUR, self.tr("1 h")),
                (Span.DAY, self.tr("24 h")),
                (Span.MONTH, self.tr("30 d")),
            ],
        )

        def chart(title: str, unit: Callable[[float | None], str], combine: Combine = Combine.SUM) -> StripChart:
            return StripChart(
                theme, clock, room.telemetry, title=title, unit=unit, combine=combine, crosshair=self.crosshair
            )

        self.tokens = chart(self.tr("Tokens per second"), units.tokens_per_s)
        self.power = chart(self.tr("Power"), units.watts)
        self.memory = chart(self.tr("Card memory"), units.gib)
        self.heat = chart(self.tr("Temperature"), units.celsius, Combine.HIGHEST)
        self.charts = (self.tokens, self.power, self.memory, self.heat)
        self.tokens.show_lines([Line(series=TOKENS, caption=self.tr("all requests"), ink="chart_1")])
        self._told: object = None
        self._build()
        self.spans.show_choice(span)
        self.spans.chosen.connect(self._choose)
        clock.tick.connect(self._tick)
        room.machine_changed.connect(self._show_machine)
        room.link_changed.connect(self._show_link)
        room.history.changed.connect(self._tick)
        self._show_machine()
        self._show_link()
        self._show_span()

    @property
    def samples(self) -> Samples:
        """What all charts are drawn from."""
        return self._room.telemetry if self.spans.choice is Span.MINUTES else self._room.history.past

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        if self._room.live:
            self._room.history.watch(self.spans.choice)
        self._tick()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: D102, N802
        super().hideEvent(event)
        self.crosshair.point(None)
        self._room.history.watch(None)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Over time"), points=TITLE_PT, strong=True))
        head.addStretch(1)
        head.addWidget(self.spans)
        grid = QGridLayout()
        grid.setSpacing(12)
        for at, chart in enumerate(self.charts):
            chart.setMinimumHeight(_CHART_PX)
            grid.addWidget(chart, at // 2, at % 2)
            grid.setColumnStretch(at % 2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(grid)

    def _choose(self, span: Span) -> None:
        self.crosshair.point(None)
        self._show_span()
        if self.isVisible() and self._room.live:
            self._room.history.watch(span)
        self.span_chosen.emit(int(span))

    def _show_span(self) -> None:
        for chart in self.charts:
            chart.show_samples(self.samples)
        self._told = None
        self._tick()

    def _show_link(self) -> None:
        live = self._room.live
        for chart in self.charts:
            chart.show_live(live=live)
        if live and self.isVisible():
            self._room.history.watch(None)
            self._room.history.watch(self.spans.choice)
        self._told = None

    def _show_machine(self) -> None:
        machine = self._room.machine
        self.power.show_lines(power_lines(machine))
        self.memory.show_lines(card_lines(machine, gpu_memory))
        self.heat.show_lines(card_lines(machine, gpu_temperature))
        self._told = None

    def _tick(self) -> None:
        history = self._room.history
        state = (self.samples, self.samples.version, history.asking, history.failure, self._room.live)
        if state == self._told or not self.isVisible():
            return
        self._told = state
        for chart, emptiness in self._emptinesses():
            chart.show_emptiness(emptiness)
            chart.draw()

    def _emptinesses(self) -> Iterator[tuple[StripChart, Emptiness | None]]:
        machine = self._room.machine
        gpus = [gpu.uuid for gpu in machine.gpus] if machine is not None else []
        past = self._no_past()
        samples = self.samples
        tokens = samples.reported([TOKENS], above=0.0)
        yield self.tokens, None if tokens else past or self._no_tokens()
        power = samples.reported([*map(gpu_power, gpus), CPU_POWER])
        yield self.power, None if power else past or self._no_power(machine)
        memory = samples.reported(map(gpu_memory, gpus))
        # Without a card there is one place that says so, and not every chart.
        for chart in (self.memory, self.heat):
            chart.setVisible(machine is None or bool(gpus) or machine.nvml is not NvmlState.LIBRARY_MISSING)
        yield self.memory, None if memory else past or self._no_card(machine, self.tr("its memory"))
        heat = samples.reported(map(gpu_temperature, gpus))
        yield self.heat, None if heat else past or self._no_card(machine, self.tr("its temperature"))

    def _no_past(self) -> Emptiness | None:
        if self.spans.choice is Span.MINUTES or not self._room.live:
            return None
        history = self._room.history
        if history.failure is not None:
            said = problems.sentence(history.failure.problem)
            return Emptiness(why=self.tr("The past could not be read"), remedy=said.whole)
        if history.asking:
            return Emptiness(why=self.tr("Reading the past …"), remedy="")
        return None

    def _no_tokens(self) -> Emptiness:
        if not self._room.live:
            return _unconnected()
        why = self.tr("No tokens in the {span}").format(span=units.span(self.samples.window_s))
        return Emptiness(why=why, remedy=self.tr("Serve a model and ask it something; the rate is drawn here."))

    def _no_power(self, machine: Machine | None) -> Emptiness:
        if self._measured_now([*(gpu.uuid for gpu in machine.gpus)] if machine is not None else []):
            return self._nothing_kept()
        why, remedy = words.no_power(machine, early=self._room.telemetry.early)
        if machine is not None and machine.nvml is NvmlState.ASLEEP:
            why, remedy = words.nvml(machine)
        return Emptiness(why=why, remedy=remedy)

    def _no_card(self, machine: Machine | None, what: str) -> Emptiness:
        if machine is None:
            return _unconnected()
        if machine.nvml is not NvmlState.OK or not machine.gpus:
            why, remedy = words.nvml(machine)
            return Emptiness(why=why, remedy=remedy)
        if self._measured_now([gpu.uuid for gpu in machine.gpus]):
            return self._nothing_kept()
        if self._room.telemetry.early:
            why, remedy = words.not_yet()
            return Emptiness(why=why, remedy=remedy)
        why = self.tr("No card here reports {what}").format(what=what)
        return Emptiness(why=why, remedy=self.tr("Some laptop and virtual cards keep it from the driver."))

    def _measured_now(self, gpus: list[str]) -> bool:
        if self.spans.choice is Span.MINUTES:
            return False
        names = [CPU_POWER, *(name(uuid) for uuid in gpus for name in (gpu_power, gpu_memory, gpu_temperature))]
        return self._room.telemetry.reported(names)

    def _nothing_kept(self) -> Emptiness:
        why = self.tr("Nothing was recorded in the {span}").format(span=units.span(self.samples.window_s))
        return Emptiness(why=why, remedy=self.tr("It fills up while the engine room runs."))


def _unconnected() -> Emptiness:
    why = QCoreApplication.translate("chart", "Nothing measured yet")
    return Emptiness(why=why, remedy=QCoreApplication.translate("chart", "The engine room is not connected."))
