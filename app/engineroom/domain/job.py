"""Long work in a child process that a person may watch, pause and end: pulls, imports, exports, builds, installs.

A job's worker speaks JSON lines (see :func:`heard`):

* ``{"event": "stage", "stage": NAME}``: a new stage has begun;
* ``{"event": "stage_done", "stage": NAME, "took_s"}``: it is over; without ``took_s`` it was so before this start;
* ``{"event": "progress", "done_bytes", "total_bytes", "bytes_per_s", "share", "eta_s", "files": [[NAME, DONE,
  TOTAL]]}``, each optional: how far it is;
* ``{"event": "problem", "code", "facts"}``: why it will end without result;
* ``{"event": "done", …}``: the result, as the last line before exit code 0; without it the job is not done.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from engineroom.domain.errors import Code, FactValue, Problem


class JobKind(StrEnum):
    """What a job does."""

    PULL = "pull"
    IMPORT = "import"
    VERIFY = "verify"
    EXPORT = "export"
    BUILD = "build"
    INSTALL = "install"


class JobState(StrEnum):
    """``paused`` waits for a person, ``queued`` for its turn."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


NEXT: dict[JobState, frozenset[JobState]] = {
    JobState.QUEUED: frozenset({JobState.RUNNING, JobState.PAUSED, JobState.CANCELLED, JobState.FAILED}),
    JobState.RUNNING: frozenset({JobState.DONE, JobState.FAILED, JobState.PAUSED, JobState.CANCELLED, JobState.QUEUED}),
    JobState.PAUSED: frozenset({JobState.QUEUED, JobState.CANCELLED}),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset({JobState.QUEUED, JobState.CANCELLED}),
    JobState.CANCELLED: frozenset(),
}
"""Where each state may lead. ``running`` leads back to ``queued`` when the daemon ends before the job does."""

ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFile:
    """One file of a job. ``state``: ``fetch`` or ``verify`` while it goes on; else ``ok``, ``wrong`` or ``unknown``."""

    name: str
    done_bytes: int
    total_bytes: int
    state: str | None = None


class JobStageState(StrEnum):
    """Of one stage of a job."""

    WAITING = "waiting"
    ACTIVE = "active"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStage:
    """One named stage. Seconds: ``expected_s`` is what such a stage took here before, ``took_s`` what this one took.

    ``expected_s`` is ``None`` where nothing like it was done here yet, ``took_s`` where it was done in an earlier
    start.
    """

    name: str
    state: JobStageState = JobStageState.WAITING
    expected_s: float | None = None
    took_s: float | None = None


class FollowUpState(StrEnum):
    """``pending`` until the job has ended well; ``stopped`` where what follows was refused."""

    PENDING = "pending"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a fix of the doctor does when its job is done: the engine that failed, or what is made for it, is started.

    ``fix`` is the fix's name, ``accept`` whether somebody agreed to what may not work, ``problem`` why it stopped.
    """

    engine: str
    fix: str
    accept: bool = False
    state: FollowUpState = FollowUpState.PENDING
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """A job as anybody may see it.

    ``subject`` is what it is about, as a person named it; times are Unix seconds; ``eta_s`` never grows while a stage
    goes on; ``arguments`` is what was asked and ``result`` what came of it, by kind.  ``stages`` are all of them in
    their order where they are known beforehand, and ``share`` how far the one is that goes on, 0 to 1.  ``follow_up``
    is what happens by itself when it is done.
    """

    id: str
    kind: JobKind
    subject: str
    state: JobState
    created_at_s: float
    started_at_s: float | None = None
    ended_at_s: float | None = None
    stage: str | None = None
    done_bytes: int | None = None
    total_bytes: int | None = None
    bytes_per_s: float | None = None
    eta_s: float | None = None
    share: float | None = None
    stages: tuple[JobStage, ...] = ()
    files: tuple[JobFile, ...] = ()
    arguments: dict[str, FactValue] = field(default_factory=dict)
    result: dict[str, FactValue] = field(default_factory=dict)
    problem: Problem | None = None
    follow_up: FollowUp | None = None

    @property
    def active(self) -> bool:
        """Whether it runs or will run by itself."""
        return self.state in {JobState.QUEUED, JobState.RUNNING}

    def turned(self, state: JobState, now_s: float) -> "JobView":
        """The job in another state. Raises ValueError where the table has no such way."""
        if state not in NEXT[self.state]:
            raise ValueError(f"{self.state} does not lead to {state}")
        calm = replace(self, state=state, bytes_per_s=None, eta_s=None, share=None)
        if state is JobState.RUNNING:
            # Where its last run was is no word of this one.
            return replace(calm, started_at_s=self.started_at_s or now_s, problem=None, stage=None, stages=())
        if state is JobState.QUEUED:
            return replace(calm, ended_at_s=None, problem=None)
        return replace(calm, ended_at_s=now_s if state in ENDED else None)


def heard(job: JobView, said: dict[str, Any]) -> JobView:
    """The job after a line of its worker. What is not understood changes nothing."""
    match said:
        case {"event": "stage", "stage": str(stage)}:
            stages = _turned(job.stages, stage, JobStageState.ACTIVE, None)
            return replace(job, stage=stage, stages=stages, share=None, eta_s=None, bytes_per_s=None)
        case {"event": "stage_done", "stage": str(stage)}:
            done = _turned(job.stages, stage, JobStageState.DONE, _rate(said.get("took_s")))
            return replace(job, stages=done, share=None, done_bytes=None, total_bytes=None, files=())
        case {"event": "progress"}:
            return _progressed(job, said)
        case {"event": "problem", "code": str(code), "facts": dict(facts)} if code in set(Code):
            return replace(job, problem=Problem(code=code, facts=facts))
        case {"event": "done"}:
            plain = {key: value for key, value in said.items() if key != "event" and _is_fact(value)}
            return replace(job, result=plain)
    return job


def _progressed(job: JobView, said: dict[str, Any]) -> JobView:
    total = _count(said.get("total_bytes"), job.total_bytes)
    done = _count(said.get("done_bytes"), job.done_bytes)
    files = said.get("files")
    return replace(
        job,
        done_bytes=done,
        total_bytes=total,
        bytes_per_s=_rate(said.get("bytes_per_s")),
        eta_s=_rate(said.get("eta_s")),
        share=_share(said.get("share")),
        files=job.files if not isinstance(files, list) else tuple(filter(None, map(_file, files))),
    )


def _turned(
    stages: tuple[JobStage, ...], name: str, state: JobStageState, took_s: float | None
) -> tuple[JobStage, ...]:
    return tuple(replace(one, state=state, took_s=took_s) if one.name == name else one for one in stages)


def _share(value: object) -> float | None:
    return min(1.0, float(value)) if isinstance(value, int | float) and value >= 0 else None


def _file(row: object) -> JobFile | None:
    match row:
        case [str(name), int(done), int(total)]:
            return JobFile(name=name, done_bytes=done, total_bytes=total)
        case {"path": str(name), "done_bytes": int(done), "total_bytes": int(total)}:
            state = row.get("state") if isinstance(row, dict) else None
            return JobFile(
                name=name, done_bytes=done, total_bytes=total, state=state if isinstance(state, str) else None
            )
    return None


def _count(value: object, otherwise: int | None) -> int | None:
    return value if type(value) is int and value >= 0 else otherwise


def _rate(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and value >= 0 else None


def _is_fact(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | bool)
