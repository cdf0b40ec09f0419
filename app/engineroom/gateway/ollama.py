"""``/api/chat``, ``/api/generate``, ``/api/embed``: Ollama's API, whose answers are a line of JSON each."""

import time
from collections.abc import Callable
from typing import Any

import msgspec

from engineroom.contract.sentences import sentence
from engineroom.domain.dialects.embeddings import first_tokens, vectors_of
from engineroom.domain.dialects.ollama_answer import OllamaAnswer
from engineroom.domain.dialects.ollama_models import LATEST, effective_context
from engineroom.domain.dialects.ollama_request import (
    OllamaEmbed,
    OllamaRequest,
    demand_context,
    read_chat,
    read_embed,
    read_generate,
)
from engineroom.domain.errors import Problem, Rejected
from engineroom.domain.model import ModelSpec
from engineroom.domain.traits import Task, Traits
from engineroom.gateway.asgi import App, Receive, Scope, Send
from engineroom.gateway.call import Call
from engineroom.gateway.reply import Endpoint
from engineroom.gateway.shaped import CHAT, COMPLETIONS
from engineroom.gateway.translated import Asked, Json, TranslatedCall, tree_of
from engineroom.gateway.vectors import WholeCall
from engineroom.services.ports import Upstream
from engineroom.services.routing.router import Visit

_NOT_KEPT = "keep_alive left out: a key makes the stay of a model no shorter, and no longer than is set"
_NS = 1_000_000_000
_MARKS = 8
"""More tokens than a model puts around a text."""

_LINES = [(b"content-type", b"application/x-ndjson"), (b"cache-control", b"no-cache"), (b"x-accel-buffering", b"no")]


class OllamaEndpoint(Endpoint):
    """ASGI endpoint of ``POST /api/chat`` and ``POST /api/generate``.

    Args:
        plain: the same for requests that are plain completions.
    """

    def __init__(self, *, plain: "OllamaEndpoint | None" = None, **parts: Any) -> None:
        super().__init__(**parts)
        self.plain = plain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await _OllamaCall(self, scope, receive, send).run()


class EmbedEndpoint(Endpoint):
    """ASGI endpoint of ``POST /api/embed`` and of the older ``POST /api/embeddings``."""

    task = Task.EMBEDDINGS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await _EmbedCall(self, scope, receive, send).run()


class _Keeping(Call):
    """Requests that may say how long their model stays; a caller with a key only makes that longer."""

    _keep_s: float | None = None

    async def _engine(self, model: str) -> Upstream:
        upstream = await super()._engine(model)
        if self._visit is not None and self._keep_s is not None:
            keep_s = self._keep_s if self._caller.key is None else self._granted_s(self._visit, self._keep_s)
            if keep_s is not None:
                self._visit.keep(keep_s)
        return upstream

    def _granted_s(self, visit: Visit, wanted_s: float) -> float | None:
        granted_s = visit.longer_s(wanted_s)
        if granted_s is None:
            self._note(_NOT_KEPT)
        elif granted_s < wanted_s:
            self._note(f"keep_alive was lowered to {granted_s / 60:g} minutes, the most that a key may ask for")
        return granted_s


class _OllamaCall(_Keeping, TranslatedCall):
    stream_headers = _LINES
    _owner: OllamaEndpoint
    _machine: OllamaAnswer
    _request: OllamaRequest

    def _read(self, tree: Json) -> Asked:
        request = self._request = (read_chat if self._owner.route == "/api/chat" else read_generate)(tree)
        clock = self._owner.clock
        self._keep_s = request.keep_s
        if request.plain and self._owner.plain is not None:
            self._owner = self._owner.plain
        return Asked(
            model=model_named(self._named, request.model).id,
            streaming=request.streaming,
            # Streams tell how long each part took.
            engine_streams=True,
            chat=request.body,
            notes=request.notes,
            answer=lambda _: OllamaAnswer(
                request, model=request.model, now=lambda: time_text(clock.unix_s()), clock_s=clock.monotonic_s
            ),
        )

    def _suit(self, body: bytes, traits: Traits) -> bytes:
        demand_context(self._request.context, effective_context(self._owner.engines.view(self._model), traits))
        return super()._suit(body, traits)

    async def _engine(self, model: str) -> Upstream:
        upstream = await super()._engine(model)
        self._machine.loaded()
        return upstream

    async def _ask(self, body: bytes) -> None:
        if not self._request.empty:
            await super()._ask(body)
            return
        unload = self._keep_s == 0
        if not unload:
            await self._engine(self._model)
        elif self._caller.key is None:
            await self._owner.engines.stop(self._model)
        else:
            self._note(_NOT_KEPT)
        line = self._machine.nothing("unload" if unload else "load")
        if self._started:
            await self._send({"type": "http.response.body", "body": self._encoded([line])})
        else:
            await self._send_whole(200, "application/json", msgspec.json.encode(line))

    def _encoded(self, events: list[Json]) -> bytes:
        return b"".join([msgspec.json.encode(event) + b"\n" for event in events])

    def _failure(self, problem: Problem) -> list[Json]:
        return [{"error": sentence(problem)}]


class _EmbedCall(_Keeping, WholeCall):
    _request: OllamaEmbed

    def _understand(self, body: bytes) -> bytes:
        request = self._request = read_embed(tree_of(body), legacy=self._owner.route == "/api/embeddings")
        model_named(self._named, request.model)
        self._loaded_s, self._keep_s = self._began_s, request.keep_s
        wanted = {"model": self._model, "input": list(request.texts), "encoding_format": "base64"}
        return msgspec.json.encode(wanted)

    async def _engine(self, model: str) -> Upstream:
        upstream = await super()._engine(model)
        self._loaded_s = self._owner.clock.monotonic_s()
        return upstream

    async def _ready(self, upstream: Upstream, body: bytes) -> bytes:
        """Texts that are too long are cut, as is usual in this API, and the caller is told."""
        context = effective_context(self._owner.engines.view(self._model), await self._traits())
        if not self._request.truncate or context is None:
            return await super()._ready(upstream, body)
        rows = [await self._within(upstream, text, context) for text in self._request.texts]
        if cut := sum(not isinstance(row, str) for row in rows):
            self._note(f"truncated to {context} tokens: {cut} of {len(rows)} texts")
            body = msgspec.json.encode({**msgspec.json.decode(body), "input": rows})
        return await super()._ready(upstream, body)

    async def _within(self, upstream: Upstream, text: str, context: int) -> str | list[int]:
        """A text, or the tokens of its beginning where all of them are too many."""
        if len(text.encode()) + _MARKS < context:
            return text
        whole, plain = [await self._tokens(upstream, text, special=special) for special in (True, False)]
        return text if len(whole) <= context else first_tokens(whole, plain, context)

    async def _tokens(self, upstream: Upstream, text: str, *, special: bool) -> list[int]:
        told = await self._told(upstream, "/tokenize", {"content": text, "add_special": special})
        return list(self._needed(told.get("tokens") if isinstance(told, dict) else None, list))

    def _made(self, tree: Json) -> Json:
        request = self._request
        vectors = vectors_of(tree, len(request.texts), request.dimensions)
        if request.legacy:
            return {"embedding": vectors[0]}
        now_s = self._owner.clock.monotonic_s()
        return {
            "model": request.model,
            "embeddings": vectors,
            "total_duration": int((now_s - self._began_s) * _NS),
            "load_duration": int((self._loaded_s - self._began_s) * _NS),
            "prompt_eval_count": None if self._usage is None else self._usage.prompt_tokens,
        }


def model_named(resolve: Callable[[str], ModelSpec], name: str) -> ModelSpec:
    """The model that a name means there, where every name has a tag. Raises Rejected (``model_not_found``)."""
    try:
        return resolve(name)
    except Rejected:
        if name.endswith(LATEST):
            return resolve(name.removesuffix(LATEST))
        raise


def time_text(unix_s: float) -> str:
    """A time with its microseconds.

    >>> time_text(0.5)
    '1970-01-01T00:00:00.500000Z'
    """
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(unix_s))
    return f"{whole}.{int(unix_s % 1 * 1_000_000):06}Z"


def ollama_routes(common: dict[str, Any]) -> dict[str, App]:
    """The routes that answer with what an engine says."""
    routes: dict[str, App] = {}
    for route in ("/api/chat", "/api/generate"):
        plain = OllamaEndpoint(route=route, engine_route=COMPLETIONS, **common)
        routes[route] = OllamaEndpoint(route=route, engine_route=CHAT, plain=plain, **common)
    for route in ("/api/embed", "/api/embeddings"):
        routes[route] = EmbedEndpoint(route=route, engine_route="/v1/embeddings", **common)
    return routes
