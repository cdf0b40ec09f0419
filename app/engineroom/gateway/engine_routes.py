"""``/control/builds`` and ``/control/sealed``: building engines, and those that were built."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from engineroom.contract.control import JobView
from engineroom.contract.engines import (
    BuildWish,
    Comparison,
    ExportRequest,
    ExportView,
    NodesScript,
    NodesWish,
    RebuildRequest,
    SealedCheck,
    SealedView,
)
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.control import token_check
from engineroom.gateway.description import refusals
from engineroom.gateway.parts import Parts
from engineroom.gateway.presence import while_there


def build_router(parts: Parts) -> APIRouter:
    """The routes, all behind the token."""
    problems = refusals(400, 401, 404, 409, 422, 503)
    router = contract_router(
        prefix="/control", tags=["engines"], dependencies=[Depends(token_check(parts.token))], responses=problems
    )

    @router.post("/builds", status_code=202, response_model=JobView)
    async def build(wish: BuildWish, request: Request) -> JobView | Response:
        """Build an engine, or go on with a build that was cut off: a job."""
        return await while_there(request, parts.builds.build(parts.jobs, wish))

    @router.post("/builds/script")
    async def script(wish: NodesWish) -> NodesScript:
        """A model on several machines, written out as a script to be read and run by a person."""
        return await parts.builds.script(wish)

    _rebuilt(router, parts)
    _compared(router, parts)
    _sealed(router, parts)
    return router


def _rebuilt(router: APIRouter, parts: Parts) -> None:
    @router.post("/sealed/{engine}/rebuild", status_code=202, response_model=JobView)
    async def rebuild(engine: str, wish: RebuildRequest, request: Request) -> JobView | Response:
        """Build an engine like it anew, with what is here today: a job. The old one stays."""
        again = parts.builds.rebuild(parts.jobs, engine, runtime=wish.runtime, accept=wish.accept)
        return await while_there(request, again)


def _compared(router: APIRouter, parts: Parts) -> None:
    @router.get("/sealed-compare")
    async def compare(engine: Annotated[list[str], Query()]) -> Comparison:
        """Engines side by side: how they were made, and what their trials measured."""
        return await parts.builds.sealed.compare(engine)


def _sealed(router: APIRouter, parts: Parts) -> None:
    @router.get("/sealed")
    async def sealed() -> tuple[SealedView, ...]:
        """Every engine that was sealed, and what is no longer as it was then."""
        return await parts.builds.sealed.views()

    @router.get("/sealed/{engine}")
    async def one(engine: str) -> SealedView:
        """One of them."""
        return await parts.builds.sealed.view(engine)

    @router.post("/sealed/{engine}/verify")
    async def verify(engine: str) -> SealedCheck:
        """Read every file of it and of the model it serves again."""
        wrong = await parts.builds.sealed.verify(engine)
        return SealedCheck(engine=engine, ok=not wrong, wrong=wrong)

    @router.post("/sealed/{engine}/export")
    async def export(engine: str, request: ExportRequest) -> ExportView:
        """Write it as a tar file."""
        return ExportView(path=request.path, size_bytes=await parts.builds.sealed.export(engine, request.path))

    @router.delete("/sealed/{engine}")
    async def remove(engine: str, *, force: bool = False) -> SealedView:
        """Remove it; with ``force`` even while it runs: it is stopped first."""
        return await parts.builds.sealed.remove(engine, even_if_used=force)
