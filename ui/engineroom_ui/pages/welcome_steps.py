"""The three steps of the page Welcome."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engineroom.contract.control import EngineState, ModelView, NvmlState
from engineroom_ui.pages.home_offers import Offers
from engineroom_ui.state.picks import Deed, Pick, starter
from engineroom_ui.state.room import Room
from engineroom_ui.text import models, serve, words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets import pick_words
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.engine_card import EngineCard
from engineroom_ui.widgets.parts import label
from engineroom_ui.widgets.welcome_choice import ChoiceCard
from engineroom_ui.widgets.welcome_found import FoundList
from engineroom_ui.widgets.welcome_try import TryBox


class Step(QWidget):
    """One step: its heading and a sentence about it.

    Signals:
        retitled: they are others now.
    """

    retitled = Signal()

    def __init__(self, title: str, about: str) -> None:
        super().__init__()
        self.title, self.about = title, about
        self.setObjectName("ClearBody")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    @property
    def first(self) -> QAbstractButton | None:
        """The button of this step that leads on, if it has one of its own."""
        return None


def _not_live() -> str:
    return QCoreApplication.translate("welcome", "The engine room does not answer yet; this fills by itself.")


class FoundStep(Step):
    """Cards, processor, memory and driver."""

    def __init__(self, theme: Theme, room: Room) -> None:
        about = self.tr("Engineroom serves language models on this computer, to programs on this computer.")
        super().__init__(self.tr("What this computer has"), about)
        self._room = room
        self.list = FoundList(theme)
        self.column.addWidget(self.list)
        self.column.addStretch(1)
        for signal in (room.machine_changed, room.link_changed):
            signal.connect(self._show)
        self._show()

    def _show(self) -> None:
        machine = self._room.machine
        known = machine is not None and machine.nvml is not NvmlState.STARTING
        looking = self.tr("Looking for NVIDIA cards …") if self._room.live else _not_live()
        self.list.show_machine(machine if known else None, why=looking)


class PickStep(Step):
    """What suits the card, and always the model that comes along.

    Signals:
        taken: the :class:`Pick` to be got, built or served.
        serve_asked: the id of a model on this computer.
        begun: the id of a model whose engine was asked to start.
    """

    taken = Signal(object)
    serve_asked = Signal(str)
    begun = Signal(str)

    def __init__(self, theme: Theme, room: Room, offers: Offers) -> None:
        about = self.tr("Others can be had at any time on the page Models.")
        super().__init__(self.tr("Choose a model to begin with"), about)
        self._room = room
        self._offers = offers
        self._pick: Pick | None = None
        self._starter: ModelView | None = None
        self.recommended = ChoiceCard(theme)
        self.starter = ChoiceCard(theme)
        self._nothing = label(_not_live(), role="Muted")
        self._nothing.setWordWrap(True)
        for part in (self.recommended, self.starter, self._nothing):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.recommended.pressed.connect(self._take)
        self.starter.pressed.connect(self._serve)
        offers.drawn.connect(self.draw)
        self.draw()

    @property
    def first(self) -> QAbstractButton:  # noqa: D102
        return self.starter.button

    def draw(self) -> None:
        """Show what is known."""
        self._pick = self._offers.recommended
        self._starter = starter(self._room.models) if self._room.live else None
        self.recommended.setVisible(self._pick is not None)
        self.starter.setVisible(self._starter is not None)
        self._nothing.setVisible(self._pick is None and self._starter is None)
        if self._pick is not None:
            self._draw_pick(self._pick)
        if self._starter is not None:
            self._draw_starter(self._starter)

    def _draw_pick(self, pick: Pick) -> None:
        row, busy = pick.row, pick.job is not None
        tag = self.tr("Recommended for {card}").format(card=self._offers.card_name)
        why = pick_words.why(pick, self._offers.card_name)
        self.recommended.show_model(tag=tag, ink="accent", name=row.name, facts=serve.short(row), why=why)
        self.recommended.show_progress(models.share(pick.job) if pick.job is not None else None, busy=busy)
        able = not busy and row.id not in self._offers.errands.asking and pick.deed not in {Deed.NONE, Deed.SERVED}
        text = self.tr("Under way") if busy else pick_words.button(pick)
        icons = {Deed.GET: "save", Deed.BUILD: "chip", Deed.INSTALL: "save"}
        self.recommended.show_button(text, icon=icons.get(pick.deed, "play"), enabled=able)

    def _draw_starter(self, model: ModelView) -> None:
        engine = self._room.engine_of(model.id)
        tag = self.tr("Starter model") if model.bundled else self.tr("On this computer")
        why = (
            self.tr(
                "It came with Engineroom, so nothing is fetched: small, quick to start, good to try everything with."
            )
            if model.bundled
            else self.tr("It is on this computer, so nothing is fetched.")
        )
        ink = "ok" if self._pick is not None else "accent"
        self.starter.show_model(tag=tag, ink=ink, name=model.name, facts=words.model_facts(model), why=why)
        up = engine is not None and engine.can_stop
        able = model.problem is None and engine is not None and (up or engine.can_start)
        self.starter.show_button(self.tr("Continue") if up else self.tr("Serve"), icon="play", enabled=able)

    def _take(self) -> None:
        if self._pick is not None:
            self.taken.emit(self._pick)

    def _serve(self) -> None:
        if self._starter is not None:
            self.serve_asked.emit(self._starter.id)
            self.begun.emit(self._starter.id)


class ServedStep(Step):
    """The engine as it starts, its address, one question.

    Signals:
        place_asked: another page: its name, and what is to be shown there.
    """

    place_asked = Signal(str, str)

    def __init__(self, theme: Theme, clock: DrawClock, room: Room) -> None:
        super().__init__("", "")
        self._room = room
        self._model = ""
        self.engine = EngineCard(theme, clock, brief=True)
        self.trial = TryBox(theme, room.client)
        self.chat = self._way(self.tr("Open the chat"), "chat")
        self.connect_app = self._way(self.tr("Connect a program"), "connect")
        ways = QHBoxLayout()
        ways.setSpacing(8)
        ways.addWidget(self.chat)
        ways.addWidget(self.connect_app)
        ways.addStretch(1)
        self.column.addWidget(self.engine)
        self.column.addWidget(self.trial)
        self.column.addLayout(ways)
        self.column.addStretch(1)
        self.engine.start_asked.connect(room.start_engine)
        self.engine.stop_asked.connect(room.stop_engine)
        self.engine.chat_asked.connect(lambda model_id: self.place_asked.emit("chat", model_id))
        self.engine.log_asked.connect(lambda model_id: self.place_asked.emit("logs", model_id))
        for signal in (room.engine_changed, room.link_changed, room.models_changed):
            signal.connect(self._show)
        self._show()

    def show_model(self, model_id: str) -> None:
        """Which model it is about."""
        self._model = model_id
        self.trial.show_model(model_id)
        self._show()

    def _way(self, text: str, place: str) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName("Quiet")
        made.clicked.connect(lambda: self.place_asked.emit(place, self._model if place == "chat" else ""))
        return made

    def _show(self, _engine_id: str = "") -> None:
        room = self._room
        engine = room.engine_of(self._model)
        self.engine.show_model(next((model for model in room.models if model.id == self._model), None))
        self.engine.show_engine(engine, live=room.live, machine=room.machine)
        ready = room.live and engine is not None and engine.state is EngineState.READY
        self.engine.show_address(f"{room.hello.address}/v1" if room.hello is not None and room.live else "")
        self.trial.setEnabled(ready)
        self._say(engine.state if room.live and engine is not None else None)

    def _say(self, state: EngineState | None) -> None:
        """A heading that is true now."""
        told = {
            EngineState.READY: (
                self.tr("Your model is served here"),
                self.tr("Give this address to any program that speaks to OpenAI, or ask the model right here."),
            ),
            EngineState.STARTING: (
                self.tr("Your model is being started"),
                self.tr("It needs a moment; everything else in this window can be used meanwhile."),
            ),
            EngineState.FAILED: (
                self.tr("Your model did not start"),
                self.tr("Below is why. Serve tries once more; Back leads to another model."),
            ),
        }
        nothing = (self.tr("Your model is not served now"), self.tr("Serve starts it; Back leads to another model."))
        said = told.get(state, nothing) if state is not None else nothing
        if said != (self.title, self.about):
            self.title, self.about = said
            self.retitled.emit()
