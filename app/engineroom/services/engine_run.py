"""One life of an engine's process, from the command line to the exit code.

It decides nothing: it tells the actor what happened, as :class:`RunEvent` in the actor's inbox.
"""

import asyncio
import json
import secrets
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from engineroom.domain.cuda_devices import CudaDevice, cuda_index
from engineroom.domain.engine import Stage
from engineroom.domain.engine_chatter import is_chatter
from engineroom.domain.errors import Broken, Code, EngineroomError, Problem
from engineroom.domain.model import ModelSpec
from engineroom.services.card_watch import Wish
from engineroom.services.engine_world import EngineWorld
from engineroom.services.launchers import EngineOptions, WorkerLaunch
from engineroom.services.measurements import MOST_LINES, Load
from engineroom.services.ports import Child, Upstream

LOOK_EVERY_S = 0.25
PROBE_S = 60.0
_MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What this life has told of itself so far. ``given_context`` is what the engine made of the context asked for."""

    runtime_version: str | None = None
    device: str | None = None
    native_context: int | None = None
    given_context: int | None = None
    memory_bytes: int | None = None
    load_s: float | None = None
    gpu_uuids: tuple[str, ...] = ()


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
        self._expected_s = expected_s
        self._spec = spec
        self._options = options
        self._world = world
        self._tell = tell
        self._key = secrets.token_urlsafe(24)
        self._child: Child | None = None
        self._launch: WorkerLaunch | None = None
        self._began_s = world.clock.monotonic_s()
        self._life_s = self._began_s
        self._said: Problem | None = None
        self._loading = False
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
        spec = self._spec
        if spec.path is None:
            problem = spec.problem or Problem(code=Code.FILE_MISSING, facts={"path": None})
            raise Broken(Code(problem.code), **problem.facts)
        launcher = self._world.launchers.get(spec.runtime)
        if launcher is None:
            raise Broken(Code.RUNTIME_MISSING, runtime=spec.runtime, reason="nothing here starts it")
        launch = self._launch = launcher.launch(spec, self._options, path=spec.path, key=self._key)
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
            raise Broken(Code.RUNTIME_MISSING, runtime=spec.runtime, reason=str(error)) from error
        self._spawn(self._watch(self._child))
        self._spawn(self._look(self._child))

    def stop(self, *, ask_s: float, kill_s: float) -> None:
        """End the process in bounded time; ``ENDED`` or ``STUCK`` follows."""
        if self.upstream is not None:
            self.upstream.close()
        if self._child is not None:
            self._spawn(self._stop(self._child, ask_s, kill_s))

    def cause(self, returncode: int, lines: Sequence[str]) -> Problem:
        """Why it ended: its card is lost, or from its own words and the last lines of its log."""
        return self._world.cards.lost(self.gpu_uuids) or self._world.doctor.diagnose(
            said=self._said, returncode=returncode, lines=lines
        )

    # -- what the process says

    def _logged(self, line: str) -> None:
        self._life_s = self._world.clock.monotonic_s()
        if is_chatter(line):
            return
        if self.facts.load_s is None and len(self._load_lines) < MOST_LINES:
            self._load_lines.append(line)
        self._tell(RunEvent(self, Happened.LOG, line))
        self._read(line)
        index = cuda_index(line)
        if index is not None and index < len(self._devices):
            uuid = self._devices[index].gpu_uuid
            if uuid not in self.facts.gpu_uuids:
                self._learn(replace(self.facts, gpu_uuids=(*self.facts.gpu_uuids, uuid)))

    def _read(self, line: str) -> None:
        reader = None if self._launch is None else self._launch.reader
        told = None if reader is None else reader.read(line)
        if told is None:
            return
        if told.context_tokens is not None:
            self._learn(replace(self.facts, given_context=told.context_tokens))
        if told.share is not None and self._loading:
            self._tell(RunEvent(self, Happened.PROGRESS, told.share))

    def _heard(self, line: str) -> None:
        self._life_s = self._world.clock.monotonic_s()
        said = _parse(line)
        match said:
            case {"event": "stage", "stage": "verify", "done_bytes": int(done), "total_bytes": int(total)}:
                self._tell(RunEvent(self, Happened.STAGE, Stage.VERIFY))
                self._tell(RunEvent(self, Happened.PROGRESS, done / max(1, total)))
            case {"event": "stage", "stage": "load"}:
                self._loading = True
                self._tell(RunEvent(self, Happened.STAGE, Stage.LOAD))
            case {"event": "model", "native_context": int(context)}:
                self._learn(replace(self.facts, native_context=context))
            case {"event": "listening", "port": int(port), "device": str(device), "runtime_version": str(version)}:
                self._learn(replace(self.facts, device=device, runtime_version=version))
                self._loading = False
                self._spawn(self._probe(port))
            case {"event": "problem", "code": str(code), "facts": dict(facts)} if code in set(Code):
                self._said = Problem(code=code, facts=facts)
            case None:
                self._logged(line)
            case _:
                self._learn(_told_of_server(self.facts, said))

    def _learn(self, facts: RunFacts) -> None:
        self.facts = facts
        self._tell(RunEvent(self, Happened.FACTS))

    # -- what is watched

    async def _watch(self, child: Child) -> None:
        await child.ended()
        if self.upstream is not None:
            self.upstream.close()
        self._tell(RunEvent(self, Happened.ENDED, child.returncode))

    async def _stop(self, child: Child, ask_s: float, kill_s: float) -> None:
        if not await child.stop(ask_s=ask_s, kill_s=kill_s):
            self._tell(RunEvent(self, Happened.STUCK))

    async def _look(self, child: Child) -> None:
        """Memory while it loads stands for progress: llama.cpp says nothing between its first and last line."""
        assert self._launch is not None
        patience_s, silent = self._launch.silent_after_s, self._launch.reader is None
        shown_mib = -1
        while child.returncode is None:
            memory = child.memory_bytes() if silent else None
            if memory is not None and memory // _MIB != shown_mib:
                shown_mib = memory // _MIB
                self._life_s = self._world.clock.monotonic_s()
                self._learn(replace(self.facts, memory_bytes=shown_mib * _MIB))
            if self._loading and memory is not None:
                took_s = self._world.clock.monotonic_s() - self._began_s
                share = _share_loaded(took_s, self._expected_s, memory, self._spec.file_bytes)
                self._tell(RunEvent(self, Happened.PROGRESS, share))
            if self.facts.load_s is None and self._world.clock.monotonic_s() - self._life_s > patience_s:
                self._said = Problem(code=Code.ENGINE_SILENT, facts={"waited_s": patience_s})
                self.stop(ask_s=1.0, kill_s=1.0)
                return
            await asyncio.sleep(LOOK_EVERY_S if self.facts.load_s is None else 1.0)

    async def _probe(self, port: int) -> None:
        """An engine is ready when it has answered a real request."""
        self._tell(RunEvent(self, Happened.STAGE, Stage.WARM_UP))
        assert self._launch is not None
        upstream, body = self._world.upstreams(port=port, key=self._key), self._launch.probe
        try:
            async with asyncio.timeout(PROBE_S):
                exchange = upstream.exchange("POST", "/v1/completions", body)
                status, _ = await exchange.head()
                answer = b"".join([block async for block in exchange.blocks()])
        except (ConnectionError, TimeoutError) as error:
            status, answer = 0, str(error).encode()
        if status == 200:
            self.upstream = upstream
            self._learn(replace(self.facts, load_s=self._world.clock.monotonic_s() - self._began_s))
            self._tell(RunEvent(self, Happened.READY))
            if self._launch.teaches:
                self._world.measure(_load_of(self._spec, self._options, self.facts, self._load_lines))
            self._load_lines = []
            return
        line = answer[:200].decode("utf-8", "replace")
        self._said = self._said or Problem(code=Code.ENGINE_NOT_READY, facts={"status": status, "line": line})
        self.stop(ask_s=1.0, kill_s=1.0)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _share_loaded(took_s: float, expected_s: float | None, memory_bytes: int, file_bytes: int | None) -> float:
    """How far a load is: by the time earlier loads took, else by memory, of which the context takes a part."""
    share = took_s / expected_s if expected_s else memory_bytes / (2 * (file_bytes or memory_bytes))
    return min(0.95, share)


def as_error(problem: Problem) -> EngineroomError:
    """The problem as something to raise."""
    return Broken(Code(problem.code), **problem.facts)


def _told_of_server(facts: RunFacts, said: dict[str, object]) -> RunFacts:
    """What a worker tells that wraps somebody else's server."""
    match said:
        case {"event": "engine", "runtime_version": str(version), "cards": list(cards)}:
            return replace(facts, runtime_version=version, gpu_uuids=tuple(map(str, cards)))
        case {"event": "memory", "tree_bytes": int(held)}:
            return replace(facts, memory_bytes=held)
    return facts


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
    )


def _parse(line: str) -> dict[str, object] | None:
    try:
        tree = json.loads(line)
    except ValueError:
        return None
    return tree if isinstance(tree, dict) and "event" in tree else None
