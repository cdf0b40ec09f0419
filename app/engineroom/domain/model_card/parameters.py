"""A text model from its configuration: dimensions, layers, and every module's parameters."""

from dataclasses import dataclass, replace
from functools import partial

from engineroom.domain.details import Detail
from engineroom.domain.model_card import state
from engineroom.domain.model_card.attention import attention
from engineroom.domain.model_card.families import Family
from engineroom.domain.model_card.feed_forward import feed_forward
from engineroom.domain.model_card.kinds import Block, Mixer, blocks, expert_count, mixers, single_blocks
from engineroom.domain.model_card.parts import Layer, Part, Shape, norm, small
from engineroom.domain.model_card.reading import MOST_LAYERS, Facts
from engineroom.domain.model_card.values import LayerGroup, RecurrentState, StateKind, TensorClass

_STATES = {
    Mixer.GATED_DELTA: state.gated_delta,
    Mixer.MAMBA: state.mamba,
    Mixer.CONVOLUTION: state.short_convolution,
    Mixer.ATTENTION_AND_MAMBA: state.mamba,
}
_WITH_ATTENTION = {Mixer.FULL, Mixer.SLIDING, Mixer.CHUNKED, Mixer.MLA, Mixer.ATTENTION_AND_MAMBA}
_NOT_KNOWN = RecurrentState(kind=StateKind.OTHER, state_elements=0, convolution_elements=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextModel:
    """Layers in order, and the modules of the whole text model. ``understood`` is false if a layer's kind is not."""

    layers: tuple[Layer, ...]
    parts: tuple[Part, ...]
    tied: bool
    understood: bool


def shape_of(facts: Facts, family: Family) -> Shape:
    """Dimensions.

    Raises:
        Rejected: ``model_config_broken`` where one is missing or impossible.
    """
    layers = _layer_count(facts)
    hidden = facts.required("hidden_size", "n_embd", "d_model", "dim")
    heads = facts.whole("num_attention_heads", "n_head", "num_heads", "n_heads", least=1, most=2**14)
    if heads is None and set(mixers(facts, family, layers)) != {Mixer.MAMBA}:
        facts.broken(Detail.KEY_MISSING, name="num_attention_heads")
    return Shape(
        facts=facts,
        family=family,
        layers=layers,
        hidden=hidden,
        vocabulary=facts.required("vocab_size", "padded_vocab_size", "n_vocab", most=2**26),
        heads=heads or 1,
        kv_heads=_kv_heads(facts, heads or 1),
        head_dim=_head_dim(facts, hidden, heads or 1),
    )


def _layer_count(facts: Facts) -> int:
    count = facts.whole("num_hidden_layers", "n_layer", "num_layers", "n_layers", least=1, most=MOST_LAYERS)
    alone = single_blocks(facts, "hybrid_override_pattern", "layers_block_type")
    if count is None and alone is not None and len(alone) <= MOST_LAYERS:
        return len(alone)
    return facts.required("num_hidden_layers", most=MOST_LAYERS) if count is None else count


def _kv_heads(facts: Facts, heads: int) -> int:
    listed = facts.wholes("num_key_value_heads")
    if listed:
        return max(listed)
    if facts.flag("multi_query") and not facts.flag("new_decoder_architecture"):
        return 1
    names = ("num_key_value_heads", "num_kv_heads", "n_head_kv", "multi_query_group_num", "n_kv_heads")
    return facts.whole(*names, least=1, most=2**14) or heads


def _head_dim(facts: Facts, hidden: int, heads: int) -> int:
    said = facts.whole("head_dim", "attention_head_dim", "kv_channels", least=1, most=2**14)
    if said is not None:
        return said
    if hidden % heads and "kv_lora_rank" not in facts:
        facts.broken(Detail.HEADS_UNEVEN)
    return max(1, hidden // heads)


def text_model(shape: Shape) -> TextModel:
    """Every layer and module."""
    kinds = _kinds(shape)
    layers = tuple(_layer(shape, index, mixer, block) for index, (mixer, block) in enumerate(kinds))
    tied = _tied(shape)
    parts = [
        Part(name="embed_tokens", tensor_class=TensorClass.EMBEDDING, parameters=_table(shape), linear=False),
        norm(shape, "norm"),
        *_extras(shape),
    ]
    if not tied:
        bias = shape.vocabulary if shape.family.output_vocabulary_bias else 0
        parts.append(Part(name="lm_head", tensor_class=TensorClass.OUTPUT, parameters=_table(shape) + bias))
    for index, layer in enumerate(layers):
        parts += [replace(part, name=f"layers.{index}.{_module(shape, part)}") for part in layer.parts]
    parts += _prediction(shape)
    understood = all(mixer is not Mixer.UNKNOWN for mixer, _ in kinds)
    return TextModel(layers=layers, parts=tuple(parts), tied=tied, understood=understood)


def layer_groups(layers: tuple[Layer, ...]) -> tuple[LayerGroup, ...]:
    """Equal layers counted together, in the order of their first."""
    counts: dict[LayerGroup, int] = {}
    for layer in layers:
        one = LayerGroup(count=1, attention=layer.attention, state=layer.state, routed_experts=layer.routed)
        counts[one] = counts.get(one, 0) + 1
    return tuple(replace(group, count=count) for group, count in counts.items())


def _kinds(shape: Shape) -> list[tuple[Mixer, Block]]:
    facts, layers = shape.facts, shape.layers
    alone = single_blocks(facts, "hybrid_override_pattern", "layers_block_type")
    if shape.family.names == "nemotron" and alone is not None:
        if len(alone) != layers:
            facts.broken(Detail.PATTERN_SHORT, layers=layers)
        return alone
    if facts.text("model_type") in {"mamba", "mamba2", "falcon_mamba"}:
        return [(Mixer.MAMBA, Block.NONE)] * layers
    found = list(zip(mixers(facts, shape.family, layers), blocks(facts, layers), strict=True))
    return [(_searched(shape, index, mixer), block) for index, (mixer, block) in enumerate(found)]


def _searched(shape: Shape, index: int, mixer: Mixer) -> Mixer:
    """A searched architecture may have left out a layer's attention."""
    if "block_configs" not in shape.facts:
        listed = shape.facts.wholes("num_key_value_heads_per_layer")
        return Mixer.NONE if listed is not None and index < len(listed) and not listed[index] else mixer
    config = shape.facts.section_at("block_configs", index)
    section = config.section("attention") if config else None
    if section is None:
        shape.facts.broken(Detail.KEY_TOO_SHORT, name="block_configs", layers=shape.layers)
    left_out = section.flag("no_op") or section.flag("replace_with_linear")
    return Mixer.NONE if left_out else mixer


def _layer(shape: Shape, index: int, mixer: Mixer, block: Block) -> Layer:
    found, kept = None, None
    parts: list[Part] = []
    if mixer in _WITH_ATTENTION:
        found, more = attention(shape, mixer, index)
        parts += more
    if mixer in _STATES:
        kept, more = _STATES[mixer](shape)
        parts += more
    if mixer is Mixer.UNKNOWN:
        kept = _NOT_KNOWN
    ffn, width = feed_forward(shape, block, index)
    parts += [*ffn, norm(shape, "norms", shape.family.norms)]
    routed = block in {Block.EXPERTS, Block.DENSE_AND_EXPERTS}
    return Layer(attention=found, state=kept, routed=routed, width=width, parts=tuple(parts))


def _module(shape: Shape, part: Part) -> str:
    """The module's name in this family's checkpoints."""
    rest = part.name.partition(".")[2]
    if shape.family.names == "nemotron" and rest:
        return f"mixer.{rest}"
    if shape.family.names == "gemma4" and part.name == "mlp.experts":
        return "experts"
    return part.name


def _table(shape: Shape) -> int:
    return shape.vocabulary * shape.hidden


def _tied(shape: Shape) -> bool:
    said = shape.facts.flag("tie_word_embeddings")
    return shape.family.tied if said is None else said


def _extras(shape: Shape) -> list[Part]:
    """Learned positions, and Gemma's embeddings per layer."""
    facts = shape.facts
    extras = []
    positions = facts.whole("n_positions", "max_position_embeddings", most=2**26) if shape.family.positions else None
    embedding = partial(Part, tensor_class=TensorClass.EMBEDDING, linear=False)
    if positions:
        extras.append(embedding(name="positions", parameters=positions * shape.hidden))
    width = facts.whole("hidden_size_per_layer_input")
    if width:
        words = facts.whole("vocab_size_per_layer_input", most=2**26) or shape.vocabulary
        extras.append(embedding(name="embed_tokens_per_layer", parameters=words * shape.layers * width))
        matrices = 3 * shape.layers * shape.hidden * width
        extras.append(Part(name="per_layer", tensor_class=TensorClass.MLP, parameters=matrices, linear=False))
        extras.append(small("per_layer_norms", shape.layers * shape.hidden + width))
    return extras


def _prediction(shape: Shape) -> list[Part]:
    """Layers that predict further tokens: one full layer, a projection of two inputs, sometimes their own tables."""
    facts = shape.facts
    count = facts.whole("num_nextn_predict_layers", "mtp_num_hidden_layers", most=64) or 0
    mixer = Mixer.MLA if "kv_lora_rank" in facts else Mixer.FULL
    found: list[Part] = []
    for extra in range(count):
        name = f"layers.{shape.layers + extra}" if shape.family.prediction_copies else f"mtp.layers.{extra}"
        layer = _layer(shape, shape.layers - 1, mixer, Block.EXPERTS if expert_count(facts) else Block.DENSE)
        own = [*layer.parts, Part(name="eh_proj", tensor_class=TensorClass.MLP, parameters=2 * shape.hidden**2)]
        if shape.family.prediction_copies:
            own.append(small("tables", 2 * _table(shape)))
        found += [
            replace(part, name=f"{name}.{_module(shape, part)}", tensor_class=TensorClass.PREDICTION) for part in own
        ]
    return found
