"""A bundle, taken into the shared cache. Nothing in it is trusted: neither names, nor sizes, nor kinds of files."""

import contextlib
import os
import stat
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from engineroom.domain.bundle import MANIFEST, MOST_MANIFEST_BYTES, Bundle, BundleFile, BundleModel, from_json
from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code, FactValue, Rejected
from engineroom.domain.misread import misread
from engineroom.domain.os_errors import caused
from engineroom.workers.bundle_copy import Reader, Tell, Teller, copied
from engineroom.workers.bundle_out import runtime_version
from engineroom.workers.pull.checks import check_header
from engineroom.workers.pull.part_file import explained
from engineroom.workers.pull.store import Store

_SPARE_BYTES = 2**20


def bring_in(source: Path, cache: Path, tell: Tell) -> None:
    """Import the bundle. Raises EngineroomError."""
    tell("stage", stage="import")
    try:
        with _opened(source) as members:
            manifest = next(members, None)
            if manifest is None or manifest[0] != MANIFEST or manifest[1] > MOST_MANIFEST_BYTES:
                raise _broken(source, Detail.NO_BUNDLE_LIST, manifest=MANIFEST)
            text = manifest[2].read(MOST_MANIFEST_BYTES)
            bundle = from_json(text.decode("utf-8", "replace"), path=str(source))
            _take_over(bundle, members, source, cache, tell)
    except (tarfile.TarError, EOFError, UnicodeError) as error:
        raise Rejected(Code.BUNDLE_BROKEN, path=str(source), **misread(error)) from error
    except OSError as error:
        raise explained(error, cache) from error
    here = runtime_version()
    tell("done", models=len(bundle.models), total_bytes=bundle.total_bytes, repos=", ".join(
        model.repo for model in bundle.models), runtime=bundle.runtime_version, runtime_here=here,
        same_runtime=bundle.runtime_version == here)  # fmt: skip


Member = tuple[str, int, Reader]


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[Iterator[Member]]:
    """Every file in it: name, size, content; the list first."""
    try:
        is_folder = source.is_dir()
        file = None if is_folder else source.open("rb")
    except OSError as error:
        raise Rejected(Code.FILE_UNREADABLE, path=str(source), **caused(error)) from error
    if file is None:
        yield _of_folder(source)
        return
    with file:
        try:
            tar = tarfile.open(fileobj=file, mode="r:")  # noqa: SIM115
        except tarfile.TarError as error:
            raise _broken(source, Detail.NEITHER_FOLDER_NOR_TAR, said=str(error)) from error
        with tar:
            yield _of_tar(tar, source)


def _of_tar(tar: tarfile.TarFile, source: Path) -> Iterator[Member]:
    for member in tar:
        if member.isdir():
            continue
        content = tar.extractfile(member) if member.isreg() else None
        if content is None:
            raise _broken(source, Detail.NO_PLAIN_FILE, file=ascii(member.name))
        yield member.name, member.size, content


def _of_folder(root: Path) -> Iterator[Member]:
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_symlink() or path.is_file())
    for name in sorted(names, key=lambda name: name != MANIFEST):
        with _plain(root, name) as file:
            yield name, os.fstat(file.fileno()).st_size, file


@contextlib.contextmanager
def _plain(root: Path, name: str) -> Iterator[BinaryIO]:
    """Open a file of the folder; a link, here or above, leads nowhere."""
    place = root / name
    if place.parent.resolve() != root.resolve() / Path(name).parent or place.is_symlink():
        raise _broken(root, Detail.NO_PLAIN_FILE, file=ascii(name))
    with os.fdopen(os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise _broken(root, Detail.NO_PLAIN_FILE, file=ascii(name))
        yield file


def _take_over(bundle: Bundle, members: Iterator[Member], source: Path, cache: Path, tell: Tell) -> None:
    stages = {(model.repo, model.revision): _Stage(cache, model) for model in bundle.models}
    wanted = {model.place(file): (stages[model.repo, model.revision], file) for model, file in bundle.files()}
    _check_room(stages.values(), cache)
    teller = Teller(bundle.total_bytes, tell)
    try:
        for name, size, content in members:
            if name not in wanted:
                raise _broken(source, Detail.NOT_IN_LIST, file=ascii(name))
            stage, file = wanted.pop(name)
            if size != file.size_bytes:
                raise _broken(source, Detail.BUNDLE_SIZE, file=name, size=size, wanted_size=file.size_bytes)
            stage.take(file, content, source, teller)
        if wanted:
            raise _broken(source, Detail.BUNDLE_MISSING, file=next(iter(wanted)))
        tell("stage", stage="link")
        for stage in stages.values():
            stage.keep()
        for stage in stages.values():
            stage.publish()
    finally:
        for stage in stages.values():
            stage.sweep()


class _Stage:
    """One model on its way: its content beside the blobs, under names that no tool looks at."""

    def __init__(self, cache: Path, model: BundleModel) -> None:
        plan = model.plan()
        refs = cache / f"models--{model.repo.replace('/', '--')}" / "refs"
        # The bundle may be older than what a branch here points to.
        ref = None if plan.ref is None or (refs / plan.ref).exists() else plan.ref
        self.plan = replace(plan, ref=ref)
        self._store = Store(cache, self.plan)
        self._files = {file.path: repo_file for file, repo_file in zip(model.files, self.plan.files, strict=True)}
        self._staged: dict[Path, Path] = {}

    def missing_bytes(self) -> int:
        """What will be written."""
        missing = {file.etag: file.size_bytes for file in self.plan.files if not self._store.blob(file).is_file()}
        return sum(missing.values())

    def take(self, file: BundleFile, content: Reader, source: Path, teller: Teller) -> None:
        """Copy a file beside the others and check it. Raises Rejected."""
        listed = self._files[file.path]
        self._store.prepare()
        blob = self._store.blob(listed)
        half = blob.with_name(f"{blob.name}.engineroom-bundle.incomplete")
        half.unlink(missing_ok=True)
        self._staged[half] = blob
        with half.open("xb") as target:
            sha256, git = copied(content, target, file.path, file.size_bytes, teller)
            target.flush()
            os.fsync(target.fileno())
        if sha256 != file.sha256 or file.blob not in {sha256, git}:
            why = {"file": file.path, "found": sha256, "expected": file.sha256}
            raise _broken(source, Detail.BUNDLE_HASH, **why)
        check_header(half, listed)

    def keep(self) -> None:
        """Give the content its lasting names."""
        for half, blob in self._staged.items():
            if half.exists():
                half.replace(blob)

    def publish(self) -> None:
        """Make the model visible. A branch that is here already stays where it points."""
        self._store.publish()

    def sweep(self) -> None:
        """Remove what was not kept."""
        for half in self._staged:
            with contextlib.suppress(OSError):
                half.unlink(missing_ok=True)
        for empty in (self._store.folder / "blobs", self._store.folder):
            with contextlib.suppress(OSError):
                empty.rmdir()


def _check_room(stages: Iterable["_Stage"], cache: Path) -> None:
    needs = sum(stage.missing_bytes() for stage in stages)
    cache.mkdir(parents=True, exist_ok=True)
    space = os.statvfs(cache)
    free = space.f_bavail * space.f_frsize
    if needs + _SPARE_BYTES > free:
        raise Broken(Code.DISK_TOO_SMALL, path=str(cache), needs_bytes=needs, free_bytes=free)


def _broken(source: Path, what: Detail, **facts: FactValue) -> Rejected:
    return Rejected(Code.BUNDLE_BROKEN, path=str(source), **because(what, **facts))
