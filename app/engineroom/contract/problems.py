"""Codes of problems, the wire form of an error, and exit codes of the command line."""

from dataclasses import dataclass
from enum import IntEnum

from engineroom.domain.errors import Code, FactValue

__all__ = ["MESSAGE", "Code", "ErrorBody", "ErrorEnvelope", "Exit", "FactValue"]

MESSAGE = "message"
"""The fact in which a client keeps the daemon's own sentence, where it has none for a code."""


class Exit(IntEnum):
    """Exit codes of ``engineroom``."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    NOT_RUNNING = 3
    ALREADY_RUNNING = 4
    PORT_TAKEN = 5
    ENGINE_FAILED = 6
    SETTINGS_BROKEN = 7
    NO_DESKTOP = 8
    REJECTED = 9
    DOES_NOT_FIT = 10
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorBody:
    """OpenAI's error object, with our facts added. All four first keys are always present."""

    message: str
    type: str
    param: str | None
    code: str | None
    facts: dict[str, FactValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorEnvelope:
    """Body of every error answer: ``{"error": {...}}``."""

    error: ErrorBody
