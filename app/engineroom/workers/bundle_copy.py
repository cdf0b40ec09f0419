"""Copying with a hash, and saying how far it is."""

import hashlib
import time
from collections.abc import Callable
from typing import Protocol

_BLOCK_BYTES = 2**20
_TICK_S = 0.25

Tell = Callable[..., None]


class Reader(Protocol):
    """Where bytes come from."""

    def read(self, size: int, /) -> bytes:
        """At most so many."""


class Writer(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> object:
        """Take them all."""


class Teller:
    """Says how far it is, at most four times a second."""

    def __init__(self, total_bytes: int, tell: Tell) -> None:
        self._total_bytes = total_bytes
        self._tell = tell
        self._done_bytes = 0
        self._began_s = self._said_s = time.monotonic()

    def add(self, name: str, done_bytes: int, total_bytes: int, count: int) -> None:
        """``count`` more bytes of a file."""
        self._done_bytes += count
        now_s = time.monotonic()
        if now_s - self._said_s < _TICK_S and self._done_bytes < self._total_bytes:
            return
        self._said_s = now_s
        speed = self._done_bytes / max(now_s - self._began_s, 1e-3)
        self._tell("progress", done_bytes=self._done_bytes, total_bytes=self._total_bytes, bytes_per_s=round(speed),
                   eta_s=round((self._total_bytes - self._done_bytes) / speed, 1) if speed else None,
                   files=[[name, done_bytes, total_bytes]])  # fmt: skip


def copied(source: Reader, target: Writer | None, name: str, size: int, teller: Teller) -> tuple[str, str]:
    """Copy exactly ``size`` bytes; their SHA-256, and git's SHA-1 of them.

    Raises:
        EOFError: there are fewer.
    """
    plain, git = hashlib.sha256(), hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    done = 0
    while done < size:
        block = source.read(min(_BLOCK_BYTES, size - done))
        if not block:
            raise EOFError(f"{name} ends after {done} of {size} bytes")
        plain.update(block)
        git.update(block)
        if target is not None:
            target.write(block)
        done += len(block)
        teller.add(name, done, size, len(block))
    return plain.hexdigest(), git.hexdigest()
