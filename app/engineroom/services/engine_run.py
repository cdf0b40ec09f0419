"""One life of an engine's process, from the command line to the exit code.

It decides nothing: it tells the actor what happened, as :class:`RunEvent` in the actor's inbox.
"""

import asyncio
import json
import secrets
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from engineroom.domain.cuda_devices import CudaDevice
from engineroom.domain.details import Detail, as_line, because
from engineroom.domain.engine import Stage
from engineroom.domain.engine_chatter import is_chatter
from engineroom.domain.errors import Broken, Code, EngineroomError, FactValue, Problem
from engineroom.domain.model import ModelSpec
from engineroom.domain.os_errors import unstarted
from engineroom.domain.traits import Task
from engineroom.services.beat import beat
from engineroom.services.card_watch import Wish
from engineroom.services.doctor import Diagnosis
from engineroom.services.engine_watch import EngineWatch
from engineroom.services.engine_world import EngineWorld
from engineroom.services.launchers import EngineOptions, WorkerLaunch
from engineroom.services.measurements import MOST_LINES, Load
from engineroom.services.ports import Child, Upstream
from engineroom.services.run_facts import RunFacts
from engineroom.services.start_look import StartLook
from engineroom.services.vitals import Unsaid, Vitals, ask

LOOK_EVERY_S = 0.25
PROBE_S = 60.0
KILL_S = 6.0
"""Before a killed engine is called stuck: it may have much memory to give back, on a busy computer."""

_EMBED = "/v1/embeddings"


class Happened(Enum):
    """Kinds of :class:`RunEvent`."""

    LOG = auto()
    STAGE = auto()
    PROGRESS = auto()
    FACTS = auto()
    READY = auto()
    STUCK = auto()
    ENDED = auto()


@dataclass(frozen=True, slots=True)
class RunEvent:
    """Something happened in a run. ``value``: a line, a stage, a fraction, or nothing."""

    run: "EngineRun" = field(repr=False)
    name: Happened
    value: str | float | None = None


class EngineRun:
    """One process of an engine."""

    def __init__(
        self,
        spec: ModelSpec,
        options: EngineOptions,
        world: EngineWorld,
        tell: Callable[[RunEvent], None],
        *,
        expected_s: float | None = None,
        wish: Wish | None = None,
    ) -> None:
        self._wish = wish or Wish()
        self._devices: tuple[CudaDevice, ...] = ()
        self._spec = spec
        self._options = options
        self._world = world
        self._tell = tell
        self._key = secrets.token_urlsafe(24)
        self._child: Child | None = None
        self._launch: WorkerLaunch | None = None
        self._began_s = world.clock.monotonic_s()
        self._start = StartLook(world.clock, expected_s, spec.file_bytes, busy=lambda: world.cards.busy(self.gpu_uuids))
        self._said: Problem | None = None
        self._loading = False
        self._watching: asyncio.Task[None] | None = None
        self._load_lines: list[str] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self.upstream: Upstream | None = None
        self.facts = RunFacts()

    @property
    def pid(self) -> int | None:
        """Process id, once there is a process."""
        return None if self._child is None else self._child.pid

    @property
    def gpu_uuids(self) -> tuple[str, ...]:
        """The cards it stands on: those its log names, and until then those it must not leave by itself."""
        return self.facts.gpu_uuids or (() if self._wish.by_user else self._wish.ran_on)

    async def begin(self) -> None:
        """Start the process. Raises EngineroomError when there is nothing to start."""
        launch = self._launch = _launch_of(self._spec, self._options, self._world, key=self._key)
        grant = await self._world.cards.grant(self._wish)
        self._devices = grant.devices or ()
        for remark in grant.remarks:
            self._logged(remark)
        try:
            self._child = await self._world.spawner.start(
                launch.arguments,
                environment={**launch.environment, **grant.environment},
                on_line=self._heard,
                on_log=self._logged,
            )
        except OSError as error:
            raise Broken(Code.RUNTIME_MISSING, runtime=self._spec.runtime, **unstarted(error)) from error
        self._spawn(self._watch(self._child))
        self._spawn(self._look(self._child))

    def stop(self, *, ask_s: float, kill_s: float) -> None:
        """End the process in bounded time; ``ENDED`` or ``STUCK`` follows."""
        if self.upstream is not None:
            self.upstream.close()
        if self._child is not None:
            self._spawn(self._stop(self._child, ask_s, kill_s))

    def cause(self, returncode: int, lines: Sequence[str]) -> Diagnosis:
        """Why it ended: its card is lost, or from its own words and the last lines of its log."""
        lost = self._world.cards.lost(self.gpu_uuids)
        return self._world.doctor.examine(said=lost or self._said, returncode=returncode, lines=lines)

    # -- what the process says

    def _logged(self, line: str) -> None:
        self._start.alive()
        if is_chatter(line):
            return
        self._start.last_line = line
        if self.facts.load_s is None and len(self._load_lines) < MOST_LINES:
            self._load_lines.append(line)
        self._tell(RunEvent(self, Happened.LOG, line))
        self._read(line)
        self._learn(self.facts.on_device(line, self._devices))

    def _read(self, line: str) -> None:
        reader = None if self._launch is None else self._launch.reader
        told = None if reader is None else reader.read(line)
        if told is None:
            return
        if told.context_tokens is not None:
            self._learn(replace(self.facts, given_context=told.context_tokens))
        if told.share is not None and self._loading:
            self._tell(RunEvent(self, Happened.PROGRESS, told.share))
        if told.step is not None:
            self._learn(self.facts.in_step(told.step, told.round, at_s=self._lasted_s()))

    def _heard(self, line: str) -> None:
        self._start.alive()
        said = _parse(line)
        match said:
            case {"event": "stage", "stage": "verify", "done_bytes": int(done), "total_bytes": int(total)}:
                self._tell(RunEvent(self, Happened.STAGE, Stage.VERIFY))
                self._tell(RunEvent(self, Happened.PROGRESS, done / max(1, total)))
            case {"event": "stage", "stage": "load"}:
                self._loading = True
                self._tell(RunEvent(self, Happened.STAGE, Stage.LOAD))
            case {"event": "listening", "port": int(port)} if said is not None:
                self._learn(self.facts.heard(said))
                self._loading = False
                self._spawn(self._probe(port, _EMBED if _makes_vectors(said) else "/v1/completions"))
            case {"event": "problem", "code": str(code), "facts": dict(facts)} if code in set(Code):
                self._said = Problem(code=code, facts=facts)
            case None:
                self._logged(line)
            case _:
                self._learn(self.facts.heard(said))

    def _learn(self, facts: RunFacts) -> None:
        if facts != self.facts:
            self.facts = facts
            self._tell(RunEvent(self, Happened.FACTS))

    def _lasted_s(self) -> float:
        return self._world.clock.monotonic_s() - self._began_s

    async def _watch(self, child: Child) -> None:
        await child.ended()
        self._world.ended(self._spec.id, {child.pid: None, **self.facts.born})
        if self._watching is not None:
            self._watching.cancel()
        if self.upstream is not None:
            self.upstream.close()
        self._tell(RunEvent(self, Happened.ENDED, child.returncode))

    async def _stop(self, child: Child, ask_s: float, kill_s: float) -> None:
        if not await child.stop(ask_s=ask_s, kill_s=kill_s):
            self._tell(RunEvent(self, Happened.STUCK))

    async def _look(self, child: Child) -> None:
        """Memory while it loads stands for progress: llama.cpp says nothing between its first and last line."""
        look, launch = self._start, self._launch
        assert launch is not None
        while child.returncode is None:
            if launch.reader is None and look.memory(child):
                self._learn(replace(self.facts, memory_bytes=look.memory_bytes))
            if self._loading and (share := look.share()) is not None:
                self._tell(RunEvent(self, Happened.PROGRESS, share))
            if self.facts.load_s is None and (problem := look.silence(launch, self.facts.step)) is not None:
                self._said = problem
                self.stop(ask_s=1.0, kill_s=KILL_S)
                return
            await beat(LOOK_EVERY_S if self.facts.load_s is None else 1.0)

    async def _probe(self, port: int, route: str) -> None:
        """An engine is ready when it has answered a real request."""
        self._tell(RunEvent(self, Happened.STAGE, Stage.WARM_UP))
        assert self._launch is not None
        upstream, body = self._world.upstreams(port=port, key=self._key), self._launch.probe
        try:
            status, answer = await ask(upstream, "POST", route, body, timeout_s=PROBE_S)
            why: dict[str, FactValue] = {"line": answer[:200].decode("utf-8", "replace")}
        except Unsaid as error:
            status, why = 0, as_line(error.facts)
        if status == 200:
            self.upstream = upstream
            self._learn(replace(self.facts, load_s=self._lasted_s()))
            self._tell(RunEvent(self, Happened.READY))
            self._world.measure(_load_of(self._spec, self._options, self.facts, self._load_lines))
            self._load_lines = []
            self._watching = self._spawn(self._serve(upstream, self._launch.vitals, port, route))
            return
        self._said = self._said or Problem(code=Code.ENGINE_NOT_READY, facts={"status": status, **why})
        self.stop(ask_s=1.0, kill_s=KILL_S)

    async def _serve(self, served: Upstream, vitals: Vitals, port: int, route: str) -> None:
        """Watch a ready engine; one that can do nothing any more is ended."""
        own = self._world.upstreams(port=port, key=self._key)
        try:
            ill = await EngineWatch(
                vitals,
                route=route,
                served=served,
                own=own,
                clock=self._world.clock,
                tell=lambda told: self._learn(replace(self.facts, serving=told)),
            ).until_ill()
        finally:
            own.close()
        self._said = self._said or Problem(code=Code.ENGINE_UNHEALTHY, facts=ill.facts)
        self.stop(ask_s=1.0, kill_s=KILL_S)

    def _spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _launch_of(spec: ModelSpec, options: EngineOptions, world: EngineWorld, *, key: str) -> WorkerLaunch:
    if spec.path is None:
        problem = spec.problem or Problem(code=Code.FILE_MISSING, facts={"path": None})
        raise Broken(Code(problem.code), **problem.facts)
    launcher = world.launchers.get(spec.runtime)
    if launcher is None:
        raise Broken(Code.RUNTIME_MISSING, runtime=spec.runtime, **because(Detail.NOTHING_STARTS_IT))
    return launcher.launch(spec, options, path=spec.path, key=key)


def as_error(problem: Problem) -> EngineroomError:
    """The problem as something to raise."""
    return Broken(Code(problem.code), **problem.facts)


def _makes_vectors(said: dict[str, object] | None) -> bool:
    return said is not None and said.get("task", Task.TEXT) != Task.TEXT


def _load_of(spec: ModelSpec, options: EngineOptions, facts: RunFacts, lines: Sequence[str]) -> Load:
    return Load(
        model_id=spec.id,
        path=spec.path or "",
        runtime=spec.runtime,
        runtime_version=facts.runtime_version,
        device=facts.device,
        gpu_uuids=facts.gpu_uuids,
        context_tokens=min(options.context_tokens, facts.native_context or options.context_tokens),
        slots=options.slots,
        lines=tuple(lines),
        load_s=facts.load_s,
    )


def _parse(line: str) -> dict[str, object] | None:
    try:
        tree = json.loads(line)
    except ValueError:
        return None
    return tree if isinstance(tree, dict) and "event" in tree else None
