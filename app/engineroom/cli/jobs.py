"""``engineroom jobs``: long work, watched, paused and ended."""

import time
from typing import Literal

from cyclopts import App

from engineroom.cli.job_watch import after_words, progress_words
from engineroom.cli.output import Json, print_json, say
from engineroom.client.control import ControlClient, find_daemon
from engineroom.contract.control import JobState, JobView
from engineroom.contract.problems import Exit
from engineroom.contract.sentences import sentence
from engineroom.domain.errors import Code, Rejected

app = App(name="jobs", help="List downloads and other long work; pause, resume, cancel.")


@app.default
def list_jobs(*, json: Json = False) -> int:
    """List all jobs, oldest first."""
    with ControlClient(find_daemon()) as client:
        _show(client.jobs(), as_json=json)
    return Exit.OK


@app.command
def pause(job: str, *, json: Json = False) -> int:
    """Stop a job and keep what it has.

    Args:
        job: its id, or the beginning of it.
        json: print the job as JSON.
    """
    return _turn(job, "pause", as_json=json)


@app.command
def resume(job: str, *, json: Json = False) -> int:
    """Go on with a paused or failed job where it was.

    Args:
        job: its id, or the beginning of it.
        json: print the job as JSON.
    """
    return _turn(job, "resume", as_json=json)


@app.command
def cancel(job: str, *, json: Json = False) -> int:
    """End a job for good and throw away what is half done.

    Args:
        job: its id, or the beginning of it.
        json: print the job as JSON.
    """
    return _turn(job, "cancel", as_json=json)


@app.command
def clear(*, json: Json = False) -> int:
    """Forget the jobs that have ended, and throw away what failed ones have left half done."""
    with ControlClient(find_daemon()) as client:
        _show(client.clear_jobs(), as_json=json)
    return Exit.OK


def _turn(job: str, wish: Literal["pause", "resume", "cancel"], *, as_json: bool) -> int:
    with ControlClient(find_daemon()) as client:
        turned = client.turn_job(_id_of(client, job), wish)
    print_json(turned) if as_json else say(_line(turned))
    return Exit.OK


def _id_of(client: ControlClient, text: str) -> str:
    found = [job.id for job in client.jobs() if job.id.startswith(text)]
    if len(found) != 1:
        raise Rejected(Code.JOB_NOT_FOUND, job=text[:100])
    return found[0]


def _show(jobs: tuple[JobView, ...], *, as_json: bool) -> None:
    if as_json:
        print_json(jobs)
        return
    for job in jobs:
        say(_line(job))
        if job.problem is not None:
            say(f"  ! {sentence(job.problem)}")
        for line in after_words(job):
            say(f"  {line}")
    if not jobs:
        say("There are no jobs.")


def _line(job: JobView) -> str:
    since = time.strftime("%d %b %H:%M", time.localtime(job.created_at_s))
    words = f", {progress_words(job)}" if job.state in {JobState.RUNNING, JobState.PAUSED} and job.total_bytes else ""
    return f"{job.id}  {since}  {job.kind} {job.subject}: {job.state}{words}"
