"""What follows the mixer of a layer: a dense MLP, routed experts, or both side by side."""

from dataclasses import dataclass

from engineroom.domain.details import Detail
from engineroom.domain.model_card.kinds import Block, expert_count
from engineroom.domain.model_card.parts import Part, Shape, small
from engineroom.domain.model_card.reading import Facts
from engineroom.domain.model_card.values import TensorClass

_PER_TOKEN = (
    "num_experts_per_tok", "num_experts_per_token", "experts_per_token", "top_k_experts", "moe_k", "moe_topk",
    "num_selected_experts",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Experts of a model's MoE layers; ``width`` and ``shared_width`` are intermediate sizes."""

    count: int
    per_token: int
    shared: int
    width: int
    shared_width: int
    input_width: int


def routing(shape: Shape) -> Routing | None:
    """How tokens are routed; ``None`` in a dense model."""
    facts = shape.facts
    count = expert_count(facts)
    if not count:
        return None
    width = facts.whole("moe_intermediate_size", "expert_ffn_hidden_size", "expert_intermediate_size", least=1)
    width = width or facts.required("intermediate_size")
    shared, shared_width = _shared(facts, width)
    per_token = facts.whole(*_PER_TOKEN, least=1, most=2**16)
    if per_token is None or per_token > count:
        facts.broken(Detail.EXPERTS_UNCLEAR)
    return Routing(
        count=count,
        per_token=per_token,
        shared=shared,
        width=width,
        shared_width=shared_width,
        input_width=facts.whole("moe_latent_size", least=1) or shape.hidden,
    )


def _shared(facts: Facts, width: int) -> tuple[int, int]:
    """How many shared experts, and their intermediate size together."""
    own = facts.whole(
        "shared_expert_intermediate_size", "moe_shared_expert_intermediate_size", "shared_intermediate_size",
        "share_expert_dim",
    )  # fmt: skip
    count = facts.whole("n_shared_experts", "num_shared_experts", "num_shared_expert", "moe_num_shared_experts")
    if own is not None:
        return (max(1, count or 1), own * max(1, count or 1)) if own else (0, 0)
    if facts.text("model_type") in {"llama4", "llama4_text"}:
        return 1, width
    return count or 0, (count or 0) * width


def dense_width(shape: Shape, index: int) -> int:
    """Intermediate size of the dense MLP of layer ``index``; 0 where it has none."""
    facts = shape.facts
    if "block_configs" in facts:
        return _searched_width(shape, index)
    if isinstance(facts.whole("intermediate_size_mlp"), int):
        return facts.required("intermediate_size_mlp")
    name = "dense_intermediate_size" if "dense_intermediate_size" in facts else "intermediate_size"
    listed = facts.per_layer(name, shape.layers)
    if listed is None:
        return facts.whole("ffn_hidden_size", "n_inner", "ffn_dim", "d_ff") or _default_width(shape)
    if facts.flag("block_auto_adjust_ff_dim"):
        return _rounded(2 * listed[index] // 3, facts.whole("block_multiple_of", least=1) or 256)
    return listed[index]


def _default_width(shape: Shape) -> int:
    """Four times the hidden size is the default of the old families alone."""
    if shape.family.gated:
        shape.facts.broken(Detail.KEY_MISSING, name="intermediate_size")
    return 4 * shape.hidden


def _searched_width(shape: Shape, index: int) -> int:
    """Width in a searched architecture: ``2/3 * ffn_mult * hidden`` rounded up to 256."""
    config = shape.facts.section_at("block_configs", index)
    section = config.section("ffn") if config else None
    if section is None or section.flag("no_op"):
        return 0
    direct = section.whole("intermediate_size", least=1)
    if direct:
        return direct
    if section.flag("replace_with_linear"):
        return -(-shape.hidden // 3)
    multiple = section.real("ffn_mult")
    if multiple is None or not 0 < multiple < 1024:
        shape.facts.broken(Detail.FACTOR_ODD)
    return _rounded(int(2 * multiple * shape.hidden / 3), 256)


def _rounded(size: int, multiple: int) -> int:
    return -(-size // multiple) * multiple


def feed_forward(shape: Shape, block: Block, index: int) -> tuple[tuple[Part, ...], int]:
    """Matrices of the block, and the widest intermediate size one token passes through."""
    parts: list[Part] = []
    width = 0
    if block in {Block.DENSE, Block.DENSE_AND_EXPERTS}:
        width = dense_width(shape, index)
        parts += _dense(shape, width, "mlp", TensorClass.MLP)
    routed = routing(shape) if block in {Block.EXPERTS, Block.DENSE_AND_EXPERTS} else None
    if routed is not None:
        parts += _experts(shape, routed)
        width = max(width, routed.per_token * routed.width, routed.shared_width)
    return tuple(parts), width


def _dense(shape: Shape, width: int, name: str, tensor_class: TensorClass) -> list[Part]:
    if not width:
        return []
    names = ("gate_proj", "up_proj", "down_proj") if shape.family.gated else ("up_proj", "down_proj")
    size = shape.hidden * width
    parts = [Part(name=f"{name}.{one}", tensor_class=tensor_class, parameters=size) for one in names]
    said = shape.facts.flag("mlp_bias")
    if said or (shape.family.mlp_bias and said is None):
        vectors = width * (len(names) - 1) + shape.hidden
        parts.append(small(f"{name}.bias", vectors, tensor_class))
    return parts


def _experts(shape: Shape, routed: Routing) -> list[Part]:
    matrices = 3 if shape.family.gated else 2
    bias = routed.width * (matrices - 1) + shape.hidden if shape.family.mlp_bias else 0
    parts = [
        Part(
            name="mlp.experts",
            tensor_class=TensorClass.EXPERTS,
            parameters=routed.count * (matrices * routed.input_width * routed.width + bias),
        ),
        small("mlp.gate", routed.count * (shape.hidden + _router_extra(shape)), TensorClass.ROUTER),
        *_dense(shape, routed.shared_width, "mlp.shared_experts", TensorClass.SHARED_EXPERTS),
    ]
    if "shared_expert_intermediate_size" in shape.facts and routed.shared_width:
        parts.append(small("mlp.shared_expert_gate", shape.hidden, TensorClass.ROUTER))
    if routed.input_width != shape.hidden:
        size = shape.hidden * routed.input_width
        names = ("mlp.fc1_latent_proj", "mlp.fc2_latent_proj")
        parts += [Part(name=name, tensor_class=TensorClass.MLP, parameters=size) for name in names]
    return parts


def _router_extra(shape: Shape) -> int:
    """One more number per expert where the router has a bias."""
    facts = shape.facts
    biased = facts.text("topk_method") == "noaux_tc" or facts.flag("use_routing_bias")
    return 1 if biased or facts.text("model_type") == "gpt_oss" else 0
