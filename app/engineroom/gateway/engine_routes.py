"""``/control/builds`` and ``/control/sealed``: building engines, and those that were built."""

from typing import Any

from fastapi import APIRouter, Depends

from engineroom.contract.control import JobView
from engineroom.contract.engines import BuildWish, ExportRequest, ExportView, SealedCheck, SealedView
from engineroom.contract.problems import ErrorEnvelope
from engineroom.gateway.control import token_check
from engineroom.gateway.parts import Parts
from engineroom.services.builds import Builds


def build_router(parts: Parts) -> APIRouter:
    """The routes, all behind the token."""
    problems: dict[int | str, dict[str, Any]] = {
        status: {"model": ErrorEnvelope} for status in (400, 401, 404, 409, 422, 503)
    }
    router = APIRouter(
        prefix="/control", tags=["engines"], dependencies=[Depends(token_check(parts.token))], responses=problems
    )
    builds = parts.builds

    @router.post("/builds", status_code=202)
    async def build(wish: BuildWish) -> JobView:
        """Build an engine, or go on with a build that was cut off: a job."""
        return await builds.build(parts.jobs, wish)

    _sealed(router, builds)
    return router


def _sealed(router: APIRouter, builds: Builds) -> None:
    @router.get("/sealed")
    async def sealed() -> tuple[SealedView, ...]:
        """Every engine that was sealed, and what is no longer as it was then."""
        return await builds.views()

    @router.get("/sealed/{engine}")
    async def one(engine: str) -> SealedView:
        """One of them."""
        return await builds.view(engine)

    @router.post("/sealed/{engine}/verify")
    async def verify(engine: str) -> SealedCheck:
        """Read every file of it and of the model it serves again."""
        wrong = await builds.verify(engine)
        return SealedCheck(engine=engine, ok=not wrong, wrong=wrong)

    @router.post("/sealed/{engine}/export")
    async def export(engine: str, request: ExportRequest) -> ExportView:
        """Write it as a tar file."""
        return ExportView(path=request.path, size_bytes=await builds.export(engine, request.path))

    @router.delete("/sealed/{engine}")
    async def remove(engine: str, *, force: bool = False) -> SealedView:
        """Remove it; with ``force`` even while it runs: it is stopped first."""
        return await builds.remove(engine, even_if_used=force)
