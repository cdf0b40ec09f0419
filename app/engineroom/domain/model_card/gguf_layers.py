"""Layers of a GGUF model, from its keys and from which tensors every block has."""

from dataclasses import dataclass, replace

from engineroom.domain.model_card.parameters import layer_groups
from engineroom.domain.model_card.parts import Layer
from engineroom.domain.model_card.reading import Facts
from engineroom.domain.model_card.values import Attention, AttentionKind, LayerGroup, RecurrentState, StateKind

_EVERY = {"gemma2": 2, "gemma3": 6, "gpt-oss": 2, "cohere2": 4, "exaone4": 4, "llama4": 4, "olmo2": 4}
"""Every how many layers one attends to all tokens, where the file has a window and no pattern."""
_WHOLE = {"phi3"}
"""Architectures whose window llama.cpp does not use: their cache keeps every token."""
_CHUNK_TOKENS = 8192
_DELTA = {"qwen3next", "qwen35", "qwen35moe"}
_ATTENTION = ("attn_k", "attn_qkv", "attn_kv_a_mqa", "attn_kv_b", "attn_kv", "attn_k_b")


@dataclass(frozen=True, slots=True)
class _Source:
    facts: Facts
    architecture: str
    layers: int
    shapes: dict[str, tuple[int, ...]]


def layer_groups_of(
    facts: Facts, architecture: str, blocks: tuple[frozenset[str], ...], shapes: dict[str, tuple[int, ...]]
) -> tuple[tuple[LayerGroup, ...], bool]:
    """Layers by kind, and whether each of them could be told.

    ``blocks`` are the tensor names of every layer, ``shapes`` those of the query, key and value matrices by name.
    """
    source = _Source(facts, architecture, len(blocks), shapes)
    found = []
    understood = True
    for index, names in enumerate(blocks):
        layer, known = _layer(source, index, names)
        found.append(layer)
        understood = understood and known
    return layer_groups(tuple(found)), understood


def _layer(source: _Source, index: int, names: frozenset[str]) -> tuple[Layer, bool]:
    recurrent = any(name.startswith("ssm_") for name in names)
    convolved = any(name.startswith("shortconv") for name in names)
    attends = any(name in names for name in _ATTENTION) and not (recurrent and source.architecture in _DELTA)
    state = None
    if recurrent:
        state = _delta(source) if source.architecture in _DELTA else _mamba(source)
    elif convolved:
        state = _convolution(source)
    # A linear attention of another kind brings tensors of its own besides the usual ones.
    odd = any(name.startswith(("time_mix", "attn_kda", "kda_", "indexer.k_compress")) for name in names)
    attention = _attention(source, index) if attends else None
    routed = any("_exps" in name for name in names)
    return Layer(attention=attention, state=state, routed=routed), not odd


def _attention(source: _Source, index: int) -> Attention:
    facts = source.facts
    if "attention.kv_lora_rank" in facts and "attention.key_length_mla" in facts:
        return _latent(source)
    heads = _of_layer(facts, "attention.head_count", index, source.layers) or 1
    kv_heads = _of_layer(facts, "attention.head_count_kv", index, source.layers) or heads
    window = _window(source, index)
    narrow = "_swa" if window is not None and "attention.key_length_swa" in facts else ""
    width = facts.required("embedding_length") // heads or 1
    key_dim = facts.whole(f"attention.key_length{narrow}", least=1) or width
    value_dim = facts.whole(f"attention.value_length{narrow}", least=1) or width
    keys = source.shapes.get(f"blk.{index}.attn_k.weight")
    values = source.shapes.get(f"blk.{index}.attn_v.weight")
    found = Attention(
        kind=_kind(source, window),
        query_heads=heads,
        kv_heads=kv_heads,
        head_dim=key_dim,
        key_elements=kv_heads * key_dim,
        value_elements=kv_heads * value_dim,
        window_tokens=window,
        shares_kv=index >= source.layers - (facts.whole("attention.shared_kv_layers") or 0),
    )
    if keys is None or len(keys) != 2:
        return found
    stored_values = values[1] if values is not None and len(values) == 2 else 0
    return replace(found, key_elements=keys[1], value_elements=stored_values)


def _latent(source: _Source) -> Attention:
    """Latent attention; files without ``key_length_mla`` are of the older kind that expands to all heads."""
    facts = source.facts
    width = facts.whole("attention.indexer.key_length", least=1)
    return Attention(
        kind=AttentionKind.MLA,
        query_heads=facts.required("attention.head_count"),
        kv_heads=1,
        head_dim=facts.required("attention.key_length_mla"),
        key_elements=facts.required("attention.kv_lora_rank") + (facts.whole("rope.dimension_count") or 0),
        value_elements=0,
        index_bytes=0 if width is None else width + 4 * -(-width // 128),
    )


def _of_layer(facts: Facts, name: str, index: int, layers: int) -> int:
    listed = facts.per_layer(name, layers, most=2**16)
    return listed[index] if listed is not None else 0


def _kind(source: _Source, window: int | None) -> AttentionKind:
    if window is None:
        return AttentionKind.FULL
    return AttentionKind.CHUNKED if source.architecture == "llama4" else AttentionKind.SLIDING


def _window(source: _Source, index: int) -> int | None:
    facts = source.facts
    window = facts.whole("attention.sliding_window", "attention.chunk_size", most=2**36) or 0
    if source.architecture == "llama4" and not window:
        window = _CHUNK_TOKENS
    context = facts.whole("context_length", most=2**36)
    if not window or source.architecture in _WHOLE or (context is not None and window >= context):
        return None
    switches = facts.wholes("attention.sliding_window_pattern")
    if switches:
        return window if switches[index % len(switches)] else None
    every = facts.whole("attention.sliding_window_pattern", least=1) or _EVERY.get(source.architecture)
    if every is None:
        return window
    return None if (index + 1) % every == 0 else window


def _delta(source: _Source) -> RecurrentState:
    facts = source.facts
    key_dim, key_heads = facts.required("ssm.state_size"), facts.required("ssm.group_count")
    inner, value_heads = facts.required("ssm.inner_size"), facts.required("ssm.time_step_rank")
    kernel = facts.required("ssm.conv_kernel")
    return RecurrentState(
        kind=StateKind.GATED_DELTA,
        state_elements=value_heads * key_dim * max(1, inner // value_heads),
        convolution_elements=(kernel - 1) * (2 * key_heads * key_dim + inner),
    )


def _mamba(source: _Source) -> RecurrentState:
    facts = source.facts
    inner, states = facts.required("ssm.inner_size"), facts.required("ssm.state_size")
    groups = facts.whole("ssm.group_count") or 0
    kernel = facts.required("ssm.conv_kernel")
    return RecurrentState(
        kind=StateKind.MAMBA,
        state_elements=inner * states,
        convolution_elements=(kernel - 1) * (inner + 2 * groups * states),
    )


def _convolution(source: _Source) -> RecurrentState:
    length = source.facts.whole("shortconv.l_cache", least=1) or 3
    return RecurrentState(
        kind=StateKind.SHORT_CONVOLUTION,
        state_elements=0,
        convolution_elements=(length - 1) * source.facts.required("embedding_length"),
    )
