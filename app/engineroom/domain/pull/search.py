"""Searching the Hub: what is asked, and a page of hits."""

from dataclasses import dataclass
from enum import StrEnum

MOST_HITS = 100


class Sort(StrEnum):
    """Orders the Hub knows, best first."""

    TRENDING = "trending"
    DOWNLOADS = "downloads"
    LIKES = "likes"
    MODIFIED = "modified"
    CREATED = "created"


class Format(StrEnum):
    """Weights a runtime here can read."""

    SAFETENSORS = "safetensors"
    GGUF = "gguf"


@dataclass(frozen=True, slots=True, kw_only=True)
class HubQuery:
    """What to look for. ``parameters_least`` and ``…_most`` count parameters; ``cursor`` is a page's ``next``."""

    text: str | None = None
    author: str | None = None
    task: str | None = None
    format: Format | None = None
    gated: bool | None = None
    parameters_least: int | None = None
    parameters_most: int | None = None
    sort: Sort = Sort.TRENDING
    limit: int = 30
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HubHit:
    """One repository. What the Hub does not say is ``None``; ``modified_at`` is its ISO 8601 time."""

    repo: str
    revision: str | None
    task: str | None
    library: str | None
    tags: tuple[str, ...]
    downloads: int | None
    likes: int | None
    parameters: int | None
    licence: str | None
    gated: bool | None
    modified_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HubPage:
    """Hits in order, and the cursor of the page after, ``None`` on the last.

    ``read_at_s`` is the Unix time when the Hub was asked: long ago for a page that was kept and is shown because the
    Hub cannot be asked now.
    """

    hits: tuple[HubHit, ...]
    next: str | None
    read_at_s: float | None = None
