"""Pages of searches on disk: fresh ones spare the Hub the question, old ones are better than none without a network."""

import contextlib
import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from engineroom.domain.pull.search import HubPage, HubQuery

FRESH_S = 600.0
KEPT_S = 30 * 86_400.0
MOST_PAGES = 500


class PageCache:
    """One file per question. Losing it costs a question.

    Args:
        endpoint: the Hub whose answers these are.
        now: Unix time.
    """

    def __init__(self, folder: Path, *, endpoint: Callable[[], str], now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._endpoint = endpoint
        self._now = now

    def fresh(self, query: HubQuery) -> HubPage | None:
        """The answer, if the Hub was asked in the last ten minutes."""
        return self._read(query, FRESH_S)

    def kept(self, query: HubQuery) -> HubPage | None:
        """The answer, if the Hub was asked in the last thirty days."""
        return self._read(query, KEPT_S)

    def put(self, query: HubQuery, page: HubPage) -> HubPage:
        """Keep an answer that has just come; the same, with its time."""
        told = replace(page, read_at_s=self._now())
        place = self._place(query)
        half = place.with_suffix(".new")
        with contextlib.suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(msgspec.json.encode(told))
            half.replace(place)
            self._sweep()
        return told

    def _read(self, query: HubQuery, most_s: float) -> HubPage | None:
        try:
            page = msgspec.json.decode(self._place(query).read_bytes(), type=HubPage)
        except (OSError, msgspec.MsgspecError):
            return None
        age_s = self._now() - (page.read_at_s or 0.0)
        return page if 0 <= age_s <= most_s else None

    def _place(self, query: HubQuery) -> Path:
        key = hashlib.sha256(self._endpoint().encode() + b"\0" + msgspec.json.encode(query)).hexdigest()
        return self._folder / f"{key}.json"

    def _sweep(self) -> None:
        pages = sorted(self._folder.glob("*.json"), key=lambda page: page.stat().st_mtime)
        for page in pages[: max(0, len(pages) - MOST_PAGES)]:
            page.unlink(missing_ok=True)
