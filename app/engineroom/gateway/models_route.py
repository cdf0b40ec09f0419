"""``/v1/models``: what can be asked for, loaded or not, with the context one request may use."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from engineroom.domain.engine import EngineState, EngineView
from engineroom.domain.model import ModelSpec
from engineroom.gateway.auth import caller_of
from engineroom.gateway.parts import Parts


def models_router(parts: Parts) -> APIRouter:
    """The two routes."""
    router = APIRouter(prefix="/v1", tags=["openai"])

    @router.get("/models")
    async def models(request: Request) -> JSONResponse:
        """Every model of this engine room that the caller may ask."""
        specs = (spec for spec in parts.shelf.specs() if caller_of(request.scope).may_ask(spec.id))
        rows = [_row(spec, parts.engines.view(spec.id), parts) for spec in specs]
        return JSONResponse({"object": "list", "data": rows})

    @router.get("/models/{model:path}")
    async def model(model: str, request: Request) -> JSONResponse:
        """One model, by id or alias."""
        spec = parts.shelf.resolve(model)
        caller_of(request.scope).demand(spec.id)
        return JSONResponse(_row(spec, parts.engines.view(spec.id), parts))

    return router


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
