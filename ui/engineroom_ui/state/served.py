"""What a running engine delivers and draws, as far as the daemon tells it of one engine alone."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from engineroom.contract.control import EngineState, EngineView, Frame, RequestView
from engineroom_ui.state.room import Room


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFigures:
    """``None`` where nothing is told of this engine alone; rates and energy are those of its last answer."""

    tokens_per_s_now: float | None = None
    last_tokens_per_s: float | None = None
    last_ttft_s: float | None = None
    power_w: float | None = None
    joules_per_token: float | None = None
    joules_estimated: bool = False
    active: int | None = None
    waiting: int | None = None


class Served(QObject):
    """Remembers the last answer of each model."""

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._last: dict[str, RequestView] = {}
        room.traffic_changed.connect(self._traffic)
        self._traffic()

    def figures(self, engine: EngineView) -> EngineFigures:
        """What is known of an engine now."""
        frame, last = self._room.telemetry.last, self._last.get(engine.model_id)
        own = engine.serving
        of_room = frame if self._alone(engine) else None
        return EngineFigures(
            tokens_per_s_now=of_room.tokens_per_s if of_room is not None else None,
            last_tokens_per_s=last.tokens_per_s if last is not None else None,
            last_ttft_s=last.ttft_s if last is not None else None,
            power_w=_power(engine, frame),
            joules_per_token=_per_token(last),
            joules_estimated=last is not None and last.energy_estimated,
            active=_first(own.active_requests if own else None, of_room.active_requests if of_room else None),
            waiting=_first(own.queued_requests if own else None, of_room.waiting_requests if of_room else None),
        )

    def _alone(self, engine: EngineView) -> bool:
        up = [one.id for one in self._room.engines.values() if one.state in {EngineState.READY, EngineState.STARTING}]
        return up == [engine.id]

    def _traffic(self) -> None:
        last = self._room.traffic.last if self._room.traffic is not None else None
        if last is not None and last.completion_tokens:
            self._last[last.model_id] = last


def _power(engine: EngineView, frame: Frame | None) -> float | None:
    """Of the cards that the engine has memory on, or of the processor where it computes there."""
    if frame is None:
        return None
    if engine.gpu_uuids:
        told = [gpu.power_w for gpu in frame.gpus if gpu.uuid in engine.gpu_uuids]
        known = [power for power in told if power is not None]
        return sum(known) if known and len(known) == len(told) else None
    on_cpu = (engine.device or "").strip().casefold().startswith("cpu")
    return frame.host.cpu_power_w if on_cpu else None


def _first(own: int | None, of_room: int | None) -> int | None:
    """What the engine says itself goes before what the room counts."""
    return own if own is not None else of_room


def _per_token(last: RequestView | None) -> float | None:
    if last is None or last.joules_gross is None or not last.completion_tokens:
        return None
    return last.joules_gross / last.completion_tokens
