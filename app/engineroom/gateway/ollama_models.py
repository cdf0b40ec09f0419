"""What Ollama's clients ask before anything else: who is there, which models, what they can do."""

from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from engineroom.domain.dialects import fields
from engineroom.domain.dialects.ollama_models import SPEAKS, running_row, show_row, tag_row
from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Code, EngineroomError, Rejected
from engineroom.domain.model import ModelSpec
from engineroom.domain.routing.views import RouteView
from engineroom.gateway.asgi import App, ClientGone, Receive, Scope, Send, read_body, send_problem
from engineroom.gateway.auth import caller_of
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.models_route import allowed_specs, moment
from engineroom.gateway.ollama import model_named
from engineroom.gateway.parts import Parts
from engineroom.gateway.translated import Json, tree_of
from engineroom.gateway.whole import whole, with_traits

_MANAGED = {
    **{f"/api/{verb}": ["POST"] for verb in ("pull", "push", "create", "copy")},
    "/api/delete": ["DELETE"],
    "/api/blobs/{digest}": ["HEAD", "POST"],
}


def ollama_router(parts: Parts) -> APIRouter:
    """The routes that only look, and those that are refused."""
    router = contract_router(tags=["ollama"])

    @router.get("/", response_class=PlainTextResponse)
    async def root() -> PlainTextResponse:
        """Whether anybody is here, in the words that clients look for."""
        return PlainTextResponse("Ollama is running (this is Engineroom)")

    @router.get("/api/version")
    async def version() -> JSONResponse:
        """The version of Ollama that this is like."""
        return JSONResponse({"version": SPEAKS})

    @router.get("/api/tags")
    async def tags(request: Request) -> Response:
        """Every model that the caller may ask."""
        specs, since = _on_disk(parts, request), moment(parts.hello.started_at_s)
        rows = [tag_row(spec, one, modified_at=since) async for spec, one in with_traits(parts, specs)]
        return whole({"models": rows})

    @router.get("/api/ps")
    async def running(request: Request) -> JSONResponse:
        """Those of them that are loaded."""
        return JSONResponse({"models": await _running(parts, request)})

    async def refused(request: Request) -> JSONResponse:
        raise Rejected(Code.NOT_MANAGED_HERE, path=request.url.path[:200])

    for route, methods in _MANAGED.items():
        router.add_route(route, refused, methods=methods)
    return router


def _on_disk(parts: Parts, request: Request) -> list[ModelSpec]:
    return [spec for spec in allowed_specs(parts, request) if spec.path is not None]


async def _running(parts: Parts, request: Request) -> list[Json]:
    up = parts.engines.in_use()
    specs = [
        spec
        for spec in _on_disk(parts, request)
        if spec.id in up and parts.engines.view(spec.id).state is EngineState.READY
    ]
    expires = {route.id: _expires_at(route, parts.clock.unix_s()) for route in parts.engines.routing().routes}
    return [
        running_row(spec, one, parts.engines.view(spec.id), expires_at=expires.get(spec.id))
        async for spec, one in with_traits(parts, specs)
    ]


def _expires_at(route: RouteView, now_s: float) -> str | None:
    """When it is unloaded if nobody asks for it any more; of one that answers, if it were done now."""
    if route.active and not route.pinned and route.ttl_s is not None:
        return moment(now_s + route.ttl_s)
    return None if route.unload_at_s is None else moment(route.unload_at_s)


def show_route(parts: Parts) -> dict[str, App]:
    """``POST /api/show``, whose body is bounded as all others are."""

    async def answer(scope: Scope, receive: Receive) -> Json:
        tree = tree_of(await read_body(scope, receive))
        name = fields.model_name(tree)
        spec = model_named(partial(caller_of(scope).named, parts.engines.resolve), name)
        traits, engine = await parts.models.traits.of(spec), parts.engines.view(spec.id)
        return show_row(spec, traits, engine, modified_at=moment(parts.hello.started_at_s))

    async def show(scope: Scope, receive: Receive, send: Send) -> None:
        request_id: Any = scope.get("state", {}).get("request_id", "")
        try:
            await JSONResponse(await answer(scope, receive))(scope, receive, send)
        except ClientGone:
            return
        except EngineroomError as error:
            problem = caller_of(scope).told(error.problem, parts.shelf.specs())
            await send_problem(send, problem, request_id=request_id, path="/api/show")

    return {"/api/show": show}
