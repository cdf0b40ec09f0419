"""``/v1/models``: what can be asked for, loaded or not, with the context one request may use."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from engineroom.domain.engine import EngineState, EngineView
from engineroom.domain.model import ModelSpec
from engineroom.domain.traits import Traits
from engineroom.gateway.auth import caller_of
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.parts import Parts
from engineroom.gateway.whole import in_turns, whole, with_traits
from engineroom.services.models import DEFAULT_ALIAS

_ANTHROPIC = "anthropic-version"
"""Who sends this header wants the list in Anthropic's form."""


def models_router(parts: Parts) -> APIRouter:
    """The two routes."""
    router = contract_router(prefix="/v1", tags=["openai"])

    @router.get("/models")
    async def models(request: Request) -> Response:
        """Every model of this engine room that the caller may ask."""
        specs = allowed_specs(parts, request)
        if _ANTHROPIC in request.headers:
            return whole(_anthropic_list([_anthropic_row(spec, parts) async for spec in in_turns(specs)]))
        rows = [_row(spec, traits, parts) async for spec, traits in with_traits(parts, specs)]
        return whole({"object": "list", "data": rows})

    @router.get("/models/{model:path}")
    async def model(model: str, request: Request) -> JSONResponse:
        """One model, by id or alias."""
        spec = caller_of(request.scope).named(parts.shelf.resolve, model)
        if _ANTHROPIC in request.headers:
            return JSONResponse(_anthropic_row(spec, parts))
        return JSONResponse(_row(spec, await parts.models.traits.of(spec), parts))

    return router


def allowed_specs(parts: Parts, request: Request) -> list[ModelSpec]:
    """The models that the caller may ask, as they lie on the shelf."""
    return [spec for spec in parts.shelf.specs() if caller_of(request.scope).may_ask(spec.id)]


def moment(unix_s: float) -> str:
    """A time as these APIs write it.

    >>> moment(0.0)
    '1970-01-01T00:00:00Z'
    """
    return datetime.fromtimestamp(int(unix_s), tz=UTC).isoformat().replace("+00:00", "Z")


def _anthropic_list(rows: list[dict[str, Any]]) -> dict[str, Any]:
    ids = [row["id"] for row in rows]
    return {"data": rows, "has_more": False, "first_id": ids[0] if ids else None, "last_id": ids[-1] if ids else None}


def _anthropic_row(spec: ModelSpec, parts: Parts) -> dict[str, Any]:
    return {
        "type": "model",
        "id": spec.id,
        "display_name": spec.name,
        "created_at": moment(parts.hello.started_at_s),
        "lifecycle": "active",
        "max_input_tokens": parts.engines.view(spec.id).context_tokens,
    }


def _row(spec: ModelSpec, traits: Traits, parts: Parts) -> dict[str, Any]:
    engine = parts.engines.view(spec.id)
    native = traits.native_context or spec.native_context
    context, limit = _context(engine, native)
    return {
        "id": spec.id,
        "object": "model",
        "created": int(parts.hello.started_at_s),
        "owned_by": "engineroom",
        "name": spec.name,
        "aliases": [DEFAULT_ALIAS] if spec.id == parts.shelf.default_id else [],
        "context_length": context,
        "context_window": context,
        "max_model_len": context,
        "context_limit": limit,
        "capabilities": traits.capabilities,
        "meta": {
            "n_ctx": context,
            "n_ctx_train": native,
            "n_params": traits.parameters or spec.parameters,
            "n_embd": traits.embedding_size,
            "size": spec.file_bytes,
            "n_slots": engine.slots,
        },
        "status": {"value": "loaded" if engine.state is EngineState.READY else str(engine.state)},
    }


def _context(engine: EngineView, native: int | None) -> tuple[int | None, str | None]:
    """What one request may use and what limits it; the file knows more than an engine that has not been started."""
    given = engine.context_tokens
    if given is not None and native is not None and native < given:
        return native, "model"
    return given, engine.context_limit
