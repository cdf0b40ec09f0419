"""Looking through the disk for models: the shared Hugging Face cache, and files the user imported.

The cache is read as it lies there (``models--OWNER--NAME/snapshots/COMMIT``), never moved or rewritten; a removal goes
through ``huggingface_hub``, which knows what other revisions share.
"""

import contextlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from engineroom.adapters.typed_path import typed_path
from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.gguf import read_summary
from engineroom.domain.library import FileFormat, Found, LibrarySource, gguf_parts
from engineroom.domain.os_errors import caused

_SHARD = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.IGNORECASE)
_NO_MODELS = ("mmproj", "imatrix", "ggml-vocab")
_INDEX = "model.safetensors.index.json"
_MOST_INDEX_BYTES = 64 * 2**20


class LibraryPlaces:
    """The disk's side of the library. Everything here may block.

    Args:
        imported_file: JSON list of the paths that were imported.
        cache: the Hugging Face cache; ``None`` for where ``HF_HUB_CACHE`` and ``HF_HOME`` say.
    """

    def __init__(self, imported_file: Path, *, cache: Path | None = None) -> None:
        self._imported_file = imported_file
        self._cache = cache

    @property
    def cache(self) -> Path:
        """The shared cache."""
        return self._cache or hub_cache()

    def scan(self) -> list[Found]:
        """What lies here, the most recently used first; unreadable folders are passed over."""
        found = [*self._imported(), *_cached(self.cache)]
        return sorted(found, key=lambda one: (one.source, -(one.last_used_at_s or 0.0), one.path))

    def add(self, path: str) -> None:
        """Import a GGUF file, or every one below a folder, by its path.

        Raises:
            Rejected: ``file_missing``, ``no_models_there``, or what is wrong with the file's header.
            Broken: ``file_unreadable`` or ``state_unwritable``.
        """
        if not path:
            # It would be the folder that the daemon happens to run in.
            raise Rejected(Code.FILE_MISSING, path=path)
        place = typed_path(path).absolute()
        files = sorted(_models_below(place)) if place.is_dir() else [place]
        if not files:
            raise Rejected(Code.NO_MODELS_THERE, path=str(place))
        for file in files:
            _check(file)
        self._write({*self._paths(), *map(str, files)})

    def remove(self, found: Found) -> int:
        """Remove a model; the bytes that came free. Raises Rejected (``not_removable``) or Broken."""
        if found.source is LibrarySource.IMPORTED:
            self._write(set(self._paths()) - {found.path})
            return 0
        if found.source is not LibrarySource.HUB:
            raise Rejected(Code.NOT_REMOVABLE, model=found.path, source=found.source)
        if found.file_format is FileFormat.GGUF:
            return _remove_files(Path(found.path), self.cache)
        return _remove_revision(self.cache, str(found.revision))

    def _imported(self) -> Iterator[Found]:
        for text in self._paths():
            path = Path(text)
            if _is_first(path.name):
                yield _gguf(path, LibrarySource.IMPORTED)

    def _paths(self) -> list[str]:
        try:
            rows = json.loads(self._imported_file.read_text("utf-8"))
        except (OSError, ValueError):
            return []
        return [row for row in rows if isinstance(row, str)] if isinstance(rows, list) else []

    def _write(self, paths: Iterable[str]) -> None:
        half = self._imported_file.with_suffix(".new")
        try:
            half.write_text(json.dumps(sorted(paths)), "utf-8")
            half.replace(self._imported_file)
        except OSError as error:
            raise Broken(Code.STATE_UNWRITABLE, path=str(half), **caused(error)) from error


def hub_cache() -> Path:
    """Where every tool of this user keeps what it fetched, by ``huggingface_hub``'s own rules."""
    if explicit := os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE"):
        return Path(explicit).expanduser()
    home = os.environ.get("HF_HOME") or Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")) / "huggingface"
    return Path(home).expanduser() / "hub"


def _cached(cache: Path) -> Iterator[Found]:
    for folder in _folders(cache, "models--*"):
        repo = folder.name.removeprefix("models--").replace("--", "/", 1)
        for snapshot in _folders(folder / "snapshots", "*"):
            yield from _of_snapshot(snapshot, repo)


def _of_snapshot(snapshot: Path, repo: str) -> Iterator[Found]:
    for path in sorted(_models_below(snapshot)):
        yield _gguf(path, LibrarySource.HUB, repo=repo, revision=snapshot.name)
    weights = sorted(snapshot.glob("*.safetensors"))
    if not weights or not (snapshot / "config.json").is_file():
        return
    missing = [name for name in _indexed(snapshot) if not (snapshot / name).is_file()]
    blobs = {file.resolve() for file in snapshot.rglob("*") if file.is_file()}
    yield Found(
        source=LibrarySource.HUB,
        file_format=FileFormat.SAFETENSORS,
        path=str(snapshot),
        size_bytes=sum(map(_size, blobs)),
        last_used_at_s=max((_used(file) for file in weights), default=None),
        repo=repo,
        revision=snapshot.name,
        missing=tuple(missing),
    )


def _gguf(path: Path, source: LibrarySource, repo: str | None = None, revision: str | None = None) -> Found:
    shards = list(_shards(path))
    return Found(
        source=source,
        file_format=FileFormat.GGUF,
        path=str(path),
        size_bytes=sum(map(_size, shards)),
        last_used_at_s=_used(path) or None,
        repo=repo,
        revision=revision,
        missing=tuple(shard.name for shard in shards if not shard.is_file()),
    )


def _models_below(folder: Path) -> Iterator[Path]:
    """First files of GGUF models."""
    for path in folder.rglob("*.gguf"):
        if _is_first(path.name) and path.is_file():
            yield path


def _is_first(name: str) -> bool:
    shard = _SHARD.fullmatch(name)
    return not name.lower().startswith(_NO_MODELS) and (shard is None or int(shard["number"]) == 1)


def _shards(first: Path) -> Iterator[Path]:
    return (first.with_name(name) for name in gguf_parts(first.name))


def _indexed(snapshot: Path) -> list[str]:
    """Names of the shards that the index speaks of."""
    index = snapshot / _INDEX
    try:
        if index.stat().st_size > _MOST_INDEX_BYTES:
            return []
        tree: dict[str, Any] = json.loads(index.read_text("utf-8"))
        return sorted({str(name) for name in tree["weight_map"].values()})
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return []


def _check(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            read_summary(file, path=str(path), file_bytes=size)
    except FileNotFoundError:
        raise Rejected(Code.FILE_MISSING, path=str(path)) from None
    except OSError as error:
        raise Broken(Code.FILE_UNREADABLE, path=str(path), **caused(error)) from error


def _remove_files(first: Path, cache: Path) -> int:
    """Remove a GGUF model's names and the blobs that nothing else names; the bytes that came free."""
    repo = next((folder for folder in first.parents if folder.parent == cache), None)
    if repo is None:
        raise Rejected(Code.NOT_REMOVABLE, model=str(first), source="elsewhere")
    freed = 0
    for name in _shards(first):
        blob = name.resolve()
        with contextlib.suppress(OSError):
            name.unlink()
        if not any(other.resolve() == blob for other in (repo / "snapshots").rglob("*") if other.is_symlink()):
            freed += _size(blob)
            with contextlib.suppress(OSError):
                blob.unlink()
    return freed


def _remove_revision(cache: Path, revision: str) -> int:
    from huggingface_hub import scan_cache_dir

    strategy = scan_cache_dir(cache).delete_revisions(revision)
    strategy.execute()
    return int(strategy.expected_freed_size)


def _folders(parent: Path, pattern: str) -> list[Path]:
    with contextlib.suppress(OSError):
        return sorted(path for path in parent.glob(pattern) if path.is_dir())
    return []


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _used(path: Path) -> float:
    try:
        return path.stat().st_atime
    except OSError:
        return 0.0
