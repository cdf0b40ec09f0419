"""Requests at the edge of the context, on every surface: exact, before a byte is streamed, shortened only if asked."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from e2e.tiny_room import CONTEXT, tiny_room
from engine_room import STARTER

CHAT, COMPLETIONS, RESPONSES, MESSAGES = "/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages"
TRIM = {"x-engineroom-trim": "oldest"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    home = tmp_path_factory.mktemp("context")
    with tiny_room(home) as room, httpx2.Client(base_url=room.connection().address, timeout=60) as client:
        yield client


def body_of(route: str, text: str, *, stream: bool, most: int = 1) -> dict[str, Any]:
    messages = [{"role": "user", "content": text}]
    return {
        CHAT: {"messages": messages, "max_tokens": most},
        COMPLETIONS: {"prompt": text, "max_tokens": most},
        RESPONSES: {"input": text, "max_output_tokens": most, "store": False},
        MESSAGES: {"messages": messages, "max_tokens": most},
    }[route] | {"model": STARTER, "stream": stream}


def words_for(plain: httpx2.Client, route: str, tokens: int) -> str:
    """A text that makes a prompt of so many tokens; one more word is one more token."""
    asked = {"prompt": "word"} if route == COMPLETIONS else {"messages": [{"role": "user", "content": "word"}]}
    of_one = plain.post("/tokenize", json={"model": STARTER, **asked}).json()["count"]
    return "word" + " word" * (tokens - of_one)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("route", [CHAT, COMPLETIONS, RESPONSES, MESSAGES])
def test_the_last_token_that_fits(plain: httpx2.Client, route: str, *, stream: bool) -> None:
    fits = plain.post(route, json=body_of(route, words_for(plain, route, CONTEXT - 1), stream=stream))
    assert fits.status_code == 200
    assert "error" not in fits.text or '"error":null' in fits.text
    for tokens in (CONTEXT, CONTEXT + 1, 20 * CONTEXT):
        refused = plain.post(route, json=body_of(route, words_for(plain, route, tokens), stream=stream))
        assert refused.status_code == 400
        assert refused.headers["content-type"] == "application/json"
        error = refused.json()["error"]
        assert error["type"] == "invalid_request_error"
        assert f"{CONTEXT} tokens" in error["message"]
        assert f"{tokens} tokens" in error["message"]
        if route != MESSAGES:
            assert error["code"] == "context_length_exceeded"


@pytest.mark.parametrize("route", [CHAT, COMPLETIONS, RESPONSES, MESSAGES])
def test_an_answer_longer_than_the_room_is_lowered_and_told(plain: httpx2.Client, route: str) -> None:
    text = words_for(plain, route, CONTEXT - 3)
    for stream in (False, True):
        answer = plain.post(route, json=body_of(route, text, stream=stream, most=32000))
        assert answer.status_code == 200
        assert "max_tokens 32000 was lowered to 3" in answer.headers["x-engineroom-notes"]
    short = plain.post(route, json=body_of(route, "Hi", stream=False, most=5))
    assert "x-engineroom-notes" not in short.headers


def test_a_conversation_is_shortened_only_when_asked(plain: httpx2.Client) -> None:
    old = {"role": "user", "content": words_for(plain, CHAT, CONTEXT)}
    messages = [old, {"role": "assistant", "content": "Yes."}, {"role": "user", "content": "Say hello."}]
    asked = {"model": STARTER, "messages": messages, "max_tokens": 4}
    assert plain.post(CHAT, json=asked).status_code == 400
    for stream in (False, True):
        answer = plain.post(CHAT, json={**asked, "stream": stream}, headers=TRIM)
        assert answer.status_code == 200
        assert answer.headers["x-engineroom-notes"] == "the oldest 2 messages were left out, to fit the context"
    kept = plain.post(CHAT, json=asked, headers=TRIM).json()["usage"]["prompt_tokens"]
    alone = plain.post("/tokenize", json={"model": STARTER, "messages": messages[-1:]}).json()["count"]
    assert kept == alone
    assert plain.post(CHAT, json=asked, headers={"x-engineroom-trim": "newest"}).status_code == 400
    assert plain.post(CHAT, json={**asked, "messages": [old]}, headers=TRIM).status_code == 400
    fits = plain.post(CHAT, json={**asked, "messages": messages[-1:]}, headers=TRIM)
    assert "x-engineroom-notes" not in fits.headers


def test_responses_and_messages_are_shortened_too(plain: httpx2.Client) -> None:
    turns = [{"role": "user", "content": words_for(plain, CHAT, CONTEXT)}, {"role": "assistant", "content": "Yes."},
             {"role": "user", "content": "Say hello."}]  # fmt: skip
    asked = {"model": STARTER, "input": turns, "max_output_tokens": 4, "store": False, "truncation": "auto"}
    answer = plain.post(RESPONSES, json=asked)
    assert answer.json()["truncation"] == "auto"
    assert "oldest 2 messages" in answer.headers["x-engineroom-notes"]
    disabled = plain.post(RESPONSES, json={**asked, "truncation": "disabled"})
    assert disabled.json()["error"]["code"] == "context_length_exceeded"
    assert plain.post(RESPONSES, json={**asked, "truncation": "some"}).status_code == 400
    message = {"model": STARTER, "messages": turns, "max_tokens": 4, "stream": True}
    streamed = plain.post(MESSAGES, json=message, headers=TRIM)
    start = json.loads(streamed.text.partition("data: ")[2].partition("\n")[0])
    assert 0 < start["message"]["usage"]["input_tokens"] < 100
