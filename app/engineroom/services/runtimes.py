"""Runtimes: installed side by side, judged by their gate, one of them the default."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.job import JobKind, JobView
from engineroom.domain.runtimes.attach import endpoint_for
from engineroom.domain.runtimes.preflight import Finding, Level, blocking
from engineroom.domain.runtimes.recipe import Source, source_for, steps_for
from engineroom.domain.runtimes.trial import trial_of
from engineroom.domain.runtimes.values import (
    INSTALLABLE,
    TENSORRT_LLM,
    Installation,
    Outcome,
    RuntimeKind,
    RuntimeView,
    runtime_id,
)
from engineroom.domain.runtimes.wire import steps_json
from engineroom.services.jobs import Jobs, WorkerCall
from engineroom.services.runtime_shelf import RuntimeShelf, RuntimeWorld

AT_ONCE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What was found of a kind. ``blocked`` forbids its installation."""

    kind: RuntimeKind
    version: str
    findings: tuple[Finding, ...]
    blocked: bool


class Runtimes:
    """All runtimes; handler of the installations and gates. The only writer of the default.

    Blocking work is done off the loop.
    """

    at_once = AT_ONCE

    def __init__(self, world: RuntimeWorld) -> None:
        self._world = world
        self._shelf = RuntimeShelf(world)

    async def views(self) -> tuple[RuntimeView, ...]:
        """Everything there is, the default first, our own last."""
        return await self._shelf.views()

    async def view(self, runtime: str) -> RuntimeView:
        """One of them. Raises Rejected (``runtime_not_found``)."""
        return await self._shelf.view(runtime)

    async def diagnose(self, version: str | None, kind: RuntimeKind | None = None) -> tuple[Diagnosis, ...]:
        """What an installation would find, of one kind or of both. Raises Rejected (``runtime_version``)."""
        source, wanted = source_for(self._world.sources, version)
        kinds = sorted(INSTALLABLE) if kind is None else [kind]
        return tuple(await asyncio.gather(*(self._diagnosis(source, wanted, one) for one in kinds)))

    async def install(
        self, jobs: Jobs, *, version: str | None, kind: RuntimeKind | None = None, model: str | None = None
    ) -> JobView:
        """Queue an installation, or take up one that was cut off. Raises Rejected.

        Without a kind a container is taken where one can be made, else an environment.
        """
        self._check_online()
        diagnoses = await self.diagnose(version, kind)
        chosen = next((one for one in diagnoses if not one.blocked), diagnoses[0])
        self._check_kind(chosen)
        name = runtime_id(chosen.version, chosen.kind)
        if chosen.blocked:
            raise Rejected(Code.RUNTIME_BLOCKED, runtime=name, reason=self._world.words(blocking(chosen.findings)))
        found = await asyncio.to_thread(self._shelf.found, name)
        if found is not None and found.manifest is not None:
            raise Rejected(Code.RUNTIME_EXISTS, runtime=name)
        return self._submit(jobs, name, chosen.version, chosen.kind, model)

    async def gate(self, jobs: Jobs, runtime: str, model: str | None = None) -> JobView:
        """Queue the gate of an installed runtime. Raises Rejected."""
        found = await self._shelf.installed(runtime)
        return self._submit(jobs, found.id, found.version, found.kind, model)

    async def use(self, runtime: str) -> RuntimeView:
        """Make one the default whose gate it passed. Raises Rejected (``runtime_not_proved`` among others)."""
        found = await self._shelf.installed(runtime)
        if found.gate is None or not found.gate.usable:
            reason = "Its gate has not been run." if found.gate is None else self._world.gate_words(found.gate)
            raise Rejected(Code.RUNTIME_NOT_PROVED, runtime=runtime, reason=reason)
        await asyncio.to_thread(self._world.disk.set_default, runtime)
        return await self._shelf.view(runtime)

    async def remove(self, jobs: Jobs, runtime: str, *, even_if_used: bool = False) -> RuntimeView:
        """Remove one and give back what it was; with ``even_if_used`` its engines are stopped first.

        Raises:
            Rejected: ``runtime_in_use``, ``runtime_not_removable`` or ``runtime_not_found``.
        """
        view = await self._shelf.view(runtime)
        if view.kind is RuntimeKind.EMBEDDED:
            raise Rejected(Code.RUNTIME_NOT_REMOVABLE, runtime=runtime)
        busy = [f"job {job.id}" for job in jobs.views() if job.active and job.arguments.get("runtime") == runtime]
        if busy or (view.used_by and not even_if_used):
            raise Rejected(Code.RUNTIME_IN_USE, runtime=runtime, users=", ".join([*busy, *view.used_by]))
        await self._world.users.stop(view.used_by)
        await asyncio.to_thread(self._take_away, view)
        return view

    async def attach(self, address: str) -> RuntimeView:
        """Remember somebody else's server, once it answered. Raises EngineroomError (``endpoint_unusable``)."""
        endpoint = endpoint_for(address, self._world.clock.unix_s())
        models = await asyncio.to_thread(self._world.ask_models, endpoint.address)
        await asyncio.to_thread(self._world.disk.attach, replace(endpoint, models=models))
        return await self._shelf.view(endpoint.id)

    async def prepare(self, job: JobView) -> WorkerCall:
        """The worker's command line; its order is written anew at each start. Raises EngineroomError."""
        return WorkerCall(arguments=("install", f"--order={await asyncio.to_thread(self._order, job)}"))

    def heard(self, job: JobView, said: dict[str, Any]) -> None:
        """Nothing but progress is said."""

    async def finished(self, job: JobView) -> None:
        """It is here and its gate has spoken: it becomes the default if that said so."""
        name = str(job.arguments["runtime"])
        found = await asyncio.to_thread(self._shelf.found, name)
        if found is not None and found.gate is not None and found.gate.verdict is Outcome.PASSED:
            await asyncio.to_thread(self._world.disk.set_default, name)

    async def discarded(self, job: JobView) -> None:
        """What was not whole goes; what is, stays."""
        name = str(job.arguments["runtime"])
        found = await asyncio.to_thread(self._shelf.found, name)
        if found is not None and found.manifest is None:
            await asyncio.to_thread(self._world.disk.remove, name)

    def _submit(self, jobs: Jobs, name: str, version: str, kind: RuntimeKind, model: str | None) -> JobView:
        arguments = {"runtime": name, "version": version, "kind": str(kind), "model": model}
        return jobs.submit(JobKind.INSTALL, f"TensorRT-LLM {version} ({kind})", arguments)

    def _order(self, job: JobView) -> str:
        world, asked = self._world, job.arguments
        name, kind = str(asked["runtime"]), RuntimeKind(str(asked["kind"]))
        source, version = source_for(world.sources, str(asked["version"]))
        found = self._shelf.found(name)
        manifest = None if found is None else found.manifest
        if manifest is None:
            self._check_online()
        if manifest is None and (bad := blocking(world.look(source, version, kind))):
            raise Rejected(Code.RUNTIME_BLOCKED, runtime=name, reason=world.words(bad))
        tools = world.tools.tools(source, kind, world.disk.cache)
        steps = () if manifest else steps_for(source, version, kind, world.disk.folder(name), tools)
        asked_model = asked.get("model")
        trial = trial_of(
            world.machine(),
            model=world.smallest() if asked_model is None else str(asked_model),
            tool_parser=world.tools.tool_parser,
            reference=self._reference(name),
            folder=world.disk.folder,
        )
        is_image = kind is RuntimeKind.CONTAINER
        order = {
            "id": name,
            "kind": str(kind),
            "product": TENSORRT_LLM,
            "version": version,
            "program": tools.container,
            "image": f"{source.image}:{version}" if is_image else "",
            "sources": [source.image] if is_image else [source.torch_index, source.package_index],
            "steps": steps_json(steps),
            "trial": trial,
        }
        return world.disk.begin(name, order)

    def _reference(self, name: str) -> Installation | None:
        default = self._world.disk.default()
        found = None if default in {None, name} else self._shelf.found(str(default))
        return None if found is None or self._shelf.missing(found) else found

    def _take_away(self, view: RuntimeView) -> None:
        world = self._world
        if view.kind is RuntimeKind.ATTACHED:
            world.disk.detach(view.id)
            return
        found = self._shelf.found(view.id)
        if view.is_default:
            world.disk.set_default(None)
        world.disk.remove(view.id)
        manifest = None if found is None else found.manifest
        if manifest is not None and manifest.image and manifest.program:
            world.tools.remove_image(manifest.program, manifest.image)

    async def _diagnosis(self, source: Source, version: str, kind: RuntimeKind) -> Diagnosis:
        findings = await asyncio.to_thread(self._world.look, source, version, kind)
        blocked = any(one.level is Level.BLOCKING for one in findings)
        return Diagnosis(kind=kind, version=version, findings=findings, blocked=blocked)

    def _check_online(self) -> None:
        if self._world.offline():
            raise Rejected(Code.HUB_OFFLINE, host="the package indexes")

    def _check_kind(self, chosen: Diagnosis) -> None:
        source, _ = source_for(self._world.sources, chosen.version)
        if chosen.kind is RuntimeKind.VENV and not source.torch:
            known = [row for row in self._world.sources if row.torch]
            raise Rejected(
                Code.RUNTIME_VERSION, version=chosen.version, known=", ".join(row.default_version for row in known)
            )
