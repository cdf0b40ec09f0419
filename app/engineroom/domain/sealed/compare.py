"""Figures of trials: beside what the plan expected, and side by side."""

from collections.abc import Callable, Sequence

from engineroom.domain.sealed.values import (
    Better,
    ComparedFact,
    ComparedFigure,
    Comparison,
    Figure,
    Measured,
    SealedEngine,
)

EXPECTED = {
    "tokens_per_s": "decode",
    "tokens_per_s_all": "throughput",
    "ttft_s": "ttft",
    "joules_per_token": "joules",
    "gpu_settled_bytes": "total_bytes",
    "context_tokens": "context",
}
"""Figures that a plan expects, by the stem of their names in :attr:`SealedEngine.plan`."""

FIGURES: dict[str, Better] = {
    "load_s": Better.LESS,
    "ttft_s": Better.LESS,
    "tokens_per_s": Better.MORE,
    "tokens_per_s_all": Better.MORE,
    "joules_per_token": Better.LESS,
    "joules_per_token_all": Better.LESS,
    "gpu_peak_bytes": Better.LESS,
    "gpu_settled_bytes": Better.LESS,
    "host_peak_bytes": Better.LESS,
    "context_tokens": Better.MORE,
}
"""Figures of :class:`Measured` that engines are compared by, in the order they are shown in."""

_AT_ONCE = frozenset({"tokens_per_s_all", "joules_per_token_all"})

_FACTS: dict[str, Callable[[SealedEngine], str | None]] = {
    "kind": lambda engine: engine.kind,
    "model": lambda engine: engine.repo or engine.model,
    "revision": lambda engine: engine.revision,
    "precision": lambda engine: engine.precision,
    "kv_format": lambda engine: engine.kv_format,
    "context_tokens": lambda engine: str(engine.context_tokens),
    "concurrency": lambda engine: str(engine.concurrency),
    "gpu_name": lambda engine: engine.gpu_name,
    "gpus": lambda engine: str(len(engine.gpu_uuids)),
    "runtime_version": lambda engine: engine.runtime_version,
    "driver_version": lambda engine: engine.driver_version,
    "tool_call": lambda engine: _word(engine.measured.tool_call),
    "json_schema": lambda engine: _word(engine.measured.json_schema),
}


def figures_of(engine: SealedEngine) -> tuple[Figure, ...]:
    """What its trial measured, beside what its plan expected where that expected something."""
    return tuple(_figure(engine, name) for name in FIGURES)


def compare(engines: Sequence[SealedEngine]) -> Comparison:
    """Engines side by side, in the order they are given in."""
    facts = ((name, tuple(read(one) for one in engines)) for name, read in _FACTS.items())
    return Comparison(
        engines=tuple(engine.id for engine in engines),
        facts=tuple(ComparedFact(name=name, values=values, alike=len(set(values)) == 1) for name, values in facts),
        figures=tuple(_compared(engines, name, better) for name, better in FIGURES.items()),
    )


def _figure(engine: SealedEngine, name: str) -> Figure:
    measured, stem = _value(engine.measured, name), EXPECTED.get(name)
    expected, low, high = (_planned(engine, stem, end) for end in ("", "_low", "_high"))
    within = None if measured is None or low is None or high is None else low <= measured <= high
    ratio = measured / expected if measured is not None and expected else None
    return Figure(name=name, measured=measured, expected=expected, low=low, high=high, ratio=ratio, within=within)


def _planned(engine: SealedEngine, stem: str | None, end: str) -> float | None:
    if stem == "context":
        return None if end else float(engine.context_tokens)
    value = None if stem is None else engine.plan.get(f"{stem}{end}")
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _compared(engines: Sequence[SealedEngine], name: str, better: Better) -> ComparedFigure:
    values = tuple(_value(engine.measured, name) for engine in engines)
    # Twice as many answers at once are more tokens per second, and no better engine.
    alike = name not in _AT_ONCE or len({engine.measured.concurrency for engine in engines}) == 1
    known = [value for value in values if value is not None]
    best = None
    if alike and len(known) == len(values) and len(set(known)) > 1:
        wanted = max(known) if better is Better.MORE else min(known)
        best = values.index(wanted) if known.count(wanted) == 1 else None
    return ComparedFigure(name=name, values=values, better=better if alike else Better.NEITHER, best=best)


def _value(measured: Measured, name: str) -> float | None:
    value = getattr(measured, name)
    return None if value is None else float(value)


def _word(seen: bool | None) -> str | None:  # noqa: FBT001
    return None if seen is None else "ok" if seen else "wrong"
