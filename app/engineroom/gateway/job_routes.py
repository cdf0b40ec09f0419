"""``/control/jobs``: long work, watched, paused and ended. Progress comes as ``job`` events."""

from typing import Any

from fastapi import APIRouter, Depends

from engineroom.contract.control import JobView
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.control import token_check
from engineroom.gateway.description import refusals
from engineroom.gateway.parts import Parts


def job_router(parts: Parts) -> APIRouter:
    """The routes, all behind the token."""
    router = contract_router(
        prefix="/control/jobs",
        tags=["control"],
        dependencies=[Depends(token_check(parts.token))],
        responses=refusals(401),
    )
    unknown = refusals(404, 409)

    @router.get("")
    async def jobs() -> tuple[JobView, ...]:
        """All jobs, oldest first."""
        return parts.jobs.views()

    @router.post("/clear")
    async def clear() -> tuple[JobView, ...]:
        """Forget the jobs that have ended, and what failed ones have left half done; the rest."""
        await parts.jobs.clear()
        return parts.jobs.views()

    @router.get("/{job}", responses=unknown)
    async def job(job: str) -> JobView:
        """One job."""
        return parts.jobs.job(job)

    _wishes(router, parts, unknown)
    return router


def _wishes(router: APIRouter, parts: Parts, unknown: dict[int | str, dict[str, Any]]) -> None:
    @router.post("/{job}/pause", responses=unknown)
    async def pause(job: str) -> JobView:
        """Stop it and keep what it has; answers when its worker has ended."""
        return await parts.jobs.pause(job)

    @router.post("/{job}/resume", responses=unknown)
    async def resume(job: str) -> JobView:
        """Go on with a paused or failed one."""
        return parts.jobs.resume(job)

    @router.post("/{job}/cancel", responses=unknown)
    async def cancel(job: str) -> JobView:
        """End it for good and throw away what is half done."""
        return await parts.jobs.cancel(job)
