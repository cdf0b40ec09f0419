"""Words of the page Connect."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from engineroom.contract.connect import (
    UNKNOWN_CONTEXT,
    Api,
    ClientGuide,
    ClientKind,
    Evidence,
    ProbeResult,
    ProbeStatus,
    ProbeStep,
    ToolNeed,
    too_small,
)
from engineroom.contract.control import ProblemView
from engineroom.contract.problems import MESSAGE
from engineroom_ui.text import numbers, units
from engineroom_ui.text.marks import mark
from engineroom_ui.text.problems import sentence
from engineroom_ui.text.sentences import run_on

translate = QCoreApplication.translate

_KINDS = {
    ClientKind.AGENT: mark("connect", "Agents"),
    ClientKind.EDITOR: mark("connect", "Editors"),
    ClientKind.APP: mark("connect", "Applications"),
    ClientKind.LIBRARY: mark("connect", "Libraries"),
}
_APIS = {
    Api.CHAT: mark("connect", "OpenAI chat completions"),
    Api.RESPONSES: mark("connect", "OpenAI Responses"),
    Api.MESSAGES: mark("connect", "Anthropic Messages"),
    Api.COMPLETIONS: mark("connect", "OpenAI completions"),
    Api.OLLAMA: mark("connect", "Ollama"),
}
_TOOLS = {
    ToolNeed.NEEDED: mark("connect", "needs a model that calls tools"),
    ToolNeed.USED: mark("connect", "calls tools where the model can"),
    ToolNeed.NONE: mark("connect", "works without tools"),
}
_EVIDENCE = {
    Evidence.RAN: mark("connect", "Seen to work"),
    Evidence.READ: mark("connect", "Read in its source"),
    Evidence.DOCUMENTED: mark("connect", "As its makers document it, not tried"),
}
_STEPS = {
    ProbeStep.REACHED: mark("connect", "Reached"),
    ProbeStep.MODEL: mark("connect", "Model offered"),
    ProbeStep.ANSWERED: mark("connect", "Answered"),
    ProbeStep.TOOL_CALL: mark("connect", "Tool call"),
}
_STATUS = {
    ProbeStatus.PASSED: (mark("connect", "yes"), "ok"),
    ProbeStatus.LACKING: (mark("connect", "no"), "warn"),
    ProbeStatus.FAILED: (mark("connect", "failed"), "bad"),
    ProbeStatus.NOT_RUN: (mark("connect", "not tried"), "idle"),
}
PROBE: dict[str, str] = {
    "reached": mark("connect", "The address answers."),
    "unreachable": mark("connect", "Nobody answers there: {reason}."),
    "other_certificate": mark(
        "connect",
        "Who answers there shows another certificate than this engine room's, so nothing was sent. Check the address, "
        "or restart the engine room if its certificate was changed.",
    ),
    "key_refused": mark("connect", "The key was refused (HTTP {status}). Enter a valid key, or make one in Settings."),
    "odd_status": mark("connect", "It answered with HTTP {status}, which nobody expects there."),
    "listed": mark("connect", "{model} is in its list."),
    "not_listed": mark("connect", "{model} is not in its list. Choose another model."),
    "answered": mark("connect", "First words after {first_ms}: “{text}”"),
    "refused": mark("connect", "HTTP {status}: {message}"),
    "no_route": mark("connect", "This engine room does not serve {route}, which this program needs."),
    "cut": mark("connect", "The answer was cut off: {reason}."),
    "empty": mark("connect", "An answer came, and nothing was in it."),
    "called": mark("connect", "It called {name} with {arguments}."),
    "arguments_broken": mark(
        "connect", "It called {name}, but its arguments are not as they were asked for: {arguments}"
    ),
    "other_tool": mark("connect", "It called {name}, a tool that was not offered."),
    "in_words": mark(
        "connect", "It answered in words. This model does not call tools; choose one that does for agents."
    ),
    "as_text": mark(
        "connect", "It wrote the call as text: the model tries, and its runtime has no parser for its calls."
    ),
    "ran_out": mark(
        "connect", "It thought until {tokens} tokens were used up. Agents give it more; try one, or let it think less."
    ),
    "no_tools_here": mark("connect", "This interface has no tools."),
    "not_asked": mark("connect", "A step before it failed."),
}


def _said(text: str) -> str:
    return translate("connect", text)


def kind(which: ClientKind) -> str:
    """Name of a group of programs."""
    return _said(_KINDS[which])


def api(which: Api) -> str:
    """Name of an interface."""
    return _said(_APIS[which])


def tools(guide: ClientGuide) -> str:
    """Whether it needs tools."""
    return _said(_TOOLS[guide.tools])


def notes(guide: ClientGuide) -> list[str]:
    """What else is to be known, from the table."""
    return [_said(note) for note in guide.notes]


def where(place: str) -> str:
    """Where a text goes, from the table."""
    return _said(place)


def about(guide: ClientGuide) -> str:
    """What it needs, on one line."""
    parts = [api(guide.api), tools(guide)]
    if guide.prompt_tokens is not None:
        parts.append(translate("connect", "first prompt {count} tokens").format(count=units.count(guide.prompt_tokens)))
    return "  ·  ".join(parts)


def origin(guide: ClientGuide) -> str:
    """How this is known, and since when."""
    how = _said(_EVIDENCE[guide.evidence])
    source = run_on(map(_said, guide.source.split("; ")))
    facts = {"how": how, "version": guide.version, "date": numbers.day_of(guide.date), "source": source}
    if guide.version is None:
        return translate("connect", "{how}, {date}. Source: {source}.").format(**facts)
    return translate("connect", "{how}, version {version}, {date}. Source: {source}.").format(**facts)


def context(guide: ClientGuide, tokens: int | None) -> tuple[str, str]:
    """What to say of the context, and how grave it is (``info``, ``warn``); nothing where all is well."""
    if tokens is None:
        text = translate(
            "connect", "The context of this model is known once it runs; {count} stands in its place below."
        )
        return text.format(count=units.count(UNKNOWN_CONTEXT)), "info"
    if too_small(guide, tokens):
        text = translate(
            "connect",
            "{has} tokens of context are too few: {name} needs {needs}. Serve this model with more, or choose another.",
        )
        return text.format(has=units.count(tokens), name=guide.name, needs=units.count(guide.least_tokens)), "warn"
    return "", "info"


def step(which: ProbeStep) -> str:
    """Name of a step of the test."""
    return _said(_STEPS[which])


def status(result: ProbeResult) -> tuple[str, str]:
    """A word for how a step went, and its colour."""
    word, ink = _STATUS[result.status]
    return _said(word), ink


def verdict(results: Mapping[ProbeStep, ProbeResult]) -> tuple[str, str]:
    """What a test that is over came to, and its colour; nothing while it is not."""
    answered, called = results.get(ProbeStep.ANSWERED), results.get(ProbeStep.TOOL_CALL)
    if answered is None:
        return "", "idle"
    if answered.status is not ProbeStatus.PASSED:
        return translate("connect", "Does not work"), "bad"
    if called is not None and called.status in {ProbeStatus.LACKING, ProbeStatus.FAILED}:
        return translate("connect", "Answers, but calls no tool"), "warn"
    return translate("connect", "Works"), "ok"


def said(result: ProbeResult) -> str:
    """What a step met."""
    facts = {name: units.not_reported() if value is None else str(value) for name, value in result.facts.items()}
    first_ms = result.facts.get("first_ms")
    if isinstance(first_ms, float):
        facts["first_ms"] = units.seconds(first_ms / 1000)
    facts = {name: value.rstrip(".") if name == "reason" else value for name, value in facts.items()}
    if result.code == "refused" and (problem := result.facts.get("code")):
        known = ProblemView(code=str(problem), facts={**result.facts, MESSAGE: result.facts.get("message")})
        facts["message"] = sentence(known).whole
    return _said(PROBE[result.code]).format(**facts)
