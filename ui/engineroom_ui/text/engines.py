"""Words for engines that were built: what was measured, what became stale, how far a build is."""

from PySide6.QtCore import QCoreApplication

from engineroom.contract.control import JobStage, JobStageState, JobState, JobView
from engineroom.contract.engines import BuildStage, Figure, SealedState, SealedView, Stale, StaleReason
from engineroom_ui.text import models, plan, units
from engineroom_ui.text.marks import mark

translate = QCoreApplication.translate
_LEAST_S = 0.001
_MOST_RATIO = 10

_STAGES = {
    BuildStage.PLAN: mark("engines", "Plan"),
    BuildStage.FETCH: mark("engines", "Fetch"),
    BuildStage.QUANTISE: mark("engines", "Quantise"),
    BuildStage.CONVERT: mark("engines", "Convert"),
    BuildStage.COMPILE: mark("engines", "Compile"),
    BuildStage.CONFIGURE: mark("engines", "Configure"),
    BuildStage.TRIAL: mark("engines", "Trial run"),
    BuildStage.SEAL: mark("engines", "Seal"),
}
_FIGURES = {
    "load_s": mark("engines", "Load time"),
    "ttft_s": mark("engines", "Time to first token"),
    "tokens_per_s": mark("engines", "One stream"),
    "tokens_per_s_all": mark("engines", "All streams"),
    "joules_per_token": mark("engines", "Energy of a token"),
    "joules_per_token_all": mark("engines", "Energy of a token, all streams"),
    "gpu_peak_bytes": mark("engines", "GPU memory, at most"),
    "gpu_settled_bytes": mark("engines", "GPU memory, after answers"),
    "host_peak_bytes": mark("engines", "Main memory, at most"),
    "context_tokens": mark("engines", "Context"),
}
_FACTS = {
    "kind": mark("engines", "Kind"),
    "model": mark("engines", "Model"),
    "revision": mark("engines", "Revision"),
    "precision": mark("engines", "Precision"),
    "kv_format": mark("engines", "Cache format"),
    "context_tokens": mark("engines", "Context asked for"),
    "concurrency": mark("engines", "Requests at once"),
    "gpu_name": mark("engines", "Card"),
    "gpus": mark("engines", "Cards"),
    "runtime_version": mark("engines", "Runtime version"),
    "driver_version": mark("engines", "Driver"),
    "tool_call": mark("engines", "Called a tool"),
    "json_schema": mark("engines", "Kept to a schema"),
}
_VALUES = {
    "ok": mark("engines", "yes"),
    "wrong": mark("engines", "no"),
    "checkpoint": mark("engines", "checkpoint"),
    "compiled": mark("engines", "compiled"),
}
_STALE = {
    Stale.CARD: mark("engines", "It was built for {built}, which is not here now."),
    Stale.DRIVER: mark("engines", "It was built with driver {built}; now it is {now}."),
    Stale.RUNTIME_GONE: mark("engines", "Its runtime {built} is not installed any more."),
    Stale.RUNTIME_CHANGED: mark("engines", "Its runtime was {built} and is {now} now."),
}
_STATES = {
    JobStageState.WAITING: "idle",
    JobStageState.ACTIVE: "accent",
    JobStageState.DONE: "ok",
}


def fact(name: str) -> str:
    """Name of a fact that engines are compared by."""
    return translate("engines", _FACTS[name]) if name in _FACTS else name


def compared(name: str, said: str | None) -> str:
    """A fact that engines are compared by, as a person reads it."""
    if said is None:
        return "-"
    if name in {"kind", "tool_call", "json_schema"} and said in _VALUES:
        return translate("engines", _VALUES[said])
    if name in {"precision", "kv_format"}:
        return plan.precision(said)
    if name in {"context_tokens", "concurrency", "gpus"} and said.isdecimal():
        return units.count(int(said))
    return said[:12] if name == "revision" else said


def figure(name: str) -> str:
    """Name of a measured figure."""
    return translate("engines", _FIGURES[name]) if name in _FIGURES else name


def value(name: str, number: float | None) -> str:
    """A figure with its unit."""
    if number is None:
        return translate("engines", "not measured")
    if name.endswith("_bytes"):
        return units.memory(round(number))
    if name.startswith("tokens_per_s"):
        return units.tokens_per_s(number)
    if name.startswith("joules"):
        return units.joules(number)
    if not name.endswith("_s"):
        return units.count(round(number))
    return units.seconds(number) if number >= _LEAST_S else translate("engines", "under 1 ms")


def planned(one: Figure) -> str:
    """What the plan expected, with its range; it is an estimate."""
    if one.expected is None:
        return translate("engines", "no estimate")
    if one.low is None or one.high is None:
        return translate("engines", "about {value}").format(value=value(one.name, one.expected))
    ends = units.spread(value(one.name, one.low), value(one.name, one.high))
    return translate("engines", "{value} ({range})").format(value=value(one.name, one.expected), range=ends)


def against(one: Figure) -> tuple[str, str]:
    """How the two lie to each other, and the role of the label that says it."""
    if one.ratio is None:
        return "", "Muted"
    text = translate("engines", "{percent} of it").format(percent=units.percent(one.ratio * 100))
    if one.ratio >= _MOST_RATIO:
        text = translate("engines", "{count} times it").format(count=units.count(round(one.ratio)))
    return text, "Muted" if one.within in {True, None} else "Warn"


def stale(reason: StaleReason) -> str:
    """One reason for which an engine should be built again."""
    facts = {name: units.not_reported() if found is None else str(found) for name, found in reason.facts.items()}
    filled = {"built": units.not_reported(), "now": units.not_reported(), **facts}
    return translate("engines", _STALE[reason.code]).format(**filled)


def state(view: SealedView) -> tuple[str, str]:
    """How an engine stands, and the colour of that."""
    if view.state is SealedState.STALE:
        return translate("engines", "should be built again"), "warn"
    return translate("engines", "ready"), "ok"


def about(view: SealedView) -> str:
    """Card, precision and context on one line."""
    engine = view.engine
    context = translate("engines", "{count} tokens").format(count=units.count(engine.context_tokens))
    return "  ·  ".join((state(view)[0], plan.precision(engine.precision), context))


def stage(one: JobStage, job: JobView) -> tuple[str, str, str]:
    """A stage of a build: its name, the colour of its dot, and its time: taken, or expected."""
    name = translate("engines", _STAGES[BuildStage(one.name)]) if one.name in set(BuildStage) else one.name
    ink = _STATES[one.state]
    if one.state is JobStageState.ACTIVE and job.state is JobState.FAILED:
        ink = "bad"
    if one.state is JobStageState.DONE:
        return name, ink, "" if one.took_s is None else units.seconds(one.took_s)
    if one.state is JobStageState.ACTIVE and job.share is not None:
        return name, ink, units.percent(job.share * 100)
    if one.expected_s is None:
        return name, ink, ""
    return name, ink, translate("engines", "about {time}").format(time=models.duration(one.expected_s))


def left(job: JobView) -> str:
    """How long a build still takes, by what such builds took here before."""
    if job.eta_s is None:
        return ""
    return translate("engines", "{time} left").format(time=models.duration(job.eta_s))


def other_backend() -> str:
    """What the plan of a compiled engine is worth."""
    return translate(
        "engines",
        "What is planned are estimates for the PyTorch backend; a compiled engine may need more or less. The "
        "next plan of one starts from what this trial measured.",
    )
