"""What a request asks of its model, said so that the model's engine keeps to it, or refused where none could."""

from typing import Any

import msgspec

from engineroom.domain.dialects import fields
from engineroom.domain.dialects.called import Called
from engineroom.domain.dialects.chunks import Json
from engineroom.domain.dialects.forced_calls import forced_call
from engineroom.domain.dialects.schema_limits import too_much, unkept
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model import ModelSpec
from engineroom.domain.traits import Traits, fim_prompt
from engineroom.gateway.asgi import Scope, Send
from engineroom.gateway.body_rules import has_media, refuse_bad_images
from engineroom.gateway.reply import Endpoint, Reply
from engineroom.gateway.trtllm_dialect import Dialects

_NO_CALL = (None, "none", "auto")
CHAT, COMPLETIONS = "/v1/chat/completions", "/v1/completions"


class Shaped(Reply):
    """A request whose model is known, and what that model can do."""

    def __init__(self, owner: Endpoint, scope: Scope, send: Send) -> None:
        super().__init__(scope, send)
        self._owner = owner
        self._model = "unknown"
        self._spec: ModelSpec | None = None
        self._called: Called | None = None

    @property
    def _own_words(self) -> bool:
        """Whether the engine of its model does not take requests as they come."""
        return self._spec is not None and Dialects.speak(self._spec)

    def _suit(self, body: bytes, traits: Traits) -> bytes:
        """The same request as a model with these traits takes it. Raises Rejected."""
        if self._owner.engine_route not in {CHAT, COMPLETIONS}:
            return body
        try:
            chat = self._owner.engine_route == CHAT
            body = self._suited_chat(body, traits) if chat else self._suited_text(body, traits)
            if b'"grammar"' in body or b'schema"' in body:
                self._demand_measure(msgspec.json.decode(body))
        except RecursionError as error:
            raise Rejected(Code.INVALID_REQUEST, reason="it is nested too deeply") from error
        return body

    def _suited_text(self, body: bytes, traits: Traits) -> bytes:
        return self._with_gap(body, traits) if b'"suffix"' in body else body

    def _demand_measure(self, tree: Json) -> None:
        """Raise Rejected for a grammar or a schema that would keep the engine from everybody else."""
        if self._own_words:
            return
        if reason := too_much(tree):
            raise Rejected(Code.INVALID_REQUEST, reason=reason)

    def _suited_chat(self, body: bytes, traits: Traits) -> bytes:
        if has_media(body):
            tree: Json = msgspec.json.decode(body)
            refuse_bad_images(tree)
            # A name may come twice; the engine is to see what was looked at.
            body = msgspec.json.encode(tree)
        if b'"tools"' in body and b'"tool_choice"' in body:
            body = self._with_forced_call(body, traits)
        elif b'"tool_choice"' in body and msgspec.json.decode(body).get("tool_choice") not in _NO_CALL:
            self._note("tool_choice ignored: there are no tools")
        if b'"json_schema"' in body:
            self._judge_schema(msgspec.json.decode(body))
        unseen = traits.tools is False and self._called is None and b'"tools"' in body
        if unseen and msgspec.json.decode(body).get("tools"):
            self._note(f"tools ignored: {self._model} calls none by itself, only where tool_choice demands it")
        return body

    def _with_gap(self, body: bytes, traits: Traits) -> bytes:
        """With a ``suffix`` the model is asked for what is between the two texts. Raises Rejected."""
        tree: Json = msgspec.json.decode(body)
        suffix = fields.text(tree, "suffix")
        if not suffix:
            return body
        if traits.fim is None:
            raise Rejected(Code.FIM_UNSUPPORTED, model=self._model)
        del tree["suffix"]
        return msgspec.json.encode(tree | {"prompt": fim_prompt(traits.fim, fields.text(tree, "prompt") or "", suffix)})

    def _with_forced_call(self, body: bytes, traits: Traits) -> bytes:
        """A call that is demanded, as engines keep to it. Raises Rejected."""
        tree: Json = msgspec.json.decode(body)
        asked = forced_call(tree, shown=bool(traits.tools))
        if asked is None:
            return body
        self._called = Called(several=asked.several)
        return msgspec.json.encode(asked.body)

    def _judge_schema(self, tree: Json) -> None:
        """Refuse one that is missing, or strict and not kept to by the engine; tell of any other. Raises Rejected."""
        asked: Any = tree.get("response_format")
        wanted = asked.get("json_schema") if isinstance(asked, dict) else None
        schema = wanted.get("schema") if isinstance(wanted, dict) else None
        if isinstance(asked, dict) and asked.get("type") == "json_schema" and not isinstance(schema, dict):
            raise Rejected(Code.INVALID_REQUEST, reason="'response_format.json_schema.schema' must be an object")
        if self._own_words:
            return
        if not isinstance(wanted, dict) or not isinstance(schema, dict):
            return
        if not (words := unkept(schema)):
            return
        if wanted.get("strict") is True:
            raise Rejected(Code.UNSUPPORTED_PARAMETER, parameter=f"response_format: '{words[0]}' in a strict schema")
        self._note(f"the answer is not held to: {', '.join(words)}")
