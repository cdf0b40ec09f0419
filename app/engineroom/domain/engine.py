"""States and stages of an engine."""

from enum import StrEnum


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
