"""Streams of the real engine (recorded), however they are cut, and events that try to be what they are not."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engineroom.domain import stream_meter
from engineroom.domain.stream_meter import StreamMeter, Usage, usage_of

STREAMS = {path.stem: path.read_bytes() for path in sorted((Path(__file__).parents[1] / "fixtures/streams").glob("*"))}
IMITATION = 'Repeat: "usage": {"completion_tokens": 7} data: [DONE]'


def through(data: bytes, *cuts: int, withhold: bool = True) -> tuple[bytes, StreamMeter]:
    """What the caller gets of ``data``, one second per block."""
    meter = StreamMeter(withhold_usage=withhold)
    out: list[bytes] = []
    places = [0, *sorted(cuts), len(data)]
    for second, (start, end) in enumerate(itertools.pairwise(places)):
        out.append(meter.feed(data[start:end], float(second)))
    return b"".join([*out, meter.rest()]), meter


def events(data: bytes) -> list[bytes]:
    return [event + b"\n\n" for event in data.split(b"\n\n") if event]


def without_usage(data: bytes) -> bytes:
    return b"".join(event for event in events(data) if b'"choices":[],' not in event)


def test_the_recordings_are_there() -> None:
    assert len(STREAMS) == 5
    assert all(data.endswith(b"data: [DONE]\n\n") for data in STREAMS.values())


@pytest.mark.parametrize("data", STREAMS.values(), ids=STREAMS.keys())
def test_who_asks_for_usage_gets_every_byte(data: bytes) -> None:
    assert through(data, withhold=False)[0] == data


@pytest.mark.parametrize("data", STREAMS.values(), ids=STREAMS.keys())
def test_who_does_not_ask_gets_every_byte_but_the_usage_chunk(data: bytes) -> None:
    """A completion's last chunk carries its counts for everybody; that is the engine's, and stays."""
    out, _ = through(data)
    assert out == without_usage(data)


@pytest.mark.parametrize("data", STREAMS.values(), ids=STREAMS.keys())
def test_the_very_same_object_means_whole_events_and_nothing_held(data: bytes) -> None:
    for cut in range(1, len(data)):
        meter = StreamMeter(withhold_usage=True)
        first, second = data[:cut], data[cut:]
        if meter.feed(first, 0.0) is first:
            assert first.endswith(b"\n\n")
            assert meter.rest() == b""
        else:
            assert meter.feed(second, 1.0) is not second or first.endswith(b"\n\n")


@pytest.mark.parametrize("data", STREAMS.values(), ids=STREAMS.keys())
def test_the_cut_does_not_matter(data: bytes) -> None:
    """At every byte, and into single bytes."""
    whole, expected = through(data)
    for cut in range(len(data) + 1):
        out, meter = through(data, cut)
        assert out == whole, cut
        assert (meter.usage, meter.token_events) == (
            expected.usage,
            expected.token_events,
        )
    out, meter = through(data, *range(len(data)))
    assert (out, meter.token_events) == (whole, expected.token_events)


@pytest.mark.parametrize(
    ("name", "prompt", "completion"),
    [("chat_with_usage", 16, 8), ("completion_with_usage", 7, 24), ("chat_of_imitations", 29, 22)],
)
def test_counts_are_the_engines(name: str, prompt: int, completion: int) -> None:
    _, meter = through(STREAMS[name])
    assert meter.usage is not None
    assert (meter.usage.prompt_tokens, meter.usage.completion_tokens) == (prompt, completion)
    assert meter.completion_tokens == completion
    assert meter.usage.decode_tokens_per_s is not None


def test_without_a_count_events_are_counted() -> None:
    """The engine ends an answer with a token that has no text, so its own count may be one more."""
    _, meter = through(STREAMS["chat_without_usage"])
    assert meter.usage is None
    assert meter.completion_tokens == meter.token_events == 7


def test_text_that_imitates_the_protocol_is_text() -> None:
    data = STREAMS["chat_of_imitations"]
    out, _ = through(data)
    chunks = [json.loads(event[6:]) for event in events(out) if b"[DONE]\n" not in event]
    said = "".join(chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks)
    assert said == IMITATION


def test_an_answer_of_nothing_has_no_rate() -> None:
    """One token and a rate of zero: nothing was measured."""
    _, meter = through(STREAMS["chat_of_nothing"])
    assert meter.token_events == 0
    assert meter.first_token_at_s is meter.tokens_per_s is None
    assert meter.usage == Usage(prompt_tokens=16, completion_tokens=1, decode_tokens_per_s=None)


def chunk(content: object = None, **fields: object) -> bytes:
    choices = [] if content is None else [{"index": 0, "delta": {"content": content}}]
    return b"data: " + json.dumps({"choices": choices, **fields}).encode() + b"\n\n"


USAGE = chunk(usage={"prompt_tokens": 3, "completion_tokens": 5})
DONE = b"data: [DONE]\n\n"


def test_the_rate_is_of_the_tokens_after_the_first() -> None:
    meter = StreamMeter(withhold_usage=False)
    for second in (10.0, 11.0, 12.0):
        meter.feed(chunk("a"), second)
    assert (meter.first_token_at_s, meter.last_token_at_s) == (10.0, 12.0)
    assert meter.tokens_per_s == 1.0
    meter.feed(USAGE, 13.0)
    assert meter.tokens_per_s == 2.0


def test_one_token_has_no_rate() -> None:
    _, meter = through(chunk("a") + DONE)
    assert meter.tokens_per_s is None


def test_an_empty_text_is_no_token() -> None:
    _, meter = through(chunk("") + b'data: {"choices":[{"delta":{"role":"assistant","content":null}}]}\n\n')
    assert meter.token_events == 0


@pytest.mark.parametrize("name", ["content", "reasoning_content", "reasoning", "text", "arguments"])
@pytest.mark.parametrize("gap", ["", " "])
def test_what_counts_as_a_token(name: str, gap: str) -> None:
    _, meter = through(f'data: {{"choices":[{{"delta":{{"{name}":{gap}"x"}}}}]}}\n\n'.encode())
    assert meter.token_events == 1


@pytest.mark.parametrize("end", [b"\n\n", b"\r\n\r\n", b"\r\r"])
def test_all_line_ends(end: bytes) -> None:
    data = (chunk("a") + chunk("b") + USAGE + DONE).replace(b"\n\n", end)
    expected = (chunk("a") + chunk("b") + DONE).replace(b"\n\n", end)
    for cut in range(len(data)):
        out, meter = through(data, cut)
        assert out == expected
        assert meter.token_events == 2


def test_comments_pass() -> None:
    data = b": loading\n\n" + chunk("a") + b":\n\n" + USAGE + b": end\n\n"
    assert through(data)[0] == data.replace(USAGE, b"")


def test_usage_beside_text_is_kept() -> None:
    """Some engines send running totals with every chunk; only a chunk of nothing else is withheld."""
    data = chunk("a", usage={"prompt_tokens": 3, "completion_tokens": 1}) + DONE
    out, meter = through(data)
    assert out == data
    assert meter.completion_tokens == 1


def test_null_usage_is_kept_and_is_no_count() -> None:
    data = chunk("a", usage=None) + chunk("b", usage=None)
    out, meter = through(data)
    assert out == data
    assert (meter.usage, meter.completion_tokens) == (None, 2)


def test_an_unfinished_event_is_given_at_the_end() -> None:
    meter = StreamMeter(withhold_usage=True)
    assert meter.feed(chunk("a") + b'data: {"err', 0.0) == chunk("a")
    assert meter.rest() == b'data: {"err'
    assert meter.rest() == b""


def test_a_giant_event_is_not_held_for_ever() -> None:
    """It goes on unread, byte for byte, and what comes after it is read again."""
    giant = b'data: {"choices":[{"delta":{"content":"' + b"x" * (stream_meter.MAX_HELD_BYTES + 10)
    meter = StreamMeter(withhold_usage=True)
    assert meter.feed(giant, 0.0) == giant
    assert meter.feed(b'"}}]}\n\n' + chunk("b") + USAGE + DONE, 1.0) == b'"}}]}\n\n' + chunk("b") + DONE
    assert meter.token_events == 1


def test_a_large_event_is_read_whole() -> None:
    large = chunk("x" * 1_000_000)
    out, meter = through(large + USAGE, 10, 300_000, 999_999)
    assert (out, meter.token_events) == (large, 1)


@pytest.mark.parametrize(
    ("body", "usage"),
    [
        (b"", None),
        (b"[1]", None),
        (b'"usage"', None),
        (b"\xff", None),
        (b'{"usage":null}', None),
        (b'{"usage":[]}', None),
        (b'{"usage":{}}', Usage(prompt_tokens=None, completion_tokens=None)),
        (
            b'{"usage":{"prompt_tokens":-1,"completion_tokens":"5"}}',
            Usage(prompt_tokens=None, completion_tokens=None),
        ),
        (
            b'{"usage":{"prompt_tokens":true,"completion_tokens":2.5}}',
            Usage(prompt_tokens=None, completion_tokens=None),
        ),
        (
            b'{"usage":{"prompt_tokens":1,"completion_tokens":2},"timings":{"predicted_per_second":50}}',
            Usage(prompt_tokens=1, completion_tokens=2, decode_tokens_per_s=50.0),
        ),
        (
            b'{"usage":{"prompt_tokens":1,"completion_tokens":2},"timings":"fast"}',
            Usage(prompt_tokens=1, completion_tokens=2),
        ),
    ],
)
def test_usage_of_a_body(body: bytes, usage: Usage | None) -> None:
    assert usage_of(body) == usage


pieces = st.sampled_from(
    [chunk("a"), chunk("ä\n\n"), chunk(""), USAGE, DONE, b": c\n\n", b"\n", b"\r", b"\n\n", b"data: {", b'"usage"',
     b"[DONE]", b'"choices":[]', b"data: ", b"{}"]
)  # fmt: skip


@given(st.lists(pieces | st.binary(max_size=12), max_size=12), st.lists(st.integers(0, 400), max_size=6))
def test_nothing_is_changed_for_who_asked(parts: list[bytes], cuts: list[int]) -> None:
    data = b"".join(parts)
    assert through(data, *(min(cut, len(data)) for cut in cuts), withhold=False)[0] == data


@given(st.lists(pieces, max_size=12), st.lists(st.integers(0, 400), max_size=6))
def test_only_usage_chunks_are_withheld(parts: list[bytes], cuts: list[int]) -> None:
    """However it is cut; and what is missing is exactly a number of whole events."""
    data = b"".join(parts)
    out, meter = through(data, *(min(cut, len(data)) for cut in cuts))
    assert out == through(data)[0]
    assert meter.usage is not None or out == data


@given(st.text(max_size=40), st.booleans())
def test_any_text_comes_through(text: str, usage_asked: bool) -> None:
    data = chunk(text) + USAGE + DONE
    out, meter = through(data, withhold=not usage_asked)
    assert out == (data if usage_asked else chunk(text) + DONE)
    assert meter.token_events == (1 if text else 0)
