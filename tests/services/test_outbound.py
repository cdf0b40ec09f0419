"""The outbound ledger: from any thread, the newest in memory, all of them on disk."""

import asyncio
import json
import threading

from engineroom.domain.pull.outgoing import Outgoing, Purpose
from engineroom.services.outbound import KEPT, Outbound


class Sink:
    """A file's lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        self.lines.append(line)

    def close(self) -> None:
        pass


def row(number: int) -> Outgoing:
    return Outgoing(
        host="hub.example", purpose=Purpose.SEARCH, status=200, received_bytes=number, sent_unix_s=float(number)
    )


def test_the_newest_oldest_first_and_all_on_disk() -> None:
    sink = Sink()
    outbound = Outbound(sink=sink, soon=lambda call: call())
    for number in range(KEPT + 3):
        outbound.told(row(number))
    assert [one.received_bytes for one in outbound.tail(2)] == [KEPT + 1, KEPT + 2]
    assert len(outbound.tail(10 * KEPT)) == KEPT
    assert (outbound.tail(0), outbound.tail(-5)) == ((), ())
    assert len(sink.lines) == KEPT + 3
    assert json.loads(sink.lines[0]) == {
        "host": "hub.example", "purpose": "search", "status": 200, "received_bytes": 0, "sent_unix_s": 0.0,
    }  # fmt: skip


async def test_from_another_thread_it_is_written_on_the_loop() -> None:
    loop = asyncio.get_running_loop()
    writers: list[int] = []

    class Watched(Sink):
        def write(self, line: str) -> None:
            writers.append(threading.get_ident())
            super().write(line)

    outbound = Outbound(sink=Watched(), soon=loop.call_soon_threadsafe)
    await asyncio.to_thread(outbound.told, row(1))
    await asyncio.sleep(0)
    assert writers == [threading.get_ident()]
    assert outbound.tail(5) == (row(1),)
