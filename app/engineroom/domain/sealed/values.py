"""A sealed engine: everything that is needed to start it again, and what it did when it was tried."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engineroom.domain.errors import FactValue
from engineroom.domain.planning.values import EngineKind


class BuildStage(StrEnum):
    """Stages of a build, in their order.

    ``quantise`` only where the plan wants what nobody has published; ``convert`` and ``compile`` only for a compiled
    engine: into the compiler's own form of checkpoint, in the precision of the plan, and from there to the engine.
    """

    PLAN = "plan"
    FETCH = "fetch"
    QUANTISE = "quantise"
    CONVERT = "convert"
    COMPILE = "compile"
    CONFIGURE = "configure"
    TRIAL = "trial"
    SEAL = "seal"


TOOL_STAGES = (BuildStage.QUANTISE, BuildStage.CONVERT, BuildStage.COMPILE)
"""Stages in which a program of the runtime is run."""


def stages_of(order: Mapping[str, Any]) -> tuple[BuildStage, ...]:
    """Those that the build of an order has: of the tools those that it has a command for."""
    return tuple(stage for stage in BuildStage if stage not in TOOL_STAGES or stage in order["tools"])


CHECKPOINT, COMPILED = EngineKind.CHECKPOINT.value, EngineKind.COMPILED.value
"""Kinds of an engine, see :class:`~engineroom.domain.planning.values.EngineKind`."""


BACKEND = "drawn_up_for"
"""In the plan of a compiled engine before any was tried: the backend its estimates are for, which is not its own."""

TRIAL_PROMPT_TOKENS = 32
"""About as long as the questions of a trial are, for estimates that it is to be held against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFact:
    """A file: its path below the engine's or the model's folder, its size, its SHA-256 where it was read."""

    path: str
    size_bytes: int
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the trial measured; ``None`` for what could not be.

    ``tokens_per_s`` is of one stream (the median of ``alone_tokens_per_s``, each at ``alone_depth`` tokens in its cache
    halfway through), ``tokens_per_s_all`` of ``concurrency`` at once, all while they answer.  ``joules_per_token`` is
    what its cards drew for each token of those streams, idling included, ``joules_per_token_all`` at ``concurrency``;
    ``energy_estimated`` where they report power only, which was then added up.  ``tool_call`` and ``json_schema`` are
    whether the answer was one.  ``host_peak_bytes`` is resident memory of all its processes; ``gpu_peak_bytes`` and
    ``gpu_settled_bytes`` theirs on all cards, at most and after the answers; ``context_tokens`` what the engine gave of
    what was asked.  ``log_bytes`` are figures of its log by their names in
    :class:`~engineroom.domain.planning.log_figures.MeasuredTerms`.
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
    gpu_settled_bytes: int | None = None
    joules_per_token: float | None = None
    joules_per_token_all: float | None = None
    energy_estimated: bool | None = None
    alone_tokens_per_s: tuple[float, ...] = ()
    alone_depth: int | None = None
    context_tokens: int | None = None
    log_bytes: dict[str, int] = field(default_factory=dict)
    stages: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEngine:
    """One engine.

    ``argv`` and ``environment`` name the engine's own folder ``{engine}`` and that of its tuning ``{tuning}``; the port
    after ``--port`` is 0 until it is started.  ``remove`` ends a container at once, none for an environment.
    ``model_path`` is the checkpoint or compiled engine it reads, ``tokenizer_path`` the model whose tokenizer is needed
    beside a compiled one.  ``steps`` are the commands of the tools that made it, by stage.  ``plan`` holds what the
    plan said, ``simulated`` whether the cards were only played by a stand-in.  ``runtime_print`` tells two
    installations of one version apart.
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
    runtime_print: str | None = None
    tokenizer_path: str | None = None
    weight_sparsity: bool = False
    steps: dict[str, tuple[str, ...]] = field(default_factory=dict)
    measured: Measured = field(default_factory=Measured)
    files: tuple[FileFact, ...] = ()
    model_files: tuple[FileFact, ...] = ()


class SealedState(StrEnum):
    """``stale``: something is no longer as it was when it was built, and it should be built again."""

    READY = "ready"
    STALE = "stale"


class Stale(StrEnum):
    """Why an engine is stale: its cards are not here, the driver is of another generation, or of its runtime."""

    CARD = "card"
    DRIVER = "driver"
    RUNTIME_GONE = "runtime_gone"
    RUNTIME_CHANGED = "runtime_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleReason:
    """One reason. ``facts`` are ``built`` and ``now``, as texts; ``now`` is ``None`` where there is nothing."""

    code: Stale
    facts: dict[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of a trial beside what the plan expected.

    ``name`` is the one it has in :class:`Measured`, with its unit.  ``ratio`` is measured over expected, ``within``
    whether it lies in the plan's range; both ``None`` where either is not known.
    """

    name: str
    measured: float | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    ratio: float | None = None
    within: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedView:
    """An engine as anybody may see it.

    ``reasons`` say why it is stale, ``figures`` hold the trial against the plan; ``command`` is a line for a shell that
    starts it as it was sealed.
    """

    engine: SealedEngine
    size_bytes: int | None
    state: SealedState = SealedState.READY
    reasons: tuple[StaleReason, ...] = ()
    figures: tuple[Figure, ...] = ()
    command: str = ""


class Better(StrEnum):
    """Which of two figures is the better one."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFigure:
    """One measured figure of several engines, in their order; ``best`` is the place of the best one.

    ``best`` is ``None`` where two are alike, where one is not known, or where the figures were not measured alike.
    """

    name: str
    values: tuple[float | None, ...]
    better: Better
    best: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFact:
    """How several engines were made, in their order: a field of :class:`SealedEngine` as text."""

    name: str
    values: tuple[str | None, ...]
    alike: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Engines side by side."""

    engines: tuple[str, ...]
    facts: tuple[ComparedFact, ...]
    figures: tuple[ComparedFigure, ...]
