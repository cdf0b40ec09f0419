"""A short serve: until it answers, some timed answers, one tool call; then it is ended, and all that it started."""

import http.client
import json
import os
import re
import time
from typing import Any

from engineroom.domain.errors import FactValue
from engineroom.domain.runtimes.enter import Inside
from engineroom.domain.runtimes.gate import TOOL, TOOL_QUESTION, Smoke
from engineroom.workers.install.children import Children, Program
from engineroom.workers.ports import free_port

_STALL_S = 600.0
_ANSWER_S = 120.0
_TIMED = 3
_TIMED_S = 0.5
_TIMED_AT_MOST = 12
_TOKENS = 64
_OPTIONS = ("--max_batch_size", "4", "--max_num_tokens", "4096", "--max_seq_len", "2048")
_CAUSES = (
    re.compile(r"Failed to initialize executor on rank \d+: (?P<cause>.+)"),
    re.compile(r"(?P<cause>(?:\w+\.)*\w*(?:Error|Exception): .+)"),
)


def smoke(inside: Inside, model: str, tool_parser: str | None, children: Children) -> Smoke:
    """Serve a model for a moment."""
    port, name = free_port(), f"engineroom-gate-{os.getpid()}-{time.monotonic_ns()}"
    options = (*_OPTIONS, *(() if tool_parser is None else ("--tool_parser", tool_parser)))
    try:
        command = inside.serve(model, port, name, *options)
        server = children.start(command, inside.environment, remove=inside.remove(name))
    except OSError as error:
        return Smoke(failure=error.strerror or str(error))
    try:
        return _tried(server, port, tool_parser)
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
        return Smoke(failure=cause_in(server.lines) or str(error) or type(error).__name__)
    finally:
        server.stop()


def _tried(server: Program, port: int, tool_parser: str | None) -> Smoke:
    failure = _until_ready(server, port)
    if failure is not None:
        return failure
    server.know_family()
    model = _ask(port, "GET", "/v1/models")["data"][0]["id"]
    speed = _speed(port, model)
    call = None
    if tool_parser is not None:
        question = _chat(model, TOOL_QUESTION) | {"tools": [TOOL], "tool_choice": "auto"}
        call = _ask(port, "POST", "/v1/chat/completions", question)["choices"][0]["message"]
    return Smoke(tokens_per_s=speed, tool_call=call)


def _until_ready(server: Program, port: int) -> Smoke | None:
    while True:
        if server.returncode is not None:
            server.wait()
            last = next((line for line in reversed(server.lines) if line.strip()), None)
            said = cause_in(server.lines) or last
            return Smoke(failure=said) if said else _unsaid("serve_ended", status=server.returncode)
        if time.monotonic() - server.last_line_s > _STALL_S:
            return _unsaid("serve_silent", seconds=round(_STALL_S))
        try:
            if _status(port, "/health") == 200:
                return None
        except (OSError, http.client.HTTPException):
            # Up to 1.2 its port refuses until it is ready; later it answers 503.
            pass
        time.sleep(0.2)


def _unsaid(reason: str, **facts: FactValue) -> Smoke:
    return Smoke(failure=reason, reason=reason, facts=facts)


def cause_in(lines: list[str]) -> str | None:
    """What a line gives as the cause: a worker's own before what was made of it later."""
    for pattern in _CAUSES:
        for line in lines:
            if found := pattern.search(line):
                return found["cause"][:500]
    return None


def _speed(port: int, model: str) -> float:
    """The best of several answers, in tokens/s: what disturbs one only makes it slower. A quick engine gives more."""
    _timed(port, model)  # pays for what is made at its time
    speeds: list[float] = []
    began_s = time.monotonic()
    while len(speeds) < _TIMED or (time.monotonic() - began_s < _TIMED_S and len(speeds) < _TIMED_AT_MOST):
        speeds.append(_timed(port, model))
    return max(speeds)


def _timed(port: int, model: str) -> float:
    began_s = time.monotonic()
    answer = _ask(port, "POST", "/v1/chat/completions", _chat(model, "Count from one to one hundred."))
    return float(answer["usage"]["completion_tokens"] / max(time.monotonic() - began_s, 1e-6))


def _chat(model: str, text: str) -> dict[str, Any]:
    message = {"role": "user", "content": text}
    return {"model": model, "messages": [message], "max_tokens": _TOKENS, "temperature": 0.0}


def _ask(port: int, method: str, path: str, body: object = None) -> Any:
    status, text = _exchange(port, method, path, body, _ANSWER_S)
    if status != 200:
        raise ValueError(f"status {status}: {text[:200]!r}")
    return json.loads(text)


def _status(port: int, path: str) -> int:
    return _exchange(port, "GET", path, None, 5.0)[0]


def _exchange(port: int, method: str, path: str, body: object, timeout_s: float) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    try:
        content = None if body is None else json.dumps(body)
        connection.request(method, path, content, {"Content-Type": "application/json"} if content else {})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
