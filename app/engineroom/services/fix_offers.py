"""Which ways out of a failure there are for one engine, and who goes them: the engine room, or a person."""

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engineroom.domain.errors import FactValue, Problem
from engineroom.domain.finding import FixBar, FixMode, FixView, Orphan
from engineroom.domain.fix_steps import FixStep, step, worded
from engineroom.domain.model import ModelSpec
from engineroom.domain.reason import Reason
from engineroom.domain.repair import CONTEXT, SLOTS, Repair
from engineroom.domain.sealed.repaired import launch_of, repair_between, repaired
from engineroom.domain.sealed.values import SealedEngine
from engineroom.domain.trtllm.fixes import COMMANDS, LAUNCH_FIXES, LEAST_CONTEXT, Change, FixAction, applied
from engineroom.services.fix_prospects import Prospect
from engineroom.services.launchers import EngineOptions

_AGAIN = frozenset({FixAction.RESTART_ENGINE, FixAction.OTHER_PORT})
"""Starting again is all it takes: a port is chosen anew at each start."""

_HUB_ID = re.compile(r"^[\w.-]+/[\w.-]+$")
_HUB_PAGE = "https://huggingface.co/"
_DRIVER_PAGE = "https://www.nvidia.com/en-us/drivers/"
_BUILD = ("engineroom", "build", "{model}")
_INSTALL = ("engineroom", "runtimes", "install", "{version}")
_COMMANDS: Mapping[FixAction, tuple[str, ...]] = {
    FixAction.PLAN_AGAIN: ("engineroom", "engines", "verify", "{engine}"),
    FixAction.CHOOSE_OTHER_PRECISION: _BUILD,
    FixAction.MORE_CARDS: (*_BUILD, "--gpus", "{more}"),
    FixAction.FEWER_CARDS: (*_BUILD, "--gpus", "{found}"),
    FixAction.CHOOSE_OTHER_MODEL: ("engineroom", "plan", "--catalogue"),
    FixAction.CHOOSE_OTHER_RUNTIME: ("engineroom", "plan", "{model}"),
    FixAction.REINSTALL_RUNTIME: _INSTALL,
    FixAction.PULL_IMAGE: _INSTALL,
    FixAction.UPDATE_RUNTIME: ("engineroom", "runtimes", "update"),
    FixAction.FETCH_AGAIN: ("engineroom", "models", "pull", "{model}"),
    FixAction.SET_TOKEN: ("engineroom", "hub", "login"),
    FixAction.OWN_FOLDER: ("sudo", "chown", "-R", "$USER", "{path}"),
    FixAction.REMOVE_OLD_CONTAINER: ("{program}", "rm", "--force", "{name}"),
}
"""Commands that need a word of the problem or of the engine."""

JOB_FIXES: Mapping[FixAction, tuple[FixStep, str]] = {
    FixAction.PROBE_AGAIN: (FixStep.PROBE, "runtime"),
    FixAction.REINSTALL_RUNTIME: (FixStep.INSTALL_ANEW, "runtime"),
    FixAction.PULL_IMAGE: (FixStep.IMAGE_ANEW, "runtime"),
    FixAction.UPDATE_RUNTIME: (FixStep.INSTALL_NEWEST, "runtime"),
    FixAction.FETCH_AGAIN: (FixStep.FETCH, "repo"),
}
"""What is done as a job that needs no look before, for those that the engine room can do by itself, and to what."""

MAKES_ANOTHER = frozenset({
    FixAction.PLAN_AGAIN, FixAction.CHOOSE_OTHER_PRECISION, FixAction.CHOOSE_OTHER_MODEL,
    FixAction.CHOOSE_OTHER_RUNTIME, FixAction.MORE_CARDS, FixAction.FEWER_CARDS,
})  # fmt: skip
"""Jobs that make another engine or fetch another model; the one that failed stays as it is."""

BARS: Mapping[FixAction, FixBar] = {
    FixAction.ACCEPT_LICENCE: FixBar.AGREEMENT,
    FixAction.SET_TOKEN: FixBar.SECRET,
    FixAction.FREE_MEMORY: FixBar.YOURS,
    FixAction.FREE_DISK: FixBar.YOURS,
    FixAction.REMOVE_OLD_CONTAINER: FixBar.YOURS,
    FixAction.GO_ONLINE: FixBar.OUTSIDE,
    FixAction.WAIT: FixBar.OUTSIDE,
    FixAction.LEAVE_MPI_JOB: FixBar.OUTSIDE,
    FixAction.SHARE_HOST_MEMORY: FixBar.OUTSIDE,
    **dict.fromkeys(
        (
            FixAction.DROP_PAGE_CACHE, FixAction.OWN_FOLDER, FixAction.UPDATE_DRIVER, FixAction.REMOVE_CUDA_COMPAT,
            FixAction.CHECK_DRIVER, FixAction.SHARE_CARD, FixAction.RESTART_COMPUTER, FixAction.INSTALL_LIBOPENMPI,
            FixAction.START_CONTAINER_SERVICE, FixAction.JOIN_DOCKER_GROUP, FixAction.INSTALL_CONTAINER_TOOLKIT,
        ),
        FixBar.RIGHTS,
    ),
}  # fmt: skip
"""Why a person has to do these; any other one that is not offered misses something about the model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What somebody agreed to: an engine that may not work, and programs of theirs that are ended."""

    accept: bool = False
    end: tuple[int, ...] = ()


NO_CONSENT = Consent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """An engine as the doctor sees it. ``sealed`` where it was built here, ``repair`` what fixes changed before.

    ``neighbours`` are engines of ours with memory on its cards, ``orphans`` what earlier lives left, ``holders`` other
    programs of this user; ``others`` say which other programs have some.  ``prospects`` are what could be made instead,
    or why it cannot.
    """

    spec: ModelSpec
    options: EngineOptions
    sealed: SealedEngine | None = None
    repair: Repair = field(default_factory=Repair)
    neighbours: tuple[str, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    holders: tuple[Orphan, ...] = ()
    others: tuple[Reason, ...] = ()
    prospects: Mapping[FixAction, Prospect | FixBar] = field(default_factory=dict)


def offers(patient: Patient, problem: Problem, actions: Sequence[FixAction]) -> tuple[FixView, ...]:
    """Each action as an offer, those first that another start is enough for."""
    found = [one for action in actions if (one := _offer(patient, problem.facts, action)) is not None]
    return tuple(sorted(found, key=lambda one: one.mode is FixMode.MANUAL or is_job(one.fix)))


def is_job(action: FixAction) -> bool:
    """Whether it is long work."""
    return action in JOB_FIXES or action in MAKES_ANOTHER


def repair_for(patient: Patient, action: FixAction, facts: Mapping[str, FactValue]) -> Repair | None:
    """What the action changes of the start; ``None`` for one that changes nothing, or has nothing left to give."""
    if patient.sealed is None:
        return _plain_repair(patient, action)
    try:
        before = launch_of(repaired(patient.sealed, patient.repair))
        after = applied(action, before, facts)
    except ValueError:
        return None
    made = None if after is None else repair_between(before, after)
    return made or None


def _plain_repair(patient: Patient, action: FixAction) -> Repair | None:
    """Of an engine that is started with our own options."""
    context, slots = patient.options.context_tokens, patient.options.slots
    knob, before, after = {
        FixAction.LOWER_CONTEXT: (CONTEXT, context, max(context // 2, min(context, LEAST_CONTEXT))),
        FixAction.LOWER_CONCURRENCY: (SLOTS, slots, max(slots // 2, 1)),
    }.get(action, ("", 0, 0))
    if before == after:
        return None
    return Repair(knobs={knob: after}, changes=(Change(knob=knob, before=before, after=after),))


def _offer(patient: Patient, facts: Mapping[str, FactValue], action: FixAction) -> FixView | None:
    repair = repair_for(patient, action, facts)
    if repair is not None:
        return FixView(fix=action, mode=FixMode.AUTOMATIC, changes=repair.changes)
    if action in _AGAIN:
        return FixView(fix=action, mode=FixMode.AUTOMATIC)
    if action in LAUNCH_FIXES:
        return None
    if action is FixAction.FREE_MEMORY:
        return _free_memory(patient)
    if (does := _job_of(patient, action)) is not None:
        return FixView(fix=action, mode=FixMode.AUTOMATIC, does=worded((does,)), steps=(does,))
    why = patient.prospects.get(action)
    return FixView(
        fix=action,
        mode=FixMode.MANUAL,
        command=COMMANDS.get(action) or _command(patient, facts, action),
        page=_page(patient, facts, action),
        bar=why if isinstance(why, FixBar) else BARS.get(action, FixBar.NOT_KNOWN),
    )


def _job_of(patient: Patient, action: FixAction) -> Reason | None:
    """What the job of an action does; ``None`` where there is none for this engine."""
    prospect = patient.prospects.get(action)
    if isinstance(prospect, Prospect):
        return prospect.does
    sealed, spec = patient.sealed, patient.spec
    if action not in JOB_FIXES:
        return None
    known = {} if sealed is None else {"runtime": sealed.runtime}
    repo = spec.source if sealed is None else sealed.repo
    if repo is not None and _HUB_ID.match(repo):
        known["repo"] = repo
    code, subject = JOB_FIXES[action]
    return step(code, **{subject: known[subject]}) if subject in known else None


def _free_memory(patient: Patient) -> FixView:
    if patient.neighbours or patient.orphans or patient.holders:
        stops = (step(FixStep.STOP_ENGINE, engine=name) for name in patient.neighbours)
        left = (step(FixStep.END_LEFT, program=one.program, pid=one.pid) for one in patient.orphans)
        steps = (*stops, *left, *map(_end_yours, patient.holders))
        return FixView(
            fix=FixAction.FREE_MEMORY,
            mode=FixMode.AUTOMATIC,
            does=worded(steps),
            steps=steps,
            holders=patient.holders,
        )
    return FixView(
        fix=FixAction.FREE_MEMORY,
        mode=FixMode.MANUAL,
        command="engineroom orphans",
        does=worded(patient.others),
        steps=patient.others,
        bar=FixBar.YOURS,
    )


def _end_yours(one: Orphan) -> Reason:
    if one.memory_bytes is None:
        return step(FixStep.END_YOURS, program=one.program, pid=one.pid)
    return step(FixStep.END_YOURS_HOLDING, program=one.program, pid=one.pid, held_bytes=one.memory_bytes)


def words_of(holder: Orphan) -> str:
    """Who it is and what it holds."""
    size = "" if holder.memory_bytes is None else f", {holder.memory_bytes / 2**30:.1f} GiB"
    return f"{holder.program} (pid {holder.pid}{size})"


def _command(patient: Patient, facts: Mapping[str, FactValue], action: FixAction) -> str | None:
    """What a person would type; ``None`` where a word for it is not known."""
    words = _COMMANDS.get(action)
    if words is None:
        return None
    known = _words_for(patient) | {name: str(value) for name, value in facts.items() if value is not None}
    try:
        return shlex.join(word.format_map(known) for word in words).replace("'$USER'", '"$USER"')
    except KeyError:
        return None


def _words_for(patient: Patient) -> dict[str, str]:
    sealed, spec = patient.sealed, patient.spec
    if sealed is None:
        return {"model": spec.source or spec.id}
    cards = max(1, len(sealed.gpu_uuids))
    return {
        "model": sealed.repo or sealed.model_path,
        "engine": sealed.id,
        "runtime": sealed.runtime,
        "version": sealed.runtime_version,
        "program": sealed.remove[0] if sealed.remove else "docker",
        "more": str(cards * 2),
        "found": str(max(1, cards // 2)),
    }


def _page(patient: Patient, facts: Mapping[str, FactValue], action: FixAction) -> str | None:
    """The address of the model's terms, or of NVIDIA's drivers."""
    if action is FixAction.UPDATE_DRIVER:
        return _DRIVER_PAGE
    if action is not FixAction.ACCEPT_LICENCE:
        return None
    repo = facts.get("repo") or (patient.sealed.repo if patient.sealed else None)
    page = facts.get("page") or (f"{_HUB_PAGE}{repo}" if repo else None)
    return None if page is None else str(page)
