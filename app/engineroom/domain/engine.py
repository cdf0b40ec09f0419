"""States and stages of an engine."""

from dataclasses import dataclass
from enum import StrEnum

from engineroom.domain.errors import Problem
from engineroom.domain.serving import EngineServing


class EngineState(StrEnum):
    """States of an engine; only the engine's actor changes them."""

    STOPPED = "stopped"
    STARTING = "starting"
    READY = "ready"
    STOPPING = "stopping"
    FAILED = "failed"


class Stage(StrEnum):
    """Stages of a start, in this order."""

    SPAWN = "spawn"
    VERIFY = "verify"
    LOAD = "load"
    WARM_UP = "warm_up"


class StageStatus(StrEnum):
    """How far one stage has come."""

    PENDING = "pending"
    ACTIVE = "active"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """One stage of a start. ``progress`` runs from 0 to 1; ``None`` where the stage cannot tell."""

    stage: Stage
    status: StageStatus
    progress: float | None
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartStep:
    """A step of a start as the engine's own log tells it, ``at_s`` seconds after the start began.

    ``name`` is the runtime's (see :class:`engineroom.domain.trtllm.stages.Step`); what it does twice, first to measure
    and then to keep, has ``round`` 2 the second time.
    """

    name: str
    at_s: float
    round: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineView:
    """One engine.

    ``context_tokens`` is what one request may use (prompt and answer); ``context_limit`` says what limits it:
    ``settings`` or ``model``, or ``memory`` where the engine gave less than it was asked for.  ``device`` is where the
    runtime computes, as it names it.  ``expected_load_s`` was learned from earlier starts on this machine.  ``problem``
    says why the state is ``failed`` or why it restarted.
    ``gpu_uuids`` are the cards it has memory on, by its own log; for a slice (MIG), the card that the slice is of.
    ``steps`` are finer than ``stages``, where its log tells them; ``ready_at_s`` is when it will be ready (Unix time),
    by earlier starts on this machine.  ``serving`` is its own account of its work, and as old as its ``at_s``.
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
    problem: Problem | None
    last_lines: tuple[str, ...]
    can_start: bool
    can_stop: bool
    gpu_uuids: tuple[str, ...] = ()
    steps: tuple[StartStep, ...] = ()
    ready_at_s: float | None = None
    serving: EngineServing | None = None


TRANSITIONS: dict[EngineState, frozenset[EngineState]] = {
    EngineState.STOPPED: frozenset({EngineState.STARTING}),
    EngineState.STARTING: frozenset({EngineState.READY, EngineState.STOPPING, EngineState.FAILED}),
    EngineState.READY: frozenset({EngineState.STOPPING, EngineState.FAILED}),
    EngineState.STOPPING: frozenset({EngineState.STOPPED, EngineState.FAILED}),
    EngineState.FAILED: frozenset({EngineState.STARTING, EngineState.STOPPED}),
}
"""Where each state may go next."""
