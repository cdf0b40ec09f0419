"""Reads the machine with the product's thread until a number of readings came, closes, and prints what it saw as JSON.

Run with the folder of the fake library in LD_LIBRARY_PATH: ``read_and_close.py READINGS``; 0 closes at once.
"""

import asyncio
import json
import sys
import threading

from engineroom.adapters.machine_reader import ThreadedMachineReader
from engineroom.domain.machine import GpuReading, HostReading, Machine


async def main() -> None:
    wanted = int(sys.argv[1])
    reader = ThreadedMachineReader()
    machines: list[Machine] = []
    readings: list[tuple[HostReading, tuple[GpuReading, ...]]] = []
    threads: set[str] = set()
    enough = asyncio.Event()

    def on_machine(machine: Machine) -> None:
        machines.append(machine)
        threads.add(threading.current_thread().name)

    def on_reading(host: HostReading, gpus: tuple[GpuReading, ...]) -> None:
        readings.append((host, gpus))
        threads.add(threading.current_thread().name)
        if len(readings) >= wanted:
            enough.set()

    before = reader.machine()
    reader.start(on_machine=on_machine, on_reading=on_reading)
    if wanted:
        await enough.wait()
    else:
        await asyncio.sleep(0.3)
    await asyncio.to_thread(reader.close)
    print(
        json.dumps(
            {
                "before": before.nvml,
                "states": [machine.nvml for machine in machines],
                "gpus": [[gpu.uuid for gpu in machine.gpus] for machine in machines],
                "readings": len(readings),
                "memory": readings[-1][0].memory_available_bytes if readings else None,
                "power": [gpu.power_w for gpu in readings[-1][1]] if readings else None,
                "threads": sorted(threads),
                "reader_alive": any(thread.name == "machine" for thread in threading.enumerate()),
            }
        )
    )


if __name__ == "__main__":
    asyncio.run(main())
