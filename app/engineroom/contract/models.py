"""Objects of ``/control/library``, ``/control/hub`` and ``/control/outbound``: having models and getting them."""

from dataclasses import dataclass

from engineroom.domain.library import FileFormat, LibraryEntry, LibrarySource, Removed
from engineroom.domain.pull.outgoing import Outgoing, Purpose
from engineroom.domain.pull.preview import PullPreview
from engineroom.domain.pull.search import Format, HubHit, HubPage, HubQuery, Sort

__all__ = [
    "FileFormat",
    "Format",
    "HubAccount",
    "HubHit",
    "HubPage",
    "HubQuery",
    "ImportRequest",
    "LibraryEntry",
    "LibrarySource",
    "Outgoing",
    "PullPreview",
    "PullRequest",
    "Purpose",
    "Removed",
    "Sort",
    "TokenRequest",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest:
    """Which model to fetch.

    ``repo`` is ``owner/name``, ``owner/name@revision`` or the address of its page; ``variant`` chooses a set of weights
    (``Q4_K_M``, or a path); ``allow_code`` allows the programs that this very commit brings.
    """

    repo: str
    revision: str | None = None
    variant: str | None = None
    allow_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """``path`` of a GGUF file, or of a folder that holds some."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRequest:
    """A Hugging Face access token to store."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HubAccount:
    """Which Hub is asked.

    ``token_place`` is where the token lies that is sent to it: ``keyring``, ``file`` (only this user can read it),
    ``environment`` (``HF_TOKEN``), ``library`` (where other Hugging Face tools keep it), or ``None``.
    """

    endpoint: str
    offline: bool
    token_place: str | None
