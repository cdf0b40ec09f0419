"""What is known to run where: precisions by card, model classes by runtime. What is not listed is untested.

The table has three kinds of rows, and a plan is as good as the worst that applies to it: ``platform`` (is there code
for this card, system and processor), ``weights`` (does this precision run in this kind of layer), ``kv`` (the cache).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engineroom.domain.model_card.values import AttentionKind, ModelCard, TensorClass
from engineroom.domain.planning.formats import GGUF_PRECISIONS
from engineroom.domain.planning.values import Platform, Runtime, Support

COMPILED = "tensorrt-llm-compiled"
"""Engines made with ``trtllm-build``; the last version that has them is 1.2."""

SIXTEEN_BIT = frozenset({"bf16", "f16", "f32"})
GGUF_QUANTS = GGUF_PRECISIONS - SIXTEEN_BIT
"""What a row means by ``gguf_quants``."""

FAMILIES = frozenset({"dense", "moe", "mla"})

_RANK = {Support.SUPPORTED: 0, Support.EXPERIMENTAL: 1, Support.UNTESTED: 2, Support.BROKEN: 3}
_MATRICES = {TensorClass.ATTENTION, TensorClass.MLP, TensorClass.STATE, TensorClass.SHARED_EXPERTS, TensorClass.EXPERTS}
_UNLISTED = "not listed"

Version = tuple[int, ...]


class Finding(NamedTuple):
    """One thing that is known. ``subject`` is what it is about: platform, driver, model, checkpoint, weights or kv."""

    support: Support
    note: str
    source: str
    subject: str = ""
    name: str = ""


class _Thing(NamedTuple):
    kind: str
    precision: str = ""
    family: str = "dense"
    weights: str = ""


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
    """The tables. ``losses`` is how much perplexity a precision adds, in per cent of the 16-bit model's."""

    rows: tuple[Row, ...]
    architectures: Mapping[str, Architecture]
    gguf_architectures: frozenset[str]
    runtimes: tuple[RuntimeRule, ...]
    losses: Mapping[str, float]

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


def worst(found: Iterable[Finding]) -> Finding:
    """The finding that decides; of equals the first."""
    return max(found, key=lambda one: _RANK[one.support])


def site_of(
    matrix: Matrix,
    *,
    compute_capability: tuple[int, int] | None,
    runtime: str,
    platform: Platform,
    version: str | None = None,
    gpus: int = 1,
) -> Site:
    """Where something would run; without a version, that of the runtime we install."""
    rule = matrix.rule(Runtime.TENSORRT_LLM.value if runtime == COMPILED else runtime, version)
    text = version or (rule.default_version if rule else None)
    return Site(
        sm=None if compute_capability is None else compute_capability[0] * 10 + compute_capability[1],
        runtime=runtime,
        version=None if text is None else version_of(runtime, text),
        os=platform.os,
        arch=platform.arch,
        gpus=gpus,
    )


def platform_support(matrix: Matrix, site: Site) -> Finding:
    """Whether the runtime has code for the card, system and processor."""
    return _finding(_row(matrix, site, _Thing("platform")), "platform", f"sm_{site.sm} {site.os} {site.arch}")


def precision_support(matrix: Matrix, site: Site, precision: str, family: str) -> Finding:
    """Whether ``precision`` runs in layers of this family (``dense``, ``moe`` or ``mla``)."""
    return _finding(_row(matrix, site, _Thing("weights", precision, family)), "weights", f"{precision} {family}")


def kv_support(matrix: Matrix, site: Site, kv_format: str, *, weights: str, calibrated: bool) -> Finding:
    """Whether the cache may be kept in ``kv_format`` beside weights of this precision."""
    row = _row(matrix, site, _Thing("kv", kv_format, weights=weights))
    if row is not None and row.calibrated and not calibrated:
        return Finding(Support.BROKEN, "needs a checkpoint calibrated for this cache", row.source, "kv", kv_format)
    return _finding(row, "kv", kv_format)


def model_support(matrix: Matrix, card: ModelCard, runtime: str) -> Finding:
    """Whether the runtime knows the model's class."""
    if runtime == Runtime.LLAMA_CPP.value:
        return _gguf_support(matrix, card)
    known = matrix.architectures.get(card.architecture)
    if known is None:
        return Finding(Support.UNTESTED, _UNLISTED, "", "model", card.architecture)
    state = ("documented" if known.compiled else "absent") if runtime == COMPILED else known.tensorrt_llm
    support = {"documented": Support.SUPPORTED, "registered": Support.EXPERIMENTAL}.get(state, Support.BROKEN)
    return Finding(support, known.note or state, known.source, "model", card.architecture)


def _gguf_support(matrix: Matrix, card: ModelCard) -> Finding:
    if card.architecture in matrix.gguf_architectures:
        return Finding(Support.SUPPORTED, "in the build", "architectures.csv", "model", card.architecture)
    known = matrix.architectures.get(card.architecture)
    if known is None:
        return Finding(Support.UNTESTED, _UNLISTED, "", "model", card.architecture)
    support = Support.SUPPORTED if known.llama_cpp else Support.BROKEN
    note = "|".join(known.llama_cpp) or "absent"
    return Finding(support, note, known.source, "model", card.architecture)


def checkpoint_support(card: ModelCard, runtime: str) -> Finding:
    """Whether the runtime can read files of this kind."""
    source = "TensorRT-LLM 1.3.0rc3 _torch/model_config.py:585-612"
    if runtime == Runtime.LLAMA_CPP.value:
        return Finding(Support.SUPPORTED, "GGUF, or to be converted", "", "checkpoint", card.file_format)
    if card.file_format == "gguf":
        return Finding(Support.BROKEN, "TensorRT-LLM does not read GGUF files", source, "checkpoint", "gguf")
    if card.quantisation is not None and not card.quantisation.recognised:
        return Finding(
            Support.BROKEN, "taken for unquantised, then fails", source, "checkpoint", card.quantisation.method
        )
    return Finding(Support.SUPPORTED, "recognised", source, "checkpoint", card.file_format)


def findings(matrix: Matrix, site: Site, card: ModelCard, kv_format: str) -> tuple[Finding, ...]:
    """Everything known of serving ``card`` there, one finding per subject and layer family."""
    own_kv = card.quantisation.kv_format if card.quantisation else None
    return (
        platform_support(matrix, site),
        model_support(matrix, card, site.runtime),
        checkpoint_support(card, site.runtime),
        *(precision_support(matrix, site, *one) for one in sorted(precisions_of(card))),
        kv_support(matrix, site, kv_format, weights=precision_of(card), calibrated=own_kv == kv_format),
    )


def support_of(
    matrix: Matrix,
    *,
    card: ModelCard,
    kv_format: str,
    compute_capability: tuple[int, int] | None,
    runtime: str,
    platform: Platform,
    version: str | None = None,
    gpus: int = 1,
) -> Finding:
    """The finding that decides whether this may be promised."""
    site = site_of(
        matrix, compute_capability=compute_capability, runtime=runtime, platform=platform, version=version, gpus=gpus
    )
    return worst(findings(matrix, site, card, kv_format))


def precision_of(card: ModelCard) -> str:
    """Our name of the checkpoint's precision."""
    if card.quantisation is not None:
        return card.quantisation.precision
    held = {name: sum(w.stored_bytes for w in card.weights if w.format == name) for name in SIXTEEN_BIT}
    return max(sorted(held), key=held.__getitem__)


def precisions_of(card: ModelCard) -> frozenset[tuple[str, str]]:
    """Precisions of the matrices by layer family; parts left in 16 bit count as such."""
    mla = any(group.attention is not None and group.attention.kind is AttentionKind.MLA for group in card.layers)
    precision = precision_of(card)
    pairs = set()
    for part in card.weights:
        if part.tensor_class in _MATRICES:
            family = "mla" if mla and part.tensor_class is TensorClass.ATTENTION else "dense"
            family = "moe" if part.tensor_class is TensorClass.EXPERTS else family
            pairs.add((part.format if part.format in SIXTEEN_BIT else precision, family))
    return frozenset(pairs) or frozenset({(precision, "dense")})


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


def _row(matrix: Matrix, site: Site, thing: _Thing) -> Row | None:
    """The first that applies; that any other says the same is what :func:`contradictions` is for."""
    for row in matrix.rows:
        if (
            row.kind == thing.kind
            and row.precisions.has(thing.precision)
            and row.families.has(thing.family)
            and row.weights.has(thing.weights)
            and row.covers(site)
        ):
            return row
    return None


def _finding(row: Row | None, subject: str, name: str) -> Finding:
    if row is None:
        return Finding(Support.UNTESTED, _UNLISTED, "", subject, name)
    return Finding(row.support, row.note, row.source, subject, name)
