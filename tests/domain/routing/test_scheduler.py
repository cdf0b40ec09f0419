"""The scheduler, one decision at a time."""

from dataclasses import replace

import pytest

from domain.routing.desk import RULES, A, B, Desk, codes
from domain.routing.kit import GIB, SECOND, need_of
from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Code, Problem
from engineroom.domain.routing import events
from engineroom.domain.routing.events import Evict, Load, Refuse, Wait
from engineroom.domain.routing.reasons import Why
from engineroom.domain.routing.scheduler import Scheduler
from engineroom.domain.routing.values import HOST, Claim, EngineFacts, Need, Placement, Rules


def test_a_request_loads_its_engine_and_is_answered() -> None:
    desk = Desk()
    desk.model("one")
    load, wait = desk.ask("one")
    assert isinstance(load, Load)
    assert (load.places, load.by_user) == ((HOST,), False)
    assert load.reason.facts == {"needs_bytes": 8 * GIB, "room_bytes": 20 * GIB}
    assert isinstance(wait, Wait)
    assert desk.state("one", EngineState.STARTING) == []
    assert codes(desk.state("one", EngineState.READY)) == [Why.ADMIT]


def test_nothing_is_reloaded_for_what_is_loaded() -> None:
    """Whoever asks, whatever the model is called, whether its plan is looked up again."""
    desk = Desk()
    desk.model("one")
    desk.up("one")
    desk.tell(events.Planned("one", need_of(9 * GIB)))
    assert codes(desk.ask("one", asker="k1")) == codes(desk.ask("one", asker="k2")) == [Why.ADMIT]
    assert codes(desk.tell(events.UserStarts("one"))) == []


def test_an_idle_engine_makes_room_and_the_reason_says_for_whom() -> None:
    desk = Desk()
    desk.model("old", 12 * GIB)
    desk.model("new", 12 * GIB)
    desk.up("old", free=8 * GIB)
    desk.now += 30 * SECOND
    evict, wait = desk.ask("new")
    assert isinstance(evict, Evict)
    assert evict.reason.facts == {
        "other": "new", "needs_bytes": 12 * GIB, "frees_bytes": 12 * GIB, "idle_s": 30, "load_s": 4,
    }  # fmt: skip
    assert wait.reason.code == Why.WAIT_STOPPING
    desk.state("old", EngineState.STOPPING)
    assert codes(desk.state("old", EngineState.STOPPED)) == [Why.WAIT_MEMORY_BACK]
    assert codes(desk.see({HOST: 20 * GIB})) == [Why.LOAD_ASKED, Why.WAIT_LOAD]


def test_what_is_to_come_back_is_promised_once() -> None:
    """Sixteen are on their way: eight for the first, eight for the second; the third is behind the first."""
    desk = Desk()
    desk.model("old", 16 * GIB)
    for name in ("first", "second", "third"):
        desk.model(name)
    desk.up("old", free=0)
    desk.now += 30 * SECOND
    evict, _ = desk.ask("first")
    assert isinstance(evict, Evict)
    (second,), (third,) = desk.ask("second"), desk.ask("third")
    assert (second.reason.code, second.reason.facts["other"]) == (Why.WAIT_STOPPING, "old")
    assert (third.reason.code, third.reason.facts["other"]) == (Why.WAIT_BEHIND, "first")


def test_who_starts_one_by_hand_waits_for_nobody_s_stay() -> None:
    """A request would: the old one has only just been loaded."""
    desk = Desk()
    for name in ("old", "new"):
        desk.model(name, 12 * GIB)
    desk.up("old", free=8 * GIB)
    assert codes(desk.ask("new")) == [Why.WAIT_RESIDENCY]
    assert codes(desk.tell(events.UserStarts("new")))[:1] == [Why.EVICT_FOR]


def test_the_end_of_an_earlier_life_is_not_that_of_the_next() -> None:
    desk = Desk()
    desk.model("one")
    desk.ask("one")
    desk.state("one", EngineState.STARTING)
    desk.state("one", EngineState.FAILED)
    assert isinstance(desk.ask("one")[0], Load)
    assert desk.state("one", EngineState.STOPPED) == []
    assert codes(desk.ask("one")) == [Why.WAIT_LOAD]


def test_memory_that_does_not_come_back_is_not_counted_on() -> None:
    """Another program has taken it meanwhile."""
    desk = Desk()
    desk.model("old", 12 * GIB)
    desk.model("new", 12 * GIB)
    desk.up("old", free=8 * GIB)
    desk.now += 30 * SECOND
    desk.ask("new")
    desk.state("old", EngineState.STOPPED)
    desk.see({HOST: 8 * GIB})
    assert codes(desk.later(RULES.settle_ms)) == [Why.MEMORY_SHORT]


@pytest.mark.parametrize("state", ["loading", "busy", "pinned"])
def test_what_may_not_be_evicted_is_not(state: str) -> None:
    desk = Desk()
    desk.model("old", 12 * GIB, pinned=state == "pinned")
    desk.model("new", 12 * GIB)
    if state == "loading":
        desk.tell(events.UserStarts("old"))
        desk.state("old", EngineState.STARTING)
    else:
        desk.up("old", free=8 * GIB)
    if state == "busy":
        desk.ask("old")
    desk.now += 30 * SECOND
    found = desk.ask("new")
    assert not [one for one in found if isinstance(one, Evict)]
    waited = {"loading": Why.WAIT_OTHER_LOAD, "busy": Why.WAIT_BUSY, "pinned": Why.MEMORY_PINNED}
    assert codes(found) == [waited[state]]


def test_the_cheapest_go_and_no_more_than_need_be() -> None:
    """Idle for equally long: the one that loads fastest goes. One that frees enough alone spares the others."""
    desk = Desk(host=24 * GIB)
    desk.model("slow", 8 * GIB, load_ms=60 * SECOND)
    desk.model("small", 2 * GIB, load_ms=SECOND)
    desk.model("quick", 8 * GIB, load_ms=2 * SECOND)
    desk.model("new", 12 * GIB)
    for name, free in (("slow", 16), ("small", 14), ("quick", 6)):
        desk.up(name, free=free * GIB)
    desk.now += 600 * SECOND
    assert [one.model for one in desk.ask("new") if isinstance(one, Evict)] == ["quick"]


def test_idle_engines_are_unloaded_pinned_ones_are_not() -> None:
    desk = Desk()
    desk.model("short", GIB, ttl_ms=60 * SECOND)
    desk.model("kept", GIB, ttl_ms=60 * SECOND, pinned=True)
    desk.model("endless", GIB)
    for name in ("short", "kept", "endless"):
        desk.up(name)
    desk.ask("short")
    assert desk.later(3600 * SECOND) == []
    desk.tell(events.Gone(1))
    assert desk.scheduler.next_ms(desk.now) == desk.now + 60 * SECOND
    assert desk.later(59 * SECOND) == []
    (evict,) = desk.later(SECOND)
    assert (evict.model, evict.reason.facts) == ("short", {"idle_s": 60, "ttl_s": 60})
    assert codes(desk.tell(events.Pinned("kept", pinned=False))) == [Why.EVICT_TTL]


@pytest.mark.parametrize("ttl_s", [0, 5, None])
def test_a_wish_about_its_stay_is_for_this_time(ttl_s: int | None) -> None:
    desk = Desk()
    desk.model("one", GIB, ttl_ms=60 * SECOND)
    desk.tell(events.Kept("one", 1))
    desk.up("one")
    desk.ask("one")
    assert desk.tell(events.Kept("one", None if ttl_s is None else ttl_s * SECOND)) == []
    left = desk.tell(events.Gone(1))
    if ttl_s is None:
        assert desk.later(3600 * SECOND) == []
        return
    (evict,) = left or desk.later(ttl_s * SECOND)
    assert (evict.reason.code, evict.reason.facts) == (Why.EVICT_TTL, {"idle_s": ttl_s, "ttl_s": ttl_s})
    for state in (EngineState.STOPPING, EngineState.STOPPED):
        desk.tell(events.Changed(model="one", state=state))
    desk.up("one")
    assert desk.later(59 * SECOND) == []
    assert codes(desk.later(SECOND)) == [Why.EVICT_TTL]


def test_what_others_hold_counts_and_what_is_promised_too() -> None:
    """Two of 8 GiB in 12: the second must not begin before the first has drawn what it was promised."""
    desk = Desk(host=12 * GIB)
    desk.model("one")
    desk.model("two")
    assert Why.LOAD_ASKED in codes(desk.ask("one"))
    assert codes(desk.ask("two")) == [Why.WAIT_OTHER_LOAD]


def test_a_limit_is_kept_whatever_is_free() -> None:
    desk = Desk()
    desk.see({HOST: 100 * GIB}, limit=10 * GIB)
    desk.model("one")
    desk.model("large", 11 * GIB)
    (refused,) = desk.ask("large")
    assert refused.reason.code == Why.MEMORY_SHORT
    assert refused.reason.facts["room_bytes"] == 10 * GIB
    assert Why.LOAD_ASKED in codes(desk.ask("one"))


def test_the_card_with_the_most_room_is_taken_and_the_other_is_left_alone() -> None:
    desk = Desk(GPU_a=10 * GIB, GPU_b=18 * GIB)
    for name in ("one", "two"):
        desk.model(name, need_of(9 * GIB, A, B))
    (load, _) = desk.ask("one")
    assert isinstance(load, Load)
    assert load.places == (B,)
    (second, _) = desk.ask("two")
    assert isinstance(second, Load)
    assert second.places == (A,)


def test_an_engine_on_several_cards_needs_room_on_all_of_them() -> None:
    desk = Desk(GPU_a=10 * GIB, GPU_b=4 * GIB)
    both = tuple(Claim(place=place, expected_bytes=5 * GIB, low_bytes=5 * GIB) for place in (A, B))
    desk.model("wide", Need(placements=(Placement(claims=both),)))
    (refused,) = desk.ask("wide")
    assert (refused.reason.code, refused.reason.facts["place"]) == (Why.MEMORY_SHORT, B)


def test_of_unknown_size_is_loaded_and_evicts_nobody() -> None:
    desk = Desk(host=GIB)
    desk.model("odd", Need())
    assert codes(desk.ask("odd"))[0] == Why.LOAD_SIZE_UNKNOWN


def test_a_failed_engine_refuses_with_its_own_problem() -> None:
    desk = Desk()
    desk.model("one")
    desk.ask("one")
    desk.state("one", EngineState.STARTING)
    assert desk.state("one", EngineState.FAILED, will_retry=True) == []
    problem = Problem(code=Code.ENGINE_CRASHED, facts={})
    (refused,) = desk.state("one", EngineState.FAILED, problem=problem)
    assert isinstance(refused, Refuse)
    assert refused.problem == problem


def test_a_wish_to_start_outlives_what_comes_late_of_a_start_that_was_called_off() -> None:
    desk = Desk()
    desk.model("one")
    desk.ask("one")
    desk.state("one", EngineState.STARTING)
    desk.tell(events.UserStops("one"))
    desk.tell(events.UserStarts("one"))
    assert desk.state("one", EngineState.READY) == []
    desk.state("one", EngineState.STOPPING)
    assert Why.LOAD_BY_USER in codes(desk.state("one", EngineState.STOPPED))


def test_of_what_it_held_the_most_counts() -> None:
    """Seen now, or known from before; but never less than the least of its plan."""
    desk = Desk()
    claim = Claim(place=HOST, expected_bytes=6 * GIB, low_bytes=5 * GIB)
    need = Need(placements=(Placement(claims=(claim,)),))
    desk.model("one", need)
    needs = lambda: desk.scheduler.show(desk.now, 0.0)[0][0].need_bytes  # noqa: E731
    assert needs() == 6 * GIB
    desk.tell(events.Planned("one", replace(need, held_bytes=4 * GIB)))
    assert needs() == 5 * GIB
    desk.tell(events.Planned("one", replace(need, held_bytes=9 * GIB)))
    desk.tell(events.Planned("one", replace(need, held_bytes=8 * GIB)))
    desk.tell(events.Planned("one", need))
    assert needs() == 9 * GIB
    desk.ask("one")
    for held in (11 * GIB, 10 * GIB):
        desk.state("one", EngineState.READY, held_bytes=held)
    desk.state("one", EngineState.STOPPED)
    assert needs() == 11 * GIB


def test_mapped_files_are_not_seen_in_what_is_free() -> None:
    """Of 8 GiB 6 are a mapped file: of 7 that are held already 1 is seen, so 7 of the 20 are still promised."""
    desk = Desk()
    claim = Claim(place=HOST, expected_bytes=8 * GIB, low_bytes=8 * GIB, hidden_bytes=6 * GIB)
    desk.model("one", Need(placements=(Placement(claims=(claim,)),)))
    desk.ask("one")
    desk.state("one", EngineState.STARTING, held_bytes=7 * GIB)
    desk.see({HOST: 20 * GIB})
    (place,) = desk.scheduler.show(desk.now, 0.0)[1]
    assert place.room_bytes == 13 * GIB


def test_old_news_of_an_engine_does_not_count() -> None:
    """It was told to stop, and has not heard it yet: nobody is sent to it any more."""
    desk = Desk()
    desk.model("old", 12 * GIB)
    desk.model("new", 12 * GIB)
    desk.up("old", free=8 * GIB)
    desk.now += 30 * SECOND
    desk.ask("new")
    assert desk.state("old", EngineState.READY) == []
    assert codes(desk.ask("old")) == [Why.WAIT_STOPPING]


def test_stopped_by_somebody_turns_its_waiters_away() -> None:
    desk = Desk()
    desk.model("one")
    desk.ask("one")
    desk.state("one", EngineState.STARTING)
    assert codes(desk.tell(events.UserStops("one"))) == [Why.STOP_BY_USER]


def test_requests_may_be_forbidden_to_load() -> None:
    desk = Desk(Rules(on_demand=False))
    desk.model("one", ttl_ms=SECOND)
    assert codes(desk.ask("one")) == [Why.NOT_ON_DEMAND]
    desk.up("one")
    assert desk.later(3600 * SECOND) == []
    assert codes(desk.ask("one")) == [Why.ADMIT]


def test_a_new_model_is_met_once_and_changes_nothing() -> None:
    """However many come with a large library; one that is known is heard as any other event."""
    scheduler = Scheduler(Rules(), 0)
    facts = EngineFacts(model="one", slots=1)
    assert scheduler.meet(facts)
    assert list(scheduler.records) == ["one"]
    assert scheduler.next_ms(0) is None
    assert not scheduler.meet(facts)
