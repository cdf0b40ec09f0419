"""From a problem to an HTTP answer in OpenAI's error form."""

import re

import msgspec

from engineroom.contract.problems import ErrorBody, ErrorEnvelope
from engineroom.contract.sentences import sentence
from engineroom.domain.engine_refusals import refused
from engineroom.domain.errors import Code, Problem

RETRY_AFTER_S = 2
_REQUEST = "invalid_request_error"
_SERVER = "server_error"

_STATUS: dict[str, tuple[int, str]] = {
    Code.MODEL_NOT_FOUND: (404, _REQUEST),
    Code.CONTEXT_LENGTH_EXCEEDED: (400, _REQUEST),
    Code.INVALID_JSON: (400, _REQUEST),
    Code.INVALID_REQUEST: (400, _REQUEST),
    Code.REQUEST_TOO_LARGE: (413, _REQUEST),
    Code.UNSUPPORTED_MEDIA_TYPE: (415, _REQUEST),
    Code.UNSUPPORTED_CODING: (415, _REQUEST),
    Code.UNSUPPORTED_PARAMETER: (400, _REQUEST),
    Code.MODEL_TASK: (400, _REQUEST),
    Code.FIM_UNSUPPORTED: (400, _REQUEST),
    Code.TOKENIZER_MISSING: (400, _REQUEST),
    Code.NOT_MANAGED_HERE: (501, _REQUEST),
    Code.RESPONSE_NOT_FOUND: (404, _REQUEST),
    Code.NOT_FOUND: (404, _REQUEST),
    Code.METHOD_NOT_ALLOWED: (405, _REQUEST),
    Code.HOST_NOT_ALLOWED: (403, "permission_error"),
    Code.INVALID_TOKEN: (401, "authentication_error"),
    Code.INVALID_KEY: (401, "authentication_error"),
    Code.KEY_SCOPE: (403, "permission_error"),
    Code.KEY_LIMIT: (429, "rate_limit_error"),
    Code.ORIGIN_NOT_ALLOWED: (403, "permission_error"),
    Code.REMOTE_MEDIA: (400, _REQUEST),
    Code.REMOTE_IMAGE: (400, _REQUEST),
    Code.HEADERS_TOO_LARGE: (431, _REQUEST),
    Code.CONNECTIONS_MANY: (429, "rate_limit_error"),
    Code.REQUEST_TOO_SLOW: (408, _REQUEST),
    Code.ENGINE_UNAVAILABLE: (503, _SERVER),
    Code.ENGINE_UNREACHABLE: (502, _SERVER),
    Code.QUEUE_FULL: (429, "rate_limit_error"),
    Code.WAIT_TOO_LONG: (503, _SERVER),
    Code.MEMORY_SHORT: (503, _SERVER),
    Code.MEMORY_PINNED: (503, _SERVER),
    Code.SHUTTING_DOWN: (503, _SERVER),
    Code.INTERNAL: (500, _SERVER),
}
_CONTROL_STATUS: dict[str, int] = {
    Code.KEY_NOT_FOUND: 404,
    Code.SETTINGS_CHANGED: 409,
    Code.SETTINGS_BROKEN: 409,
    Code.SETTING_REFUSED: 400,
    Code.KEY_INVALID: 400,
    Code.KEY_NAME_TAKEN: 409,
    Code.FINDING_NOT_FOUND: 404,
    Code.FIX_NOT_OFFERED: 404,
    Code.FIX_IMPOSSIBLE: 409,
    Code.FIX_NEEDS_YES: 409,
    Code.ORPHAN_NOT_FOUND: 404,
    Code.MODEL_UNKNOWN: 404,
    Code.FILE_MISSING: 404,
    Code.REPO_NOT_FOUND: 404,
    Code.JOB_NOT_FOUND: 404,
    Code.JOB_ENDED: 409,
    Code.MODEL_IN_USE: 409,
    Code.RUNTIME_NOT_FOUND: 404,
    Code.RUNTIME_VERSION: 400,
    Code.RUNTIME_EXISTS: 409,
    Code.RUNTIME_IN_USE: 409,
    Code.RUNTIME_NOT_REMOVABLE: 409,
    Code.RUNTIME_BLOCKED: 409,
    Code.RUNTIME_NOT_PROVED: 409,
    Code.RUNTIME_KEPT: 409,
    Code.RUNTIME_GONE: 409,
    Code.ENDPOINT_UNUSABLE: 422,
    Code.SEALED_NOT_FOUND: 404,
    Code.SEALED_EXISTS: 409,
    Code.BUILD_REFUSED: 409,
    Code.BUILD_NEEDS_YES: 409,
    Code.NOT_REMOVABLE: 409,
    Code.MODEL_INCOMPLETE: 409,
    Code.BUNDLE_EXISTS: 409,
    Code.NOT_EXPORTABLE: 409,
    Code.BUNDLE_BROKEN: 422,
    Code.NO_MODELS_THERE: 404,
    Code.REVISION_NOT_FOUND: 404,
    Code.REPO_FILE_MISSING: 404,
    Code.GATED_NO_TOKEN: 403,
    Code.HUB_TOKEN_REFUSED: 403,
    Code.GATED_TERMS: 403,
    Code.GATED_WAITING: 403,
    Code.HUB_OFFLINE: 409,
    Code.NO_WEIGHTS: 422,
    Code.PICKLE_REFUSED: 422,
    Code.UNSAFE_FILE_NAME: 422,
    Code.REMOTE_CODE_REFUSED: 409,
    Code.WEIGHTS_AMBIGUOUS: 409,
    Code.GPU_NONE: 400,
    Code.GPU_UNKNOWN: 400,
    Code.GPU_DESCRIPTION: 400,
    Code.PLAN_INVALID: 400,
    Code.PRECISION_UNKNOWN: 400,
    Code.REPO_NAME: 400,
    Code.NOT_GGUF: 422,
    Code.GGUF_BROKEN: 422,
    Code.MODEL_CONFIG_BROKEN: 422,
    Code.SAFETENSORS_BROKEN: 422,
    Code.MODEL_FILE_TOO_LARGE: 422,
}
_ANTHROPIC = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    502: "api_error",
    503: "overloaded_error",
}
_OF_AN_ENGINE = (503, _SERVER)
_ENGINE_FAULT = re.compile(r"comput|decod|alloc|memory|internal|slot|queue|unknown", re.IGNORECASE)
# The libraries that an engine is made of, where they speak for themselves.
_LIBRARY = re.compile(r"\[json\.exception\.[\w.]+\] ?")
_NOT_TAKEN = re.compile(r"(?P<kind>image|audio|video) input is not supported")
_NO_SUCH_TOKEN = "vector::_M_range_check"
_GRAMMAR = "failed to parse grammar"
_SCHEMA = re.compile(r"JSON schema error at (?P<place>[^:]+): (?P<said>.+)", re.DOTALL)
# What an encoder of llama.cpp says of an input that does not fit into one pass.
_TOO_LARGE = re.compile(r"input \((?P<prompt>\d+) tokens\) is too large.*batch size: (?P<context>\d+)")
_FIELD = re.compile(r"'(?P<name>[\w.\[\]]+)' (?:must be|is missing|is empty)")


def status_of(problem: Problem) -> int:
    """HTTP status."""
    return _CONTROL_STATUS.get(problem.code) or _STATUS.get(problem.code, _OF_AN_ENGINE)[0]


def headers_of(problem: Problem) -> dict[str, str]:
    """What goes with an error besides its text: when to try again, how to say who one is, what may be done here."""
    if problem.code == Code.UNSUPPORTED_CODING:
        return {"accept-encoding": "identity"}
    match status_of(problem):
        case 429 | 503:
            return {"retry-after": str(problem.facts.get("retry_after_s") or RETRY_AFTER_S)}
        case 405:
            allowed = str(problem.facts.get("allowed"))
            return {"allow": allowed} if allowed.isupper() else {}
        case 401:
            return {"www-authenticate": "Bearer"}
        case _:
            return {}


def envelope(problem: Problem) -> ErrorEnvelope:
    """The error object, with all facts: for the control API and its token."""
    kind = _REQUEST if problem.code in _CONTROL_STATUS else _STATUS.get(problem.code, _OF_AN_ENGINE)[1]
    body = ErrorBody(
        message=sentence(problem), type=kind, param=_param(problem), code=problem.code, facts=problem.facts
    )
    return ErrorEnvelope(error=body)


def _param(problem: Problem) -> str | None:
    """Which field an error is about.

    >>> _param(Problem(code=Code.INVALID_REQUEST, facts={"reason": "'stop[1]' must be text, and is a list"}))
    'stop[1]'
    """
    match problem.code:
        case Code.INVALID_REQUEST:
            found = _FIELD.match(str(problem.facts.get("reason")))
            return None if found is None else found["name"]
        case Code.UNSUPPORTED_PARAMETER:
            return str(problem.facts.get("parameter")).partition(":")[0]
        case Code.MODEL_NOT_FOUND:
            return "model"
        case Code.CONTEXT_LENGTH_EXCEEDED:
            return "messages"
        case _:
            return None


def public(problem: Problem, model: str | None = None) -> Problem:
    """What a client of the public API is told: never a path or a line of an engine's log."""
    if problem.code in _STATUS:
        return problem
    return Problem(code=Code.ENGINE_FAILED, facts={"model": model, "cause": problem.code})


def encode(problem: Problem) -> bytes:
    """The envelope as JSON."""
    return msgspec.json.encode(envelope(problem))


def bare_answer(problem: Problem) -> bytes:
    """A whole answer, after which the connection is closed, for where there is no request to speak of."""
    body = encode(problem)
    more = "".join(f"{name}: {value}\r\n" for name, value in headers_of(problem).items())
    head = (
        f"HTTP/1.1 {status_of(problem)} Refused\r\ncontent-type: application/json\r\n{more}"
        f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode() + body


def encode_for(path: str, problem: Problem, request_id: str) -> bytes:
    """The error as clients of a path know it: Anthropic's under ``/v1/messages``, Ollama's under ``/api``."""
    if path.startswith("/v1/messages"):
        kind = _ANTHROPIC.get(status_of(problem), "invalid_request_error")
        error = {"type": kind, "message": sentence(problem)}
        return msgspec.json.encode({"type": "error", "error": error, "request_id": request_id})
    if path.startswith("/api/"):
        return msgspec.json.encode({"error": sentence(problem)})
    return encode(problem)


def of_engine(status: int, body: bytes, *, model: str, request_id: str) -> Problem:
    """What an engine's error answer means. Its text is passed on only where it speaks of the request."""
    try:
        error = msgspec.json.decode(body, type=_EngineAnswer).error
    except msgspec.DecodeError:
        error = _EngineError()
    if error.type == "exceed_context_size_error":
        facts = {"prompt_tokens": error.n_prompt_tokens, "context_tokens": error.n_ctx}
        return Problem(code=Code.CONTEXT_LENGTH_EXCEEDED, facts=dict(facts))
    if found := _TOO_LARGE.search(error.message):
        sizes = {"prompt_tokens": int(found["prompt"]), "context_tokens": int(found["context"])}
        return Problem(code=Code.CONTEXT_LENGTH_EXCEEDED, facts=dict(sizes))
    # llama.cpp answers 500 to much that is wrong with a request; what is wrong with the engine says so.
    if status in {400, 501} or (status == 500 and error.message and not _ENGINE_FAULT.search(error.message)):
        return Problem(code=Code.INVALID_REQUEST, facts=refused(error.message, _plain(error.message)))
    if status == 503:
        return Problem(code=Code.ENGINE_UNAVAILABLE, facts={"model": model})
    return Problem(code=Code.INTERNAL, facts={"request_id": request_id})


def _plain(message: str) -> str:
    """What an engine says of a request, as a client can read it."""
    if message.startswith(_NO_SUCH_TOKEN):
        return "there is no token with such an id"
    if _GRAMMAR in message:
        return "its grammar cannot be read: it has to be GBNF with a rule named root"
    if found := _SCHEMA.search(message):
        return f"its JSON schema cannot be used: {found['said'].rstrip('.')}, at {found['place']}"
    if found := _NOT_TAKEN.match(message):
        return f"the model takes no {found['kind']} input here, only text"
    return _LIBRARY.sub("", message).rstrip(".")


def of_engine_midstream(status: int, body: bytes, *, model: str, request_id: str) -> Problem:
    """What an error in the middle of an answer means: the request had been taken, so it is the engine's own."""
    problem = of_engine(status, body, model=model, request_id=request_id)
    if status >= 500 and problem.code == Code.INVALID_REQUEST:
        return Problem(code=Code.INTERNAL, facts={"request_id": request_id})
    return problem


class _EngineError(msgspec.Struct):
    message: str = ""
    type: str = ""
    n_prompt_tokens: int | None = None
    n_ctx: int | None = None


class _EngineAnswer(msgspec.Struct):
    error: _EngineError = msgspec.field(default_factory=_EngineError)
