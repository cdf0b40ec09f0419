"""Sealed engines for people."""

import shlex
from collections.abc import Iterable

from engineroom.cli.output import say, size
from engineroom.contract.engines import Measured, SealedView

_DIFFERS = {
    "card": "the card it was built for is not in this computer",
    "driver": "the driver is another one now",
    "runtime": "the runtime it was built with is gone",
}


def show_engines(views: Iterable[SealedView]) -> None:
    """Two lines for each, and what has changed since."""
    none = True
    for view in views:
        none, engine = False, view.engine
        say(f"{engine.id}  ({engine.precision}, {engine.context_tokens} tokens, {engine.concurrency} at once)")
        say(f"    {engine.gpu_name}, TensorRT-LLM {engine.runtime_version}; {_speeds(engine.measured)}")
        _say_changes(view)
    if none:
        say("No engine has been built here. Build one: engineroom build MODEL")


def show_engine(view: SealedView) -> None:
    """All that a person may want to know."""
    engine, measured = view.engine, view.engine.measured
    say(f"{engine.id}")
    say(f"  model      {engine.model} ({engine.precision}, cache {engine.kv_format})")
    say(f"  runs on    {engine.gpu_name}, {engine.runtime}{' (simulated card)' if engine.simulated else ''}")
    say(f"  serves     {engine.context_tokens} tokens of context, {engine.concurrency} at once")
    say(f"  measured   {_speeds(measured)}")
    say(f"  answers    tool call {_ok(measured.tool_call)}, JSON schema {_ok(measured.json_schema)}")
    say(f"  memory     {_held(measured.gpu_peak_bytes)} on the card, {_held(measured.host_peak_bytes)} in the computer")
    if measured.context_tokens is not None and measured.context_tokens < engine.context_tokens:
        say(f"  ! The engine gives {measured.context_tokens} tokens of context, less than it was asked for.")
    if engine.left_out:
        say(f"  ! This version has no {', '.join(engine.left_out)}.")
    _say_changes(view)
    say(f"  command    {shlex.join(engine.argv)}")
    say(f"Start it: engineroom start {engine.id}")


def _speeds(measured: Measured) -> str:
    facts = (
        ("loads in {:.1f} s", measured.load_s),
        ("first token after {:.3f} s", measured.ttft_s),
        ("{:.1f} tokens/s alone", measured.tokens_per_s),
        (f"{{:.1f}} tokens/s with {measured.concurrency} at once", measured.tokens_per_s_all),
    )
    return ", ".join(text.format(value) for text, value in facts if value is not None) or "nothing measured"


def _say_changes(view: SealedView) -> None:
    for name in view.differs:
        say(f"  ! Build it again: {_DIFFERS.get(name, name)}.")


def _ok(seen: bool | None) -> str:  # noqa: FBT001
    return {None: "not tried", True: "ok", False: "wrong"}[seen]


def _held(size_bytes: int | None) -> str:
    return "an unknown amount" if size_bytes is None else size(size_bytes)
