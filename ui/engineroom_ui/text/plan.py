"""Words of a plan: verdicts, lines of the bill, choices, and the figures in a sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from engineroom_ui.text import numbers, tables, units
from engineroom_ui.text.marks import mark
from engineroom_ui.text.sentences import listed, run_on, titled

translate = QCoreApplication.translate

LLAMA_CPP = "llama.cpp"
PROCESSOR = "cpu"
"""What a plan for the processor names as its card."""
NO = "no"
"""The verdict on what does not fit."""

_VERDICTS: dict[str, tuple[str, str]] = {
    "fits": (mark("plan", "Fits"), "ok"),
    "tight": (mark("plan", "Tight"), "warn"),
    NO: (mark("plan", "Does not fit"), "bad"),
    "unknown": (mark("plan", "Unknown"), "idle"),
}

_PARTS = {
    "weights": mark("plan", "Weights"),
    "kv": mark("plan", "KV cache"),
    "state": mark("plan", "State"),
    "runtime": mark("plan", "Runtime"),
    "held": mark("plan", "Held by others"),
    "free": mark("plan", "Free"),
    "missing": mark("plan", "Missing"),
}

_TERMS = {
    "weights": mark("plan", "Weights"),
    "kv": mark("plan", "KV cache"),
    "state": mark("plan", "Recurrent state"),
    "activations": mark("plan", "Activations"),
    "logits": mark("plan", "Logits"),
    "workspaces": mark("plan", "Workspaces"),
    "cuda_graphs": mark("plan", "CUDA graphs"),
    "cuda_context": mark("plan", "CUDA context"),
    "nccl": mark("plan", "NCCL buffers"),
    "desktop": mark("plan", "Kept for the desktop"),
    "host": mark("plan", "The computer's memory"),
}

_ORIGINS = {
    "headers": mark("plan", "from the file's headers"),
    "file_sizes": mark("plan", "from file sizes"),
    "config": mark("plan", "worked out from the configuration"),
    "catalogue": mark("plan", "from the catalogue"),
    "measured": mark("plan", "measured on load"),
    "table": mark("plan", "from a table"),
    "formula": mark("plan", "by formula"),
    "reported": mark("plan", "reported by the driver"),
    "learned": mark("plan", "learned from earlier runs"),
}

_SUPPORT = {
    "experimental": mark("plan", "experimental here"),
    "untested": mark("plan", "untested here"),
    "broken": mark("plan", "known not to run here"),
}

_RUNTIMES = {"tensorrt-llm": "TensorRT-LLM", "llama.cpp": "llama.cpp"}
_SPACED = frozenset({"bf16", "fp8", "nvfp4", "mxfp4", "f16", "f32", "int8", "w4a16", "w4a8"})


def verdict(value: str) -> tuple[str, str]:
    """Word and token of a verdict."""
    word, ink = _VERDICTS.get(value, _VERDICTS["unknown"])
    return translate("plan", word), ink


def part(key: str) -> str:
    """Name of a part of the bar."""
    return translate("plan", _PARTS[key])


def term(kind: str) -> str:
    """Name of a line of the bill."""
    return translate("plan", _TERMS[kind]) if kind in _TERMS else kind


def origin(value: str | None) -> str:
    """Where a figure comes from."""
    return translate("plan", _ORIGINS[value]) if value in _ORIGINS else value or ""


def support(value: str | None) -> str:
    """A tag where this is not known to work; else nothing."""
    return translate("plan", _SUPPORT[value]) if value in _SUPPORT else ""


def runtime(value: str | None) -> str:
    """Name of a runtime."""
    return _RUNTIMES.get(value or "", value or units.not_reported())


def precision(value: str | None) -> str:
    """Name of a number format."""
    if value is None:
        return units.not_reported()
    parts = value.split("_")
    return " ".join(each.upper() for each in parts) if parts[0] in _SPACED else value.upper()


def is_precision(value: str) -> bool:
    """Whether this begins like the name of a number format."""
    return value.split("_", 1)[0] in _SPACED


def conclusion(value: str, room_bytes: int | None, *, precision_name: str, runtime_name: str) -> str:
    """The verdict as a sentence. ``room_bytes`` is what is left of the usable memory, negative where it lacks."""
    how = translate("plan", "{precision} on {runtime}").format(precision=precision_name, runtime=runtime_name)
    room = units.memory(abs(room_bytes)) if room_bytes is not None else units.not_reported()
    sentences = {
        "fits": translate("plan", "{how}, with {room} to spare."),
        "tight": translate("plan", "{how}, with only {room} left: the estimate may be off by more."),
        "no": translate("plan", "{how} lacks {room} on this card."),
    }
    if value == "tight" and room_bytes is not None and room_bytes < 0:
        return translate("plan", "{how}, about {room} over: the estimate may be off by more.").format(
            how=how, room=room
        )
    if value not in sentences or (room_bytes is None and value != "unknown"):
        return translate("plan", "Whether {how} fits cannot be told.").format(how=how)
    return sentences[value].format(how=how, room=room)


def checkpoint(model: str) -> str:
    """Which files would be served."""
    return translate("plan", "From {model}.").format(model=model) if model else ""


def memory_range(low_bytes: int | None, high_bytes: int | None) -> str:
    """From the least to the most, or nothing where they are one."""
    if low_bytes is None or high_bytes is None or units.memory(low_bytes) == units.memory(high_bytes):
        return ""
    return translate("plan", "{low} to {high}").format(low=units.memory(low_bytes), high=units.memory(high_bytes))


def bar_told(parts: Sequence[tuple[str, int]], total: tuple[int, int, int], usable_bytes: int | None) -> str:
    """All that the bar shows, for those who do not see it. ``total`` is low, expected and high."""
    named = run_on(
        translate("plan", "{part}: {size}").format(part=part(key), size=units.memory(size)) for key, size in parts
    )
    low, expected, high = (units.memory(value) for value in total)
    text = translate("plan", "This plan takes {expected}, between {low} and {high}, of {usable} usable. {parts}.")
    return text.format(expected=expected, low=low, high=high, usable=units.memory(usable_bytes), parts=named)


def holders(programs: Sequence[tuple[str, int | None]]) -> str:
    """Who holds memory of the card now, the largest first."""
    if not programs:
        return ""
    shown = sorted(programs, key=lambda each: -(each[1] or 0))
    named = [
        translate("plan", "{program} ({size})").format(program=name, size=units.memory(size))
        if size is not None
        else name
        for name, size in ((tables.phrased(one), size) for one, size in shown[:4])
    ]
    if len(shown) > 4:
        named.append(translate("plan", "{n} more").format(n=len(shown) - 4))
    return translate("plan", "Held now by {programs}.").format(programs=listed(named))


def rate_range(low: float | None, high: float | None) -> str:
    """Bounds of a rate in tokens per second."""
    if low is None or high is None:
        return ""
    return translate("plan", "{low} to {high}").format(low=_rate(low), high=_rate(high))


def seconds_range(low_s: float | None, high_s: float | None) -> str:
    """Bounds of a duration."""
    if low_s is None or high_s is None:
        return ""
    return units.spread(units.seconds(low_s), units.seconds(high_s))


def _rate(value: float) -> str:
    # A bound of an estimate: a third figure would claim what nobody knows.
    return numbers.fixed(value, 0 if value >= 10 else 1)


def tokens_short(value: int) -> str:
    """Tokens in binary thousands where that is exact, as on a scale: 4k, 1M."""
    for size, text in ((1 << 20, "{n}M"), (1 << 10, "{n}k")):
        if value >= size and value % size == 0:
            return text.format(n=value // size)
    return units.count(value)


def row(precision_name: str | None, total_bytes: int | None, low: float | None, high: float | None) -> str:
    """A model of the catalogue in one line: precision, memory, rate."""
    facts = [
        precision(precision_name) if precision_name else "",
        units.memory(total_bytes) if total_bytes is not None else "",
        translate("plan", "{range} tok/s").format(range=rate_range(low, high)) if low is not None else "",
    ]
    return "  ·  ".join(fact for fact in facts if fact)


_CHANGES = {
    "context_tokens": mark("plan", "context of {value} tokens"),
    "concurrency": mark("plan", "{value} at once"),
    "kv_format": mark("plan", "KV cache in {value}"),
    "kv_dtype": mark("plan", "KV cache in {value}"),
    "precision": mark("plan", "weights in {value}"),
    "gpus": mark("plan", "{value} cards"),
    "runtime": mark("plan", "on {value}"),
    "model": mark("plan", "take {value}"),
    "gpu": mark("plan", "on a {value}"),
}


def change(changes: Mapping[str, Any]) -> str:
    """What an alternative changes, as a phrase that begins with a capital."""
    ordered = sorted(changes.items(), key=lambda change: change[0] != "model")
    said = listed(_one_change(name, value) for name, value in ordered)
    return said[:1].upper() + said[1:]


def _one_change(name: str, value: Any) -> str:
    if name in {"kv_format", "kv_dtype", "precision"}:
        value = precision(str(value))
    elif name == "runtime":
        value = runtime(str(value))
    elif isinstance(value, int):
        value = units.count(value)
    if name not in _CHANGES:
        return titled(name, value)
    return translate("plan", _CHANGES[name]).format(value=value)
