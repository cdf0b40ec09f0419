"""What a pull costs: fifty cuts and kills on one file, its speed on loopback, and its memory on a very large file.

``python tests/bench/pull.py [--kills 50] [--megabytes 128] [--huge-gigabytes 0]``; a huge file is all zeros behind its
header, sent from nothing, but written to the disk of the folder for temporary files in full.
"""

import argparse
import struct
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakes.fake_hub import FakeHub, FakeRepo, Sparse
from fakes.tiny_safetensors import config
from workers.pull_kit import Pull, planned
from workers.stress import stress


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--megabytes", type=int, default=128)
    parser.add_argument("--huge-gigabytes", type=float, default=0.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.kills:
            began_s = time.monotonic()
            found = stress(
                Path(folder, "stress"), size=options.megabytes * 2**20, kills=options.kills // 2,
                cuts=options.kills - options.kills // 2, seed=1, bytes_per_s=40e6,
            )  # fmt: skip
            share = 100 * found.wasted_bytes / found.total_bytes
            took_s = time.monotonic() - began_s
            print(f"{found.kills} kills, {found.cuts} cuts on {options.megabytes} MiB in {took_s:.0f} s")
            print(f"identical {found.identical}, half seen {found.half_seen}, {share:.2f} % more bytes")
        if options.huge_gigabytes:
            huge(Path(folder, "huge"), int(options.huge_gigabytes * 1e9))


def huge(folder: Path, size: int) -> None:
    """Peak memory and speed of one large file."""
    count = (size - 200) // 2 * 2
    text = b'{"a":{"dtype":"U8","shape":[%d],"data_offsets":[0,%d]}}' % (count, count)
    content = Sparse(head=struct.pack("<Q", len(text)) + text, size=8 + len(text) + count)
    with FakeHub() as hub:
        repo = hub.add(FakeRepo(id="maker/huge"))
        repo.commit({"config.json": config(), "model.safetensors": content})
        pull = Pull(folder, planned(hub, repo))
        began_s, peak_bytes, ended = time.monotonic(), 0, threading.Event()
        with pull.running() as process:
            assert process.stdout is not None
            drain = threading.Thread(target=lambda: (process.stdout.read(), ended.set()))
            drain.start()
            while not ended.wait(0.1):
                try:
                    peak_bytes = max(peak_bytes, psutil.Process(process.pid).memory_info().rss)
                except psutil.NoSuchProcess:
                    break
            drain.join()
            code = process.wait()
        took_s = time.monotonic() - began_s
        print(f"{size / 1e9:.1f} GB: exit {code}, {took_s:.0f} s, {size / took_s / 1e6:.0f} MB/s with hashing, peak "
              f"{peak_bytes / 2**20:.0f} MiB resident")  # fmt: skip


if __name__ == "__main__":
    main()
