"""Requests to an engine of TensorRT-LLM and its answers: what it would refuse is left out, its errors are OpenAI's.

Only calls to such an engine come here; those to others go through as they are.
"""

from collections.abc import Callable

import msgspec

from engineroom.domain.errors import Code, Problem, Rejected
from engineroom.domain.model import ModelSpec
from engineroom.domain.runtimes.values import TENSORRT_LLM
from engineroom.domain.trtllm.dialect import Asked, Dialect, chat_request, completion_request, dialect_of, problem_of
from engineroom.domain.trtllm.tables import Tables, parse_version

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
        notes = [f"left out, for this engine does not know it: {name}" for name in asked.dropped]
        if asked.must_call:
            notes.append("tool_choice: required was taken as auto")
        self.notes = tuple(notes)

    @staticmethod
    def answered(data: bytes) -> bytes:
        """Whole events, or a whole answer, with the reasoning where most clients look for it.

        Quotes inside of texts are escaped, so these bytes are a key wherever they stand.
        """
        if b'"reasoning":' not in data or b'"reasoning_content":' in data:
            return data
        return data.replace(b'"reasoning":', b'"reasoning_content":')

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
    """Dialects by version.

    Args:
        tables: read when first needed.
    """

    def __init__(self, tables: Callable[[], Tables]) -> None:
        self._tables = tables
        self._known: dict[str, Dialect] = {}

    def fit(self, spec: ModelSpec, route: str, body: bytes) -> Fitted | None:
        """The request as the engine of this model takes it; ``None`` where that is the way it came."""
        if spec.runtime != TENSORRT_LLM:
            return None
        text = spec.runtime_version or ""
        if text not in self._known:
            try:
                version = parse_version(text)
            except ValueError:
                version = _OLDEST
            self._known[text] = dialect_of(self._tables(), version)
        return Fitted(self._known[text], route, body)


def _asked(dialect: Dialect, route: str, body: bytes) -> Asked:
    try:
        tree = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Rejected(Code.INVALID_JSON, reason=str(error)) from error
    if not isinstance(tree, dict):
        raise Rejected(Code.INVALID_REQUEST, reason="the body must be an object")
    return chat_request(tree, dialect) if route == _CHAT else completion_request(tree, dialect)
