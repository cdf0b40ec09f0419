"""Engines of each version of TensorRT-LLM, on every surface: reasoning under both names, and streams that break off.

The runtime is a double; nothing here ran on a card.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import anthropic
import httpx2
import openai
import pytest

from e2e.surfaces import (
    CHAT,
    COMPLETIONS,
    GENERATE,
    MESSAGES,
    OLLAMA,
    RESPONSES,
    SURFACES,
    asking,
    error_at_the_end,
    events,
    kinds,
    streamed,
    whole,
)
from engine_kit import EngineHome
from engine_room import EngineRoomProcess, engine_room, json_of, until
from engineroom.contract.control import EngineState
from engineroom.contract.problems import Exit
from engineroom.domain.usage import Outcome, RequestView
from fakes.tensorrt_llm_double.kit import VERSIONS

THOUGHT, SAID = "first this then that", "so it is"
BOTH = "reasoning_content reasoning"
THINKING: dict[str, dict[str, Any]] = {OLLAMA: {"think": True}}
SLOW = 20.0
"""Tokens a second of an engine whose worker is to die in the middle of all answers."""


@pytest.fixture(scope="module", params=VERSIONS)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Stage"]:
    home = EngineHome(tmp_path_factory.mktemp(f"streams-{request.param}"), request.param)
    with engine_room(home.home, environment=home.environment()) as room:
        room.connection()
        told = json_of(
            room.cli("build", "tiny/Tiny-Qwen", "--context", "1024", "--concurrency", "8", "--yes", "--json")
        )
        found = Stage(home, room, told["job"]["result"]["engine"])
        found.start()
        yield found
        room.cli("stop", found.engine)
        assert home.none_left()


class Stage:
    """A room that serves one engine."""

    def __init__(self, home: EngineHome, room: EngineRoomProcess, engine: str) -> None:
        self.home, self.room, self.engine = home, room, engine

    def start(self) -> None:
        assert self.room.cli("start", self.engine).returncode == Exit.OK
        self.room.wait_engine(EngineState.READY, self.engine)

    def stream(self, route: str, **double: Any) -> tuple[str, list[str]]:
        return streamed(self.room, route, self.engine, told(**double), **THINKING.get(route, {}))

    def whole(self, route: str, **double: Any) -> dict[str, Any]:
        return whole(self.room, route, self.engine, told(**double), **THINKING.get(route, {}))

    def account(self, request_id: str) -> RequestView:
        """What is in the books of a request, once it is there."""

        def last() -> RequestView | None:
            with self.room.control() as control:
                found = control.snapshot().traffic.last
            return found if found is not None and found.request_id == request_id else None

        found: RequestView = until("the account of it", last)
        return found


def told(**double: Any) -> str:
    """A prompt that the double answers like this."""
    return json.dumps({"double": {"text": SAID, **double}})


def joined(rows: list[dict[str, Any]], *names: str) -> str:
    return "".join(row.get(name) or "" for row in rows for name in names)


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning", BOTH])
def test_reasoning_in_a_chat_has_both_names(stage: Stage, name: str) -> None:
    answer = stage.whole(CHAT, reasoning=THOUGHT, reasoning_name=name)
    message = answer["choices"][0]["message"]
    assert (message["reasoning_content"], message["reasoning"], message["content"]) == (THOUGHT, THOUGHT, SAID)
    _, lines = stage.stream(CHAT, reasoning=THOUGHT, reasoning_name=name)
    deltas = [event["choices"][0]["delta"] for event in events(lines) if event.get("choices")]
    assert joined(deltas, "reasoning_content") == joined(deltas, "reasoning") == THOUGHT
    assert joined(deltas, "content") == SAID
    assert lines[-1] == "data: [DONE]"


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning", BOTH])
def test_reasoning_is_what_each_surface_calls_it(stage: Stage, name: str) -> None:
    """Once, under whichever name the engine gave it."""
    double = {"reasoning": THOUGHT, "reasoning_name": name}
    thought, said = stage.whole(RESPONSES, **double)["output"]
    assert (thought["summary"][0]["text"], said["content"][0]["text"]) == (THOUGHT, SAID)
    _, lines = stage.stream(RESPONSES, **double)
    found = events(lines)
    assert joined([e for e in found if e["type"] == "response.reasoning_summary_text.delta"], "delta") == THOUGHT
    assert joined([e for e in found if e["type"] == "response.output_text.delta"], "delta") == SAID
    assert kinds(lines)[-1] == "response.completed"

    blocks = stage.whole(MESSAGES, **double)["content"]
    assert [block.get("thinking") or block.get("text") for block in blocks] == [THOUGHT, SAID]
    _, lines = stage.stream(MESSAGES, **double)
    deltas = [event["delta"] for event in events(lines) if event["type"] == "content_block_delta"]
    assert (joined(deltas, "thinking"), joined(deltas, "text")) == (THOUGHT, SAID)
    assert kinds(lines)[-1] == "message_stop"

    message = stage.whole(OLLAMA, **double)["message"]
    assert (message["thinking"], message["content"]) == (THOUGHT, SAID)
    rows = [event["message"] for event in events(stage.stream(OLLAMA, **double)[1])]
    assert (joined(rows, "thinking"), joined(rows, "content")) == (THOUGHT, SAID)


def test_answers_are_under_the_name_that_was_asked_for(stage: Stage) -> None:
    """The engine itself may know no other name than that of a folder of the Hub's cache."""
    said = '{"model": "another"} and "model":"a third"'
    for route in (CHAT, COMPLETIONS):
        answer = stage.whole(route, text=said)
        assert answer["model"] == stage.engine, route
        _, lines = stage.stream(route, text=said)
        assert {event["model"] for event in events(lines)} == {stage.engine}, route
        pieces = [choice for event in events(lines) for choice in event["choices"]]
        texts = [(piece["delta"].get("content") or "") if route == CHAT else piece["text"] for piece in pieces]
        assert "".join(texts) == said, route


def test_several_prompts_are_counted_together(stage: Stage) -> None:
    """The engine's stream ends with one count for each."""
    client = openai.OpenAI(base_url=f"{stage.room.connection().address}/v1", api_key="none", max_retries=0)
    asked: Any = {"model": stage.engine, "prompt": [told(text="one two three"), told(text="four")], "max_tokens": 8}
    whole = client.completions.create(**asked)
    assert [(choice.index, choice.text) for choice in whole.choices] == [(0, "one two three"), (1, "four")]
    for include in (True, False):
        stream = client.completions.create(**asked, stream=True, stream_options={"include_usage": include})
        chunks = list(stream)
        texts = {0: "", 1: ""}
        for choice in [choice for chunk in chunks for choice in chunk.choices]:
            texts[choice.index] += choice.text
        assert texts == {0: "one two three", 1: "four"}
        assert [chunk.usage for chunk in chunks if chunk.usage is not None] == ([whole.usage] if include else [])
        assert whole.usage is not None
        booked = stage.account(stream.response.headers["x-request-id"])
        assert (booked.prompt_tokens or 0) + (booked.completion_tokens or 0) == whole.usage.total_tokens


def test_one_that_only_warms_the_cache_writes_nothing(stage: Stage) -> None:
    """``max_tokens: 0``, which no engine takes: it is asked for one token, of which nobody hears."""
    claude = anthropic.Anthropic(base_url=stage.room.connection().address, api_key="none", max_retries=0)
    asked: Any = {"model": stage.engine, "messages": [{"role": "user", "content": told(text="one two three")}]}
    answer = claude.messages.create(**asked, max_tokens=0)
    assert (answer.content, answer.stop_reason) == ([], "max_tokens")
    assert answer.usage.input_tokens > 0
    assert answer.usage.output_tokens == 0


@pytest.mark.parametrize("breaks", ["ends", "error", "flat", "reset"])
def test_a_stream_that_breaks_off_ends_as_its_clients_know_it(stage: Stage, breaks: str) -> None:
    """Nothing of the engine's own words gets through, and what came is in the books, as failed."""
    for route in SURFACES:
        request_id, lines = stage.stream(route, text="one two three four five", breaks=breaks, breaks_after=2)
        message = error_at_the_end(route, lines)
        assert "CUDA" not in "".join(lines), (route, message)
        assert "one" in "".join(lines), route
        assert "three" not in "".join(lines), route
        account = stage.account(request_id)
        assert (account.outcome, account.status, account.route) == (Outcome.FAILED, 200, route)
        assert (account.completion_tokens, account.model_id) == (2, stage.engine), route
    assert stage.room.engine(stage.engine).state is EngineState.READY


def test_who_was_being_answered_when_a_worker_died_is_told_so(stage: Stage) -> None:
    """The server itself tells nobody and lets them wait; afterwards it is brought up again and answers."""
    stage.room.cli("stop", stage.engine)
    stage.home.scenario(tokens_per_s=SLOW)
    stage.start()
    long = " ".join(["word"] * 900)
    begun = {route: Event() for route in SURFACES}
    with ThreadPoolExecutor(len(SURFACES)) as clients:
        answers = {route: clients.submit(followed, stage, route, begun[route], text=long) for route in SURFACES}
        for route, event in begun.items():
            assert event.wait(60), route
        (worker, *_) = [one for one in stage.home.processes() if "mpi4py.futures.server" in " ".join(one.cmdline())]
        worker.kill()
        for route, answer in answers.items():
            error_at_the_end(route, answer.result())
    stage.home.scenario()
    until("it answers again", lambda: SAID in json.dumps(stage.whole(CHAT)))


def followed(stage: Stage, route: str, begun: Event, **double: Any) -> list[str]:
    """The lines of a stream; tells when the first token has come."""
    asked = {"model": stage.engine, "stream": True, **asking(route, told(**double)), "max_tokens": 900}
    if route == RESPONSES:
        asked["max_output_tokens"] = asked.pop("max_tokens")
    if route in {OLLAMA, GENERATE}:
        asked["options"] = {"num_predict": asked.pop("max_tokens")}
    lines = []
    with httpx2.stream("POST", f"{stage.room.connection().address}{route}", json=asked, timeout=60) as answer:
        for line in answer.iter_lines():
            if line:
                lines.append(line)
            if "word" in line:
                begun.set()
    return lines


def test_text_without_a_chat_has_no_reasoning(stage: Stage) -> None:
    """What the model writes is what comes."""
    for route, name in ((COMPLETIONS, "text"), (GENERATE, "response")):
        answer = stage.whole(route)
        assert (answer["choices"][0] if route == COMPLETIONS else answer)[name] == SAID
        rows = [event["choices"][0] if "choices" in event else event for event in events(stage.stream(route)[1])]
        assert joined(rows, name) == SAID
