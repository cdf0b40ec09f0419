"""Objects of ``/control/library``, ``/control/hub`` and ``/control/outbound``: having models and getting them."""

from dataclasses import dataclass

from engineroom.domain.library import FileFormat, LibraryEntry, LibrarySource, Removed
from engineroom.domain.pull.outgoing import Outgoing, Purpose
from engineroom.domain.pull.preview import PullPreview
from engineroom.domain.pull.search import Format, HubHit, HubPage, HubQuery, Sort

__all__ = [
    "ExportRequest",
    "FileFormat",
    "Format",
    "HubAccount",
    "HubHit",
    "HubPage",
    "HubQuery",
    "ImportRequest",
    "LibraryEntry",
    "LibrarySource",
    "ModelReadme",
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
class ExportRequest:
    """``models`` of the library, and the ``path`` of the bundle: a tar file where it ends so, else a folder."""

    models: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRequest:
    """A Hugging Face access token to store."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HubAccount:
    """Which Hub is asked, and where what it sends is kept.

    ``token_place`` is where the token lies that is sent to it: ``keyring``, ``file`` (only this user can read it),
    ``environment`` (``HF_TOKEN``), ``library`` (where other Hugging Face tools keep it), or ``None``.
    ``free_bytes`` is the room on the disk of ``cache_path``, ``None`` where it cannot be asked.
    """

    endpoint: str
    offline: bool
    token_place: str | None
    cache_path: str | None = None
    free_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReadme:
    """What its authors say of a model: Markdown without pictures and HTML, ``None`` where they say nothing.

    ``page`` is the address that its relative links count from, ``None`` for a model of no repository.
    """

    text: str | None
    page: str | None = None
