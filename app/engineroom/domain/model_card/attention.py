"""Attention of one layer: what a token leaves in the cache, and the matrices."""

from dataclasses import dataclass

from engineroom.domain.model_card.kinds import Mixer
from engineroom.domain.model_card.parts import Part, Shape, small
from engineroom.domain.model_card.values import Attention, AttentionKind, TensorClass

_KINDS = {
    Mixer.FULL: AttentionKind.FULL,
    Mixer.SLIDING: AttentionKind.SLIDING,
    Mixer.CHUNKED: AttentionKind.CHUNKED,
    Mixer.ATTENTION_AND_MAMBA: AttentionKind.FULL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heads:
    query: int
    kv: int
    key_dim: int
    value_dim: int
    values_are_keys: bool = False


def attention(shape: Shape, mixer: Mixer, index: int) -> tuple[Attention, tuple[Part, ...]]:
    """Attention of layer ``index``; ``mixer`` is one that has any."""
    if mixer is Mixer.MLA:
        return _latent(shape, index)
    heads = _heads(shape, mixer, index)
    window = _window(shape, mixer)
    shared = shape.facts.whole("num_kv_shared_layers") or 0
    keys = heads.kv * heads.key_dim
    found = Attention(
        kind=AttentionKind.FULL if window is None else _KINDS[mixer],
        query_heads=heads.query,
        kv_heads=heads.kv,
        head_dim=heads.key_dim,
        key_elements=keys,
        value_elements=0 if heads.values_are_keys else heads.kv * heads.value_dim,
        window_tokens=window,
        shares_kv=shared > 0 and index >= shape.layers - shared,
    )
    return found, _matrices(shape, heads)


def _heads(shape: Shape, mixer: Mixer, index: int) -> _Heads:
    facts = shape.facts
    sliding = mixer is Mixer.SLIDING
    kv_heads = _kv_heads_of(shape, index)
    if sliding and "swa_head_dim" in facts:
        key_dim = facts.required("swa_head_dim")
        return _Heads(
            query=facts.whole("swa_num_attention_heads", least=1) or shape.heads,
            kv=facts.whole("swa_num_key_value_heads", least=1) or kv_heads,
            key_dim=key_dim,
            value_dim=facts.whole("swa_v_head_dim", least=1) or key_dim,
        )
    if not sliding and "global_head_dim" in facts:
        wide = facts.required("global_head_dim")
        alike = bool(facts.flag("attention_k_eq_v"))
        few = facts.whole("num_global_key_value_heads", least=1) if alike else None
        return _Heads(query=shape.heads, kv=few or kv_heads, key_dim=wide, value_dim=wide, values_are_keys=alike)
    value_dim = facts.whole("v_head_dim", least=1) or shape.head_dim
    return _Heads(query=shape.heads, kv=kv_heads, key_dim=shape.head_dim, value_dim=value_dim)


def _kv_heads_of(shape: Shape, index: int) -> int:
    """KV heads of one layer: searched architectures differ by layer."""
    listed = shape.facts.wholes("num_key_value_heads_per_layer")
    if listed is not None and index < len(listed):
        return listed[index]
    config = shape.facts.section_at("block_configs", index)
    section = config.section("attention") if config else None
    group = section.whole("n_heads_in_group", least=1) if section else None
    return shape.kv_heads if group is None else max(1, shape.heads // group)


def _window(shape: Shape, mixer: Mixer) -> int | None:
    """The window's tokens; ``None`` where all are kept, as in a window wider than the context."""
    facts = shape.facts
    if mixer is Mixer.CHUNKED:
        return facts.required("attention_chunk_size", most=2**36)
    if mixer is not Mixer.SLIDING:
        return None
    window = facts.required("sliding_window", "sliding_window_size", most=2**36)
    context = facts.whole("max_position_embeddings", most=2**36)
    return None if context is not None and window >= context else window


def _matrices(shape: Shape, heads: _Heads) -> tuple[Part, ...]:
    facts, family = shape.facts, shape.family
    query = heads.query * heads.key_dim
    keys = heads.kv * heads.key_dim
    values = heads.kv * heads.value_dim
    gate = 2 if _has_query_gate(shape) else 1
    bias = _has_bias(shape)
    parts = [
        _linear("q_proj", query * gate * shape.hidden),
        _linear("k_proj", keys * shape.hidden),
        _linear("o_proj", heads.query * heads.value_dim * shape.hidden),
    ]
    if not heads.values_are_keys:
        parts.append(_linear("v_proj", values * shape.hidden))
    if bias:
        parts.append(small("self_attn.bias", query * gate + keys + values, TensorClass.ATTENTION))
    if family.output_bias or (facts.flag("attention_bias") and not family.qkv_bias):
        parts.append(small("self_attn.o_bias", shape.hidden, TensorClass.ATTENTION))
    if _has_qk_norm(shape):
        full = family.qk_norm == "full"
        parts.append(small("self_attn.qk_norm", query + keys if full else 2 * heads.key_dim))
    if "hybrid_layer_pattern" not in facts and facts.text("model_type") == "gpt_oss":
        parts.append(small("self_attn.sinks", heads.query, TensorClass.ATTENTION))
    return tuple(parts)


def _has_query_gate(shape: Shape) -> bool:
    said = shape.facts.flag("attn_output_gate")
    return shape.family.query_gate if said is None else said


def _has_bias(shape: Shape) -> bool:
    said = [shape.facts.flag(name) for name in ("attention_bias", "qkv_bias", "add_qkv_bias", "use_bias")]
    return any(said) or (shape.family.qkv_bias and False not in said)


def _has_qk_norm(shape: Shape) -> bool:
    said = shape.facts.flag("use_qk_norm")
    return shape.family.qk_norm is not None or bool(said)


def _linear(name: str, parameters: int) -> Part:
    return Part(name=f"self_attn.{name}", tensor_class=TensorClass.ATTENTION, parameters=parameters)


def _latent(shape: Shape, index: int) -> tuple[Attention, tuple[Part, ...]]:
    """Multi-head latent attention: one latent and one rotary key per token, whatever the number of heads."""
    facts = shape.facts
    rank = facts.required("kv_lora_rank")
    rotary = facts.whole("qk_rope_head_dim") or 0
    plain = facts.whole("qk_nope_head_dim") or 0
    values = facts.required("v_head_dim")
    indexer, index_bytes = _indexer(shape, index)
    found = Attention(
        kind=AttentionKind.MLA,
        query_heads=shape.heads,
        kv_heads=1,
        head_dim=plain + rotary,
        key_elements=rank + rotary,
        value_elements=0,
        index_bytes=index_bytes,
    )
    query_rank = facts.whole("q_lora_rank")
    if query_rank:
        query = [
            _linear("q_a_proj", shape.hidden * query_rank),
            _linear("q_b_proj", query_rank * shape.heads * (plain + rotary)),
            small("self_attn.q_a_layernorm", query_rank),
        ]
    else:
        query = [_linear("q_proj", shape.hidden * shape.heads * (plain + rotary))]
    rest = [
        _linear("kv_a_proj_with_mqa", shape.hidden * (rank + rotary)),
        small("self_attn.kv_a_layernorm", rank),
        _linear("kv_b_proj", rank * shape.heads * (plain + values)),
        _linear("o_proj", shape.heads * values * shape.hidden),
    ]
    return found, (*query, *rest, *indexer)


def _indexer(shape: Shape, index: int) -> tuple[tuple[Part, ...], int]:
    """The lightning indexer of sparse attention; layers that share an earlier one's choice have none."""
    facts = shape.facts
    width = facts.whole("index_head_dim", least=1)
    kinds = facts.words("indexer_types")
    if width is None or (index < len(kinds) and kinds[index] == "shared"):
        return (), 0
    heads = facts.whole("index_n_heads", least=1) or 1
    query_rank = facts.whole("q_lora_rank", least=1) or shape.hidden
    parts = (
        _linear("indexer.wq_b", query_rank * heads * width),
        _linear("indexer.wk", shape.hidden * width),
        Part(
            name="self_attn.indexer.weights_proj",
            tensor_class=TensorClass.ATTENTION,
            parameters=shape.hidden * heads,
            linear=False,
        ),
        small("self_attn.indexer.k_norm", 2 * width),
    )
    return parts, width + 4 * -(-width // 128)
