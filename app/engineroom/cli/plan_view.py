"""A plan for people: verdict in words, the card as a bar, figures with their ranges, why, and what to change."""

import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from engineroom.cli.output import gib
from engineroom.contract.control import FactValue
from engineroom.contract.plan_sentences import plan_sentence
from engineroom.domain.planning.question import CatalogueRow, Question
from engineroom.domain.planning.reasons import Why
from engineroom.domain.planning.values import Alternative, Bill, EngineKind, Plan, Range, Speed, TermKind, Verdict

_BAR_WIDTH = 60
_FILE_WIDTH = 140
_COLUMNS = {
    "model": 0, "verdict": 0, "precision": 0, "memory": 0, "tokens/s": 0, "context": 100, "runtime": 100, "uses": 130,
}  # fmt: skip
_NUMBERS = {"memory", "context", "tokens/s"}
_MOST_WAYS, _MOST_LOSERS = 6, 4
_VERDICTS = {
    Verdict.FITS: ("FITS", "bold green"),
    Verdict.TIGHT: ("FITS ONLY JUST", "bold yellow"),
    Verdict.NO: ("DOES NOT FIT", "bold red"),
    Verdict.UNKNOWN: ("CANNOT TELL", "bold magenta"),
}
_PARTS = (
    ("weights", (TermKind.WEIGHTS,), "cyan", "W"),
    ("cache", (TermKind.KV, TermKind.STATE), "blue", "C"),
    ("activations", (TermKind.ACTIVATIONS, TermKind.LOGITS, TermKind.WORKSPACES), "magenta", "A"),
    ("runtime", (TermKind.GRAPHS, TermKind.CUDA_CONTEXT, TermKind.NCCL, TermKind.DESKTOP), "yellow", "R"),
)
_CHANGES = {
    "context_tokens": "--context {}",
    "concurrency": "--concurrency {}",
    "kv_format": "--kv-dtype {}",
    "precision": "--precision {}",
    "gpus": "--gpus {}",
    "runtime": "--runtime {}",
    "model": "{}",
}
_WAYS = {
    Why.SMALLER_KV, Why.FEWER_AT_ONCE, Why.SHORTER_CONTEXT, Why.OTHER_PRECISION, Why.MORE_CARDS, Why.SMALLER_MODEL,
}  # fmt: skip


def show_plan(plan: Plan, question: Question, console: Console | None = None, *, simulated: bool = False) -> None:
    """Print it. ``simulated`` says that the card is only played by a stand-in."""
    console = console or _console()
    fancy = console.encoding.lower().startswith("utf")
    console.print(_verdict(plan))
    if simulated:
        console.print("This card is SIMULATED: what it holds is made up.", style="bold yellow")
    console.print(_served(plan), style="dim")
    if plan.bill is not None:
        console.print(Padding(_bar(plan.bill, fancy=fancy), (1, 0, 0, 2), expand=False))
    console.print(Padding(_figures(plan, question), (1, 0, 0, 2), expand=False))
    ways = [one for one in plan.alternatives if one.reason.code in _WAYS]
    losers = [one for one in plan.alternatives if one.reason.code not in _WAYS]
    reasons = [plan_sentence(reason.code, reason.facts) for reason in plan.reasons]
    _list(console, "why", reasons, fancy=fancy)
    _list(console, "what would make it fit", [_way(one) for one in ways[:_MOST_WAYS]], fancy=fancy)
    _list(console, "what else there is", [_loser(one) for one in losers[:_MOST_LOSERS]], fancy=fancy)
    if len(losers) > _MOST_LOSERS:
        console.print(f"  and {len(losers) - _MOST_LOSERS} more; see --json", style="dim")


def show_catalogue(rows: Sequence[CatalogueRow], console: Console | None = None) -> None:
    """Print the ranking as a table, the best first; a narrow terminal gets fewer columns."""
    console = console or _console()
    names = [name for name, least in _COLUMNS.items() if console.width >= least]
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in names:
        table.add_column(name, justify="right" if name in _NUMBERS else "left", no_wrap=True)
    for row in rows:
        cells = _cells(row)
        table.add_row(*(cells[name] for name in names))
    console.print(table)
    console.print("Memory and speed are estimates; tokens/s of one stream, with their range.", style="dim")


def _console() -> Console:
    """Standard output; what is not a terminal is as wide as the text wants."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else _FILE_WIDTH)


def _cells(row: CatalogueRow) -> dict[str, str | Text]:
    _, style = _VERDICTS[row.verdict]
    return {
        "model": f"{row.id}{' *' if row.starter else ''}",
        "verdict": Text(row.verdict.value, style=style.removeprefix("bold ")),
        "precision": row.precision or "-",
        "memory": "-" if row.total_bytes is None else gib(row.total_bytes),
        "tokens/s": _short_range(row),
        "context": "-" if row.context_tokens is None else f"{row.context_tokens:,}",
        "runtime": "-" if row.runtime is None else row.runtime.value,
        "uses": ", ".join(row.uses),
    }


def _verdict(plan: Plan) -> Text:
    word, style = _VERDICTS[plan.verdict]
    cards = f"{plan.gpus} x {plan.gpu}" if plan.gpus > 1 else plan.gpu
    return Text.assemble((word, style), f"  {plan.model} ({plan.precision}) on {cards}")


def _served(plan: Plan) -> str:
    at_once = "one sequence" if plan.concurrency == 1 else f"{plan.concurrency} sequences at once"
    version = f" {plan.runtime_version}" if plan.runtime_version else ""
    version += ", compiled" if plan.kind is EngineKind.COMPILED else ""
    return (
        f"{at_once} of {plan.context_tokens:,} tokens, {plan.kv_format} cache, "
        f"{plan.runtime.value}{version} ({plan.support.value})"
    )


def _bar(bill: Bill, *, fancy: bool) -> Text:
    """The card, or what is needed where that is more: what the plan takes, what others hold, what stays free."""
    parts = [(name, bill.expected(*kinds), style, letter) for name, kinds, style, letter in _PARTS]
    others = max(0, bill.held_bytes - bill.returned_bytes)
    parts.append(("others", others, "red", "O"))
    free = (bill.usable_bytes or 0) - sum(size for _, size, *_ in parts)
    parts.append(("free" if free >= 0 else "missing", abs(free), "dim" if free >= 0 else "bold red", "-"))
    whole = sum(size for _, size, *_ in parts) or 1
    bar, so_far, drawn = Text(), 0, 0
    for name, size, style, letter in parts:
        so_far += size
        marks = round(so_far / whole * _BAR_WIDTH) - drawn
        drawn += marks
        block = {"free": "░", "missing": "▒"}.get(name, "█") if fancy else letter
        bar.append(block * marks, style=style)
    bar.append("\n")
    for name, size, style, letter in parts:
        if size:
            mark = "■" if fancy else letter
            bar.append(f"{mark} ", style=style).append(f"{name} {gib(size)}   ")
    return bar


def _figures(plan: Plan, question: Question) -> Table:
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", justify="right")
    rows.add_column()
    for name, words in (*_memory_rows(plan), *_speed_rows(plan.speed, question)):
        rows.add_row(name, words)
    return rows


def _memory_rows(plan: Plan) -> Iterator[tuple[str, str]]:
    bill = plan.bill
    if bill is None:
        yield "memory", "not known"
        return
    bounds = f"{gib(bill.total_low_bytes)} to {gib(bill.total_high_bytes)}"
    of = "" if bill.available_bytes is None else f" of {gib(bill.available_bytes)}"
    learned = f", learned from {plan.learned_runs} runs" if plan.learned_runs else ""
    yield "memory", f"{gib(bill.total_bytes)}{of} (estimate, {bounds}{learned})"
    yield "cache", f"{bill.kv_bytes_per_token:,} bytes per token{_room(bill)}"
    if plan.context_max:
        yield "at most", _most(plan)


def _room(bill: Bill) -> str:
    return "" if bill.kv_tokens_max is None else f"; room for {bill.kv_tokens_max:,} tokens"


def _most(plan: Plan) -> str:
    words = f"{plan.context_max:,} tokens of context for {plan.concurrency}"
    if plan.concurrency_max is not None:
        words += f", or {plan.concurrency_max} sequences of {plan.context_tokens:,}"
    return words


def _speed_rows(speed: Speed | None, question: Question) -> Iterator[tuple[str, str]]:
    if speed is None:
        yield "speed", "not known"
        return
    origin = "estimate" if speed.covered else "estimate, outside what was checked"
    if speed.measured_answers:
        origin = f"measured here, {speed.measured_answers} answers"
    yield "answers", f"{_range(speed.decode, 'tokens/s')} ({origin}) for each stream, {speed.depth:,} tokens deep"
    if speed.batch > 1:
        yield "", f"{_range(speed.throughput, 'tokens/s')} over {speed.batch} streams"
    if speed.prefill is not None:
        yield "prompts", f"{_range(speed.prefill, 'tokens/s')} (estimate)"
    if speed.ttft_s is not None:
        first = _range(speed.ttft_s, "s")
        yield "first token", f"{first} after a prompt of {question.prompt_tokens:,} (estimate)"
    if speed.joules_per_token is not None:
        yield "energy", f"{_range(speed.joules_per_token, 'J per token')} (estimate)"


def _range(value: Range, unit: str) -> str:
    return f"{_digits(value.expected)} {unit}, {_digits(value.low)} to {_digits(value.high)}"


def _digits(value: float) -> str:
    """Three digits: no estimate has more."""
    if value >= 100:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.3g}"


def _short_range(row: CatalogueRow) -> str:
    speed, low, high = row.decode_tokens_per_s, row.decode_low, row.decode_high
    if speed is None or low is None or high is None:
        return "-"
    return f"{speed:.0f} ({low:.0f}-{high:.0f})"


def _way(one: Alternative) -> str:
    """A change that helps, as options to ask again with."""
    order = sorted(one.change.items(), key=lambda change: change[0] != "model")
    return f"{' '.join(_change(*change) for change in order)}{_outcome(one)}"


def _loser(one: Alternative) -> str:
    """A candidate that was not chosen."""
    model = one.change.get("model")
    source = "" if model is None else f" ({model})"
    return f"{one.change.get('precision')} on {one.change.get('runtime')}{source}{_outcome(one)}"


def _outcome(one: Alternative) -> str:
    figures = [] if one.total_bytes is None else [gib(one.total_bytes)]
    if one.decode_tokens_per_s is not None:
        figures.append(f"{_digits(one.decode_tokens_per_s)} tokens/s")
    return f": {', '.join(figures)}. {plan_sentence(one.reason.code, one.reason.facts)}"


def _change(name: str, value: FactValue) -> str:
    return _CHANGES.get(name, f"{name} {{}}").format(value)


def _list(console: Console, title: str, lines: Iterable[str], *, fancy: bool) -> None:
    lines = list(lines)
    if lines:
        console.print(Text(f"\n{title}", style="bold"))
    for line in lines:
        console.print(Padding(Text(f"{'•' if fancy else '-'} {line}"), (0, 0, 0, 2), expand=False))
