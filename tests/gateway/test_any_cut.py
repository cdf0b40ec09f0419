"""However the bytes of an engine are cut on their way, the client of every API gets the same."""

import asyncio
import itertools
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.dialects.kit import Json, chunks, messages_answer, recorded, responses_answer
from engineroom.adapters.upstream import EngineUpstream, _Connection
from engineroom.domain.dialects.legacy import with_both_names
from engineroom.domain.dialects.ollama_answer import OllamaAnswer
from engineroom.domain.dialects.ollama_request import read_chat
from engineroom.domain.dialects.sse import EventReader
from engineroom.domain.stream_meter import StreamMeter
from engineroom.gateway.translated import Answer, as_events

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
FIXTURES = Path(__file__).parents[1] / "fixtures" / "streams"
Hand = Callable[[bytes], bytes]
"""What the gateway does to a block of a stream; an empty block ends it."""


def wire(events: Iterable[bytes]) -> bytes:
    """As an engine sends it: each event is a chunk of HTTP."""
    return HEAD + b"".join(b"%x\r\n%b\r\n" % (len(event), event) for event in events) + b"0\r\n\r\n"


def of_case(case: Json, end: bytes = b"\n\n") -> bytes:
    rows = chunks(case["deltas"], case["finish"], case["usage"])
    return wire([b"data: " + json.dumps(row).encode() + end for row in rows] + [b"data: [DONE]" + end])


CASES = {case["name"]: case for case in recorded("streams")}
STREAMS = {
    **{name: of_case(case) for name, case in CASES.items()},
    "crlf": of_case(CASES["cut off while thinking"], b"\r\n\r\n"),
    "recorded": wire([(FIXTURES / "chat_with_usage.sse").read_bytes()[-1500:]]),
}


def chat() -> Hand:
    meter = StreamMeter(withhold_usage=True)
    return lambda block: with_both_names(meter.feed(block, 0.0) if block else meter.rest())


def translated(answer: Answer, encoded: Callable[[list[Json]], bytes]) -> Hand:
    reader, began = EventReader(), iter([answer.begin()])

    def hand(block: bytes) -> bytes:
        events = list(next(began, []))
        for data in reader.feed(block):
            if data != b"[DONE]":
                events += answer.feed(json.loads(data))
        return encoded(events if block else [*events, *answer.finish()])

    return hand


def ollama() -> Hand:
    moments = itertools.repeat(0.0)
    asked = read_chat({"model": "m", "messages": [{"role": "user", "content": "Hi"}]})
    answer = OllamaAnswer(asked, model="m", now=lambda: "now", clock_s=lambda: next(moments))
    return translated(answer, lambda lines: b"".join(json.dumps(line).encode() + b"\n" for line in lines))


APIS: dict[str, Callable[[], Hand]] = {
    "chat": chat,
    "responses": lambda: translated(responses_answer(), as_events),
    "messages": lambda: translated(messages_answer(), as_events),
    "ollama": ollama,
}


async def _relayed(hand: Hand, pieces: Iterable[bytes]) -> bytes:
    connection = _Connection(EngineUpstream(port=1, key=""))
    connection.send(b"")
    out: list[bytes] = []
    relaying = asyncio.ensure_future(connection.pour(lambda block: out.append(hand(block))))
    await asyncio.sleep(0)
    for piece in pieces:
        connection.data_received(piece)
    async with asyncio.timeout(60):
        await relaying
    return b"".join([*out, hand(b"")])


async def _at_every_byte(api: Callable[[], Hand], data: bytes) -> None:
    whole = await _relayed(api(), [data])
    assert len(whole) > 50
    assert await _relayed(api(), [data[at : at + 1] for at in range(len(data))]) == whole
    for cut in range(1, len(data)):
        assert await _relayed(api(), [data[:cut], data[cut:]]) == whole, cut


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("api", APIS)
def test_at_every_byte(api: str, stream: str) -> None:
    asyncio.run(_at_every_byte(APIS[api], STREAMS[stream]))


@pytest.mark.parametrize("api", APIS)
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(STREAMS)), st.sets(st.integers(1, 3000), max_size=30))
def test_anywhere_and_often(api: str, stream: str, cuts: set[int]) -> None:
    data = STREAMS[stream]
    places = [0, *sorted(cut for cut in cuts if cut < len(data)), len(data)]
    pieces = [data[begin:end] for begin, end in itertools.pairwise(places)]
    assert asyncio.run(_relayed(APIS[api](), pieces)) == asyncio.run(_relayed(APIS[api](), [data]))
