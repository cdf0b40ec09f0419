"""What a fix of the doctor does, would do, or would come to: codes with facts, and English for those without them.

What a person would do outside is a detail (``fix_command``, ``fix_page``, ``fix_by_hand``).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from engineroom.domain.details import WORDS, Detail
from engineroom.domain.errors import FactValue
from engineroom.domain.reason import Reason
from engineroom.domain.trtllm.fixes import Change

_GIB = 2**30


class FixStep(StrEnum):
    """Stable names; the names in braces of :data:`STEPS` are the facts that come with each."""

    # knobs of a start
    KNOB_CHANGED = "knob_changed"
    KNOB_SET = "knob_set"
    KNOB_LEFT_OUT = "knob_left_out"
    # memory of the card
    STOP_ENGINE = "stop_engine"
    END_LEFT = "end_left"
    END_YOURS = "end_yours"
    END_YOURS_HOLDING = "end_yours_holding"
    HOLDS = "holds"
    HOLDS_SOME = "holds_some"
    # jobs
    PROBE = "probe_runtime"
    INSTALL_ANEW = "install_anew"
    IMAGE_ANEW = "image_anew"
    INSTALL_NEWEST = "install_newest"
    FETCH = "fetch_again"
    FETCH_GGUF = "fetch_gguf"
    BUILD_ANEW = "build_anew"
    BUILD_IN = "build_in"
    BUILD_OVER = "build_over"
    BUILD_OVER_ONE = "build_over_one"
    BUILD_WITH = "build_with"
    BUILD_TRTLLM = "build_trtllm"
    # what comes after it
    START_NEW = "start_new"
    START_AGAIN = "start_again"
    BUILD_AND_START = "build_and_start"
    JOB_BEGUN = "job_begun"
    TAKEN_BACK_BY = "taken_back_by"
    # what would come of it
    PLANNED = "planned"
    PLANNED_TIGHT = "planned_tight"
    PLANNED_UNSURE = "planned_unsure"
    MEMORY = "memory_of_card"
    NEEDS_YES = "needs_yes"
    NEW_ENGINE = "new_engine"
    TO_FETCH = "to_fetch"
    TO_FETCH_AND_FREE = "to_fetch_and_free"
    INSTALLABLE_CONTAINER = "installable_container"
    INSTALLABLE_VENV = "installable_venv"


STEPS: Mapping[str, str] = {
    FixStep.KNOB_CHANGED: "{knob}: {before} -> {after}",
    FixStep.KNOB_SET: "{knob}: not set -> {after}",
    FixStep.KNOB_LEFT_OUT: "{knob}: {before} -> not set",
    FixStep.STOP_ENGINE: "stop {engine}",
    FixStep.END_LEFT: "end {program} (pid {pid}), which an earlier start left",
    FixStep.END_YOURS: "end {program} (pid {pid}), a program of yours, if you name it",
    FixStep.END_YOURS_HOLDING: "end {program} (pid {pid}, {held_bytes}), a program of yours, if you name it",
    FixStep.HOLDS: "{program} (pid {pid}) holds {held_bytes}",
    FixStep.HOLDS_SOME: "{program} (pid {pid}) holds memory",
    FixStep.PROBE: "put {runtime} through its gate again",
    FixStep.INSTALL_ANEW: "install {runtime} anew beside itself and replace it when its gate is passed",
    FixStep.IMAGE_ANEW: "fetch the image of {runtime} anew and replace it when its gate is passed",
    FixStep.INSTALL_NEWEST: "install the newest known TensorRT-LLM beside {runtime}",
    FixStep.FETCH: "fetch {repo} again; what is whole here is kept",
    FixStep.FETCH_GGUF: "fetch {repo} ({variant}), which llama.cpp serves",
    FixStep.BUILD_ANEW: "build {model} as a new plan has it",
    FixStep.BUILD_IN: "build {model} in {precision} for the same card",
    FixStep.BUILD_OVER: "build {model} over {cards} cards",
    FixStep.BUILD_OVER_ONE: "build {model} over one card",
    FixStep.BUILD_WITH: "build {model} with {runtime}",
    FixStep.BUILD_TRTLLM: "build {model} for TensorRT-LLM",
    FixStep.START_NEW: "start the new one",
    FixStep.START_AGAIN: "start {engine} again",
    FixStep.BUILD_AND_START: "build the engine again with it, and start that",
    FixStep.JOB_BEGUN: "job {job} has begun: engineroom jobs",
    FixStep.TAKEN_BACK_BY: "taken back by: engineroom doctor {engine} --undo",
    FixStep.PLANNED: (
        "the plan: {precision}, {context_tokens} tokens of context, {concurrency} at once, on {gpus} x {gpu}: it fits"
    ),
    FixStep.PLANNED_TIGHT: (
        "the plan: {precision}, {context_tokens} tokens of context, {concurrency} at once, on {gpus} x {gpu}: "
        "it is tight"
    ),
    FixStep.PLANNED_UNSURE: (
        "the plan: {precision}, {context_tokens} tokens of context, {concurrency} at once, on {gpus} x {gpu}: "
        "it may not fit"
    ),
    FixStep.MEMORY: "memory of each card: {total_bytes} of {card_bytes} (estimate)",
    FixStep.NEEDS_YES: "it is done only with a yes: {reason}",
    FixStep.NEW_ENGINE: "the new engine is {engine}; {old} stays as it is",
    FixStep.TO_FETCH: "to fetch: {fetch_bytes}",
    FixStep.TO_FETCH_AND_FREE: "to fetch: {fetch_bytes}, {free_bytes} are free",
    FixStep.INSTALLABLE_CONTAINER: "TensorRT-LLM {version} can be installed here as a container",
    FixStep.INSTALLABLE_VENV: "TensorRT-LLM {version} can be installed here as an environment",
}
"""English, a line each."""


def step(code: FixStep | Detail, **facts: FactValue) -> Reason:
    """One line."""
    return Reason(code=code, facts=facts)


def changed(one: Change) -> Reason:
    """A knob that is turned."""
    code = FixStep.KNOB_SET if one.before is None else FixStep.KNOB_CHANGED
    return step(FixStep.KNOB_LEFT_OUT if one.after is None else code, knob=one.knob, before=one.before, after=one.after)


def worded(steps: Iterable[Reason]) -> tuple[str, ...]:
    """The English of each."""
    return tuple(_text(one.code).format_map({name: _said(name, value) for name, value in one.facts.items()})
                 for one in steps)  # fmt: skip


def _text(code: str) -> str:
    return STEPS[code] if code in STEPS else WORDS[Detail(code)]


def _said(name: str, value: FactValue) -> FactValue:
    if name.endswith("_bytes") and isinstance(value, (int, float)):
        return f"{value / _GIB:.{1 if value >= _GIB else 2}f} GiB"
    return value
