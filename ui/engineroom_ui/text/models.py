"""Words of the Models page: rows, ways to have a model, and downloads."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from engineroom.contract.control import JobKind, JobState, JobView
from engineroom_ui.text import numbers, plan, problems, units
from engineroom_ui.text.marks import mark
from engineroom_ui.text.sentences import listed

translate = QCoreApplication.translate

_STATES: dict[JobState, tuple[str, str]] = {
    JobState.QUEUED: (mark("models", "Waiting for its turn"), "idle"),
    JobState.RUNNING: (mark("models", "Downloading"), "accent"),
    JobState.PAUSED: (mark("models", "Paused"), "warn"),
    JobState.DONE: (mark("models", "On this computer"), "ok"),
    JobState.FAILED: (mark("models", "Stopped"), "bad"),
    JobState.CANCELLED: (mark("models", "Cancelled"), "idle"),
}

_STAGES = {
    "fetch": mark("models", "Downloading"),
    "verify": mark("models", "Checking what arrived"),
    "link": mark("models", "Putting it in its place"),
}

_KINDS: dict[JobKind, str] = {
    JobKind.IMPORT: mark("models", "Importing"),
    JobKind.VERIFY: mark("models", "Checking"),
    JobKind.EXPORT: mark("models", "Exporting"),
    JobKind.BUILD: mark("models", "Building"),
    JobKind.INSTALL: mark("models", "Installing"),
}

_USES = {
    "chat": mark("models", "Chat"),
    "code": mark("models", "Code"),
    "agent": mark("models", "Agents"),
    "vision": mark("models", "Vision"),
    "embedding": mark("models", "Embedding"),
    "rerank": mark("models", "Reranking"),
    "text-generation": mark("models", "Text"),
    "image-text-to-text": mark("models", "Text and pictures"),
    "feature-extraction": mark("models", "Embedding"),
    "sentence-similarity": mark("models", "Embedding"),
    "text-ranking": mark("models", "Reranking"),
    "automatic-speech-recognition": mark("models", "Speech"),
    "any-to-any": mark("models", "Text, pictures and sound"),
}

_SOURCES = {
    "bundled": mark("models", "came with Engineroom"),
    "settings": mark("models", "named in the settings"),
    "imported": mark("models", "imported; the file stays where it is"),
    "hub": mark("models", "in the shared model cache"),
}

_TOKENS = {
    "keyring": mark("models", "A token is stored in this system's keyring."),
    "file": mark(
        "models", "A token is stored in a file that only your user can read (mode 0600); there is no keyring here."
    ),
    "environment": mark("models", "The token comes from the environment variable HF_TOKEN, which goes first."),
    "library": mark("models", "The token that other Hugging Face tools of yours stored is used."),
}

_SEPARATOR = "  ·  "


def joined(*facts: str) -> str:
    """Facts in one line; empty ones are left out."""
    return _SEPARATOR.join(fact for fact in facts if fact)


def use(value: str) -> str:
    """What a model is for."""
    return translate("models", _USES[value]) if value in _USES else value


def source(value: str) -> str:
    """Where a model on this computer came from."""
    return translate("models", _SOURCES[value]) if value in _SOURCES else value


def token_place(value: str | None) -> str:
    """Where the access token lies."""
    if value is None:
        return translate("models", "No token is stored.")
    return translate("models", _TOKENS[value]) if value in _TOKENS else value


def short_parameters(value: int | None) -> str:
    """Parameters without the word: 8.2 B; nothing where it is not known."""
    if value is None:
        return ""
    if value >= 10**9:
        return translate("models", "{n} B").format(n=numbers.fixed(value / 10**9, 1 if value < 10**11 else 0))
    return translate("models", "{n} M").format(n=numbers.whole(value / 10**6))


def rate(low: float | None, high: float | None, verdict: str | None) -> str:
    """An estimated rate with its range, or nothing; what does not fit answers at no rate."""
    told = plan.rate_range(low, high) if verdict != plan.NO else ""
    return translate("models", "{range} tok/s").format(range=told) if told else ""


def speed(low: float | None, high: float | None, verdict: str | None, runtime: str | None) -> str:
    """The rate that a plan for a card expects; of what would compute on the processor all the same, that it does."""
    if runtime == plan.LLAMA_CPP and verdict != plan.NO:
        return on_processor()
    return rate(low, high, verdict)


def on_processor() -> str:
    """Where the llama.cpp that comes along computes, whatever cards there are."""
    return translate("models", "on the CPU")


def files(file_format: str) -> str:
    """Name of a file format."""
    return "GGUF" if file_format == "gguf" else file_format


def licence(value: str | None) -> str:
    """A licence by its name, as its owners write it."""
    if value is None:
        return ""
    plain = {"apache-2.0": "Apache-2.0", "mit": "MIT", "other": translate("models", "other licence")}
    return plain.get(value.casefold(), value)


def downloads(value: int | None) -> str:
    """How often a repository was fetched in the last month."""
    if value is None:
        return ""
    size = numbers.whole(value)
    if value >= 10**6:
        size = f"{numbers.fixed(value / 10**6, 1)} M"
    elif value >= 10**4:
        size = f"{numbers.whole(value / 1000)} k"
    return translate("models", "{n} downloads").format(n=size)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    """A job in words: its state with the token of its dot, how far it is, and the file it is at."""

    state: str
    ink: str
    progress: str
    file: str


def job(view: JobView) -> JobLine:
    """A job in words."""
    word, ink = _STATES[view.state]
    said = translate("models", word)
    if view.state is JobState.RUNNING:
        said = translate("models", _KINDS[view.kind]) if view.kind in _KINDS else said
        if view.stage in _STAGES:
            said = translate("models", _STAGES[view.stage])
    if view.state is JobState.DONE and view.kind is not JobKind.PULL:
        said = translate("models", "Done")
    return JobLine(state=said, ink=ink, progress=_progress(view), file=_file(view))


def job_problem(view: JobView) -> str:
    """Why a job stopped and what to do, or nothing."""
    if view.problem is None:
        return ""
    said = problems.sentence(view.problem)
    return said.whole


def share(view: JobView) -> float | None:
    """How far a job is, from 0 to 1; ``None`` where that is not known."""
    if view.state is JobState.DONE:
        return 1.0
    if not view.total_bytes or view.done_bytes is None:
        return None
    return min(1.0, view.done_bytes / view.total_bytes)


def _progress(view: JobView) -> str:
    total = view.total_bytes or _asked_total(view)
    if view.state is JobState.DONE or (total is not None and view.done_bytes is None):
        return units.file_size(total) if total else ""
    if total is None or view.done_bytes is None:
        return ""
    done = translate("models", "{done} of {total}").format(
        done=units.file_size(view.done_bytes), total=units.file_size(total)
    )
    speed = left = ""
    if view.state is JobState.RUNNING and view.bytes_per_s is not None:
        speed = translate("models", "{rate}/s").format(rate=units.file_size(round(view.bytes_per_s)))
    if view.state is JobState.RUNNING and view.eta_s is not None:
        left = translate("models", "{time} left").format(time=duration(view.eta_s))
    return joined(done, speed, left)


def duration(value_s: float) -> str:
    """A duration to wait for, in its two largest units."""
    whole = max(1, round(value_s))
    if whole < 60:
        return translate("models", "{s} s").format(s=whole)
    if whole < 3600:
        return translate("models", "{m} min {s} s").format(m=whole // 60, s=whole % 60)
    return translate("models", "{h} h {m} min").format(h=whole // 3600, m=whole % 3600 // 60)


def _asked_total(view: JobView) -> int | None:
    total = view.arguments.get("total_bytes")
    return total if isinstance(total, int) else None


def _file(view: JobView) -> str:
    """The file that is under way, its share, and which one it is of how many."""
    if view.state not in {JobState.RUNNING, JobState.PAUSED} or len(view.files) == 0:
        return ""
    open_files = [one for one in view.files if one.done_bytes < one.total_bytes]
    done = len(view.files) - len(open_files)
    begun = [one for one in open_files if one.done_bytes] or open_files
    named = listed(
        translate("models", "{name} {share} %").format(
            name=one.name, share=int(100 * one.done_bytes / one.total_bytes) if one.total_bytes else 100
        )
        for one in begun[:2]
    )
    if len(view.files) == 1:
        return named
    counted = translate("models", "{done} of {all} files").format(done=done, all=len(view.files))
    return joined(counted, named)


def judging() -> str:
    """Stands where the verdict will."""
    return translate("models", "…")


def not_judged() -> str:
    """The same, said."""
    return translate("models", "not judged yet")


def gated() -> str:
    """A licence has to be accepted first."""
    return translate("models", "licence to be accepted first")


def here() -> str:
    """It is on this computer."""
    return translate("models", "on this computer")


def in_use() -> str:
    """An engine uses it now."""
    return translate("models", "being served")


def starter() -> str:
    """The model to begin with."""
    return translate("models", "a good first model")
