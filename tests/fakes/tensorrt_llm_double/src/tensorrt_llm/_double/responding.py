"""``/v1/responses`` (reference 2.1, 2.6)."""

import json
import os
import time
import uuid
from collections.abc import AsyncIterator
from typing import Any

from tensorrt_llm._double import log, protocol
from tensorrt_llm._double.completing import EVENTS, Completer, Job
from tensorrt_llm._double.generation import tokens_of
from tensorrt_llm._double.http_server import Request, Response, as_json
from tensorrt_llm._double.protocol import Refused
from tensorrt_llm._double.releases import Release


class Responder:
    """Makes responses and keeps them in memory."""

    def __init__(self, chosen: Release, completer: Completer, *, kept: bool) -> None:
        self._chosen, self._completer = chosen, completer
        self._keeps = kept and not os.environ.get("TRTLLM_RESPONSES_API_DISABLE_STORE")
        self._stored: dict[str, dict[str, Any]] = {}

    async def create(self, request: Request) -> Response:
        """``POST /v1/responses``."""
        body = protocol.read(request, "responses", self._chosen)
        if body.get("background"):
            log.python("Responses API: background mode is not supported, it is ignored", "W", module="openai_server")
        earlier = body.get("previous_response_id")
        if earlier is not None:
            self._found(earlier)
        messages = _messages(body["input"])
        prompt = sum(len(tokens_of(str(message.get("content")))) + 4 for message in messages)
        answer = self._completer.chat_answer({"messages": messages})
        limit = self._completer.limit(body.get("max_output_tokens"), prompt)
        job = Job({"messages": messages}, answer, prompt, limit, f"resp_{uuid.uuid4().hex}", chat=True)
        if body.get("stream"):
            return Response(200, self._stream(request, job, body), EVENTS)
        text, count = "", 0
        async for got in self._completer.tokens(request, job):
            text, count = text + got.get("text", ""), got.get("tokens", count)
        return as_json(self._whole(job, body, text, count))

    async def find(self, request: Request) -> Response:
        """``GET /v1/responses/{id}``."""
        return as_json(self._found(request.path.rpartition("/")[2]))

    async def delete(self, request: Request) -> Response:
        """``DELETE /v1/responses/{id}``."""
        number = self._found(request.path.rpartition("/")[2])["id"]
        del self._stored[number]
        return as_json({"id": number, "object": "response", "deleted": True})

    def _found(self, number: str) -> dict[str, Any]:
        if not number.startswith("resp_"):
            raise Refused(f"Invalid 'response_id': '{number}'. Expected an ID that begins with 'resp_'.",
                          kind="InvalidRequestError")  # fmt: skip
        if not self._keeps:
            raise Refused("Response storage is disabled on this server.", kind="InvalidRequestError")
        if number not in self._stored:
            raise Refused(f"Response with id '{number}' not found.", status=404, kind="InvalidRequestError")
        return self._stored[number]

    def _whole(self, job: Job, body: dict[str, Any], text: str, count: int) -> dict[str, Any]:
        content = [{"type": "output_text", "text": text, "annotations": []}]
        item = {"id": f"msg_{job.number[5:]}", "type": "message", "role": "assistant", "status": "completed",
                "content": content}  # fmt: skip
        usage = {"input_tokens": job.prompt, "output_tokens": count, "total_tokens": job.prompt + count}
        response = {"id": job.number, "object": "response", "created_at": int(time.time()), "status": "completed",
                    "model": body.get("model"), "output": [item], "usage": usage}  # fmt: skip
        if body.get("store", True) and self._keeps:
            self._stored[job.number] = response
        return response

    async def _stream(self, request: Request, job: Job, body: dict[str, Any]) -> AsyncIterator[bytes]:
        started = {"id": job.number, "object": "response", "status": "in_progress", "output": []}
        yield _event("response.created", {"response": started})
        text, count = "", 0
        async for got in self._completer.tokens(request, job):
            count = got.get("tokens", count)
            if piece := got.get("text"):
                text += piece
                yield _event("response.output_text.delta", {"delta": piece, "output_index": 0, "content_index": 0})
        yield _event("response.completed", {"response": self._whole(job, body, text, count)})


def _event(kind: str, values: dict[str, Any]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind} | values)}\n\n".encode()


def _messages(given: Any) -> list[dict[str, Any]]:
    return [{"role": "user", "content": given}] if isinstance(given, str) else list(given)
