"""A sealed engine: everything that is needed to start it again, and what it did when it was tried."""

from dataclasses import dataclass, field
from enum import StrEnum

from engineroom.domain.errors import FactValue


class BuildStage(StrEnum):
    """Stages of a build, in their order; ``quantise`` only where the plan wants what nobody has published."""

    PLAN = "plan"
    FETCH = "fetch"
    QUANTISE = "quantise"
    CONFIGURE = "configure"
    TRIAL = "trial"
    SEAL = "seal"


CHECKPOINT, COMPILED = "checkpoint", "compiled"
"""Kinds of an engine: one that reads a checkpoint while it starts, and one compiled before (up to 1.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFact:
    """A file: its path below the engine's or the model's folder, its size, its SHA-256 where it was read."""

    path: str
    size_bytes: int
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the trial measured; ``None`` for what could not be.

    ``tokens_per_s`` is of one stream, ``tokens_per_s_all`` of ``concurrency`` at once, both while they answer.
    ``tool_call`` and ``json_schema`` are whether the answer was one.  ``host_peak_bytes`` is resident memory of all
    its processes, ``gpu_peak_bytes`` theirs on all cards; ``context_tokens`` what the engine gave of what was asked.
    """

    load_s: float | None = None
    ttft_s: float | None = None
    tokens_per_s: float | None = None
    concurrency: int = 1
    tokens_per_s_all: float | None = None
    tool_call: bool | None = None
    json_schema: bool | None = None
    host_peak_bytes: int | None = None
    gpu_peak_bytes: int | None = None
    context_tokens: int | None = None
    stages: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEngine:
    """One engine.

    ``argv`` and ``environment`` name the engine's own folder ``{engine}`` and that of its tuning ``{tuning}``; the port
    after ``--port`` is 0 until it is started.  ``remove`` ends a container at once, none for an environment.
    ``model_path`` is the checkpoint it reads.  ``plan`` holds what the plan said, ``simulated`` whether the cards were
    only played by a stand-in.
    """

    id: str
    kind: str
    runtime: str
    runtime_version: str
    model: str
    model_path: str
    repo: str | None
    revision: str | None
    architecture: str
    precision: str
    kv_format: str
    context_tokens: int
    concurrency: int
    gpu_name: str
    gpu_uuids: tuple[str, ...]
    sm: int | None
    driver_version: str | None
    argv: tuple[str, ...]
    environment: dict[str, str]
    not_inherited: tuple[str, ...]
    remove: tuple[str, ...]
    yaml: str
    left_out: tuple[str, ...]
    tool_parser: str | None
    reasoning_parser: str | None
    plan: dict[str, FactValue]
    simulated: bool
    created_unix_s: float
    measured: Measured = field(default_factory=Measured)
    files: tuple[FileFact, ...] = ()
    model_files: tuple[FileFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedView:
    """An engine as anybody may see it. ``differs`` says what is no longer as it was when it was built."""

    engine: SealedEngine
    size_bytes: int | None
    differs: tuple[str, ...] = ()
