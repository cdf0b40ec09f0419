"""The doctor at work: keeps what was found of each engine that failed, and does what is asked for about it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from engineroom.domain.details import Detail, because
from engineroom.domain.engine import EngineState, EngineView
from engineroom.domain.errors import Code, FactValue, Problem, Rejected
from engineroom.domain.finding import EngineFinding, FixBar, FixMode, FixResult, FixView
from engineroom.domain.fix_steps import FixStep, changed, step, worded
from engineroom.domain.job import FollowUp, JobView
from engineroom.domain.machine import Frame, GpuProcess
from engineroom.domain.model import ModelSpec
from engineroom.domain.reason import Reason
from engineroom.domain.repair import Repair, together
from engineroom.domain.sealed.values import SealedEngine
from engineroom.domain.trtllm.fixes import FixAction
from engineroom.services.doctor import Diagnosis, Found
from engineroom.services.engines import EngineRoom
from engineroom.services.fix_follow_ups import FollowUps, Promises
from engineroom.services.fix_offers import (
    MAKES_ANOTHER,
    NO_CONSENT,
    Consent,
    Patient,
    is_job,
    offers,
    repair_for,
    words_of,
)
from engineroom.services.fix_prospects import Prospect
from engineroom.services.orphans import Orphans
from engineroom.services.ports import Clock

_ASIDE = {EngineState.STOPPED, EngineState.FAILED}


class Repairs(Protocol):
    """Where repairs are kept, by engine."""

    def of(self, engine: str) -> Repair:
        """What holds; an empty one where nothing was repaired."""

    def save(self, engine: str, repair: Repair) -> None:
        """Keep this one. Raises Broken (``state_unwritable``)."""

    def forget(self, engine: str) -> None:
        """Keep none."""


class FixWork(Promises, Protocol):
    """Fixes that are jobs. Raises EngineroomError."""

    async def prospects(
        self, spec: ModelSpec, sealed: SealedEngine | None, problem: Problem, actions: Sequence[FixAction]
    ) -> Mapping[FixAction, Prospect | FixBar]:
        """What could be made instead of an engine, or why not."""

    async def paper(self, patient: Patient, action: FixAction) -> tuple[Reason, ...]:
        """What would come of it; nothing is done."""

    async def start(self, patient: Patient, action: FixAction, *, accept: bool) -> JobView:
        """Queue it."""


class Findings(Protocol):
    """Where findings are kept, by engine."""

    def load(self) -> dict[str, Found]:
        """All of them. May block."""

    def save(self, engine: str, found: Found) -> None:
        """Keep this one."""

    def forget(self, engine: str) -> None:
        """Keep none."""


class DoctorDesk:
    """What was found, newest of each engine, and the fixes.

    Args:
        sealed: the sealed engine of a model, ``None`` for one that was not built here. May block.
        frame: the newest telemetry frame.
        findings: where they are kept for the next engine room; those of the last one are taken up from there.
        orphans: what earlier lives left on the cards.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        repairs: Repairs,
        findings: Findings,
        sealed: Callable[[ModelSpec], SealedEngine | None],
        frame: Callable[[], Frame | None],
        orphans: Orphans | None = None,
    ) -> None:
        self.orphans = orphans or Orphans(find=lambda *_: (), kill=lambda _: True, frame=frame, running=frozenset)
        self._clock = clock
        self._repairs = repairs
        self._sealed = sealed
        self._frame = frame
        self._findings = findings
        self._records = findings.load()
        self._engines: EngineRoom | None = None
        self._work: FixWork | None = None
        self.log: Callable[[str, str], None] = lambda *_: None
        self.follow_ups = FollowUps(engines=self._room, sealed=sealed, log=self._say)

    def employ(self, work: FixWork) -> None:
        """Who does the long work."""
        self._work = work
        self.follow_ups.employ(work)

    def attend(self, engines: EngineRoom) -> None:
        """The engines it is the doctor of."""
        self._engines = engines

    def failed(self, engine: str, diagnosis: Diagnosis, lines: tuple[str, ...]) -> None:
        """An engine does not run, and should."""
        self._records[engine] = found = Found(diagnosis=diagnosis, lines=lines, at_s=self._clock.unix_s())
        self._findings.save(engine, found)

    def seen(self, view: EngineView) -> None:
        """An engine has changed: one that is ready again needs no doctor."""
        if view.state is EngineState.READY and self._records.pop(view.id, None) is not None:
            self._findings.forget(view.id)

    async def findings(self) -> tuple[EngineFinding, ...]:
        """Of every engine that failed and has not been ready since, newest first."""
        names = sorted(self._records, key=lambda name: -self._records[name].at_s)
        return tuple([await self.finding(name) for name in names if self._known(name)])

    async def finding(self, engine: str) -> EngineFinding:
        """Of one engine. Raises Rejected (``model_not_found``, ``finding_not_found``)."""
        patient, record = await self._patient(engine)
        problem = record.diagnosis.problem
        cause = problem.facts.get("line")
        return EngineFinding(
            engine=patient.spec.id,
            found_at_s=record.at_s,
            known=record.diagnosis.known,
            problem=problem,
            cause=None if cause is None else str(cause),
            fixes=offers(patient, problem, record.diagnosis.fixes),
            log=record.lines,
            repairs=patient.repair.changes,
            job=self.follow_ups.newest(patient.spec.id, since_s=record.at_s),
        )

    async def apply(self, engine: str, fix: FixAction, *, dry_run: bool, consent: Consent = NO_CONSENT) -> FixResult:
        """Do it, or say what would be done; what would be refused is refused in both.

        Raises:
            EngineroomError: ``finding_not_found``, ``fix_not_offered``, ``fix_impossible`` for what a person has to do,
                ``fix_needs_yes`` for programs of the user that nobody named.
        """
        patient, record = await self._patient(engine)
        problem, name = record.diagnosis.problem, patient.spec.id
        found = offers(patient, problem, record.diagnosis.fixes)
        offer = next((one for one in found if one.fix is fix), None)
        if offer is None:
            known = ", ".join(one.fix for one in found) or None
            raise Rejected(Code.FIX_NOT_OFFERED, engine=name, fix=str(fix), known=known)
        if offer.mode is FixMode.MANUAL and not dry_run:
            raise Rejected(Code.FIX_IMPOSSIBLE, engine=name, fix=str(fix), **_for_a_person(offer))
        steps, job = _steps(offer, name), None
        if dry_run:
            paper = () if self._work is None or not is_job(fix) else await self._work.paper(patient, fix)
            steps = (*steps, *paper)
        elif (job := await self._do(patient, offer, record, consent)) is not None:
            steps = (*steps, step(FixStep.JOB_BEGUN, job=job.id))
        elif self._repairs.of(name):
            steps = (*steps, step(FixStep.TAKEN_BACK_BY, engine=name))
        return FixResult(
            engine=name,
            fix=fix,
            dry_run=dry_run,
            lines=worded(steps),
            job=None if job is None else job.id,
            steps=steps,
        )

    async def undo(self, engine: str) -> EngineView:
        """Forget every repair of an engine; the next start is as it was built. Raises Rejected."""
        engines = self._room()
        spec = engines.resolve(engine)
        if self._repairs.of(spec.id):
            self._repairs.forget(spec.id)
            await engines.retire(spec)
        return engines.view(spec.id)

    async def _do(self, patient: Patient, offer: FixView, record: Found, consent: Consent) -> JobView | None:
        """Do it; the job, if it is one."""
        fix = offer.fix
        if is_job(fix):
            return await self._begin(patient, fix, accept=consent.accept)
        engines, name = self._room(), patient.spec.id
        repair = repair_for(patient, fix, record.diagnosis.problem.facts)
        if repair is not None:
            self._repairs.save(name, together(patient.repair, repair))
        elif fix is FixAction.FREE_MEMORY:
            await self._free(patient, consent)
        await engines.retire(patient.spec)
        engines.start(name)
        return None

    async def _free(self, patient: Patient, consent: Consent) -> None:
        """Nothing of the user's is ended that was not named, and nothing at all where that would be all there is."""
        named = [one for one in patient.holders if one.pid in consent.end]
        if not (named or patient.neighbours or patient.orphans):
            holders = ", ".join(map(words_of, patient.holders))
            fix = str(FixAction.FREE_MEMORY)
            raise Rejected(Code.FIX_NEEDS_YES, engine=patient.spec.id, fix=fix, holders=holders)
        for neighbour in patient.neighbours:
            await self._room().stop(neighbour)
        for orphan in (*patient.orphans, *named):
            await self.orphans.end(orphan)

    async def _begin(self, patient: Patient, fix: FixAction, *, accept: bool) -> JobView:
        assert self._work is not None, "employ() comes first"
        job = await self._work.start(patient, fix, accept=accept)
        self.follow_ups.begin(job.id, FollowUp(engine=patient.spec.id, fix=fix, accept=accept))
        return job

    async def _patient(self, engine: str) -> tuple[Patient, Found]:
        engines = self._room()
        spec = engines.resolve(engine)
        record = self._records.get(spec.id)
        if record is None:
            raise Rejected(Code.FINDING_NOT_FOUND, engine=spec.id)
        sealed = await asyncio.to_thread(self._sealed, spec)
        cards = set() if sealed is None else set(sealed.gpu_uuids)
        made = record.diagnosis
        prospects = {} if self._work is None else await self._work.prospects(spec, sealed, made.problem, made.fixes)
        patient = Patient(
            spec=spec,
            options=engines.options(spec),
            sealed=sealed,
            repair=self._repairs.of(spec.id),
            neighbours=tuple(self._neighbours(spec, cards)),
            orphans=await self.orphans.on(cards),
            holders=await self.orphans.holders(cards),
            others=tuple(self._others(cards)),
            prospects=prospects,
        )
        return patient, record

    def _neighbours(self, spec: ModelSpec, cards: set[str]) -> list[str]:
        views = [view for view in self._room().views() if view.id != spec.id and view.state not in _ASIDE]
        return [view.id for view in views if view.gpu_uuids and (not cards or cards & set(view.gpu_uuids))]

    def _others(self, cards: set[str]) -> list[Reason]:
        """Who else holds memory of the cards; of all where it is not known which."""
        frame = self._frame()
        gpus = [] if frame is None else [gpu for gpu in frame.gpus if not cards or gpu.uuid in cards]
        held = [process for gpu in gpus for process in gpu.processes or () if not process.ours]
        return [_holding(process) for process in held]

    def _known(self, engine: str) -> bool:
        """Whether it is still one of ours: a model may have been removed since it failed."""
        try:
            self._room().resolve(engine)
        except Rejected:
            return False
        return True

    def _say(self, engine: str, line: str) -> None:
        self.log(engine, line)

    def _room(self) -> EngineRoom:
        assert self._engines is not None, "attend() comes first"
        return self._engines


def _holding(process: GpuProcess) -> Reason:
    program, size = process.program or "?", process.memory_bytes
    if size is None:
        return step(FixStep.HOLDS_SOME, program=program, pid=process.pid)
    return step(FixStep.HOLDS, program=program, pid=process.pid, held_bytes=size)


def _steps(offer: FixView, engine: str) -> tuple[Reason, ...]:
    """What it does, a line each."""
    outside = [step(Detail.FIX_COMMAND, command=offer.command)] if offer.command else []
    if offer.page:
        outside.append(step(Detail.FIX_PAGE, page=offer.page))
    starts = step(FixStep.START_NEW) if offer.fix in MAKES_ANOTHER else step(FixStep.START_AGAIN, engine=engine)
    if offer.fix is FixAction.UPDATE_RUNTIME:
        starts = step(FixStep.BUILD_AND_START)
    again = [starts] if offer.mode is FixMode.AUTOMATIC else []
    return (*map(changed, offer.changes), *offer.steps, *outside, *again) or (step(Detail.FIX_BY_HAND),)


def _for_a_person(offer: FixView) -> dict[str, FactValue]:
    if offer.command is not None:
        return because(Detail.FIX_COMMAND, command=offer.command)
    if offer.page is not None:
        return because(Detail.FIX_PAGE, page=offer.page)
    return because(Detail.FIX_BY_HAND)
