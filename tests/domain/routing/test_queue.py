"""Requests in line: in which order, how many, for how long."""

import pytest

from domain.routing.desk import Desk, codes
from domain.routing.kit import GIB, SECOND
from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Code, Problem
from engineroom.domain.routing import events
from engineroom.domain.routing.events import Admit, Refuse
from engineroom.domain.routing.reasons import Why
from engineroom.domain.routing.values import Rules


def test_slots_are_waited_for_and_light_requests_need_none() -> None:
    desk = Desk()
    desk.model("one")
    desk.up("one")
    desk.ask("one"), desk.ask("one")
    assert codes(desk.ask("one")) == [Why.WAIT_SLOT]
    assert codes(desk.ask("one", light=True)) == [Why.ADMIT]
    assert codes(desk.tell(events.Gone(1))) == [Why.ADMIT]


def test_who_leaves_while_waiting_is_not_answered() -> None:
    desk = Desk()
    desk.model("one")
    desk.ask("one")
    desk.tell(events.Gone(1))
    desk.state("one", EngineState.STARTING)
    assert desk.state("one", EngineState.READY) == []


def test_a_full_queue_is_refused_with_the_time_it_will_take() -> None:
    """Two slots, answers of 3 s, four who wait: the next would begin in 9 s."""
    desk = Desk()
    desk.model("one")
    desk.up("one")
    desk.ask("one"), desk.ask("one")
    desk.now += 3 * SECOND
    desk.tell(events.Gone(1))
    for _ in range(5):
        desk.ask("one")
    (refused,) = desk.ask("one")
    assert isinstance(refused, Refuse)
    assert refused.reason.code == Why.QUEUE_FULL
    assert refused.reason.facts == {"waiting": 4, "retry_after_s": 9}


def test_a_key_cannot_have_the_whole_queue() -> None:
    desk = Desk()
    desk.model("one")
    for _ in range(3):
        desk.ask("one", asker="greedy")
    assert codes(desk.ask("one", asker="greedy")) == [Why.QUEUE_FULL]
    assert codes(desk.ask("one", asker="other")) == [Why.WAIT_LOAD]


def test_what_needs_no_slot_is_answered_though_the_queue_is_full() -> None:
    desk = Desk()
    desk.model("one", slots=1)
    desk.up("one")
    for _ in range(5):
        desk.ask("one")
    assert codes(desk.ask("one")) == [Why.QUEUE_FULL]
    assert codes(desk.ask("one", light=True)) == [Why.ADMIT]


def test_a_full_queue_is_full_although_a_slot_is_free_where_others_come_first() -> None:
    """The old one has two slots, one of them free, and is to make room: who comes now would wait."""
    desk = Desk()
    desk.model("old", 12 * GIB)
    desk.model("new", 12 * GIB)
    desk.up("old", free=8 * GIB)
    desk.ask("old"), desk.ask("new")
    desk.later(20 * SECOND)
    assert [codes(desk.ask("old")) for _ in range(5)] == [*[[Why.WAIT_TURN]] * 4, [Why.QUEUE_FULL]]


def test_who_leaves_gives_its_turn_back() -> None:
    """One who asked and left three times comes before another who asked later, as if it had asked once."""
    desk = Desk()
    desk.model("one", slots=1)
    for _ in range(3):
        desk.ask("one", asker="restless")
        desk.tell(events.Gone(desk.number))
    desk.ask("one", asker="restless"), desk.ask("one", asker="other"), desk.ask("one", asker="restless")
    desk.state("one", EngineState.STARTING)
    order = [*desk.state("one", EngineState.READY), *desk.tell(events.Gone(4)), *desk.tell(events.Gone(5))]
    assert [one.number for one in order if isinstance(one, Admit)] == [4, 5, 6]


def test_priority_goes_first_and_waiting_makes_up_for_it() -> None:
    desk = Desk(Rules(age_ms=10 * SECOND))
    desk.model("one", slots=1)
    desk.up("one")
    desk.ask("one")
    desk.ask("one", priority=4)
    desk.now += 15 * SECOND
    desk.ask("one", priority=5)
    desk.ask("one", priority=7)
    order = []
    for number in (1, 4, 2):
        (admit,) = desk.tell(events.Gone(number))
        assert isinstance(admit, Admit)
        order.append(admit.number)
    assert order == [4, 2, 3]


@pytest.mark.parametrize("silent", [True, False])
def test_who_hears_nothing_is_turned_away_where_a_restart_takes_long(silent: bool) -> None:
    """Eight seconds after the failure, or after it came if that was later; not while it just loads."""
    desk = Desk(Rules(wait_most_ms=60 * SECOND, silent_most_ms=8 * SECOND))
    desk.model("one", load_ms=20 * SECOND)
    desk.ask("one", silent=silent)
    desk.state("one", EngineState.STARTING)
    assert desk.later(15 * SECOND) == []
    desk.state("one", EngineState.FAILED, will_retry=True)
    desk.now += 2 * SECOND
    desk.state("one", EngineState.STARTING)
    desk.state("one", EngineState.FAILED, will_retry=True)
    desk.state("one", EngineState.STARTING)
    assert codes(desk.ask("one", silent=silent)) == [Why.WAIT_LOAD]
    assert desk.later(6 * SECOND - 1) == []
    found = desk.later(1)
    if not silent:
        assert desk.later(30 * SECOND) == found == []
        return
    assert [(one.number, one.reason.code, one.reason.facts) for one in found if isinstance(one, Refuse)] == [
        (1, Why.WAIT_TOO_LONG, {"waited_s": 23, "retry_after_s": 14})
    ]
    assert desk.scheduler.next_ms(desk.now) == desk.now + 2 * SECOND
    desk.state("one", EngineState.READY)
    desk.tell(events.Gone(2))
    desk.state("one", EngineState.FAILED, problem=Problem(code=Code.ENGINE_CRASHED, facts={}))
    desk.ask("one", silent=silent)
    desk.state("one", EngineState.STARTING)
    assert desk.later(19 * SECOND) == []


def test_who_hears_nothing_waits_for_a_slot_of_one_that_has_come_back() -> None:
    desk = Desk(Rules(silent_most_ms=8 * SECOND))
    desk.model("one", slots=1)
    desk.up("one")
    desk.state("one", EngineState.FAILED, will_retry=True)
    desk.state("one", EngineState.STARTING)
    desk.ask("one"), desk.ask("one", silent=True)
    desk.state("one", EngineState.READY)
    assert desk.later(20 * SECOND) == []


def test_turns_begin_anew_when_nobody_waits() -> None:
    """Who had many is not behind one that comes later."""
    desk = Desk()
    desk.model("one", slots=1)
    desk.ask("one", asker="before"), desk.ask("one", asker="before"), desk.ask("one", asker="before")
    desk.state("one", EngineState.STARTING), desk.state("one", EngineState.READY)
    desk.tell(events.Gone(1)), desk.tell(events.Gone(2))
    desk.ask("one", asker="before"), desk.ask("one", asker="new")
    assert [one.number for one in desk.tell(events.Gone(3)) if isinstance(one, Admit)] == [4]
