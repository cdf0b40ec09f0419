"""The HTTP application: an allow-list of routes. An engine's own routes are never reachable."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from engineroom import __version__
from engineroom.domain.errors import Code, EngineroomError, Problem
from engineroom.gateway.asgi import App
from engineroom.gateway.auth import Door, Guard, caller_of
from engineroom.gateway.body_faults import invalid_body
from engineroom.gateway.client_routes import client_router
from engineroom.gateway.contract_route import take_in, without_old_forms
from engineroom.gateway.control import control_router
from engineroom.gateway.description import described
from engineroom.gateway.doctor_routes import doctor_router
from engineroom.gateway.engine_routes import build_router
from engineroom.gateway.job_routes import job_router
from engineroom.gateway.key_routes import access_router
from engineroom.gateway.ledger_routes import ledger_router
from engineroom.gateway.messages import CountEndpoint, MessagesEndpoint
from engineroom.gateway.model_side_routes import model_side_router
from engineroom.gateway.models_route import models_router
from engineroom.gateway.ollama import ollama_routes
from engineroom.gateway.ollama_models import ollama_router, show_route
from engineroom.gateway.openai import Forwarder
from engineroom.gateway.parts import Parts
from engineroom.gateway.plan_routes import plan_router
from engineroom.gateway.prepared import COUNT
from engineroom.gateway.problems import encode_for, headers_of, status_of
from engineroom.gateway.responses import ResponsesEndpoint, responses_router
from engineroom.gateway.runtime_routes import runtime_router
from engineroom.gateway.settings_routes import settings_router
from engineroom.gateway.shaped import CHAT, COMPLETIONS
from engineroom.gateway.tokens import token_routes
from engineroom.gateway.trtllm_dialect import Dialects
from engineroom.gateway.vectors import vector_routes
from engineroom.services.event_log import EventLog
from engineroom.services.response_store import ResponseStore

FORWARDED = (CHAT, COMPLETIONS)
_ROUTERS = (
    control_router,
    ledger_router,
    job_router,
    access_router,
    model_side_router,
    plan_router,
    runtime_router,
    build_router,
    doctor_router,
    client_router,
    settings_router,
    models_router,
    ollama_router,
)
_log = EventLog("gateway")


def make_apps(parts: Parts, *doors: Door) -> tuple[App, ...]:
    """The application behind each of the doors."""
    app, forwarders = _routes(parts)
    _answer_heads(app)
    return tuple(Guard(app, door=door, access=parts.access, token=parts.token, direct=forwarders) for door in doors)


def make_app(parts: Parts, *, hosts: frozenset[str]) -> App:
    """The application behind one door for this computer, which may be called by ``hosts`` (without port)."""
    (app,) = make_apps(parts, Door(hosts=hosts))
    return app


def api_description(parts: Parts) -> dict[str, Any]:
    """OpenAPI description of all routes."""
    app, direct = _routes(parts)
    return described(app.openapi(), frozenset(direct))


@without_old_forms()
def _routes(parts: Parts) -> tuple[FastAPI, Mapping[str, App]]:
    app = FastAPI(title="Engineroom", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    for make in _ROUTERS:
        take_in(app, make(parts))
    store = ResponseStore(clock=parts.clock)
    take_in(app, responses_router(store))
    direct = _direct(parts, store)
    for route, endpoint in direct.items():
        app.router.routes.append(Route(route, endpoint, methods=["POST"]))

    @app.get("/health", tags=["plain"])
    async def health() -> dict[str, str]:
        """Whether the engine room answers."""
        return {"status": "ok"}

    @app.get("/metrics", tags=["plain"], response_class=Response)
    async def metrics() -> Response:
        """Prometheus metrics."""
        return Response(parts.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    _answer_errors(app, parts)
    return app, direct


def _answer_heads(app: FastAPI) -> None:
    """Whatever can be got has a head (RFC 9110, 9.3.2), of which the framework and the description know nothing."""
    for route in app.router.routes:
        methods = getattr(route, "methods", None) or set()
        if "GET" in methods:
            methods.add("HEAD")


def _direct(parts: Parts, store: ResponseStore) -> dict[str, App]:
    """The routes that stream; they skip the framework, whose layers would see every token go by."""
    common: dict[str, Any] = {
        "engines": parts.engines,
        "traffic": parts.traffic,
        "clock": parts.clock,
        "accounting": parts.accounting,
        "traits": parts.models.traits,
        "dialects": Dialects(parts.tables),
        "images": parts.models.images,
    }
    count = "/v1/messages/count_tokens"
    routes: dict[str, App] = {**vector_routes(common), **token_routes(common)}
    routes |= {**ollama_routes(common), **show_route(parts)}
    routes |= {route: Forwarder(route=route, engine_route=route, **common) for route in FORWARDED}
    routes["/v1/responses"] = ResponsesEndpoint(route="/v1/responses", engine_route=CHAT, store=store, **common)
    routes["/v1/messages"] = MessagesEndpoint(route="/v1/messages", engine_route=CHAT, **common)
    routes[count] = CountEndpoint(route=count, engine_route=COUNT, **common)
    return routes


def _answer_errors(app: FastAPI, parts: Parts) -> None:
    @app.exception_handler(EngineroomError)
    async def ours(request: Request, error: EngineroomError) -> Response:
        return _answer(request, caller_of(request.scope).told(error.problem, parts.shelf.specs()))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return _answer(request, invalid_body(error.errors()))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        return _answer(request, _of_framework(request, error))

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        request_id = request.state.request_id
        _log.error("request_failed", request=request_id, path=request.url.path, error=repr(error))
        return _answer(request, Problem(code=Code.INTERNAL, facts={"request_id": request_id}))


def _of_framework(request: Request, error: HTTPException) -> Problem:
    match error.status_code:
        case 404:
            return Problem(code=Code.NOT_FOUND, facts={"path": request.url.path[:200]})
        case 405:
            allowed = ", ".join(sorted((error.headers or {}).get("Allow", "another method").split(", ")))
            return Problem(code=Code.METHOD_NOT_ALLOWED, facts={"method": request.method, "allowed": allowed})
        case _:
            return Problem(code=Code.INVALID_REQUEST, facts={"reason": str(error.detail)})


def _answer(request: Request, problem: Problem) -> Response:
    headers = {"x-request-id": request.state.request_id, **headers_of(problem)}
    body = encode_for(request.url.path, problem, request.state.request_id)
    return Response(body, status_of(problem), headers, media_type="application/json")
