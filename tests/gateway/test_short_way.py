"""The short way of a token changes nothing: what goes it is what the long way would hand on and count just so."""

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engineroom.domain.dialects.legacy import with_both_names
from engineroom.domain.mould import Mould
from engineroom.domain.stream_meter import StreamMeter
from engineroom.gateway.short_way import short_way

STREAMS = {path.stem: path.read_bytes() for path in sorted((Path(__file__).parents[1] / "fixtures/streams").glob("*"))}


def framed(event: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(event), event)


def events(data: bytes) -> list[bytes]:
    return [event + b"\n\n" for event in data.split(b"\n\n") if event]


class Client:
    """A line whose client takes what it gets in chunks, or otherwise."""

    def __init__(self, *, chunks: bool = True) -> None:
        self.open = True
        self.flow = self
        self.got: list[bytes] = []
        self._chunks = chunks

    def framed(self) -> Callable[[bytes], None] | None:
        return self.got.append if self._chunks else None

    def write(self, data: bytes) -> bool:
        self.got.append(framed(data))
        return True

    def gone(self) -> object:
        raise NotImplementedError


class Ways:
    """Both ways side by side, as the gateway takes them: what does not go the short way goes the long one."""

    def __init__(self, *, short: bool = True, client: Client | None = None) -> None:
        self.client = client or Client()
        self.meter = StreamMeter(withhold_usage=True)
        self.taken = 0
        self._seconds: Iterator[float] = itertools.count(1.0)
        self._mould = Mould()
        line: object = self.client
        self.offered = short_way(self._mould, self.meter, line, lambda: next(self._seconds))  # type: ignore[arg-type]
        self._short = short

    def chunk(self, event: bytes) -> None:
        """One chunk of HTTP."""
        if self._short and self.offered is not None and self.offered(framed(event)):
            self.taken += 1
            return
        data = with_both_names(self.meter.feed(event, next(self._seconds)))
        if data is event:
            self._mould.learn(event, self.meter.token_events)
        if data:
            self.client.write(data)


def both(*chunks: bytes) -> tuple[Ways, Ways]:
    ways = Ways(), Ways(short=False)
    for way in ways:
        for chunk in chunks:
            way.chunk(chunk)
    return ways


PIECE = b'data: {"choices":[{"index":0,"delta":{"content":"a b"}}],"object":"chat.completion.chunk"}\n\n'
TEXT = b'data: {"choices":[{"text":"a b","index":0,"logprobs":null}],"object":"text_completion"}\n\n'
# All of the same length as the piece, where that can be.
OTHERS = [
    PIECE.replace(b"a b", b'a"b'),
    PIECE.replace(b"a b", b'","'),
    PIECE.replace(b'"object"', b'"_bject"'),
    PIECE.replace(b'"index":0', b'"usage":1'),
    PIECE.replace(b'"object":"chat.completion.chunk"', b'"error": "chat.completion.chunk" '),
    PIECE.replace(b'"content":"a b"', b'"reasoning":"1"'),
    PIECE.replace(b'"delta":{"content":"a b"}', b'"delta":{"content":"","a":""}'),
    PIECE.replace(b"\n\n", b"\r\n"),
    PIECE[:-1] + b" ",
    PIECE[:-2],
    PIECE[1:] + b" ",
    PIECE + PIECE,
    b'data: {"choices":[{"delta":{"role":"assistant","content":null}}]}\n\n',
    b"data: [DONE]\n\n",
    b": a comment\n\n",
]


@pytest.mark.parametrize("piece", [PIECE, TEXT])
def test_a_piece_like_the_last_goes_the_short_way(piece: bytes) -> None:
    short, long = both(piece, piece.replace(b"a b", b"xyz"), piece.replace(b"a b", b"\\nz"))
    assert short.taken == 2
    assert short.client.got == long.client.got
    assert vars(short.meter) == vars(long.meter)
    assert short.meter.token_events == 3


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_anything_else_goes_the_long_way(other: bytes) -> None:
    short, long = both(PIECE, other, PIECE)
    assert short.taken <= 1
    assert short.client.got == long.client.got
    assert vars(short.meter) == vars(long.meter)


@pytest.mark.parametrize("other", OTHERS)
def test_nothing_is_learned_from_anything_else(other: bytes) -> None:
    short, long = both(other, other, other)
    if b'"content":"a' not in other or other.endswith(b"}\n\n") is False:
        assert short.taken == 0
    assert short.client.got == long.client.got
    assert vars(short.meter) == vars(long.meter)


@pytest.mark.parametrize(
    "chunk", [framed(PIECE).upper(), b"0" + framed(PIECE), framed(PIECE)[:-1], framed(PIECE) + b"0\r\n\r\n", PIECE, b""]
)
def test_only_a_chunk_with_just_our_frame_goes_it(chunk: bytes) -> None:
    way = Ways()
    way.chunk(PIECE)
    assert way.offered is not None
    assert way.offered(framed(PIECE))
    assert not way.offered(chunk)


def test_a_client_that_does_not_keep_up_is_left_to_the_long_way() -> None:
    way = Ways()
    way.chunk(PIECE)
    way.client.open = False
    way.chunk(PIECE)
    assert way.taken == 0
    way.client.open = True
    way.chunk(PIECE)
    assert way.taken == 1


def test_a_client_without_chunks_has_no_short_way() -> None:
    assert Ways(client=Client(chunks=False)).offered is None


@pytest.mark.parametrize("data", STREAMS.values(), ids=STREAMS.keys())
@pytest.mark.parametrize("together", [1, 2])
def test_recorded_streams_arrive_as_they_do_the_long_way(data: bytes, together: int) -> None:
    each = events(data)
    short, long = both(*(b"".join(each[at : at + together]) for at in range(0, len(each), together)))
    assert short.client.got == long.client.got
    assert vars(short.meter) == vars(long.meter)


PARTS = st.sampled_from([
    b"a", b'"', b"\\", b'\\"', b"\n", b"\n\n", b"\r", b"\r\n", b'","content":"', b'"usage":', b'"error":', b"{", b"}",
    "ß漢".encode(), b"data: ", b"[DONE]", b"12\r\n", b'"reasoning":"',
])  # fmt: skip


@given(st.lists(st.lists(PARTS, max_size=5).map(b"".join), max_size=12))
def test_no_text_breaks_out(texts: list[bytes]) -> None:
    """Whatever stands where a text should, in JSON or not, the client gets the same and usage is the same."""
    short, long = both(*(PIECE.replace(b"a b", text) for text in texts), PIECE)
    assert b"".join(short.client.got) == b"".join(long.client.got)
    assert short.meter.usage == long.meter.usage
    assert short.meter.rest() == long.meter.rest()


@given(st.lists(st.text(max_size=8), min_size=1, max_size=30))
def test_texts_of_every_kind_are_counted_alike(texts: list[str]) -> None:
    short, long = both(*(PIECE.replace(b'"a b"', json.dumps(text).encode()) for text in texts))
    assert short.client.got == long.client.got
    assert vars(short.meter) == vars(long.meter)
