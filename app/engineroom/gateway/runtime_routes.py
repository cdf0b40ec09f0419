"""``/control/runtimes``: what can serve, installing it, and judging it. Progress comes as ``job`` events."""

from fastapi import APIRouter, Depends

from engineroom.contract.control import JobView
from engineroom.contract.runtime_sentences import finding_words
from engineroom.contract.runtimes import (
    AttachRequest,
    GateRequest,
    InstallRequest,
    RuntimeKind,
    RuntimeLook,
    RuntimeView,
)
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.control import token_check
from engineroom.gateway.description import refusals
from engineroom.gateway.parts import Parts


def runtime_router(parts: Parts) -> APIRouter:
    """The routes, all behind the token."""
    problems = refusals(400, 401, 404, 409, 422, 503)
    router = contract_router(
        prefix="/control/runtimes",
        tags=["runtimes"],
        dependencies=[Depends(token_check(parts.token))],
        responses=problems,
    )

    @router.get("")
    async def runtimes() -> tuple[RuntimeView, ...]:
        """What is here, the default first; attached ones are asked."""
        return await parts.runtimes.views()

    @router.get("/look")
    async def look(version: str | None = None, kind: RuntimeKind | None = None) -> tuple[RuntimeLook, ...]:
        """What an installation would find here, and what to do about it."""
        return tuple(
            RuntimeLook(
                kind=one.kind,
                version=one.version,
                blocked=one.blocked,
                findings=one.findings,
                words=tuple(" ".join(filter(None, finding_words(finding))) for finding in one.findings),
            )
            for one in await parts.runtimes.diagnose(version, kind)
        )

    _wishes(router, parts)
    return router


def _wishes(router: APIRouter, parts: Parts) -> None:
    runtimes = parts.runtimes

    @router.post("/install", status_code=202)
    async def install(request: InstallRequest) -> JobView:
        """Install one, or go on with one that was cut off: a job. Its gate follows."""
        return await runtimes.install(parts.jobs, version=request.version, kind=request.kind, model=request.model)

    @router.post("/attach")
    async def attach(request: AttachRequest) -> RuntimeView:
        """Remember somebody else's server; it is asked for its models first."""
        return await runtimes.attach(request.address)

    @router.post("/{runtime}/gate", status_code=202)
    async def gate(runtime: str, request: GateRequest) -> JobView:
        """Try an installed one out: a job. It becomes the default if it passes."""
        return await runtimes.gate(parts.jobs, runtime, request.model)

    @router.post("/{runtime}/reinstall", status_code=202)
    async def reinstall(runtime: str, request: GateRequest) -> JobView:
        """Install one anew beside itself: a job. It is replaced when the new one has passed its gate."""
        return await runtimes.reinstall(parts.jobs, runtime, request.model)

    @router.post("/{runtime}/use")
    async def use(runtime: str) -> RuntimeView:
        """Make one the default whose gate it passed."""
        return await runtimes.use(runtime)

    @router.delete("/{runtime}")
    async def remove(runtime: str, *, force: bool = False) -> RuntimeView:
        """Remove one; with ``force`` even while engines use it, which are stopped first."""
        return await runtimes.remove(parts.jobs, runtime, even_if_used=force)
