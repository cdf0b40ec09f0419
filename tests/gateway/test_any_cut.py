"""However the bytes of an engine are cut on their way, the client of every API gets the same."""

import asyncio
import itertools
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.dialects.kit import Json, chunks, messages_answer, recorded, responses_answer
from engineroom.adapters.upstream import EngineUpstream, _Connection
from engineroom.domain.dialects.legacy import with_both_names
from engineroom.domain.dialects.ollama_answer import OllamaAnswer
from engineroom.domain.dialects.ollama_request import OllamaRequest, read_chat, read_generate
from engineroom.domain.dialects.sse import EventReader
from engineroom.domain.dialects.text_logprobs import TextLogprobs
from engineroom.domain.mould import Mould
from engineroom.domain.stream_meter import StreamMeter
from engineroom.gateway.short_way import short_way
from engineroom.gateway.translated import Answer, as_events

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
FIXTURES = Path(__file__).parents[1] / "fixtures" / "streams"
Hand = Callable[[bytes], bytes]
"""What the gateway does to a block of a stream; an empty block ends it."""


def wire(events: Iterable[bytes]) -> bytes:
    """As an engine sends it: each event is a chunk of HTTP."""
    return HEAD + b"".join(b"%x\r\n%b\r\n" % (len(event), event) for event in events) + b"0\r\n\r\n"


def of_rows(rows: Iterable[Json], end: bytes = b"\n\n", *, escaped: bool = True) -> bytes:
    texts = (json.dumps(row, ensure_ascii=escaped).encode() for row in rows)
    return wire([b"data: " + text + end for text in texts] + [b"data: [DONE]" + end])


def of_case(case: Json, end: bytes = b"\n\n") -> bytes:
    return of_rows(chunks(case["deltas"], case["finish"], case["usage"]), end)


MANY_BYTES = "ß漢🦙\u200d🔥"
"""Characters of two, three and four bytes, and one that is joined from two."""

CALLED = {"index": 0, "id": "call_a", "type": "function", "function": {"name": "look", "arguments": ""}}
SAID = [
    {"reasoning_content": MANY_BYTES},
    *({"content": character} for character in MANY_BYTES),
    {"tool_calls": [CALLED]},
    {"tool_calls": [{"index": 0, "function": {"arguments": json.dumps({"at": MANY_BYTES}, ensure_ascii=False)}}]},
]
WRITTEN = [
    {"object": "text_completion", "model": "m", "choices": [{"index": 0, "text": character, "finish_reason": None,
     "logprobs": {"content": [{"token": character, "logprob": -0.5, "top_logprobs": [
         {"token": character, "logprob": -0.5}]}]}}]}
    for character in MANY_BYTES
]  # fmt: skip
WRITTEN.append({**WRITTEN[0], "choices": [{"index": 0, "text": "", "finish_reason": "stop", "logprobs": None}]})


CASES = {case["name"]: case for case in recorded("streams")}
STREAMS = {
    "one after the other": of_rows(
        chunks([{"content": each} for each in "One after the other"], "stop", [3, 9, 0, None])
    ),
    **{name: of_case(case) for name, case in CASES.items()},
    "crlf": of_case(CASES["cut off while thinking"], b"\r\n\r\n"),
    "characters of many bytes": of_rows(chunks(SAID, "tool_calls", [3, 9, 0, None]), escaped=False),
    "characters of many bytes, escaped": of_rows(chunks(SAID, "tool_calls", [3, 9, 0, None])),
    "a text of many bytes": of_rows(WRITTEN, escaped=False),
    "recorded": wire([(FIXTURES / "chat_with_usage.sse").read_bytes()[-1500:]]),
}


class Chat:
    """Bytes that are handed on as they are; chunks that come by themselves may go the short way."""

    open = True

    def __init__(self) -> None:
        self.flow = self
        self.out: list[bytes] = []
        self.short = 0
        self._meter = StreamMeter(withhold_usage=True)
        self._mould = Mould()
        line: Any = self
        self.offered = short_way(self._mould, self._meter, line, lambda: 0.0)

    def framed(self) -> Callable[[bytes], None]:
        return self._write

    def __call__(self, block: bytes) -> bytes:
        data = with_both_names(self._meter.feed(block, 0.0) if block else self._meter.rest())
        if data is block:
            self._mould.learn(block, self._meter.token_events)
        return data

    def _write(self, chunk: bytes) -> None:
        self.short += 1
        size, _, rest = chunk.partition(b"\r\n")
        assert len(rest) == int(size, 16) + 2
        self.out.append(rest[:-2])


def completions() -> Hand:
    meter, shape = StreamMeter(withhold_usage=True), TextLogprobs()
    return lambda block: shape.events(with_both_names(meter.feed(block, 0.0) if block else meter.rest()))


def translated(answer: Answer, encoded: Callable[[list[Json]], bytes]) -> Hand:
    reader, began = EventReader(), iter([answer.begin()])

    def hand(block: bytes) -> bytes:
        events = list(next(began, []))
        for data in reader.feed(block):
            if data != b"[DONE]":
                events += answer.feed(json.loads(data))
        return encoded(events if block else [*events, *answer.finish()])

    return hand


def ollama(asked: OllamaRequest) -> Hand:
    moments = itertools.repeat(0.0)
    answer = OllamaAnswer(asked, model="m", now=lambda: "now", clock_s=lambda: next(moments))
    return translated(answer, lambda lines: b"".join(json.dumps(line).encode() + b"\n" for line in lines))


APIS: dict[str, Callable[[], Hand]] = {
    "chat": Chat,
    "responses": lambda: translated(responses_answer(), as_events),
    "messages": lambda: translated(messages_answer(), as_events),
    "ollama": lambda: ollama(read_chat({"model": "m", "messages": [{"role": "user", "content": "Hi"}]})),
    "completions": completions,
    "generate": lambda: ollama(read_generate({"model": "m", "prompt": "Hi"})),
}


async def _relayed(hand: Hand, pieces: Iterable[bytes]) -> bytes:
    connection = _Connection(EngineUpstream(port=1, key=""))
    connection.send(b"")
    out: list[bytes] = hand.out if isinstance(hand, Chat) else []
    offered = hand.offered if isinstance(hand, Chat) else None
    relaying = asyncio.ensure_future(connection.pour(lambda block: out.append(hand(block)), offered))
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


def whole_chunks(data: bytes) -> list[bytes]:
    """The head, and each chunk by itself."""
    pieces = [HEAD]
    rest = data.removeprefix(HEAD)
    while rest:
        size = rest.index(b"\r\n") + 2
        size += int(rest[: size - 2], 16) + 2
        pieces.append(rest[:size])
        rest = rest[size:]
    return pieces


def test_chunks_that_come_by_themselves_go_the_short_way() -> None:
    """All but the first of each length, and those that are not a piece of text."""
    data = STREAMS["one after the other"]
    chat, whole = Chat(), Chat()
    assert asyncio.run(_relayed(chat, whole_chunks(data))) == asyncio.run(_relayed(whole, [data]))
    assert (chat.short, whole.short) == (18, 0)


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("api", APIS)
def test_chunk_by_chunk(api: str, stream: str) -> None:
    """And one of them cut once more."""
    data = STREAMS[stream]
    expected = asyncio.run(_relayed(APIS[api](), [data]))
    pieces = whole_chunks(data)
    assert asyncio.run(_relayed(APIS[api](), pieces)) == expected
    for at, piece in enumerate(pieces):
        cut = len(piece) // 2
        odd = [*pieces[:at], piece[:cut], piece[cut:], *pieces[at + 1 :]]
        assert asyncio.run(_relayed(APIS[api](), odd)) == expected


@pytest.mark.parametrize("api", APIS)
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(STREAMS)), st.sets(st.integers(1, 3000), max_size=30))
def test_anywhere_and_often(api: str, stream: str, cuts: set[int]) -> None:
    data = STREAMS[stream]
    places = [0, *sorted(cut for cut in cuts if cut < len(data)), len(data)]
    pieces = [data[begin:end] for begin, end in itertools.pairwise(places)]
    assert asyncio.run(_relayed(APIS[api](), pieces)) == asyncio.run(_relayed(APIS[api](), [data]))


PLACES = ("content", "reasoning_content", "text", "delta", "thinking", "response")
"""Where pieces of what was said stand, in one API or another."""


def pieces_of(told: object) -> Iterable[str]:
    """All pieces in the events of a stream, in order."""
    if isinstance(told, list):
        yield from itertools.chain.from_iterable(map(pieces_of, told))
    elif isinstance(told, dict):
        for name, value in told.items():
            if isinstance(value, str) and name in PLACES:
                yield value
            else:
                yield from pieces_of(value)


@pytest.mark.parametrize(
    ("api", "stream"),
    [
        *((api, "characters of many bytes") for api in APIS if api != "completions"),
        ("completions", "a text of many bytes"),
    ],
)
def test_every_character_arrives_whole(api: str, stream: str) -> None:
    """One byte at a time: what was said is there, and no character is broken."""
    data = STREAMS[stream]
    out = asyncio.run(_relayed(APIS[api](), [data[at : at + 1] for at in range(len(data))])).decode()
    assert "\ufffd" not in out
    lines = [line.removeprefix("data: ") for line in out.splitlines()]
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert MANY_BYTES in "".join(pieces_of(told))
