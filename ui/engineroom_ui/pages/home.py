"""Serve: the machine, what runs on it, what suits it best with one button, and what serving delivers and draws."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engineroom.contract.control import EngineState, EngineView, ModelView
from engineroom_ui.pages.home_charts import HomeCharts
from engineroom_ui.pages.home_keeping import HomeKeeping
from engineroom_ui.pages.home_offers import Offers
from engineroom_ui.state.picks import starter
from engineroom_ui.state.room import Room
from engineroom_ui.state.served import Served
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.engine_card import EngineCard
from engineroom_ui.widgets.in_sight import bring
from engineroom_ui.widgets.last_request import LastRequest
from engineroom_ui.widgets.machine_strip import MachineStrip
from engineroom_ui.widgets.parts import scrolling
from engineroom_ui.widgets.three_boxes import ThreeBoxes
from engineroom_ui.widgets.wants_keyboard import WantsKeyboard

_TWO_COLUMNS_PX = 1060
_ACTIVE = frozenset({EngineState.STARTING, EngineState.READY, EngineState.STOPPING, EngineState.FAILED})


class HomePage(QWidget, WantsKeyboard):
    """Reads the room, writes nothing but requests.

    Signals:
        model_chosen: the id of the model the person looks at, to be remembered.
        chat_asked, log_asked: the id of a model whose chat or log is wanted.
        plan_asked: a model to plan for.
    """

    model_chosen = Signal(str)
    chat_asked = Signal(str)
    log_asked = Signal(str)
    plan_asked = Signal(str)

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, *, model_id: str = "") -> None:
        super().__init__()
        self.setObjectName("Page")
        self._theme = theme
        self._clock = clock
        self._room = room
        self._wanted = model_id
        self._served = Served(room, self)
        self._drawn = -1
        self.machine = MachineStrip(theme, clock, room)
        self.cards: dict[str, EngineCard] = {}
        self.offers = Offers(theme, clock, room, self)
        self.charts = HomeCharts(theme, clock, room)
        self.last = LastRequest()
        self.keeping = HomeKeeping(room, self.cards)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show_all)
        self._build()
        self._connect()
        self._show_all()

    @property
    def model(self) -> ModelView | None:
        """The model looked at: the one chosen, else what serves, else the one to begin with."""
        shelf = self._room.shelf
        active = {engine.model_id for engine in self._room.engines.values() if engine.state in _ACTIVE}
        running = next((model for model in shelf.values() if model.id in active), None) if active else None
        return shelf.get(self._wanted) or running or starter(self._room.models)

    @property
    def engine(self) -> EngineView | None:
        """The engine of that model."""
        model = self.model
        return self._room.engine_of(model.id) if model is not None else None

    @property
    def serve(self) -> EngineCard:
        """The card of that engine; it may be hidden behind a recommendation."""
        model = self.model
        return self._card(model.id if model is not None else "")

    @property
    def keyboard_first(self) -> QWidget:
        """On what serves or leads on, never on what stops an engine."""
        return self.offers.hero.first or self.serve.first or self

    def press_serve(self) -> None:
        """The big button, from a shortcut that promises no more than to serve: it fetches and installs nothing."""
        if not self.offers.serve_now():
            self.serve.button.click()

    def open_at(self, what: str) -> None:
        """Another model, from elsewhere in the window, and start it unless it runs."""
        self._choose(what)
        engine = self.engine
        if engine is not None and engine.can_start:
            self._room.start_engine(engine.id)

    def lead_to(self, what: str) -> None:
        """The card of a model's engine; without one, what was turned away."""
        card = self.cards.get(what)
        bring(card if card is not None and not card.isHidden() else self.keeping.decisions)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self.offers.look()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self._boxes = ThreeBoxes(
            (self.offers.hero,),
            (self.offers.shelf, self.offers.more, self.offers.jobs),
            (self.charts, self.last, self.keeping.decisions),
        )
        whole = QWidget()
        whole.setObjectName("ClearBody")
        column = QVBoxLayout(whole)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.machine)
        column.addWidget(self._boxes, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(whole))

    def _arrange(self) -> None:
        """What is offered comes before the charts until something serves."""
        active = any(engine.state in _ACTIVE for engine in self._room.engines.values())
        beside = not all(part.isHidden() for part in (self.offers.shelf, self.offers.more, self.offers.jobs))
        self._boxes.arrange(wide=beside and self.width() >= _TWO_COLUMNS_PX, side_last=active)

    def _connect(self) -> None:
        room = self._room
        for signal in (room.link_changed, room.models_changed):
            signal.connect(self._show_all)
        # A large library tells of a hundred engines in one go.
        room.engine_changed.connect(lambda _engine_id: self._soon.start())
        room.traffic_changed.connect(lambda: self.last.show_traffic(room.traffic))
        room.machine_changed.connect(self._show_abilities)
        self.offers.chosen.connect(self._choose)
        self.offers.plan_asked.connect(self.plan_asked)
        self.offers.list.changed.connect(self._show_all)
        self._clock.tick.connect(self._tick)

    def _choose(self, model_id: str) -> None:
        self._wanted = model_id
        self.model_chosen.emit(model_id)
        self._show_all()

    def _shown(self) -> list[str]:
        """Models whose engines have a card: all that do something, else the one looked at."""
        active = [engine.model_id for engine in self._room.engines.values() if engine.state in _ACTIVE]
        model = self.model
        current = model.id if model is not None else ""
        if not self._room.live:
            return [current]
        by_hand = [current] if current == self._wanted and current not in active else []
        return [*active, *by_hand] or ([] if self.offers.has_hero else [current])

    def _card(self, model_id: str) -> EngineCard:
        if model_id not in self.cards:
            made = EngineCard(self._theme, self._clock)
            made.start_asked.connect(self._room.start_engine)
            made.stop_asked.connect(self._room.stop_engine)
            made.chat_asked.connect(self.chat_asked)
            made.log_asked.connect(self.log_asked)
            self.keeping.add(made)
            made.setParent(self)
            made.hide()
            self.cards[model_id] = made
            self._show_card(model_id)
        return self.cards[model_id]

    def _show_all(self) -> None:
        self._soon.stop()
        shown = self._shown()
        active = any(engine.state in _ACTIVE for engine in self._room.engines.values())
        self.offers.show_state(shown=shown, active=active)
        # In the order shown: one that moves back would else be put behind the end of what is left.
        for at, model_id in enumerate(shown, start=1):
            if self._boxes.top.indexOf(self._card(model_id)) != at:
                self._boxes.top.insertWidget(at, self.cards[model_id])
        for model_id, card in self.cards.items():
            self._show_card(model_id)
            card.setVisible(model_id in shown)
        self._forget(shown)
        self._arrange()
        self.charts.show_state(self.engine)
        self._show_abilities()
        self.keeping.draw()
        self._drawn = -1
        self._tick()

    def _forget(self, shown: list[str]) -> None:
        """Cards of models that are gone."""
        for model_id in [one for one in self.cards if one not in self._room.shelf and one not in shown]:
            card = self.cards.pop(model_id)
            self._boxes.top.removeWidget(card)
            card.deleteLater()

    def _show_card(self, model_id: str) -> None:
        room, card = self._room, self.cards[model_id]
        model = room.shelf.get(model_id)
        alone = not any(engine.state in _ACTIVE for engine in room.engines.values())
        first = model is not None and alone and model is starter(room.models) and not self.offers.has_hero
        tag = self.tr("Recommended for this computer") if first and room.live else ""
        card.show_model(model, tag=tag)
        card.show_engine(room.engine_of(model_id), live=room.live, machine=room.machine)
        hello = room.hello
        card.show_address(f"{hello.address}/v1" if hello is not None and room.live else "")

    def _show_abilities(self) -> None:
        self.machine.show_abilities(self.offers.ability)

    def _tick(self) -> None:
        version = self._room.telemetry.version
        if version == self._drawn:
            return
        self._drawn = version
        for card in self.cards.values():
            if card.engine is not None and card.engine.state is EngineState.READY:
                card.show_figures(self._served.figures(card.engine))
