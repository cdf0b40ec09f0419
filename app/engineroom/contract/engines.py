"""Objects of ``/control/builds`` and ``/control/sealed``: building engines, and those that were sealed."""

from dataclasses import dataclass

from engineroom.domain.sealed.values import BuildStage, FileFact, Measured, SealedEngine, SealedView
from engineroom.domain.sealed.wish import BuildWish

__all__ = [
    "BuildStage",
    "BuildWish",
    "ExportRequest",
    "ExportView",
    "FileFact",
    "Measured",
    "SealedCheck",
    "SealedEngine",
    "SealedView",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedCheck:
    """Whether an engine is as it was sealed; ``wrong`` are the files that are not."""

    engine: str
    ok: bool
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """``path`` of the tar file to write; it must not exist."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportView:
    """What was written."""

    path: str
    size_bytes: int
