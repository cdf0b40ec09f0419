"""A daemon in small: starts one fake worker with the product's tether, prints both pids, and waits to be killed."""

import asyncio
import json
import sys
from pathlib import Path

from engineroom.adapters.spawn import PosixChild
from fakes.scripted_spawner import ScriptedSpawner


async def main() -> None:
    ready = asyncio.Event()
    logged: list[str] = []
    spawner = ScriptedSpawner(Path(sys.argv[1]), sys.argv[2:])
    child = await spawner.start([], environment={}, on_line=lambda _line: ready.set(), on_log=logged.append)
    assert isinstance(child, PosixChild)
    await ready.wait()
    print(json.dumps([child.pid, *(int(line.split()[1]) for line in logged)]), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
