"""``/v1/messages``: Anthropic's Messages API over chat completions, and its count of tokens."""

import msgspec

from engineroom.domain.dialects.messages_answer import MessagesAnswer
from engineroom.domain.dialects.messages_request import MessagesRequest, read_request
from engineroom.domain.errors import Problem
from engineroom.domain.stream_meter import Usage
from engineroom.gateway.asgi import Receive, Scope, Send
from engineroom.gateway.call import Call
from engineroom.gateway.problems import encode_for
from engineroom.gateway.reply import Endpoint
from engineroom.gateway.responses import new_id
from engineroom.gateway.translated import Asked, Json, TranslatedCall, tree_of
from engineroom.services.ports import Upstream

_BYTES_PER_TOKEN = 4


class MessagesEndpoint(Endpoint):
    """ASGI endpoint of ``POST /v1/messages``."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await _MessagesCall(self, scope, receive, send).run()


class CountEndpoint(Endpoint):
    """ASGI endpoint of ``POST /v1/messages/count_tokens``."""

    light = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await _CountCall(self, scope, receive, send).run()


class _MessagesCall(TranslatedCall):
    opens_early = False  # the first event tells how long the prompt is, which only the engine knows
    _machine: MessagesAnswer
    _request: MessagesRequest

    def _read(self, tree: Json) -> Asked:
        self._headers.append((b"request-id", self._id.encode()))
        request = self._request = read_request(tree)
        return Asked(
            model=request.model,
            streaming=request.streaming,
            # Where to stop is watched here, so that the answer can say at what it stopped.
            engine_streams=request.streaming or bool(request.stops),
            chat=request.chat,
            notes=request.notes,
            answer=lambda model: MessagesAnswer(request, model=model, new_id=new_id),
        )

    async def _engine(self, model: str) -> Upstream:
        upstream = await super()._engine(model)
        if self._request.streaming or self._request.stops:
            self._machine.input_tokens = self._prompt_tokens = await self._count(upstream, self._request.chat)
        return upstream

    async def _ready(self, upstream: Upstream, body: bytes) -> bytes:
        body = await super()._ready(upstream, body)
        if self._left_out:
            self._machine.input_tokens = self._sent_tokens
        return body

    def _done(self) -> None:
        if self._usage is None and self._machine.input_tokens is not None:
            # The engine was stopped before it could say.
            self._usage = Usage(prompt_tokens=self._machine.input_tokens, completion_tokens=None)

    def _failure(self, problem: Problem) -> list[Json]:
        event: Json = msgspec.json.decode(encode_for(self._owner.route, problem, self._id))
        return [event]


class _CountCall(Call):
    def _understand(self, body: bytes) -> bytes:
        self._headers.append((b"request-id", self._id.encode()))
        request = read_request(tree_of(body), counting=True)
        self._named(request.model)
        return msgspec.json.encode(request.chat)

    async def _ask(self, body: bytes) -> None:
        tokens = await self._count(await self._engine(self._model), msgspec.json.decode(body))
        if tokens is None:
            tokens = max(1, len(body) // _BYTES_PER_TOKEN)
            self._note("estimate: this engine cannot count tokens")
        await self._send_whole(200, "application/json", msgspec.json.encode({"input_tokens": tokens}))
