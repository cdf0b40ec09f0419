"""Proves after an engine's end that its memory is back, by the product's own thread and binding; prints what is said.

Run with the folder of the fake library in LD_LIBRARY_PATH: ``prove.py PID CREATED_S``.  The engine is that process, and
its end is when a line comes on standard input.  Each word of the proof is a line of JSON.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from engineroom.adapters.clock import SystemClock
from engineroom.adapters.machine_reader import ThreadedMachineReader
from engineroom.adapters.nvml import Pace, SystemFiles
from engineroom.adapters.orphans import created_s, find_survivors
from engineroom.domain.finding import Orphan
from engineroom.domain.machine import Frame, GpuReading, HostReading
from engineroom.services.hub import Hub
from engineroom.services.memory_proof import MemoryProof
from engineroom.services.notices import NoticeBoard

NOTHING = Path("/nonexistent")


def say(what: str, **more: object) -> None:
    print(json.dumps({"what": what, **more}), flush=True)


class Scene:
    """The newest frame, and what the proof says."""

    def __init__(self) -> None:
        self.clock, self.notices, self.frame = SystemClock(), NoticeBoard(Hub()), None
        self.proof = MemoryProof(
            clock=self.clock, frame=lambda: self.frame, names=lambda uuid: uuid, notices=self.notices,
            log=lambda _, line: say("free", line=line), created_s=created_s, keep=self.keep, strays=self.strays,
            settle_s=0.5, bound_s=1.0,
        )  # fmt: skip

    async def strays(self) -> tuple[Orphan, ...]:
        return ()

    def keep(self, _engine: str, born: Mapping[int, float]) -> None:
        if born:
            say("kept", pids=[one.pid for one in find_survivors({}, born)])

    def on_reading(self, host: HostReading, gpus: tuple[GpuReading, ...]) -> None:
        self.frame = Frame(
            taken_at_s=self.clock.unix_s(),
            tokens_per_s=0.0,
            active_requests=0,
            waiting_requests=0,
            host=host,
            gpus=gpus,
        )

    def lists(self, pid: int) -> bool:
        gpus = () if self.frame is None else self.frame.gpus
        return any(one.pid == pid for gpu in gpus for one in gpu.processes or ())


async def main() -> None:
    pid, born_s = int(sys.argv[1]), float(sys.argv[2])
    scene = Scene()
    files = SystemFiles(pci_devices=NOTHING, driver_version=NOTHING, meminfo=NOTHING)
    pace = Pace(round_s=0.02, watched_round_s=0.02, retry_s=0.1)
    reader = ThreadedMachineReader(watched=lambda: True, pace=pace, files=files)
    reader.start(on_machine=lambda _: None, on_reading=scene.on_reading)
    while not scene.lists(pid):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    say("seen")
    await asyncio.to_thread(sys.stdin.readline)
    scene.proof.ended("e", {pid: born_s})
    told: tuple[object, ...] = ()
    while scene.proof._looking:
        if (now := scene.notices.all()) != told:
            told = now
            say("held", facts=[dict(one.facts) for one in now])
        await asyncio.sleep(0.02)
    say("over", notices=len(scene.notices.all()))
    await asyncio.to_thread(reader.close)


if __name__ == "__main__":
    asyncio.run(main())
