"""Bundles for computers without network: models written out, and taken in again, as jobs."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.job import JobKind, JobView
from engineroom.domain.library import LibraryEntry, LibrarySource
from engineroom.services.jobs import Jobs, WorkerCall
from engineroom.services.library import Library

AT_ONCE = 1


class _Quiet:
    """What both ways have in common: one at a time, nothing said but progress, the worker sweeps up after itself."""

    at_once = AT_ONCE

    def heard(self, job: JobView, said: dict[str, Any]) -> None:
        """Nothing but progress is said."""

    async def discarded(self, job: JobView) -> None:
        """The worker has removed what was half done."""


class Exports(_Quiet):
    """Handler of the export jobs.

    Args:
        cache: where the shared cache is.
    """

    def __init__(self, *, library: Library, cache: Callable[[], str]) -> None:
        self._library = library
        self._cache = cache

    def submit(self, jobs: Jobs, models: Sequence[str], path: str) -> JobView:
        """Queue a bundle of these models. Raises Rejected (``model_not_found``, ``not_exportable``)."""
        entries = [self._exportable(model) for model in dict.fromkeys(models)]
        if not entries:
            raise Rejected(Code.INVALID_REQUEST, **because(Detail.NO_MODEL_NAMED))
        names = "\n".join(entry.id for entry in entries)
        return jobs.submit(JobKind.EXPORT, ", ".join(entry.id for entry in entries), {"models": names, "path": path})

    async def prepare(self, job: JobView) -> WorkerCall:
        """The worker's command line."""
        entries = [self._exportable(model) for model in str(job.arguments["models"]).split("\n")]
        return WorkerCall(
            arguments=(
                "bundle",
                "export",
                f"--target={job.arguments['path']}",
                f"--cache={self._cache()}",
                "--",
                *(entry.path for entry in entries),
            )
        )

    async def finished(self, job: JobView) -> None:
        """There is nothing left to do."""

    def _exportable(self, model: str) -> LibraryEntry:
        entry = self._library.entry(model)
        if entry.source is not LibrarySource.HUB:
            raise Rejected(Code.NOT_EXPORTABLE, model=entry.id, source=entry.source)
        return entry


class Imports(_Quiet):
    """Handler of the import jobs.

    Args:
        cache: where the shared cache is.
        arrived: called when all models of a bundle are whole.
    """

    def __init__(self, *, cache: Callable[[], str], arrived: Callable[[], Awaitable[object]]) -> None:
        self._cache = cache
        self._arrived = arrived

    def submit(self, jobs: Jobs, path: str) -> JobView:
        """Queue taking in a bundle."""
        return jobs.submit(JobKind.IMPORT, path, {"path": path})

    async def prepare(self, job: JobView) -> WorkerCall:
        """The worker's command line."""
        source, cache = f"--source={job.arguments['path']}", f"--cache={self._cache()}"
        return WorkerCall(arguments=("bundle", "import", source, cache))

    async def finished(self, job: JobView) -> None:  # noqa: ARG002
        """The models are whole."""
        await self._arrived()
