"""The library: what is here to serve, kept in step with the disk."""

import asyncio
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from engineroom.domain.errors import Code, Problem, Rejected
from engineroom.domain.library import FileFormat, Found, LibraryEntry, LibrarySource, Removed, named
from engineroom.domain.model import ModelSpec
from engineroom.services import hub
from engineroom.services.engines import EngineRoom
from engineroom.services.models import ModelShelf, some_names

_QUANTISATION = re.compile(
    r"(?:^|[-._])(I?Q\d(?:_[A-Z0-9]+)*|BF16|F16|F32|MXFP4|NVFP4|TQ\d_\d)(?=[-._]|$)", re.IGNORECASE
)


class LibraryDisk(Protocol):
    """The disk's side. May block; called off the loop."""

    def scan(self) -> list[Found]:
        """What lies here."""

    def add(self, path: str) -> None:
        """Import a file or folder by its path. Raises EngineroomError."""

    def remove(self, found: Found) -> int:
        """Remove a model; the bytes that came free. Raises EngineroomError."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look at the disk found, as the library and the shelf have it."""

    found: dict[str, Found]
    entries: dict[str, LibraryEntry]
    specs: tuple[ModelSpec, ...]


class Library:
    """Looks at the disk, puts on the shelf what llama.cpp can serve, and removes what is asked.

    Args:
        first: models that are there whatever the disk says: bundled ones and those of the settings.
        sealed: engines that were built here, as models; may block.
    """

    def __init__(
        self,
        *,
        disk: LibraryDisk,
        shelf: ModelShelf,
        engines: EngineRoom,
        events: hub.Hub,
        first: Sequence[ModelSpec],
        sealed: Callable[[], Sequence[ModelSpec]] = tuple,
    ) -> None:
        self._sealed = sealed
        self._disk = disk
        self._shelf = shelf
        self._engines = engines
        self._events = events
        self._first = tuple(first)
        fixed = {spec.id: _of_spec(spec) for spec in self._first if spec.path is not None}
        self._seen = _Look({}, fixed, self._first)
        self._turn = asyncio.Lock()

    def entries(self) -> tuple[LibraryEntry, ...]:
        """Everything that is here, as of the last look."""
        used = self._engines.in_use()
        return tuple(_with_users(entry, used) for entry in self._seen.entries.values())

    def entry(self, model: str) -> LibraryEntry:
        """One of them. Raises Rejected (``model_not_found``)."""
        entry = self._seen.entries.get(model)
        if entry is None:
            raise Rejected(Code.MODEL_NOT_FOUND, model=model[:200], known=some_names(self._seen.entries))
        return _with_users(entry, self._engines.in_use())

    async def refresh(self) -> tuple[LibraryEntry, ...]:
        """Look at the disk again."""
        async with self._turn:
            self._seen = await asyncio.to_thread(self._look)
            await self._put_on_shelf(self._seen.specs)
        return self.entries()

    async def add(self, path: str) -> tuple[LibraryEntry, ...]:
        """Import a GGUF file or a folder of them, by path; nothing is copied. What is new. Raises EngineroomError."""
        known = set(self._seen.found)
        await asyncio.to_thread(self._disk.add, path)
        await self.refresh()
        new = set(self._seen.found) - known
        return tuple(entry for entry in self.entries() if entry.id in new)

    async def remove(self, model: str, *, even_if_used: bool = False) -> Removed:
        """Remove a model; its engine is stopped first if that was said to be right.

        Raises:
            Rejected: ``model_not_found``, ``not_removable`` or ``model_in_use``.
        """
        entry = self.entry(model)
        if model not in self._seen.found:
            raise Rejected(Code.NOT_REMOVABLE, model=model, source=entry.source)
        if entry.engines and not even_if_used:
            raise Rejected(Code.MODEL_IN_USE, model=model, engines=", ".join(entry.engines))
        for engine in entry.engines:
            await self._engines.stop(engine)
        freed = await asyncio.to_thread(self._disk.remove, self._seen.found[model])
        await self.refresh()
        return Removed(id=model, freed_bytes=freed)

    def _look(self) -> _Look:
        """Everything that takes time for thousands of models; blocks."""
        before = {spec.id: spec for spec in self._seen.specs}
        fixed_paths = {spec.path for spec in self._first}
        ids = {spec.id for spec in self._first}
        found = named((one for one in self._disk.scan() if one.path not in fixed_paths), ids)
        sealed = {spec.id: spec for spec in self._sealed()}
        files = (_spec(name, one) for name, one in found.items() if _servable(one) and name not in sealed)
        entries = (
            *(_of_spec(spec) for spec in self._first if spec.path is not None),
            *(_of_found(name, one) for name, one in found.items()),
        )
        specs = (*self._first, *sealed.values(), *files)
        # What has not changed stays the same object: that is quicker to see.
        specs = tuple(before[spec.id] if before.get(spec.id) == spec else spec for spec in specs)
        return _Look(found, {entry.id: entry for entry in entries}, specs)

    async def _put_on_shelf(self, specs: Sequence[ModelSpec]) -> None:
        gone, new = self._shelf.replace(specs)
        for spec in gone:
            await self._engines.retire(spec)
        if gone or new:
            self._events.publish(hub.MODELS, self._shelf.views())
            came = {spec.id for spec in new}
            for spec in self._engines.listed():
                if spec.id in came:
                    self._events.publish(hub.ENGINE, self._engines.view(spec.id))


def _of_found(name: str, found: Found) -> LibraryEntry:
    missing = Problem(code=Code.MODEL_INCOMPLETE, facts={"path": found.path, "missing": ", ".join(found.missing[:5])})
    return LibraryEntry(
        id=name,
        name=found.repo or _base(found.path),
        source=found.source,
        file_format=found.file_format,
        path=found.path,
        size_bytes=found.size_bytes,
        removable=True,
        runtimes=("llama.cpp",) if _servable(found) else (),
        engines=(),
        repo=found.repo,
        revision=found.revision,
        quantisation=quantisation_in(_base(found.path)) if found.file_format is FileFormat.GGUF else None,
        last_used_at_s=found.last_used_at_s,
        problem=missing if found.missing else None,
    )


def _of_spec(spec: ModelSpec) -> LibraryEntry:
    return LibraryEntry(
        id=spec.id,
        name=spec.name,
        source=LibrarySource.BUNDLED if spec.bundled else LibrarySource.SETTINGS,
        file_format=FileFormat.GGUF,
        path=str(spec.path),
        size_bytes=spec.file_bytes or 0,
        removable=False,
        runtimes=(spec.runtime,),
        engines=(),
        quantisation=spec.quantisation or quantisation_in(_base(str(spec.path))),
        problem=spec.problem,
    )


def _with_users(entry: LibraryEntry, used: Collection[str]) -> LibraryEntry:
    return replace(entry, engines=(entry.id,)) if entry.id in used and entry.runtimes else entry


def quantisation_in(file_name: str) -> str | None:
    """The GGUF type that a file's name tells; ``None`` where it does not.

    >>> quantisation_in("Qwen3-8B-Q4_K_M.gguf"), quantisation_in("model.gguf")
    ('Q4_K_M', None)
    """
    found = _QUANTISATION.findall(file_name.removesuffix(".gguf"))
    return str(found[-1]).upper() if found else None


def _servable(found: Found) -> bool:
    return found.file_format is FileFormat.GGUF and not found.missing


def _spec(name: str, found: Found) -> ModelSpec:
    base = _base(found.path)
    return ModelSpec(
        id=name,
        name=base.removesuffix(".gguf"),
        path=found.path,
        file_bytes=found.size_bytes,
        quantisation=quantisation_in(base),
        source=found.repo or found.path,
    )


def _base(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]
