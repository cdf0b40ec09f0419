"""An engine's actor over real child processes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from engineroom.adapters.clock import SystemClock
from engineroom.adapters.load_history import JsonLoadHistory
from engineroom.adapters.signatures import load_signatures
from engineroom.adapters.upstream import EngineUpstream
from engineroom.domain.engine import EngineState, EngineView
from engineroom.domain.errors import Problem
from engineroom.domain.machine import GpuInfo, HostInfo, Machine, NvmlState
from engineroom.domain.model import ModelSpec
from engineroom.services.card_watch import CardWatch
from engineroom.services.doctor import Doctor
from engineroom.services.engine_actor import EngineActor
from engineroom.services.engine_world import EngineOptions, EngineWorld
from engineroom.services.hub import Hub
from engineroom.services.measurements import Load
from engineroom.services.notices import NoticeBoard
from engineroom.services.ports import Clock
from engineroom.services.telemetry import Telemetry
from engineroom.services.traffic import TrafficMonitor
from fakes.hand_clock import HandClock
from fakes.scripted_spawner import Script, ScriptedSpawner

PATIENCE_S = 100.0
OPTIONS = EngineOptions(context_tokens=4096, slots=2, threads=1, prompt_cache_mib=0)
SPEC = ModelSpec(id="tiny", name="Tiny", path="/models/tiny.gguf", file_bytes=2**40)


def machine_with(*gpus: GpuInfo, nvml: NvmlState | None = None) -> Machine:
    """A computer with these cards."""
    host = HostInfo(
        hostname="h", system="s", cpu_name="c", physical_cores=1, logical_cores=1, memory_total_bytes=1,
        cpu_power_source=None,
    )  # fmt: skip
    state = nvml or (NvmlState.OK if gpus else NvmlState.LIBRARY_MISSING)
    return Machine(host=host, nvml=state, nvml_detail=None, driver_version=None, simulated=False, gpus=gpus)


class EngineStage:
    """An actor, its world, and what it has shown."""

    def __init__(
        self,
        folder: Path,
        *scripts: Script,
        spec: ModelSpec = SPEC,
        clock: Clock | None = None,
        stubborn: bool = False,
        log: Callable[[str, str], None] | None = None,
        machine: Machine | None = None,
        measure: Callable[[Load], None] = lambda _: None,
    ) -> None:
        self.hub = Hub()
        self.notices = NoticeBoard(self.hub)
        clock = clock or SystemClock()
        self.telemetry = Telemetry(
            machine=machine or machine_with(), clock=clock, traffic=TrafficMonitor(clock=clock, events=self.hub),
            events=self.hub,
        )  # fmt: skip
        self.cards = CardWatch(telemetry=self.telemetry, notices=self.notices)
        self.spawner = ScriptedSpawner(folder / "children.json", *scripts, stubborn=stubborn)
        self.views: list[EngineView] = []
        self.lines: list[str] = []
        self.world = EngineWorld(
            clock=clock,
            spawner=self.spawner,
            upstreams=EngineUpstream,
            history=JsonLoadHistory(folder / "history.json"),
            doctor=Doctor(load_signatures()),
            cards=self.cards,
            publish=self.views.append,
            log=log or (lambda _source, line: self.lines.append(line)),
            measure=measure,
        )
        self.spec = spec
        self.actor = EngineActor(spec, OPTIONS, self.world)
        self.cards.follow(self.actor.cards_changed)

    @property
    def view(self) -> EngineView:
        return self.actor.view()

    @property
    def problem(self) -> Problem:
        problem = self.view.problem
        assert problem is not None
        return problem

    @property
    def states(self) -> list[EngineState]:
        """What was shown, each state once per stay."""
        states = [view.state for view in self.views]
        return [state for before, state in zip([None, *states], states, strict=False) if state is not before]

    def must_live(self) -> None:
        """Fails if the actor's task has broken."""
        if self.actor.task.done() and (error := self.actor.task.exception()) is not None:
            pytest.fail(f"the actor has ended: {error!r}")

    async def until(self, state: EngineState) -> EngineView:
        """Wait for a state."""
        return await self.until_so(lambda: self.actor.state is state, f"{state}; it is {self.actor.state}")

    async def until_so(self, condition: Callable[[], bool], what: str) -> EngineView:
        """Wait until something is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                self.must_live()
                await asyncio.sleep(0.01)
        assert condition(), what
        return self.view

    async def failed_for_good(self) -> EngineView:
        """Wait until it has failed and will not try again."""
        return await self.until_so(
            lambda: self.actor.state is EngineState.FAILED and not self.view.can_stop, "failed for good"
        )


StageMaker = Callable[..., EngineStage]


@pytest.fixture
async def make_stage(tmp_path: Path) -> AsyncIterator[StageMaker]:
    """Makes stages; each is closed after the test, and its children ended whatever the actor did."""
    stages: list[EngineStage] = []

    def make(*scripts: Script, **options: object) -> EngineStage:
        stages.append(EngineStage(tmp_path, *scripts, **options))  # type: ignore[arg-type]
        return stages[-1]

    yield make
    for stage in stages:
        if not stage.actor.task.done():
            async with asyncio.timeout(60):
                await stage.actor.close()
        stage.spawner.kill_all()
        for child in stage.spawner.started:
            await child.ended()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()
