"""``/control``: state and wishes, for those who hold the daemon's token."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from starlette.responses import StreamingResponse

from engineroom.contract.control import EngineView, Hello, LogLine, Snapshot
from engineroom.contract.routing import RouteView, RoutingView
from engineroom.domain.errors import Code, Rejected
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.description import refusals
from engineroom.gateway.events import event_stream
from engineroom.gateway.parts import Parts
from engineroom.gateway.whole import whole

MAX_TAIL = 5000


def control_router(parts: Parts) -> APIRouter:
    """The routes, all behind the token."""
    router = contract_router(
        prefix="/control",
        tags=["control"],
        dependencies=[Depends(token_check(parts.token))],
        responses=refusals(401),
    )

    @router.get("/hello")
    async def hello() -> Hello:
        """Who answers."""
        return parts.hello

    @router.get("/snapshot", response_model=Snapshot)
    async def snapshot() -> Response:
        """Everything a client needs to draw itself."""
        return whole(parts.snapshot())

    @router.get("/events", response_class=Response)
    async def events() -> StreamingResponse:
        """Server-sent events; see the contract for names and data."""
        return StreamingResponse(
            event_stream(parts.events), media_type="text/event-stream", headers={"cache-control": "no-cache"}
        )

    @router.get("/logs")
    async def logs(source: str | None = None, tail: int = 200) -> tuple[LogLine, ...]:
        """The newest log lines, oldest first."""
        return parts.log_book.tail(min(tail, MAX_TAIL), source)

    _wishes(router, parts)
    return router


def _wishes(router: APIRouter, parts: Parts) -> None:
    @router.get("/engines/{model:path}", responses=refusals(404))
    async def engine(model: str) -> EngineView:
        """One engine; the snapshot of a large library lists not all that are at rest."""
        return parts.engines.view(model)

    @router.post("/engines/{model:path}/start", status_code=202, responses=refusals(404))
    async def start(model: str) -> EngineView:
        """Wish an engine started; does nothing if it is."""
        return parts.engines.start(model)

    @router.post("/engines/{model:path}/stop", responses=refusals(404))
    async def stop(model: str) -> EngineView:
        """Stop an engine; answers when it has stopped."""
        return await parts.engines.stop(model)

    @router.get("/routing")
    async def routing() -> RoutingView:
        """Which engine is loaded where and for how long, who waits for what, and what was decided and why."""
        return parts.engines.routing()

    @router.post("/engines/{model:path}/pin", responses=refusals(404))
    async def pin(model: str) -> RouteView:
        """Keep an engine from being unloaded for being idle or evicted for another."""
        return parts.engines.pin(model, pinned=True)

    @router.post("/engines/{model:path}/unpin", responses=refusals(404))
    async def unpin(model: str) -> RouteView:
        """Let go of it."""
        return parts.engines.pin(model, pinned=False)

    @router.post("/shutdown", status_code=202)
    async def shutdown() -> dict[str, str]:
        """End the daemon and everything it started."""
        parts.shut_down()
        return {}


def token_check(token: str) -> Callable[..., Awaitable[None]]:
    """A dependency that refuses requests without this bearer token; compares in constant time.

    It never waits; the framework would call one that is no coroutine in a thread of its own.
    """

    async def check(authorization: Annotated[str, Header(include_in_schema=False)] = "") -> None:
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() != "bearer" or not secrets.compare_digest(given.encode(), token.encode()):
            raise Rejected(Code.INVALID_TOKEN)

    return check
