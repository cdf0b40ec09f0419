"""``/control/settings`` and ``/control/storage``: what may be set, and where things lie."""

import asyncio

from fastapi import APIRouter, Depends

from engineroom.contract.settings import SettingsChange, SettingsView, StorageView
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.control import token_check
from engineroom.gateway.description import refusals
from engineroom.gateway.parts import Parts


def settings_router(parts: Parts) -> APIRouter:
    """The routes, all behind the token."""
    problems = refusals(400, 401, 409)
    router = contract_router(
        prefix="/control", tags=["settings"], dependencies=[Depends(token_check(parts.token))], responses=problems
    )

    @router.get("/settings")
    async def settings() -> SettingsView:
        """All settings as they stand in the file, and which wait for a restart."""
        return await parts.settings.view()

    @router.patch("/settings")
    async def change(change: SettingsChange) -> SettingsView:
        """Write some of them: all or nothing. A file that is broken or was changed meanwhile is not touched."""
        return await parts.settings.change(change)

    @router.get("/storage")
    async def storage() -> StorageView:
        """Where models, engines, runtimes and logs lie, and how much they hold. Looks at every file."""
        return await asyncio.to_thread(parts.storage)

    return router
