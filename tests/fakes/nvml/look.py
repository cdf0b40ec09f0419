"""Looks at the cards a number of rounds, as the daemon does, and prints what it saw as JSON.

Run with the folder of the fake library in LD_LIBRARY_PATH: ``look.py ROUNDS [FILES]``.  A round is one second of the
scenario.  FILES is a folder that stands for the kernel's: ``pci/``, ``driver_version`` and ``meminfo``; a file named
``rounds/N/PATH`` in it is put at ``PATH`` before round N. Pids in ENGINEROOM_FAKE_OURS are our children.
"""

import json
import os
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

from engineroom.adapters.nvml import SystemFiles, Watchdog


def main() -> None:
    rounds = int(sys.argv[1])
    files = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("/nonexistent")
    ours = frozenset(int(pid) for pid in os.environ.get("ENGINEROOM_FAKE_OURS", "").split())
    slept_s = [0.0]
    dog = Watchdog(
        ours=lambda: ours,
        watched=(files / "watched").exists,
        files=SystemFiles(
            pci_devices=files / "pci", driver_version=files / "driver_version", meminfo=files / "meminfo"
        ),
        slept=lambda: slept_s[0],
    )
    seen = []
    for number in range(rounds):
        os.environ["ENGINEROOM_FAKE_NVML_ROUND"] = str(number)
        _change(files / "rounds" / str(number), files)
        if (files / "slept_s").exists():
            slept_s[0] = float((files / "slept_s").read_text())
        readings = dog.round(float(number))
        seen.append(
            {
                "state": dog.nvml.state,
                "detail": dog.nvml.detail,
                "driver_version": dog.nvml.driver_version,
                "cuda_version": dog.nvml.cuda_version,
                "simulated": dog.nvml.simulated,
                "open": dog.nvml.is_open,
                "gpus": [asdict(gpu) for gpu in dog.gpus],
                "readings": [asdict(reading) for reading in readings],
            }
        )
    dog.close()
    print(json.dumps(seen))


def _change(from_: Path, to: Path) -> None:
    if from_.is_dir():
        shutil.copytree(from_, to, dirs_exist_ok=True)


if __name__ == "__main__":
    main()
