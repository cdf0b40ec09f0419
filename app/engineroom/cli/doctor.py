"""``engineroom doctor``: why an engine failed, and what can be done about it."""

from typing import Annotated

from cyclopts import Parameter

from engineroom.cli.job_watch import after_words
from engineroom.cli.output import Json, print_json, say
from engineroom.client.control import find_daemon
from engineroom.client.doctor import DoctorClient
from engineroom.contract.control import JobView
from engineroom.contract.doctor import Change, EngineFinding, FixAction, FixMode, FixView, shown
from engineroom.contract.problems import Code, Exit
from engineroom.contract.sentences import sentence
from engineroom.contract.sentences_of_fixes import BARS, SENTENCES_OF_FIXES
from engineroom.domain.errors import Rejected

Flag = Annotated[bool, Parameter(negative="")]
_LOG_LINES = 20


def doctor(
    engine: str | None = None,
    *,
    apply: str | None = None,
    dry_run: Flag = False,
    yes: Flag = False,
    end: tuple[int, ...] = (),
    undo: Flag = False,
    json: Json = False,
) -> int:
    """Say why engines failed and what can be done; do it.

    Args:
        engine: its name; all that failed where none is given.
        apply: do what is offered under this name; the engine is then started again.
        dry_run: only say what that would do.
        yes: build even what may not work.
        end: a program of yours, by its pid, that may be ended to free memory of the card; may be given again.
        undo: forget what fixes have changed of the engine.
        json: print JSON for programs.
    """
    if engine is None and (apply or undo):
        raise Rejected(Code.USAGE, reason="Name the engine too.")
    with DoctorClient(find_daemon()) as client:
        if engine is not None and undo:
            view = client.undo_repairs(engine)
            print_json(view) if json else say(f"{view.id} starts as it was made.")
        elif engine is not None and apply is not None:
            done = client.fix(engine, _fix_named(apply), dry_run=dry_run, accept=yes, end=end)
            print_json(done) if json else _say_lines("It would:" if dry_run else "Done:", done.lines)
        else:
            found = client.findings() if engine is None else (client.finding(engine),)
            print_json(found) if json else _show(found)
    return Exit.OK


def _fix_named(name: str) -> FixAction:
    try:
        return FixAction(name.replace("-", "_"))
    except ValueError as error:
        raise Rejected(Code.USAGE, reason=f"There is no fix named {name!r}.") from error


def _show(findings: tuple[EngineFinding, ...]) -> None:
    if not findings:
        say("No engine has failed since it last ran.")
    for finding in findings:
        say(f"{finding.engine}: {sentence(finding.problem)}")
        if finding.cause is not None and finding.cause not in sentence(finding.problem):
            say(f"  The line that says why: {finding.cause}")
        for change in finding.repairs:
            say(f"  Changed by an earlier fix: {_change(change)}")
        if finding.job is not None:
            _show_job(finding.job)
        for fix in finding.fixes:
            _show_fix(finding.engine, fix)
        if not finding.known:
            _say_lines("  No cause was recognised. Its last lines:", finding.log[-_LOG_LINES:])


def _show_job(job: JobView) -> None:
    """What a fix has begun, and what came of it."""
    say(f"  Begun by {'' if job.follow_up is None else job.follow_up.fix}: job {job.id} is {job.state}")
    for line in after_words(job):
        say(f"  {line}")


def _show_fix(engine: str, fix: FixView) -> None:
    say(f"  - {SENTENCES_OF_FIXES[fix.fix]}")
    for change in fix.changes:
        say(f"      {_change(change)}")
    for line in fix.does:
        say(f"      {line}")
    if fix.mode is FixMode.AUTOMATIC:
        say(f"      engineroom doctor {engine} --apply {fix.fix}")
    for outside in (fix.command, fix.page):
        if outside is not None:
            say(f"      {outside}")
    if fix.bar is not None:
        say(f"      {BARS[fix.bar]}")


def _change(change: Change) -> str:
    return f"{change.knob}: {shown(change.before)} -> {shown(change.after)}"


def _say_lines(head: str, lines: tuple[str, ...]) -> None:
    say(head)
    for line in lines:
        say(f"  {line}")
