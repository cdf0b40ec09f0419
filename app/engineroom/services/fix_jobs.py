"""Fixes that are long work: each is tried on paper, started as the job that it is, and followed to its end."""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from engineroom.domain.details import together
from engineroom.domain.errors import Broken, Code, Problem, Rejected
from engineroom.domain.finding import FixBar
from engineroom.domain.fix_steps import FixStep, step
from engineroom.domain.job import FollowUp, FollowUpState, JobKind, JobState, JobView
from engineroom.domain.model import ModelSpec
from engineroom.domain.planning.values import Plan, Verdict
from engineroom.domain.reason import Reason
from engineroom.domain.runtimes.preflight import blocking
from engineroom.domain.runtimes.values import RuntimeKind, RuntimeView
from engineroom.domain.sealed.values import SealedEngine
from engineroom.domain.sealed.wish import BuildWish
from engineroom.domain.trtllm.fixes import FixAction
from engineroom.services.builds import Builds
from engineroom.services.fix_offers import MAKES_ANOTHER, Patient
from engineroom.services.fix_prospects import Prospect
from engineroom.services.jobs import Jobs
from engineroom.services.model_side import ModelSide
from engineroom.services.runtimes import Runtimes

_POLL_S, _IDLE_POLL_S = 0.2, 2.0
_OVER = frozenset({JobState.DONE, JobState.CANCELLED})
_INSTALLS = frozenset({FixAction.REINSTALL_RUNTIME, FixAction.PULL_IMAGE, FixAction.UPDATE_RUNTIME})


class FixJobs:
    """Does what :data:`.fix_offers.JOB_FIXES` and :data:`.fix_offers.MAKES_ANOTHER` name."""

    def __init__(self, *, jobs: Jobs, runtimes: Runtimes, builds: Builds, models: ModelSide) -> None:
        self._jobs = jobs
        self._runtimes = runtimes
        self._builds = builds
        self._models = models

    async def prospects(
        self, spec: ModelSpec, sealed: SealedEngine | None, problem: Problem, actions: Sequence[FixAction]
    ) -> Mapping[FixAction, Prospect | FixBar]:
        """What could be made instead of an engine, or why not; only of actions that make something."""

        def look() -> dict[FixAction, Prospect | FixBar]:
            told = {one: self._builds.prospects.of(spec, sealed, problem, one) for one in actions}
            return {action: found for action, found in told.items() if found is not None}

        return await asyncio.to_thread(look) if MAKES_ANOTHER.intersection(actions) else {}

    async def paper(self, patient: Patient, action: FixAction) -> tuple[Reason, ...]:
        """What would come of it, a line each; nothing is done. Raises EngineroomError where it would be refused."""
        prospect = patient.prospects.get(action)
        if isinstance(prospect, Prospect):
            if prospect.wish is not None:
                return await self._planned(prospect.wish, patient.spec.id)
            return await self._previewed(prospect.repo or "", None, prospect.variant)
        if action is FixAction.FETCH_AGAIN:
            return await self._previewed(*self._source(patient))
        if action in _INSTALLS and patient.sealed is not None:
            return await self._installable(await self._runtimes.view(patient.sealed.runtime), action)
        return ()

    async def start(self, patient: Patient, action: FixAction, *, accept: bool) -> JobView:
        """Queue it. Raises EngineroomError as the job's own service does."""
        prospect, sealed = patient.prospects.get(action), patient.sealed
        if isinstance(prospect, Prospect):
            return await self._make(prospect, accept=accept)
        if action is FixAction.FETCH_AGAIN or sealed is None:
            return await self._models.pulls.submit(self._jobs, *self._source(patient), allow_code=False)
        match action:
            case FixAction.PROBE_AGAIN:
                return await self._runtimes.gate(self._jobs, sealed.runtime)
            case FixAction.UPDATE_RUNTIME:
                return await self._runtimes.update(self._jobs, sealed.runtime)
        return await self._runtimes.reinstall(self._jobs, sealed.runtime)

    def promise(self, job: str, follow_up: FollowUp) -> None:
        """Keep with the job what is to follow, or what came of that. Nothing for a job that was cleared away."""
        with contextlib.suppress(Rejected):
            self._jobs.follow(job, follow_up)

    def promised(self) -> tuple[JobView, ...]:
        """Jobs that something follows or followed, oldest first."""
        return tuple(job for job in self._jobs.views() if job.follow_up is not None)

    async def after(self, job: str, sealed: SealedEngine | None, follow_up: FollowUp) -> str | None:
        """Wait for its end, and for what follows of it; the engine to start then, ``None`` where it did not go well.

        Raises:
            EngineroomError: what follows is refused.
        """
        ended = await self._end_of(job)
        if ended is None:
            return None
        if follow_up.fix == FixAction.UPDATE_RUNTIME and ended.kind is JobKind.INSTALL and sealed is not None:
            newer = str(ended.arguments["runtime"])
            wish = await asyncio.to_thread(self._builds.prospects.again, sealed, newer)
            made = await self._builds.build(self._jobs, _accepted(wish, accept=follow_up.accept))
            self.promise(made.id, follow_up)
            self.promise(job, replace(follow_up, state=FollowUpState.DONE))
            return await self.after(made.id, sealed, follow_up)
        return self._made(ended, follow_up)

    def _made(self, ended: JobView, follow_up: FollowUp) -> str | None:
        """The engine that a job has made or mended."""
        if ended.kind is JobKind.BUILD:
            return str(ended.arguments["engine"])
        if follow_up.fix not in MAKES_ANOTHER:
            return follow_up.engine
        repo, variant = ended.arguments["repo"], ended.arguments["variant"]
        entries = (one for one in self._models.library.entries() if one.repo == repo)
        return next((one.id for one in entries if variant is None or one.quantisation == variant), None)

    async def _end_of(self, job: str) -> JobView | None:
        """A job that ended well; ``None`` for one that was called off. One that failed may be gone on with."""
        while (now := self._jobs.job(job)).state not in _OVER:  # noqa: ASYNC110 (a job's end cannot be awaited)
            await asyncio.sleep(_POLL_S if now.active else _IDLE_POLL_S)
        return now if now.state is JobState.DONE else None

    async def _make(self, prospect: Prospect, *, accept: bool) -> JobView:
        if prospect.wish is not None:
            return await self._builds.build(self._jobs, _accepted(prospect.wish, accept=accept))
        repo, variant = prospect.repo or "", prospect.variant
        return await self._models.pulls.submit(self._jobs, repo, None, variant, allow_code=False)

    async def _planned(self, wish: BuildWish, old: str) -> tuple[Reason, ...]:
        draft = await self._builds.draft(_accepted(wish, accept=True))
        bill, room_bytes = draft.plan.bill, draft.plan.gpu_memory_bytes
        steps = [_of_plan(draft.plan)]
        if bill is not None and room_bytes is not None:
            steps.append(step(FixStep.MEMORY, total_bytes=bill.total_bytes, card_bytes=room_bytes))
        try:
            await self._builds.draft(_accepted(wish, accept=False))
        except Rejected as error:
            if error.code is not Code.BUILD_NEEDS_YES:
                raise
            steps.append(step(FixStep.NEEDS_YES, **error.problem.facts))
        return (*steps, step(FixStep.NEW_ENGINE, engine=draft.name, old=old))

    async def _previewed(self, repo: str, revision: str | None, variant: str | None) -> tuple[Reason, ...]:
        seen = await self._models.pulls.preview(repo, revision, variant)
        if seen.fetch_bytes is None:
            return ()
        if seen.free_bytes is None:
            return (step(FixStep.TO_FETCH, fetch_bytes=seen.fetch_bytes),)
        return (step(FixStep.TO_FETCH_AND_FREE, fetch_bytes=seen.fetch_bytes, free_bytes=seen.free_bytes),)

    async def _installable(self, view: RuntimeView, action: FixAction) -> tuple[Reason, ...]:
        version = None if action is FixAction.UPDATE_RUNTIME else view.version
        (found,) = await self._runtimes.diagnose(version, view.kind)
        if found.blocked:
            bad = blocking(found.findings)
            reasons = (Reason(code=one.code, facts=one.facts) for one in bad)
            told = together(reasons, ", ".join(one.code for one in bad))
            raise Broken(Code.RUNTIME_BLOCKED, runtime=view.id, **told)
        contained = found.kind is RuntimeKind.CONTAINER
        form = FixStep.INSTALLABLE_CONTAINER if contained else FixStep.INSTALLABLE_VENV
        return (step(form, version=found.version),)

    def _source(self, patient: Patient) -> tuple[str, str | None, str | None]:
        """The very revision and weights that lie here, as far as that is known."""
        spec, sealed = patient.spec, patient.sealed
        path = spec.path if sealed is None else sealed.model_path
        entry = next((one for one in self._models.library.entries() if one.path == path), None)
        repo, revision = (spec.source or spec.id, None) if sealed is None else (sealed.repo or "", sealed.revision)
        if entry is not None and entry.repo is not None:
            repo, revision = entry.repo, entry.revision
        return repo, revision, None if entry is None else entry.quantisation


_PLANNED = {Verdict.FITS: FixStep.PLANNED, Verdict.TIGHT: FixStep.PLANNED_TIGHT}


def _of_plan(plan: Plan) -> Reason:
    return step(
        _PLANNED.get(plan.verdict, FixStep.PLANNED_UNSURE),
        precision=plan.precision,
        context_tokens=plan.context_tokens,
        concurrency=plan.concurrency,
        gpus=plan.gpus,
        gpu=plan.gpu,
    )


def _accepted(wish: BuildWish, *, accept: bool) -> BuildWish:
    return replace(wish, accept=accept)
