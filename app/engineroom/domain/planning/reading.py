"""What one decode step moves and computes: bytes read from memory, and floating-point operations.

A step makes one token for each of ``batch`` sequences.  It reads the weights once for all of them, and each sequence's
own cache and state.
"""

from dataclasses import dataclass

from engineroom.domain.model_card.values import Attention, AttentionKind, Experts, ModelCard, TensorClass, Weights
from engineroom.domain.planning.formats import KV_FORMATS
from engineroom.domain.planning.kv import token_bytes

INDEPENDENT = 1.0
LIKENESS = 0.65
SAME = 0.5
"""Exponents of the tokens of a step, to count how many choose their experts independently of each other.

Were all independent it would be 1.  Tokens like the same experts: gpt-oss-20b, gpt-oss-120b and Qwen3-30B-A3B on GB10,
2 to 32 streams of one another's kind (llama.cpp ``benches/dgx-spark.md``), all three agree on about 0.65."""

_NEVER_READ = frozenset({TensorClass.VISION, TensorClass.AUDIO, TensorClass.PREDICTION})
_INDEXED_TOKENS = 2048
_STATE_ELEMENT_BYTES = 4
_CONVOLUTION_ELEMENT_BYTES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Bytes of one step. ``weight_bytes`` and ``expert_bytes`` (routed experts alone) are shared by the batch.

    ``kv_bytes`` and ``state_bytes`` are of all sequences; the state counts twice, for it is read and written.
    """

    weight_bytes: float
    expert_bytes: float
    kv_bytes: float
    state_bytes: float

    @property
    def total_bytes(self) -> float:
        """Everything."""
        return self.weight_bytes + self.expert_bytes + self.kv_bytes + self.state_bytes


def reading(
    card: ModelCard, *, kv_format: str, batch: int = 1, depth: int = 0, width: int = 1, likeness: float = LIKENESS
) -> Reading:
    """Bytes one step of ``batch`` sequences moves, each ``depth`` tokens deep and ``width`` tokens at once."""
    share = covered_experts(card.experts, batch * width, likeness)
    parts = [(part.tensor_class, read_bytes(card, part)) for part in card.weights]
    return Reading(
        weight_bytes=sum(size for kind, size in parts if kind is not TensorClass.EXPERTS),
        expert_bytes=share * sum(size for kind, size in parts if kind is TensorClass.EXPERTS),
        kv_bytes=batch * kv_read_bytes(card, kv_format, depth),
        state_bytes=batch * 2 * _state_bytes(card),
    )


def covered_experts(experts: Experts | None, tokens: int, likeness: float = LIKENESS) -> float:
    """Share of the routed experts that a step of so many tokens reads: ``1 - (1 - k/E) ** (tokens ** likeness)``."""
    if experts is None or experts.count <= 0:
        return 1.0
    left = 1.0 - min(1.0, experts.per_token / experts.count)
    return float(1.0 - left ** (tokens**likeness))


def read_bytes(card: ModelCard, part: Weights) -> float:
    """Bytes of this part that a step reads if it uses all of it.

    Of the input embedding one row is read, which is nothing, unless it serves as the output matrix too.  An embedding
    larger than ``vocabulary * hidden_size`` holds more than that matrix (per-layer embeddings); the rest is looked up.
    """
    if part.tensor_class in _NEVER_READ:
        return 0.0
    if part.tensor_class is not TensorClass.EMBEDDING:
        return float(part.stored_bytes)
    if any(other.tensor_class is TensorClass.OUTPUT for other in card.weights) or part.parameters <= 0:
        return 0.0
    return part.stored_bytes * min(1.0, card.vocabulary * card.hidden_size / part.parameters)


def kv_read_bytes(card: ModelCard, kv_format: str, depth: int, *, ranks: int = 1) -> float:
    """Bytes of the cache that one token of one sequence reads on each of ``ranks`` tensor-parallel cards.

    A layer that shares another's cache reads it again.  An indexer reads its own cache whole, and then few latents.
    """
    stored = KV_FORMATS[kv_format]
    total = 0.0
    for group in card.layers:
        if group.attention is not None:
            index = group.attention.index_bytes
            own = token_bytes(group.attention, stored, ranks) - index
            total += group.count * (own * tokens_seen(group.attention, depth) + index * depth)
    return total


def tokens_seen(attention: Attention, depth: float) -> float:
    """Cached tokens a token at this depth attends to in such a layer. A chunk is half full on average."""
    if attention.index_bytes:
        return min(depth, _INDEXED_TOKENS)
    if attention.kind in (AttentionKind.FULL, AttentionKind.MLA) or attention.window_tokens is None:
        return depth
    if attention.kind is AttentionKind.CHUNKED and depth > attention.window_tokens:
        return attention.window_tokens / 2
    return min(depth, attention.window_tokens)


def matrix_parameters(card: ModelCard, *, output: bool) -> float:
    """Parameters one token is multiplied with; the output matrix only if asked for."""
    share = covered_experts(card.experts, 1)
    total = 0.0
    for part in card.weights:
        if part.tensor_class in _NEVER_READ or part.tensor_class in (TensorClass.EMBEDDING, TensorClass.OUTPUT):
            continue
        total += part.parameters * (share if part.tensor_class is TensorClass.EXPERTS else 1.0)
    return total + (card.vocabulary * card.hidden_size if output else 0)


def attention_flops(card: ModelCard, depth: float) -> float:
    """Operations of one token's attention over its cache: ``4 * heads * head_dim`` per token seen and layer."""
    layers = [(group.count, group.attention) for group in card.layers if group.attention is not None]
    return sum(n * 4 * one.query_heads * one.head_dim * tokens_seen(one, depth) for n, one in layers)


def _state_bytes(card: ModelCard) -> float:
    return sum(
        group.count
        * (
            group.state.state_elements * _STATE_ELEMENT_BYTES
            + group.state.convolution_elements * _CONVOLUTION_ELEMENT_BYTES
        )
        for group in card.layers
        if group.state is not None
    )
