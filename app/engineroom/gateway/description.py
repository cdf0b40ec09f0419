"""The OpenAPI description: what the framework knows, the routes that skip it, and how errors look everywhere."""

from typing import Any

from pydantic import TypeAdapter

from engineroom.contract.problems import ErrorEnvelope
from engineroom.gateway.wire_forms import ERRORS, REQUESTS, STREAMS, family_of

Json = dict[str, Any]

_PROBE = frozenset({"/", "/health", "/metrics"})
_METHODS = ("get", "head", "post", "put", "patch", "delete")
_FORMS = {"anthropic": "AnthropicError", "ollama": "OllamaError"}
_SCHEMAS = "#/components/schemas/"
_TOKEN, _KEY = "token", "key"
_SCHEMES: Json = {
    _TOKEN: {"type": "http", "scheme": "bearer", "description": "The daemon's token, from its connection file."},
    _KEY: {"type": "http", "scheme": "bearer", "description": "A key; programs of this computer may need none."},
}


def refusals(*statuses: int) -> dict[int | str, Json]:
    """Errors that a route is known to answer.

    As a reference and not as a class, of which the framework would make a checker for every route and status.
    """
    answer = {"content": {"application/json": {"schema": {"$ref": f"{_SCHEMAS}ErrorEnvelope"}}}}
    return dict.fromkeys(statuses, answer)


def described(framework: Json, direct: frozenset[str]) -> Json:
    """The whole description.

    Args:
        framework: what the framework says of its own routes; is not changed.
        direct: POST routes that skip it.
    """
    components = {**framework.get("components", {}), "securitySchemes": _SCHEMES}
    schemas = {name: form for name, form in components.get("schemas", {}).items() if "ValidationError" not in name}
    components["schemas"] = {**schemas, **_envelope(), **ERRORS}
    paths = {path: {**methods} for path, methods in framework["paths"].items()}
    for route in sorted(direct):
        paths.setdefault(route, {})["post"] = _direct(route)
    for path, methods in paths.items():
        for method in _METHODS:
            if method in methods:
                methods[method] = _finished(path, method, methods[method])
    return {**framework, "paths": paths, "components": components}


def _envelope() -> Json:
    form = TypeAdapter(ErrorEnvelope).json_schema(ref_template=f"{_SCHEMAS}{{model}}", mode="serialization")
    parts: Json = form.pop("$defs", {})
    return {**parts, "ErrorEnvelope": form}


def _direct(route: str) -> Json:
    content: Json = {"application/json": {"schema": {"type": "object"}}}
    if route in STREAMS:
        content[STREAMS[route]] = {"schema": {}}
    return {
        "operationId": "post" + "".join(letter if letter.isalnum() else "_" for letter in route),
        "summary": route,
        "tags": [family_of(route)],
        "requestBody": {"required": True, "content": {"application/json": {"schema": REQUESTS[route]}}},
        "responses": {"200": {"description": "The answer, whole or as it comes.", "content": content}},
    }


def _finished(path: str, method: str, operation: Json) -> Json:
    """With what may be answered instead, and who may ask."""
    body = {} if method == "head" else {"content": {"application/json": {"schema": _error_of(path)}}}
    # What is not as described is 400 here, where the framework says 422 of itself.
    responses = {status: answer for status, answer in operation["responses"].items() if status != "422"}
    responses |= {
        "4XX": {"description": "The request is refused; the error says why.", **body},
        "5XX": {"description": "It cannot be answered; the error says why.", **body},
    }
    operation = {**operation, "responses": responses}
    if path.startswith("/control"):
        operation["security"] = [{_TOKEN: []}]
    elif path not in _PROBE:
        operation["security"] = [{_KEY: []}, {}]
    return operation


def _error_of(path: str) -> Json:
    """The error as clients of a path know it."""
    return {"$ref": f"{_SCHEMAS}{_FORMS.get(family_of(path), 'ErrorEnvelope')}"}
