"""``/control/doctor`` and ``/control/orphans``: why engines failed, what they left, and what to do about it."""

from fastapi import APIRouter, Depends

from engineroom.contract.control import EngineView
from engineroom.contract.doctor import EndRequest, EngineFinding, FixRequest, FixResult, Orphan
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.control import token_check
from engineroom.gateway.description import refusals
from engineroom.gateway.parts import Parts
from engineroom.services.fix_offers import Consent


def doctor_router(parts: Parts) -> APIRouter:
    """The routes, all behind the token."""
    problems = refusals(401, 404, 409, 422, 503)
    router = contract_router(
        prefix="/control", tags=["doctor"], dependencies=[Depends(token_check(parts.token))], responses=problems
    )
    doctor = parts.doctor

    @router.get("/doctor")
    async def findings() -> tuple[EngineFinding, ...]:
        """What was found of every engine that failed and has not been ready since, newest first."""
        return await doctor.findings()

    @router.post("/doctor/{engine:path}/fix")
    async def fix(engine: str, request: FixRequest) -> FixResult:
        """Do what the doctor offers, or say what that would do. What a person has to do is refused with its command."""
        consent = Consent(accept=request.accept, end=request.end)
        return await doctor.apply(engine, request.fix, dry_run=request.dry_run, consent=consent)

    @router.delete("/doctor/{engine:path}/repairs")
    async def undo(engine: str) -> EngineView:
        """Forget what fixes have changed of an engine; it is stopped if it runs."""
        return await doctor.undo(engine)

    @router.get("/doctor/{engine:path}")
    async def finding(engine: str) -> EngineFinding:
        """What was found of one engine."""
        return await doctor.finding(engine)

    _orphans(router, parts)
    return router


def _orphans(router: APIRouter, parts: Parts) -> None:
    @router.get("/orphans")
    async def listed() -> tuple[Orphan, ...]:
        """Processes that look like an engine's and belong to none that runs here."""
        return await parts.doctor.orphans.views()

    @router.post("/orphans/{pid}/end")
    async def end(pid: int, request: EndRequest) -> Orphan:
        """End one of them; refused if it is not that very process any more."""
        return await parts.doctor.orphans.end_one(pid, request.created_s)
