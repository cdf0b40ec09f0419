"""The parser of server-sent events."""

import pytest

from engineroom_ui.link.sse import SseEvent, SseParser

STREAM = (
    b': a comment\n\nevent: engine\ndata: {"a": "\xc3\xa9"}\n\n'
    b"data: first\r\ndata:second\r\n\r\nevent: log\rdata: []\r\r"
    b"id: 7\nevent: nothing\n\ndata: [DONE]\n\n"
)
EVENTS = [
    SseEvent(name="engine", data='{"a": "é"}'.encode()),
    SseEvent(name="message", data=b"first\nsecond"),
    SseEvent(name="log", data=b"[]"),
    SseEvent(name="message", data=b"[DONE]"),
]


@pytest.mark.parametrize("at", range(len(STREAM) + 1))
def test_events_are_the_same_wherever_the_stream_is_cut(at: int) -> None:
    """Every byte is a possible border of two pieces."""
    parser = SseParser()
    assert parser.feed(STREAM[:at]) + parser.feed(STREAM[at:]) == EVENTS


def test_byte_by_byte() -> None:
    """The smallest pieces there are."""
    parser = SseParser()
    assert [event for at in range(len(STREAM)) for event in parser.feed(STREAM[at : at + 1])] == EVENTS


def test_an_unfinished_event_is_not_delivered() -> None:
    """Without its blank line an event is not complete."""
    assert SseParser().feed(b"event: engine\ndata: {}\n") == []
