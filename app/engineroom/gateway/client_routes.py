"""``/control/clients``: programs that can ask this engine room, and what to set in each."""

from fastapi import APIRouter, Depends

from engineroom.contract.connect import ClientGuide
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.control import token_check
from engineroom.gateway.description import refusals
from engineroom.gateway.parts import Parts


def client_router(parts: Parts) -> APIRouter:
    """The route, behind the token."""
    router = contract_router(
        prefix="/control/clients",
        tags=["clients"],
        dependencies=[Depends(token_check(parts.token))],
        responses=refusals(401),
    )

    @router.get("")
    async def clients() -> tuple[ClientGuide, ...]:
        """Every program that is known; its texts have names to fill in."""
        return parts.guides()

    return router
