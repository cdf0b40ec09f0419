"""Sealed engines for people."""

import shlex
from collections.abc import Iterable

from engineroom.cli.output import say, size
from engineroom.contract.engines import BACKEND, Comparison, Figure, Measured, SealedView, Stale

_OTHER_BACKEND = (
    "The plan's memory and speed are estimates for the PyTorch backend; a compiled engine may need more or less. "
    "The next plan of one starts from what this trial measured."
)

_STALE = {
    Stale.CARD: "the card it was built for, {built}, is not in this computer",
    Stale.DRIVER: "it was built with driver {built}, and that is {now} now",
    Stale.RUNTIME_GONE: "the runtime it was built with, {built}, is gone",
    Stale.RUNTIME_CHANGED: "{runtime} was installed anew since",
}
_NAMES = {
    "load_s": "loading",
    "ttft_s": "first token",
    "tokens_per_s": "one answer",
    "tokens_per_s_all": "all at once",
    "joules_per_token": "energy, one answer",
    "joules_per_token_all": "energy, all at once",
    "gpu_peak_bytes": "on the card, at most",
    "gpu_settled_bytes": "on the card, settled",
    "host_peak_bytes": "in the computer",
    "context_tokens": "context",
    "kv_format": "cache",
    "gpu_name": "card",
    "gpus": "cards",
    "runtime_version": "TensorRT-LLM",
    "driver_version": "driver",
    "tool_call": "tool call",
    "json_schema": "JSON schema",
}
_UNITS = (
    ("tokens_per_s", "{:.1f} tokens/s"),
    ("joules_per_token", "{:.2f} J/token"),
    ("_s", "{:.3f} s"),
    ("_tokens", "{:.0f} tokens"),
)


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
    sparse = ", sparse weights" if engine.weight_sparsity else ""
    say(f"  model      {engine.model} ({engine.precision}, cache {engine.kv_format})")
    say(f"  kind       {engine.kind}{sparse}")
    say(f"  runs on    {engine.gpu_name}, {engine.runtime}{' (simulated card)' if engine.simulated else ''}")
    say(f"  serves     {engine.context_tokens} tokens of context, {engine.concurrency} at once")
    say(f"  measured   {_speeds(measured)}")
    say(f"  answers    tool call {_ok(measured.tool_call)}, JSON schema {_ok(measured.json_schema)}")
    say(
        f"  memory     {_held(measured.gpu_peak_bytes)} on the card, then {_held(measured.gpu_settled_bytes)}; "
        f"{_held(measured.host_peak_bytes)} in the computer"
    )
    for line in _against_plan(view.figures):
        say(line)
    if BACKEND in engine.plan:
        say(f"    {_OTHER_BACKEND}")
    if measured.energy_estimated:
        say("    The card counts no joules: these are added up from its power, an estimate (about 10 %).")
    if measured.context_tokens is not None and measured.context_tokens < engine.context_tokens:
        say(f"  ! The engine gives {measured.context_tokens} tokens of context, less than it was asked for.")
    if engine.left_out:
        say(f"  ! This version has no {', '.join(engine.left_out)}.")
    _say_changes(view)
    for stage, words in engine.steps.items():
        say(f"  {stage:<10} {shlex.join(words)}")
    say(f"  command    {view.command}")
    say(f"Start it: engineroom start {engine.id}")


def _speeds(measured: Measured) -> str:
    facts = (
        ("loads in {:.1f} s", measured.load_s),
        ("first token after {:.3f} s", measured.ttft_s),
        ("{:.1f} tokens/s alone", measured.tokens_per_s),
        (f"{{:.1f}} tokens/s with {measured.concurrency} at once", measured.tokens_per_s_all),
    )
    return ", ".join(text.format(value) for text, value in facts if value is not None) or "nothing measured"


def show_comparison(compared: Comparison) -> None:
    """A column for each engine; the best of each row is marked, facts that are the same in all are left out."""
    rows = [["", *compared.engines]]
    rows += [[_name(one.name), *(value or "-" for value in one.values)] for one in compared.facts if not one.alike]
    for figure in compared.figures:
        cells = [value_words(figure.name, value) for value in figure.values]
        if any(value is not None for value in figure.values):
            rows.append([_name(figure.name), *(_marked(cell, at == figure.best) for at, cell in enumerate(cells))])
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    say("* is the better one; figures that were not measured alike have none.")


def value_words(name: str, value: float | None) -> str:
    """A figure with its unit, which its name says."""
    if value is None:
        return "-"
    if name.endswith("_bytes"):
        return size(int(value))
    return next((form.format(value) for part, form in _UNITS if part in name), f"{value:g}")


def _against_plan(figures: Iterable[Figure]) -> Iterable[str]:
    for figure in figures:
        if figure.ratio is None:
            continue
        outside = "" if figure.within is not False else ", outside of what the plan allowed for"
        expected = f"the plan expected {value_words(figure.name, figure.expected)} (x{figure.ratio:.2f}{outside})"
        yield f"    {_name(figure.name):<21} {value_words(figure.name, figure.measured):>16}; {expected}"


def _name(name: str) -> str:
    return _NAMES.get(name, name)


def _marked(cell: str, best: bool) -> str:  # noqa: FBT001
    return f"{cell} *" if best else cell


def _say_changes(view: SealedView) -> None:
    for reason in view.reasons:
        told = {name: "unknown" if value is None else value for name, value in reason.facts.items()}
        say(f"  ! {_STALE[reason.code].format(**told)}. Build it again: engineroom engines rebuild {view.engine.id}")


def _ok(seen: bool | None) -> str:  # noqa: FBT001
    return {None: "not tried", True: "ok", False: "wrong"}[seen]


def _held(size_bytes: int | None) -> str:
    return "an unknown amount" if size_bytes is None else size(size_bytes)
