"""The tables of what runs where, as values; how to ask them is in :mod:`engineroom.domain.planning.support`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engineroom.domain.planning.values import Runtime, Support

COMPILED = "tensorrt-llm-compiled"
"""Engines made with ``trtllm-build``; the last version that has them is 1.2."""

FAMILIES = frozenset({"dense", "moe", "mla"})

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A set of names, or with ``other`` everything but them; no names at all mean any."""

    names: frozenset[str] = frozenset()
    other: bool = False

    def has(self, name: str) -> bool:
        """Whether ``name`` is meant."""
        return not self.names or (name in self.names) is not self.other

    def meets(self, them: "Names") -> bool:
        """Whether some name is meant by both."""
        if not self.names or not them.names or (self.other and them.other):
            return True
        if self.other or them.other:
            few, all_but = (them, self) if self.other else (self, them)
            return bool(few.names - all_but.names)
        return bool(self.names & them.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A region of the table and what is known there. Both ends of ``sm`` and of the versions belong to it."""

    kind: str
    sm: tuple[int, int]
    precisions: Names
    families: Names
    runtimes: Names
    systems: Names
    machines: Names
    weights: Names
    gpus: Names
    version_low: Version | None
    version_high: Version | None
    calibrated: bool
    support: Support
    note: str
    source: str
    read_on: str

    def covers(self, site: "Site") -> bool:
        """Whether the row speaks of this card, runtime and system."""
        return (
            site.sm is not None
            and self.sm[0] <= site.sm <= self.sm[1]
            and self.runtimes.has(site.runtime)
            and within(site.version, self.version_low, self.version_high)
            and self.systems.has(site.os)
            and self.machines.has(site.arch)
            and self.gpus.has("one" if site.gpus == 1 else "several")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a checkpoint would run; ``sm`` like 120, ``None`` for a card whose compute capability is not known."""

    sm: int | None
    runtime: str
    version: Version | None
    os: str
    arch: str
    gpus: int = 1
    driver: Version | None = None
    cuda: Version | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """A model class and who runs it: ``documented``, ``registered`` or ``absent``; ``llama_cpp`` are GGUF names."""

    name: str
    tensorrt_llm: str
    compiled: bool
    llama_cpp: tuple[str, ...]
    tensorrt_llm_modalities: tuple[str, ...]
    llama_cpp_modalities: tuple[str, ...]
    note: str
    source: str
    read_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeRule:
    """What a runtime version asks of the machine. ``listed_cards`` are those its makers test, by words of the name."""

    runtime: str
    version_low: Version | None
    version_high: Version | None
    default_version: str
    driver_min: Version | None
    cuda_min: Version | None
    listed_cards: frozenset[str]
    note: str
    source: str
    read_on: str

    def lists(self, card_name: str) -> bool:
        """Whether the makers test this card; true where they name none."""
        words = set(re.split(r"[^a-z0-9]+", card_name.lower()))
        return not self.listed_cards or bool(words & self.listed_cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The tables. ``losses`` is the perplexity a precision adds, in per cent of the 16-bit model's; caches likewise."""

    rows: tuple[Row, ...]
    architectures: Mapping[str, Architecture]
    gguf_architectures: frozenset[str]
    runtimes: tuple[RuntimeRule, ...]
    losses: Mapping[str, float]
    kv_losses: Mapping[str, float]

    def rule(self, runtime: str, version: str | None) -> RuntimeRule | None:
        """The rule for this version, or for the version we install if none is given."""
        for rule in self.runtimes:
            if rule.runtime == runtime and (
                version is None or within(version_of(runtime, version), rule.version_low, rule.version_high)
            ):
                return rule
        return None


def version_of(runtime: str, text: str) -> Version:
    """Numbers of a version. llama.cpp is known by its build number, the last of them.

    >>> version_of("tensorrt-llm", "1.3.0rc3"), version_of("llama.cpp", "2026.10.11549")
    ((1, 3, 0), (11549,))
    """
    numbers = tuple(int(number) for number in re.findall(r"\d+", re.split(r"(?<=\d)[a-z]", text)[0]))
    return numbers[-1:] if runtime == Runtime.LLAMA_CPP.value else numbers


def within(version: Version | None, low: Version | None, high: Version | None) -> bool:
    """Whether a version lies in a range; ``high`` 1.2 takes in every 1.2.x. An unknown one only in an open range."""
    if version is None:
        return low is None and high is None
    return (low is None or version >= low) and (high is None or version[: len(high)] <= high)


def contradictions(rows: Iterable[Row]) -> list[tuple[Row, Row]]:
    """Pairs of rows that speak of the same thing and disagree."""
    every = list(rows)
    return [
        (one, two)
        for index, one in enumerate(every)
        for two in every[index + 1 :]
        if one.support is not two.support and _meet(one, two)
    ]


def _meet(one: Row, two: Row) -> bool:
    if one.kind != two.kind or one.sm[0] > two.sm[1] or two.sm[0] > one.sm[1] or not _versions_meet(one, two):
        return False
    fields = ("precisions", "families", "runtimes", "systems", "machines", "weights", "gpus")
    return all(getattr(one, name).meets(getattr(two, name)) for name in fields)


def _versions_meet(one: Row, two: Row) -> bool:
    def below(low: Version | None, high: Version | None) -> bool:
        return low is None or high is None or low[: len(high)] <= high

    return below(one.version_low, two.version_high) and below(two.version_low, one.version_high)
