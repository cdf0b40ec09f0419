"""``/v1/models``: what can be asked for, loaded or not, with the context one request may use."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from engineroom.domain.engine import EngineState, EngineView
from engineroom.domain.model import ModelSpec
from engineroom.gateway.auth import caller_of
from engineroom.gateway.parts import Parts

_ANTHROPIC = "anthropic-version"
"""Who sends this header wants the list in Anthropic's form."""


def models_router(parts: Parts) -> APIRouter:
    """The two routes."""
    router = APIRouter(prefix="/v1", tags=["openai"])

    @router.get("/models")
    async def models(request: Request) -> JSONResponse:
        """Every model of this engine room that the caller may ask."""
        specs = [spec for spec in parts.shelf.specs() if caller_of(request.scope).may_ask(spec.id)]
        if _ANTHROPIC in request.headers:
            return JSONResponse(_anthropic_list([_anthropic_row(spec, parts) for spec in specs]))
        rows = [_row(spec, parts.engines.view(spec.id), parts) for spec in specs]
        return JSONResponse({"object": "list", "data": rows})

    @router.get("/models/{model:path}")
    async def model(model: str, request: Request) -> JSONResponse:
        """One model, by id or alias."""
        spec = parts.shelf.resolve(model)
        caller_of(request.scope).demand(spec.id)
        if _ANTHROPIC in request.headers:
            return JSONResponse(_anthropic_row(spec, parts))
        return JSONResponse(_row(spec, parts.engines.view(spec.id), parts))

    return router


def _anthropic_list(rows: list[dict[str, Any]]) -> dict[str, Any]:
    ids = [row["id"] for row in rows]
    return {"data": rows, "has_more": False, "first_id": ids[0] if ids else None, "last_id": ids[-1] if ids else None}


def _anthropic_row(spec: ModelSpec, parts: Parts) -> dict[str, Any]:
    return {
        "type": "model",
        "id": spec.id,
        "display_name": spec.name,
        "created_at": datetime.fromtimestamp(int(parts.hello.started_at_s), tz=UTC).isoformat().replace("+00:00", "Z"),
        "lifecycle": "active",
        "max_input_tokens": parts.engines.view(spec.id).context_tokens,
    }


def _row(spec: ModelSpec, engine: EngineView, parts: Parts) -> dict[str, Any]:
    return {
        "id": spec.id,
        "object": "model",
        "created": int(parts.hello.started_at_s),
        "owned_by": "engineroom",
        "context_length": engine.context_tokens,
        "max_model_len": engine.context_tokens,
        "meta": {"n_ctx": engine.context_tokens, "n_ctx_train": spec.native_context, "n_params": spec.parameters},
        "status": {"value": "loaded" if engine.state is EngineState.READY else str(engine.state)},
    }
