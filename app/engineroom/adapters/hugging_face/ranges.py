"""Parts of files on the Hub, never more than was asked for, never more than a budget."""

import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.pull.values import RepoFile, RepoListing

MOST_CARD_BYTES = 8 * 2**20
_STEP_BYTES = 2**18


class OverBudget(Exception):
    """More would have to be read of a repository than knowing it is worth."""


class Ranges:
    """Reads parts of the files of one listing.

    Args:
        listing: pins the commit.
        session: ``huggingface_hub``'s.
        headers: with the token, if there is one.
        budget_bytes: most bytes of all files together.
    """

    def __init__(
        self, listing: RepoListing, session: Callable[[], Any], headers: dict[str, str], budget_bytes: int
    ) -> None:
        self._listing, self._session, self._headers = listing, session, headers
        self._left_bytes = budget_bytes
        self._lock = threading.Lock()

    @property
    def left_bytes(self) -> int:
        """What the budget still allows."""
        return self._left_bytes

    def whole(self, path: str, most_bytes: int) -> bytes | None:
        """A small file; ``None`` where the repository has none of that name.

        Raises:
            Rejected: ``model_file_too_large``.
        """
        file = self._listing.file(path)
        if file is None:
            return None
        if file.size_bytes > most_bytes:
            raise Rejected(Code.MODEL_FILE_TOO_LARGE, path=path, has_bytes=file.size_bytes, limit_bytes=most_bytes)
        return self.part(file, 0, file.size_bytes)

    def part(self, file: RepoFile, start: int, stop: int) -> bytes:
        """Bytes ``start`` to ``stop`` (exclusive), fewer where the file ends. Raises OverBudget."""
        from huggingface_hub.utils import hf_raise_for_status  # type: ignore[attr-defined]

        stop = min(stop, file.size_bytes)
        if stop <= start:
            return b""
        with self._lock:
            if stop - start > self._left_bytes:
                raise OverBudget
            self._left_bytes -= stop - start
        url = f"{self._listing.endpoint}/{self._listing.repo}/resolve/{self._listing.revision}/{quote(file.path)}"
        headers = {**self._headers, "Range": f"bytes={start}-{stop - 1}", "Accept-Encoding": "identity"}
        with self._session().stream("GET", url, headers=headers) as response:
            hf_raise_for_status(response)
            skip = start if response.status_code == 200 else 0
            data = _first(response.iter_bytes(), skip, stop - start)
        if len(data) < stop - start:
            raise Broken(Code.HUB_ANSWER, host=self._listing.endpoint, **because(Detail.ENDS_EARLY, file=file.path))
        return data


class RangeSource:
    """A file as the GGUF reader wants it: read from here, seek there; fetched in steps of 256 KiB as it goes."""

    def __init__(self, ranges: Ranges, file: RepoFile) -> None:
        self._ranges, self._file = ranges, file
        self._at = 0
        self._from = 0
        self._held = b""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes from here on."""
        stop = min(self._at + size, self._file.size_bytes)
        if self._at < self._from or stop > self._from + len(self._held):
            self._fetch(stop)
        data = self._held[self._at - self._from : stop - self._from]
        self._at = stop
        return data

    def seek(self, offset: int, /) -> int:
        """Go there; nothing is fetched yet."""
        self._at = offset
        return offset

    def _fetch(self, stop: int) -> None:
        """Have everything from here to ``stop``, and what lies held beyond."""
        kept = b""
        if self._from <= self._at < self._from + len(self._held):
            kept = self._held[self._at - self._from :]
        start = self._at + len(kept)
        more = self._ranges.part(self._file, start, max(stop, start + _STEP_BYTES))
        self._from, self._held = self._at, kept + more


def _first(blocks: Any, skip: int, count: int) -> bytes:
    """``count`` bytes after ``skip``; the rest is not waited for."""
    found = bytearray()
    for block in blocks:
        found += block[skip : skip + count - len(found)]
        skip = max(0, skip - len(block))
        if len(found) == count:
            break
    return bytes(found)
