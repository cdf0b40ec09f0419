"""An engine ends under its requests: who is asked again, who is told to come again, who is kept alive meanwhile."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from e2e.scripted import MODEL, script, scripted_room
from engine_room import EngineRoomProcess, until
from engineroom.contract.control import EngineState


@pytest.fixture(scope="module")
def load_s(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that says how long the engine loads."""
    file = tmp_path_factory.mktemp("load") / "load_s"
    file.write_text("0")
    return file


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, load_s: Path) -> Iterator[EngineRoomProcess]:
    with scripted_room(tmp_path_factory.mktemp("restarts"), ENGINEROOM_FAKE_LOAD_S=str(load_s)) as room:
        yield room


def ready(room: EngineRoomProcess) -> None:
    """Bring it up anew, with all its restarts."""
    with room.control() as control:
        control.stop_engine(MODEL)
        control.start_engine(MODEL)
    room.wait_engine(EngineState.READY, MODEL)


def ask(room: EngineRoomProcess, *, stream: bool = False, **fields: object) -> httpx2.Response:
    content = script({"content": "well"}, **fields)
    body = {"model": MODEL, "messages": [{"role": "user", "content": content}], "stream": stream}
    return httpx2.post(f"{room.connection().address}/v1/chat/completions", json=body, timeout=60.0)


def asked_again(room: EngineRoomProcess, kills: Path, times: str, *, stream: bool = False) -> httpx2.Response:
    """The answer to a request that ends so many engines; where the next one takes long to start, it is tried again."""
    for _ in range(10):
        ready(room)
        kills.write_text(times)
        answer = ask(room, stream=stream, kills=str(kills))
        if answer.status_code != 503:
            break
        assert answer.json()["error"]["code"] == "wait_too_long"
    return answer


@pytest.mark.parametrize("stream", [False, True])
def test_a_request_of_whose_answer_nothing_was_sent_is_asked_again(
    room: EngineRoomProcess, tmp_path: Path, stream: bool
) -> None:
    kills = tmp_path / "kills"
    answer = asked_again(room, kills, "1", stream=stream)
    assert answer.status_code == 200
    assert "well" in answer.text
    assert (kills.read_text(), room.engine(MODEL).restarts) == ("0", 1)


def test_who_hears_nothing_and_has_waited_for_long_is_told(room: EngineRoomProcess, tmp_path: Path) -> None:
    """It would have to wait for as long again, and cannot know that anybody is still at it."""
    ready(room)
    kills = tmp_path / "kills"
    kills.write_text("1")
    answer = ask(room, kills=str(kills), head_s=4.5)
    assert (answer.status_code, answer.json()["error"]["code"]) == (502, "engine_unreachable")


def test_one_that_no_engine_can_bear_ends_two_of_them_and_no_more(room: EngineRoomProcess, tmp_path: Path) -> None:
    kills = tmp_path / "kills"
    answer = asked_again(room, kills, "9")
    assert (answer.status_code, answer.json()["error"]["code"]) == (502, "engine_unreachable")
    assert kills.read_text() == "7"
    assert "well" in ask(room, stream=True).text, "who streams waits for the next one, however long it takes"


def test_who_hears_nothing_does_not_wait_for_a_restart_that_takes_long(room: EngineRoomProcess, load_s: Path) -> None:
    """After five seconds it is told when to come again; one that streams is kept alive and answered."""
    ready(room)
    load_s.write_text("600")
    os.kill(room.engine(MODEL).pid or 0, signal.SIGKILL)
    until("the end", lambda: room.engine(MODEL).state is not EngineState.READY)
    streamed: list[httpx2.Response] = []
    streaming = threading.Thread(target=lambda: streamed.append(ask(room, stream=True)))
    streaming.start()
    began_s = time.monotonic()
    refused = ask(room)
    assert time.monotonic() - began_s > 4
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "wait_too_long")
    assert int(refused.headers["retry-after"]) >= 1
    load_s.write_text("0")
    streaming.join(60)
    assert "well" in streamed[0].text
    assert streamed[0].text.count(": the engine is loading") >= 2


def test_what_an_engine_held_is_known_to_the_next_daemon(tmp_path: Path) -> None:
    """It reckons with it before the engine has run again."""

    def known(room: EngineRoomProcess) -> tuple[str, bool]:
        with room.control() as control:
            snapshot = control.snapshot()
        assert snapshot.routing is not None
        origin = next(one.need_from for one in snapshot.routing.routes if one.id == MODEL)
        state = next(one.state for one in snapshot.engines if one.id == MODEL)
        return origin, state is EngineState.READY

    with scripted_room(tmp_path, wait=False, ENGINEROOM_FAKE_LOAD_S="2") as first:
        assert known(first)[0] != "measured"
        assert ask(first).status_code == 200
        until("what it holds", lambda: known(first) == ("measured", True))
    with scripted_room(tmp_path, wait=False, ENGINEROOM_FAKE_LOAD_S="600") as second, second.control() as control:
        control.start_engine(MODEL)
        until("what it needs", lambda: known(second) == ("measured", False))
