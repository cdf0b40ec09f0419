"""``/v1/models``: what can be asked for, loaded or not, with the context one request may use."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import JSONResponse

from engineroom.domain.engine import EngineState, EngineView
from engineroom.domain.model import ModelSpec
from engineroom.gateway.parts import Parts


def models_router(parts: Parts) -> APIRouter:
    """The two routes."""
    router = APIRouter(prefix="/v1", tags=["openai"])

    @router.get("/models")
    async def models() -> JSONResponse:
        """Every model of this engine room."""
        rows = [_row(spec, parts.engines.view(spec.id), parts) for spec in parts.shelf.specs()]
        return JSONResponse({"object": "list", "data": rows})

    @router.get("/models/{model:path}")
    async def model(model: str) -> JSONResponse:
        """One model, by id or alias."""
        spec = parts.shelf.resolve(model)
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
