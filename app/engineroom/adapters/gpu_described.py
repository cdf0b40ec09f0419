"""A card in a person's own words: ``name=My card,memory=24GB,bandwidth=1008GB/s,cc=8.9``."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engineroom.adapters.gpu_memory import usable_bytes
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.machine import MemoryKind
from engineroom.domain.planning.values import Gpu

EXAMPLE = "name=My card,memory=24GB,bandwidth=1008GB/s,cc=8.9,fp16=165TFLOPS,power=450W"

_MOST = 1e18
_FIGURE = re.compile(r"^(\d+(?:\.\d+)?)([a-z/]*)$")
_MEMORY: dict[str, float] = {"gb": 2**30, "gib": 2**30, "g": 2**30, "mb": 2**20, "mib": 2**20, "tb": 2**40}
_BANDWIDTH = {"gb/s": 1e9, "gbs": 1e9, "tb/s": 1e12, "tbs": 1e12, "": 1e9}
_FLOPS = {"tflops": 1e12, "t": 1e12, "pflops": 1e15, "": 1e12}
_POWER = {"w": 1.0, "": 1.0}
_YES_OR_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def is_description(text: str) -> bool:
    """Whether it is one, rather than a name."""
    return "=" in text


def told_name(text: str) -> str | None:
    """The name in it."""
    return _parts(text).get("name")


def described(text: str, known: Gpu | None) -> Gpu:
    """The card. What is not told is ``known``'s, a card of that name, or stays unknown.

    Memory and bandwidth have to come from one of the two.

    Raises:
        Rejected: a part that is not understood or missing.
    """
    parts = _parts(text)
    changes: dict[str, Any] = {}
    for key, value in parts.items():
        field, read = _FIELDS.get(key, (None, None))
        read_value = read(value) if read else None
        if field is None or read_value is None:
            raise Rejected(Code.GPU_DESCRIPTION, part=f"{key}={value}", example=EXAMPLE)
        changes[field] = read_value
    if known is not None and changes.keys() == {"name"}:
        return known
    base = known or Gpu(
        name=parts.get("name", "described card"), compute_capability=None, memory_total_bytes=None, usable_bytes=None,
        bandwidth_bytes_per_s=None,
    )  # fmt: skip
    if "fp16_flops" in changes:
        changes["fp16_fast_flops"] = None
    card = replace(base, **changes)
    if "memory_total_bytes" in changes or "memory_kind" in changes:
        card = replace(card, usable_bytes=usable_bytes(card.memory_total_bytes, card.memory_kind))
    for missing, told in (("memory", card.memory_total_bytes), ("bandwidth", card.bandwidth_bytes_per_s)):
        if told is None:
            raise Rejected(Code.GPU_DESCRIPTION, part=f"{missing}=", example=EXAMPLE)
    return card


def _parts(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def _figure(units: dict[str, float]) -> Callable[[str], float | None]:
    def read(text: str) -> float | None:
        found = _FIGURE.match(text.lower().replace(" ", ""))
        figure = float(found[1]) * units.get(found[2], 0.0) if found else 0.0
        return figure if 0.0 < figure < _MOST else None

    return read


def _memory(text: str) -> int | None:
    size = _figure(_MEMORY)(text)
    return None if size is None else int(size)


def _capability(text: str) -> tuple[int, int] | None:
    major, _, minor = text.partition(".")
    return (int(major), int(minor or 0)) if major.isdigit() and (minor or "0").isdigit() else None


def _memory_kind(text: str) -> MemoryKind | None:
    unified = _YES_OR_NO.get(text.lower())
    return None if unified is None else MemoryKind.UNIFIED if unified else MemoryKind.OWN


def _yes_or_no(text: str) -> bool | None:
    return _YES_OR_NO.get(text.lower())


_FIELDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "name": ("name", lambda text: text or None),
    "memory": ("memory_total_bytes", _memory),
    "bandwidth": ("bandwidth_bytes_per_s", _figure(_BANDWIDTH)),
    "cc": ("compute_capability", _capability),
    "fp16": ("fp16_flops", _figure(_FLOPS)),
    "fp8": ("fp8_flops", _figure(_FLOPS)),
    "fp4": ("fp4_flops", _figure(_FLOPS)),
    "power": ("power_limit_w", _figure(_POWER)),
    "unified": ("memory_kind", _memory_kind),
    "laptop": ("laptop", _yes_or_no),
    "nvlink": ("nvlink", _yes_or_no),
    "display": ("display_active", _yes_or_no),
}
