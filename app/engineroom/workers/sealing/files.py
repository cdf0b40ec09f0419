"""Files of a model and of an engine, hashed; what the Hub's cache says of them is held against that."""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from engineroom.domain.errors import Broken, Code
from engineroom.domain.os_errors import caused
from engineroom.domain.sealed.values import FileFact

_BLOCK_BYTES = 4 * 2**20
_HASH = re.compile(r"[0-9a-f]{64}")

Progress = Callable[[int, int], None]


def files_of_model(folder: Path, repo: str | None, progress: Progress) -> tuple[FileFact, ...]:
    """Every file of a model, hashed.

    The cache names the large ones by their SHA-256 (those of Git LFS): one that is something else is refused.

    Raises:
        Broken: ``fetched_wrong``, or ``file_unreadable``.
    """
    facts = []
    for file, fact in _hashed(list(_files(folder)), folder, progress):
        facts.append(fact)
        named = file.resolve().name
        if _HASH.fullmatch(named) and named != fact.sha256:
            raise Broken(Code.FETCHED_WRONG, repo=repo, path=fact.path, expected=named, found=fact.sha256)
    return tuple(facts)


def facts_below(folder: Path, but: frozenset[str], progress: Progress) -> tuple[FileFact, ...]:
    """Every file below a folder, but those named. Raises Broken."""
    found = [file for file in _files(folder) if str(file.relative_to(folder)) not in but]
    return tuple(fact for _, fact in _hashed(found, folder, progress))


def _hashed(files: list[Path], folder: Path, progress: Progress) -> Iterator[tuple[Path, FileFact]]:
    total, done = sum(file.stat().st_size for file in files), 0
    for file in files:
        fact = fact_of(file, folder, _from(progress, done, total))
        done += fact.size_bytes
        yield file, fact


def _from(progress: Progress, before: int, total: int) -> Callable[[int], None]:
    return lambda read: progress(before + read, total)


def fact_of(file: Path, folder: Path, progress: Callable[[int], None]) -> FileFact:
    """One of them. Raises Broken (``file_unreadable``)."""
    digest, done = hashlib.sha256(), 0
    try:
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK_BYTES):
                digest.update(block)
                done += len(block)
                progress(done)
    except OSError as error:
        raise Broken(Code.FILE_UNREADABLE, path=str(file), **caused(error)) from error
    return FileFact(path=str(file.relative_to(folder)), size_bytes=done, sha256=digest.hexdigest())


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file())
