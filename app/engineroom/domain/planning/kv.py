"""Bytes of the KV cache and of recurrent states, per GPU.

A layer with full attention keeps keys and values of every token; a sliding or chunked one of its window only; MLA one
latent, whole on every card.  TensorRT-LLM hands out blocks of :data:`BLOCK_TOKENS` tokens from a pool per window;
llama.cpp allocates every cell before the first token.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from engineroom.domain.model_card.values import Attention, AttentionKind, LayerGroup, ModelCard
from engineroom.domain.planning.formats import KV_FORMATS, KvFormat
from engineroom.domain.planning.values import Runtime, Shape

BLOCK_TOKENS = 32
"""Tokens per block of TensorRT-LLM's paged cache (``tokens_per_block``)."""

CELL_PADDING = 256
"""llama.cpp rounds the cells of a cache up to a multiple of this."""

DEFAULT_UBATCH = 512
"""llama.cpp's tokens of one forward pass."""

Bounds = tuple[int, int, int]
"""Low, expected and high bytes."""


@dataclass(frozen=True, slots=True)
class Cache:
    """Equal caches of ``layers`` layers on one GPU: bytes one token leaves in all of them, and their window."""

    layers: int
    token_bytes: int
    window_tokens: int | None


def caches(
    card: ModelCard, kv_format: str, *, gpus: int = 1, runtime: Runtime = Runtime.TENSORRT_LLM
) -> tuple[Cache, ...]:
    """Caches on the fullest of ``gpus`` cards, those with the same window together, the unlimited ones first."""
    return _caches(card.layers, kv_format, gpus, runtime)


@lru_cache(maxsize=256)
def _caches(groups: tuple[LayerGroup, ...], kv_format: str, gpus: int, runtime: Runtime) -> tuple[Cache, ...]:
    """Remembered, because the solver asks for the same ones at every step."""
    format_ = KV_FORMATS[kv_format]
    total = sum(group.count for group in groups)
    found: dict[int | None, tuple[int, int]] = {}
    for count, attention in growing(groups):
        layers = count if runtime is Runtime.TENSORRT_LLM else layers_on_fullest(total, count, gpus)
        ranks = gpus if runtime is Runtime.TENSORRT_LLM else 1
        window = attention.window_tokens if attention.kind in _WINDOWED else None
        so_far = found.get(window, (0, 0))
        found[window] = (so_far[0] + layers, so_far[1] + layers * token_bytes(attention, format_, ranks))
    order = sorted(found, key=lambda window: (window is not None, window or 0))
    return tuple(Cache(*found[window], window) for window in order)


_WINDOWED = (AttentionKind.SLIDING, AttentionKind.CHUNKED)


def growing(groups: Iterable[LayerGroup]) -> Iterator[tuple[int, Attention]]:
    """Layers with a cache of their own, as (count, attention)."""
    for group in groups:
        if group.attention is not None and not group.attention.shares_kv:
            yield group.count, group.attention


def token_bytes(attention: Attention, format_: KvFormat, ranks: int) -> int:
    """Bytes one token leaves in one layer on one of ``ranks`` tensor-parallel cards.

    A card holds at least one whole KV head; MLA's latent and an indexer's keys belong to no head: every card has them.
    """
    if attention.kind is AttentionKind.MLA or ranks == 1:
        mine = whole = 1
    else:
        mine, whole = ceil(attention.kv_heads / ranks), attention.kv_heads
    parts = (attention.key_elements, attention.value_elements)
    own = sum(format_.bytes_for(ceil(elements * mine / whole)) for elements in parts if elements)
    return own + attention.index_bytes


def layers_on_fullest(total: int, count: int, gpus: int) -> int:
    """How many of ``count`` equal layers, of ``total``, llama.cpp puts on the card with most of them.

    It deals out whole layers in order, the output counting as one more; ``count`` are taken to lie evenly among all.
    """
    if gpus == 1 or not total:
        return count
    return min(count, ceil(count * ceil((total + 1) / gpus) / total))


def kv_bytes_per_token(card: ModelCard, kv_format: str, gpus: int = 1, runtime: Runtime = Runtime.TENSORRT_LLM) -> int:
    """Bytes per GPU that one more token takes while no window is full yet."""
    return sum(cache.token_bytes for cache in caches(card, kv_format, gpus=gpus, runtime=runtime))


def kv_bytes(card: ModelCard, shape: Shape) -> Bounds:
    """Cache per GPU for ``concurrency`` sequences of ``context_tokens`` tokens each."""
    mine = caches(card, shape.kv_format, gpus=shape.gpus, runtime=shape.runtime)
    if shape.runtime is Runtime.LLAMA_CPP:
        return _allocated_cells(mine, shape)
    return _paged_blocks(mine, shape)


def _paged_blocks(mine: tuple[Cache, ...], shape: Shape) -> Bounds:
    """TensorRT-LLM. Before 1.2 sliding layers were charged in full (seen in 1.1.0rc3 with gpt-oss): the high bound."""
    low = expected = high = 0
    whole = _round_up(shape.context_tokens, BLOCK_TOKENS)
    for cache in mine:
        window = cache.window_tokens or shape.context_tokens
        low += cache.token_bytes * min(shape.context_tokens, window)
        # A window that is not aligned to blocks reaches into one more than it has tokens for.
        expected += cache.token_bytes * min(whole, _round_up(window, BLOCK_TOKENS) + BLOCK_TOKENS)
        high += cache.token_bytes * whole
    return low * shape.concurrency, expected * shape.concurrency, high * shape.concurrency


def _allocated_cells(mine: tuple[Cache, ...], shape: Shape) -> Bounds:
    """llama.cpp: all cells at once. One pool for all slots, or as the shape says; a pool per slot is the high bound."""
    slots, ubatch = shape.concurrency, shape.max_num_tokens or DEFAULT_UBATCH
    each = _round_up(shape.context_tokens, CELL_PADDING)
    pool = _round_up(shape.context_tokens * slots, CELL_PADDING)
    expected = high = 0
    for cache in mine:
        shared, own = pool, each
        if cache.window_tokens is not None:
            shared = min(pool, _round_up(cache.window_tokens * slots + ubatch, CELL_PADDING))
            own = min(each, _round_up(cache.window_tokens + ubatch, CELL_PADDING))
        expected += cache.token_bytes * (shared if shape.kv_unified else own * slots)
        high += cache.token_bytes * own * slots
    return expected, expected, max(expected, high)


def state_bytes(card: ModelCard, sequences: int, *, gpus: int = 1, runtime: Runtime = Runtime.TENSORRT_LLM) -> Bounds:
    """Recurrent states of ``sequences`` sequences per GPU.

    The state proper is float32, in TensorRT-LLM at best 16 bits wide (``mamba_ssm_cache_dtype``); the convolution's
    inputs are float32 in llama.cpp and 16 bits wide in TensorRT-LLM.
    """
    states = convolutions = 0
    for group in card.layers:
        if group.state is None:
            continue
        llama = runtime is Runtime.LLAMA_CPP
        layers, ranks = (layers_on_fullest(card.layer_count, group.count, gpus), 1) if llama else (group.count, gpus)
        states += layers * ceil(group.state.state_elements / ranks)
        convolutions += layers * ceil(group.state.convolution_elements / ranks)
    if runtime is Runtime.LLAMA_CPP:
        exact = (states + convolutions) * 4 * sequences
        return exact, exact, exact
    return (
        (states * 2 + convolutions * 2) * sequences,
        (states * 4 + convolutions * 2) * sequences,
        (states * 4 + convolutions * 4) * sequences,
    )


def _round_up(tokens: int, step: int) -> int:
    return -(-tokens // step) * step
