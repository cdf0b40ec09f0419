"""Plans under ``/control``: what fits a card, how fast it will be, and why."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from engineroom.contract.control import CatalogueRow, CheckpointRow, PlanRequest
from engineroom.domain.planning.plan import plan_json
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.control import token_check
from engineroom.gateway.description import refusals
from engineroom.gateway.parts import Parts


def plan_router(parts: Parts) -> APIRouter:
    """The routes, all behind the token. Planning reads files, so it happens beside the loop.

    A daemon that has just begun answers once its cards are known, and not before that there are none.
    """
    router = contract_router(
        prefix="/control",
        tags=["plan"],
        dependencies=[Depends(token_check(parts.token)), Depends(parts.cards.first_account)],
        responses=refusals(400, 401, 404, 422),
    )

    async def answer(request: PlanRequest) -> dict[str, Any]:
        return plan_json(await asyncio.to_thread(lambda: parts.plans().plan(request)))

    @router.get("/plan")
    async def ask(request: Annotated[PlanRequest, Depends()]) -> dict[str, Any]:
        """What would be served of a model on a card, on what bill and at what speed; all figures are estimates."""
        return await answer(request)

    @router.post("/plan")
    async def post(request: PlanRequest) -> dict[str, Any]:
        """The same, for questions with paths and names that a URL does not like."""
        return await answer(request)

    @router.get("/plan/catalogue")
    async def catalogue(request: Annotated[PlanRequest, Depends()], use: str | None = None) -> tuple[CatalogueRow, ...]:
        """The recommended models for one card, the most promising first; ``model`` is not looked at."""
        return await asyncio.to_thread(lambda: parts.plans().rank(request, use=use))

    @router.get("/plan/checkpoints")
    async def checkpoints(request: Annotated[PlanRequest, Depends()]) -> tuple[CheckpointRow, ...]:
        """The ways a model of the catalogue is published, each for one card; the Hub is not asked."""
        return await asyncio.to_thread(lambda: parts.plans().checkpoints(request))

    return router
