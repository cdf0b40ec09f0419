"""``/tokenize`` and ``/detokenize``: the engine's own tokenizer, in the words of llama.cpp and of vLLM."""

from typing import Any

import msgspec

from engineroom.domain.dialects import fields
from engineroom.domain.dialects.chunks import Json
from engineroom.domain.errors import Code, Rejected
from engineroom.gateway.asgi import App, Receive, Scope, Send
from engineroom.gateway.call import Call
from engineroom.gateway.reply import Endpoint
from engineroom.gateway.translated import tree_of
from engineroom.services.models import DEFAULT_ALIAS
from engineroom.services.ports import Upstream

TOKENIZE, DETOKENIZE, _TEMPLATE = "/tokenize", "/detokenize", "/apply-template"


class TokensEndpoint(Endpoint):
    """ASGI endpoint of both routes; any model may be asked."""

    task = None
    light = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        kind = _TokenizeCall if self.route == TOKENIZE else _DetokenizeCall
        await kind(self, scope, receive, send).run()


class _TokensCall(Call):
    def _understand(self, body: bytes) -> bytes:
        tree = tree_of(body)
        self._named(fields.text(tree, "model") or DEFAULT_ALIAS)
        self._check(tree)
        return body

    def _check(self, tree: Json) -> None:
        """Refuse what cannot be understood."""
        raise NotImplementedError

    async def _answer_tree(self, upstream: Upstream, tree: Json) -> Json:
        raise NotImplementedError

    async def _ask(self, body: bytes) -> None:
        upstream = await self._engine(self._model)
        answer = await self._answer_tree(upstream, tree_of(body))
        await self._send_whole(200, "application/json", msgspec.json.encode(answer))


class _TokenizeCall(_TokensCall):
    def _check(self, tree: Json) -> None:
        if _text(tree) is None and not fields.rows(tree, "messages"):
            raise Rejected(Code.INVALID_REQUEST, reason="'content' (or 'prompt', or 'messages') is missing")
        for name in ("add_special", "add_special_tokens", "parse_special", "with_pieces"):
            fields.flag(tree, name)

    async def _answer_tree(self, upstream: Upstream, tree: Json) -> Json:
        text, special = _text(tree), tree.get("add_special", tree.get("add_special_tokens", "prompt" in tree))
        if text is None:
            asked = {"model": self._model, "messages": tree["messages"], "tools": tree.get("tools") or []}
            told = self._needed(await self._told(upstream, _TEMPLATE, asked), dict)
            text, special = self._needed(told.get("prompt"), str), True
        asked = {
            "content": text,
            "add_special": special,
            "parse_special": tree.get("parse_special", True),
            "with_pieces": bool(tree.get("with_pieces")),
        }
        told = self._needed(await self._told(upstream, TOKENIZE, asked), dict)
        tokens = self._needed(told.get("tokens"), list)
        context = self._owner.engines.view(self._model).context_tokens
        return {"model": self._model, "tokens": tokens, "count": len(tokens), "max_model_len": context}


class _DetokenizeCall(_TokensCall):
    def _check(self, tree: Json) -> None:
        tokens = tree.get("tokens")
        if not isinstance(tokens, list) or not all(type(token) is int and token >= 0 for token in tokens):
            raise fields.wrong("tokens", "a list of token ids")

    async def _answer_tree(self, upstream: Upstream, tree: Json) -> Json:
        told = self._needed(await self._told(upstream, DETOKENIZE, {"tokens": tree["tokens"]}), dict)
        text = self._needed(told.get("content"), str)
        return {"model": self._model, "content": text, "prompt": text}


def _text(tree: Json) -> str | None:
    content = fields.text(tree, "content")
    return fields.text(tree, "prompt") if content is None else content


def token_routes(common: dict[str, Any]) -> dict[str, App]:
    """The two routes."""
    return {route: TokensEndpoint(route=route, engine_route=route, **common) for route in (TOKENIZE, DETOKENIZE)}
