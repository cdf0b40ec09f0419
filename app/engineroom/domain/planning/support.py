"""What is known to run where: precisions by card, model classes by runtime. What is not listed is untested.

The table has three kinds of rows, and a plan is as good as the worst that applies to it: ``platform`` (is there code
for this card, system and processor), ``weights`` (does this precision run in this kind of layer), ``kv`` (the cache).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from engineroom.domain.model_card.values import AttentionKind, ModelCard, TensorClass
from engineroom.domain.planning.formats import precision_name
from engineroom.domain.planning.matrix import COMPILED, Matrix, Row, Site, Version, version_of, within
from engineroom.domain.planning.values import Platform, Runtime, Support

SIXTEEN_BIT = frozenset({"bf16", "f16", "f32"})

RANK = {Support.SUPPORTED: 0, Support.EXPERIMENTAL: 1, Support.UNTESTED: 2, Support.BROKEN: 3}
"""Worse is larger."""

_MATRICES = {TensorClass.ATTENTION, TensorClass.MLP, TensorClass.STATE, TensorClass.SHARED_EXPERTS, TensorClass.EXPERTS}
_UNLISTED = "not listed"


class Finding(NamedTuple):
    """One thing that is known. ``subject`` is what it is about: platform, driver, model, checkpoint, weights or kv.

    Of a driver that is too old ``part`` is what is (``driver`` or ``CUDA``), and ``needs`` the version it should have.
    """

    support: Support
    note: str
    source: str
    subject: str = ""
    name: str = ""
    part: str = ""
    needs: str = ""


class _Thing(NamedTuple):
    kind: str
    precision: str = ""
    family: str = "dense"
    weights: str = ""


def worst(found: Iterable[Finding]) -> Finding:
    """The finding that decides; of equals the first."""
    return max(found, key=lambda one: RANK[one.support])


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
        driver=version_of("", platform.driver_version) if platform.driver_version else None,
        cuda=version_of("", platform.cuda_version) if platform.cuda_version else None,
    )


def at_site(matrix: Matrix, site: Site) -> Matrix:
    """The matrix with only the rows that speak of this place: the same answers there, sooner."""
    return replace(matrix, rows=tuple(row for row in matrix.rows if row.covers(site)))


def driver_support(matrix: Matrix, site: Site) -> Finding:
    """Whether the driver is young enough; one whose version is not known is taken to be."""
    product = Runtime.TENSORRT_LLM.value if site.runtime == COMPILED else site.runtime
    for rule in matrix.runtimes:
        if rule.runtime == product and within(site.version, rule.version_low, rule.version_high):
            for name, has, needs in (("driver", site.driver, rule.driver_min), ("CUDA", site.cuda, rule.cuda_min)):
                if has is not None and needs is not None and has < needs:
                    note = f"{name} {_dotted(has)}, needs {_dotted(needs)}"
                    return Finding(Support.BROKEN, note, rule.source, "driver", _dotted(has), name, _dotted(needs))
    return Finding(Support.SUPPORTED, "", "", "driver", "")


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))


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
        driver_support(matrix, site),
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
    """Our name of the checkpoint's precision: what it says, else the format of most of its bytes."""
    if card.quantisation is not None:
        return card.quantisation.precision
    held: dict[str, int] = {}
    for part in card.weights:
        held[part.format] = held.get(part.format, 0) + part.stored_bytes
    most = max(sorted(held), key=held.__getitem__, default="bf16")
    return precision_name(most) or most


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
