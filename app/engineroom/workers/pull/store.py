"""The shared Hugging Face cache: ``blobs`` by hash, ``snapshots`` of links to them, ``refs`` from branch to commit.

A file of a snapshot is a relative link, ``../../blobs/<hash>``, as ``huggingface_hub`` makes it; so every other tool
finds what was fetched here.  What is there already is left as it is.
"""

import contextlib
import errno
import os
import shutil
import uuid
from pathlib import Path

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code
from engineroom.domain.pull.values import PullPlan, RepoFile
from engineroom.workers.pull.part_file import done_bytes, explained

_JOURNALS_BYTES = 2**20
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
# What a loader looks at first comes last, so that it finds the rest when it finds this.
_FIRST_LOOKS = ("config.json", "model.safetensors.index.json")


class Store:
    """One repository's folder in the cache. Raises Broken (``disk_full``, ``cache_unwritable``).

    ``links`` is false where the user wants no symbolic links (``HF_HUB_DISABLE_SYMLINKS``).
    """

    def __init__(self, cache: Path, plan: PullPlan, *, links: bool = True) -> None:
        self._plan = plan
        self._links = links
        self.folder = cache / f"models--{plan.repo.replace('/', '--')}"
        self._blobs = self.folder / "blobs"
        self.snapshot = self.folder / "snapshots" / plan.revision

    def prepare(self) -> None:
        """Make the folders that are missing."""
        try:
            self._blobs.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise explained(error, self._blobs) from error

    def blob(self, file: RepoFile) -> Path:
        """Where the file's content lies when it is whole."""
        return self._blobs / file.etag

    def part(self, file: RepoFile) -> Path:
        """Where it grows. No other tool takes it for a download of its own."""
        return self._blobs / f"{file.etag}.engineroom.incomplete"

    def is_here(self, file: RepoFile) -> bool:
        """Whether the whole content is here already; judged by its name and size."""
        return any(_size(place) == file.size_bytes for place in (self.blob(file), self.snapshot / file.path))

    def is_visible(self) -> bool:
        """Whether every file of the plan can be found in the snapshot."""
        return all(_size(self.snapshot / file.path) == file.size_bytes for file in self._plan.files)

    def missing_bytes(self) -> int:
        """What has to be fetched still, net of what earlier runs have left."""
        missing = {file.etag: file for file in self._plan.files if not self.is_here(file)}
        return sum(file.size_bytes - done_bytes(self.part(file), file.size_bytes) for file in missing.values())

    def check_space(self) -> None:
        """Refuse before the first byte what will not fit. Raises Broken (``disk_too_small``)."""
        needs = self.missing_bytes()
        try:
            space = os.statvfs(self._blobs.resolve())
        except OSError as error:
            raise explained(error, self._blobs) from error
        free = space.f_bavail * space.f_frsize
        if needs and needs + _JOURNALS_BYTES > free:
            raise Broken(Code.DISK_TOO_SMALL, path=str(self._blobs), needs_bytes=needs, free_bytes=free)

    def publish(self) -> None:
        """Make the whole model visible at once, then point the branch to it."""
        try:
            if not (self._links and self._can_link()):
                self._move_in()
            elif self.snapshot.exists():
                self._add_links()
            else:
                self._link_all_at_once()
            if self._plan.ref is not None:
                self._point(self.folder / "refs" / self._plan.ref)
        except OSError as error:
            raise explained(error, self.snapshot) from error

    def _link_all_at_once(self) -> None:
        # Two folders deep, as the snapshot will be: the links are relative.
        waiting = self.folder / ".engineroom" / f"{self._plan.revision}.{uuid.uuid4().hex[:8]}"
        shutil.rmtree(waiting.parent, ignore_errors=True)
        for file in self._plan.files:
            place = waiting / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(os.path.relpath(self.blob(file), place.parent))
        self.snapshot.parent.mkdir(exist_ok=True)
        waiting.rename(self.snapshot)
        with contextlib.suppress(OSError):
            waiting.parent.rmdir()

    def _add_links(self) -> None:
        """Where another tool made the snapshot: link what it lacks."""
        for file in sorted(self._plan.files, key=lambda file: file.path in _FIRST_LOOKS):
            place = self.snapshot / file.path
            if _size(place) == file.size_bytes:
                continue
            self._make_inside(place.parent)
            new = place.with_name(f".{uuid.uuid4().hex[:8]}.tmp")
            new.symlink_to(os.path.relpath(self.blob(file), place.parent))
            new.replace(place)

    def _can_link(self) -> bool:
        """Whether this file system has symbolic links; those of memory cards and of Windows may not."""
        trial = self.folder / f".{uuid.uuid4().hex[:8]}.tmp"
        try:
            trial.symlink_to("blobs")
        except OSError as error:
            if error.errno in _NO_LINKS:
                return False
            raise
        trial.unlink()
        return True

    def _move_in(self) -> None:
        """Without links the files themselves lie in the snapshot, as ``huggingface_hub`` has it then."""
        for file in sorted(self._plan.files, key=lambda file: file.path in _FIRST_LOOKS):
            place = self.snapshot / file.path
            if _size(place) == file.size_bytes:
                continue
            self._make_inside(place.parent)
            new = place.with_name(f".{uuid.uuid4().hex[:8]}.tmp")
            twins = [self.snapshot / other.path for other in self._plan.files if other.etag == file.etag]
            if self.blob(file).exists():
                self.blob(file).replace(place)
            else:
                shutil.copyfile(next(twin for twin in twins if _size(twin) == file.size_bytes), new)
                new.replace(place)

    def _make_inside(self, folder: Path) -> None:
        """Make a folder of the snapshot, unless a link would lead out of it."""
        folder.mkdir(parents=True, exist_ok=True)
        if folder.resolve() != self.snapshot.resolve() / folder.relative_to(self.snapshot):
            raise Broken(Code.CACHE_UNWRITABLE, path=str(folder), **because(Detail.FOLDER_IS_LINK))

    def _point(self, ref: Path) -> None:
        with contextlib.suppress(OSError):
            if ref.read_text("ascii") == self._plan.revision:
                return
        ref.parent.mkdir(parents=True, exist_ok=True)
        new = ref.with_name(f"{ref.name}.{uuid.uuid4().hex[:8]}.tmp")
        new.write_text(self._plan.revision, "ascii")
        new.replace(ref)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
