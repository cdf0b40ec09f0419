"""Runtimes: installed side by side, judged by their gate, one of them the default."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from engineroom.domain.errors import Code, FactValue, Rejected
from engineroom.domain.job import JobKind, JobView
from engineroom.domain.runtimes.attach import endpoint_for
from engineroom.domain.runtimes.preflight import Finding, Level, blocking
from engineroom.domain.runtimes.recipe import Source, source_for
from engineroom.domain.runtimes.values import (
    INSTALLABLE,
    Outcome,
    RuntimeKind,
    RuntimeView,
    runtime_id,
)
from engineroom.services.jobs import Jobs, WorkerCall
from engineroom.services.runtime_orders import InstallOrders
from engineroom.services.runtime_reasons import blocked, unproved
from engineroom.services.runtime_renewals import ANEW, Renewals
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
        self._renewals = Renewals(world, self._shelf)
        self._orders = InstallOrders(world, self._shelf, self._renewals)

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
        await self._world.cards_known()
        return tuple(await asyncio.gather(*(self._diagnosis(source, wanted, one) for one in kinds)))

    async def install(
        self,
        jobs: Jobs,
        *,
        version: str | None,
        kind: RuntimeKind | None = None,
        model: str | None = None,
        anew: bool = False,
    ) -> JobView:
        """Queue an installation, or take up one that was cut off. Raises Rejected.

        Without a kind a container is taken where one can be made, else an environment. One that is broken, or any with
        ``anew``, is made beside itself and replaced when the new one has passed its gate.
        """
        self._orders.check_online()
        diagnoses = await self.diagnose(version, kind)
        chosen = next((one for one in diagnoses if not one.blocked), diagnoses[0])
        self._check_kind(chosen)
        name = runtime_id(chosen.version, chosen.kind)
        if chosen.blocked:
            raise blocked(name, blocking(chosen.findings), self._world.words)
        found = await asyncio.to_thread(self._shelf.found, name)
        if found is not None and found.manifest is not None:
            if not anew and await asyncio.to_thread(self._shelf.missing, found) is None:
                raise Rejected(Code.RUNTIME_EXISTS, runtime=name)
            return self._submit(jobs, name, chosen.version, chosen.kind, model, **{ANEW: True})
        return self._submit(jobs, name, chosen.version, chosen.kind, model)

    async def reinstall(self, jobs: Jobs, runtime: str, model: str | None = None) -> JobView:
        """Queue the installation of one that is here, whole or broken, beside itself: see :class:`Renewals`.

        Raises:
            Rejected: as :meth:`install`, or ``runtime_not_removable`` for what is not installed by us.
        """
        found = await asyncio.to_thread(self._shelf.found, runtime)
        if found is None:
            await self._shelf.view(runtime)
            raise Rejected(Code.RUNTIME_NOT_REMOVABLE, runtime=runtime)
        return await self.install(jobs, version=found.version, kind=found.kind, model=model, anew=True)

    async def update(self, jobs: Jobs, runtime: str) -> JobView:
        """Queue the version that is known best, of the same kind as an installed one. Raises Rejected."""
        found = await asyncio.to_thread(self._shelf.found, runtime)
        return await self.install(jobs, version=None, kind=None if found is None else found.kind)

    async def gate(self, jobs: Jobs, runtime: str, model: str | None = None) -> JobView:
        """Queue the gate of an installed runtime. Raises Rejected."""
        found = await self._shelf.installed(runtime)
        return self._submit(jobs, found.id, found.version, found.kind, model)

    async def use(self, runtime: str) -> RuntimeView:
        """Make one the default whose gate it passed. Raises Rejected (``runtime_not_proved`` among others)."""
        found = await self._shelf.installed(runtime)
        if found.gate is None or not found.gate.usable:
            raise Rejected(Code.RUNTIME_NOT_PROVED, runtime=runtime, **unproved(found.gate, self._world.gate_words))
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
        await self._world.cards_known()
        return WorkerCall(arguments=("install", f"--order={await asyncio.to_thread(self._orders.order, job)}"))

    def heard(self, job: JobView, said: dict[str, Any]) -> None:
        """Nothing but progress is said."""

    async def finished(self, job: JobView) -> None:
        """It is here and its gate has spoken: it becomes the default if that said so."""
        name = str(job.arguments["runtime"])
        if job.arguments.get(ANEW):
            await asyncio.to_thread(self._renewals.finished, job)
            return
        found = await asyncio.to_thread(self._shelf.found, name)
        if found is not None and found.gate is not None and found.gate.verdict is Outcome.PASSED:
            await asyncio.to_thread(self._world.disk.set_default, name)

    async def discarded(self, job: JobView) -> None:
        """What was not whole goes; what is, stays."""
        name = str(job.arguments["runtime"])
        if job.arguments.get(ANEW):
            await asyncio.to_thread(self._renewals.discarded, job)
            return
        found = await asyncio.to_thread(self._shelf.found, name)
        if found is not None and found.manifest is None:
            await asyncio.to_thread(self._world.disk.remove, name)

    def _submit(
        self, jobs: Jobs, name: str, version: str, kind: RuntimeKind, model: str | None, **more: FactValue
    ) -> JobView:
        arguments = {"runtime": name, "version": version, "kind": str(kind), "model": model, **more}
        return jobs.submit(JobKind.INSTALL, f"TensorRT-LLM {version} ({kind})", arguments)

    def _take_away(self, view: RuntimeView) -> None:
        world = self._world
        if view.kind is RuntimeKind.ATTACHED:
            world.disk.detach(view.id)
            return
        found = self._shelf.found(view.id)
        if view.is_default:
            world.disk.set_default(None)
        world.disk.remove(view.id)
        if found is not None:
            self._shelf.remove_image(found)

    async def _diagnosis(self, source: Source, version: str, kind: RuntimeKind) -> Diagnosis:
        findings = await asyncio.to_thread(self._world.look, source, version, kind)
        blocked = any(one.level is Level.BLOCKING for one in findings)
        return Diagnosis(kind=kind, version=version, findings=findings, blocked=blocked)

    def _check_kind(self, chosen: Diagnosis) -> None:
        source, _ = source_for(self._world.sources, chosen.version)
        if chosen.kind is RuntimeKind.VENV and not source.torch:
            known = [row for row in self._world.sources if row.torch]
            raise Rejected(
                Code.RUNTIME_VERSION, version=chosen.version, known=", ".join(row.default_version for row in known)
            )
