"""Models of the shared cache, written out as a bundle."""

import contextlib
import hashlib
import io
import os
import shutil
import tarfile
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engineroom import __version__
from engineroom.domain.bundle import MANIFEST, Bundle, BundleFile, BundleModel, to_json
from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.library import gguf_parts
from engineroom.domain.pull.names import check_repo, is_commit, is_hash
from engineroom.workers.bundle_copy import Reader, Tell, Teller
from engineroom.workers.pull.part_file import explained

_SPARE_BYTES = 2**20


def take_out(places: Sequence[Path], cache: Path, target: Path, tell: Tell) -> None:
    """Write the bundle. Raises EngineroomError."""
    if target.exists():
        raise Rejected(Code.BUNDLE_EXISTS, path=str(target))
    tell("stage", stage="export")
    try:
        bundle = Bundle(
            made_by=f"engineroom {__version__}",
            created_unix_s=round(time.time()),
            runtime="llama.cpp",
            runtime_version=runtime_version(),
            models=_models(places, cache),
        )
        _check_room(bundle, target)
        _write(bundle, cache, target, tell)
    except OSError as error:
        raise explained(error, target) from error
    tell("done", path=str(target), models=len(bundle.models), total_bytes=bundle.total_bytes)


def runtime_version() -> str | None:
    """The llama.cpp that comes with this Engineroom."""
    try:
        return f"xllamacpp {version('xllamacpp')}"
    except PackageNotFoundError:
        return None


def snapshot_of(model: BundleModel, cache: Path) -> Path:
    """Where the shared cache has a model."""
    return cache / f"models--{model.repo.replace('/', '--')}" / "snapshots" / model.revision


def _models(places: Sequence[Path], cache: Path) -> tuple[BundleModel, ...]:
    chosen: dict[Path, set[Path]] = {}
    for place in places:
        snapshot = _snapshot(place, cache)
        if place.is_dir():
            found = {file for file in place.rglob("*") if not file.is_dir()}
        else:
            found = {place.with_name(name) for name in gguf_parts(place.name)}
        chosen.setdefault(snapshot, set()).update(found)
    return tuple(_model(snapshot, sorted(files)) for snapshot, files in chosen.items())


def _snapshot(place: Path, cache: Path) -> Path:
    """The snapshot a place is or lies in."""
    with contextlib.suppress(ValueError):
        repo, snapshots, revision, *_ = place.relative_to(cache).parts
        if repo.startswith("models--") and snapshots == "snapshots" and is_commit(revision):
            return cache / repo / snapshots / revision
    raise Rejected(Code.NOT_EXPORTABLE, model=place.name, source="outside the shared cache")


def _model(snapshot: Path, files: Sequence[Path]) -> BundleModel:
    folder = snapshot.parent.parent
    refs = [ref for ref in sorted((folder / "refs").rglob("*")) if ref.is_file()]
    ref = next((one for one in refs if one.read_text("ascii", "replace").strip() == snapshot.name), None)
    return BundleModel(
        repo=check_repo(folder.name.removeprefix("models--").replace("--", "/", 1)),
        revision=snapshot.name,
        ref=None if ref is None else ref.relative_to(folder / "refs").as_posix(),
        files=tuple(_file(snapshot, file) for file in files),
    )


def _file(snapshot: Path, place: Path) -> BundleFile:
    """What it has to be, by its name in the cache; a small one is read for its SHA-256."""
    path = place.relative_to(snapshot).as_posix()
    if not place.is_file():
        raise Rejected(Code.MODEL_INCOMPLETE, path=str(snapshot), missing=path)
    real = place.resolve()
    blob, size = real.name, real.stat().st_size
    if real.parent.name != "blobs" or not is_hash(blob):
        data = real.read_bytes()
        blob = hashlib.sha1(b"blob %d\0" % size + data, usedforsecurity=False).hexdigest()
    sha256 = blob if len(blob) == 64 else hashlib.sha256(real.read_bytes()).hexdigest()
    return BundleFile(path=path, size_bytes=size, sha256=sha256, blob=blob)


def _check_room(bundle: Bundle, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    space = os.statvfs(target.parent)
    free = space.f_bavail * space.f_frsize
    needs = bundle.total_bytes + _SPARE_BYTES
    if needs > free:
        raise Broken(Code.DISK_TOO_SMALL, path=str(target.parent), needs_bytes=needs, free_bytes=free)


def _write(bundle: Bundle, cache: Path, target: Path, tell: Tell) -> None:
    half = target.with_name(f"{target.name}.engineroom.partial")
    _remove(half)
    teller = Teller(bundle.total_bytes, tell)
    try:
        box: _Box = _Tar(half) if target.name.endswith(".tar") else _Folder(half)
        with contextlib.closing(box):
            manifest = to_json(bundle).encode()
            box.put(MANIFEST, len(manifest), io.BytesIO(manifest))
            for model, file in bundle.files():
                with (snapshot_of(model, cache) / file.path).open("rb") as source:
                    checked = _Checked(source, file, teller)
                    box.put(model.place(file), file.size_bytes, checked)
                    checked.check(bundle)
        half.rename(target)
    finally:
        _remove(half)


class _Checked:
    """A file that is hashed while it is read."""

    def __init__(self, source: Reader, file: BundleFile, teller: Teller) -> None:
        self._source, self._file, self._teller = source, file, teller
        self._sha256 = hashlib.sha256()
        self._git = hashlib.sha1(b"blob %d\0" % file.size_bytes, usedforsecurity=False)
        self._done_bytes = 0

    def read(self, size: int, /) -> bytes:
        data = self._source.read(size)
        self._sha256.update(data)
        self._git.update(data)
        self._done_bytes += len(data)
        self._teller.add(self._file.path, self._done_bytes, self._file.size_bytes, len(data))
        return data

    def check(self, bundle: Bundle) -> None:
        """Raises Broken (``model_damaged``)."""
        found = self._sha256.hexdigest()
        if found != self._file.sha256 or self._file.blob not in {found, self._git.hexdigest()}:
            why = because(Detail.HASH_DIFFERS, found=found, expected=self._file.sha256)
            count = sum(1 for _ in bundle.files())
            raise Broken(Code.MODEL_DAMAGED, path=self._file.path, **why, wrong=1, files=count)


class _Box(ABC):
    """What files are put into."""

    @abstractmethod
    def put(self, name: str, size: int, source: Reader) -> None:
        """Put ``size`` bytes there under a name."""

    @abstractmethod
    def close(self) -> None:
        """Have all of it on the disk."""


class _Folder(_Box):
    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir()

    def put(self, name: str, size: int, source: Reader) -> None:  # noqa: ARG002
        place = self._root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            while block := source.read(2**20):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        pass


class _Tar(_Box):
    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._tar = tarfile.open(fileobj=self._file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115

    def put(self, name: str, size: int, source: Reader) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o644
        self._tar.addfile(member, source)  # type: ignore[arg-type]

    def close(self) -> None:
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


def _remove(half: Path) -> None:
    if half.is_dir():
        shutil.rmtree(half, ignore_errors=True)
    else:
        half.unlink(missing_ok=True)
