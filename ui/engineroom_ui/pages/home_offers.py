"""What the page Serve offers: the recommendation, the next five, and what is on this computer."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox

from engineroom.contract.control import EngineState, JobKind, ModelView
from engineroom_ui.link.http import Failure
from engineroom_ui.state.errands import Errands
from engineroom_ui.state.picks import MOST_ROWS, Deed, Pick, picks
from engineroom_ui.state.plan_cards import best_card
from engineroom_ui.state.room import Room
from engineroom_ui.state.shortlist import PROCESSOR, Shortlist
from engineroom_ui.text import models as model_words
from engineroom_ui.text import numbers, plan, problems, serve, words
from engineroom_ui.theme.apply import Theme
from engineroom_ui.widgets import pick_words
from engineroom_ui.widgets.clock import DrawClock
from engineroom_ui.widgets.confirm import Confirm
from engineroom_ui.widgets.download_list import DownloadList
from engineroom_ui.widgets.pick_card import PickCard
from engineroom_ui.widgets.pick_rows import PickRows, RowText

_MOST_HERE = 6


class Offers(QObject):
    """Parts for the page to place; they follow the room by themselves.

    Signals:
        chosen: the id of a model that was asked to be served.
        plan_asked: a model to plan for.
        drawn: what is offered may be another.
    """

    chosen = Signal(str)
    plan_asked = Signal(str)
    drawn = Signal()

    def __init__(self, theme: Theme, clock: DrawClock, room: Room, parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self._shown: list[str] = []
        self._active = False
        self._picks: list[Pick] = []
        self.list = Shortlist(room.client, self)
        self.errands = Errands(room, self)
        self.question: QMessageBox | None = None
        self.hero = PickCard(theme)
        self._confirm = Confirm(self.hero)
        self.shelf = PickRows(theme, self.tr("On this computer"))
        self.more = PickRows(theme, self.tr("Also suits this card"))
        self.jobs = DownloadList(theme, clock, room.jobs)
        self._connect()

    @property
    def has_hero(self) -> bool:
        """Whether a recommendation stands at the top: there is a card, and nothing is being served."""
        key = self.list.key
        return self._room.live and bool(key) and key != PROCESSOR and not self._active

    @property
    def recommended(self) -> Pick | None:
        """What suits this computer's card best; nothing while that is not known, or where there is no card."""
        on_card = self._room.live and self.list.key not in {"", PROCESSOR}
        return self._picks[0] if on_card and self._picks else None

    @property
    def card_name(self) -> str:
        """The card the recommendations are for."""
        card = best_card(self._room.machine)
        if card is None or not card.owned:
            return self.tr("this computer")
        return words.short_card(card.name, None)

    def ability(self, uuid: str) -> str:
        """What a card can run, in words."""
        return serve.ability(self.list.of_card(uuid))

    def look(self) -> None:
        """Ask for what is not known yet; called while somebody looks."""
        if self._room.live and self.hero.window().isVisible():
            held = frozenset(one.id for one in self._room.engines.values() if one.state is EngineState.READY)
            self.list.look(self._room.machine, held)

    def show_state(self, *, shown: Sequence[str], active: bool) -> None:
        """Which models have a card of their own, and whether one of them does something."""
        self._shown, self._active = list(shown), active
        if not self._room.live:
            self.list.forget()
        self.look()
        self.draw()

    def draw(self) -> None:
        """Show what is known."""
        room = self._room
        small = self.list.key == PROCESSOR
        served = [engine.model_id for engine in room.engines.values() if engine.can_stop]
        self._picks = picks(
            self.list.best,
            room.models,
            jobs=room.jobs.all,
            served=served,
            can_build=self.list.can_build,
            small=small,
        )
        self._draw_hero()
        self._draw_more(small=small)
        self._draw_shelf()
        self.drawn.emit()

    def serve_now(self) -> bool:
        """Press the button of the recommendation if it serves at once; False where it is not there, or does more."""
        pick = self._picks[0] if self.has_hero and self._picks else None
        if pick is None or pick.deed is not Deed.SERVE or not self.hero.button.isEnabled():
            return False
        self.hero.button.click()
        return True

    def take(self, pick: Pick) -> None:
        """Do what the pick's button says."""
        self.errands.do(pick, self.list.key)

    def _connect(self) -> None:
        self.hero.pressed.connect(self.take)
        self.hero.plan_asked.connect(self.plan_asked)
        self.hero.again_asked.connect(lambda: self.list.again(self._room.machine))
        self.more.pressed.connect(self._press_row)
        self.shelf.pressed.connect(self._serve)
        self.errands.begun_serving.connect(self.chosen)
        self.errands.consent_asked.connect(self._ask_consent)
        for signal in (self.list.changed, self.errands.changed):
            signal.connect(self.draw)
        self._room.jobs.changed.connect(lambda _job_id: self.draw())
        self._room.jobs.ended.connect(self._job_ended)
        self._room.machine_changed.connect(self.look)

    def _draw_hero(self) -> None:
        self.hero.setVisible(self.has_hero)
        if not self.has_hero:
            return
        if self._picks:
            pick = self._picks[0]
            self.hero.show_pick(pick, self.card_name, asking=pick.row.id in self.errands.asking)
        elif self.list.failure is not None:
            said = problems.sentence(self.list.failure.problem).whole
            self.hero.show_nothing(self.tr("No recommendation"), said, again=True)
        elif self.list.waiting:
            name = self.card_name
            self.hero.show_nothing(
                self.tr("Looking for what suits {card} …").format(card=name),
                self.tr("Eighty models are planned for this card; nothing is downloaded."),
            )
        else:
            self.hero.show_nothing(
                self.tr("Nothing of the list fits {card}").format(card=self.card_name),
                self.tr("On the page Models there are smaller ones, and on the page Plan what would make one fit."),
            )

    def _draw_more(self, *, small: bool) -> None:
        first = 1 if self.has_hero else 0
        wanted = [pick for pick in self._picks[first:] if not self._has_card(pick)][:MOST_ROWS]
        note = self.tr("Estimates for this card with what it holds now.")
        if small:
            note = self.tr("Small ones: how fast this processor would answer is not known before it was tried.")
        title = self.tr("Also suits {card}") if self.has_hero else self.tr("Suits {card}")
        self.more.show_rows([self._row(pick) for pick in wanted], title=title.format(card=self.card_name), note=note)

    def _has_card(self, pick: Pick) -> bool:
        return pick.model is not None and pick.model.id in self._shown

    def _row(self, pick: Pick) -> RowText:
        busy = pick.job is not None
        return RowText(
            key=pick.row.id,
            name=pick.row.name,
            facts=serve.under_way(pick.job) if pick.job is not None else serve.short(pick.row),
            button=pick_words.button(pick) if pick.deed is not Deed.INSTALL else self.tr("See the plan"),
            badge=plan.verdict(str(pick.row.verdict)),
            enabled=not busy and pick.row.id not in self.errands.asking and pick.deed not in {Deed.NONE, Deed.SERVED},
            busy=busy,
            share=model_words.share(pick.job) if pick.job is not None else None,
        )

    def _draw_shelf(self) -> None:
        here = [model for model in self._room.models if model.id not in self._shown] if self._room.live else []
        self.shelf.show_rows([self._shelf_row(model) for model in here[:_MOST_HERE]], note=self._rest(len(here)))

    def _rest(self, number: int) -> str:
        if number <= _MOST_HERE:
            return ""
        return self.tr("{count} more on the page Models.").format(count=numbers.whole(number - _MOST_HERE))

    def _shelf_row(self, model: ModelView) -> RowText:
        engine = self._room.engine_of(model.id)
        return RowText(
            key=model.id,
            name=model.name,
            facts=problems.sentence(model.problem).whole if model.problem is not None else words.model_facts(model),
            button=self.tr("Serve"),
            enabled=model.problem is None and engine is not None and engine.can_start,
        )

    def _press_row(self, key: str) -> None:
        pick = next((one for one in self._picks if one.row.id == key), None)
        if pick is not None and pick.deed is Deed.INSTALL:
            self.plan_asked.emit(pick.row.id)
        elif pick is not None:
            self.take(pick)

    def _serve(self, model_id: str) -> None:
        engine = self._room.engine_of(model_id)
        if engine is not None and engine.can_start:
            self._room.start_engine(engine.id)
            self.chosen.emit(model_id)

    def _job_ended(self, job: object) -> None:
        if getattr(job, "kind", None) is JobKind.INSTALL and self._room.live:
            self.list.ask_runtimes()
        self.draw()

    def _ask_consent(self, failure: Failure, then: Callable[[], None]) -> None:
        """A build that may not work is begun only when the person says so."""
        more = problems.sentence(failure.problem).whole
        self._confirm.ask(self.tr("This build may not work."), self.tr("Build all the same"), then, more=more)
        self.question = self._confirm.box
