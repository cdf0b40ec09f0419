"""Installing anew what is installed: made beside itself, and swapped in when it has proved to be no worse.

The one before works on until then, also when everything dies in the middle: what is being made lies in a folder of its
own, and takes the other's place in a step that is done or not done (:meth:`.RuntimeDisk.swap`).
"""

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code, FactValue
from engineroom.domain.job import JobView
from engineroom.domain.runtimes.values import GateResult, Installation, Outcome
from engineroom.services.runtime_reasons import unproved
from engineroom.services.runtime_shelf import RuntimeShelf, RuntimeWorld

ANEW = "anew"
"""Argument of the jobs that this is about."""


class Renewals:
    """Blocks where files or programs are asked."""

    def __init__(self, world: RuntimeWorld, shelf: RuntimeShelf) -> None:
        self._world = world
        self._shelf = shelf

    def place(self, job: JobView) -> str:
        """Where a job installs: beside what it renews, unless that was swapped already and only its end is missing."""
        name, disk = str(job.arguments["runtime"]), self._world.disk
        if not job.arguments.get(ANEW) or disk.job_of(name) == job.id:
            return name
        return disk.beside(name)

    def finished(self, job: JobView) -> None:
        """Swap it in if it is no worse than the one before. Raises Broken (``runtime_kept``)."""
        name, disk = str(job.arguments["runtime"]), self._world.disk
        old, new = self._shelf.found(name), disk.found(disk.beside(name))
        if new is None or new.manifest is None:
            return
        reason = self._worse(old, new.gate)
        users = self._world.users.using(new.manifest.product, new.version, name)
        if reason is None and users:
            reason = because(Detail.ENGINES_USE_IT, users=", ".join(users))
        if reason is not None:
            raise Broken(Code.RUNTIME_KEPT, runtime=name, **reason)
        disk.swap(name)
        if old is not None:
            self._shelf.remove_image(old)
        if disk.default() is None and new.gate is not None and new.gate.verdict is Outcome.PASSED:
            disk.set_default(name)

    def discarded(self, job: JobView) -> None:
        """What was made beside goes, and its image unless the one before is the same."""
        disk = self._world.disk
        place = disk.beside(str(job.arguments["runtime"]))
        if (new := disk.found(place)) is not None:
            disk.remove(place)
            self._shelf.remove_image(new)

    def _worse(self, old: Installation | None, gate: GateResult | None) -> dict[str, FactValue] | None:
        """Why the one before stays. One that is broken, or was never proved, need not be beaten, only not refused."""
        if gate is not None and gate.verdict is Outcome.PASSED:
            return None
        proved = old is not None and old.gate is not None and old.gate.verdict is Outcome.PASSED
        lost = old is None or old.manifest is None or self._shelf.missing(old) is not None
        if lost or (not proved and (gate is None or gate.verdict is Outcome.NOT_RUN)):
            return None
        return unproved(gate, self._world.gate_words)
