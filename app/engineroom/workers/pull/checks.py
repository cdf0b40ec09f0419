"""Is it what the Hub promised? Hashes, and headers that a runtime will have to read."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from engineroom.domain.gguf import read_summary
from engineroom.domain.model_card.safetensors import header_length, parse_header
from engineroom.domain.pull.values import RepoFile

_BLOCK_BYTES = 2**20


def found_hash(place: Path, file: RepoFile, on_bytes: Callable[[int], None]) -> str:
    """SHA-256 of a large file, git's SHA-1 of another: the hash that :attr:`RepoFile.etag` has to be."""
    if file.sha256 is not None:
        digest = hashlib.sha256()
    else:
        digest = hashlib.sha1(usedforsecurity=False)
        digest.update(b"blob %d\0" % file.size_bytes)
    with place.open("rb", buffering=0) as source:
        while block := source.read(_BLOCK_BYTES):
            digest.update(block)
            on_bytes(len(block))
    return digest.hexdigest()


def check_header(place: Path, file: RepoFile) -> None:
    """Read the header of a weights file.

    Raises:
        Rejected: ``safetensors_broken``, or what :func:`read_summary` raises, with the repository's path.
    """
    if file.path.endswith(".safetensors"):
        with place.open("rb") as source:
            first = source.read(8)
            data = first + source.read(header_length(first, path=file.path))
        parse_header(data, path=file.path, file_bytes=file.size_bytes)
    elif file.path.endswith(".gguf"):
        with place.open("rb") as source:
            read_summary(source, path=file.path, file_bytes=file.size_bytes)
