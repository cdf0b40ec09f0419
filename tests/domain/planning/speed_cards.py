"""Model cards by hand, from published configurations: enough of them for the speed."""

from dataclasses import replace
from typing import Any

from engineroom.domain.model_card.values import (
    Attention,
    AttentionKind,
    Experts,
    LayerGroup,
    ModelCard,
    Origin,
    RecurrentState,
    StateKind,
    TensorClass,
    Weights,
)
from engineroom.domain.planning.formats import WEIGHT_BITS

Q4_K_M = {"attention": 4.68, "mlp": 4.844, "output": 6.5625, "experts": 4.844}
"""Bits per weight of the classes of a Q4_K_M file: half of the value and down projections are Q6_K."""


def attention(
    heads: int, kv_heads: int, head_dim: int, *, kind: AttentionKind = AttentionKind.FULL, window: int | None = None
) -> Attention:
    return Attention(
        kind=kind, query_heads=heads, kv_heads=kv_heads, head_dim=head_dim, key_elements=kv_heads * head_dim,
        value_elements=kv_heads * head_dim, window_tokens=window,
    )  # fmt: skip


def part(kind: TensorClass, parameters: int, format_: str, bits: float | None = None) -> Weights:
    size = parameters * (WEIGHT_BITS[format_] if bits is None else bits) / 8
    return Weights(tensor_class=kind, format=format_, stored_bytes=round(size), parameters=parameters)


def transformer(
    name: str,
    *,
    layers: int,
    hidden: int,
    heads: int,
    kv_heads: int,
    head_dim: int,
    vocabulary: int,
    mlp: int = 0,
    experts: Experts | None = None,
    expert_size: int = 0,
    groups: tuple[LayerGroup, ...] | None = None,
    formats: dict[str, str],
    bits: dict[str, float] | None = None,
) -> ModelCard:
    """A card of equal layers; ``formats`` by class (``matrices`` for all), ``bits`` where a class is a mixture."""
    sizes = {
        "embedding": vocabulary * hidden,
        "output": vocabulary * hidden,
        "attention": layers * (2 * hidden * heads * head_dim + 2 * hidden * kv_heads * head_dim),
        "mlp": layers * 3 * hidden * mlp,
        "experts": layers * experts.count * 3 * hidden * expert_size if experts else 0,
        "router": layers * experts.count * hidden if experts else 0,
    }
    equal = LayerGroup(count=layers, attention=attention(heads, kv_heads, head_dim), routed_experts=experts is not None)
    return card_of(
        name, sizes, formats, bits or {}, layers=groups or (equal,), hidden_size=hidden, vocabulary=vocabulary,
        intermediate_size=mlp or expert_size, experts=experts,
    )  # fmt: skip


def card_of(
    name: str, sizes: dict[str, int], formats: dict[str, str], bits: dict[str, float], **facts: Any
) -> ModelCard:
    parts = [
        part(TensorClass(kind), count, formats.get(kind, formats["matrices"]), bits.get(kind))
        for kind, count in sizes.items()
        if count
    ]
    experts: Experts | None = facts["experts"]
    total = sum(sizes.values())
    share = experts.per_token / experts.count if experts else 1.0
    return ModelCard(
        id=name,
        architecture="TestForCausalLM",
        file_format="gguf" if bits or formats["matrices"].startswith("q") else "safetensors",
        weights=tuple(parts),
        weights_origin=Origin.HEADERS,
        parameters_total=total,
        parameters_active=round(total - (1 - share) * sizes["experts"]),
        tied_embeddings=False,
        **facts,
    )


def llama_8b(formats: dict[str, str], bits: dict[str, float] | None = None) -> ModelCard:
    return transformer(
        "Llama-3-8B", layers=32, hidden=4096, heads=32, kv_heads=8, head_dim=128, vocabulary=128256, mlp=14336,
        formats=formats, bits=bits,
    )  # fmt: skip


def llama_70b(formats: dict[str, str], bits: dict[str, float] | None = None) -> ModelCard:
    return transformer(
        "Llama-3-70B", layers=80, hidden=8192, heads=64, kv_heads=8, head_dim=128, vocabulary=128256, mlp=28672,
        formats=formats, bits=bits,
    )  # fmt: skip


def qwen3_8b(formats: dict[str, str], bits: dict[str, float] | None = None) -> ModelCard:
    return transformer(
        "Qwen3-8B", layers=36, hidden=4096, heads=32, kv_heads=8, head_dim=128, vocabulary=151936, mlp=12288,
        formats=formats, bits=bits,
    )  # fmt: skip


def qwen3_14b(formats: dict[str, str], bits: dict[str, float] | None = None) -> ModelCard:
    return transformer(
        "Qwen3-14B", layers=40, hidden=5120, heads=40, kv_heads=8, head_dim=128, vocabulary=151936, mlp=17408,
        formats=formats, bits=bits,
    )  # fmt: skip


def qwen25_7b(formats: dict[str, str]) -> ModelCard:
    return transformer(
        "Qwen2.5-Coder-7B", layers=28, hidden=3584, heads=28, kv_heads=4, head_dim=128, vocabulary=152064, mlp=18944,
        formats=formats,
    )  # fmt: skip


def qwen3_30b_a3b(formats: dict[str, str], bits: dict[str, float] | None = None) -> ModelCard:
    return transformer(
        "Qwen3-30B-A3B", layers=48, hidden=2048, heads=32, kv_heads=4, head_dim=128, vocabulary=151936,
        experts=Experts(count=128, per_token=8, shared=0, layers=48), expert_size=768, formats=formats, bits=bits,
    )  # fmt: skip


def qwen3_235b_a22b(formats: dict[str, str]) -> ModelCard:
    return transformer(
        "Qwen3-235B-A22B", layers=94, hidden=4096, heads=64, kv_heads=4, head_dim=128, vocabulary=151936,
        experts=Experts(count=128, per_token=8, shared=0, layers=94), expert_size=1536, formats=formats,
    )  # fmt: skip


def gpt_oss(layers: int, experts: int) -> ModelCard:
    """gpt-oss-20b has 24 layers and 32 experts, gpt-oss-120b 36 and 128. Everything but the experts is Q8_0."""
    half = layers // 2
    window = attention(64, 8, 64, kind=AttentionKind.SLIDING, window=128)
    return transformer(
        "gpt-oss", layers=layers, hidden=2880, heads=64, kv_heads=8, head_dim=64, vocabulary=201088,
        experts=Experts(count=experts, per_token=4, shared=0, layers=layers), expert_size=2880,
        groups=(
            LayerGroup(count=half, attention=attention(64, 8, 64), routed_experts=True),
            LayerGroup(count=half, attention=window, routed_experts=True),
        ),
        formats={"matrices": "q8_0", "experts": "mxfp4", "router": "f32"},
    )  # fmt: skip


def qwen35_27b(read_gb: float, format_: str) -> ModelCard:
    """48 of 64 layers keep a gated-delta state (48 heads of 128 x 128); sized by what a token reads."""
    groups = (
        LayerGroup(count=16, attention=attention(24, 4, 256)),
        LayerGroup(
            count=48,
            state=RecurrentState(
                kind=StateKind.GATED_DELTA, state_elements=48 * 128 * 128, convolution_elements=10240 * 4
            ),
        ),
    )
    card = transformer(
        "Qwen3.5-27B", layers=64, hidden=5120, heads=24, kv_heads=4, head_dim=256, vocabulary=248320, mlp=17408,
        groups=groups, formats={"matrices": format_},
    )  # fmt: skip
    return resized(card, read_gb)


def deepseek_r1(formats: dict[str, str]) -> ModelCard:
    latent = Attention(
        kind=AttentionKind.MLA, query_heads=128, kv_heads=1, head_dim=192, key_elements=576, value_elements=0
    )
    card = transformer(
        "DeepSeek-R1", layers=61, hidden=7168, heads=128, kv_heads=1, head_dim=100, vocabulary=129280,
        experts=Experts(count=256, per_token=8, shared=1, layers=58), expert_size=2048,
        groups=(LayerGroup(count=61, attention=latent, routed_experts=True),), formats=formats,
    )  # fmt: skip
    shared = part(TensorClass.SHARED_EXPERTS, 61 * 3 * 7168 * 2048, formats["matrices"])
    return replace(card, weights=(*card.weights, shared))


def resized(card: ModelCard, read_gb: float) -> ModelCard:
    """The same with all matrices scaled so that one token reads this much of them."""
    share = card.experts.per_token / card.experts.count if card.experts else 1.0
    read = sum(
        one.stored_bytes * (share if one.tensor_class is TensorClass.EXPERTS else 1.0)
        for one in card.weights
        if one.tensor_class is not TensorClass.EMBEDDING
    )
    factor = read_gb * 1e9 / read
    parts = tuple(replace(one, stored_bytes=round(one.stored_bytes * factor)) for one in card.weights)
    return replace(card, weights=parts)
