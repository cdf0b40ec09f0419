"""The way of a token that is like the one before it: from the engine's connection to the client's in one step.

On a computer that does other things in between, nothing that a token touches is in the processor's caches any more, and
each function it passes through costs tens of times what a loop over it would show.
"""

from collections.abc import Callable

from engineroom.domain.mould import Mould
from engineroom.domain.stream_meter import StreamMeter
from engineroom.gateway.asgi import Line


def short_way(
    mould: Mould, meter: StreamMeter, line: Line | None, now_s: Callable[[], float]
) -> Callable[[bytes], bool] | None:
    """What is offered each chunk first: true if it was metered and has gone out as it came, framing included.

    ``None`` where the client gets its answer otherwise than in chunks.
    """
    write = None if line is None else line.framed()
    if line is None or write is None:
        return None
    known, flow = mould.known, line.flow

    def offered(chunk: bytes) -> bool:
        """Written out, and not in functions of its own, for the reason above."""
        found = known.get(len(chunk))
        if found is None:
            return False
        head, begin, end = found
        if not (chunk.startswith(head) and chunk.endswith(mould.tail)) or chunk.find(b'"', begin, end) >= 0:
            return False
        if meter.held or not flow.open:
            return False
        meter.token_events += 1
        meter.last_token_at_s = now_s()
        write(chunk)
        return True

    return offered
