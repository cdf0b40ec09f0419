"""Every reason there is comes about, and a person can read it."""

from collections.abc import Callable, Iterable

import pytest

from domain.routing.desk import A, Desk
from domain.routing.kit import GIB, SECOND, need_of
from engineroom.contract.sentences_of_routing import SENTENCES_OF_ROUTING, routing_sentence
from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Code, Problem
from engineroom.domain.routing import events
from engineroom.domain.routing.events import Decision
from engineroom.domain.routing.reasons import WHY_FACTS, Reason, Why
from engineroom.domain.routing.values import HOST, EngineFacts, Need, Reading, Rules, Seen

Scene = Callable[[], Iterable[Decision]]


def alone(**facts: object) -> Desk:
    desk = Desk()
    desk.model("one", **facts)
    return desk


def beside(*, busy: bool = False, wait_s: int = 30, **facts: object) -> Desk:
    """One of 12 GiB stands in 20, and a second of 12 is there."""
    desk = Desk()
    desk.model("old", 12 * GIB, **facts)
    desk.model("new", 12 * GIB)
    desk.up("old", free=8 * GIB)
    desk.now += wait_s * SECOND
    if busy:
        desk.ask("old")
    return desk


def tight() -> list[Decision]:
    desk = alone()
    desk.tell(events.MemorySeen(Seen(readings={HOST: Reading(free_bytes=8 * GIB, margin_bytes=GIB)})))
    return desk.ask("one")


def unplanned() -> list[Decision]:
    desk = Desk()
    desk.tell(events.Known(EngineFacts(model="one", slots=1)))
    return desk.ask("one")


def unread() -> list[Decision]:
    desk = Desk()
    desk.model("one", need_of(GIB, A))
    return desk.ask("one")


def full_slots() -> list[Decision]:
    desk = alone(slots=1)
    desk.up("one")
    desk.ask("one")
    return desk.ask("one")


def after(desk: Desk, ms: int) -> list[Decision]:
    desk.ask("new")
    return desk.later(ms)


def turn() -> list[Decision]:
    desk = beside(busy=True)
    after(desk, 16 * SECOND)
    return desk.ask("old")


def other_load() -> list[Decision]:
    desk = Desk()
    desk.model("one", 12 * GIB), desk.model("two", 12 * GIB)
    desk.ask("one")
    return desk.ask("two")


def coming_back() -> list[Decision]:
    desk = beside()
    desk.ask("new")
    return desk.state("old", EngineState.STOPPED)


def behind() -> list[Decision]:
    desk = beside(busy=True)
    desk.model("newer", 12 * GIB)
    desk.ask("new")
    return desk.ask("newer")


def stopped() -> list[Decision]:
    desk = alone()
    desk.ask("one")
    return desk.tell(events.UserStops("one"))


def idle() -> list[Decision]:
    desk = alone(ttl_ms=SECOND)
    desk.up("one")
    return desk.later(SECOND)


def crowded() -> list[Decision]:
    desk = alone()
    return [decision for _ in range(5) for decision in desk.ask("one")]


def late() -> list[Decision]:
    desk = alone()
    desk.ask("one")
    return desk.later(60 * SECOND)


def not_on_demand() -> list[Decision]:
    desk = Desk(Rules(on_demand=False))
    desk.model("one")
    return desk.ask("one")


def failed() -> list[Decision]:
    desk = alone()
    desk.ask("one")
    return desk.tell(events.LoadRefused("one", Problem(code=Code.RUNTIME_MISSING, facts={})))


def gone() -> list[Decision]:
    desk = alone()
    desk.ask("one")
    return desk.tell(events.Forgotten("one"))


def admitted() -> list[Decision]:
    desk = alone()
    desk.up("one")
    return desk.ask("one")


def of_size(size: int | Need) -> Desk:
    desk = Desk()
    desk.model("one", size)
    return desk


SCENES: dict[Why, Scene] = {
    Why.LOAD_ASKED: lambda: alone().ask("one"),
    Why.LOAD_BY_USER: lambda: alone().tell(events.UserStarts("one")),
    Why.LOAD_TIGHT: tight,
    Why.LOAD_SIZE_UNKNOWN: lambda: of_size(Need()).ask("one"),
    Why.ADMIT: admitted,
    Why.WAIT_PLAN: unplanned,
    Why.WAIT_READING: unread,
    Why.WAIT_LOAD: lambda: alone().ask("one"),
    Why.WAIT_SLOT: full_slots,
    Why.WAIT_TURN: turn,
    Why.WAIT_BUSY: lambda: beside(busy=True).ask("new"),
    Why.WAIT_RESIDENCY: lambda: beside(wait_s=0).ask("new"),
    Why.WAIT_OTHER_LOAD: other_load,
    Why.WAIT_STOPPING: lambda: beside().ask("new"),
    Why.WAIT_MEMORY_BACK: coming_back,
    Why.WAIT_BEHIND: behind,
    Why.EVICT_FOR: lambda: beside().ask("new"),
    Why.EVICT_TTL: idle,
    Why.STOP_BY_USER: stopped,
    Why.QUEUE_FULL: crowded,
    Why.WAIT_TOO_LONG: late,
    Why.MEMORY_SHORT: lambda: of_size(30 * GIB).ask("one"),
    Why.MEMORY_PINNED: lambda: beside(pinned=True).ask("new"),
    Why.NOT_ON_DEMAND: not_on_demand,
    Why.ENGINE_FAILED: failed,
    Why.MODEL_GONE: gone,
}


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_comes_about_and_has_a_sentence_for_the_terminal(why: Why) -> None:
    """The window's own sentences are held against the same list by its tests."""
    (said, *_) = (decision.reason for decision in SCENES[why]() if decision.reason.code == why)
    assert set(said.facts) == set(WHY_FACTS[why])
    for reason in (said, Reason(code=why, facts=dict.fromkeys(WHY_FACTS[why]))):
        sentence = routing_sentence(reason)
        assert sentence
        assert not {"{", "}", str(why)} & {*sentence, *sentence.split()}
        assert "None" not in sentence
    assert set(SENTENCES_OF_ROUTING) == set(Why)
