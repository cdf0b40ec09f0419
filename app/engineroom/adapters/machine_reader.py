"""The daemon's one thread: it reads NVML and the host once a second and hands each round to the loop."""

import asyncio
import threading
import time
from collections.abc import Callable

from engineroom.adapters.host import Host
from engineroom.adapters.nvml import Nvml
from engineroom.domain.machine import GpuInfo, GpuReading, HostReading, Machine, NvmlState

EVERY_S = 1.0
TRY_NVML_EVERY_S = 30.0


class ThreadedMachineReader:
    """Reads until closed. A call into the driver that hangs delays readings and nothing else."""

    def __init__(self) -> None:
        self._host = Host()
        self._host_info = self._host.info()
        self._nvml = Nvml()
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def machine(self, gpus: tuple[GpuInfo, ...] = ()) -> Machine:
        """What is known now."""
        return Machine(
            host=self._host_info,
            nvml=self._nvml.state,
            nvml_detail=self._nvml.detail,
            driver_version=self._nvml.driver_version,
            simulated=self._nvml.simulated,
            gpus=gpus,
        )

    def start(
        self,
        *,
        on_machine: Callable[[Machine], None],
        on_reading: Callable[[HostReading, tuple[GpuReading, ...]], None],
    ) -> None:
        """Begin; both callbacks run on the loop that calls this."""
        loop = asyncio.get_running_loop()

        def call(function: Callable[..., None], *values: object) -> None:
            if not self._end.is_set():
                loop.call_soon_threadsafe(function, *values)

        self._thread = threading.Thread(
            target=self._work, args=(call, on_machine, on_reading), name="machine", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """End the thread; one that hangs inside the driver is left behind after two seconds."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(2.0)

    def _work(self, call: Callable[..., None], on_machine: object, on_reading: object) -> None:
        rounds = 0
        while True:
            if self._nvml.state is not NvmlState.OK and rounds % int(TRY_NVML_EVERY_S / EVERY_S) == 0:
                call(on_machine, self.machine(self._nvml.open()))
            call(on_reading, self._host.read(), self._nvml.read())
            rounds += 1
            if self._end.wait(EVERY_S):
                break
        self._nvml.close()


def look_once() -> tuple[Machine, HostReading, tuple[GpuReading, ...]]:
    """One look at the machine, for a command that runs without a daemon. Takes a quarter of a second."""
    host, nvml = Host(), Nvml()
    gpus = nvml.open()
    time.sleep(0.25)
    machine = Machine(
        host=host.info(),
        nvml=nvml.state,
        nvml_detail=nvml.detail,
        driver_version=nvml.driver_version,
        simulated=nvml.simulated,
        gpus=gpus,
    )
    reading = host.read(), nvml.read()
    nvml.close()
    return machine, *reading
