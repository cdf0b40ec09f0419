"""Objects served under ``/control``: the state of the engine room as a client may see it."""

from dataclasses import dataclass

from engineroom.domain.engine import EngineState, Stage, StageStatus
from engineroom.domain.errors import FactValue
from engineroom.domain.errors import Problem as ProblemView
from engineroom.domain.logs import LogLine
from engineroom.domain.machine import GpuInfo, GpuReading, HostInfo, HostReading, Machine, NvmlState
from engineroom.domain.usage import Outcome

__all__ = [
    "API", "EngineState", "EngineView", "FactValue", "Frame", "GpuInfo", "GpuReading", "Hello", "HostInfo",
    "HostReading", "LogLine", "Machine", "ModelView", "NvmlState", "Outcome", "ProblemView", "RequestView",
    "Snapshot", "Stage", "StageStatus", "StageView", "Traffic",
]

API = 1
"""Number of the control API; a window keeps working with a daemon of the same number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """Who answers. ``address`` is the OpenAI base URL without ``/v1``; ``started_at_s`` is Unix time."""

    product: str
    version: str
    api: int
    pid: int
    started_at_s: float
    address: str
    idle_exit_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One telemetry sample.

    ``taken_at_s`` is Unix time; ``tokens_per_s`` counts the output tokens of all streams over the last two seconds;
    ``active_requests`` are being answered now, ``waiting_requests`` wait for an engine.
    """

    taken_at_s: float
    tokens_per_s: float
    active_requests: int
    waiting_requests: int
    host: HostReading
    gpus: tuple[GpuReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """One stage of a start. ``progress`` runs from 0 to 1; ``None`` where the stage cannot tell."""

    stage: Stage
    status: StageStatus
    progress: float | None
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineView:
    """One engine.

    ``context_tokens`` is what one request may use (prompt and answer); ``context_limit`` says what limits it:
    ``settings`` or ``model``.  ``device`` is where the runtime computes, as it names it.  ``expected_load_s`` was learned
    from earlier starts on this machine.  ``problem`` says why the state is ``failed``, or why the last start was retried.
    """

    id: str
    model_id: str
    runtime: str
    runtime_version: str | None
    device: str | None
    state: EngineState
    since_s: float
    stages: tuple[StageView, ...]
    load_s: float | None
    expected_load_s: float | None
    context_tokens: int | None
    context_limit: str | None
    slots: int | None
    threads: int | None
    memory_bytes: int | None
    pid: int | None
    restarts: int
    problem: ProblemView | None
    last_lines: tuple[str, ...]
    can_start: bool
    can_stop: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelView:
    """One model that can be served. ``problem`` is set when its file cannot be used."""

    id: str
    name: str
    runtime: str
    parameters: int | None
    quantisation: str | None
    file_bytes: int | None
    licence: str | None
    source: str | None
    bundled: bool
    is_default: bool
    problem: ProblemView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """One finished request. Rates are of the decode phase: tokens after the first over the time after the first."""

    request_id: str
    model_id: str
    route: str
    outcome: Outcome
    status: int
    finished_at_s: float
    seconds: float
    ttft_s: float | None
    tokens_per_s: float | None
    prompt_tokens: int | None
    completion_tokens: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Totals since the daemon started, and the last request."""

    requests: int
    rejected: int
    failed: int
    cancelled: int
    prompt_tokens: int
    completion_tokens: int
    last: RequestView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything a client needs to draw itself; events then keep it true. ``frames`` are oldest first."""

    hello: Hello
    machine: Machine
    models: tuple[ModelView, ...]
    engines: tuple[EngineView, ...]
    traffic: Traffic
    frames: tuple[Frame, ...]
    log: tuple[LogLine, ...]
    notices: tuple[ProblemView, ...]
