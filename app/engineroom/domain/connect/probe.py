"""A test as a program would do it: a real request with a real tool, in the program's own interface.

Whoever sends (the window, the command line) takes a :class:`ProbeRequest` and gives the answer back to be judged.
Requests are streamed, as those of nearly all programs are.
"""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engineroom.domain.connect.guides import Api, ConnectFacts
from engineroom.domain.connect.streams import Heard, hear
from engineroom.domain.errors import FactValue

TOOL = "get_weather"
QUESTION = "What is the weather in Paris right now? Use the get_weather tool to find out."
MOST_TOKENS = 256

_ABOUT = "Current weather of a city."
_PARAMETERS: dict[str, Any] = {
    "type": "object",
    "properties": {"city": {"type": "string", "description": "Name of the city"}},
    "required": ["city"],
}
ROUTES = {
    Api.CHAT: "/v1/chat/completions",
    Api.RESPONSES: "/v1/responses",
    Api.MESSAGES: "/v1/messages",
    Api.COMPLETIONS: "/v1/completions",
    Api.OLLAMA: "/api/chat",
}
_WRITTEN_CALLS = ("<tool_call>", "[TOOL_CALLS]", "<function=", "<|python_tag|>", '"name": "get_weather"')


class ProbeStep(StrEnum):
    """What is looked at, in this order."""

    REACHED = "reached"
    MODEL = "model"
    ANSWERED = "answered"
    TOOL_CALL = "tool_call"


class ProbeStatus(StrEnum):
    """``lacking``: it works, but not as the program needs it."""

    PASSED = "passed"
    LACKING = "lacking"
    FAILED = "failed"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeResult:
    """One step. ``code`` with ``facts`` says why; ``ms`` how long it took, ``None`` where nothing was sent."""

    step: ProbeStep
    status: ProbeStatus
    code: str
    facts: dict[str, FactValue] = field(default_factory=dict)
    ms: float | None = None


FACTS_OF: dict[str, tuple[str, ...]] = {
    "reached": (),
    "unreachable": ("reason",),
    "other_certificate": (),
    "key_refused": ("status",),
    "odd_status": ("status",),
    "listed": ("model",),
    "not_listed": ("model",),
    "answered": ("text", "first_ms"),
    "refused": ("status", "message"),
    "no_route": ("route",),
    "cut": ("reason",),
    "empty": (),
    "called": ("name", "arguments"),
    "arguments_broken": ("name", "arguments"),
    "other_tool": ("name",),
    "in_words": ("text",),
    "as_text": ("text",),
    "ran_out": ("tokens",),
    "no_tools_here": (),
    "not_asked": (),
}
"""Every code, and the facts that come with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeRequest:
    """What to send; ``body`` is ``None`` for a GET."""

    path: str
    headers: dict[str, str]
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeAnswer:
    """What came. ``status`` is ``None`` where nobody answered, for the ``reason``; times are since the request.

    ``strange``: who answered showed another certificate than the one expected there, and was not asked.
    """

    status: int | None
    body: bytes = b""
    reason: str = ""
    ms: float | None = None
    first_ms: float | None = None
    strange: bool = False


def list_request(api: Api, facts: ConnectFacts) -> ProbeRequest:
    """Asks for the models, as a program does that verifies a connection."""
    return ProbeRequest(path="/api/tags" if api is Api.OLLAMA else "/v1/models", headers=_key(api, facts))


def tool_request(api: Api, facts: ConnectFacts) -> ProbeRequest:
    """Asks something that wants a tool."""
    body = json.dumps(_BODIES[api](facts.model)).encode()
    headers = {"Content-Type": "application/json", **_key(api, facts)}
    return ProbeRequest(path=ROUTES[api], headers=headers, body=body)


def judge_list(api: Api, facts: ConnectFacts, answer: ProbeAnswer) -> tuple[ProbeResult, ...]:
    """The first two steps; where they failed, the others are said not to have been run."""
    reached = _reached(answer)
    if reached.status is not ProbeStatus.PASSED:
        return (reached, *_not_run(ProbeStep.MODEL, ProbeStep.ANSWERED, ProbeStep.TOOL_CALL))
    if answer.status != 200:
        route = list_request(api, facts).path
        return (
            reached,
            ProbeResult(step=ProbeStep.MODEL, status=ProbeStatus.LACKING, code="no_route", facts={"route": route}),
        )
    known = facts.model in _listed(api, answer.body)
    model = ProbeResult(
        step=ProbeStep.MODEL,
        status=ProbeStatus.PASSED if known else ProbeStatus.LACKING,
        code="listed" if known else "not_listed",
        facts={"model": facts.model},
    )
    return reached, model


def judge_answer(api: Api, answer: ProbeAnswer) -> tuple[ProbeResult, ...]:
    """The last two steps."""
    if answer.status != 200:
        return (_refused(api, answer), *_not_run(ProbeStep.TOOL_CALL))
    heard = hear(api, answer.body)
    if heard.error is not None or not heard.complete:
        reason = heard.error or answer.reason or "the stream ended early"
        cut = ProbeResult(
            step=ProbeStep.ANSWERED, status=ProbeStatus.FAILED, code="cut", facts={"reason": reason}, ms=answer.ms
        )
        return (cut, *_not_run(ProbeStep.TOOL_CALL))
    if not heard.text and heard.tool is None and not heard.ran_out:
        empty = ProbeResult(step=ProbeStep.ANSWERED, status=ProbeStatus.FAILED, code="empty", ms=answer.ms)
        return (empty, *_not_run(ProbeStep.TOOL_CALL))
    facts: dict[str, FactValue] = {"text": heard.text[:200], "first_ms": answer.first_ms}
    said = ProbeResult(step=ProbeStep.ANSWERED, status=ProbeStatus.PASSED, code="answered", facts=facts, ms=answer.ms)
    if api is Api.COMPLETIONS:
        return said, ProbeResult(step=ProbeStep.TOOL_CALL, status=ProbeStatus.NOT_RUN, code="no_tools_here")
    return said, _tool(heard)


def _tool(heard: Heard) -> ProbeResult:
    def told(status: ProbeStatus, code: str, **facts: FactValue) -> ProbeResult:
        return ProbeResult(step=ProbeStep.TOOL_CALL, status=status, code=code, facts=facts)

    if heard.tool is None:
        if any(mark in heard.text for mark in _WRITTEN_CALLS):
            return told(ProbeStatus.LACKING, "as_text", text=heard.text[:200])
        if heard.ran_out and (not heard.text or heard.text.lstrip().startswith("<think>")):
            return told(ProbeStatus.LACKING, "ran_out", tokens=MOST_TOKENS)
        return told(ProbeStatus.LACKING, "in_words", text=heard.text[:200])
    if heard.tool != TOOL:
        return told(ProbeStatus.LACKING, "other_tool", name=heard.tool[:80])
    if not _has_city(heard.arguments):
        return told(ProbeStatus.LACKING, "arguments_broken", name=TOOL, arguments=heard.arguments[:200])
    return told(ProbeStatus.PASSED, "called", name=TOOL, arguments=heard.arguments[:200])


def _has_city(arguments: str) -> bool:
    try:
        given = json.loads(arguments)
    except ValueError:
        return False
    return isinstance(given, dict) and isinstance(given.get("city"), str)


def _reached(answer: ProbeAnswer) -> ProbeResult:
    status, code, facts = ProbeStatus.FAILED, "odd_status", {"status": answer.status}
    if answer.status is None:
        code, told = ("other_certificate", {}) if answer.strange else ("unreachable", {"reason": answer.reason})
        return ProbeResult(step=ProbeStep.REACHED, status=status, code=code, facts={**told}, ms=answer.ms)
    if answer.status in {401, 403}:
        code = "key_refused"
    elif answer.status in {200, 404}:
        status, code, facts = ProbeStatus.PASSED, "reached", {}
    return ProbeResult(step=ProbeStep.REACHED, status=status, code=code, facts={**facts}, ms=answer.ms)


def _refused(api: Api, answer: ProbeAnswer) -> ProbeResult:
    step, failed = ProbeStep.ANSWERED, ProbeStatus.FAILED
    if answer.status is None:
        return ProbeResult(step=step, status=failed, code="cut", facts={"reason": answer.reason}, ms=answer.ms)
    message, known = _message(answer.body)
    if answer.status == 404 and not known:
        return ProbeResult(step=step, status=failed, code="no_route", facts={"route": ROUTES[api]}, ms=answer.ms)
    facts: dict[str, FactValue] = {**_problem(answer.body), "status": answer.status, "message": message}
    return ProbeResult(step=step, status=failed, code="refused", facts=facts, ms=answer.ms)


def _problem(body: bytes) -> dict[str, FactValue]:
    """The ``code`` of an engine room's error and its facts, by which others than we can say it in words."""
    try:
        error = json.loads(body)["error"]
        return {**{str(name): value for name, value in error["facts"].items()}, "code": str(error["code"])}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _message(body: bytes) -> tuple[str, bool]:
    """What an error says, and whether it is about a model rather than about the route."""
    try:
        tree = json.loads(body)
    except ValueError:
        return body[:200].decode("utf-8", "replace"), False
    error = tree.get("error", tree) if isinstance(tree, dict) else tree
    if isinstance(error, str):
        return error[:300], "model" in error
    if not isinstance(error, dict):
        return str(error)[:300], False
    route_missing = "not_found" in {error.get("code"), error.get("type")} and "model" not in str(error.get("message"))
    return str(error.get("message", ""))[:300], not route_missing


def _listed(api: Api, body: bytes) -> set[str]:
    try:
        tree = json.loads(body)
    except ValueError:
        return set()
    rows = tree.get("models" if api is Api.OLLAMA else "data") if isinstance(tree, dict) else None
    names: set[str] = set()
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            name = str(row.get("name" if api is Api.OLLAMA else "id", ""))
            names |= {name, name.removesuffix(":latest")}
    return names


def _not_run(*steps: ProbeStep) -> tuple[ProbeResult, ...]:
    return tuple(ProbeResult(step=step, status=ProbeStatus.NOT_RUN, code="not_asked") for step in steps)


def _key(api: Api, facts: ConnectFacts) -> dict[str, str]:
    if facts.key in {"", "none"}:
        return {}
    if api is Api.MESSAGES:
        return {"x-api-key": facts.key, "anthropic-version": "2023-06-01"}
    return {"Authorization": f"Bearer {facts.key}"}


def _function() -> dict[str, Any]:
    return {"name": TOOL, "description": _ABOUT, "parameters": _PARAMETERS}


def _chat(model: str) -> dict[str, Any]:
    return {
        "model": model,
        "messages": [{"role": "user", "content": QUESTION}],
        "tools": [{"type": "function", "function": _function()}],
        "max_tokens": MOST_TOKENS,
        "temperature": 0,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def _responses(model: str) -> dict[str, Any]:
    return {
        "model": model,
        "input": [{"type": "message", "role": "user", "content": QUESTION}],
        "tools": [{"type": "function", **_function(), "strict": False}],
        "max_output_tokens": MOST_TOKENS,
        "temperature": 0,
        "store": False,
        "stream": True,
    }


def _messages(model: str) -> dict[str, Any]:
    return {
        "model": model,
        "messages": [{"role": "user", "content": QUESTION}],
        "tools": [{"name": TOOL, "description": _ABOUT, "input_schema": _PARAMETERS}],
        "max_tokens": MOST_TOKENS,
        "temperature": 0,
        "stream": True,
    }


def _completions(model: str) -> dict[str, Any]:
    return {"model": model, "prompt": QUESTION, "max_tokens": MOST_TOKENS, "temperature": 0, "stream": True}


def _ollama(model: str) -> dict[str, Any]:
    return {
        "model": model,
        "messages": [{"role": "user", "content": QUESTION}],
        "tools": [{"type": "function", "function": _function()}],
        "options": {"temperature": 0, "num_predict": MOST_TOKENS},
        "stream": True,
    }


_BODIES = {
    Api.CHAT: _chat,
    Api.RESPONSES: _responses,
    Api.MESSAGES: _messages,
    Api.COMPLETIONS: _completions,
    Api.OLLAMA: _ollama,
}
