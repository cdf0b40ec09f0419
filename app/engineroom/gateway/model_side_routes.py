"""``/control/library``, ``/control/hub`` and ``/control/outbound``: having models and getting them."""

import asyncio

from fastapi import APIRouter, Depends
from starlette.responses import Response

from engineroom.contract.control import JobView
from engineroom.contract.models import (
    ExportRequest,
    HubAccount,
    HubPage,
    HubQuery,
    ImportRequest,
    LibraryEntry,
    ModelReadme,
    Outgoing,
    PullPreview,
    PullRequest,
    Removed,
    TokenRequest,
)
from engineroom.domain.model_card.readme import plain_readme
from engineroom.domain.pull.names import parse_reference
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.control import token_check
from engineroom.gateway.description import refusals
from engineroom.gateway.parts import Parts
from engineroom.gateway.whole import whole

MOST_ROWS = 2000


def model_side_router(parts: Parts) -> APIRouter:
    """The routes, all behind the token."""
    problems = refusals(400, 401, 403, 404, 409, 503)
    router = contract_router(
        prefix="/control", tags=["models"], dependencies=[Depends(token_check(parts.token))], responses=problems
    )
    _library(router, parts)
    _hub(router, parts)
    _readmes(router, parts)
    _account(router, parts)

    @router.get("/outbound")
    async def outbound(tail: int = 200) -> tuple[Outgoing, ...]:
        """What left this machine since the daemon started, oldest first."""
        return parts.models.outbound.tail(min(tail, MOST_ROWS))

    return router


def _library(router: APIRouter, parts: Parts) -> None:
    side = parts.models

    @router.get("/library", response_model=tuple[LibraryEntry, ...])
    async def library(*, look: bool = True) -> Response:
        """What is here; with ``look`` the disk is looked at first."""
        return whole(await side.library.refresh() if look else side.library.entries())

    @router.post("/library/import")
    async def import_model(request: ImportRequest) -> tuple[LibraryEntry, ...]:
        """Offer a GGUF file, or those of a folder, where they lie; what is new."""
        return await side.library.add(request.path)

    @router.post("/library/import-bundle", status_code=202)
    async def import_bundle(request: ImportRequest) -> JobView:
        """Take in the bundle at ``path``, a folder or a tar file: a job. Nothing is visible before all is verified."""
        return side.imports.submit(parts.jobs, request.path)

    @router.post("/library/export", status_code=202)
    async def export(request: ExportRequest) -> JobView:
        """Write models of the Hub and their hashes to a bundle: a job."""
        return side.exports.submit(parts.jobs, request.models, request.path)

    @router.post("/library/{model:path}/verify", status_code=202)
    async def verify(model: str) -> JobView:
        """Check every file of a model against its hash: a job."""
        return side.verifies.submit(parts.jobs, model)

    @router.delete("/library/{model:path}")
    async def remove(model: str, *, force: bool = False) -> Removed:
        """Remove a model; with ``force`` even while an engine uses it, which is stopped first."""
        return await side.library.remove(model, even_if_used=force)


def _hub(router: APIRouter, parts: Parts) -> None:
    side = parts.models

    @router.post("/hub/search")
    async def search(query: HubQuery) -> HubPage:
        """A page of repositories. A client that leaves gives its search up."""
        return await side.hub.search(query)

    @router.post("/hub/look")
    async def look(request: PullRequest) -> PullPreview:
        """What a pull would fetch, and what it would need, before its first byte."""
        repo, revision = parse_reference(request.repo)
        return await side.pulls.preview(repo, request.revision or revision, request.variant)

    @router.post("/hub/pull", status_code=202)
    async def pull(request: PullRequest) -> JobView:
        """Fetch a model: a job that can be paused, and goes on after anything."""
        repo, revision = parse_reference(request.repo)
        return await side.pulls.submit(
            parts.jobs, repo, request.revision or revision, request.variant, allow_code=request.allow_code
        )


def _readmes(router: APIRouter, parts: Parts) -> None:
    side = parts.models

    async def told(text: str | None, repo: str | None, revision: str | None) -> ModelReadme:
        page = None if repo is None else f"{side.endpoint}/{repo}/blob/{revision or 'main'}/"
        return ModelReadme(text=None if text is None else await asyncio.to_thread(plain_readme, text), page=page)

    @router.get("/hub/readme")
    async def of_hub(repo: str, revision: str | None = None) -> ModelReadme:
        """What its authors say of a repository, the first MiB of it."""
        name, named = parse_reference(repo)
        return await told(await side.hub.readme(name, revision or named), name, revision or named)

    @router.get("/library/readme")
    async def of_library(model: str) -> ModelReadme:
        """What came with a model that is here; nobody is asked."""
        entry = side.library.entry(model)
        text = await asyncio.to_thread(side.readme_near, entry.path)
        return await told(text, entry.repo, entry.revision)


def _account(router: APIRouter, parts: Parts) -> None:
    side = parts.models

    async def account() -> HubAccount:
        place = await asyncio.to_thread(side.vault.place)
        cache, free = await asyncio.to_thread(side.pulls.room)
        return HubAccount(
            endpoint=side.endpoint,
            offline=side.offline,
            token_place=None if place is None else str(place),
            cache_path=cache,
            free_bytes=free,
        )

    @router.get("/hub/account")
    async def who() -> HubAccount:
        """Which Hub is asked, and where the token lies, if there is one."""
        return await account()

    @router.put("/hub/account")
    async def put(request: TokenRequest) -> HubAccount:
        """Store a token in the keyring, or in a file where there is none."""
        await asyncio.to_thread(side.vault.put, request.token)
        return await account()

    @router.delete("/hub/account")
    async def drop() -> HubAccount:
        """Forget the token stored here."""
        await asyncio.to_thread(side.vault.drop)
        return await account()
