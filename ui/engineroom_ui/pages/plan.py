"""Plan: what fits a card, how fast it would be, and why; the card as a picture that moves with the question."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engineroom.contract.control import GpuReading, NvmlState
from engineroom_ui.state.plan import AUTO, Question
from engineroom_ui.state.plan_cards import WHAT_IF, enough_here, others, owned
from engineroom_ui.state.plan_wire import WirePlan
from engineroom_ui.state.room import Room
from engineroom_ui.text import plan as plan_words
from engineroom_ui.text import problems, units
from engineroom_ui.text import words as common
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.parts import scrolling
from engineroom_ui.widgets.plan_ask import PlanAsk
from engineroom_ui.widgets.plan_listing import PlanListing
from engineroom_ui.widgets.plan_offers import PlanEmpty
from engineroom_ui.widgets.plan_picture import PlanPicture
from engineroom_ui.widgets.plan_speed import PlanSpeed
from engineroom_ui.widgets.plan_ways import PlanWays
from engineroom_ui.widgets.plan_why import PlanWhy

_WIDEST_PX = 1480
_MOVED_BYTES = 128 * 1024**2


class PlanPage(QWidget):
    """Asks the planner while it is looked at.

    Signals:
        model_chosen: the model that is planned for, to be remembered.
    """

    model_chosen = Signal(str)

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, *, model: str = "") -> None:
        super().__init__()
        self.setObjectName("Page")
        self._room = room
        self._planner = room.planner
        self._planner.question = Question(model=model)
        self._nameless = False
        self._held: dict[str, int] = {}
        self._picked = False
        self.question = PlanAsk(theme)
        self.listing = PlanListing(theme, room.planner)
        self.picture = PlanPicture(theme)
        self.speed = PlanSpeed(theme)
        self.ways = PlanWays(theme)
        self.why = PlanWhy(theme)
        self.empty = PlanEmpty(theme)
        self._build()
        self._connect(clock)
        self._show_cards()
        self._show()

    @property
    def empty_text(self) -> str:
        """What stands where the picture would, when there is none."""
        return "" if self.empty.isHidden() else self.empty.text

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._begin()

    def _build(self) -> None:
        body = QWidget()
        body.setObjectName("ClearBody")
        body.setMaximumWidth(_WIDEST_PX)
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (self.question, self.listing, self.empty, self.picture, self.speed, self.ways, self.why):
            column.addWidget(part, 100 if part is self.empty else 0)
        column.addStretch(1)
        self.area = scrolling(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    def _connect(self, clock: DrawClock) -> None:
        self.question.changed.connect(self._ask)
        self.question.model_picked.connect(self.open_at)
        self.question.card_picked.connect(self._pick_card)
        self.picture.context_chosen.connect(lambda tokens: self._ask({"context_tokens": tokens}))
        self.picture.concurrency_chosen.connect(lambda number: self._ask({"concurrency": number}))
        self.ways.taken.connect(self._ask)
        self.why.taken.connect(self._ask)
        self.empty.offers.pressed.connect(self.open_at)
        self._planner.changed.connect(self._show)
        self._planner.catalogue_changed.connect(self._show_catalogue)
        self._planner.listing_changed.connect(self._show)
        self._room.machine_changed.connect(self._show_cards)
        self._room.link_changed.connect(self._link)
        clock.tick.connect(self._tick)

    def _begin(self) -> None:
        """Ask for what is not known yet."""
        if self._room.live and self.isVisible() and self._planner.question.gpu != AUTO:
            self._planner.list_models(self._planner.question.gpu)
            if self._planner.plan is None:
                self._planner.ask_again()

    def _ask(self, change: dict[str, object]) -> None:
        self._planner.ask(self._planner.question.changed(change))
        if "gpu" in change:
            self._planner.list_models(self._planner.question.gpu)
        self.question.show_question(self._planner.question)

    def open_at(self, what: str) -> None:
        """Plan for another model."""
        self._ask({"model": what})
        self.model_chosen.emit(what)

    def _pick_card(self, key: str) -> None:
        self._picked = True
        self._ask({"gpu": key})

    def _link(self) -> None:
        if not self._room.live:
            self._planner.forget()
        self._begin()
        self._show()

    def _show_cards(self) -> None:
        machine = self._room.machine
        own, rest = owned(machine), others(machine)
        question = self._planner.question
        # The driver is read after the daemon answers, so the first machine may have no cards yet.
        told = machine is not None and machine.nvml is not NvmlState.STARTING
        if told and not (self._picked and question.gpu in {choice.key for choice in (*own, *rest)}):
            question = replace(question, gpu=own[0].key if own else WHAT_IF)
            if question != self._planner.question:
                self._planner.move(question)
        self.question.show_cards(own, rest, question.gpu, known=told)
        self.question.show_question(question)
        self._begin()

    def _show_catalogue(self) -> None:
        rows = self._planner.catalogue
        self.question.model.show_rows(rows)
        if not self._planner.question.model and rows:
            best = next((row for row in rows if row.verdict == "fits"), rows[0])
            self.open_at(best.id)
        self._offer()

    def _show(self) -> None:
        plan = self._planner.plan if self._room.live else None
        self.empty.setVisible(plan is None)
        for part in (self.picture, self.why):
            part.setVisible(plan is not None)
        self.speed.setVisible(plan is not None and plan.speed is not None and plan.verdict != plan_words.NO)
        self._offer()
        if plan is None:
            self.ways.hide()
            self.empty.say(*self._emptiness())
            return
        self._show_plan(plan)

    def _offer(self) -> None:
        planner = self._planner
        idle = planner.plan is None and (planner.failure is not None or not planner.question.model)
        self.empty.show_catalogue(planner.catalogue if self._room.live and idle else ())

    def _show_plan(self, plan: WirePlan) -> None:
        machine, question = self._room.machine, self._planner.question
        whose = self.tr("simulated card") if machine is not None and machine.simulated else ""
        if not enough_here(machine, question.gpu, question.gpus):
            whose = self.tr("what if: not your card")
        holders = _holders(self._room, plan)
        self._nameless = not holders
        self.picture.show_plan(plan, whose=whose, holders=holders)
        if plan.speed is not None:
            self.speed.show_speed(plan.speed, plan.runtime, plan.gpu)
        self.ways.show_plan(plan)
        self.why.show_plan(plan)

    def _emptiness(self) -> tuple[str, str]:
        failure = self._planner.failure
        if not self._room.live:
            return (
                self.tr("No plan without the engine room"),
                self.tr("It reads the model and does the arithmetic. Start it, and the picture appears here."),
            )
        if failure is not None:
            said = problems.sentence(failure.problem)
            return said.what, said.advice
        if not self._planner.question.model:
            return self._which()
        return self.tr("Reading the model's description …"), self.tr("Only its metadata, never its weights.")

    def _which(self) -> tuple[str, str]:
        by_hand = self.tr("Enter a folder, a GGUF file, or owner/name of a hub.")
        if self._planner.unlisted is not None:
            return self.tr("Which model?"), by_hand
        if self._planner.listing:
            return self.tr("Reading the list of models …"), by_hand
        return (
            self.tr("Which model?"),
            self.tr("Choose one of the list, or enter a folder, a GGUF file, or owner/name of a hub."),
        )

    def _tick(self) -> None:
        if not self.isVisible() or not self._room.live:
            return
        for choice in owned(self._room.machine):
            reading = _reading(self._room, choice.key)
            if reading is None or reading.memory_used_bytes is None or reading.memory_total_bytes is None:
                continue
            free = units.memory(reading.memory_total_bytes - reading.memory_used_bytes)
            name = common.short_card(choice.name, choice.number)
            text = self.tr("{card}: {free} of {total} free")
            text = text.format(card=name, free=free, total=units.memory(reading.memory_total_bytes))
            self.question.show_state(choice.key, text)
            self._follow(choice.key, reading.memory_used_bytes)
        plan = self._planner.plan
        if plan is not None and self._nameless and _holders(self._room, plan):
            self._show_plan(plan)  # who holds the card's memory was not read yet when the plan came

    def _follow(self, uuid: str, used_bytes: int) -> None:
        """Another program took or gave back memory of the card that is planned for: ask again."""
        before = self._held.setdefault(uuid, used_bytes)
        if abs(used_bytes - before) >= _MOVED_BYTES:
            self._held[uuid] = used_bytes
            if uuid == self._planner.question.gpu and self._planner.question.gpu != AUTO:
                self._planner.ask_again()


def _reading(room: Room, uuid: str) -> GpuReading | None:
    frame = room.telemetry.last
    return next((gpu for gpu in frame.gpus if gpu.uuid == uuid), None) if frame is not None else None


def _holders(room: Room, plan: WirePlan) -> list[tuple[str, int | None]]:
    """The programs that hold memory of the card that is planned for, as far as they are known now."""
    question = room.planner.question
    named = [one for one in plan.reasons if one.get("code") == "held_by_others" and one.get("program")]
    if named or not enough_here(room.machine, question.gpu, question.gpus):
        return [(str(one["program"]), one.get("memory_bytes")) for one in named]
    reading = _reading(room, question.gpu)
    running = reading.processes if reading is not None else None
    return [(one.program or str(one.pid), one.memory_bytes) for one in running or () if not one.ours]
