"""The gate of a new runtime: from what was seen of it to whether it may become the default, with the reasons.

Nothing that could not be tried counts as passed: without a card the verdict is *not run*, and the old default stays.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from engineroom.domain.errors import FactValue
from engineroom.domain.runtimes.values import HARMLESS, GateCheck, GateResult, GateStep, Outcome
from engineroom.domain.trtllm.probed import ProbedVersion

SLOWER_AT_MOST = 0.10
"""Share of the old one's speed that a new one may lack."""

NEEDED_OPTIONS = ("--host", "--port", "--max_batch_size", "--max_num_tokens", "--extra_llm_api_options", "--tp_size")
"""Spellings of ``serve`` that every command line of ours has; TensorRT-LLM reference, 1.1 to 1.4 pre-releases."""

NEEDED_ARGUMENTS = ("kv_cache_config", "cuda_graph_config")
"""Keys of the YAML file likewise."""

CUDA_MAJOR = "13"
NOT_REACHED = "not_reached"

REASONS: dict[str, tuple[str, ...]] = {
    "version_unread": ("line",),
    "version_differs": ("found", "wanted"),
    "cuda_differs": ("found", "wanted"),
    "help_unread": ("line",),
    "options_missing": ("options",),
    "arguments_unread": ("line",),
    "arguments_missing": ("arguments",),
    "serve_failed": ("line",),
    "serve_ended": ("status",),
    "serve_silent": ("seconds",),
    "tool_call_wrong": ("found",),
    "no_tool_parser": ("model",),
    "slower": ("tokens_per_s", "reference", "reference_tokens_per_s", "percent"),
    "nothing_to_compare": (),
    "speed_unknown": (),
    "no_card": (),
    "no_model": (),
    "card_busy": ("card", "holders"),
    NOT_REACHED: (),
}
"""Why a check failed or was not run, and the facts that come with it."""


class Ran(NamedTuple):
    """A program of the runtime: its output if it ended well, else ``None``, and its last line of errors."""

    output: str | None
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoke:
    """A short serve. ``failure`` is the cause line where it did not come to answer; ``tool_call`` the answer's message.

    Where there is no such line, ``reason`` says by a code and ``facts`` how it ended.

    ``tool_call`` is ``None`` where the model has no parser in this runtime, so that none was asked for.
    """

    tokens_per_s: float | None = None
    tool_call: Any = None
    failure: str | None = None
    reason: str = "serve_failed"
    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """A card, by its name, that others hold; who, in words."""

    card: str
    holders: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Everything that was tried.

    ``smoke`` is ``None`` where ``skipped`` (``no_card`` or ``no_model``) or ``busy`` says why.  ``crowd`` is who came
    to the card while it served, so that no speed was measured alone.
    """

    wanted_version: str
    version: str | None
    version_line: str
    cuda: str | None
    options: Ran
    arguments: Ran
    probed: ProbedVersion | None
    smoke: Smoke | None
    skipped: str = ""
    busy: Busy | None = None
    crowd: Busy | None = None
    model: str = ""
    reference: str | None = None
    reference_smoke: Smoke | None = None
    simulated: bool = False


def judge(seen: Seen, *, now_unix_s: float) -> GateResult:
    """The verdict."""
    checks = tuple(_checks(seen))
    outcomes = {check.outcome for check in checks if check.reason not in HARMLESS}
    verdict = Outcome.FAILED if Outcome.FAILED in outcomes else Outcome.PASSED
    if verdict is Outcome.PASSED and Outcome.NOT_RUN in outcomes:
        verdict = Outcome.NOT_RUN
    old = seen.reference_smoke
    return GateResult(
        verdict=verdict,
        checks=checks,
        at_unix_s=now_unix_s,
        tokens_per_s=None if seen.smoke is None else seen.smoke.tokens_per_s,
        reference=seen.reference,
        reference_tokens_per_s=None if old is None else old.tokens_per_s,
        simulated=seen.simulated,
        probed=seen.probed,
    )


def _checks(seen: Seen) -> Iterator[GateCheck]:
    yield _version(seen)
    if seen.cuda is not None:
        same = seen.cuda.partition(".")[0] == CUDA_MAJOR
        yield (
            _passed(GateStep.CUDA)
            if same
            else _failed(GateStep.CUDA, "cuda_differs", found=seen.cuda, wanted=f"{CUDA_MAJOR}.x")
        )
    yield _options(seen)
    yield _arguments(seen)
    yield from _smoke(seen)


def _version(seen: Seen) -> GateCheck:
    if seen.version is None:
        return _failed(GateStep.VERSION, "version_unread", line=seen.version_line)
    if seen.version != seen.wanted_version:
        return _failed(GateStep.VERSION, "version_differs", found=seen.version, wanted=seen.wanted_version)
    return _passed(GateStep.VERSION)


def _options(seen: Seen) -> GateCheck:
    options = None if seen.probed is None else seen.probed.options
    if not options:
        return _unread(seen, GateStep.OPTIONS, "help_unread", seen.options.line)
    missing = [name for name in NEEDED_OPTIONS if name not in options]
    if missing:
        return _failed(GateStep.OPTIONS, "options_missing", options=", ".join(missing))
    return _passed(GateStep.OPTIONS)


def _arguments(seen: Seen) -> GateCheck:
    arguments = None if seen.probed is None else seen.probed.arguments
    if not arguments:
        return _unread(seen, GateStep.ARGUMENTS, "arguments_unread", seen.arguments.line)
    missing = [name for name in NEEDED_ARGUMENTS if name not in arguments]
    if missing:
        return _failed(GateStep.ARGUMENTS, "arguments_missing", arguments=", ".join(missing))
    return _passed(GateStep.ARGUMENTS)


def _unread(seen: Seen, step: GateStep, reason: str, line: str) -> GateCheck:
    """Importing it needs a driver, so that nothing is proved against it where there is none."""
    if seen.skipped == "no_card":
        return GateCheck(step=step, outcome=Outcome.NOT_RUN, reason="no_card")
    return _failed(step, reason, line=line)


def _smoke(seen: Seen) -> Iterator[GateCheck]:
    smoke = seen.smoke
    if smoke is None or smoke.failure is not None:
        reason = NOT_REACHED if smoke is not None else seen.skipped or NOT_REACHED
        facts: dict[str, FactValue] = {}
        if smoke is None and seen.busy is not None:
            reason, facts = "card_busy", asdict(seen.busy)
        if smoke is not None:
            yield _failed(GateStep.SERVE, smoke.reason, **(smoke.facts or {"line": smoke.failure}))
        for step in (GateStep.SERVE, GateStep.TOOL_CALL, GateStep.SPEED):
            if smoke is None or step is not GateStep.SERVE:
                yield GateCheck(step=step, outcome=Outcome.NOT_RUN, reason=reason, facts=facts)
        return
    yield _passed(GateStep.SERVE)
    yield _tool_call(seen, smoke)
    yield _speed(seen, smoke)


def _tool_call(seen: Seen, smoke: Smoke) -> GateCheck:
    if smoke.tool_call is None:
        return GateCheck(
            step=GateStep.TOOL_CALL, outcome=Outcome.NOT_RUN, reason="no_tool_parser", facts={"model": seen.model}
        )
    if is_tool_call(smoke.tool_call):
        return _passed(GateStep.TOOL_CALL)
    return _failed(GateStep.TOOL_CALL, "tool_call_wrong", found=_answer(smoke.tool_call))


def _answer(message: Any) -> str:
    """What it said instead."""
    said = message.get("content") if isinstance(message, dict) and not message.get("tool_calls") else None
    return repr(said[:200]) if isinstance(said, str) else json.dumps(message)[:300]


def is_slower(new: Smoke, old: Smoke | None) -> bool:
    """Whether both were timed, and the new one lost more than a runtime may."""
    if old is None or not old.tokens_per_s or new.tokens_per_s is None:
        return False
    return new.tokens_per_s < old.tokens_per_s * (1 - SLOWER_AT_MOST)


def better(first: Smoke, again: Smoke) -> Smoke:
    """The quicker of two serves of one runtime; the first, where the second was not timed or failed."""
    if again.tokens_per_s is None or again.failure is not None:
        return first
    return first if (first.tokens_per_s or 0.0) >= again.tokens_per_s else again


def _speed(seen: Seen, smoke: Smoke) -> GateCheck:
    old = None if seen.reference_smoke is None else seen.reference_smoke.tokens_per_s
    if smoke.tokens_per_s is None:
        return _failed(GateStep.SPEED, "speed_unknown")
    if seen.crowd is not None:
        return GateCheck(step=GateStep.SPEED, outcome=Outcome.NOT_RUN, reason="card_busy", facts=asdict(seen.crowd))
    if not old:
        return GateCheck(step=GateStep.SPEED, outcome=Outcome.NOT_RUN, reason="nothing_to_compare")
    if is_slower(smoke, seen.reference_smoke):
        return _failed(
            GateStep.SPEED,
            "slower",
            tokens_per_s=round(smoke.tokens_per_s, 1),
            reference=seen.reference,
            reference_tokens_per_s=round(old, 1),
            percent=round(100 * (1 - smoke.tokens_per_s / old), 1),
        )
    return _passed(GateStep.SPEED)


TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The weather of a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
"""The tool that the gate offers."""

TOOL_QUESTION = "What is the weather in Paris? Call the tool."


def is_tool_call(message: Any) -> bool:
    """Whether a message of an answer calls that tool with arguments that can be read."""
    match message:
        case {"tool_calls": [{"function": {"name": "get_weather", "arguments": str(text)}}, *_]}:
            try:
                return isinstance(json.loads(text), dict)
            except ValueError:
                return False
    return False


def _passed(step: GateStep) -> GateCheck:
    return GateCheck(step=step, outcome=Outcome.PASSED)


def _failed(step: GateStep, reason: str, **facts: FactValue) -> GateCheck:
    return GateCheck(step=step, outcome=Outcome.FAILED, reason=reason, facts=facts)
