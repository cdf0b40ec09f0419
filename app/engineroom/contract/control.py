"""Objects served under ``/control``: the state of the engine room as a client may see it."""

from dataclasses import dataclass

from engineroom.domain.engine import EngineState, EngineView, Stage, StageStatus, StageView, StartStep
from engineroom.domain.errors import FactValue
from engineroom.domain.errors import Problem as ProblemView
from engineroom.domain.job import FollowUp, FollowUpState, JobFile, JobKind, JobStage, JobStageState, JobState, JobView
from engineroom.domain.ledger import EnergyRow, EnergyTable, GroupBy, Series, SeriesPoint
from engineroom.domain.logs import LogLine
from engineroom.domain.machine import (
    Frame,
    GpuInfo,
    GpuProcess,
    GpuReading,
    GpuState,
    HostInfo,
    HostReading,
    Machine,
    MemoryKind,
    MigInstance,
    NvmlState,
    PowerScope,
    Throttle,
    Xid,
)
from engineroom.domain.model import ModelView
from engineroom.domain.planning.question import CatalogueRow, CheckpointRow
from engineroom.domain.planning.question import Question as PlanRequest
from engineroom.domain.planning.values import Runtime, Verdict, Wish
from engineroom.domain.routing.views import RoutingView
from engineroom.domain.serving import EngineServing
from engineroom.domain.usage import Outcome, RequestView, Traffic

__all__ = [
    "API",
    "CatalogueRow",
    "CheckpointRow",
    "EnergyRow",
    "EnergyTable",
    "EngineServing",
    "EngineState",
    "EngineView",
    "FactValue",
    "FollowUp",
    "FollowUpState",
    "Frame",
    "GpuInfo",
    "GpuProcess",
    "GpuReading",
    "GpuState",
    "GroupBy",
    "Hello",
    "HostInfo",
    "HostReading",
    "JobFile",
    "JobKind",
    "JobStage",
    "JobStageState",
    "JobState",
    "JobView",
    "LogLine",
    "Machine",
    "MemoryKind",
    "MigInstance",
    "ModelView",
    "NvmlState",
    "Outcome",
    "PlanRequest",
    "PowerScope",
    "ProblemView",
    "RequestView",
    "RoutingView",
    "Runtime",
    "Series",
    "SeriesPoint",
    "Snapshot",
    "Stage",
    "StageStatus",
    "StageView",
    "StartStep",
    "Throttle",
    "Traffic",
    "Verdict",
    "Wish",
    "Xid",
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
    jobs: tuple[JobView, ...] = ()
    routing: RoutingView | None = None
