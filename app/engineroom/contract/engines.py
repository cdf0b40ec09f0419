"""Objects of ``/control/builds`` and ``/control/sealed``: building engines, and those that were sealed."""

from dataclasses import dataclass

from engineroom.domain.sealed.values import (
    BACKEND,
    COMPILED,
    Better,
    BuildStage,
    ComparedFact,
    ComparedFigure,
    Comparison,
    Figure,
    FileFact,
    Measured,
    SealedEngine,
    SealedState,
    SealedView,
    Stale,
    StaleReason,
)
from engineroom.domain.sealed.wish import BuildWish, NodesScript, NodesWish

__all__ = [
    "BACKEND",
    "COMPILED",
    "Better",
    "BuildStage",
    "BuildWish",
    "ComparedFact",
    "ComparedFigure",
    "Comparison",
    "ExportRequest",
    "ExportView",
    "Figure",
    "FileFact",
    "Measured",
    "NodesScript",
    "NodesWish",
    "RebuildRequest",
    "SealedCheck",
    "SealedEngine",
    "SealedState",
    "SealedView",
    "Stale",
    "StaleReason",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildRequest:
    """``runtime`` as of :class:`BuildWish`: without it the engine's own, if it is here; ``accept`` as there."""

    runtime: str | None = None
    accept: bool = False
