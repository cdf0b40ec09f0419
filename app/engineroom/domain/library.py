"""What is here already: bundled models, files the user named, and the shared Hugging Face cache."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from engineroom.domain.errors import Problem
from engineroom.domain.settings import model_id_of

_SHARD = re.compile(r"-\d{5}-of-\d{5}(?=\.gguf$)", re.IGNORECASE)
_FIRST_SHARD = re.compile(r"(?P<stem>.+)-\d{5}-of-(?P<count>\d{5})\.gguf", re.IGNORECASE)
_MOST_SHARDS = 9999


class LibrarySource(StrEnum):
    """Where a model came from; only ``hub`` and ``imported`` ones can be removed here."""

    BUNDLED = "bundled"
    SETTINGS = "settings"
    IMPORTED = "imported"
    HUB = "hub"


class FileFormat(StrEnum):
    """What the weights are written in."""

    GGUF = "gguf"
    SAFETENSORS = "safetensors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One model as it lies on disk.

    ``path`` is the first GGUF file, or the folder of a safetensors snapshot.  ``size_bytes`` is what its files take,
    counted once where several names share a blob.  ``last_used_at_s`` is Unix time, as far as the file system tells.
    ``missing`` are files that the set should have and has not.
    """

    source: LibrarySource
    file_format: FileFormat
    path: str
    size_bytes: int
    last_used_at_s: float | None = None
    repo: str | None = None
    revision: str | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEntry:
    """A model that is here.

    ``runtimes`` can serve it on this computer as it is; ``engines`` are using it now.  ``removable`` says whether
    ``size_bytes`` would come free by removing it here (an imported file stays where it is, and 0 come free).
    """

    id: str
    name: str
    source: LibrarySource
    file_format: FileFormat
    path: str
    size_bytes: int
    removable: bool
    runtimes: tuple[str, ...]
    engines: tuple[str, ...]
    repo: str | None = None
    revision: str | None = None
    quantisation: str | None = None
    last_used_at_s: float | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What a removal gave back, in bytes; what other names still hold is not in it."""

    id: str
    freed_bytes: int


def gguf_parts(first: str) -> tuple[str, ...]:
    """Names of all files of a GGUF model, by the name of its first; that one alone where it is whole.

    >>> gguf_parts("m-00001-of-00002.gguf")
    ('m-00001-of-00002.gguf', 'm-00002-of-00002.gguf')
    """
    found = _FIRST_SHARD.fullmatch(first)
    if found is None:
        return (first,)
    count = min(int(found["count"]), _MOST_SHARDS)
    return tuple(f"{found['stem']}-{number:05}-of-{found['count']}.gguf" for number in range(1, count + 1))


def library_id(found: Found, taken: Collection[str], numbers: dict[str, int]) -> str:
    """What clients call it: the file's name, or ``owner/name`` of a safetensors repository.

    A name that is taken gets the owner before it, then the beginning of the commit, then a number. ``numbers`` keeps
    the next one of each name, so that thousands of one name are not tried anew for each.
    """
    if found.file_format is FileFormat.SAFETENSORS and found.repo is not None:
        plain = found.repo
    else:
        plain = model_id_of(_SHARD.sub("", found.path))
    owner = (found.repo or "").partition("/")[0].lower()
    candidates = [plain, f"{owner}/{plain}" if owner else plain, f"{plain}@{(found.revision or '')[:8]}"]
    for candidate in candidates:
        if candidate not in taken:
            return candidate
    number = numbers.get(plain, 2)
    while f"{plain}-{number}" in taken:
        number += 1
    numbers[plain] = number + 1
    return f"{plain}-{number}"


def named(all_found: Iterable[Found], taken: Collection[str]) -> dict[str, Found]:
    """Every model under a name of its own, the same every time: older commits come after newer uses."""
    names: dict[str, Found] = {}
    used, numbers = set(taken), dict[str, int]()
    for found in all_found:
        name = library_id(found, used, numbers)
        used.add(name)
        names[name] = found
    return names
