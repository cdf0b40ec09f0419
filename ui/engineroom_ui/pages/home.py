"""Home: the machine, the model, one big button, what it delivers and what it draws, and a chat to try it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from engineroom.contract.control import EngineState, EngineView, ModelView
from engineroom_ui.state.room import Room
from engineroom_ui.state.samples import CPU_POWER, TOKENS, gpu_power
from engineroom_ui.text import units, words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.card_lines import power_lines
from engineroom_ui.widgets.chat_box import ChatBox
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.last_request import LastRequest
from engineroom_ui.widgets.machine_strip import MachineStrip
from engineroom_ui.widgets.parts import scrolling
from engineroom_ui.widgets.serve_card import ServeCard
from engineroom_ui.widgets.strip_chart import Emptiness, Line, StripChart

_LOWEST_PX = 400


class HomePage(QWidget):
    """Reads the room, writes nothing but requests.

    Signals:
        model_chosen: the id of the model the person looks at, to be remembered.
    """

    model_chosen = Signal(str)

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, *, model_id: str = "") -> None:
        super().__init__()
        self.setObjectName("Page")
        self._room = room
        self._wanted = model_id
        self._told = -1
        self.machine = MachineStrip(theme, clock, room)
        self.serve = ServeCard(theme, clock)
        self.last = LastRequest()
        self.chat = ChatBox(theme, room.client)
        self.tokens = StripChart(
            theme, clock, room.telemetry, title=self.tr("Tokens per second"), unit=units.tokens_per_s
        )
        self.tokens.show_lines([Line(series=TOKENS, caption=self.tr("all requests"), ink="chart_1")])
        self.power = StripChart(theme, clock, room.telemetry, title=self.tr("Power"), unit=units.watts)
        self._build()
        self.serve.start_asked.connect(room.start_engine)
        self.serve.stop_asked.connect(room.stop_engine)
        self.serve.model_chosen.connect(self._choose)
        room.link_changed.connect(self._show_all)
        room.models_changed.connect(self._show_all)
        room.engine_changed.connect(self._show_all)
        room.machine_changed.connect(self._show_power)
        room.traffic_changed.connect(self._show_traffic)
        clock.tick.connect(self._tick)
        self._show_all()
        self._show_power()
        self._tick()

    @property
    def model(self) -> ModelView | None:
        """The model looked at: the one chosen, else the default."""
        models = self._room.models
        wanted = (model for model in models if model.id == self._wanted)
        default = (model for model in models if model.is_default)
        return next(wanted, next(default, models[0] if models else None))

    @property
    def engine(self) -> EngineView | None:
        """The engine of that model."""
        model = self.model
        return self._room.engine_of(model.id) if model is not None else None

    def press_serve(self) -> None:
        """The big button, from a shortcut."""
        self.serve.button.click()

    def serve_model(self, model_id: str) -> None:
        """Another model, from elsewhere in the window, and start it unless it runs."""
        self._choose(model_id)
        engine = self.engine
        if engine is not None and engine.can_start:
            self._room.start_engine(engine.id)

    def _build(self) -> None:
        charts = QHBoxLayout()
        charts.setSpacing(12)
        charts.addWidget(self.tokens, 1)
        charts.addWidget(self.power, 1)
        body = QWidget()
        body.setObjectName("ClearBody")
        left = QVBoxLayout(body)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self.serve)
        left.addLayout(charts, 1)
        left.addWidget(self.last)
        self.tokens.setMinimumHeight(156)
        self.power.setMinimumHeight(156)
        area = scrolling(body)
        area.setMinimumWidth(500)
        self.chat.setMinimumWidth(320)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(area)
        split.addWidget(self.chat)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([740, 480])
        split.setMinimumHeight(_LOWEST_PX)
        whole = QWidget()
        whole.setObjectName("ClearBody")
        column = QVBoxLayout(whole)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.machine)
        column.addWidget(split, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        # Many cards in a small window leave no height for the rest; then the page scrolls.
        outer.addWidget(scrolling(whole))

    def _choose(self, model_id: str) -> None:
        self._wanted = model_id
        self.model_chosen.emit(model_id)
        self._show_all()

    def _show_all(self, _engine_id: str = "") -> None:
        live = self._room.live
        self.serve.show_models(self._room.models, self.model)
        self.serve.show_engine(self.engine, live=live, machine=self._room.machine)
        hello = self._room.hello
        self.serve.show_address(f"{hello.address}/v1" if hello is not None and live else "")
        self.tokens.show_live(live=live)
        self.power.show_live(live=live)
        self._show_chat(live=live)
        self._told = -1

    def _show_chat(self, *, live: bool) -> None:
        engine = self.engine
        if not live:
            self.chat.show_model("", why=self.tr("The chat opens when the engine room answers."))
        elif engine is None or engine.state is not EngineState.READY:
            self.chat.show_model("", why=self.tr("Serve the model, then ask it something here."))
        else:
            self.chat.show_model(engine.model_id)

    def _show_power(self) -> None:
        self.power.show_lines(power_lines(self._room.machine))

    def _show_traffic(self) -> None:
        if self._room.traffic is not None:
            self.last.show_traffic(self._room.traffic)

    def _tick(self) -> None:
        telemetry = self._room.telemetry
        if telemetry.version == self._told:
            return
        self._told = telemetry.version
        delivered = telemetry.reported([TOKENS], above=0.0)
        self.tokens.show_emptiness(None if delivered else self._no_tokens())
        machine = self._room.machine
        series = [gpu_power(gpu.uuid) for gpu in machine.gpus] if machine is not None else []
        why, remedy = words.no_power(machine)
        drawn = telemetry.reported([*series, CPU_POWER])
        self.power.show_emptiness(None if drawn else Emptiness(why=why, remedy=remedy))

    def _no_tokens(self) -> Emptiness:
        engine = self.engine
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
