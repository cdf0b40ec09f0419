"""The telemetry ring: one frame per reading of the machine, and the machine itself."""

from collections import deque
from collections.abc import Callable

from engineroom.domain.machine import Frame, GpuReading, HostReading, Machine
from engineroom.services import hub
from engineroom.services.ports import Clock
from engineroom.services.traffic import TrafficMonitor

RING_FRAMES = 7200


class Telemetry:
    """Keeps the last hour of frames; there are one or two per second."""

    def __init__(self, *, machine: Machine, clock: Clock, traffic: TrafficMonitor, events: hub.Hub) -> None:
        self._clock = clock
        self._traffic = traffic
        self._events = events
        self._frames: deque[Frame] = deque(maxlen=RING_FRAMES)
        self._followers: list[Callable[[], None]] = []
        self.machine = machine

    def follow(self, read: Callable[[], None]) -> None:
        """Call this after every reading."""
        self._followers.append(read)

    def accept_machine(self, machine: Machine) -> None:
        """The computer or its cards have changed."""
        if machine != self.machine:
            self.machine = machine
            self._events.publish(hub.MACHINE, machine)

    def accept_reading(self, host: HostReading, gpus: tuple[GpuReading, ...]) -> Frame:
        """One round of readings, as the frame it became."""
        frame = Frame(
            taken_at_s=self._clock.unix_s(),
            tokens_per_s=self._traffic.tokens_per_s(),
            active_requests=self._traffic.active,
            waiting_requests=self._traffic.waiting,
            host=host,
            gpus=gpus,
        )
        self._frames.append(frame)
        self._events.publish(hub.TELEMETRY, frame)
        for read in self._followers:
            read()
        return frame

    def frames(self, seconds: float) -> tuple[Frame, ...]:
        """The frames of the last ``seconds``, oldest first."""
        since = self._clock.unix_s() - seconds
        return tuple(frame for frame in self._frames if frame.taken_at_s >= since)

    def newest(self) -> Frame | None:
        """The last frame."""
        return self._frames[-1] if self._frames else None
