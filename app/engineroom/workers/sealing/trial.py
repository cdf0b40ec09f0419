"""The trial of an engine: it is served on a port of its own, answers, is measured and ended."""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from engineroom.domain.errors import Broken, Code, Problem
from engineroom.domain.runtimes.gate import TOOL, TOOL_QUESTION, is_tool_call
from engineroom.domain.sealed.figures import SCHEMA, SCHEMA_QUESTION, Answered, decode_rate, fits_schema, together
from engineroom.domain.sealed.values import Measured
from engineroom.domain.trtllm.stages import STALLED_AFTER_S, Timeline
from engineroom.workers.install.children import Children
from engineroom.workers.sealing.gpu_memory import gpu_bytes
from engineroom.workers.sealing.order import BuildOrder
from engineroom.workers.serving import Serving, answer_of

TOKENS = 64
MOST_AT_ONCE = 32
"""More streams than this are not tried at once: they would measure this program."""

_ANSWER_S = 300.0
_QUESTION = "Count from one to one hundred."
_CHAT = "/v1/chat/completions"
_TROUBLE = (OSError, http.client.HTTPException, ValueError, KeyError, TypeError, IndexError)


@dataclass(slots=True)
class _Start:
    """What the log told of the start."""

    timeline: Timeline
    began_s: float = field(default_factory=time.monotonic)
    stages: dict[str, float] = field(default_factory=dict)
    gpu_peak_bytes: int | None = None

    def line(self, text: str) -> None:
        self.timeline.feed(text)
        if self.timeline.step is not None:
            self.stages.setdefault(self.timeline.step, time.monotonic() - self.began_s)

    def look(self, serving: Serving) -> None:
        held = gpu_bytes(serving.pids())
        if held is not None:
            self.gpu_peak_bytes = max(held, self.gpu_peak_bytes or 0)


def try_out(order: BuildOrder, folder: Path, tuning: Path, children: Children) -> Measured:
    """Serve the engine in ``folder`` and measure it.

    Raises:
        Broken: with the cause as the doctor sees it, if it does not come up or does not answer.
    """
    start = _Start(Timeline(order.markers))
    try:
        serving = Serving(order.engine, folder, tuning, children, start.line)
    except OSError as error:
        raise Broken(Code.SEALED_BROKEN, path=str(error.filename), reason=error.strerror or str(error)) from error
    try:
        ready = serving.until_ready()
        load_s = time.monotonic() - start.began_s
        if not ready:
            raise _cause(order, serving, None)
        return _measured(order, serving, start, load_s)
    except _TROUBLE as error:
        raise _cause(order, serving, error) from error
    finally:
        serving.stop(ask_s=10.0)


def _measured(order: BuildOrder, serving: Serving, start: _Start, load_s: float) -> Measured:
    engine, port = order.engine, serving.port
    serving.look()
    # The first answer pays for what is made at its time, and proves that there is one.
    _streamed(port, tokens=8)
    start.look(serving)
    alone = _streamed(port)
    at_once = min(engine.concurrency, MOST_AT_ONCE)
    with ThreadPoolExecutor(at_once) as pool:
        many = list(pool.map(lambda _: _streamed(port), range(at_once)))
    start.look(serving)
    serving.look(now=True)
    shrunk = start.timeline.shrunk
    return Measured(
        load_s=load_s,
        ttft_s=alone.ttft_s,
        tokens_per_s=decode_rate(alone),
        concurrency=at_once,
        tokens_per_s_all=together(many),
        tool_call=None if engine.tool_parser is None else is_tool_call(_tool_call(port)),
        json_schema=fits_schema(_structured(port)),
        host_peak_bytes=serving.peak_bytes,
        gpu_peak_bytes=start.gpu_peak_bytes,
        context_tokens=engine.context_tokens if shrunk is None else shrunk.given_tokens,
        stages=tuple(start.stages.items()),
    )


def _cause(order: BuildOrder, serving: Serving, error: Exception | None) -> Broken:
    """Why it did not work: from the end of its program, or from what it answered."""
    status = serving.program.returncode
    if status is not None:
        serving.program.wait()
        problem = order.doctor.diagnose(said=None, returncode=status, lines=serving.lines)
    elif error is not None:
        problem = Problem(code=Code.ENGINE_NOT_READY, facts={"status": None, "line": str(error)[:300]})
    else:
        problem = Problem(code=Code.ENGINE_SILENT, facts={"waited_s": STALLED_AFTER_S})
    return Broken(Code(problem.code), **problem.facts)


def _chat(text: str, tokens: int = TOKENS) -> dict[str, Any]:
    message = {"role": "user", "content": text}
    return {"model": "engine", "messages": [message], "max_tokens": tokens, "temperature": 0.0}


def _tool_call(port: int) -> Any:
    asked = _chat(TOOL_QUESTION, 256) | {"tools": [TOOL], "tool_choice": "auto"}
    return answer_of(port, _CHAT, asked)["choices"][0]["message"]


def _structured(port: int) -> Any:
    # The form that NVIDIA documents; OpenAI's is not understood by every version.
    schema = {"type": "json", "schema": SCHEMA}
    asked = _chat(SCHEMA_QUESTION, 256) | {"response_format": schema}
    return answer_of(port, _CHAT, asked)["choices"][0]["message"]["content"]


def _streamed(port: int, *, tokens: int = TOKENS) -> Answered:
    """One streamed answer, timed. Raises ValueError for any other status, OSError or HTTPException."""
    asked = _chat(_QUESTION, tokens) | {"stream": True, "stream_options": {"include_usage": True}}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_ANSWER_S)
    began_s = time.monotonic()
    try:
        connection.request("POST", _CHAT, json.dumps(asked), {"Content-Type": "application/json"})
        response = connection.getresponse()
        if response.status != http.client.OK:
            raise ValueError(f"status {response.status}: {response.read()[:200]!r}")
        first_s, counted = None, 0
        for row in iter(partial(_event, response), None):
            if first_s is None and _has_text(row):
                first_s = time.monotonic()
            counted = int((row.get("usage") or {}).get("completion_tokens") or counted)
        return Answered(began_s=began_s, first_s=first_s, ended_s=time.monotonic(), tokens=counted)
    finally:
        connection.close()


def _event(response: http.client.HTTPResponse) -> dict[str, Any] | None:
    """The next event of a stream; ``None`` at its end."""
    while line := response.readline():
        data = line.strip()
        if data == b"data: [DONE]":
            return None
        if data.startswith(b"data:"):
            tree = json.loads(data[5:])
            return tree if isinstance(tree, dict) else {}
    return None


def _has_text(row: dict[str, Any]) -> bool:
    deltas = [choice.get("delta") or {} for choice in row.get("choices") or []]
    return any(delta.get(name) for delta in deltas for name in ("content", "reasoning_content", "reasoning"))
