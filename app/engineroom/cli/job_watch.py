"""Following a job until it ends: a picture on a terminal, plain lines elsewhere. Ctrl-C ends the watching alone."""

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Protocol

from engineroom.cli.output import size
from engineroom.client.control import ControlClient
from engineroom.contract.control import FollowUpState, JobStageState, JobState, JobView
from engineroom.contract.problems import Exit
from engineroom.contract.sentences import sentence
from engineroom.domain.errors import Broken, Code

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_POLL_S = 0.25
_LINE_S = 5.0
_OVER = {JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.PAUSED}


class _Screen(Protocol):
    def show(self, job: JobView) -> None:
        """Draw it."""


def follow(client: ControlClient, job: JobView, *, quiet: bool = False) -> JobView | None:
    """The job when it is over, ``None`` if the user left; problems stay in it. ``quiet`` shows nothing."""
    try:
        with _screen(quiet=quiet) as screen:
            while True:
                job = client.job(job.id)
                screen.show(job)
                if job.state in _OVER:
                    return job
                time.sleep(_POLL_S)
    except KeyboardInterrupt:
        sys.stderr.write(
            f"\nengineroom: it goes on in the background as job {job.id}. Look: engineroom jobs; "
            f"end it: engineroom jobs cancel {job.id}\n"
        )
        return None


def outcome(job: JobView | None) -> Exit:
    """Exit code of a job that is over. Raises its problem."""
    if job is None:
        return Exit.INTERRUPTED
    if job.state is JobState.FAILED and job.problem is not None:
        known = job.problem.code in set(Code)
        raise Broken(Code(job.problem.code) if known else Code.WORKER_ENDED, **job.problem.facts)
    if job.state is not JobState.DONE:
        sys.stderr.write(f"engineroom: job {job.id} is {job.state}. Go on: engineroom jobs resume {job.id}\n")
        return Exit.INTERRUPTED
    return Exit.OK


def after_words(job: JobView) -> tuple[str, ...]:
    """What follows, or came, of a job that a fix of the doctor has begun."""
    then = job.follow_up
    if then is None or job.state is JobState.CANCELLED:
        return ()
    whose = f"{then.fix} of {then.engine}"
    if then.state is FollowUpState.PENDING:
        return (f"When it is done, an engine is started ({whose}).",)
    if then.state is FollowUpState.DONE:
        return (f"What was to follow has been begun ({whose}).",)
    why = "" if then.problem is None else f": {sentence(then.problem)}"
    return (f"! It stopped half way, no engine was started ({whose}){why}",)


def progress_words(job: JobView) -> str:
    """How far it is, in a few words."""
    if job.done_bytes is None or not job.total_bytes:
        return ", ".join(_of_stage(job))
    words = [f"{100 * job.done_bytes // job.total_bytes} %", f"{size(job.done_bytes)} of {size(job.total_bytes)}"]
    if job.bytes_per_s is not None and job.state is JobState.RUNNING:
        words.append(f"{size(int(job.bytes_per_s))}/s")
    if job.eta_s is not None:
        words.append(f"{duration(job.eta_s)} left")
    return ", ".join(words)


def _of_stage(job: JobView) -> list[str]:
    """Where no bytes are counted: the stage, how far it is, and what is left of all of them."""
    words = [str(job.stage or job.state)]
    if job.stages and job.stage is not None:
        done = sum(one.state is JobStageState.DONE for one in job.stages)
        words[0] += f" ({min(done + 1, len(job.stages))} of {len(job.stages)})"
    if job.share is not None:
        words.append(f"{100 * job.share:.0f} %")
    if job.eta_s is not None:
        words.append(f"{duration(job.eta_s)} left")
    return words


def duration(seconds: float) -> str:
    """Seconds as ``m:ss`` or ``h:mm:ss``."""
    whole = round(seconds)
    minutes, rest = whole // 60, whole % 60
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


def _screen(*, quiet: bool) -> AbstractContextManager[_Screen]:
    if quiet:
        return nullcontext(_Nothing())
    return _picture() if sys.stdout.isatty() else nullcontext(_Lines())


class _Nothing:
    def show(self, job: JobView) -> None:
        """Nothing."""


class _Lines:
    """A line when the state or stage changes, and every few seconds between."""

    def __init__(self) -> None:
        self._last: tuple[object, object] | None = None
        self._said_s = 0.0

    def show(self, job: JobView) -> None:
        """Print a line if there is news."""
        here, now_s = (job.state, job.stage), time.monotonic()
        if here == self._last and (job.state is not JobState.RUNNING or now_s - self._said_s < _LINE_S):
            return
        self._last, self._said_s = here, now_s
        told = job.total_bytes or (job.state is JobState.RUNNING and (job.share is not None or job.eta_s is not None))
        words, stage = progress_words(job) if told else "", str(job.stage or job.state)
        sys.stdout.write((words if words.startswith(stage) else f"{stage}: {words}" if words else stage) + "\n")
        sys.stdout.flush()


@contextmanager
def _picture() -> Iterator[_Screen]:
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415 (rich is slow to import)

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[words]}"))
    with Progress(*columns, transient=False) as progress:
        yield _Bars(progress)


class _Bars:
    """One bar for all, and one for each file on its way."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress
        self._total = progress.add_task("", total=None, words="")
        self._files: dict[str, TaskID] = {}

    def show(self, job: JobView) -> None:
        """Move the bars."""
        self._progress.update(
            self._total,
            description=f"{job.subject}  {job.stage or job.state}",
            completed=job.done_bytes or job.share or 0,
            total=job.total_bytes or (None if job.share is None else 1.0),
            words=progress_words(job),
        )
        going = {} if job.state in _OVER else {file.name: file for file in job.files}
        for name in set(self._files) - set(going):
            self._progress.remove_task(self._files.pop(name))
        for name, file in going.items():
            if name not in self._files:
                self._files[name] = self._progress.add_task(f"  {name}", total=file.total_bytes, words="")
            words = f"{size(file.done_bytes)} of {size(file.total_bytes)}"
            self._progress.update(self._files[name], completed=file.done_bytes, words=words)
