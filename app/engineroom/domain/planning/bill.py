"""The memory bill of a model on a card."""

from collections.abc import Callable
from dataclasses import replace
from math import ceil

from engineroom.domain.machine import MemoryKind
from engineroom.domain.model_card.values import ModelCard, Origin
from engineroom.domain.planning import kv, overheads
from engineroom.domain.planning.learned import Corrections, corrected
from engineroom.domain.planning.values import Bill, Gpu, Shape, Term, TermKind
from engineroom.domain.planning.weights import weight_bytes_per_gpu

MIB, GIB = 2**20, 2**30

LEAST_MARGIN = GIB
MARGIN_SHARE = 0.04
"""Of what a program can use: the larger of both stays free for a plan to be called fitting."""

DRIVER_MIB, DRIVER_SHARE, DRIVER_MOST = 425, 0.0022, 0.03
"""What the driver keeps of a card: CUDA sees 24,080 of 24,564 MiB (4090), 24,124 of 24,576 (3090), 15,842 of 16,303
(5070 Ti), 97,247 of 97,887 (RTX PRO 6000); a small card loses at most 3 %."""

UNIFIED_SHARE = 0.92
"""Of the computer's memory, where nobody says what is available: the system and its programs keep the rest."""

NO_CORRECTIONS = Corrections()

_MOST_TOKENS = 2**31
_ORDER = {kind: place for place, kind in enumerate(TermKind)}


def make_bill(card: ModelCard, gpu: Gpu, shape: Shape, *, corrections: Corrections = NO_CORRECTIONS) -> Bill:
    """Device memory per GPU, and memory of the computer, to serve ``card`` in ``shape`` on cards like ``gpu``."""
    bill = plain_bill(card, gpu, shape, corrections=corrections)
    available = bill.available_bytes
    if available is None or "layers" in card.unknowns:
        return bill
    limit = available - bill.margin_bytes
    tokens = context_that_fits(card, gpu, shape, most=_MOST_TOKENS, limit_bytes=limit, corrections=corrections)
    endless = tokens >= _MOST_TOKENS
    return replace(bill, kv_tokens_max=None if endless else tokens * shape.concurrency)


def plain_bill(card: ModelCard, gpu: Gpu, shape: Shape, *, corrections: Corrections = NO_CORRECTIONS) -> Bill:
    """The bill without ``kv_tokens_max``, which takes longer to find than all the rest."""
    terms, host = terms_of(card, gpu, shape, corrections=corrections)
    usable = usable_of(gpu)
    return Bill(
        terms=terms,
        host_terms=host,
        kv_bytes_per_token=kv.kv_bytes_per_token(card, shape.kv_format, shape.gpus, shape.runtime),
        usable_bytes=usable,
        held_bytes=sum(holder.memory_bytes for holder in gpu.held_by) + gpu.held_unnamed_bytes,
        returned_bytes=sum(holder.memory_bytes for holder in gpu.held_by if holder.returns),
        margin_bytes=margin_of(usable),
        kv_tokens_max=None,
    )


def terms_of(
    card: ModelCard, gpu: Gpu, shape: Shape, *, corrections: Corrections = NO_CORRECTIONS
) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Lines of the card's memory and of the computer's.

    On unified memory the engine's processes eat from the same pool, so they are among the card's lines.
    """
    terms = context_terms(card, gpu, shape, corrections) + other_terms(card, gpu, shape, corrections)
    host = [] if gpu.memory_kind is MemoryKind.UNIFIED else overheads.host_terms(card, shape)
    host.append(overheads.page_cache(card))
    shown = (term for term in terms if term.high_bytes)
    return tuple(sorted(shown, key=lambda term: _ORDER[term.kind])), tuple(host)


def context_terms(card: ModelCard, gpu: Gpu, shape: Shape, corrections: Corrections) -> list[Term]:
    """Lines that may grow with the context."""
    return [
        corrected(_term(TermKind.KV, kv.kv_bytes(card, shape), Origin.FORMULA), corrections),
        corrected(overheads.pass_term(card, gpu, shape), corrections),
    ]


def other_terms(card: ModelCard, gpu: Gpu, shape: Shape, corrections: Corrections) -> list[Term]:
    """Lines that do not depend on the context."""
    states = kv.state_bytes(card, shape.concurrency, gpus=shape.gpus, runtime=shape.runtime)
    terms = [
        _term(TermKind.WEIGHTS, weight_bytes_per_gpu(card, shape.gpus, shape.runtime), card.weights_origin),
        _term(TermKind.STATE, states, Origin.FORMULA),
        *overheads.overheads(card, gpu, shape),
    ]
    if gpu.memory_kind is MemoryKind.UNIFIED:
        terms += overheads.host_terms(card, shape)
    return [corrected(term, corrections) for term in terms]


def context_that_fits(
    card: ModelCard, gpu: Gpu, shape: Shape, *, most: int, limit_bytes: int, corrections: Corrections = NO_CORRECTIONS
) -> int:
    """Most tokens per sequence, a multiple of 32 up to ``most``, whose expected lines are in ``limit_bytes``."""
    rest = sum(term.expected_bytes for term in other_terms(card, gpu, shape, corrections))

    def fits(blocks: int) -> bool:
        trial = replace(shape, context_tokens=blocks * kv.BLOCK_TOKENS)
        return rest + sum(term.expected_bytes for term in context_terms(card, gpu, trial, corrections)) <= limit_bytes

    return largest(fits, most // kv.BLOCK_TOKENS) * kv.BLOCK_TOKENS


def usable_of(gpu: Gpu) -> int | None:
    """What a CUDA program can have of an empty card; from the driver's total where nobody measured it."""
    if gpu.usable_bytes is not None:
        return gpu.usable_bytes
    total = gpu.memory_total_bytes
    if total is None:
        return None
    if gpu.memory_kind is MemoryKind.UNIFIED:
        return int(total * UNIFIED_SHARE)
    return total - ceil(min(total * DRIVER_MOST, DRIVER_MIB * MIB + total * DRIVER_SHARE))


def margin_of(usable: int | None) -> int:
    """What stays free of ``usable`` bytes for a plan to be called fitting."""
    return LEAST_MARGIN if usable is None else max(LEAST_MARGIN, ceil(usable * MARGIN_SHARE))


def largest(fits: Callable[[int], bool], most: int) -> int:
    """The largest number up to ``most`` that fits, for a test that holds for all smaller ones too; 0 if none."""
    low, high = 0, most
    if most <= 0 or fits(most):
        return max(most, 0)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _term(kind: TermKind, bounds: kv.Bounds, origin: Origin) -> Term:
    low, expected, high = bounds
    return Term(kind=kind, low_bytes=low, expected_bytes=expected, high_bytes=high, origin=origin)
