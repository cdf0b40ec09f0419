"""``engineroom chat``: one question, answered as it is generated. An ordinary client of ``/v1``."""

import sys
import time
from dataclasses import dataclass, field
from typing import Any

import httpx2
import msgspec

from engineroom.cli.output import Json, print_json, say
from engineroom.client.control import problem_of, trusted
from engineroom.client.starter import find_or_start_daemon
from engineroom.contract.connection import Connection
from engineroom.contract.problems import Exit
from engineroom.domain.errors import Broken, Code


@dataclass
class _Answer:
    began_s: float = field(default_factory=time.monotonic)
    text: str = ""
    first_s: float | None = None
    usage: dict[str, Any] | None = None
    finish_reason: str | None = None


def chat(
    question: str,
    *,
    model: str = "default",
    system: str | None = None,
    max_tokens: int | None = None,
    temperature: float | None = None,
    seed: int | None = None,
    json: Json = False,
) -> int:
    """Ask a question. If no engine room runs, one is started and ends by itself when idle.

    Args:
        question: what to ask.
        model: id of the model.
        system: a system prompt.
        max_tokens: the most tokens the answer may have.
        temperature: 0 for the most likely answer.
        seed: for the same answer again.
        json: print one JSON object when the answer is complete.
    """
    connection, is_new = find_or_start_daemon()
    if is_new:
        sys.stderr.write(f"engineroom: started an engine room at {connection.address}\n")
    messages = [{"role": "system", "content": system}] if system else []
    messages.append({"role": "user", "content": question})
    options = {"max_tokens": max_tokens, "temperature": temperature, "seed": seed}
    body = {
        "model": model,
        "messages": messages,
        "stream": True,
        "stream_options": {"include_usage": True},
    } | {name: value for name, value in options.items() if value is not None}
    answer = _ask(connection, body, quiet=json)
    if json:
        print_json(_summary(answer))
    else:
        say()
    return Exit.OK


def _ask(connection: Connection, body: dict[str, Any], *, quiet: bool) -> _Answer:
    answer = _Answer()
    address = connection.address
    headers, patience = {"Authorization": f"Bearer {connection.token}"}, httpx2.Timeout(10.0, read=None)
    options: dict[str, Any] = {"timeout": patience, "trust_env": False, "verify": trusted(address)}
    try:
        with (
            httpx2.Client(base_url=address, headers=headers, **options) as http,
            http.stream("POST", "/v1/chat/completions", json=body) as response,
        ):
            if response.is_error:
                raise problem_of(response.read())
            for line in response.iter_lines():
                if line.startswith("data: ") and line != "data: [DONE]":
                    _take(answer, line.removeprefix("data: "), quiet=quiet)
    except httpx2.HTTPError as error:
        raise Broken(Code.DAEMON_UNREACHABLE, reason=str(error)) from error
    return answer


def _take(answer: _Answer, data: str, *, quiet: bool) -> None:
    chunk = msgspec.json.decode(data)
    if "error" in chunk:
        raise problem_of(data.encode())
    answer.usage = chunk.get("usage") or answer.usage
    for choice in chunk.get("choices", []):
        answer.finish_reason = choice.get("finish_reason") or answer.finish_reason
        text = choice.get("delta", {}).get("content")
        if text:
            answer.first_s = answer.first_s or time.monotonic()
            answer.text += text
            if not quiet:
                sys.stdout.write(text)
                sys.stdout.flush()


def _summary(answer: _Answer) -> dict[str, Any]:
    tokens = (answer.usage or {}).get("completion_tokens")
    now_s = time.monotonic()
    decode_s = None if answer.first_s is None else now_s - answer.first_s
    return {
        "answer": answer.text,
        "finish_reason": answer.finish_reason,
        "usage": answer.usage,
        "ttft_s": None if answer.first_s is None else answer.first_s - answer.began_s,
        "tokens_per_s": (tokens - 1) / decode_s if tokens and tokens > 1 and decode_s else None,
        "seconds": now_s - answer.began_s,
    }
