"""The one writer of the scheduler: what it is told, what it has done, and who hears of it."""

import asyncio
import itertools
import math
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Broken, Code, EngineroomError, Problem, Rejected
from engineroom.domain.routing import events
from engineroom.domain.routing.values import HOST, EngineFacts, NeedOrigin, Rules
from engineroom.domain.routing.views import Decided
from engineroom.services.routing.router import KEPT, Asker, Visit
from services.router_stage import GIB, Stage

PATIENCE_S = 60.0


@pytest.fixture
async def make() -> AsyncIterator[Callable[..., Stage]]:
    stages: list[Stage] = []

    def made(**world: Any) -> Stage:
        stages.append(Stage(**world))
        return stages[-1]

    yield made
    for stage in stages:
        stage.close()


Maker = Callable[..., Stage]


async def order_of(stage: Stage, *visits: Visit) -> list[int]:
    """In which order those who wait are let in, each when the one before it has gone."""
    found = []
    while len(found) < len(visits):
        (now,) = [at for at, visit in enumerate(visits) if visit.decided and at not in found]
        found.append(now)
        visits[now].end()
    return found


async def test_a_request_loads_its_engine_and_is_let_in_when_that_is_ready(make: Maker) -> None:
    stage = make()
    visit = stage.visit()
    assert (stage.done, stage.seen) == ([("plan", "one")], 1), "nothing is loaded before it is known what it needs"
    stage.planned(one=8)
    assert stage.done[1:] == [("load", "one", (HOST,), False)]
    waiting = asyncio.ensure_future(visit.upstream())
    stage.state("one", EngineState.STARTING)
    await asyncio.sleep(0)
    assert not visit.decided
    stage.state("one", EngineState.READY)
    assert visit.decided
    assert await asyncio.wait_for(waiting, PATIENCE_S) == "to one"
    assert stage.route().active == 1
    visit.end()
    visit.end()
    assert stage.route().active == 0
    assert stage.lines == ["one load: load_asked needs_bytes=8589934592 room_bytes=21474836480"]


async def test_what_an_engine_needs_is_asked_once_and_memory_read_only_while_it_holds_none(make: Maker) -> None:
    stage = make()
    stage.planned(one=8)
    stage.up("one")
    before = (list(stage.done), stage.seen)
    stage.visit()
    assert (stage.done, stage.seen) == before


async def test_who_stops_waiting_can_come_again_and_others_wait_on(make: Maker) -> None:
    """One task's cancelling is its own affair: the visit is still there for another."""
    stage = make()
    visit = stage.visit()
    waiting = asyncio.ensure_future(visit.upstream())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait({waiting})
    stage.planned(one=8)
    stage.state("one", EngineState.STARTING)
    stage.state("one", EngineState.READY)
    assert await asyncio.wait_for(visit.upstream(), PATIENCE_S) == "to one"


async def test_who_left_while_it_waited_is_forgotten(make: Maker) -> None:
    stage = make()
    visit = stage.visit()
    assert stage.route().waiting == 1
    visit.end()
    assert stage.route().waiting == 0
    stage.planned(one=8)
    assert ("load", "one", (HOST,), False) not in stage.done, "nobody wants it any more"


@pytest.mark.parametrize(
    ("given", "priorities", "first"),
    [
        ((Asker("a", "a"), Asker("b", "b")), {}, [0, 1]),
        ((Asker("a", "a"), Asker("b", "b", 9)), {}, [1, 0]),
        ((Asker("a", "a", 0), Asker("b", "b")), {}, [1, 0]),
        ((Asker("a", "a"), Asker("b", "b")), {"b": 9}, [1, 0]),
        ((Asker("a", "a", 9), Asker("b", "b", 0)), {"a": 1, "b": 2}, [1, 0]),
        ((Asker(), Asker("b", "b")), {"": 0}, [1, 0]),
        ((Asker("a", "a"), Asker("b", "b", 9)), {"": 9}, [1, 0]),
    ],
)
async def test_who_is_let_in_first(
    make: Maker, given: tuple[Asker, Asker], priorities: dict[str, int], first: list[int]
) -> None:
    """By the priority that the settings give to a name, or the key's own."""
    stage = make(priorities=priorities)
    stage.planned(one=8)
    stage.up("one")
    busy = stage.visit()
    waiting = [stage.visit(asker=asker) for asker in given]
    busy.end()
    assert await order_of(stage, *waiting) == first


async def test_turns_go_by_keys(make: Maker) -> None:
    stage = make()
    stage.planned(one=8)
    stage.up("one")
    busy = stage.visit(asker=Asker("c"))
    waiting = [stage.visit(asker=Asker(key)) for key in ("a", "a", "b")]
    busy.end()
    assert await order_of(stage, *waiting) == [0, 2, 1]


async def test_a_light_one_takes_no_slot(make: Maker) -> None:
    stage = make()
    stage.planned(one=8)
    stage.up("one")
    stage.visit()
    assert not stage.visit().decided
    assert stage.visit(light=True).decided


async def test_a_silent_one_does_not_wait_behind_an_engine_that_fails_again_and_again(make: Maker) -> None:
    stage = make(rules=Rules(silent_most_ms=1000))
    stage.planned(one=8)
    silent, heard = stage.visit(silent=True), stage.visit()
    stage.state("one", EngineState.STARTING)
    stage.state("one", EngineState.FAILED, can_stop=True)
    assert not silent.decided, "it is started again by itself"
    stage.clock.advance(2)
    stage.router.tell(events.Tick())
    assert (silent.decided, heard.decided) == (True, False)
    with pytest.raises(Broken):
        await silent.upstream()


async def test_who_is_turned_away_hears_why_and_whether_it_was_the_engine(make: Maker) -> None:
    stage = make(rules=Rules(queue_most=1))
    stage.planned(one=8, two=100)
    visit = stage.visit()
    full = stage.visit()
    with pytest.raises(Rejected) as refused:
        await full.upstream()
    assert refused.value.code == Code.QUEUE_FULL
    assert set(refused.value.problem.facts) >= {"model", "waiting", "retry_after_s"}
    with pytest.raises(Broken) as short:
        await stage.visit("two").upstream()
    assert (short.value.code, short.value.problem.facts["needs_bytes"]) == (Code.MEMORY_SHORT, 100 * GIB)
    crashed = Problem(code=Code.ENGINE_CRASHED, facts={"ended_with": "SIGSEGV", "line": None})
    stage.state("one", EngineState.STARTING)
    stage.state("one", EngineState.FAILED, problem=crashed)
    with pytest.raises(Broken) as failed:
        await visit.upstream()
    assert failed.value.problem == crashed


async def test_a_wish_that_cannot_be_fulfilled_is_refused_at_once_and_the_next_one_is_not(make: Maker) -> None:
    stage = make()
    stage.planned(one=8, two=100)
    with pytest.raises(EngineroomError) as refused:
        stage.router.start("two")
    assert refused.value.code == Code.MEMORY_SHORT
    stage.router.start("one")
    assert stage.done[-1] == ("load", "one", (HOST,), True)


async def test_memory_and_needs_are_looked_at_again_when_an_engine_has_ended(make: Maker) -> None:
    stage = make()
    stage.planned(one=8)
    stage.up("one")
    stage.done.clear()
    before = stage.seen
    stage.state("one", EngineState.STOPPING)
    assert (stage.seen, stage.done) == (before, [])
    stage.state("one", EngineState.STOPPED)
    assert (stage.seen, stage.done) == (before + 1, [("plan", "one")])
    stage.state("one", EngineState.STOPPED)
    assert (stage.seen, stage.done) == (before + 1, [("plan", "one")]), "only when it ends"


async def test_what_an_engine_tells_of_itself_is_reckoned_with(make: Maker) -> None:
    stage = make()
    stage.planned(one=8)
    stage.up("one")
    stage.state("one", EngineState.READY, memory_bytes=9 * GIB, expected_load_s=4.0)
    assert stage.route().expected_load_s == 4.0
    assert stage.route().need_from is NeedOrigin.MEASURED
    (place,) = stage.router.view().places
    assert place.promised_bytes == 9 * GIB


@pytest.mark.parametrize(
    ("ttl_ms", "wanted_s", "granted_s"),
    [(60_000, 90, 90), (60_000, 60, None), (60_000, 30, None), (60_000, math.inf, 120), (60_000, 0, None),
     (120_000, math.inf, None), (None, math.inf, None)],
)  # fmt: skip
async def test_a_key_makes_a_stay_longer_and_no_longer_than_is_allowed(
    make: Maker, ttl_ms: int | None, wanted_s: float, granted_s: float | None
) -> None:
    stage = make(keys_keep_s=120.0)
    stage.router.know(EngineFacts(model="one", slots=1, ttl_ms=ttl_ms))
    stage.planned(one=8)
    stage.up("one")
    assert stage.visit().longer_s(wanted_s) == granted_s


async def test_a_stay_without_end_has_none(make: Maker) -> None:
    stage = make()
    stage.planned(one=8)
    stage.up("one")
    visit = stage.visit()
    visit.keep(90.5)
    assert stage.route().ttl_s == 90.5
    visit.keep(math.inf)
    assert stage.route().ttl_s is None


async def test_an_idle_engine_goes_when_its_time_is_over_although_nothing_happens(make: Maker) -> None:
    """The alarm is the loop's, and what it finds then is by the clock: here it is two hours later at once."""
    stage = make()
    stage.router.know(EngineFacts(model="one", slots=1, ttl_ms=50))
    stage.planned(one=8)
    stage.up("one")
    assert stage.router._alarm is not None
    due_s = stage.router._alarm.when() - asyncio.get_running_loop().time()
    assert due_s <= 0.05, "no later than that"
    stage.clock.advance(7200)
    async with asyncio.timeout(PATIENCE_S):
        while ("evict", "one") not in stage.done:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_there_is_one_alarm_and_it_is_moved(make: Maker) -> None:
    stage = make()
    stage.planned(one=8)
    stage.up("one")
    first = stage.router._alarm
    assert first is not None
    stage.router.tell(events.Pinned("one", pinned=True))
    assert first.cancelled(), "it stays: nothing is due any more"
    assert stage.router._alarm is None


async def test_an_alarm_that_came_too_early_is_set_again(make: Maker) -> None:
    """By a hair: what was to be done then is still to be done."""
    stage = make()
    stage.planned(one=8)
    stage.up("one")
    due_ms = stage.router._alarm_ms
    stage.router._tick()
    assert stage.router._alarm_ms == due_ms
    assert stage.router._alarm is not None


async def test_what_is_decided_is_shown_the_newest_first_and_not_for_ever(make: Maker) -> None:
    stage = make()
    stage.planned(one=8, two=100)
    turns = stage.router.turns
    stage.up("one")
    with pytest.raises(EngineroomError):
        stage.router.start("two")
    assert stage.router.turns > turns
    assert [(one.what, one.model) for one in stage.router.view().decisions] == [
        (Decided.REFUSE, "two"), (Decided.LOAD, "one")
    ]  # fmt: skip
    before = stage.router.turns
    for _ in range(KEPT):
        with pytest.raises(EngineroomError):
            stage.router.start("two")
    assert len(stage.router.view().decisions) == KEPT
    assert stage.router.turns == before + KEPT, "each is news"


async def test_it_is_shown_once_for_many_changes_and_only_to_somebody(make: Maker) -> None:
    stage = make()
    stage.planned(one=8)
    assert stage.router._showing is None
    stage.is_watched = True
    handles = []
    for _ in range(3):
        stage.router.see_memory()
        handles.append(stage.router._showing)
    assert handles[0] is not None
    assert handles == [handles[0]] * 3
    for times in (1, 2):
        async with asyncio.timeout(PATIENCE_S):
            while len(stage.shown) < times:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        stage.router.see_memory()
    assert {route.id for route in stage.shown[0].routes} == {"one", "two"}


async def test_closing_turns_away_who_waits_and_decides_nothing_more(make: Maker) -> None:
    stage = make()
    stage.is_watched = True
    stage.planned(one=8, two=8)
    stage.up("one")
    let_in, waits = stage.visit(), stage.visit()
    alarms = [stage.router._showing]
    stage.router.close()
    assert all(alarm is None or alarm.cancelled() for alarm in alarms)
    assert await let_in.upstream() == "to one"
    with pytest.raises(Broken) as refused:
        await waits.upstream()
    assert refused.value.code == Code.SHUTTING_DOWN
    stage.done.clear()
    waits.end()
    let_in.end()
    stage.router.start("two")
    stage.state("one", EngineState.STOPPED)
    assert [one for one in stage.done if one[0] != "plan"] == []


async def test_numbers_are_never_used_twice(make: Maker) -> None:
    """One that is over is not mistaken for another, in whatever order they end."""
    stage = make()
    stage.planned(one=8)
    stage.up("one")
    visits = [stage.visit(light=True) for _ in range(3)]
    for visit, left in zip((visits[1], visits[1], visits[0], visits[2]), (2, 2, 1, 0), strict=True):
        visit.end()
        assert stage.route().active == left
    assert len({visit._number for visit in itertools.chain(visits, [stage.visit()])}) == 4
