"""Sealed engines on disk: a folder each, there whole or not at all."""

import contextlib
import hashlib
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

from engineroom.adapters.typed_path import typed_path
from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.os_errors import caused
from engineroom.domain.sealed.values import FileFact, SealedEngine
from engineroom.domain.sealed.wire import sealed_of

HALF = ".half"
MANIFEST = "manifest.json"
_REMOVING = ".removing-"
_TUNING = ".tuning"
_BLOCK_BYTES = 4 * 2**20


class EngineStore:
    """One user's engines. Everything here may block.

    Args:
        root: the folder of them all; made when first written to.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def root(self) -> str:
        """The folder of them all."""
        return str(self._root)

    def folder(self, engine: str) -> str:
        """Of one engine, whole."""
        return str(self._root / engine)

    def tuning(self, engine: str) -> str:
        """What an engine learns while it starts; not a part of what was sealed."""
        return str(self._root / _TUNING / engine)

    def engines(self) -> tuple[SealedEngine, ...]:
        """All that are whole, by name; what cannot be read is passed over, what an interrupted removal left goes."""
        if not self._root.is_dir():
            return ()
        for gone in self._root.glob(f"{_REMOVING}*"):
            shutil.rmtree(gone, ignore_errors=True)
        found = (self._read(folder) for folder in sorted(self._root.iterdir()) if _is_whole(folder))
        return tuple(one for one in found if one is not None)

    def engine(self, name: str) -> SealedEngine:
        """One of them. Raises Rejected (``sealed_not_found``)."""
        every = self.engines()
        for one in every:
            if one.id == name:
                return one
        raise Rejected(Code.SEALED_NOT_FOUND, engine=name[:200], known=", ".join(one.id for one in every) or None)

    def has(self, name: str) -> bool:
        """Whether it is there and whole."""
        return (self._root / name / MANIFEST).is_file()

    def size_bytes(self, name: str) -> int | None:
        """What its folder takes; the model it reads lies elsewhere, unless it was made here."""
        try:
            return sum(file.lstat().st_blocks * 512 for file in (self._root / name).rglob("*") if file.is_file())
        except OSError:
            return None

    def begin(self, name: str, order: str) -> str:
        """Put the order of a build into its half folder; one that lies there stays. The one there. Raises Broken."""
        place = self._root / f"{name}{HALF}" / "order.json"
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            if not place.exists():
                write_synced(place, order)
            return place.read_text("utf-8")
        except OSError as error:
            raise _unwritable(place, error) from error

    def discard(self, name: str) -> None:
        """Remove what a build has left half done, in a single step: a build never goes on in a part of it."""
        gone = self._root / f"{_REMOVING}{name}{HALF}"
        shutil.rmtree(gone, ignore_errors=True)
        with contextlib.suppress(OSError):
            (self._root / f"{name}{HALF}").rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def remove(self, name: str) -> int | None:
        """Remove an engine, in a single step; the bytes that came free. Raises EngineroomError."""
        self.engine(name)
        freed, gone = self.size_bytes(name), self._root / f"{_REMOVING}{name}"
        try:
            shutil.rmtree(gone, ignore_errors=True)
            (self._root / name).rename(gone)
        except OSError as error:
            raise _unwritable(self._root / name, error) from error
        shutil.rmtree(gone, ignore_errors=True)
        shutil.rmtree(self.tuning(name), ignore_errors=True)
        return freed

    def verify(self, name: str) -> tuple[str, ...]:
        """Files that are not as they were sealed, of the engine and of the model it reads. Raises Rejected."""
        engine, folder = self.engine(name), self._root / name
        model = Path((engine.tokenizer_path or engine.model_path).replace("{engine}", str(folder)))
        return tuple(
            [fact.path for fact in engine.files if not _as_sealed(folder / fact.path, fact)]
            + [str(model / fact.path) for fact in engine.model_files if not _as_sealed(model / fact.path, fact)]
        )

    def export(self, name: str, target: str) -> int:
        """Write an engine as a tar file, whole or not at all; its size in bytes. Raises EngineroomError."""
        self.engine(name)
        place = typed_path(target)
        if place.exists():
            raise Rejected(Code.BUNDLE_EXISTS, path=str(place))
        half = place.with_name(f"{place.name}{HALF}")
        try:
            with tarfile.open(half, "w") as archive:
                archive.add(self._root / name, arcname=name)
            half.rename(place)
            return place.stat().st_size
        except OSError as error:
            half.unlink(missing_ok=True)
            raise _unwritable(place, error) from error

    def _read(self, folder: Path) -> SealedEngine | None:
        with contextlib.suppress(OSError, ValueError):
            return sealed_of((folder / MANIFEST).read_text("utf-8"))
        return None


def facts_below(folder: Path, *, but: tuple[str, ...] = ()) -> Iterator[FileFact]:
    """Every file below a folder, hashed, but those named."""
    for file in sorted(folder.rglob("*")):
        name = str(file.relative_to(folder))
        if file.is_file() and name not in but:
            yield FileFact(path=name, size_bytes=file.stat().st_size, sha256=sha256_of(file))


def sha256_of(file: Path) -> str:
    """Of a whole file. Raises OSError."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def write_synced(place: Path, text: str) -> None:
    """Replace a file in one go and have it on disk. Raises OSError."""
    half = place.with_name(f"{place.name}.new")
    with half.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(place)


def _is_whole(folder: Path) -> bool:
    return not folder.name.startswith(".") and not folder.name.endswith(HALF) and (folder / MANIFEST).is_file()


def _as_sealed(file: Path, fact: FileFact) -> bool:
    try:
        return file.stat().st_size == fact.size_bytes and fact.sha256 in {None, sha256_of(file)}
    except OSError:
        return False


def _unwritable(place: Path, error: OSError) -> Broken:
    return Broken(Code.STATE_UNWRITABLE, path=str(place), **caused(error))
