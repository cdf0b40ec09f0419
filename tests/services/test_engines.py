"""All engines of a computer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Broken, Code, EngineroomError, Rejected
from engineroom.domain.model import ModelSpec
from engineroom.services.engine_world import EngineWorld
from engineroom.services.engines import EngineRoom
from engineroom.services.models import ModelShelf
from engineroom.services.routing.parts import NoPins
from fakes.scripted_spawner import Script
from services.conftest import OPTIONS, EngineStage, StageMaker

ONE = ModelSpec(id="one", name="One", path="/m/one.gguf")
TWO = ModelSpec(id="two", name="Two", path="/m/two.gguf")
RoomMaker = Callable[..., tuple[EngineRoom, EngineStage]]


@pytest.fixture
async def make_room(make_stage: StageMaker, tmp_path: Path) -> AsyncIterator[RoomMaker]:
    """Makes engine rooms of two models over the world of a stage, whose own actor is not used."""
    rooms: list[EngineRoom] = []

    def make(
        *scripts: Script, load_on_demand: bool = True, log: Callable[[str, str], None] | None = None
    ) -> tuple[EngineRoom, EngineStage]:
        stage = make_stage(*scripts, log=log)
        world: EngineWorld = stage.world
        shelf = ModelShelf([ONE, TWO], default=None)
        rooms.append(EngineRoom(shelf=shelf, options=OPTIONS, world=world, load_on_demand=load_on_demand))
        return rooms[-1], stage

    yield make
    for room in rooms:
        if not room._closing:
            await room.close()


async def until(room: EngineRoom, model: str, state: EngineState) -> None:
    async with asyncio.timeout(60):
        while room.view(model).state is not state:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_every_model_has_an_engine(make_room: RoomMaker) -> None:
    room, stage = make_room()
    assert [(view.id, view.model_id, view.state) for view in room.views()] == [
        ("one", "one", EngineState.STOPPED),
        ("two", "two", EngineState.STOPPED),
    ]
    assert not room.busy
    assert stage.spawner.started == []


async def test_an_engine_that_somebody_wishes_counts_from_then_on(make_room: RoomMaker) -> None:
    """Also while it is looked at what it needs, before there is a process: nobody ends the engine room meanwhile."""
    room, stage = make_room()
    room.start("one")
    assert (room.busy, stage.spawner.started) == (True, [])
    await until(room, "one", EngineState.READY)
    await room.stop("one")
    assert not room.busy


async def test_engines_are_apart(make_room: RoomMaker) -> None:
    room, stage = make_room()
    room.start("one")
    await room.upstream("default")
    await until(room, "one", EngineState.READY)
    assert room.busy
    assert room.view("two").state is EngineState.STOPPED
    assert await room.upstream("two") is not await room.upstream("one")
    stopped = await room.stop("one")
    assert (stopped.state, room.view("two").state) == (EngineState.STOPPED, EngineState.READY)
    assert len(stage.spawner.started) == 2


async def test_there_is_news_whenever_something_was_told_and_only_then(make_room: RoomMaker) -> None:
    room, _ = make_room()
    news = [room.news]
    room.start("one")
    await until(room, "one", EngineState.READY)
    news.append(room.news)
    await room.upstream("one")
    room.views()
    assert room.news == news[-1]
    await room.stop("one")
    news.append(room.news)
    assert len(set(news)) == len(news)


async def test_a_model_nobody_has(make_room: RoomMaker) -> None:
    room, _ = make_room()
    for ask in (room.start, room.view, room.resolve):
        with pytest.raises(Rejected):
            ask("three")
    with pytest.raises(Rejected):
        await room.upstream("three")
    with pytest.raises(Rejected):
        await room.stop("../one")


async def test_requests_may_be_forbidden_to_start_engines(make_room: RoomMaker) -> None:
    room, stage = make_room(load_on_demand=False)
    with pytest.raises(Broken) as caught:
        await room.upstream("one")
    assert (caught.value.code, caught.value.problem.facts) == (Code.ENGINE_UNAVAILABLE, {"model": "one"})
    assert stage.spawner.started == []
    room.start("one")
    await until(room, "one", EngineState.READY)
    assert await room.upstream("one") is not None


async def test_closing_stops_all_and_refuses_the_rest(make_room: RoomMaker) -> None:
    room, stage = make_room([], ["--never-ready"])
    await room.upstream("one")
    waiter = asyncio.create_task(room.upstream("two"))
    await until(room, "two", EngineState.STARTING)
    await room.close()
    assert not room.busy
    assert all(child.returncode is not None for child in stage.spawner.started)
    with pytest.raises(EngineroomError):
        await waiter
    with pytest.raises(Broken) as caught:
        await room.upstream("one")
    assert caught.value.code == Code.SHUTTING_DOWN
    room.start("one")
    await asyncio.sleep(0.05)
    assert len(stage.spawner.started) == 2


async def test_a_stop_after_the_end_is_answered(make_room: RoomMaker) -> None:
    """A client may ask for it while the daemon ends."""
    room, _ = make_room()
    room.views()
    await room.close()
    async with asyncio.timeout(60):
        assert (await room.stop("one")).state is EngineState.STOPPED


async def test_a_defect_in_an_actor_is_answered_and_outlived(make_room: RoomMaker) -> None:
    """The log breaks once, in the actor's own task. Those who wait are told; the next start works."""
    lines: list[str] = []

    def log(_source: str, line: str) -> None:
        lines.append(line)
        if line == "trap" and lines.count("trap") == 1:
            raise RuntimeError("a defect")

    room, stage = make_room(["--log=trap", "--never-ready"], [], log=log)
    with pytest.raises(Broken) as caught:
        await room.upstream("one")
    assert caught.value.code == Code.ENGINE_UNAVAILABLE
    assert any("a defect" in line for line in lines)
    async with asyncio.timeout(60):
        await stage.spawner.started[0].ended()
    assert room.view("one").state is EngineState.STOPPED
    assert await room.upstream("one") is not None


@pytest.mark.parametrize("ticks", range(5))
async def test_who_asks_after_a_stop_is_not_told_of_the_load_that_it_called_off(
    make_room: RoomMaker, ticks: int
) -> None:
    """Whatever the engine has heard of it by then."""
    room, _ = make_room()
    called_off = asyncio.create_task(room.upstream("one"))
    for _ in range(ticks):
        await asyncio.sleep(0)
    stopping = asyncio.create_task(room.stop("one"))
    await asyncio.sleep(0)
    assert await room.upstream("one")
    with pytest.raises(Broken):
        await called_off
    await stopping
    assert room.view("one").state is EngineState.READY


async def test_a_load_goes_where_the_router_says(make_room: RoomMaker) -> None:
    room, _ = make_room()
    room.views()
    room.visit("one").end()
    room.load("one", ("GPU-a", "GPU-b"), by_user=True)
    assert room._actors["one"].places == ("GPU-a", "GPU-b")
    await until(room, "one", EngineState.READY)


async def test_a_pin_is_remembered_and_told(make_room: RoomMaker) -> None:
    room, _ = make_room()
    said: list[tuple[str, bool]] = []

    class Pins(NoPins):
        def pin(self, model: str, *, pinned: bool) -> None:
            said.append((model, pinned))

    room._routing = replace(room._routing, pins=Pins())
    assert room.pin("default", pinned=True).pinned
    assert not room.pin("one", pinned=False).pinned
    assert said == [("one", True), ("one", False)]


async def test_what_has_just_failed_for_a_cause_that_stays_is_not_started_for_the_next_request(
    make_room: RoomMaker,
) -> None:
    """It is told the same cause at once, and waits for nothing; somebody's own wish is another matter."""
    room, stage = make_room(["--problem=gguf_broken:reason=x"], [])
    for _ in range(2):
        with pytest.raises(Broken) as caught:
            await asyncio.wait_for(room.upstream("one"), 60)
        assert caught.value.code == Code.GGUF_BROKEN
    assert len(stage.spawner.started) == 1
    room.start("one")
    await until(room, "one", EngineState.READY)


async def test_whoever_wishes_it_need_not_wait_until_it_is_started_again_by_itself(make_room: RoomMaker) -> None:
    room, stage = make_room(["--end=3"], ["--never-ready"], ["--never-ready"])
    room.start("one")
    await until(room, "one", EngineState.FAILED)
    assert room.view("one").can_stop, "it is to be started again by itself"
    room._actors["one"].back_off._timer.cancel()  # type: ignore[union-attr]
    room.start("one")
    await stage.until_so(lambda: len(stage.spawner.started) == 2, "the second start")


async def test_a_model_that_is_gone_is_routed_no_more_and_can_come_back(make_room: RoomMaker) -> None:
    room, _ = make_room()
    waiting = room.visit("one")
    await room.retire(ONE)
    assert "one" not in {route.id for route in room._router.view().routes}
    with pytest.raises(EngineroomError):
        await asyncio.wait_for(waiting.upstream(), 60)
    waiting.end()
    assert await room.upstream("one")
