"""Pulls: a model judged before the first byte, then fetched by a worker as a job."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.job import JobKind, JobView
from engineroom.domain.pull.choose import has_remote_code, make_plan, variants, weight_files
from engineroom.domain.pull.names import check_repo
from engineroom.domain.pull.outgoing import Outgoing, Purpose
from engineroom.domain.pull.preview import PullPreview
from engineroom.domain.pull.values import PullPlan, RepoListing
from engineroom.services.jobs import Jobs, WorkerCall

AT_ONCE = 2


class HubSide(Protocol):
    """What a pull asks of the Hub. Raises EngineroomError."""

    async def listing(self, repo: str, revision: str | None = None) -> RepoListing:
        """Files of one revision, pinned to its commit."""

    async def check_access(self, listing: RepoListing) -> None:
        """Whether this user may fetch them."""


class Desk(Protocol):
    """What pulls keep on disk."""

    def path(self, job: str) -> str:
        """Where a job's plan lies."""

    def kept(self, job: str) -> PullPlan | None:
        """The plan of an earlier start."""

    def keep(self, job: str, plan: PullPlan) -> None:
        """Write a plan down."""

    def drop(self, job: str) -> None:
        """Forget a plan."""

    def sweep(self, plan: PullPlan) -> int:
        """Remove what is half done."""

    def missing_bytes(self, plan: PullPlan) -> int:
        """What is not here yet."""

    def free_bytes(self) -> int | None:
        """Room on the disk."""

    def cache(self) -> str:
        """Where models lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PullOptions:
    """How workers fetch. ``bytes_per_s`` limits each; ``offline`` forbids to go out; ``token`` opens gated ones."""

    bytes_per_s: int | None = None
    streams: int = 4
    offline: bool = False
    token: str | None = None


class Pulls:
    """Handler of the pull jobs.

    Args:
        options: as the settings are now.
        arrived: called when a model is whole.
        told: of each outgoing request of a worker.
    """

    at_once = AT_ONCE

    def __init__(
        self,
        *,
        hub_side: HubSide,
        desk: Desk,
        options: Callable[[], PullOptions],
        arrived: Callable[[], Awaitable[object]],
        told: Callable[[Outgoing], None],
    ) -> None:
        self._hub = hub_side
        self._desk = desk
        self._options = options
        self._arrived = arrived
        self._told = told

    async def preview(self, repo: str, revision: str | None = None, variant: str | None = None) -> PullPreview:
        """What would be fetched. Raises EngineroomError."""
        listing = await self._hub.listing(check_repo(repo), revision)
        code = has_remote_code(listing)
        choices = variants(listing)
        plan = None
        if variant is not None or len(choices) <= 1:
            plan = make_plan(listing, variant=variant, remote_code_for=listing.revision)
        return PullPreview(
            repo=listing.repo,
            revision=listing.revision,
            licence=listing.licence,
            gated=listing.gated,
            page=listing.page,
            remote_code=code,
            choices=choices,
            choice_bytes=tuple(_set_bytes(listing, name) for name in choices),
            files=() if plan is None else tuple(file.path for file in plan.files),
            total_bytes=None if plan is None else plan.total_bytes,
            fetch_bytes=None if plan is None else self._desk.missing_bytes(plan),
            free_bytes=self._desk.free_bytes(),
        )

    def room(self) -> tuple[str, int | None]:
        """Where models lie, and the bytes that are free there. May block."""
        return self._desk.cache(), self._desk.free_bytes()

    async def submit(
        self, jobs: Jobs, repo: str, revision: str | None, variant: str | None, *, allow_code: bool
    ) -> JobView:
        """Queue a pull of what the revision is now, after every check that needs no byte. Raises EngineroomError."""
        listing = await self._hub.listing(check_repo(repo), revision)
        await self._hub.check_access(listing)
        plan = make_plan(listing, variant=variant, remote_code_for=listing.revision if allow_code else None)
        self._check_room(plan)
        subject = f"{plan.repo}:{variant}" if variant else plan.repo
        arguments = {
            "repo": plan.repo,
            "revision": plan.revision,
            "ref": plan.ref,
            "variant": variant,
            "allow_code": allow_code,
            "total_bytes": plan.total_bytes,
        }
        return jobs.submit(JobKind.PULL, subject, arguments)

    async def prepare(self, job: JobView) -> WorkerCall:
        """The worker's command line. The list of files is written down once, so that a resumed pull asks nobody."""
        # A keyring may keep one waiting.
        options = await asyncio.to_thread(self._options)
        if options.offline:
            raise Rejected(Code.HUB_OFFLINE, host="the Hub")
        if self._desk.kept(job.id) is None:
            self._desk.keep(job.id, await self._plan(job))
        limits = () if options.bytes_per_s is None else (f"--bytes-per-s={options.bytes_per_s}",)
        environment = {} if options.token is None else {"HF_TOKEN": options.token}
        return WorkerCall(
            arguments=("pull", f"--plan={self._desk.path(job.id)}", f"--streams={options.streams}", *limits),
            environment=environment,
        )

    def heard(self, job: JobView, said: dict[str, Any]) -> None:  # noqa: ARG002
        """The worker's outgoing requests go into the outbound ledger."""
        match said:
            case {"event": "request", "host": str(host), "received_bytes": int(received), "sent_unix_s": sent}:
                status = said.get("status")
                self._told(
                    Outgoing(
                        host=host,
                        purpose=Purpose.MODEL_FILE,
                        status=status if isinstance(status, int) else None,
                        received_bytes=received,
                        sent_unix_s=float(sent),
                    )
                )

    async def finished(self, job: JobView) -> None:
        """The model is whole."""
        self._desk.drop(job.id)
        await self._arrived()

    async def discarded(self, job: JobView) -> None:
        """What is half done goes."""
        plan = self._desk.kept(job.id)
        if plan is not None:
            self._desk.sweep(plan)
        self._desk.drop(job.id)

    async def _plan(self, job: JobView) -> PullPlan:
        asked = job.arguments
        listing = await self._hub.listing(str(asked["repo"]), str(asked["revision"]))
        plan = make_plan(
            listing,
            variant=None if asked.get("variant") is None else str(asked["variant"]),
            remote_code_for=listing.revision if asked.get("allow_code") else None,
        )
        ref = asked.get("ref")
        return PullPlan(
            repo=plan.repo,
            revision=plan.revision,
            ref=None if ref is None else str(ref),
            endpoint=plan.endpoint,
            files=plan.files,
        )

    def _check_room(self, plan: PullPlan) -> None:
        free, needs = self._desk.free_bytes(), self._desk.missing_bytes(plan)
        if free is not None and needs > free:
            raise Broken(Code.DISK_TOO_SMALL, path=self._desk.cache(), needs_bytes=needs, free_bytes=free)


def _set_bytes(listing: RepoListing, name: str) -> int | None:
    """What a set of weights takes; ``None`` where it is not whole."""
    try:
        return sum(file.size_bytes for file in weight_files(listing, name))
    except Rejected:
        return None
