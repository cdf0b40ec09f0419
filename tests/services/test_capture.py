"""Writing prompts and answers down: what of a stream is written, for how long, and that it is seen."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from engineroom.services import hub
from engineroom.services.capture import MOST_BYTES, Capture
from engineroom.services.notices import NoticeBoard
from fakes.hand_clock import HandClock
from services.test_boards import ListSink

CHAT = "/v1/chat/completions"
Maker = Callable[[], tuple[Capture, ListSink, NoticeBoard]]


@pytest.fixture
def make() -> Maker:
    def made() -> tuple[Capture, ListSink, NoticeBoard]:
        sink, notices = ListSink(), NoticeBoard(hub.Hub())
        return Capture(clock=HandClock(unix_s=1000.0), notices=notices, sink=lambda: (sink, "/c.txt")), sink, notices

    return made


def codes(notices: NoticeBoard) -> list[str]:
    return [problem.code for problem in notices.all()]


async def pass_through(capture: Capture, path: str, asked: list[bytes], told: list[bytes]) -> list[Any]:
    """A request whose body and answer come in pieces; what its client got."""
    bodies, got = iter(asked), list[Any]()

    async def receive() -> Any:
        return {"type": "http.request", "body": next(bodies), "more_body": True}

    async def send(message: Any) -> None:
        got.append(message)

    received, sent = capture.around("req-1", path, receive, send)
    for _ in asked:
        await received()
    await sent({"type": "http.response.start", "status": 200})
    for piece in told:
        await sent({"type": "http.response.body", "body": piece, "more_body": True})
    return got


async def test_a_stream_is_written_as_it_goes_by_and_goes_by_unchanged(make: Maker) -> None:
    capture, sink, notices = make()
    capture.start(10)
    assert (capture.on, capture.until_s, codes(notices)) == (True, 1600.0, ["capture_on"])
    told = [b'data: {"a":1}\n\n', b"data: [DONE]\n\n", b""]
    got = await pass_through(capture, CHAT, [b'{"mess', b'ages":[]}'], told)
    assert [message.get("body") for message in got] == [None, *told]
    assert sink.lines == ['req-1 > {"mess', 'req-1 > ages":[]}', 'req-1 < data: {"a":1}', "req-1 < data: [DONE]"]
    capture.stop()
    assert (capture.on, capture.until_s, sink.closed, codes(notices)) == (False, None, True, [])


async def test_a_stream_that_outlives_the_capture_goes_on_unwritten(make: Maker) -> None:
    capture, sink, _ = make()
    capture.start(10)
    got = list[Any]()

    async def send(message: Any) -> None:
        got.append(message)

    _, sent = capture.around("req-1", CHAT, None, send)
    await sent({"body": b"one"})
    capture.stop()
    await sent({"body": b"two"})
    assert (sink.lines, len(got)) == (["req-1 < one"], 2)


async def test_it_ends_by_itself(make: Maker) -> None:
    capture, sink, notices = make()
    capture.start(0.0005)
    while capture.on:  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    assert (sink.closed, codes(notices)) == (True, [])


async def test_a_second_start_is_a_new_time_and_the_first_does_not_end_it(make: Maker) -> None:
    capture, _, notices = make()
    capture.start(0.0005)
    capture.start(10)
    await asyncio.sleep(0.06)
    assert (capture.on, codes(notices)) == (True, ["capture_on"])
    capture.stop()


async def test_there_is_an_end_to_its_size_and_control_is_never_written(make: Maker) -> None:
    capture, sink, notices = make()
    capture.start(10)
    await pass_through(capture, "/control/hub/account", [b'{"token":"secret"}'], [b"answer"])
    assert sink.lines == []
    got = await pass_through(capture, CHAT, [b"{}"], [b"x" * MOST_BYTES, b"more"])
    assert (len(got), sink.lines, capture.on, codes(notices)) == (3, ["req-1 > {}"], False, [])
