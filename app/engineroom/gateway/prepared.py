"""A request made ready for the engine of its model."""

import asyncio
from typing import Any

import msgspec
from msgspec import UNSET

from engineroom.domain.dialects.chunks import Json
from engineroom.domain.dialects.trim import without_oldest
from engineroom.domain.errors import Broken, Code, Problem, Rejected
from engineroom.domain.model import ModelSpec
from engineroom.domain.notes import Note
from engineroom.domain.traits import Traits
from engineroom.gateway.asgi import ClientGone, Scope, Send, header
from engineroom.gateway.problems import of_engine, status_of
from engineroom.gateway.reply import Endpoint
from engineroom.gateway.shaped import CHAT, COMPLETIONS, Shaped
from engineroom.gateway.trtllm_dialect import Dialects, Fitted
from engineroom.services.ports import NotSent, Upstream

COUNT = "/v1/chat/completions/input_tokens"
NOT_THERE = frozenset({404, 405, 501})
"""What an engine answers that has no such route."""

_TRIM = b"x-engineroom-trim"
_TEMPLATE_TOKENS = 256
"""What a chat template may add to the text of the messages."""

_ANSWER_TOKENS = 512
"""Room for the answer when a conversation is shortened and nobody said how long the answer may be."""


class _Lengths(msgspec.Struct):
    max_tokens: Any = UNSET
    max_completion_tokens: Any = UNSET


class Prepared(Shaped):
    """What is done to a request between its client and its engine."""

    def __init__(self, owner: Endpoint, scope: Scope, send: Send) -> None:
        super().__init__(owner, scope, send)
        self._scope = scope
        self._streaming = False
        self._fitted: Fitted | None = None
        self._gone: asyncio.Future[None] | None = None
        self._wished_trim = header(scope, _TRIM)
        self._trims = self._wished_trim is not None
        self._prompt_tokens: int | None = None
        self._sent_tokens: int | None = None
        self._left_out = 0

    async def _traits(self) -> Traits:
        """What is known of the model. Raises Rejected (``model_cannot``) if it was not made for this."""
        assert self._spec is not None
        traits = self._owner.traits.known(self._spec) or await self._owner.traits.of(self._spec)
        wanted = self._owner.task
        if wanted is not None and traits.task is not wanted:
            raise Rejected(Code.MODEL_TASK, model=self._model, does=traits.task, wanted=wanted)
        if self._wished_trim not in {None, "oldest"}:
            raise Rejected(Code.INVALID_REQUEST, reason=f"the header {_TRIM.decode()} must be 'oldest'")
        return traits

    async def _ready(self, upstream: Upstream, body: bytes) -> bytes:
        """The request as this engine takes it: in its dialect, and within its context.

        Raises:
            Rejected: ``context_length_exceeded`` among others.
            NotSent: the engine cannot be reached.
        """
        dialects, card = self._owner.dialects, self._owner.engines.card(self._model)
        if dialects is not None and dialects.speak(card.spec):
            body = await self._fit(dialects, card.spec, upstream, body)
        if self._owner.engine_route in {CHAT, COMPLETIONS}:
            context, wanted = card.context_tokens, _wanted(body)
            # A text has no more tokens than bytes.
            if len(body) + _TEMPLATE_TOKENS + (wanted or 0) >= context:
                return await self._with_room(upstream, body, context, wanted)
        return body

    async def _fit(self, dialects: Dialects, spec: ModelSpec, upstream: Upstream, body: bytes) -> bytes:
        """The same request in the dialect of its engine. Raises Rejected."""
        if not dialects.asked(upstream):
            dialects.learn(upstream, spec, await self._told(upstream, "/openapi.json", None))
        self._fitted = dialects.fit(upstream, self._owner.engine_route, body)
        for note in self._fitted.notes:
            self._note(note)
        return self._fitted.body

    async def _with_room(self, upstream: Upstream, body: bytes, context: int, wanted: int | None) -> bytes:
        """The same request, asking for no more tokens than the context has left. Raises Rejected."""
        tree: Json = msgspec.json.decode(body)
        tokens = self._prompt_tokens if self._prompt_tokens is not None else await self._count(upstream, tree)
        if tokens is not None and self._trims:
            tokens = await self._shortened(upstream, tree, tokens, context, wanted)
        if tokens is not None and tokens >= context:
            raise Rejected(Code.CONTEXT_LENGTH_EXCEEDED, prompt_tokens=tokens, context_tokens=context)
        self._sent_tokens = tokens
        lowered = self._lowered(tree, tokens, context, wanted or 0)
        return msgspec.json.encode(tree) if lowered or self._left_out else body

    def _lowered(self, tree: Json, tokens: int | None, context: int, wanted: int) -> bool:
        """Ask for no more tokens than are left; true if the request was changed."""
        room = context - (tokens or 0)
        if tokens is None and wanted >= room:
            self._note(Note.ENDS_WITH_CONTEXT.format(context=context))
        if tokens is None or wanted <= room:
            return False
        tree |= {name: room for name in _Lengths.__struct_fields__ if name in tree}
        self._note(Note.MOST_TOKENS_LOWERED.format(wanted=wanted, room=room, context=context))
        return True

    async def _shortened(self, upstream: Upstream, tree: Json, tokens: int, context: int, wanted: int | None) -> int:
        """Leave out the oldest turns until the rest leaves room for an answer; the tokens of the rest."""
        goal = context - min(wanted or _ANSWER_TOKENS, context // 4)
        while tokens > goal and self._leave_out(tree, (tokens - goal) / tokens):
            counted = await self._count(upstream, tree)
            if counted is None:
                break
            tokens = counted
        return tokens

    def _leave_out(self, tree: Json, share: float) -> bool:
        """Leave out the oldest turns of a request; false where there are none to leave out."""
        messages: list[Json] = tree.get("messages") or []
        shorter = without_oldest(messages, share)
        if shorter is None:
            return False
        self._left_out += len(messages) - len(shorter)
        tree["messages"] = shorter
        self._note(Note.OLDEST_LEFT_OUT.format(count=self._left_out), instead_of="the oldest ")
        return True

    def _shorter(self, body: bytes, problem: Problem) -> bytes | None:
        """The request that its engine found too long, shortened if the client asked for that and it can be."""
        prompt, context = problem.facts.get("prompt_tokens"), problem.facts.get("context_tokens")
        if not self._trims or problem.code != Code.CONTEXT_LENGTH_EXCEEDED or self._owner.engine_route != CHAT:
            return None
        if not isinstance(prompt, int) or not isinstance(context, int) or prompt <= 0:
            return None
        tree: Json = msgspec.json.decode(body)
        over = prompt - (context - min(_ANSWER_TOKENS, context // 4))
        return msgspec.json.encode(tree) if self._leave_out(tree, over / prompt) else None

    async def _count(self, upstream: Upstream, tree: Json) -> int | None:
        """Tokens of a prompt by the engine's own template and tokenizer; ``None`` where it cannot count.

        Raises as :meth:`_told`.
        """
        if "messages" in tree:
            told = await self._told(upstream, COUNT, {"model": self._model, **tree, "stream": False})
            found = told.get("input_tokens") if isinstance(told, dict) else None
            return found if isinstance(found, int) else None
        prompt = tree.get("prompt")
        if isinstance(prompt, list) and all(isinstance(one, int) for one in prompt):
            return len(prompt)
        if not isinstance(prompt, str):
            return None
        told = await self._told(upstream, "/tokenize", {"content": prompt, "add_special": True})
        tokens = told.get("tokens") if isinstance(told, dict) else None
        return len(tokens) if isinstance(tokens, list) else None

    async def _told(self, upstream: Upstream, route: str, tree: Json | None) -> Any:
        """What the engine tells; ``None`` where it has no such route, or broke while it spoke.

        ``tree`` is what is sent; ``None`` only asks.

        Raises:
            Rejected: the engine refuses the request.
            NotSent: it cannot be reached.
        """
        assert self._gone is not None
        exchange = (
            upstream.exchange("GET", route)
            if tree is None
            else upstream.exchange("POST", route, msgspec.json.encode(tree))
        )
        self._gone.add_done_callback(lambda _: exchange.abort())
        try:
            status, _ = await exchange.head()
            body = b"".join([block async for block in exchange.blocks()])
        except NotSent:
            raise
        except ConnectionError as error:
            if self._gone.done():
                raise ClientGone from error
            return None
        finally:
            exchange.abort()
        if status == 200:
            return _read(body)
        problem = of_engine(status, body, model=self._model, request_id=self._id)
        if status not in NOT_THERE and status_of(problem) < 500:
            raise Rejected(Code(problem.code), **problem.facts)
        return None

    def _needed(self, told: Any, kind: type) -> Any:
        """What was told, if it is of the kind that belongs there. Raises EngineroomError."""
        if told is None:
            raise Rejected(Code.TOKENIZER_MISSING, model=self._model)
        if not isinstance(told, kind):
            raise Broken(Code.INTERNAL, request_id=self._id)
        return told


def _wanted(body: bytes) -> int | None:
    """How many tokens a request asks for at most; what is no such number is the engine's to refuse."""
    if b'"max_' not in body:
        return None
    lengths = msgspec.json.decode(body, type=_Lengths)
    for value in (lengths.max_completion_tokens, lengths.max_tokens):
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return int(value)
    return None


def _read(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
