"""``/control``: state and wishes, for those who hold the daemon's token."""

import secrets
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from starlette.responses import StreamingResponse

from engineroom.contract.control import EngineView, Hello, LogLine, Snapshot
from engineroom.contract.problems import ErrorEnvelope
from engineroom.domain.errors import Code, Rejected
from engineroom.gateway.events import event_stream
from engineroom.gateway.parts import Parts

MAX_TAIL = 5000


def control_router(parts: Parts) -> APIRouter:
    """The routes, all behind the token."""
    router = APIRouter(
        prefix="/control",
        tags=["control"],
        dependencies=[Depends(token_check(parts.token))],
        responses={401: {"model": ErrorEnvelope}},
    )

    @router.get("/hello")
    async def hello() -> Hello:
        """Who answers."""
        return parts.hello

    @router.get("/snapshot")
    async def snapshot() -> Snapshot:
        """Everything a client needs to draw itself."""
        return parts.snapshot()

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
    @router.post("/engines/{model:path}/start", status_code=202, responses={404: {"model": ErrorEnvelope}})
    async def start(model: str) -> EngineView:
        """Wish an engine started; does nothing if it is."""
        return parts.engines.start(model)

    @router.post("/engines/{model:path}/stop", responses={404: {"model": ErrorEnvelope}})
    async def stop(model: str) -> EngineView:
        """Stop an engine; answers when it has stopped."""
        return await parts.engines.stop(model)

    @router.post("/shutdown", status_code=202)
    async def shutdown() -> dict[str, str]:
        """End the daemon and everything it started."""
        parts.shut_down()
        return {}


def token_check(token: str) -> Callable[..., None]:
    """A dependency that refuses requests without this bearer token; compares in constant time."""

    def check(authorization: Annotated[str, Header()] = "") -> None:
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() != "bearer" or not secrets.compare_digest(given.encode(), token.encode()):
            raise Rejected(Code.INVALID_TOKEN)

    return check
