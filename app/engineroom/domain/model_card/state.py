"""Layers whose memory does not grow with the context: state spaces, gated delta rules, short convolutions."""

from engineroom.domain.model_card.parts import Part, Shape, small
from engineroom.domain.model_card.values import RecurrentState, StateKind, TensorClass


def gated_delta(shape: Shape) -> tuple[RecurrentState, tuple[Part, ...]]:
    """Gated delta net of Qwen3-Next and later: a ``key_dim * value_dim`` matrix per value head."""
    facts = shape.facts
    key_heads, key_dim = facts.required("linear_num_key_heads"), facts.required("linear_key_head_dim")
    value_heads, value_dim = facts.required("linear_num_value_heads"), facts.required("linear_value_head_dim")
    kernel = facts.whole("linear_conv_kernel_dim", least=1) or 4
    mixed = 2 * key_heads * key_dim + value_heads * value_dim
    gate = value_heads * value_dim
    state = RecurrentState(
        kind=StateKind.GATED_DELTA,
        state_elements=value_heads * key_dim * value_dim,
        convolution_elements=(kernel - 1) * mixed,
    )
    parts = (
        _linear("linear_attn.in_proj_qkv", shape.hidden * mixed),
        _linear("linear_attn.in_proj_z", shape.hidden * gate),
        small("linear_attn.in_proj_ba", shape.hidden * 2 * value_heads, TensorClass.STATE),
        small("linear_attn.conv1d", mixed * kernel, TensorClass.STATE),
        small("linear_attn.decay", 2 * value_heads, TensorClass.STATE),
        small("linear_attn.norm", value_dim),
        _linear("linear_attn.out_proj", gate * shape.hidden),
    )
    return state, parts


def mamba(shape: Shape) -> tuple[RecurrentState, tuple[Part, ...]]:
    """Mamba of the first or second kind: the second has heads."""
    names = ("mamba_num_heads", "mamba_n_heads", "mamba2_num_heads")
    if any(name in shape.facts for name in names) or shape.facts.text("model_type") == "mamba2":
        return _mamba_2(shape, names)
    return _mamba_1(shape)


def _mamba_2(shape: Shape, names: tuple[str, ...]) -> tuple[RecurrentState, tuple[Part, ...]]:
    facts = shape.facts
    heads = facts.required(*names, "num_heads")
    width = facts.whole("mamba_head_dim", "mamba_d_head", "head_dim", least=1)
    inner = facts.whole("mamba_d_ssm", least=1) or heads * (width or 64)
    states = facts.required("ssm_state_size", "mamba_d_state", "state_size")
    groups = facts.whole("n_groups", "mamba_n_groups", least=1) or 1
    kernel = facts.whole("conv_kernel", "mamba_d_conv", least=1) or 4
    convolved = inner + 2 * groups * states
    state = RecurrentState(
        kind=StateKind.MAMBA,
        state_elements=inner * states,
        convolution_elements=(kernel - 1) * convolved,
    )
    parts = (
        _linear("mamba.in_proj", shape.hidden * (inner + convolved + heads)),
        small("mamba.conv1d", convolved * (kernel + 1), TensorClass.STATE),
        small("mamba.decay", 3 * heads, TensorClass.STATE),
        small("mamba.norm", inner),
        _linear("mamba.out_proj", inner * shape.hidden),
    )
    return state, parts


def _mamba_1(shape: Shape) -> tuple[RecurrentState, tuple[Part, ...]]:
    facts = shape.facts
    alone = facts.text("model_type") in {"mamba", "falcon_mamba"}
    inner = (facts.whole("intermediate_size", least=1) if alone else None) or shape.hidden * (
        facts.whole("mamba_expand", "expand", least=1) or 2
    )
    states = facts.whole("mamba_d_state", "state_size", least=1) or 16
    kernel = facts.whole("mamba_d_conv", "conv_kernel", least=1) or 4
    rank = facts.whole("mamba_dt_rank", "time_step_rank", least=1) or -(-shape.hidden // 16)
    state = RecurrentState(
        kind=StateKind.MAMBA,
        state_elements=inner * states,
        convolution_elements=(kernel - 1) * inner,
    )
    parts = (
        _linear("mamba.in_proj", shape.hidden * 2 * inner),
        small("mamba.conv1d", inner * (kernel + 1), TensorClass.STATE),
        _linear("mamba.x_proj", inner * (rank + 2 * states)),
        _linear("mamba.dt_proj", (rank + 1) * inner),
        small("mamba.decay", inner * (states + 1), TensorClass.STATE),
        _linear("mamba.out_proj", inner * shape.hidden),
    )
    return state, parts


def short_convolution(shape: Shape) -> tuple[RecurrentState, tuple[Part, ...]]:
    """Gated short convolution of LFM2: only the last inputs are kept."""
    length = shape.facts.whole("conv_L_cache", least=1) or 3
    state = RecurrentState(
        kind=StateKind.SHORT_CONVOLUTION,
        state_elements=0,
        convolution_elements=(length - 1) * shape.hidden,
    )
    parts = (
        _linear("conv.in_proj", shape.hidden * 3 * shape.hidden),
        small("conv.conv", shape.hidden * length, TensorClass.STATE),
        _linear("conv.out_proj", shape.hidden * shape.hidden),
    )
    return state, parts


def _linear(name: str, parameters: int) -> Part:
    return Part(name=name, tensor_class=TensorClass.STATE, parameters=parameters)
