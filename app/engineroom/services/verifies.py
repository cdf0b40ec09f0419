"""Verifying what the library has, as jobs."""

from typing import Any

from engineroom.domain.job import JobKind, JobView
from engineroom.services.jobs import Jobs, WorkerCall
from engineroom.services.library import Library
from engineroom.services.models import ModelShelf

AT_ONCE = 1


class Verifies:
    """Handler of the verify jobs.

    Args:
        shelf: knows the hashes of bundled models.
    """

    at_once = AT_ONCE

    def __init__(self, *, library: Library, shelf: ModelShelf) -> None:
        self._library = library
        self._shelf = shelf

    def submit(self, jobs: Jobs, model: str) -> JobView:
        """Queue the check of a model. Raises Rejected (``model_not_found``)."""
        entry = self._library.entry(model)
        return jobs.submit(JobKind.VERIFY, entry.id, {"model": entry.id})

    async def prepare(self, job: JobView) -> WorkerCall:
        """The worker's command line."""
        entry = self._library.entry(str(job.arguments["model"]))
        known = {spec.id: spec.sha256 for spec in self._shelf.specs() if spec.path == entry.path}
        sha256 = known.get(entry.id)
        return WorkerCall(arguments=("verify", entry.path, *(() if sha256 is None else (f"--sha256={sha256}",))))

    def heard(self, job: JobView, said: dict[str, Any]) -> None:
        """Nothing but progress is said."""

    async def finished(self, job: JobView) -> None:
        """There is nothing left to do."""

    async def discarded(self, job: JobView) -> None:
        """Nothing was made."""
