"""Clients that leave at random moments: what is left of them in the daemon and in the engine, and what it costs.

Run it by hand: ``python tests/bench/cancels.py [--count 10000] [--at-once 64] [--seed 1]``.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from metronome import come_to_rest, leave_often, metronome_room

PARTS = 5


def main() -> None:
    """Leave, wait, count; after each part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, metronome_room(Path(home)) as room:
        port = int(room.connection().address.rpartition(":")[2])
        daemon = psutil.Process(room.process.pid)
        for part in range(PARTS):
            began_s = time.monotonic()
            asyncio.run(leave_often(port, options.count // PARTS, at_once=options.at_once, seed=options.seed + part))
            left_s = time.monotonic()
            come_to_rest(room)
            print(
                f"{(part + 1) * options.count // PARTS} left ({left_s - began_s:.1f} s), at rest after"
                f" {time.monotonic() - left_s:.2f} s: {daemon.memory_info().rss / 2**20:.1f} MiB,"
                f" {daemon.num_fds()} files, {daemon.num_threads()} threads",
                flush=True,
            )


if __name__ == "__main__":
    main()
