"""Which kind every layer is, from the many ways in which configurations say so."""

from enum import StrEnum

from engineroom.domain.details import Detail
from engineroom.domain.model_card.families import Family
from engineroom.domain.model_card.reading import Facts


class Mixer(StrEnum):
    """What mixes tokens in a layer."""

    FULL = "full"
    SLIDING = "sliding"
    CHUNKED = "chunked"
    MLA = "mla"
    GATED_DELTA = "gated_delta"
    MAMBA = "mamba"
    CONVOLUTION = "convolution"
    ATTENTION_AND_MAMBA = "attention_and_mamba"
    NONE = "none"
    UNKNOWN = "unknown"


class Block(StrEnum):
    """What follows the mixer."""

    DENSE = "dense"
    EXPERTS = "experts"
    DENSE_AND_EXPERTS = "dense_and_experts"
    NONE = "none"


_WORDS = {
    "full_attention": Mixer.FULL, "attention": Mixer.FULL, "sliding_attention": Mixer.SLIDING,
    "chunked_attention": Mixer.CHUNKED, "linear_attention": Mixer.GATED_DELTA, "conv": Mixer.CONVOLUTION,
    "mamba": Mixer.MAMBA, "mamba2": Mixer.MAMBA, "moe": Mixer.NONE, "mlp": Mixer.NONE, "hybrid":
    Mixer.ATTENTION_AND_MAMBA, "nope_attention": Mixer.FULL, "sliding_window_attention": Mixer.SLIDING,
}  # fmt: skip
_LETTERS = {
    "M": (Mixer.MAMBA, Block.NONE), "*": (Mixer.FULL, Block.NONE), "-": (Mixer.NONE, Block.DENSE),
    "E": (Mixer.NONE, Block.EXPERTS),
}  # fmt: skip
_ALONE = {"mamba": "M", "attention": "*", "mlp": "-", "moe": "E"}
PATTERN_NAMES = ("hybrid_override_pattern", "layers_block_type", "mtp_hybrid_override_pattern")


def single_blocks(facts: Facts, pattern_name: str, words_name: str) -> list[tuple[Mixer, Block]] | None:
    """Layers that are a mixer or an MLP, never both (Nemotron-H), from letters or from words."""
    letters = facts.text(pattern_name) or "".join(_ALONE.get(word, "?") for word in facts.words(words_name))
    if not letters:
        return None
    return [_LETTERS.get(letter, (Mixer.UNKNOWN, Block.NONE)) for letter in letters]


def mixers(facts: Facts, family: Family, layers: int) -> list[Mixer]:
    """The mixer of every layer."""
    if "kv_lora_rank" in facts:
        return _with_linear(facts, layers)
    if "mamba_d_ssm" in facts:
        return [Mixer.ATTENTION_AND_MAMBA] * layers
    said = facts.words("layer_types") or facts.words("layers_block_type")
    if said:
        return _said(facts, said, layers)
    return _hybrid(facts, layers) or _windowed(facts, family, layers)


def _said(facts: Facts, said: tuple[str, ...], layers: int) -> list[Mixer]:
    if len(said) < layers:
        facts.broken(Detail.KEY_TOO_SHORT, name="layer_types", layers=layers)
    mixers = [_WORDS.get(word, Mixer.UNKNOWN) for word in said[:layers]]
    if (facts.whole("sliding_window", most=2**40) or 0) == 0:
        return [Mixer.FULL if one is Mixer.SLIDING else one for one in mixers]
    return mixers


def _with_linear(facts: Facts, layers: int) -> list[Mixer]:
    linear = facts.section("linear_attn_config")
    others = set(linear.wholes("kda_layers") or ()) if linear else set()
    return [Mixer.UNKNOWN if index + 1 in others else Mixer.MLA for index in range(layers)]


def _hybrid(facts: Facts, layers: int) -> list[Mixer] | None:
    """Mixers of models that say where their few attention layers are."""
    every = facts.whole("full_attention_interval", least=1)
    if every and "linear_num_value_heads" in facts:
        return [Mixer.GATED_DELTA if (index + 1) % every else Mixer.FULL for index in range(layers)]
    period = facts.whole("attn_layer_period", least=1)
    if period:
        offset = facts.whole("attn_layer_offset") or 0
        return [Mixer.FULL if index % period == offset else Mixer.MAMBA for index in range(layers)]
    listed = facts.wholes("attn_layer_indices")
    if listed is not None:
        return [Mixer.FULL if index in listed else Mixer.MAMBA for index in range(layers)]
    full = facts.wholes("full_attn_idxs")
    if full is not None:
        return [Mixer.FULL if index in full else Mixer.CONVOLUTION for index in range(layers)]
    if facts.text("model_type") in {"mamba", "mamba2", "falcon_mamba"}:
        return [Mixer.MAMBA] * layers
    return None


def _windowed(facts: Facts, family: Family, layers: int) -> list[Mixer]:
    switches = facts.wholes("hybrid_layer_pattern")
    if switches is not None:
        return [Mixer.SLIDING if index < len(switches) and switches[index] else Mixer.FULL for index in range(layers)]
    if "attention_chunk_size" in facts:
        return _chunked(facts, layers)
    window = facts.whole("sliding_window", most=2**40) or 0
    if not window or facts.flag("use_sliding_window") is False or family.windows == "none":
        return [Mixer.FULL] * layers
    if family.windows == "late":
        if facts.flag("use_sliding_window") is None:
            return [Mixer.FULL] * layers
        first = facts.whole("max_window_layers") or 0
        return [Mixer.SLIDING if index >= first else Mixer.FULL for index in range(layers)]
    every = {"all": 0, "first_of_two": 2, "all_but_every": _pattern(facts)}[family.windows]
    return [Mixer.FULL if every and (index + 1) % every == 0 else Mixer.SLIDING for index in range(layers)]


def _pattern(facts: Facts) -> int:
    """Every how many layers one is global: a number, or letters such as ``LLLG``."""
    letters = facts.text("sliding_window_pattern")
    if letters is not None:
        return len(letters) or 1
    return facts.whole("sliding_window_pattern", "_sliding_window_pattern") or 0


def _chunked(facts: Facts, layers: int) -> list[Mixer]:
    rotary = facts.wholes("no_rope_layers")
    if rotary and len(rotary) >= layers:
        return [Mixer.CHUNKED if one else Mixer.FULL for one in rotary[:layers]]
    every = facts.whole("no_rope_layer_interval", least=1) or 4
    return [Mixer.CHUNKED if (index + 1) % every else Mixer.FULL for index in range(layers)]


def blocks(facts: Facts, layers: int) -> list[Block]:
    """What follows the mixer in every layer."""
    if not expert_count(facts):
        return [Block.DENSE] * layers
    if facts.flag("enable_moe_block"):
        return [Block.DENSE_AND_EXPERTS] * layers
    routed = [_is_routed(facts, index) for index in range(layers)]
    words = facts.words("mlp_layer_types")
    if len(words) >= layers:
        routed = [word == "sparse" for word in words[:layers]]
    listed = facts.wholes("moe_layers")
    if listed is not None:
        routed = [index in listed for index in range(layers)]
    return [Block.EXPERTS if one else Block.DENSE for one in routed]


def expert_count(facts: Facts) -> int:
    """Routed experts per layer; 0 for a dense model."""
    names = ("num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts")
    return facts.whole(*names, most=2**16) or 0


def _is_routed(facts: Facts, index: int) -> bool:
    dense = facts.whole("first_k_dense_replace", "num_dense_layers", "moe_layer_start_index") or 0
    if index < dense or index in (facts.wholes("mlp_only_layers") or ()):
        return False
    frequencies = facts.wholes("moe_layer_freq")
    if frequencies is not None:
        return index < len(frequencies) and bool(frequencies[index])
    period = facts.whole("expert_layer_period", least=1)
    if period:
        return index % period == (facts.whole("expert_layer_offset") or 0)
    step = facts.whole("decoder_sparse_step", "interleave_moe_layer_step", "moe_layer_interval", least=1) or 1
    every = facts.whole("moe_layer_freq", least=1) or 1
    return (index + 1) % step == 0 and index % every == 0
