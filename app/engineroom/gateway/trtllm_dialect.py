"""Requests to an engine of TensorRT-LLM and its answers: what it would refuse is left out, its errors are OpenAI's.

Only calls to such an engine come here; those to others go through as they are.  What it takes is learned from its own
``/openapi.json``, once while it runs.
"""

from collections.abc import Callable
from weakref import WeakKeyDictionary

import msgspec

from engineroom.domain.errors import Code, Problem, Rejected
from engineroom.domain.model import ModelSpec
from engineroom.domain.notes import Note
from engineroom.domain.runtimes.values import TENSORRT_LLM
from engineroom.domain.trtllm.dialect import (
    Asked,
    Dialect,
    chat_request,
    completion_request,
    dialect_of,
    learned,
    named,
    problem_of,
)
from engineroom.domain.trtllm.tables import Tables, parse_version
from engineroom.gateway.body_rules import unreadable
from engineroom.services.ports import Upstream

_CHAT = "/v1/chat/completions"
_OLDEST = (1, 1)
_UNAVAILABLE = 503


class Fitted:
    """One request to such an engine. ``notes`` say what became of it, for people.

    Raises:
        Rejected: ``invalid_json``, ``invalid_request``.
    """

    def __init__(self, dialect: Dialect, route: str, body: bytes) -> None:
        asked = _asked(dialect, route, body)
        self.body = msgspec.json.encode(asked.body)
        notes = [Note.UNKNOWN_LEFT_OUT.format(name=name) for name in asked.dropped]
        if asked.must_call:
            notes.append("tool_choice: required was taken as auto")
        self.notes = tuple(notes)

    @staticmethod
    def answer(data: bytes, model: str) -> bytes:
        """Whole events, or a whole answer, under the name by which the model was asked for."""
        return named(data, model)

    @staticmethod
    def problem(status: int, body: bytes, *, model: str, request_id: str) -> Problem:
        """What an error answer means."""
        if status == _UNAVAILABLE:
            return Problem(code=Code.ENGINE_UNAVAILABLE, facts={"model": model})
        try:
            tree = msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            tree = body[:500].decode("utf-8", "replace")
        problem = problem_of(status, tree)
        if problem.code == Code.ENGINE_FAILED:
            return Problem(code=Code.INTERNAL, facts={"request_id": request_id})
        return problem


class Dialects:
    """Dialects by running engine.

    Args:
        tables: read when first needed.
    """

    def __init__(self, tables: Callable[[], Tables]) -> None:
        self._tables = tables
        self._known: WeakKeyDictionary[Upstream, Dialect] = WeakKeyDictionary()

    @staticmethod
    def speak(spec: ModelSpec) -> bool:
        """Whether the engine of this model does not take requests as they come."""
        return spec.runtime == TENSORRT_LLM

    def asked(self, upstream: Upstream) -> bool:
        """Whether this engine's dialect is known."""
        return upstream in self._known

    def learn(self, upstream: Upstream, spec: ModelSpec, openapi: object) -> None:
        """Note what the engine's ``/openapi.json`` tells; without one (``None``) what is sure of its version."""
        try:
            version = parse_version(spec.runtime_version or "")
        except ValueError:
            version = _OLDEST
        self._known[upstream] = learned(dialect_of(self._tables(), version), openapi)

    def fit(self, upstream: Upstream, route: str, body: bytes) -> Fitted:
        """The request as this engine takes it."""
        return Fitted(self._known[upstream], route, body)


def _asked(dialect: Dialect, route: str, body: bytes) -> Asked:
    try:
        tree = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise unreadable(body, error) from error
    if not isinstance(tree, dict):
        raise Rejected(Code.INVALID_REQUEST, reason="the body must be an object")
    return chat_request(tree, dialect) if route == _CHAT else completion_request(tree, dialect)
