"""Looks at the cards a number of times, as the daemon does, and prints what it saw as JSON.

Run with the folder of the fake library in LD_LIBRARY_PATH: ``look.py ROUNDS``.
"""

import json
import sys
from dataclasses import asdict

from engineroom.adapters.nvml import Nvml


def main() -> None:
    nvml = Nvml()
    gpus = nvml.open()
    seen = {
        "state": nvml.state,
        "detail": nvml.detail,
        "driver_version": nvml.driver_version,
        "simulated": nvml.simulated,
        "gpus": [asdict(gpu) for gpu in gpus],
        "rounds": [[asdict(reading) for reading in nvml.read()] for _ in range(int(sys.argv[1]))],
    }
    nvml.close()
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
