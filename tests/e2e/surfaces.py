"""The six surfaces that stream, and how each of them is asked and read."""

import json
from typing import Any

import httpx2

from engine_room import EngineRoomProcess

CHAT, COMPLETIONS, RESPONSES, MESSAGES, OLLAMA, GENERATE = SURFACES = (
    "/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages", "/api/chat", "/api/generate",
)  # fmt: skip


def asking(route: str, said: str) -> dict[str, Any]:
    """A request with this text for an answer."""
    messages = [{"role": "user", "content": said}]
    return {
        CHAT: {"messages": messages}, COMPLETIONS: {"prompt": said}, RESPONSES: {"input": said},
        MESSAGES: {"messages": messages, "max_tokens": 64}, OLLAMA: {"messages": messages},
        GENERATE: {"prompt": said, "raw": True},
    }[route]  # fmt: skip


def streamed(room: EngineRoomProcess, route: str, model: str, said: str, **more: Any) -> tuple[str, list[str]]:
    """The id of a streamed request, and its lines that say something."""
    asked = {"model": model, "stream": True, **asking(route, said), **more}
    with httpx2.stream("POST", f"{room.connection().address}{route}", json=asked, timeout=60) as answer:
        assert answer.status_code == 200, answer.read()
        return answer.headers["x-request-id"], [line for line in answer.iter_lines() if line]


def whole(room: EngineRoomProcess, route: str, model: str, said: str, **more: Any) -> dict[str, Any]:
    """An answer in one piece."""
    asked = {"model": model, "stream": False, **asking(route, said), **more}
    answer = httpx2.post(f"{room.connection().address}{route}", json=asked, timeout=60)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def kinds(lines: list[str]) -> list[str]:
    """The names of events, in order."""
    return [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]


def events(lines: list[str]) -> list[dict[str, Any]]:
    """What events and lines say."""
    bare = (line.removeprefix("data: ") for line in lines)
    return [json.loads(line) for line in bare if line.startswith("{")]


def error_at_the_end(route: str, lines: list[str]) -> str:
    """What the stream says went wrong, if it ends as clients of this surface know it."""
    last = events(lines)[-1]
    assert "data: [DONE]" not in lines
    assert sum("error" in event and event["error"] is not None for event in events(lines)) == 1
    if route in {OLLAMA, GENERATE}:
        assert set(last) == {"error"}
        return str(last["error"])
    if route == RESPONSES:
        assert kinds(lines)[-2:] == ["response.failed", "error"]
        assert events(lines)[-2]["response"]["status"] == "failed"
    if route == MESSAGES:
        assert (kinds(lines)[-1], last["type"]) == ("error", "error")
        assert set(last["error"]) == {"type", "message"}
    else:
        assert set(last["error"]) >= {"message", "type", "code", "param"}
    return str(last["error"]["message"])
