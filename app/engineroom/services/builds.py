"""Builds: a model planned, fetched, configured, tried and sealed by a worker as a job; and what was sealed."""

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Any

from engineroom.domain.errors import Broken, Code, Problem, Rejected
from engineroom.domain.job import ENDED, JobKind, JobState, JobView
from engineroom.domain.library import FileFormat, LibraryEntry
from engineroom.domain.model import ModelSpec
from engineroom.domain.planning.question import Question
from engineroom.domain.planning.values import Plan, Runtime
from engineroom.domain.runtimes.values import TENSORRT_LLM
from engineroom.domain.sealed.values import SealedEngine, SealedView
from engineroom.domain.sealed.wish import BuildWish, check_plan
from engineroom.services.build_order import Site, Source, cards_for, name_for, order_for, runtime_for
from engineroom.services.build_ports import BuildWorld
from engineroom.services.jobs import Jobs, WorkerCall
from engineroom.services.plans import Plans

AT_ONCE = 1
"""A trial wants the card for itself."""

_HUB_ID = re.compile(r"^[\w.-]+/[\w.-]+$")
_POLL_S = 0.2


class Builds:
    """Handler of the build jobs, and keeper of what they sealed. Blocking work is done off the loop."""

    at_once = AT_ONCE

    def __init__(self, world: BuildWorld) -> None:
        self._world = world
        self._jobs: Jobs | None = None

    @property
    def plans(self) -> Callable[[], Plans]:
        """What says whether something fits."""
        return self._world.plans

    def follow(self, jobs: Jobs) -> None:
        """The jobs among which a build may find that its model has to be fetched first."""
        self._jobs = jobs

    async def build(self, jobs: Jobs, wish: BuildWish) -> JobView:
        """Queue a build, or take up one that was cut off; nothing is fetched of what cannot be built.

        Raises:
            EngineroomError: ``build_refused``, ``build_needs_yes``, ``sealed_exists``, and all that a plan may raise.
        """
        entry = self._entry(wish.model)
        subject = wish.model if entry is None else entry.path
        plan, site = await asyncio.to_thread(self._planned, wish, subject)
        check_plan(plan, wish)
        repo = self._repo(wish, plan, entry)
        revision = None if entry is None else entry.revision
        name = name_for(plan, repo or subject, revision, site)
        if await asyncio.to_thread(self._world.disk.has, name):
            # Its worker may have been killed between sealing it and saying so.
            await self._world.arrived()
            raise Rejected(Code.SEALED_EXISTS, engine=name)
        arguments = {
            "engine": name,
            "path": None if entry is None and repo is not None else subject,
            "repo": repo,
            "runtime": site.runtime.id,
            "model": wish.model,
            "gpu": wish.gpu,
            "gpus": wish.gpus,
            "context_tokens": plan.context_tokens,
            "concurrency": plan.concurrency,
            "precision": plan.precision,
            "kv_dtype": plan.kv_format,
            "accept": wish.accept,
        }
        return jobs.submit(JobKind.BUILD, wish.model, arguments)

    async def prepare(self, job: JobView) -> WorkerCall:
        """The worker's command line; fetches the model before if need be. Raises EngineroomError."""
        name = str(job.arguments["engine"])
        if not await asyncio.to_thread(self._world.disk.has, name):
            path = job.arguments.get("path") or await self._fetched(str(job.arguments["repo"]))
            await asyncio.to_thread(self._begin, job, name, str(path))
        return WorkerCall(arguments=("build", f"--root={self._world.disk.root}", f"--id={name}"))

    def heard(self, job: JobView, said: dict[str, Any]) -> None:
        """Nothing but progress is said."""

    async def finished(self, job: JobView) -> None:  # noqa: ARG002
        """It is there, and may be started."""
        await self._world.arrived()

    async def discarded(self, job: JobView) -> None:
        """What is half done goes."""
        await asyncio.to_thread(self._world.disk.discard, str(job.arguments["engine"]))

    # -- what was sealed

    async def views(self) -> tuple[SealedView, ...]:
        """Every engine, by name."""
        return await asyncio.to_thread(lambda: tuple(map(self._view, self._world.disk.engines())))

    async def view(self, name: str) -> SealedView:
        """One of them. Raises Rejected (``sealed_not_found``)."""
        return await asyncio.to_thread(lambda: self._view(self._world.disk.engine(name)))

    async def verify(self, name: str) -> tuple[str, ...]:
        """Files that are not as they were sealed. Raises Rejected."""
        return await asyncio.to_thread(self._world.disk.verify, name)

    async def export(self, name: str, target: str) -> int:
        """Write an engine as a tar file; its bytes. Raises EngineroomError."""
        return await asyncio.to_thread(self._world.disk.export, name, target)

    async def remove(self, name: str, *, even_if_used: bool = False) -> SealedView:
        """Remove one; what it was. Raises Rejected (``model_in_use``, ``sealed_not_found``)."""
        view = await self.view(name)
        if self._runs(name):
            if not even_if_used:
                raise Rejected(Code.MODEL_IN_USE, model=name, engines=name)
            await self._world.engines.stop(name)
        await asyncio.to_thread(self._world.disk.remove, name)
        await self._world.arrived()
        return view

    def _runs(self, name: str) -> bool:
        return any(view.id == name and view.can_stop for view in self._world.engines.views())

    def _view(self, engine: SealedEngine) -> SealedView:
        size = self._world.disk.size_bytes(engine.id)
        return SealedView(engine=engine, size_bytes=size, differs=tuple(self._differs(engine)))

    def _differs(self, engine: SealedEngine) -> Sequence[str]:
        machine = self._world.machine()
        here = {gpu.uuid for gpu in machine.gpus}
        runtime = next((one for one in self._world.runtimes.installations() if one.id == engine.runtime), None)
        found = []
        if not here.issuperset(engine.gpu_uuids):
            found.append("card")
        if engine.driver_version is not None and machine.driver_version not in {None, engine.driver_version}:
            found.append("driver")
        if runtime is None or runtime.manifest is None:
            found.append("runtime")
        return found

    # -- what is to be built

    def _entry(self, model: str) -> LibraryEntry | None:
        """The checkpoint that is here under this name or repository."""
        for entry in self._world.library.entries():
            fits = model in {entry.id, entry.repo, entry.path}
            if fits and entry.file_format is FileFormat.SAFETENSORS and entry.problem is None:
                return entry
        return None

    def _planned(self, wish: BuildWish, subject: str) -> tuple[Plan, Site]:
        world = self._world
        runtime = runtime_for(wish.runtime, world.runtimes.installations(), world.runtimes.default())
        question = Question(
            model=subject,
            gpu=wish.gpu,
            gpus=wish.gpus,
            context_tokens=wish.context_tokens,
            concurrency=wish.concurrency,
            precision=wish.precision,
            kv_dtype=wish.kv_dtype,
            runtime=Runtime.TENSORRT_LLM,
            runtime_version=runtime.version,
        )
        plan, machine = world.plans().plan(question), world.machine()
        cards = cards_for(plan, machine, wish.model)
        return plan, Site(runtime=runtime, folder=world.runtimes.folder(runtime.id), cards=cards, machine=machine)

    def _repo(self, wish: BuildWish, plan: Plan, entry: LibraryEntry | None) -> str | None:
        """Where the model comes from; ``None`` for a folder that somebody named."""
        if entry is not None:
            return entry.repo
        if _HUB_ID.match(plan.model) and not wish.model.startswith((".", "/", "~")):
            return plan.model
        return None

    async def _fetched(self, repo: str) -> str:
        """The folder of a model of the Hub; a pull comes first where it is not here. Raises EngineroomError."""
        assert self._jobs is not None
        if (entry := self._entry(repo)) is not None:
            return entry.path
        pull = await self._world.pulls.submit(self._jobs, repo, None, None, allow_code=False)
        while (now := self._jobs.job(pull.id)).state not in ENDED:  # noqa: ASYNC110 (a job's end cannot be awaited)
            await asyncio.sleep(_POLL_S)
        if now.state is not JobState.DONE:
            problem = now.problem or Problem(code=Code.JOB_STOPPED)
            raise Broken(Code(problem.code), **problem.facts)
        if (entry := self._entry(repo)) is None:
            raise Rejected(Code.NO_WEIGHTS, repo=repo)
        return entry.path

    def _begin(self, job: JobView, name: str, path: str) -> None:
        """Write the order, from a plan made of the files that are here."""
        asked, world = job.arguments, self._world
        wish = BuildWish(
            model=str(asked["model"]),
            runtime=str(asked["runtime"]),
            gpu=str(asked["gpu"]),
            gpus=int(asked["gpus"] or 1),
            context_tokens=int(asked["context_tokens"] or 0) or None,
            concurrency=int(asked["concurrency"] or 1),
            precision=str(asked["precision"]),
            kv_dtype=str(asked["kv_dtype"]),
            accept=bool(asked["accept"]),
        )
        plan, site = self._planned(wish, path)
        card = world.card_of(path)
        check_plan(plan, wish, remote_code=card.remote_code)
        entry = self._entry(path)
        source = Source(
            name=wish.model,
            path=path,
            repo=None if entry is None else entry.repo,
            revision=None if entry is None else entry.revision,
            card=card,
        )
        order = order_for(name, plan, source, site, tables=world.tables(), signatures=tuple(world.signatures))
        world.disk.begin(name, order)


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
            context_tokens=engine.context_tokens,
            slots=engine.concurrency,
        )
        for engine in engines
    ]
