"""Follows the machine with the product's thread at a hurried pace, and prints what the loop was told as JSON.

Run with the folder of the fake library in LD_LIBRARY_PATH: ``follow.py READINGS [watched]``.  Each reading is a round
of the scenario.  When watched, the pace of those who are not would never come to an end.
"""

import asyncio
import itertools
import json
import os
import sys
from pathlib import Path

from engineroom.adapters.machine_reader import ThreadedMachineReader
from engineroom.adapters.nvml import Pace, SystemFiles
from engineroom.domain.machine import Machine

NOTHING = Path("/nonexistent")


async def main() -> None:
    wanted, watched = int(sys.argv[1]), "watched" in sys.argv
    pace = Pace(round_s=600.0 if watched else 0.02, watched_round_s=0.02, retry_s=0.1)
    files = SystemFiles(pci_devices=NOTHING, driver_version=NOTHING, meminfo=NOTHING)
    reader = ThreadedMachineReader(watched=lambda: watched, pace=pace, files=files)
    told: list[list[object]] = []
    ticks_at_reading: list[int] = []
    ticks = 0
    enough = asyncio.Event()

    def on_machine(machine: Machine) -> None:
        told.append([machine.nvml, sorted([gpu.uuid, gpu.state] for gpu in machine.gpus)])

    def on_reading(host: object, gpus: object) -> None:
        ticks_at_reading.append(ticks)
        os.environ["ENGINEROOM_FAKE_NVML_ROUND"] = str(len(ticks_at_reading))
        if len(ticks_at_reading) >= wanted:
            enough.set()

    os.environ["ENGINEROOM_FAKE_NVML_ROUND"] = "0"
    reader.start(on_machine=on_machine, on_reading=on_reading)
    while not enough.is_set():
        await asyncio.sleep(0.01)
        ticks += 1
    await asyncio.to_thread(reader.close)
    between = [after - before for before, after in itertools.pairwise(ticks_at_reading)]
    print(json.dumps({"told": told, "most_ticks_between_readings": max(between)}))


if __name__ == "__main__":
    asyncio.run(main())
