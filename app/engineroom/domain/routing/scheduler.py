"""The scheduler: hears events, answers with decisions. The same events give the same decisions, always.

Each event is noted, and then everything is looked at again: who has waited too long, who may be loaded or has to leave,
who may be answered, who has been idle for too long.  What it decides is noted at once, so it never decides it twice.
Only where one request cannot matter to any other (:mod:`express`), nothing else is looked at.
"""

from collections.abc import Mapping

from engineroom.domain.routing.desk import Desk
from engineroom.domain.routing.events import Decision, Event, Known
from engineroom.domain.routing.express import admitted, express
from engineroom.domain.routing.noting import note
from engineroom.domain.routing.record import Record
from engineroom.domain.routing.settling import settle
from engineroom.domain.routing.showing import show
from engineroom.domain.routing.values import EngineFacts, Rules
from engineroom.domain.routing.views import PlaceView, RouteView


class Scheduler:
    """One for all engines of a computer.

    Args:
        rules: how to decide.
        began_ms: now; every later moment is on the same clock.
    """

    def __init__(self, rules: Rules, began_ms: int) -> None:
        self._desk = Desk(rules, began_ms)

    @property
    def records(self) -> Mapping[str, Record]:
        """What is known of every engine, by model. To be read only."""
        return self._desk.records

    def handle(self, event: Event, now_ms: int) -> tuple[Decision, ...]:
        """What follows from an event, in the order in which it is to be done."""
        if not express(self._desk, event, now_ms):
            note(self._desk, event, now_ms)
            settle(self._desk, now_ms)
        out, self._desk.out = self._desk.out, []
        return tuple(out)

    def admit(self, number: int, model: str, now_ms: int, *, light: bool) -> bool:
        """Take a request that has come, where it can be answered now and nothing else follows; else it is an event."""
        return admitted(self._desk, number, model, now_ms, light=light)

    def meet(self, facts: EngineFacts) -> bool:
        """Note a model that is new: nothing follows from that, for nobody can have asked for it. False if it is known.

        Thousands of them come at once, where there is a large library.
        """
        if facts.model in self.records:
            return False
        note(self._desk, Known(facts), 0)
        return True

    def next_ms(self, now_ms: int) -> int | None:
        """When something may have to be decided although nothing happens until then; ``None``: never."""
        due_ms = self._desk.due_ms
        return None if due_ms is None else max(now_ms + 1, due_ms)

    def show(self, now_ms: int, now_unix_s: float) -> tuple[tuple[RouteView, ...], tuple[PlaceView, ...]]:
        """What clients are told, with moments as Unix time."""
        return show(self._desk, now_ms, now_unix_s)
