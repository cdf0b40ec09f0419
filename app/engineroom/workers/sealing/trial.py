"""The trial of an engine: it is served on a port of its own, answers, is measured and ended."""

import http.client
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from engineroom.domain.errors import Broken, Code, Problem
from engineroom.domain.os_errors import caused
from engineroom.domain.planning.experience import SURE_AFTER
from engineroom.domain.planning.log_figures import parse
from engineroom.domain.planning.values import Runtime
from engineroom.domain.runtimes.gate import TOOL, TOOL_QUESTION, is_tool_call
from engineroom.domain.sealed.figures import SCHEMA, SCHEMA_QUESTION, Answered, decode_rate, fits_schema, together
from engineroom.domain.sealed.values import TRIAL_PROMPT_TOKENS, Measured
from engineroom.domain.trtllm.stages import STALLED_AFTER_S, Step, Timeline
from engineroom.workers.install.children import Children
from engineroom.workers.sealing.gpu_watch import EnergyWatch, gpu_bytes
from engineroom.workers.sealing.order import BuildOrder
from engineroom.workers.serving import Serving, answer_of

TOKENS = 64
ALONE = SURE_AFTER
"""Answers that are timed one after the other: as many as a plan believes more than its own estimate."""

MOST_LINES = 4000
MOST_AT_ONCE = 32
"""More streams than this are not tried at once: they would measure this program."""

_LOOK_EVERY_S = 0.5
_STEPS = tuple(Step)
_LOADING = 0.7
"""Part of a trial that is over when the engine is loaded, as a guess for its progress."""

_ANSWER_S = 300.0
_QUESTION = "Count from one to one hundred."
_CHAT = "/v1/chat/completions"
_TROUBLE = (OSError, http.client.HTTPException, ValueError, KeyError, TypeError, IndexError)


@dataclass(slots=True)
class _Start:
    """What the log told of the start."""

    timeline: Timeline
    progress: Callable[[float], None]
    began_s: float = field(default_factory=time.monotonic)
    stages: dict[str, float] = field(default_factory=dict)
    gpu_peak_bytes: int | None = None
    looked_s: float = float("-inf")
    lines: list[str] = field(default_factory=list)

    def line(self, text: str) -> None:
        self.timeline.feed(text)
        if len(self.lines) < MOST_LINES:
            self.lines.append(text)
        if self.timeline.step is not None:
            self.progress(_LOADING * _STEPS.index(self.timeline.step) / len(_STEPS))
            self.stages.setdefault(self.timeline.step, time.monotonic() - self.began_s)

    def look(self, serving: Serving) -> None:
        """How much it holds on the cards, twice a second at most."""
        now_s = time.monotonic()
        if now_s - self.looked_s < _LOOK_EVERY_S:
            return
        self.looked_s = now_s
        held = gpu_bytes(serving.pids())
        if held is not None:
            self.gpu_peak_bytes = max(held, self.gpu_peak_bytes or 0)


def try_out(
    order: BuildOrder, folder: Path, tuning: Path, children: Children, progress: Callable[[float], None]
) -> Measured:
    """Serve the engine in ``folder`` and measure it; ``progress`` is told how much of that is over, 0 to 1.

    Raises:
        Broken: with the cause as the doctor sees it, if it does not come up or does not answer.
    """
    start = _Start(Timeline(order.markers), progress)
    try:
        serving = Serving(order.engine, folder, tuning, children, start.line)
    except OSError as error:
        raise Broken(Code.SEALED_BROKEN, path=str(error.filename), **caused(error)) from error
    try:
        ready = serving.until_ready(lambda: start.look(serving))
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
    start.progress(0.75)
    alone, alone_j = _answers(order, serving, start, 1, ALONE)
    start.progress(0.85)
    at_once = min(engine.concurrency, MOST_AT_ONCE)
    many, many_j = (alone, alone_j) if at_once == 1 else _answers(order, serving, start, at_once, at_once)
    start.progress(0.95)
    rates = tuple(rate for one in alone if (rate := decode_rate(one)) is not None)
    tool_call = None if engine.tool_parser is None else is_tool_call(_tool_call(port))
    json_schema = fits_schema(_structured(port))
    serving.look(now=True)
    settled = gpu_bytes(serving.pids())
    shrunk = start.timeline.shrunk
    return Measured(
        load_s=load_s,
        ttft_s=median(firsts) if (firsts := [one.ttft_s for one in alone if one.ttft_s is not None]) else None,
        tokens_per_s=median(rates) if rates else None,
        concurrency=at_once,
        tokens_per_s_all=together(many) if at_once > 1 else (median(rates) if rates else None),
        tool_call=tool_call,
        json_schema=json_schema,
        host_peak_bytes=serving.peak_bytes,
        gpu_peak_bytes=max((held for held in (start.gpu_peak_bytes, settled) if held is not None), default=None),
        gpu_settled_bytes=settled,
        joules_per_token=_each(alone_j, alone),
        joules_per_token_all=_each(many_j, many),
        energy_estimated=None if alone_j is None else alone_j[1],
        alone_tokens_per_s=rates,
        alone_depth=max(one.tokens for one in alone) // 2 + TRIAL_PROMPT_TOKENS,
        context_tokens=engine.context_tokens if shrunk is None else shrunk.given_tokens,
        log_bytes=_log_bytes(start.lines),
        stages=tuple(start.stages.items()),
    )


def _answers(
    order: BuildOrder, serving: Serving, start: _Start, at_once: int, count: int
) -> tuple[list[Answered], tuple[float, bool] | None]:
    """Some answers, so many at once, and what the cards drew while they were given."""
    with ThreadPoolExecutor(at_once) as pool, EnergyWatch(order.engine.gpu_uuids, lambda: start.look(serving)) as watch:
        answers = list(pool.map(lambda _: _streamed(serving.port), range(count)))
    return answers, watch.joules()


def _each(joules: tuple[float, bool] | None, answers: list[Answered]) -> float | None:
    tokens = sum(one.tokens for one in answers)
    return None if joules is None or not tokens else joules[0] / tokens


def _log_bytes(lines: list[str]) -> dict[str, int]:
    figures = asdict(parse(Runtime.TENSORRT_LLM, lines))
    return {name: value for name, value in figures.items() if value is not None and name != "on_cpu"}


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
