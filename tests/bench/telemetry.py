"""What telemetry costs: processor time of the reading thread at its usual pace, on four fake cards.

Run it by hand: ``python tests/bench/telemetry.py [--seconds 60] [--cards 4]``.  It builds the fake library into a
temporary folder and reads with the product's own thread in a process of its own.  The time of the library itself counts
too, and a real one takes longer: that part is the driver's and is not measured here.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from engineroom.adapters.machine_reader import ThreadedMachineReader

FAKES = Path(__file__).resolve().parents[1] / "fakes" / "nvml"
GOAL_PERCENT = 0.5


async def read(seconds: float) -> dict[str, float]:
    """Processor seconds and rounds of so many seconds, after one second of warming up."""
    reader = ThreadedMachineReader()
    rounds = []
    cards = []

    def on_reading(_: object, gpus: tuple[object, ...]) -> None:
        rounds.append(len(gpus))
        cards.append(len(gpus))

    reader.start(on_machine=lambda _: None, on_reading=on_reading)
    await asyncio.sleep(1.0)
    rounds.clear()
    began_s, cpu_s = time.monotonic(), time.process_time()
    await asyncio.sleep(seconds)
    used_s, past_s = time.process_time() - cpu_s, time.monotonic() - began_s
    reader.close()
    return {"cpu_s": used_s, "wall_s": past_s, "rounds": len(rounds), "cards": max(cards)}


def scenario(cards: int) -> str:
    """The same desktop card so many times."""
    lines = (FAKES / "scenarios" / "rtx4090_desktop.txt").read_text().splitlines()
    own = [line[2:] for line in lines if line.startswith("0.")]
    head = ["driver 580.95.05", "cuda 13000", f"count {cards}"]
    for card in range(cards):
        head += [f"{card}.{line}".replace("-000000000001", f"-{card:012d}") for line in own]
    return "\n".join(head) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--cards", type=int, default=4)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(asyncio.run(read(options.seconds))))
        return
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "libnvidia-ml.so.1"
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, FAKES / "fake_nvml.c"], check=True)
        path = Path(folder) / "scenario.txt"
        path.write_text(scenario(options.cards))
        done = subprocess.run(
            [sys.executable, __file__, "--inside", "--seconds", str(options.seconds)],
            env={**os.environ, "LD_LIBRARY_PATH": folder, "ENGINEROOM_FAKE_NVML": str(path)},
            check=True,
            capture_output=True,
            text=True,
        )
    seen = json.loads(done.stdout)
    percent = 100 * seen["cpu_s"] / seen["wall_s"]
    print(f"{seen['cards']} cards, {seen['rounds']} rounds in {seen['wall_s']:.0f} s")
    print(f"{60 * seen['cpu_s'] / seen['wall_s']:.3f} s of processor time per minute: {percent:.2f} % of a core")
    print(f"{1000 * seen['cpu_s'] / seen['rounds']:.2f} ms a round; the goal is {GOAL_PERCENT} % of a core")


if __name__ == "__main__":
    main()
