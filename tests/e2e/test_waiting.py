"""Clients of ``/v1`` that wait while an engine loads; and their streams written down, for as long as that is on."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from e2e.scripted import MODEL, script, scripted_room, stopped
from engine_room import EngineRoomProcess, json_of

SAID = script({"content": "one"}, {"content": " two"}, {"content": " three"})
LOADING = ": the engine is loading"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    with scripted_room(tmp_path_factory.mktemp("waiting"), wait=False, ENGINEROOM_FAKE_LOAD_S="3") as room:
        yield room


def lines_of(room: EngineRoomProcess, route: str, **body: Any) -> tuple[str, list[str]]:
    """The id of a streamed request, and its lines that say something."""
    asked = {"model": MODEL, "stream": True, **body}
    with httpx2.stream("POST", f"{room.connection().address}{route}", json=asked, timeout=60) as answer:
        assert answer.status_code == 200
        return answer.headers["x-request-id"], [line for line in answer.iter_lines() if line]


def chat(room: EngineRoomProcess) -> tuple[str, list[str]]:
    return lines_of(room, "/v1/chat/completions", messages=[{"role": "user", "content": SAID}])


def text_of(lines: list[str]) -> str:
    chunks = [json.loads(line[6:]) for line in lines if line.startswith("data: {")]
    return "".join(chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks if chunk["choices"])


def test_who_waits_for_a_chat_is_kept_alive_with_comments(room: EngineRoomProcess) -> None:
    stopped(room)
    _, lines = chat(room)
    first = next(at for at, line in enumerate(lines) if line.startswith("data: "))
    assert first >= 1, "a sign of life before the engine says anything"
    assert lines[:first] == [LOADING] * first
    assert LOADING not in lines[first:]
    assert (text_of(lines), lines[-1]) == ("one two three", "data: [DONE]")


def test_a_stream_is_written_down_while_that_is_on_and_not_after(room: EngineRoomProcess) -> None:
    chat(room)
    on = json_of(room.cli("capture", "on", "--minutes", "5", "--json"))
    try:
        number, lines = chat(room)
        with room.control() as control:
            assert "capture_on" in [notice.code for notice in control.snapshot().notices]
    finally:
        off = json_of(room.cli("capture", "off", "--json"))
    after, _ = chat(room)
    written = Path(on["path"])
    text = written.read_text("utf-8")
    assert (on["on"], off["on"], written.stat().st_mode & 0o777) == (True, False, 0o600)
    assert f"{number} > " in text
    assert all(line in text for line in lines), "as the client got it"
    assert text_of(lines) == "one two three"
    assert after not in text
