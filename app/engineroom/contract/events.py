"""Names of the server-sent events of ``/control/events`` and the object each carries as JSON ``data``.

| event | data | when a reader is slow |
|---|---|---|
| ``telemetry`` | :class:`Frame` | the newest replaces the older |
| ``engine`` | :class:`EngineView` | never dropped: the reader is cut off and takes a snapshot again |
| ``machine`` | :class:`Machine` | never dropped |
| ``models`` | tuple of :class:`ModelView` | never dropped |
| ``job`` | :class:`JobView` | never dropped |
| ``traffic`` | :class:`Traffic` | the newest replaces the older |
| ``routing`` | :class:`RoutingView`, at most four a second | the newest replaces the older |
| ``log`` | tuple of :class:`LogLine` | oldest dropped, ``dropped`` says how many |
| ``dropped`` | :class:`Dropped` | |
| ``notices`` | tuple of :class:`ProblemView` (the whole list) | never dropped |
| ``goodbye`` | ``{}``: the daemon is ending | |

A comment line every 15 s keeps the connection alive.
"""

from dataclasses import dataclass
from enum import StrEnum

from engineroom.contract.control import (
    EngineView,
    Frame,
    JobView,
    LogLine,
    Machine,
    ModelView,
    ProblemView,
    RoutingView,
    Traffic,
)


class EventName(StrEnum):
    """The ``event:`` field."""

    TELEMETRY = "telemetry"
    ENGINE = "engine"
    MACHINE = "machine"
    MODELS = "models"
    JOB = "job"
    TRAFFIC = "traffic"
    ROUTING = "routing"
    LOG = "log"
    DROPPED = "dropped"
    NOTICES = "notices"
    GOODBYE = "goodbye"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Log lines this reader missed because it was slow."""

    lines: int


PAYLOADS: dict[EventName, object] = {
    EventName.TELEMETRY: Frame,
    EventName.ENGINE: EngineView,
    EventName.MACHINE: Machine,
    EventName.MODELS: tuple[ModelView, ...],
    EventName.JOB: JobView,
    EventName.TRAFFIC: Traffic,
    EventName.ROUTING: RoutingView,
    EventName.LOG: tuple[LogLine, ...],
    EventName.DROPPED: Dropped,
    EventName.NOTICES: tuple[ProblemView, ...],
    EventName.GOODBYE: dict[str, str],
}
"""Type each event's data decodes into."""
