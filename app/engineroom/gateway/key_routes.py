"""``/control/keys``, ``/control/network`` and ``/control/capture``: who may use the engine room."""

import asyncio

from fastapi import APIRouter, Depends

from engineroom.contract.keys import CaptureRequest, CaptureView, KeyRequest, KeyView, NetworkView, NewKey
from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.keys import KeyScope
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.control import token_check
from engineroom.gateway.description import refusals
from engineroom.gateway.parts import Parts
from engineroom.services.capture import MOST_MINUTES


def access_router(parts: Parts) -> APIRouter:
    """The routes, all behind the token."""
    problems = refusals(400, 401, 404, 409)
    router = contract_router(
        prefix="/control", tags=["access"], dependencies=[Depends(token_check(parts.token))], responses=problems
    )
    _keys(router, parts)
    _capture(router, parts)

    @router.get("/network")
    async def network() -> NetworkView:
        """Where the engine room listens, and who can reach it: every address of this computer is tried."""
        return await asyncio.to_thread(parts.access.reach)

    return router


def _keys(router: APIRouter, parts: Parts) -> None:
    keys = parts.access.keys

    @router.get("/keys")
    async def listed() -> tuple[KeyView, ...]:
        """All keys, revoked ones too, oldest first."""
        return keys.views()

    @router.post("/keys", status_code=201)
    async def create(request: KeyRequest) -> NewKey:
        """Make a key. Models may be named by alias."""
        models = tuple(parts.shelf.resolve(model).id for model in request.models)
        scope = KeyScope(models=models, routes=request.routes, expires_at_s=request.expires_at_s)
        view, key = await keys.create(request.name, scope, request.limits, request.priority)
        return NewKey(key=key, view=view)

    @router.delete("/keys/{key}")
    async def revoke(key: str) -> KeyView:
        """Make a key, by name or id, worthless from now on."""
        return await keys.revoke(key)


def _capture(router: APIRouter, parts: Parts) -> None:
    capture = parts.access.capture

    @router.get("/capture")
    async def state() -> CaptureView:
        """Whether prompts and answers are being written down."""
        return CaptureView(on=capture.on, path=capture.path, until_s=capture.until_s)

    @router.post("/capture")
    async def turn(request: CaptureRequest) -> CaptureView:
        """Begin or end writing prompts and answers down; at most for four hours."""
        if not 0 <= request.minutes <= MOST_MINUTES:
            raise Rejected(Code.INVALID_REQUEST, **because(Detail.MINUTES_RANGE, least=0, most=MOST_MINUTES))
        if request.minutes:
            capture.start(request.minutes)
        else:
            capture.stop()
        return CaptureView(on=capture.on, path=capture.path, until_s=capture.until_s)
