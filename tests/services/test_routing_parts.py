"""What an engine room routes with: settings and pins of engines, fixes, and one question at a time about needs."""

import threading

import pytest

from engineroom.domain.model import ModelSpec
from engineroom.domain.repair import NO_REPAIR, Repair
from engineroom.domain.routing.values import Need, NeedOrigin
from engineroom.services.engine_world import EngineOptions
from engineroom.services.engines import options_for
from engineroom.services.routing.parts import Keeping, NoPins, RoutingParts
from engineroom.services.routing.planner import Planner
from engineroom.services.routing.router import RouterWorld
from fakes.hand_clock import HandClock

SPEC = ModelSpec(id="one", name="One", path="/m/one.gguf")
OPTIONS = EngineOptions(context_tokens=4096, slots=2, threads=1, prompt_cache_mib=0)


class Pinned(NoPins):
    """What somebody said of every model."""

    def __init__(self, said: bool | None) -> None:
        self._said = said

    def pinned(self, model: str) -> bool | None:
        """So it was said."""
        del model
        return self._said


@pytest.mark.parametrize("set_so", [True, False])
@pytest.mark.parametrize("said", [True, False, None])
def test_what_was_said_by_hand_comes_before_the_settings(set_so: bool, said: bool | None) -> None:
    parts = RoutingParts(
        world=RouterWorld(clock=HandClock()), keeping=lambda _: Keeping(pinned=set_so), pins=Pinned(said)
    )
    assert parts.facts(SPEC, OPTIONS).pinned is (set_so if said is None else said)


@pytest.mark.parametrize(("minutes", "ttl_ms"), [(None, None), (0, None), (0.5, 30_000), (30, 1_800_000)])
def test_no_time_is_for_ever(minutes: float | None, ttl_ms: int | None) -> None:
    parts = RoutingParts(world=RouterWorld(clock=HandClock()), keeping=lambda _: Keeping(ttl_minutes=minutes))
    assert parts.facts(SPEC, OPTIONS).ttl_ms == ttl_ms


def test_a_fix_comes_before_what_was_built_and_that_before_the_settings() -> None:
    built = ModelSpec(id="one", name="One", path="/e/one", context_tokens=2048, slots=8)
    fixed = Repair(knobs={"context_tokens": 1024, "slots": 1})

    def found(spec: ModelSpec, repair: Repair) -> tuple[int, int]:
        options = options_for(spec, OPTIONS, repair)
        return options.context_tokens, options.slots

    assert found(built, fixed) == (1024, 1)
    assert found(built, NO_REPAIR) == (2048, 8)
    assert found(SPEC, NO_REPAIR) == (4096, 2)


async def test_a_question_that_is_open_is_not_asked_again() -> None:
    asked, go_on, told = [], threading.Event(), []

    def needs(spec: ModelSpec, options: EngineOptions) -> Need:
        del options
        asked.append(spec.id)
        go_on.wait(60)
        return Need(origin=NeedOrigin.PLAN)

    def tell(model: str, need: Need) -> None:
        told.append((model, need.origin))

    planner = Planner(needs)
    for _ in range(3):
        planner.plan(SPEC, OPTIONS, tell)
    go_on.set()
    await planner.close()
    assert (asked, told) == (["one"], [("one", NeedOrigin.PLAN)])
    planner.plan(SPEC, OPTIONS, tell)
    await planner.close()
    assert asked == ["one", "one"]


async def test_needs_that_cannot_be_found_out_are_told_as_unknown() -> None:
    """Else whoever asked would wait for ever."""
    told = []

    def needs(_spec: ModelSpec, _options: EngineOptions) -> Need:
        raise RuntimeError("a defect")

    planner = Planner(needs)
    planner.plan(SPEC, OPTIONS, lambda model, need: told.append((model, need)))
    await planner.close()
    assert told == [("one", Need())]
    Planner(None).plan(SPEC, OPTIONS, lambda model, need: told.append((model, need)))
    assert told == [("one", Need())] * 2
