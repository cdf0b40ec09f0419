"""Models for people, in lines."""

import time
from collections.abc import Sequence

from engineroom.cli.fit import Fit
from engineroom.cli.output import say, size
from engineroom.contract.control import JobKind, JobState, JobView, Verdict
from engineroom.contract.models import HubHit, LibraryEntry, PullPreview
from engineroom.contract.sentences import sentence

_MOST_FILES = 20


def show_library(entries: Sequence[LibraryEntry]) -> None:
    """A line each, with what is wrong with it."""
    for entry in entries:
        facts = [
            str(entry.file_format),
            entry.quantisation,
            size(entry.size_bytes),
            str(entry.source),
            None if entry.runtimes else "no runtime here serves it",
            f"used by {', '.join(entry.engines)}" if entry.engines else None,
        ]
        say(f"{entry.id}  ({', '.join(fact for fact in facts if fact)})")
        if entry.problem is not None:
            say(f"  ! {sentence(entry.problem)}")


def show_entry(entry: LibraryEntry) -> None:
    """One model of the library, with everything."""
    show_library([entry])
    say(f"  path: {entry.path}")
    if entry.repo is not None:
        say(f"  from: {entry.repo} at {entry.revision}")
    if entry.last_used_at_s is not None:
        say(f"  last used: {time.strftime('%Y-%m-%d %H:%M', time.localtime(entry.last_used_at_s))}")


def show_preview(preview: PullPreview, fit: Fit) -> None:
    """What a pull would do, before its first byte."""
    say(f"{preview.repo} at commit {preview.revision}")
    say(f"  licence: {preview.licence or 'not said'}{_gate(preview)}")
    if preview.remote_code:
        say(f"  brings programs of its own; refused unless --allow-code allows this commit. Read them: {preview.page}")
    if preview.total_bytes is None:
        say("  several sets of weights; name one with --variant:")
        for place, choice in enumerate(preview.choices):
            known = preview.choice_bytes[place] if place < len(preview.choice_bytes) else None
            say(f"    {choice}  {size(known)}")
    else:
        count = "1 file" if len(preview.files) == 1 else f"{len(preview.files)} files"
        left = "" if preview.fetch_bytes == preview.total_bytes else f", {size(preview.fetch_bytes)} of it to fetch"
        say(f"  size: {size(preview.total_bytes)} in {count}{left}; {size(preview.free_bytes)} free")
    say(f"  plan: {_verdict(fit)}")


def hit_words(hit: HubHit, fit: Fit | None) -> str:
    """One hit of a search."""
    facts = [
        None if hit.parameters is None else f"{hit.parameters / 1e9:.1f} B parameters",
        hit.task,
        hit.licence,
        "gated" if hit.gated else None,
        None if hit.downloads is None else f"{hit.downloads} downloads",
    ]
    badge = "" if fit is None else f"[{fit.words}] "
    words = ", ".join(fact for fact in facts if fact)
    return f"{badge}{hit.repo}" + (f"  ({words})" if words else "")


def show_outcome(job: JobView) -> None:
    """What came of a check, an export or an import; its problem is told elsewhere."""
    if job.kind is JobKind.VERIFY:
        for file in job.files[:_MOST_FILES]:
            say(f"  {file.state or 'unknown'}  {file.name}")
        if len(job.files) > _MOST_FILES:
            say(f"  … and {len(job.files) - _MOST_FILES} more")
    if job.state is JobState.DONE:
        say(_outcome(job))


def _outcome(job: JobView) -> str:
    result = job.result
    if job.kind is JobKind.EXPORT:
        return f"{job.subject}: exported to {result.get('path')}"
    if job.kind is JobKind.IMPORT:
        pin = "" if result.get("same_runtime") else f"; made with {result['runtime']}, here is {result['runtime_here']}"
        return f"Imported and verified: {result.get('repos')}{pin}"
    unknown = result.get("unknown")
    more = f"; {unknown} have no hash to compare with, their headers are sound" if unknown else ""
    return f"{job.subject}: {result.get('ok')} of {result.get('files')} files are what they should be{more}"


def _gate(preview: PullPreview) -> str:
    return f"; gated, its page: {preview.page}" if preview.gated else ""


def _verdict(fit: Fit) -> str:
    if fit.verdict is Verdict.UNKNOWN and fit.why is not None:
        return f"not judged. {fit.why}"
    needs = "" if fit.total_bytes is None else f", about {size(fit.total_bytes)}"
    speed = "" if fit.tokens_per_s is None else f", about {fit.tokens_per_s:.0f} tokens/s"
    return f"{fit.words} on {fit.gpu} with {fit.runtime}{needs}{speed} (estimate)"
