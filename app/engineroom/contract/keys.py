"""Objects of ``/control/keys``, ``/control/network`` and ``/control/capture``: who may use the engine room."""

from dataclasses import dataclass, field

from engineroom.domain.keys import KeyLimits, KeyView, RouteGroup
from engineroom.domain.network import InterfaceView, NetworkView, Reach

__all__ = [
    "CaptureRequest",
    "CaptureView",
    "InterfaceView",
    "KeyLimits",
    "KeyRequest",
    "KeyView",
    "NetworkView",
    "NewKey",
    "Reach",
    "RouteGroup",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRequest:
    """A key to make. Empty ``models`` and ``routes`` mean all; ``expires_at_s`` is Unix time, ``priority`` 0 to 9."""

    name: str
    models: tuple[str, ...] = ()
    routes: tuple[RouteGroup, ...] = ()
    expires_at_s: float | None = None
    limits: KeyLimits = field(default_factory=KeyLimits)
    priority: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key just made. ``key`` is shown this once and kept nowhere."""

    key: str
    view: KeyView


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRequest:
    """For how long prompts and answers are to be written down; 0 ends it."""

    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureView:
    """Whether prompts and answers are being written down, where, and until when (Unix time)."""

    on: bool
    path: str | None
    until_s: float | None
