"""Who keeps its place although others wait for it, and for how long; who of several has to go."""

import pytest

from domain.routing.desk import RULES, A, Desk, codes
from domain.routing.kit import GIB, SECOND, need_of
from engineroom.domain.engine import EngineState
from engineroom.domain.routing import events
from engineroom.domain.routing.events import Evict
from engineroom.domain.routing.reasons import Why
from engineroom.domain.routing.values import HOST


def test_a_busy_engine_takes_no_new_requests_once_its_turn_is_over() -> None:
    """Its turn is over once the other has waited for twice what both loads take, which is 16 s.

    Those who came before the other are still answered; those who came later wait for the other.
    """
    desk = Desk()
    desk.model("old", 12 * GIB, slots=1)
    desk.model("new", 12 * GIB)
    desk.up("old", free=8 * GIB)
    desk.ask("old"), desk.ask("old")
    desk.now += 30 * SECOND
    (wait,) = desk.ask("new")
    assert (wait.reason.code, wait.reason.facts) == (Why.WAIT_BUSY, {"other": "old", "active": 1})
    assert desk.scheduler.next_ms(desk.now) == desk.now + 16 * SECOND
    assert desk.later(16 * SECOND - 1) == []
    said = {decision.model: decision.reason.code for decision in desk.later(1)}
    assert said == {"old": Why.WAIT_TURN}
    assert codes(desk.ask("old")) == [Why.WAIT_TURN]
    assert codes(desk.tell(events.Gone(1))) == [Why.ADMIT, Why.WAIT_TURN]
    assert Why.EVICT_FOR in codes(desk.tell(events.Gone(2)))


@pytest.mark.parametrize(("load_ms", "stays_ms"), [(8 * SECOND, 2 * SECOND), (None, 2500), (600 * SECOND, 10 * SECOND)])
def test_an_idle_one_stays_for_a_quarter_of_its_load(load_ms: int | None, stays_ms: int) -> None:
    """Of the longest residency where its load was never seen; never for longer than that."""
    desk = Desk()
    desk.model("old", 12 * GIB, load_ms=load_ms)
    desk.model("new", 12 * GIB)
    desk.up("old", free=8 * GIB)
    (wait,) = desk.ask("new")
    assert (wait.reason.code, wait.reason.facts) == (
        Why.WAIT_RESIDENCY,
        {"other": "old", "left_s": -(-stays_ms // SECOND)},
    )
    assert desk.scheduler.next_ms(desk.now) == stays_ms
    assert desk.later(stays_ms - 1) == []
    assert Why.EVICT_FOR in codes(desk.later(1))


def test_one_in_use_stays_for_its_load_and_goes_in_the_first_gap_after_a_quarter_of_it() -> None:
    """New requests for it are answered meanwhile, though another waits."""
    desk = Desk()
    desk.model("old", 12 * GIB, load_ms=8 * SECOND)
    desk.model("new", 12 * GIB)
    desk.up("old", free=8 * GIB)
    desk.ask("old")
    assert codes(desk.ask("new")) == [Why.WAIT_BUSY]
    desk.now += 3 * SECOND
    assert codes(desk.ask("old")) == [Why.ADMIT]
    assert desk.tell(events.Gone(1)) == []
    assert Why.EVICT_FOR in codes(desk.tell(events.Gone(3)))


def test_the_one_that_is_missed_least_goes() -> None:
    """Equally dear; one is asked for every ten seconds, the other was used since, but is asked for every minute."""
    desk = Desk()
    desk.model("often", 8 * GIB)
    desk.model("seldom", 8 * GIB)
    desk.model("new", 8 * GIB)
    desk.up("often", free=12 * GIB), desk.up("seldom", free=4 * GIB)
    for _ in range(5):
        for _ in range(6):
            desk.now += 10 * SECOND
            desk.ask("often"), desk.tell(events.Gone(desk.number))
        desk.now += SECOND
        desk.ask("seldom"), desk.tell(events.Gone(desk.number))
    desk.now += SECOND
    assert [one.model for one in desk.ask("new") if isinstance(one, Evict)] == ["seldom"]


def test_one_that_came_back_by_itself_stays_for_its_load_too() -> None:
    """Though the other has waited for longer than it need be patient."""
    desk = Desk()
    desk.model("old", 12 * GIB, load_ms=8 * SECOND, slots=1)
    desk.model("new", 12 * GIB)
    desk.up("old", free=8 * GIB)
    desk.ask("old"), desk.ask("new")
    desk.later(30 * SECOND)
    desk.state("old", EngineState.FAILED, will_retry=True), desk.tell(events.Gone(1))
    desk.state("old", EngineState.STARTING), desk.state("old", EngineState.READY), desk.see({HOST: 8 * GIB})
    assert codes(desk.ask("old")) == [Why.ADMIT]
    desk.later(7 * SECOND)
    assert codes(desk.ask("old")) == [Why.WAIT_SLOT]
    assert codes(desk.later(SECOND)) == [Why.WAIT_TURN]


def test_patience_with_one_in_use_is_bounded_however_long_loads_take() -> None:
    desk = Desk()
    desk.model("old", 12 * GIB, load_ms=600 * SECOND)
    desk.model("new", 12 * GIB, load_ms=600 * SECOND)
    desk.up("old", free=8 * GIB)
    desk.ask("old"), desk.ask("new")
    desk.later(2 * RULES.residency_ms - 1)
    assert codes(desk.ask("old")) == [Why.ADMIT]
    desk.later(1)
    assert codes(desk.ask("old")) == [Why.WAIT_TURN]


def test_of_those_nobody_asked_for_twice_the_one_that_is_idle_for_longest_goes() -> None:
    """Though the other was loaded before it."""
    desk = Desk()
    for name in ("late", "early", "new"):
        desk.model(name)
    desk.up("early", free=12 * GIB)
    desk.now += 30 * SECOND
    desk.up("late", free=4 * GIB)
    desk.now += 30 * SECOND
    desk.ask("early"), desk.tell(events.Gone(1))
    desk.now += 30 * SECOND
    assert [one.model for one in desk.ask("new") if isinstance(one, Evict)] == ["late"]


def test_nobody_goes_for_one_who_is_not_the_first_to_wait_for_that_place() -> None:
    """An idle one could make room for a small one; but that room is kept for the first, who needs more."""
    desk = Desk()
    desk.model("old", 10 * GIB)
    desk.model("idle", 6 * GIB)
    desk.model("new", 14 * GIB)
    desk.model("small", 6 * GIB)
    desk.up("old", free=10 * GIB), desk.up("idle", free=4 * GIB)
    desk.now += 30 * SECOND
    desk.ask("old")
    assert codes(desk.ask("new")) == [Why.WAIT_BUSY]
    assert codes(desk.ask("small")) == [Why.WAIT_BEHIND]


def test_the_first_reading_of_a_card_is_waited_for_a_while() -> None:
    desk = Desk()
    desk.model("one", need_of(GIB, A))
    assert codes(desk.ask("one")) == [Why.WAIT_READING]
    assert desk.scheduler.next_ms(desk.now) == RULES.patience_ms
    assert desk.later(RULES.patience_ms - 1) == []
    assert codes(desk.later(1))[0] == Why.LOAD_ASKED


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_of_two_that_have_to_go_the_first_that_may_is_looked_at_first(order: tuple[str, str]) -> None:
    """Much can have changed by then; but they leave together, when the second may too."""
    desk = Desk()
    for name in ("one", "two"):
        desk.model(name, 8 * GIB, load_ms=4 * SECOND)
    desk.model("new", 18 * GIB)
    desk.up(order[0], free=12 * GIB)
    desk.now += SECOND // 2
    desk.up(order[1], free=4 * GIB)
    desk.now += 100
    assert codes(desk.ask("new")) == [Why.WAIT_RESIDENCY]
    assert desk.scheduler.next_ms(desk.now) == SECOND
    desk.later(SECOND - desk.now)
    assert desk.scheduler.next_ms(desk.now) == SECOND + SECOND // 2
    left = desk.later(SECOND // 2)
    assert sorted(one.model for one in left if isinstance(one, Evict)) == ["one", "two"]
    desk.tell(events.Gone(desk.number))
    assert desk.scheduler.next_ms(desk.now) is None, "nobody waits any more: nothing is to be looked at"
