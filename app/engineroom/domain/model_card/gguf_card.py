"""A model card from a GGUF header: keys say the shape, the tensor table says which layer is what, and its bytes.

Source: the key names and per-architecture defaults of llama.cpp's loader.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from engineroom.domain.details import Detail
from engineroom.domain.gguf import GgufHeader, Value
from engineroom.domain.model_card import inventory
from engineroom.domain.model_card.gguf_layers import layer_groups_of
from engineroom.domain.model_card.reading import MOST_LAYERS, MOST_TOKENS, Facts
from engineroom.domain.model_card.safetensors import TensorInfo
from engineroom.domain.model_card.values import (
    Experts,
    ModelCard,
    Origin,
    Quantisation,
    RopeScaling,
    TensorClass,
    Weights,
)  # fmt: skip
from engineroom.domain.model_card.weights import parameters_active, parameters_total

_KNOWN = frozenset({
    "llama", "llama4", "mistral3", "mistral4", "qwen2", "qwen2moe", "qwen2vl", "qwen3", "qwen3moe", "qwen3next",
    "qwen35", "qwen35moe", "qwen3vl", "qwen3vlmoe", "gemma", "gemma2", "gemma3", "gemma3n", "gemma4", "gpt-oss",
    "deepseek", "deepseek2", "glm-dsa", "glm4", "glm4moe", "nemotron", "nemotron_h", "nemotron_h_moe", "granite",
    "granitemoe", "granitehybrid", "phi2", "phi3", "phimoe", "command-r", "cohere2", "falcon", "falcon-h1",
    "starcoder2", "gpt2", "gptneox", "bloom", "mpt", "stablelm", "baichuan", "internlm2", "minicpm", "minicpm3",
    "olmo", "olmo2", "olmoe", "exaone", "exaone4", "jamba", "mamba", "mamba2", "lfm2", "lfm2moe", "smollm3",
    "seed_oss", "deci", "arcee", "ernie4_5", "ernie4_5-moe", "hunyuan-dense", "hunyuan-moe", "minimax-m2",
    "bailingmoe", "orion", "chatglm", "dream", "apertus", "mimo2", "step35",
})  # fmt: skip
_BLOCK = re.compile(r"^blk\.(\d{1,6})\.(.+)$")


@dataclass(frozen=True, slots=True)
class _Tables:
    """Tensor names of every block, without the block's prefix."""

    blocks: tuple[frozenset[str], ...]
    vocabulary: int | None


def card_from_gguf(
    header: GgufHeader,
    *,
    id: str,  # noqa: A002 - the card's own word for it
    more_tensors: Iterable[TensorInfo] = (),
    revision: str | None = None,
    licence: str | None = None,
    gated: bool | None = None,
    download_bytes: int | None = None,
) -> ModelCard:
    """The card of a GGUF file; ``more_tensors`` are those of the further files of a split one.

    Raises:
        Rejected: ``model_config_broken`` where the keys describe no language model.
    """
    whole = Facts(header.keys, id)
    template = whole.text("tokenizer.chat_template", most=2**24) or ""
    return replace(
        _card(header, whole, (*tensors_of(header), *more_tensors), id),
        name=whole.text("general.name"),
        chat_template=bool(template),
        tool_calls="tools" in template,
        licence=licence or whole.text("general.license"),
        revision=revision,
        gated=gated,
        download_bytes=download_bytes,
    )


def _card(header: GgufHeader, whole: Facts, tensors: tuple[TensorInfo, ...], named: str) -> ModelCard:
    architecture = whole.text("general.architecture") or "unknown"
    facts = Facts(_without_prefix(header.keys, f"{architecture}."), named)
    layers = _layer_count(facts)
    tables = _tables(tensors, layers, facts)
    groups, understood = layer_groups_of(facts, architecture, tables.blocks, _shapes(tensors))
    weights = inventory.weights_of(tensors, layers=layers)
    experts = _experts(facts, sum(group.count for group in groups if group.routed_experts))
    answering = (experts.count, experts.per_token) if experts else (0, 0)
    return ModelCard(
        id=named,
        architecture=architecture,
        file_format="gguf",
        layers=groups,
        hidden_size=facts.required("embedding_length"),
        vocabulary=tables.vocabulary or facts.required("vocab_size", most=2**26),
        intermediate_size=_widest(facts, experts),
        weights=weights,
        weights_origin=Origin.HEADERS,
        parameters_total=parameters_total(weights),
        parameters_active=parameters_active(weights, *answering),
        tied_embeddings=all(one.tensor_class is not TensorClass.OUTPUT for one in weights),
        experts=experts,
        quantisation=_quantisation(header, weights),
        native_context=facts.whole("context_length", least=1, most=MOST_TOKENS),
        rope_scaling=_rope_scaling(facts),
        unknowns=_unknowns(architecture, weights, facts, understood=understood),
    )


def _layer_count(facts: Facts) -> int:
    layers = facts.required("block_count", most=MOST_LAYERS) - (facts.whole("nextn_predict_layers", most=64) or 0)
    if layers < 1:
        facts.broken(Detail.BLOCK_COUNT)
    return layers


def tensors_of(header: GgufHeader) -> tuple[TensorInfo, ...]:
    """The tensor table in the form all cards are made from."""
    return tuple(TensorInfo(one.name, one.type_name, one.shape, one.stored_bytes) for one in header.tensors)


def _without_prefix(keys: dict[str, Value], prefix: str) -> dict[str, object]:
    return {name.removeprefix(prefix): value for name, value in keys.items() if name.startswith(prefix)}


def _tables(tensors: tuple[TensorInfo, ...], layers: int, facts: Facts) -> _Tables:
    blocks: list[set[str]] = [set() for _ in range(layers)]
    vocabulary = None
    for tensor in tensors:
        found = _BLOCK.match(tensor.name)
        if found and int(found.group(1)) < layers:
            blocks[int(found.group(1))].add(found.group(2).removesuffix(".weight"))
        elif tensor.name == "token_embd.weight" and len(tensor.shape) == 2:
            vocabulary = tensor.shape[1]
    if not all(blocks):
        facts.broken(Detail.LAYERS_EMPTY, layers=layers)
    return _Tables(tuple(frozenset(one) for one in blocks), vocabulary)


def _shapes(tensors: tuple[TensorInfo, ...]) -> dict[str, tuple[int, ...]]:
    wanted = (".attn_k.weight", ".attn_v.weight", ".attn_q.weight")
    return {one.name: one.shape for one in tensors if one.name.endswith(wanted)}


def _experts(facts: Facts, layers: int) -> Experts | None:
    count = facts.whole("expert_count", most=2**16) or 0
    if not count or not layers:
        return None
    per_token = facts.required("expert_used_count", most=2**16)
    if per_token > count:
        facts.broken(Detail.EXPERTS_TOO_MANY)
    shared = facts.whole("expert_shared_count", most=2**16) or 0
    if not shared and "expert_shared_feed_forward_length" in facts:
        shared = 1
    return Experts(count=count, per_token=per_token, shared=shared, layers=layers)


def _widest(facts: Facts, experts: Experts | None) -> int | None:
    listed = facts.wholes("feed_forward_length")
    dense = max(listed, default=0) if listed is not None else facts.whole("feed_forward_length") or 0
    each = facts.whole("expert_feed_forward_length") or (dense if experts else 0)
    return max(dense, each * experts.per_token if experts else 0) or None


def _quantisation(header: GgufHeader, weights: tuple[Weights, ...]) -> Quantisation | None:
    main = max(weights, key=lambda one: one.parameters, default=None)
    name = (header.quantisation or (main.format if main else "unknown")).lower()
    if name in {"f32", "f16", "bf16"}:
        return None
    return Quantisation(method="gguf", precision=name, recognised=False)


def _rope_scaling(facts: Facts) -> RopeScaling | None:
    kind = facts.text("rope.scaling.type")
    if kind is None or kind == "none":
        return None
    return RopeScaling(
        kind=kind,
        factor=facts.real("rope.scaling.factor"),
        original_context=facts.whole("rope.scaling.original_context_length", least=1, most=MOST_TOKENS),
    )


def _unknowns(architecture: str, weights: tuple[Weights, ...], facts: Facts, *, understood: bool) -> tuple[str, ...]:
    found = []
    if architecture not in _KNOWN:
        found.append("architecture")
    if architecture not in _KNOWN or not understood:
        found.append("layers")
    if any(one.format == "unknown" for one in weights):
        found.append("weights")
    if "context_length" not in facts:
        found.append("native_context")
    return tuple(found)
