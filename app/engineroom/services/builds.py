"""Builds: a model planned, fetched, configured, tried and sealed by a worker as a job; and what was sealed."""

import asyncio
import contextlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engineroom.domain.errors import Broken, Code, EngineroomError, Problem, Rejected
from engineroom.domain.job import ENDED, JobKind, JobState, JobView
from engineroom.domain.library import LibraryEntry
from engineroom.domain.model import ModelSpec, Trial
from engineroom.domain.planning.values import Plan
from engineroom.domain.runtimes.values import TENSORRT_LLM
from engineroom.domain.sealed.pace import stage_key
from engineroom.domain.sealed.values import COMPILED, SealedEngine
from engineroom.domain.sealed.wish import BuildWish, NodesScript, NodesWish, check_plan
from engineroom.services.build_order import Site, name_for
from engineroom.services.build_planner import BuildPlanner
from engineroom.services.build_ports import BuildWorld
from engineroom.services.fix_prospects import Prospects
from engineroom.services.jobs import Jobs, WorkerCall
from engineroom.services.node_scripts import node_script
from engineroom.services.plans import Plans
from engineroom.services.sealed_shelf import SealedShelf

AT_ONCE = 1
"""A trial wants the card for itself."""

START = "start"
"""Argument of a job: its engine is to be started in the end."""

_HUB_ID = re.compile(r"^[\w.-]+/[\w.-]+$")
_POLL_S = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A build that would not be refused: ``name`` of the engine, the model it is made of and where it comes from."""

    name: str
    subject: str
    plan: Plan
    site: Site
    entry: LibraryEntry | None
    repo: str | None


class Builds:
    """Handler of the build jobs; ``sealed`` are the engines that came of them. Blocking work is done off the loop."""

    at_once = AT_ONCE

    def __init__(self, world: BuildWorld) -> None:
        self._world = world
        self._jobs: Jobs | None = None
        self._paces: dict[str, str] = {}
        self._fetching: dict[str, str] = {}
        self._writing: dict[str, asyncio.Future[str]] = {}
        self._planner = BuildPlanner(world)
        self.prospects = Prospects(world, self._planner)
        self.sealed = SealedShelf(world)

    @property
    def plans(self) -> Callable[[], Plans]:
        """What says whether something fits."""
        return self._world.plans

    def follow(self, jobs: Jobs) -> None:
        """The jobs among which a build may find that its model has to be fetched first."""
        self._jobs = jobs

    async def draft(self, wish: BuildWish) -> Draft:
        """What a build of it would be; nothing is begun. Raises as :meth:`build`."""
        entry = self._planner.entry(wish.model)
        subject = wish.model if entry is None else entry.path
        await self._world.cards_known()
        plan, site = await asyncio.to_thread(self._planner.planned, wish, subject)
        check_plan(plan, wish)
        await asyncio.to_thread(self._planner.check_tools, wish, plan, site)
        if entry is not None:
            await asyncio.to_thread(self._planner.checked, wish, plan, entry.path)
        repo = await asyncio.to_thread(self._planner.repo, wish, plan, entry)
        revision = None if entry is None else entry.revision
        name = name_for(plan, repo or subject, revision, site)
        if await asyncio.to_thread(self._world.disk.has, name):
            # Its worker may have been killed between sealing it and saying so.
            await self._world.arrived()
            raise Rejected(Code.SEALED_EXISTS, engine=name)
        return Draft(name=name, subject=subject, plan=plan, site=site, entry=entry, repo=repo)

    async def build(self, jobs: Jobs, wish: BuildWish) -> JobView:
        """Queue a build, or take up one that was cut off; nothing is fetched of what cannot be built.

        Raises:
            EngineroomError: ``build_refused``, ``build_needs_yes``, ``sealed_exists``, and all that a plan may raise.
        """
        draft = await self.draft(wish)
        plan, entry = draft.plan, draft.entry
        arguments = {
            "engine": draft.name,
            "path": None if entry is None and draft.repo is not None else draft.subject,
            "repo": draft.repo,
            "runtime": draft.site.runtime.id,
            "model": wish.model,
            "gpu": wish.gpu,
            "gpus": wish.gpus,
            "context_tokens": plan.context_tokens,
            "concurrency": plan.concurrency,
            "precision": plan.precision,
            "kv_dtype": plan.kv_format,
            "accept": wish.accept,
            "kind": wish.kind,
            "weight_sparsity": wish.weight_sparsity,
            # Told so that it can be offered; where the model is not here yet nobody knows.
            "two_four": None if wish.kind != COMPILED or entry is None else await self._two_four(entry.path),
        }
        # Kept with the job, so that it is done by whichever daemon brings it to its end.
        return jobs.submit(JobKind.BUILD, wish.model, {**arguments, START: True} if wish.start else arguments)

    async def _two_four(self, path: str) -> bool | None:
        return await asyncio.to_thread(self._world.two_four, path)

    async def rebuild(
        self,
        jobs: Jobs,
        name: str,
        *,
        runtime: str | None = None,
        accept: bool = False,
    ) -> JobView:
        """Queue an engine like a sealed one, as it would be built today. Raises as :meth:`build`.

        The same card and runtime are taken where they are here, else what :meth:`build` takes by itself.
        """
        old = await asyncio.to_thread(self._world.disk.engine, name)
        await self._world.cards_known()
        wish = await asyncio.to_thread(self._planner.again, old, runtime, accept)
        return await self.build(jobs, wish)

    async def script(self, wish: NodesWish) -> NodesScript:
        """What would be run on several machines; nothing is. Raises as :meth:`build`."""
        await self._world.cards_known()
        return await asyncio.to_thread(node_script, self._world, wish, self._planner.entry(wish.build.model))

    async def prepare(self, job: JobView) -> WorkerCall:
        """The worker's command line; fetches the model before if need be. Raises EngineroomError."""
        name = str(job.arguments["engine"])
        call = WorkerCall(arguments=("build", f"--root={self._world.disk.root}", f"--id={name}"))
        if await asyncio.to_thread(self._world.disk.has, name):
            return call
        path = job.arguments.get("path") or await self._fetched(job.id, str(job.arguments["repo"]))
        await self._world.cards_known()
        order, self._paces[job.id] = await asyncio.to_thread(self._planner.order, job, name, str(path))
        stages = self._planner.stages(await self._begun(name, order), self._paces[job.id])
        expected = json.dumps({stage.name: stage.expected_s for stage in stages})
        return replace(call, arguments=(*call.arguments, f"--expected={expected}"), stages=stages)

    def heard(self, job: JobView, said: dict[str, Any]) -> None:
        """How long a stage took is remembered for the next build like this one."""
        match said:
            case {"event": "stage_done", "stage": str(stage), "took_s": int() | float() as took_s}:
                if (pace := self._paces.get(job.id)) is not None:
                    self._world.pace.record(stage_key(pace, stage), float(took_s))

    async def finished(self, job: JobView) -> None:
        """It is there, and may be started; what its trial measured teaches the next plan."""
        name, disk = str(job.arguments["engine"]), self._world.disk
        self._world.learn(await asyncio.to_thread(disk.engine, name), disk.folder(name))
        await self._world.arrived()
        if job.arguments.get(START):
            # Where there is no room for it the record of the routing says why; what was built is built all the same.
            with contextlib.suppress(EngineroomError):
                self._world.engines.start(name)

    async def discarded(self, job: JobView) -> None:
        """What is half done goes, and so does the download that was begun for it alone."""
        pull = self._fetching.pop(job.id, None)
        if self._jobs is not None and pull is not None and self._jobs.job(pull).active:
            await self._jobs.cancel(pull)
        name = str(job.arguments["engine"])
        if (writing := self._writing.pop(name, None)) is not None:
            await asyncio.wait({writing})
        await asyncio.to_thread(self._world.disk.discard, name)

    async def _begun(self, name: str, order: str) -> str:
        """Write an order; the one that lies there then. Who cancels meanwhile has to wait for it, see discarded()."""
        writing = asyncio.ensure_future(asyncio.to_thread(self._world.disk.begin, name, order))
        self._writing[name] = writing
        written = await asyncio.shield(writing)
        self._writing.pop(name, None)
        return written

    async def _fetched(self, build: str, repo: str) -> str:
        """The folder of a model of the Hub; a pull comes first where it is not here. Raises EngineroomError."""
        assert self._jobs is not None
        if (entry := self._planner.entry(repo)) is not None:
            return entry.path
        known = {job.id for job in self._jobs.views()}
        pull = await self._world.pulls.submit(self._jobs, repo, None, None, allow_code=False)
        if pull.id not in known:
            self._fetching[build] = pull.id
        while (now := self._jobs.job(pull.id)).state not in ENDED:  # noqa: ASYNC110 (a job's end cannot be awaited)
            await asyncio.sleep(_POLL_S)
        if now.state is not JobState.DONE:
            problem = now.problem or Problem(code=Code.JOB_STOPPED)
            raise Broken(Code(problem.code), **problem.facts)
        if (entry := self._planner.entry(repo)) is None:
            raise Rejected(Code.NO_WEIGHTS, repo=repo)
        return entry.path


def sealed_specs(engines: Sequence[SealedEngine], folder: str) -> list[ModelSpec]:
    """Sealed engines as models that can be served; ``folder`` holds them all."""
    return [
        ModelSpec(
            id=engine.id,
            name=engine.model.rstrip("/").rpartition("/")[2],
            runtime=TENSORRT_LLM,
            path=f"{folder}/{engine.id}",
            quantisation=engine.precision,
            source=engine.repo or engine.model_path,
            runtime_version=engine.runtime_version,
            installation=engine.runtime,
            context_tokens=engine.context_tokens,
            slots=engine.concurrency,
            trial=Trial(
                gpu_name=engine.gpu_name,
                gpu_uuids=engine.gpu_uuids,
                card_bytes=engine.measured.gpu_peak_bytes,
                host_bytes=engine.measured.host_peak_bytes,
            ),
        )
        for engine in engines
    ]
