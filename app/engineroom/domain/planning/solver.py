"""The bill the other way round: the largest context, or the most sequences, that a card has room for."""

from dataclasses import replace
from math import floor

from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.bill import NO_CORRECTIONS, context_that_fits, largest, plain_bill
from engineroom.domain.planning.kv import BLOCK_TOKENS
from engineroom.domain.planning.learned import Corrections
from engineroom.domain.planning.values import Gpu, Runtime, Shape, Verdict
from engineroom.domain.planning.verdict import verdict_of

CONTEXT_UNKNOWN = 2**20
"""How far to look for a model that does not say how long its context may be."""

MOST_SEQUENCES = {Runtime.TENSORRT_LLM: 2048, Runtime.LLAMA_CPP: 256}
"""TensorRT-LLM's default ``max_batch_size``; llama.cpp's limit of sequences."""


def longest_context(card: ModelCard) -> int:
    """Tokens of context the model itself can take, stretched if its configuration says so; a multiple of 32."""
    native = card.native_context
    rope = card.rope_scaling
    if rope is not None and rope.factor is not None and rope.original_context is not None:
        native = max(native or 0, floor(rope.factor * rope.original_context))
    return (native or CONTEXT_UNKNOWN) // BLOCK_TOKENS * BLOCK_TOKENS


def largest_context(card: ModelCard, gpu: Gpu, shape: Shape, *, corrections: Corrections = NO_CORRECTIONS) -> int:
    """Most tokens per sequence, a multiple of 32, at the shape's concurrency, for which the bill fits; 0 if none."""
    bill = plain_bill(card, gpu, shape, corrections=corrections)
    if bill.available_bytes is None or verdict_of(bill, card) is Verdict.UNKNOWN:
        return 0
    limit = bill.available_bytes - bill.margin_bytes
    return context_that_fits(card, gpu, shape, most=longest_context(card), limit_bytes=limit, corrections=corrections)


def largest_concurrency(card: ModelCard, gpu: Gpu, shape: Shape, *, corrections: Corrections = NO_CORRECTIONS) -> int:
    """Most sequences of the shape's context for which the bill fits; 0 if not even one."""

    def fits(sequences: int) -> bool:
        bill = plain_bill(card, gpu, replace(shape, concurrency=sequences), corrections=corrections)
        return verdict_of(bill, card) is Verdict.FITS

    return largest(fits, MOST_SEQUENCES[shape.runtime])
