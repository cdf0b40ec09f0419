"""Chat and text completions, whole and streamed (reference 2.6)."""

import asyncio
import contextlib
import json
import os
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from typing import Any

from tensorrt_llm._double import log, protocol
from tensorrt_llm._double.answers import Answer, chat_answer
from tensorrt_llm._double.generation import tokens_of
from tensorrt_llm._double.http_server import Request, Response, as_json
from tensorrt_llm._double.measures import Measures, Timing
from tensorrt_llm._double.model_folder import Model
from tensorrt_llm._double.pool import Pool
from tensorrt_llm._double.protocol import Refused
from tensorrt_llm._double.releases import Release
from tensorrt_llm._double.scenario import Scenario, with_request

POLL_S = 1.0
EVENTS = "text/event-stream; charset=utf-8"


class Completer:
    """Turns requests into questions to the workers and tokens into answers."""

    def __init__(
        self, chosen: Release, plan: Scenario, args: dict[str, Any], model: Model, pool: Pool, values: dict[str, Any],
        name: str, measures: Measures,
    ) -> None:  # fmt: skip
        self.chosen, self.plan, self._args, self._pool, self._name = chosen, plan, args, pool, name
        self._measures = measures
        self._harmony = model.config.get("model_type") == "gpt_oss" and os.environ.get("DISABLE_HARMONY_ADAPTER") != "1"
        self._reasons = bool(args.get("reasoning_parser")) or self._harmony
        self._parses_tools = bool(values.get("tool_parser")) or self._harmony
        self._guided = bool(args.get("guided_decoding_backend"))
        self.facts: dict[str, Any] = {}

    async def chat(self, request: Request) -> Response:
        """``POST /v1/chat/completions``."""
        body = protocol.read(request, "chat", self.chosen)
        answer = self.chat_answer(body)
        prompt = sum(len(tokens_of(str(message.get("content") or ""))) + 4 for message in body["messages"])
        try:
            limit = self.limit(body.get("max_completion_tokens") or body.get("max_tokens"), prompt)
            job = Job(body, answer, prompt, limit, f"chatcmpl-{uuid.uuid4().hex}", chat=True)
            return await self._run(request, job)
        except Refused as refused:
            if self._harmony:
                refused.kind = "internal_error"
            raise

    async def completions(self, request: Request) -> Response:
        """``POST /v1/completions``."""
        body = protocol.read(request, "completions", self.chosen)
        asked = body["prompt"]
        prompts = [asked] if isinstance(asked, str) or isinstance(asked[0], int) else asked
        jobs = [self._text_job(body | {"prompt": one}, place) for place, one in enumerate(prompts)]
        return await self._run(request, *jobs)

    def _text_job(self, body: dict[str, Any], place: int) -> "Job":
        """One prompt, the ``place``-th of its request."""
        prompt = len(tokens_of(body["prompt"])) if isinstance(body["prompt"], str) else len(body["prompt"])
        answer = Answer(with_request(self.plan, body).text)
        limit, number = self.limit(body.get("max_tokens"), prompt), f"cmpl-{uuid.uuid4().hex}"
        return Job(body, answer, prompt, limit, number, chat=False, place=place)

    def chat_answer(self, body: dict[str, Any]) -> Answer:
        """What the model says to this."""
        plan = with_request(self.plan, body)
        return chat_answer(body, plan, guided=self._guided, reasons=self._reasons, parses_tools=self._parses_tools)

    def limit(self, asked: int | None, prompt: int) -> int:
        """How many tokens may come. Raises Refused for a prompt that fills the context."""
        room = self.facts["max_seq_len"] - prompt
        if room <= 0:
            raise Refused(
                f"`default_max_tokens` ({room}) must be greater than 0, `default_max_tokens` ({room}) = max_seq_len "
                f"({self.facts['max_seq_len']}) - `splited_prompt_len` ({prompt}) - `query_token_len` (0)"
            )
        if asked is not None and asked > room:
            log.python(f"User-specified `max_tokens` ({asked}) is greater than deduced `default_max_tokens` ({room})",
                       "W", module="base_worker")  # fmt: skip
        return room if asked is None else min(asked, room)

    async def _run(self, request: Request, *jobs: "Job") -> Response:
        if jobs[0].body.get("stream"):
            return Response(200, self._stream(request, jobs), EVENTS)
        answers = await asyncio.gather(*(self._answer(request, job) for job in jobs))
        answer = answers[0] | {"choices": [row for one in answers for row in one["choices"]]}
        names = ("prompt_tokens", "completion_tokens", "total_tokens")
        return as_json(answer | {"usage": answer["usage"] | {name: sum(one["usage"][name] for one in answers)
                                                             for name in names}})  # fmt: skip

    async def _answer(self, request: Request, job: "Job") -> dict[str, Any]:
        counts = await asyncio.gather(*(self._whole(request, job, index) for index in range(job.choices)))
        rows = [
            job.choice(index, text, reason, self._reasoning_names(job))
            for index, (text, reason, _) in enumerate(counts)
        ]
        usage = job.usage(sum(count for _, _, count in counts))
        return job.head("", self._name) | {"choices": rows, "usage": usage}

    async def _whole(self, request: Request, job: "Job", index: int) -> tuple[str, str, int]:
        text, reason, count = "", "stop", 0
        async for got in self.tokens(request, job):
            if got["type"] == "done":
                reason, count = got["reason"], got["tokens"]
            else:
                text += got["text"]
        return text, reason, count

    async def tokens(self, request: Request | None, job: "Job") -> AsyncIterator[dict[str, Any]]:
        """What the worker sends, for as long as the caller is there: looked at once a second (2.6)."""
        timing = Timing()
        messages = job.body.get("messages") if job.chat and not job.answer.calls else None
        message = {"pieces": tokens_of(job.answer.raw), "max_tokens": job.limit, "chat": messages, "model": self._name}
        watch = asyncio.create_task(self._watch(request, job, asyncio.current_task())) if request else None
        try:
            async with contextlib.aclosing(self._pool.generate(message)) as stream:
                async for got in stream:
                    if got["type"] == "token":
                        timing.token()
                    else:
                        self._measures.finished(timing, got["reason"], job.prompt)
                    yield got
        except RuntimeError as why:
            raise Refused(str(why)) from None
        finally:
            if watch is not None:
                watch.cancel()

    async def _watch(self, request: Request, job: "Job", task: asyncio.Task[Any]) -> None:
        while not request.gone():  # noqa: ASYNC110 - the original polls too
            await asyncio.sleep(POLL_S * self.plan.time_scale)
        log.python(f"{request.method} {request.path} is disconnected, abort {job.number}", module="openai_server")
        task.cancel()

    def _reasoning_names(self, job: "Job") -> list[str]:
        named = with_request(self.plan, job.body).reasoning_name
        return named.split() if named else ["reasoning" if self._harmony else "reasoning_content"]

    async def _stream(self, request: Request, jobs: "Sequence[Job]") -> AsyncIterator[bytes]:
        """Server-sent events; an error in the middle just ends them."""
        try:
            for job in jobs:
                async for event in self._events(request, job):
                    yield event
        except Refused as refused:
            log.python(f"Traceback: {refused}", "E", module="openai_server")
        except _BrokenOffError:
            pass
        else:
            yield b"data: [DONE]\n\n"

    async def _events(self, request: Request, job: "Job") -> AsyncIterator[bytes]:
        """Those of one prompt, with counts of its own."""
        options = job.body.get("stream_options")
        total, all_along = 0, bool((options or {}).get("continuous_usage_stats"))
        if job.chat:
            first = [{"index": index, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}
                     for index in range(job.choices)]  # fmt: skip
            yield self._event(job, first, end=" \n\n")
        plan, tokens = with_request(self.plan, job.body), 0
        for index in range(job.choices):
            async for rows, count in self._choice_events(request, job, index):
                tokens, total = tokens + 1, total + count
                if plan.breaks is not None and tokens > plan.breaks_after:
                    yield await self._broken(plan.breaks)
                    raise _BrokenOffError
                yield self._event(job, rows, usage=job.usage(total) if all_along else None)
        if options is not None and options.get("include_usage", True):
            yield self._event(job, [], usage=job.usage(total))

    async def _choice_events(
        self, request: Request, job: "Job", index: int
    ) -> AsyncIterator[tuple[list[dict[str, Any]], int]]:
        """Rows of one choice: reasoning first, then text or the call, then the reason to end."""
        for piece in tokens_of(job.answer.reasoning):
            yield [job.delta(index, dict.fromkeys(self._reasoning_names(job), piece))], 0
        async with contextlib.aclosing(self.tokens(request, job)) as stream:
            async for got in stream:
                if got["type"] == "done":
                    reason = "tool_calls" if job.answer.calls else got["reason"]
                    if job.answer.calls:
                        yield [job.delta(index, {"tool_calls": job.call_rows()})], 0
                    yield [job.delta(index, {} if job.chat else "", reason)], got["tokens"]
                elif not job.answer.calls:
                    yield [job.delta(index, {"content": got["text"]} if job.chat else got["text"])], 0

    async def _broken(self, how: str) -> bytes:
        """A stream breaks off: it ``ends`` (as 2.6 says), with an ``error`` or a ``flat`` one, by ``reset``.

        When the worker ``dies`` nobody is told, and the caller waits (2.2).
        """
        if how == "reset":
            raise ConnectionResetError
        if how == "dies":
            self._pool.kill()
            await asyncio.Event().wait()
        said = {"object": "error", "message": "CUDA error in /opt/kernels.cu", "type": "InternalError", "code": 500}
        forms = {"ends": b": the end\n\n", "flat": _line(said), "error": _line({"error": said})}
        return forms[how]

    def _event(
        self, job: "Job", choices: list[dict[str, Any]], *, usage: dict[str, Any] | None = None, end: str = "\n\n"
    ) -> bytes:
        chunk = job.head(".chunk" if job.chat else "", self._name) | {"choices": choices}
        if usage is not None:
            chunk["usage"] = usage
        return _line(chunk, end)


def _line(value: Any, end: str = "\n\n") -> bytes:
    return f"data: {json.dumps(value)}{end}".encode()


class _BrokenOffError(Exception):
    """A stream has ended before its end."""


class Job:
    """One request on its way."""

    def __init__(
        self, body: dict[str, Any], answer: Answer, prompt: int, limit: int, number: str, *, chat: bool, place: int = 0
    ) -> None:
        self.body, self.answer, self.prompt, self.limit, self.number, self.chat = (
            body, answer, prompt, limit, number, chat)  # fmt: skip
        self.choices = int(body.get("n") or 1)
        self.first = place * self.choices
        self.created = int(time.time())

    def head(self, ending: str, model: str) -> dict[str, Any]:
        """What every chunk begins with."""
        kind = f"chat.completion{ending}" if self.chat else "text_completion"
        return {"id": self.number, "object": kind, "created": self.created, "model": model}

    def usage(self, tokens: int) -> dict[str, Any]:
        """Counts."""
        return {"prompt_tokens": self.prompt, "total_tokens": self.prompt + tokens, "completion_tokens": tokens,
                "prompt_tokens_details": {"cached_tokens": 0}}  # fmt: skip

    def call_rows(self) -> list[dict[str, Any]]:
        """Calls of tools in OpenAI's form."""
        return [{"id": f"chatcmpl-tool-{uuid.uuid4().hex}", "type": "function", "index": number, "function": call}
                for number, call in enumerate(self.answer.calls)]  # fmt: skip

    def choice(self, index: int, text: str, reason: str, reasoning: list[str]) -> dict[str, Any]:
        """One whole choice."""
        if not self.chat:
            return {"index": self.first + index, "text": text, "logprobs": None, "finish_reason": reason,
                    "stop_reason": None}  # fmt: skip
        calls = self.call_rows()
        plain = "" if calls else text
        message = {
            "role": "assistant",
            "content": plain,
            **dict.fromkeys(reasoning, self.answer.reasoning or None),
            "tool_calls": [{key: value for key, value in call.items() if key != "index"} for call in calls],
        }
        reason = "tool_calls" if calls else reason
        return {"index": index, "message": message, "logprobs": None, "finish_reason": reason, "stop_reason": None}

    def delta(self, index: int, delta: Any, reason: str | None = None) -> dict[str, Any]:
        """One row of a streamed chunk."""
        if not self.chat:
            return {"index": self.first + index, "text": delta, "logprobs": None, "finish_reason": reason}
        return {"index": index, "delta": delta, "logprobs": None, "finish_reason": reason}
