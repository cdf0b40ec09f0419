"""How the room does, in one word and two figures: what a tray icon has space for."""

from enum import StrEnum

from engineroom.contract.control import EngineState
from engineroom_ui.link.session import Phase
from engineroom_ui.state.room import Room


class Condition(StrEnum):
    """From the one that needs a person to the one that needs nobody."""

    PROBLEM = "problem"
    SERVING = "serving"
    IDLE = "idle"


_TROUBLE = frozenset({Phase.LOST, Phase.REFUSED, Phase.START_FAILED})


def condition(room: Room) -> Condition:
    """A failed engine or a daemon that is lost comes first."""
    states = {engine.state for engine in room.engines.values()}
    if room.link.phase in _TROUBLE or (room.live and EngineState.FAILED in states):
        return Condition.PROBLEM
    return Condition.SERVING if room.live and EngineState.READY in states else Condition.IDLE


def power_w(room: Room) -> float | None:
    """What the cards and the processor draw now, in W; None where nothing reports it."""
    frame = room.telemetry.last
    if frame is None or not room.live:
        return None
    parts = [*(gpu.power_w for gpu in frame.gpus), frame.host.cpu_power_w]
    told = [part for part in parts if part is not None]
    return sum(told) if told else None


def tokens_per_s(room: Room) -> float | None:
    """Output tokens of all streams per second; None while nothing is measured."""
    frame = room.telemetry.last
    return frame.tokens_per_s if frame is not None and room.live else None
