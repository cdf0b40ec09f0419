"""The short way through the scheduler decides what looking at everything would decide."""

import random

import pytest

from domain.routing.desk import Desk, codes
from domain.routing.kit import GIB, SECOND, Model, Request, Simulation
from engineroom.domain.engine import EngineState
from engineroom.domain.routing import events
from engineroom.domain.routing.events import Decision, Event
from engineroom.domain.routing.reasons import Why, because
from engineroom.domain.routing.scheduler import Scheduler
from engineroom.domain.routing.values import HOST, Rules

MODELS = (Model("a", slots=2, ttl_ms=3 * SECOND, load_ms=SECOND), Model("b", slots=3, load_ms=SECOND), Model("c"))


class Thorough(Scheduler):
    """Looks at everything at every event."""

    def handle(self, event: Event, now_ms: int) -> tuple[Decision, ...]:
        """What follows from an event."""
        self._desk.calm = False
        return super().handle(event, now_ms)


class AtOnce(Scheduler):
    """Takes requests without an event where it can, as the router does."""

    taken = 0

    def handle(self, event: Event, now_ms: int) -> tuple[Decision, ...]:
        """What follows from an event."""
        if isinstance(event, events.Arrived):
            number, model = event.ask.number, event.ask.model
            if self.admit(number, model, now_ms, light=event.ask.light):
                AtOnce.taken += 1
                return (events.Admit(number=number, model=model, reason=because(Why.ADMIT)),)
        return super().handle(event, now_ms)


def _requests(seed: int) -> list[Request]:
    dice = random.Random(seed)
    at_ms, trace = 0, []
    for _ in range(300):
        at_ms += dice.choice((0, 1, 40, 400, 1500, 6000))
        asker = dice.choice((None, "one", "two"))
        trace.append(Request(at_ms, dice.choice("aaaabbc"), dice.choice((1, 200, 1000)), asker, dice.randrange(10)))
    return trace


@pytest.mark.parametrize("seed", range(6))
def test_the_short_way_decides_the_same(seed: int) -> None:
    trace = _requests(seed)
    told = [
        Simulation(policy(Rules(), 0), MODELS, memory={HOST: 18 * GIB}).run(trace)
        for policy in (Scheduler, AtOnce, Thorough)
    ]
    assert told[0] == told[1] == told[2]
    assert AtOnce.taken
    assert told[0].evictions
    assert any(told[0].waits.values())


def test_one_that_stays_for_nobody_goes_with_its_last_answer() -> None:
    desk = Desk()
    desk.model("one", ttl_ms=0)
    desk.ask("one")
    desk.state("one", EngineState.STARTING)
    desk.state("one", EngineState.READY)
    assert codes(desk.ask("one")) == [Why.ADMIT]
    assert desk.tell(events.Gone(1)) == []
    assert codes(desk.tell(events.Gone(2))) == [Why.EVICT_TTL]
