"""After an engine's end: memory that is free again, memory that is not, and a driver that does not say."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from engineroom.domain.errors import Code
from engineroom.domain.finding import Orphan
from engineroom.domain.machine import Frame, GpuProcess, GpuReading, HostReading
from engineroom.services.hub import Hub
from engineroom.services.memory_proof import BOUND_S, SETTLE_S, MemoryProof
from engineroom.services.notices import NoticeBoard
from fakes.hand_clock import HandClock

CARD = "GPU-1"


class Scene:
    """A card whose programs can be changed, and time."""

    def __init__(self, clock: HandClock) -> None:
        self.clock, self.notices = clock, NoticeBoard(Hub())
        self.held: tuple[GpuProcess, ...] | None = ()
        self.used: int | None = None
        self.living: dict[int, float] = {}
        self.kept: dict[int, float] = {}
        self.strays: tuple[Orphan, ...] = ()
        self.lines: list[str] = []
        self.proof = MemoryProof(
            clock=clock, frame=self.frame, names=lambda _: "A card", notices=self.notices,
            log=lambda _, line: self.lines.append(line), created_s=self.living.get, keep=self.keep,
            strays=self.look,
        )  # fmt: skip

    async def look(self) -> tuple[Orphan, ...]:
        return self.strays

    def keep(self, engine: str, born: Mapping[int, float]) -> None:
        assert engine == "e"
        self.kept = dict(born)

    def frame(self) -> Frame:
        reading = GpuReading(
            uuid=CARD, memory_used_bytes=self.used, memory_total_bytes=None, power_w=None, utilisation_percent=None,
            temperature_c=None, processes=self.held,
        )  # fmt: skip
        host = HostReading(cpu_percent=None, memory_available_bytes=None, cpu_power_w=None)
        return Frame(
            taken_at_s=self.clock.unix_s(), tokens_per_s=0.0, active_requests=0, waiting_requests=0, host=host,
            gpus=(reading,),
        )  # fmt: skip

    async def after(self, seconds: float, until: Callable[[], bool]) -> None:
        self.clock.advance(seconds)
        async with asyncio.timeout(60):
            while not until():  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    @property
    def over(self) -> bool:
        return not self.proof._looking


@pytest.fixture
def scene(clock: HandClock) -> Scene:
    return Scene(clock)


def process(pid: int) -> GpuProcess:
    return GpuProcess(pid=pid, program="python3", memory_bytes=3 * 2**30, ours=False)


async def test_memory_that_is_free_again_is_proved(scene: Scene) -> None:
    scene.held = (process(7),)
    scene.proof.ended("e", {5: 1.0, 6: None})
    await scene.after(SETTLE_S + 1, lambda: scene.over)
    assert "free again" in scene.lines[0]
    assert scene.notices.all() == ()


async def test_who_still_holds_memory_is_named_until_it_is_gone(scene: Scene) -> None:
    scene.held = (process(5), process(9))
    scene.living |= {5: 1.0, 9: 1.0}
    scene.proof.ended("e", {5: 1.0, 6: None})
    await scene.after(BOUND_S + 1, lambda: bool(scene.notices.all()))
    (problem,) = scene.notices.all()
    assert problem.code == Code.GPU_MEMORY_HELD
    holders = "python3 (pid 5, 3.0 GiB)"
    assert problem.facts == {"engine": "e", "name": "A card", "holders": holders, "living": 1}
    assert (scene.lines, scene.kept) == ([], {5: 1.0})
    scene.held = (process(9),)
    await scene.after(1.0, lambda: scene.over)
    assert (scene.notices.all(), len(scene.lines), scene.kept) == ((), 1, {})


async def test_nothing_is_said_before_the_driver_has_looked_again(scene: Scene) -> None:
    """A list that is empty is an old one at first; and what is there after the look has a while to go."""
    scene.proof.ended("e", {5: 1.0})
    scene.clock.advance(SETTLE_S - 1)
    await asyncio.sleep(1.3)
    assert (scene.lines, scene.over) == ([], False)
    scene.held, scene.living[5] = (process(5),), 1.0
    scene.clock.advance(2.0)
    await asyncio.sleep(1.3)
    assert (scene.notices.all(), scene.over) == ((), False)
    scene.held = ()
    await scene.after(1.0, lambda: scene.over)
    assert len(scene.lines) == 1


async def test_another_process_of_the_same_number_is_none_of_it(scene: Scene) -> None:
    scene.held = (process(5),)
    scene.living[5] = 99.0
    scene.proof.ended("e", {5: 1.0})
    await scene.after(BOUND_S + 1, lambda: scene.over)
    assert (scene.notices.all(), len(scene.lines)) == ((), 1)


async def test_a_driver_that_is_slow_to_forget_one_that_has_ended(scene: Scene) -> None:
    scene.held = (process(5),)
    scene.proof.ended("e", {5: 1.0})
    await scene.after(BOUND_S + 1, lambda: bool(scene.notices.all()))
    facts = scene.notices.all()[0].facts
    assert ("it has ended, and the driver still lists it" in str(facts["holders"]), facts["living"]) == (True, 0)
    assert scene.kept == {}, "there is nothing to end"
    scene.held = ()
    await scene.after(1.0, lambda: scene.over)


async def test_memory_that_nobody_is_named_for_is_missed(scene: Scene) -> None:
    """What came free is less than the engine had; what others took meanwhile is not held against it."""
    scene.held, scene.used = (process(5), process(9)), 10 * 2**30
    scene.proof.ended("e", {5: 1.0})
    scene.held, scene.used = (process(9),), 9 * 2**30
    await scene.after(BOUND_S + 1, lambda: bool(scene.notices.all()))
    assert scene.notices.all()[0].facts["holders"] == "nobody the driver names (2.0 GiB)"
    scene.held = (process(9), process(10))
    scene.used = 10 * 2**30
    await scene.after(1.0, lambda: scene.over)
    assert (scene.notices.all(), len(scene.lines)) == ((), 1)


async def test_a_rank_that_left_its_family_is_named(scene: Scene) -> None:
    """It came with the engine and is on a card; what was there before, or is on none, is somebody else's."""
    stray = Orphan(pid=50, created_s=7.0, program="python3", mark="command", gpu_uuid=CARD, memory_bytes=5 * 2**30)
    older, elsewhere = replace(stray, pid=51, created_s=4.0), replace(stray, pid=52, gpu_uuid=None)
    scene.strays = (older, stray, elsewhere)
    scene.proof.ended("e", {6: None, 5: 6.0})
    await scene.after(BOUND_S + 1, lambda: bool(scene.notices.all()))
    assert scene.notices.all()[0].facts["holders"] == "python3 (pid 50, 5.0 GiB)"
    assert scene.kept == {50: 7.0}
    scene.strays = (older, elsewhere)
    await scene.after(1.0, lambda: scene.over)
    assert scene.notices.all() == ()


async def test_nothing_is_claimed_where_the_driver_does_not_say(scene: Scene) -> None:
    scene.held = None
    scene.proof.ended("e", {5: 1.0})
    await scene.after(SETTLE_S + 1, lambda: scene.over)
    assert (scene.lines, scene.notices.all()) == ([], ())
