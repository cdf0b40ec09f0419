"""Log lines without end, for the fake daemon."""

import asyncio
import time
from typing import Any

from engineroom.contract.control import LogLine

EACH_S = 0.05


async def pour(room: Any, lines_per_s: int) -> None:
    """So many lines a second into the log of a fake room, in pieces as the daemon sends them; none for 0."""
    each = round(lines_per_s * EACH_S)
    while each:
        first = room.lines[-1].number + 1
        text = "a line of some length, such as engines write them"
        now_s = time.time()
        lines = [
            LogLine(number=first + at, source="engine", written_at_s=now_s, text=f"{first + at} {text}")
            for at in range(each)
        ]
        room.lines = [*room.lines, *lines][-500:]
        room.tell("log", lines)
        await asyncio.sleep(EACH_S)
