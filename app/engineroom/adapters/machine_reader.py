"""The daemon's one thread: it reads NVML and the host once a second and hands each round to the loop."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Generator

from engineroom.adapters.host import Host
from engineroom.adapters.nvml import Pace, SystemFiles, Watchdog
from engineroom.adapters.nvml.session import no_children
from engineroom.adapters.nvml.watchdog import never, slept_s
from engineroom.domain.machine import GpuReading, HostInfo, HostReading, Machine
from engineroom.services.beat import until_beat_s

_LEAVE_AFTER_S = 2.0


class ThreadedMachineReader:
    """Reads until closed. A call into the driver that hangs delays readings and nothing else.

    Args:
        ours: pids of our children; called on the reading thread.
        watched: whether somebody looks at the readings now, which makes them twice as frequent; called likewise.
        files: of the kernel.
        pace: how often.
        slept: seconds this computer has spent asleep.
    """

    def __init__(
        self,
        *,
        ours: Callable[[], frozenset[int]] = no_children,
        watched: Callable[[], bool] = never,
        files: SystemFiles | None = None,
        pace: Pace | None = None,
        slept: Callable[[], float] = slept_s,
    ) -> None:
        self._host = Host()
        self._host_info = self._host.info()
        self._pace = pace or Pace()
        self._watched = watched
        self._dog = Watchdog(ours=ours, watched=watched, files=files, pace=self._pace, slept=slept)
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def machine(self) -> Machine:
        """What is known now."""
        return _machine(self._host_info, self._dog)

    def start(
        self,
        *,
        on_machine: Callable[[Machine], None],
        on_reading: Callable[[HostReading, tuple[GpuReading, ...]], None],
    ) -> None:
        """Begin; both callbacks run on the loop that calls this. ``on_machine`` is called when something changed."""
        loop = asyncio.get_running_loop()

        def call(function: Callable[..., None], *values: object) -> None:
            if not self._end.is_set():
                # The loop may close between the question and the call.
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(function, *values)

        self._thread = threading.Thread(
            target=self._work, args=(call, on_machine, on_reading), name="machine", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """End the thread; one that hangs inside the driver is left behind after two seconds."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(_LEAVE_AFTER_S)

    def _work(self, call: Callable[..., None], on_machine: object, on_reading: object) -> None:
        known: Machine | None = None
        while True:
            gpus = self._dog.round(time.monotonic())
            machine = self.machine()
            if machine != known:
                known = machine
                call(on_machine, machine)
            call(on_reading, self._host.read(), gpus)
            every_s = self._pace.watched_round_s if self._watched() else self._pace.round_s
            if self._end.wait(until_beat_s(time.monotonic(), every_s)):
                break
        self._dog.close()


def look_once() -> tuple[Machine, HostReading, tuple[GpuReading, ...]]:
    """One look at the machine, for a command that runs without a daemon. Takes a quarter of a second."""
    with contextlib.closing(look_on(every_s=0.25)) as looks:
        next(looks)
        return next(looks)


def look_on(*, every_s: float = 1.0) -> Generator[tuple[Machine, HostReading, tuple[GpuReading, ...]]]:
    """Look at the machine until the caller has seen enough, for a command that runs without a daemon."""
    host, dog = Host(), Watchdog()
    info = host.info()
    try:
        while True:
            began_s = time.monotonic()
            gpus = dog.round(began_s)
            yield _machine(info, dog), host.read(), gpus
            time.sleep(max(0.0, began_s + every_s - time.monotonic()))
    finally:
        dog.close()


def _machine(host: HostInfo, dog: Watchdog) -> Machine:
    nvml = dog.nvml
    return Machine(
        host=host,
        nvml=nvml.state,
        nvml_detail=nvml.detail,
        driver_version=nvml.driver_version,
        cuda_version=nvml.cuda_version,
        simulated=nvml.simulated,
        gpus=dog.gpus,
    )
