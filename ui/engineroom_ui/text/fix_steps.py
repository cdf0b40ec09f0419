"""What a fix does or would do, a line each: the engine room sends codes and facts for it."""

from PySide6.QtCore import QCoreApplication

from engineroom.contract.details import Reason
from engineroom.contract.doctor import STEPS, FixResult
from engineroom_ui.text.details import detail
from engineroom_ui.text.facts import filled
from engineroom_ui.text.marks import mark
from engineroom_ui.text.problems import opened

SAID = (
    mark("fixes", "{knob}: {before} -> {after}"),
    mark("fixes", "{knob}: not set -> {after}"),
    mark("fixes", "{knob}: {before} -> not set"),
    mark("fixes", "stop {engine}"),
    mark("fixes", "end {program} (pid {pid}), which an earlier start left"),
    mark("fixes", "end {program} (pid {pid}), a program of yours, if you name it"),
    mark("fixes", "end {program} (pid {pid}, {held_bytes}), a program of yours, if you name it"),
    mark("fixes", "{program} (pid {pid}) holds {held_bytes}"),
    mark("fixes", "{program} (pid {pid}) holds memory"),
    mark("fixes", "put {runtime} through its gate again"),
    mark("fixes", "install {runtime} anew beside itself and replace it when its gate is passed"),
    mark("fixes", "fetch the image of {runtime} anew and replace it when its gate is passed"),
    mark("fixes", "install the newest known TensorRT-LLM beside {runtime}"),
    mark("fixes", "fetch {repo} again; what is whole here is kept"),
    mark("fixes", "fetch {repo} ({variant}), which llama.cpp serves"),
    mark("fixes", "build {model} as a new plan has it"),
    mark("fixes", "build {model} in {precision} for the same card"),
    mark("fixes", "build {model} over {cards} cards"),
    mark("fixes", "build {model} over one card"),
    mark("fixes", "build {model} with {runtime}"),
    mark("fixes", "build {model} for TensorRT-LLM"),
    mark("fixes", "start the new one"),
    mark("fixes", "start {engine} again"),
    mark("fixes", "build the engine again with it, and start that"),
    mark("fixes", "job {job} has begun: engineroom jobs"),
    mark("fixes", "taken back by: engineroom doctor {engine} --undo"),
    mark(
        "fixes",
        "the plan: {precision}, {context_tokens} tokens of context, {concurrency} at once, on {gpus} x {gpu}: it fits",
    ),
    mark(
        "fixes",
        "the plan: {precision}, {context_tokens} tokens of context, {concurrency} at once, on {gpus} x {gpu}: "
        "it is tight",
    ),
    mark(
        "fixes",
        "the plan: {precision}, {context_tokens} tokens of context, {concurrency} at once, on {gpus} x {gpu}: "
        "it may not fit",
    ),
    mark("fixes", "memory of each card: {total_bytes} of {card_bytes} (estimate)"),
    mark("fixes", "it is done only with a yes: {reason}"),
    mark("fixes", "the new engine is {engine}; {old} stays as it is"),
    mark("fixes", "to fetch: {fetch_bytes}"),
    mark("fixes", "to fetch: {fetch_bytes}, {free_bytes} are free"),
    mark("fixes", "TensorRT-LLM {version} can be installed here as a container"),
    mark("fixes", "TensorRT-LLM {version} can be installed here as an environment"),
)
"""The words of the contract, marked for translation; a test holds them against it."""


def told(result: FixResult) -> tuple[str, ...]:
    """Its lines; one of a code that this window does not know, and those of an older engine room, as they came."""
    if len(result.steps) != len(result.lines):
        return result.lines
    return tuple(step(one) or line for one, line in zip(result.steps, result.lines, strict=True))


def step(one: Reason) -> str | None:
    """A line; ``None`` for a code that this window does not know."""
    if one.code not in STEPS:
        return detail(one.code, one.facts)
    text = QCoreApplication.translate("fixes", STEPS[one.code])
    return filled(text, {**one.facts, **opened(one.facts)}, sizes=True)
