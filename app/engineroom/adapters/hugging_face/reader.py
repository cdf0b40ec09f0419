"""The Hub as the use cases see it: search, listings pinned to a commit, model cards. Nothing here downloads a model."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from engineroom.adapters.hugging_face.cards import read_card
from engineroom.adapters.hugging_face.page_cache import PageCache
from engineroom.adapters.hugging_face.ranges import MOST_CARD_BYTES, Ranges
from engineroom.adapters.hugging_face.session import Call, calling, library, understanding
from engineroom.domain.errors import Code, EngineroomError, Rejected
from engineroom.domain.model_card.readme import MOST_BYTES
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.pull.names import check_repo, is_commit, is_revision
from engineroom.domain.pull.outgoing import Outgoing, Purpose
from engineroom.domain.pull.refusals import Asking
from engineroom.domain.pull.search import MOST_HITS, HubHit, HubPage, HubQuery, Sort
from engineroom.domain.pull.values import RepoFile, RepoListing

_SORTS = {Sort.TRENDING: "trendingScore", Sort.DOWNLOADS: "downloads", Sort.LIKES: "likes",
          Sort.MODIFIED: "lastModified", Sort.CREATED: "createdAt"}  # fmt: skip
_EXPANDED = ("author", "downloads", "gated", "lastModified", "library_name", "likes", "pipeline_tag", "safetensors",
             "sha", "tags", "gguf")  # fmt: skip
_TIMEOUT_S = 20.0
_CANNOT_BE_ASKED = frozenset({Code.HUB_OFFLINE, Code.HUB_UNREACHABLE, Code.HUB_FAILED, Code.RATE_LIMITED})
_Answer = TypeVar("_Answer")


class HubReader:
    """Asks the Hub, in threads of its own, at most ``at_once`` questions at a time.

    Args:
        on_sent: told of every request, from any thread.
        offline: whether the user has switched the network off; asked before every request. ``HF_HUB_OFFLINE`` counts
            besides.
        token: the user's token; where it gives ``None`` the library looks for one itself (``HF_TOKEN``, its file).
        endpoint: base address; ``HF_ENDPOINT`` or the public Hub by default.
        at_once: threads.
        pages: where pages of searches are kept; ``None`` keeps none.
    """

    def __init__(
        self,
        *,
        on_sent: Callable[[Outgoing], None],
        offline: Callable[[], bool] = lambda: False,
        token: Callable[[], str | None] = lambda: None,
        endpoint: str | None = None,
        at_once: int = 4,
        pages: PageCache | None = None,
    ) -> None:
        self._on_sent, self._offline, self._token, self._endpoint = on_sent, offline, token, endpoint
        self._pages = pages
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="hub")

    def close(self) -> None:
        """Begin no more; what is being asked ends within its timeout."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def search(self, query: HubQuery) -> HubPage:
        """A page of hits. Cancelling gives up a search that has not begun, and the answer of one that has.

        Raises:
            Rejected: ``hub_offline``, ``hub_token_refused``.
            Broken: ``hub_unreachable``, ``hub_failed``, ``hub_answer``, ``rate_limited`` (with ``retry_after_s``).
        """
        return await self._threaded(self._search, query)

    async def listing(self, repo: str, revision: str | None = None) -> RepoListing:
        """Files, sizes, hashes, licence and gate of one revision, pinned to its commit.

        Raises:
            Rejected: ``repo_name``, ``repo_not_found``, ``revision_not_found``, and those of :meth:`search`.
            Broken: as :meth:`search`.
        """
        return await self._threaded(self._listing, repo, revision)

    async def check_access(self, listing: RepoListing) -> None:
        """Whether this token may fetch the files.

        Raises:
            Rejected: ``gated_no_token``, ``gated_terms`` or ``gated_waiting``, and those of :meth:`listing`.
            Broken: as :meth:`search`.
        """
        await self._threaded(self._check_access, listing)

    async def model_card(self, repo: str, revision: str | None = None, variant: str | None = None) -> ModelCard:
        """The card of a repository from its metadata, configuration and headers: 8 MiB at most, usually far less.

        ``variant`` chooses among several sets of weights, as in :func:`engineroom.domain.pull.choose.make_plan`.

        Raises:
            Rejected: those of :meth:`listing` and :meth:`check_access`; ``no_weights``, ``weights_ambiguous``,
                ``repo_file_missing``, ``model_config_broken`` and others of broken headers.
            Broken: as :meth:`search`.
        """
        return await self._threaded(lambda: self._card_of(self._listing(repo, revision), variant))

    async def card_of(self, listing: RepoListing, *, variant: str | None = None) -> ModelCard:
        """The card of a listing that is known already. Raises as :meth:`model_card`."""
        return await self._threaded(self._card_of, listing, variant)

    async def readme(self, repo: str, revision: str | None = None) -> str | None:
        """The first MiB of a repository's README, ``None`` where it has none. Raises as :meth:`listing`."""
        return await self._threaded(self._readme, repo, revision)

    async def _threaded(self, function: Callable[..., _Answer], *arguments: object) -> _Answer:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, copy_context().run, function, *arguments)

    def _search(self, query: HubQuery) -> HubPage:
        """From the pages kept where they are fresh, or where the Hub cannot be asked."""
        pages = self._pages
        if pages is None:
            return self._asked(query)
        if (fresh := pages.fresh(query)) is not None:
            return fresh
        try:
            return pages.put(query, self._asked(query))
        except EngineroomError as error:
            kept = pages.kept(query) if error.code in _CANNOT_BE_ASKED else None
            if kept is None:
                raise
            return kept

    def _asked(self, query: HubQuery) -> HubPage:
        hub = library()
        call = self._call(Purpose.SEARCH, repo=query.text or "")
        with calling(call), understanding(call.asking.host):
            answer = hub.get_session().get(
                f"{self._base()}/api/models", params=_parameters(query), headers=self._headers(), timeout=_TIMEOUT_S
            )
            hub.utils.hf_raise_for_status(answer)
            rows = [row for row in answer.json() if isinstance(row, dict) and isinstance(row.get("id"), str)]
            following = parse_qs(urlsplit(answer.links.get("next", {}).get("url", "")).query).get("cursor", [None])[0]
            return HubPage(hits=tuple(map(_hit, rows)), next=following)

    def _listing(self, repo: str, revision: str | None) -> RepoListing:
        check_repo(repo)
        if revision is not None and not is_revision(revision):
            raise Rejected(Code.REVISION_NOT_FOUND, repo=repo, revision=revision)
        hub = library()
        call = self._call(Purpose.MODEL_INFO, repo=repo, revision=revision or "main")
        with calling(call), understanding(call.asking.host):
            api = hub.HfApi(endpoint=self._base(), token=self._token(), library_name="engineroom")
            info = api.model_info(repo, revision=revision, files_metadata=True, timeout=_TIMEOUT_S)
            return _listed(info, repo, revision, self._base())

    def _check_access(self, listing: RepoListing) -> None:
        if listing.gated is False:
            return
        hub = library()
        with calling(self._call(Purpose.ACCESS, repo=listing.repo, revision=listing.revision)):
            hub.HfApi(endpoint=self._base(), token=self._token()).auth_check(listing.repo)

    def _card_of(self, listing: RepoListing, variant: str | None) -> ModelCard:
        hub = library()
        with calling(self._call(Purpose.MODEL_HEADER, repo=listing.repo, revision=listing.revision)):
            ranges = Ranges(listing, hub.get_session, self._headers(), MOST_CARD_BYTES)
            return read_card(listing, ranges, variant)

    def _readme(self, repo: str, revision: str | None) -> str | None:
        listing = self._listing(repo, revision)
        file = listing.file("README.md")
        if file is None:
            return None
        with calling(self._call(Purpose.MODEL_INFO, repo=repo, revision=listing.revision)):
            ranges = Ranges(listing, library().get_session, self._headers(), MOST_BYTES)
            return ranges.part(file, 0, MOST_BYTES).decode("utf-8", "replace")

    def _base(self) -> str:
        return (self._endpoint or str(library().constants.ENDPOINT)).rstrip("/")

    def _headers(self) -> dict[str, str]:
        headers: dict[str, str] = library().utils.build_hf_headers(token=self._token(), library_name="engineroom")
        return headers

    def _call(self, purpose: Purpose, *, repo: str, revision: str = "main") -> Call:
        base = self._base()
        asking = Asking(
            endpoint=base,
            host=urlsplit(base).hostname or base,
            repo=repo,
            revision=revision,
            path="",
            has_token=False,
        )
        call = Call(purpose=Purpose.ACCESS, asking=asking, offline=self._offline, on_sent=self._on_sent)
        with calling(call):  # a token of the library's own may have to be renewed first
            has_token = "authorization" in self._headers()
        return replace(call, purpose=purpose, asking=replace(asking, has_token=has_token))


def _parameters(query: HubQuery) -> dict[str, Any]:
    sizes = [f"{name}:{count}" for name, count in (("min", query.parameters_least), ("max", query.parameters_most))
             if count is not None]  # fmt: skip
    wanted: dict[str, Any] = {
        "search": query.text,
        "author": query.author,
        "pipeline_tag": query.task,
        "filter": query.format,
        "gated": None if query.gated is None else str(query.gated).lower(),
        "num_parameters": ",".join(sizes),
        "sort": _SORTS[query.sort],
        "limit": max(1, min(query.limit, MOST_HITS)),
        "cursor": query.cursor,
        "expand": list(_EXPANDED),
    }
    return {name: value for name, value in wanted.items() if value is not None and value != ""}


def _hit(row: dict[str, Any]) -> HubHit:
    tags = tuple(tag for tag in row.get("tags") or () if isinstance(tag, str))
    counted = (row.get("safetensors") or {}).get("total") or (row.get("gguf") or {}).get("total")
    return HubHit(
        repo=row["id"],
        revision=row.get("sha"),
        task=row.get("pipeline_tag"),
        library=row.get("library_name"),
        tags=tags,
        downloads=_count(row.get("downloads")),
        likes=_count(row.get("likes")),
        parameters=_count(counted),
        licence=_licence(tags, None),
        gated=_gated(row.get("gated")),
        modified_at=row.get("lastModified"),
    )


def _listed(info: Any, repo: str, revision: str | None, endpoint: str) -> RepoListing:
    if not isinstance(info.sha, str) or not is_commit(info.sha):
        raise ValueError("no commit")
    ref = None if revision is not None and info.sha.startswith(revision) else revision or "main"
    files = tuple(
        RepoFile(
            path=one.rfilename,
            size_bytes=int(one.size if one.lfs is None else one.lfs.size),
            blob_id=one.blob_id,
            sha256=None if one.lfs is None else one.lfs.sha256,
        )
        for one in info.siblings or ()
    )
    tags = tuple(info.tags or ())
    said = getattr(info.card_data, "license_name", None) or getattr(info.card_data, "license", None)
    return RepoListing(
        repo=repo,
        revision=info.sha,
        ref=ref,
        files=files,
        endpoint=endpoint,
        gated=_gated(info.gated),
        licence=_licence(tags, said),
        tags=tags,
    )


def _licence(tags: tuple[str, ...], said: object) -> str | None:
    tagged = next((tag.removeprefix("license:") for tag in tags if tag.startswith("license:")), None)
    named = said if isinstance(said, str) else None
    return (named or tagged) if tagged in {None, "other"} else tagged


def _gated(said: object) -> bool | None:
    return said if isinstance(said, bool) else True if isinstance(said, str) and said else None


def _count(said: object) -> int | None:
    return said if type(said) is int and said >= 0 else None
