"""Clients that wait while an engine loads or reads their prompt; and streams written down, as long as that is on."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from e2e.scripted import MODEL, script, scripted_room, stopped
from e2e.surfaces import (
    CHAT,
    COMPLETIONS,
    GENERATE,
    MESSAGES,
    OLLAMA,
    RESPONSES,
    SURFACES,
    error_at_the_end,
    kinds,
    streamed,
)
from engine_room import EngineRoomProcess, json_of, until
from engineroom.contract.control import EngineState
from engineroom.contract.problems import Exit

SAID = script({"content": "one"}, {"content": " two"}, {"content": " three"})
LOADING, WORKING = ": the engine is loading", ": the engine is at work"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    with scripted_room(tmp_path_factory.mktemp("waiting"), wait=False, ENGINEROOM_FAKE_LOAD_S="3") as room:
        yield room


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    """Its engine loads for a while, and then fails."""
    home = tmp_path_factory.mktemp("broken")
    (home / "load_s").write_text("0")
    with scripted_room(home, ENGINEROOM_FAKE_LOAD_S=str(home / "load_s")) as room:
        yield room


def chat(room: EngineRoomProcess) -> tuple[str, list[str]]:
    return streamed(room, CHAT, MODEL, SAID)


def text_of(lines: list[str]) -> str:
    chunks = [json.loads(line[6:]) for line in lines if line.startswith("data: {")]
    return "".join(chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks if chunk["choices"])


def all_at_once(room: EngineRoomProcess, said: str) -> dict[str, list[str]]:
    """By route: the lines of a stream, all of which were asked for together."""
    with ThreadPoolExecutor(len(SURFACES)) as clients:
        answers = {route: clients.submit(streamed, room, route, MODEL, said) for route in SURFACES}
    return {route: answer.result()[1] for route, answer in answers.items()}


def parted(lines: list[str], first: str) -> tuple[list[str], list[str]]:
    """What came before the line that has the beginning of the answer in it, and the rest."""
    at = next(at for at, line in enumerate(lines) if first in line)
    return lines[:at], lines[at:]


def demand_signs(answers: dict[str, list[str]], comment: str) -> None:
    """Each API's own signs of life stand before the answer, and each answer is whole."""
    for route in (CHAT, COMPLETIONS):
        before, rest = parted(answers[route], '"one"')
        assert comment in before, route
        assert set(before) <= {LOADING, WORKING}, route
        assert (LOADING in rest, WORKING in rest, rest[-1]) == (False, False, "data: [DONE]"), route
    assert text_of(answers[CHAT]) == "one two three"
    before, rest = parted(answers[RESPONSES], '"one"')
    assert kinds(before)[:2] == ["response.created", "response.in_progress"]
    assert set(kinds(before)[2:]) <= {"response.in_progress", "response.output_item.added",
                                      "response.content_part.added", "response.output_text.delta"}  # fmt: skip
    assert kinds(before).count("response.in_progress") >= 2, "one belongs to the beginning"
    numbers = [json.loads(line[6:])["sequence_number"] for line in answers[RESPONSES] if line.startswith("data: ")]
    assert numbers == list(range(len(numbers)))
    assert kinds(rest)[-1] == "response.completed"
    before, rest = parted(answers[MESSAGES], '"one"')
    assert kinds(before).count("ping") >= 2, "one belongs to the beginning"
    assert (kinds(before).count("message_start"), kinds(rest)[-1]) == (1, "message_stop")
    for route in (OLLAMA, GENERATE):
        rows = [json.loads(line) for line in answers[route]]
        texts = [row["message"]["content"] if route == OLLAMA else row["response"] for row in rows]
        assert texts[0] == "", route
        assert ("".join(texts), [row["done"] for row in rows].index(True)) == ("one two three", len(rows) - 1), route


def test_who_waits_for_an_engine_is_kept_alive_in_its_own_apis_way(room: EngineRoomProcess) -> None:
    stopped(room)
    demand_signs(all_at_once(room, SAID), LOADING)


def test_who_waits_for_its_prompt_to_be_read_is_kept_alive_too(room: EngineRoomProcess) -> None:
    """Whether the engine says that it has the request, or nothing at all until its first token."""
    for silence in ({"head_s": 2.5}, {"first_s": 2.5}):
        slow = script({"content": "one"}, {"content": " two three"}, **silence)
        demand_signs(all_at_once(room, slow), WORKING)


def test_who_waits_for_an_engine_that_fails_is_told_so_in_its_own_apis_way(broken: EngineRoomProcess) -> None:
    """Who streams was shown that we are at it, so the error is in the stream."""
    stopped(broken)
    (broken.home.parent / "load_s").write_text("two seconds")
    answers = all_at_once(broken, SAID)
    for route, lines in answers.items():
        assert "engine_crashed" in error_at_the_end(route, lines), route
    for route in (CHAT, COMPLETIONS):
        assert set(answers[route][:-1]) == {LOADING}, route
    for lines in answers.values():
        assert not any("Traceback" in line or "/tmp" in line or "two seconds" in line for line in lines)


def test_who_starts_an_engine_that_somebody_else_stops_is_told_so(room: EngineRoomProcess) -> None:
    """It takes three seconds to load."""
    stopped(room)
    with ThreadPoolExecutor(1) as other, room.control() as control:
        start = other.submit(room.cli, "start", MODEL)
        until("it starts", lambda: room.engine(MODEL).state is EngineState.STARTING)
        control.stop_engine(MODEL)
        ended = start.result()
    assert ended.returncode == Exit.ENGINE_FAILED
    assert f"The engine of '{MODEL}' is not running" in ended.stderr


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
