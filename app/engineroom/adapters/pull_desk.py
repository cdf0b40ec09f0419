"""What a pull keeps between its starts: the pinned list of files; and the sweeping up after one that was cancelled."""

import contextlib
import os
from pathlib import Path

from engineroom.adapters.library_places import hub_cache
from engineroom.domain.errors import Broken, Code, EngineroomError
from engineroom.domain.os_errors import caused
from engineroom.domain.pull.values import PullPlan
from engineroom.domain.pull.wire import from_json, to_json

_PART_SUFFIX = ".engineroom.incomplete"


class PullDesk:
    """Plans of pulls, one file per job. Everything here may block.

    Args:
        cache: the Hugging Face cache; ``None`` for where the environment says.
    """

    def __init__(self, folder: Path, *, cache: Path | None = None) -> None:
        self._folder = folder
        self._cache = cache

    def path(self, job: str) -> str:
        """Where a job's plan lies."""
        return str(self._place(job))

    def kept(self, job: str) -> PullPlan | None:
        """The plan of an earlier start; ``None`` where there is none that can be read."""
        try:
            return from_json(self._place(job).read_text("utf-8"))
        except (OSError, UnicodeDecodeError, EngineroomError):
            return None

    def keep(self, job: str, plan: PullPlan) -> None:
        """Write a plan down. Raises Broken (``state_unwritable``)."""
        place = self._place(job)
        half = place.with_suffix(".new")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            half.write_text(to_json(plan), "utf-8")
            half.replace(place)
        except OSError as error:
            raise Broken(Code.STATE_UNWRITABLE, path=str(place), **caused(error)) from error

    def drop(self, job: str) -> None:
        """Forget a plan."""
        with contextlib.suppress(OSError):
            self._place(job).unlink()

    def sweep(self, plan: PullPlan) -> int:
        """Remove what a cancelled pull has left half done; the bytes that came free."""
        folder = (self._cache or hub_cache()) / f"models--{plan.repo.replace('/', '--')}"
        freed = 0
        for file in plan.files:
            for part in folder.glob(f"blobs/{file.etag}{_PART_SUFFIX}*"):
                with contextlib.suppress(OSError):
                    freed += part.stat().st_blocks * 512
                    part.unlink()
        for empty in (folder / "blobs", folder):
            with contextlib.suppress(OSError):
                empty.rmdir()
        return freed

    def missing_bytes(self, plan: PullPlan) -> int:
        """What is not in the cache yet, whole or in part; equal content counts once."""
        blobs = (self._cache or hub_cache()) / f"models--{plan.repo.replace('/', '--')}" / "blobs"
        wanted = {file.etag: file for file in plan.files}
        return sum(
            max(0, file.size_bytes - max(_size(blobs / etag), _held(blobs / f"{etag}{_PART_SUFFIX}")))
            for etag, file in wanted.items()
        )

    def free_bytes(self) -> int | None:
        """Room on the file system of the cache; ``None`` where it cannot be asked."""
        place = self._cache or hub_cache()
        for folder in (place, *place.parents):
            with contextlib.suppress(OSError):
                space = os.statvfs(folder)
                return space.f_bavail * space.f_frsize
        return None

    def cache(self) -> str:
        """Where models lie."""
        return str(self._cache or hub_cache())

    def _place(self, job: str) -> Path:
        return self._folder / f"{job}.json"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _held(path: Path) -> int:
    """Bytes on disk: a part is a sparse file."""
    try:
        found = path.stat()
    except OSError:
        return 0
    return min(found.st_size, found.st_blocks * 512)
