"""Objects of ``/control/runtimes``: what can serve, installing it, and judging it."""

from dataclasses import dataclass

from engineroom.domain.runtimes.preflight import Check, Finding, Level
from engineroom.domain.runtimes.values import (
    GateCheck,
    GateResult,
    GateStep,
    Outcome,
    RuntimeKind,
    RuntimeState,
    RuntimeView,
)

__all__ = [
    "AttachRequest",
    "Check",
    "Finding",
    "GateCheck",
    "GateRequest",
    "GateResult",
    "GateStep",
    "InstallRequest",
    "Level",
    "Outcome",
    "RuntimeKind",
    "RuntimeLook",
    "RuntimeState",
    "RuntimeView",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallRequest:
    """What to install: the version we install by default, as a container if that can be, where nothing is said.

    ``model`` is the folder of a model for its gate to serve.
    """

    version: str | None = None
    kind: RuntimeKind | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRequest:
    """``model`` is the folder of a model to serve."""

    model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachRequest:
    """``address`` of an OpenAI-compatible server, with or without ``/v1``."""

    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeLook:
    """What an installation of a kind would find here. ``words`` are its findings in English, with what to do."""

    kind: RuntimeKind
    version: str
    blocked: bool
    findings: tuple[Finding, ...]
    words: tuple[str, ...]
