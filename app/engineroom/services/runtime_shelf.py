"""The runtimes that are here, and how they are seen."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, EngineroomError, Problem, Rejected
from engineroom.domain.machine import Machine
from engineroom.domain.runtimes.preflight import Finding
from engineroom.domain.runtimes.recipe import Source, source_for
from engineroom.domain.runtimes.values import (
    LLAMA_CPP,
    TENSORRT_LLM,
    Endpoint,
    GateResult,
    Installation,
    Outcome,
    RuntimeKind,
    RuntimeState,
    RuntimeView,
)
from engineroom.services.ports import Clock
from engineroom.services.runtime_ports import EngineUsers, RuntimeDisk, RuntimeTools


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeWorld:
    """What the runtimes stand on.

    ``look`` gathers facts and judges them (blocks); ``ask_models`` asks an endpoint (blocks, raises EngineroomError);
    ``smallest`` is the folder of the model that a gate serves when none is named; ``offline`` forbids to fetch;
    ``llama_cpp_version`` is our own; ``cards_known`` is awaited before the computer is judged; ``card_patience_s`` is
    how long a gate waits for a card that another engine holds.
    """

    disk: RuntimeDisk
    tools: RuntimeTools
    users: EngineUsers
    clock: Clock
    sources: tuple[Source, ...]
    machine: Callable[[], Machine]
    cards_known: Callable[[], Awaitable[object]]
    look: Callable[[Source, str, RuntimeKind], tuple[Finding, ...]]
    words: Callable[[Iterable[Finding]], str]
    gate_words: Callable[[GateResult], str]
    ask_models: Callable[[str], tuple[str, ...]]
    smallest: Callable[[], str | None]
    offline: Callable[[], bool]
    llama_cpp_version: str | None
    card_patience_s: float = 30.0


class RuntimeShelf:
    """Everything that can serve: what was installed, what was attached, and our own."""

    def __init__(self, world: RuntimeWorld) -> None:
        self._world = world

    async def views(self) -> tuple[RuntimeView, ...]:
        """Everything there is, the default first, then by name."""
        disk = self._world.disk
        installations, endpoints, default = await asyncio.to_thread(
            lambda: (disk.installations(), disk.endpoints(), disk.default())
        )
        mine = await asyncio.gather(*(asyncio.to_thread(self._view, one, default) for one in installations))
        theirs = await asyncio.gather(*map(self._endpoint_view, endpoints))
        every = sorted([*mine, *theirs], key=lambda view: (not view.is_default, view.id))
        return (*every, self._embedded())

    async def view(self, runtime: str) -> RuntimeView:
        """One of them. Raises Rejected (``runtime_not_found``)."""
        every = await self.views()
        for view in every:
            if view.id == runtime:
                return view
        raise Rejected(
            Code.RUNTIME_NOT_FOUND, runtime=runtime[:100], known=", ".join(view.id for view in every) or None
        )

    def found(self, name: str) -> Installation | None:
        """An installation, whole or half. May block."""
        return self._world.disk.found(name)

    async def installed(self, runtime: str) -> Installation:
        """One that is whole. Raises Rejected."""
        found = await asyncio.to_thread(self.found, runtime)
        if found is None or found.manifest is None:
            view = await self.view(runtime)
            raise Rejected(
                Code.RUNTIME_NOT_PROVED, runtime=runtime, **because(Detail.RUNTIME_STATE, state=str(view.state))
            )
        missing = await asyncio.to_thread(self.missing, found)
        if missing is not None:
            raise Rejected(Code.RUNTIME_GONE, runtime=runtime, missing=missing)
        return found

    def missing(self, found: Installation) -> str | None:
        """What a whole one lacks by now. May block."""
        manifest = found.manifest
        if manifest is not None and manifest.image and manifest.program:
            here = self._world.tools.has_image(manifest.program, manifest.image)
            return None if here else manifest.image
        return self._world.disk.missing(found)

    def remove_image(self, gone: Installation) -> None:
        """Remove the image of an installation that is no more, unless another one is of it. May block."""
        manifest, disk = gone.manifest, self._world.disk
        if manifest is None or not manifest.image or not manifest.program:
            return
        beside = (disk.found(disk.beside(one.id)) for one in disk.installations())
        left = [one.manifest for one in (*disk.installations(), *beside) if one is not None and one.manifest]
        if all(one.image != manifest.image for one in left):
            self._world.tools.remove_image(manifest.program, manifest.image)

    def _view(self, found: Installation, default: str | None) -> RuntimeView:
        manifest, missing = found.manifest, self.missing(found) if found.manifest else None
        state = _state(found, missing)
        return RuntimeView(
            id=found.id,
            product=TENSORRT_LLM,
            kind=found.kind,
            state=state,
            version=found.version,
            is_default=found.id == default,
            can_resume=state is RuntimeState.INCOMPLETE,
            size_bytes=manifest.size_bytes if manifest else self._world.disk.held_bytes(found.id),
            installed_unix_s=manifest.installed_unix_s if manifest else None,
            package_count=len(manifest.packages) if manifest and manifest.packages else None,
            python_version=manifest.python_version if manifest else None,
            image=manifest.image if manifest else None,
            used_by=self._world.users.using(TENSORRT_LLM, found.version, found.id),
            gate=found.gate,
            problem=None if missing is None else _gone(found.id, missing),
            best_version=source_for(self._world.sources, None)[1],
        )

    async def _endpoint_view(self, endpoint: Endpoint) -> RuntimeView:
        models, problem = endpoint.models, None
        try:
            models = await asyncio.to_thread(self._world.ask_models, endpoint.address)
        except EngineroomError as error:
            problem = error.problem
        return RuntimeView(
            id=endpoint.id,
            product="attached",
            kind=RuntimeKind.ATTACHED,
            state=RuntimeState.READY if problem is None else RuntimeState.UNREACHABLE,
            version=None,
            installed_unix_s=endpoint.attached_unix_s,
            address=endpoint.address,
            models=models,
            problem=problem,
        )

    def _embedded(self) -> RuntimeView:
        version = self._world.llama_cpp_version
        return RuntimeView(
            id=LLAMA_CPP,
            product=LLAMA_CPP,
            kind=RuntimeKind.EMBEDDED,
            state=RuntimeState.READY if version else RuntimeState.BROKEN,
            version=version,
            used_by=self._world.users.using(LLAMA_CPP, version),
        )


def _state(found: Installation, missing: str | None) -> RuntimeState:
    if found.manifest is None:
        return RuntimeState.INCOMPLETE
    if missing is not None:
        return RuntimeState.BROKEN
    if found.gate is None or found.gate.verdict is Outcome.NOT_RUN:
        return RuntimeState.INSTALLED
    return RuntimeState.READY if found.gate.verdict is Outcome.PASSED else RuntimeState.REFUSED


def _gone(runtime: str, missing: str) -> Problem:
    return Problem(code=Code.RUNTIME_GONE, facts={"runtime": runtime, "missing": missing})
