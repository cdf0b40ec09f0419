"""Server-sent events of ``/control/events``."""

from collections.abc import AsyncIterator, Iterator

import msgspec

from engineroom.contract.events import Dropped, EventName
from engineroom.services import hub

HEARTBEAT_S = 15.0


async def event_stream(events: hub.Hub) -> AsyncIterator[bytes]:
    """What one reader hears, until it leaves or the daemon ends.

    The first thing sent is a comment: a client that has seen it and then takes a snapshot misses nothing.
    """
    reader = events.subscribe()
    try:
        yield b": listening\n\n"
        async for batch in reader.batches(idle_s=HEARTBEAT_S):
            yield b"".join(_encode(batch)) if batch else b": still here\n\n"
        yield _event(EventName.GOODBYE, {})
    finally:
        events.unsubscribe(reader)


def _encode(batch: list[hub.Message]) -> Iterator[bytes]:
    lines = [message.payload for message in batch if message.topic is hub.LOG]
    dropped = sum(message.dropped for message in batch if message.topic is hub.LOG)
    for message in batch:
        if message.topic is not hub.LOG:
            yield _event(EventName(message.topic.name), message.payload)
    if dropped:
        yield _event(EventName.DROPPED, Dropped(lines=dropped))
    if lines:
        yield _event(EventName.LOG, lines)


def _event(name: EventName, payload: object) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (name.encode(), msgspec.json.encode(payload))
