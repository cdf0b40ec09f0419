"""Model cards put together by hand from published configurations, for tests of the arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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


def full(query_heads: int, kv_heads: int, head_dim: int) -> Attention:
    """Full attention with keys and values."""
    size = kv_heads * head_dim
    return Attention(
        kind=AttentionKind.FULL,
        query_heads=query_heads,
        kv_heads=kv_heads,
        head_dim=head_dim,
        key_elements=size,
        value_elements=size,
    )


def sliding(query_heads: int, kv_heads: int, head_dim: int, window: int) -> Attention:
    """Attention over the last ``window`` tokens."""
    return replace(full(query_heads, kv_heads, head_dim), kind=AttentionKind.SLIDING, window_tokens=window)


def mla(query_heads: int, latent: int = 512, rope: int = 64) -> Attention:
    """DeepSeek's: one latent and one rotary key."""
    return Attention(
        kind=AttentionKind.MLA,
        query_heads=query_heads,
        kv_heads=query_heads,
        head_dim=192,
        key_elements=latent + rope,
        value_elements=0,
    )


def gated_delta(key_heads: int, value_heads: int, head_dim: int = 128, kernel: int = 4) -> RecurrentState:
    """State of a gated-delta layer (Qwen3-Next and later)."""
    return RecurrentState(
        kind=StateKind.GATED_DELTA,
        state_elements=value_heads * head_dim * head_dim,
        convolution_elements=(kernel - 1) * (2 * key_heads + value_heads) * head_dim,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """Routed experts of every layer."""

    count: int
    per_token: int
    width: int
    shared_width: int = 0

    def experts(self, layers: int) -> Experts:
        """As a card has it."""
        return Experts(count=self.count, per_token=self.per_token, shared=int(self.shared_width > 0), layers=layers)


def dense(
    model: str,
    *,
    hidden: int,
    vocabulary: int,
    width: int,
    groups: Sequence[LayerGroup],
    tied: bool = False,
    weight_format: str = "bf16",
    table_format: str = "bf16",
    attention_format: str | None = None,
    mixture: Mixture | None = None,
    native_context: int | None = 131_072,
    weights_origin: Origin = Origin.HEADERS,
) -> ModelCard:
    """A card whose weights follow from its dimensions; ``width`` is that of the MLP, ``mixture`` in place of it."""
    layers = sum(group.count for group in groups)
    parts = [
        _part(TensorClass.EMBEDDING, table_format, vocabulary * hidden),
        _part(TensorClass.OUTPUT, table_format, 0 if tied else vocabulary * hidden),
        _part(TensorClass.NORM, "bf16", (2 * layers + 1) * hidden),
        _part(TensorClass.ATTENTION, attention_format or weight_format, _attention(groups, hidden)),
        *_mlp(hidden, width, layers, mixture, weight_format),
    ]
    total = sum(part.parameters for part in parts)
    return ModelCard(
        id=model,
        architecture="LlamaForCausalLM",
        file_format="safetensors",
        layers=tuple(groups),
        hidden_size=hidden,
        vocabulary=vocabulary,
        intermediate_size=width if mixture is None else mixture.per_token * mixture.width + mixture.shared_width,
        weights=tuple(part for part in parts if part.stored_bytes),
        weights_origin=weights_origin,
        parameters_total=total,
        parameters_active=total,
        tied_embeddings=tied,
        experts=None if mixture is None else mixture.experts(layers),
        native_context=native_context,
    )


def with_weight_bytes(card: ModelCard, total_bytes: int) -> ModelCard:
    """The card with a sum of weights known from files; the embeddings keep the size their format gives them."""
    fixed = sum(part.stored_bytes for part in card.weights if part.tensor_class is TensorClass.EMBEDDING)
    scale = (total_bytes - fixed) / (card.weight_bytes - fixed)
    parts = [
        part
        if part.tensor_class is TensorClass.EMBEDDING
        else replace(part, stored_bytes=round(part.stored_bytes * scale))
        for part in card.weights
    ]
    return replace(card, weights=tuple(parts), weights_origin=Origin.FILE_SIZES)


def _mlp(hidden: int, width: int, layers: int, mixture: Mixture | None, weight_format: str) -> list[Weights]:
    if mixture is None:
        return [_part(TensorClass.MLP, weight_format, layers * 3 * hidden * width)]
    each = 3 * hidden
    return [
        _part(TensorClass.EXPERTS, weight_format, layers * mixture.count * each * mixture.width),
        _part(TensorClass.SHARED_EXPERTS, weight_format, layers * each * mixture.shared_width),
        _part(TensorClass.ROUTER, "bf16", layers * hidden * mixture.count),
    ]


def _part(tensor_class: TensorClass, weight_format: str, parameters: int) -> Weights:
    stored = round(parameters * WEIGHT_BITS[weight_format] / 8)
    return Weights(tensor_class=tensor_class, format=weight_format, stored_bytes=stored, parameters=parameters)


def _attention(groups: Sequence[LayerGroup], hidden: int) -> int:
    total = 0
    for group in groups:
        if group.attention is not None:
            heads = group.attention.query_heads * group.attention.head_dim
            total += group.count * hidden * (2 * heads + group.attention.key_elements + group.attention.value_elements)
    return total


def _plain(count: int, attention: Attention) -> list[LayerGroup]:
    return [LayerGroup(count=count, attention=attention)]


def llama_3_8b(weight_format: str = "bf16") -> ModelCard:
    return dense(
        "meta-llama/Llama-3.1-8B-Instruct", hidden=4096, vocabulary=128_256, width=14_336,
        groups=_plain(32, full(32, 8, 128)), weight_format=weight_format,
    )  # fmt: skip


def llama_2_7b() -> ModelCard:
    return dense(
        "meta-llama/Llama-2-7b-hf", hidden=4096, vocabulary=32_000, width=11_008, groups=_plain(32, full(32, 32, 128)),
        native_context=4096,
    )  # fmt: skip


def qwen_2_5_05b() -> ModelCard:
    return dense(
        "Qwen/Qwen2.5-0.5B-Instruct", hidden=896, vocabulary=151_936, width=4864, groups=_plain(24, full(14, 2, 64)),
        tied=True, native_context=32_768,
    )  # fmt: skip


def qwen_2_5_7b() -> ModelCard:
    return dense(
        "Qwen/Qwen2.5-7B-Instruct", hidden=3584, vocabulary=152_064, width=18_944, groups=_plain(28, full(28, 4, 128)),
        native_context=32_768,
    )  # fmt: skip


def qwen_14b() -> ModelCard:
    return dense(
        "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B", hidden=5120, vocabulary=152_064, width=13_824,
        groups=_plain(48, full(40, 8, 128)),
    )  # fmt: skip


def qwen_32b(weight_format: str = "bf16") -> ModelCard:
    return dense(
        "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", hidden=5120, vocabulary=152_064, width=27_648,
        groups=_plain(64, full(40, 8, 128)), weight_format=weight_format, table_format=weight_format,
    )  # fmt: skip


def gpt_j_6b(weight_format: str = "bf16") -> ModelCard:
    """Its MLP has two matrices of 16,384: as three, each is two thirds as wide."""
    return dense(
        "EleutherAI/gpt-j-6b", hidden=4096, vocabulary=50_400, width=10_923, groups=_plain(28, full(16, 16, 256)),
        weight_format=weight_format, native_context=2048,
    )  # fmt: skip


def command_r_35b() -> ModelCard:
    return dense(
        "CohereForAI/c4ai-command-r-v01", hidden=8192, vocabulary=256_000, width=22_528,
        groups=_plain(40, full(64, 64, 128)), tied=True,
    )  # fmt: skip


def trilm_4b() -> ModelCard:
    return dense(
        "SpectraSuite/TriLM_3.9B", hidden=3072, vocabulary=50_688, width=9216, groups=_plain(30, full(24, 24, 128)),
        native_context=2048,
    )  # fmt: skip


def qwen_3_30b_a3b(weight_format: str = "bf16") -> ModelCard:
    return dense(
        "Qwen/Qwen3-Coder-30B-A3B-Instruct", hidden=2048, vocabulary=151_936, width=768,
        groups=[LayerGroup(count=48, attention=full(32, 4, 128), routed_experts=True)],
        mixture=Mixture(count=128, per_token=8, width=768), weight_format=weight_format, native_context=262_144,
        table_format=weight_format,
    )  # fmt: skip


def qwen_3_235b_a22b() -> ModelCard:
    return dense(
        "Qwen/Qwen3-235B-A22B", hidden=4096, vocabulary=151_936, width=1536,
        groups=[LayerGroup(count=94, attention=full(64, 4, 128), routed_experts=True)],
        mixture=Mixture(count=128, per_token=8, width=1536), weight_format="w4a16_gptq",
    )  # fmt: skip


def gpt_oss_120b() -> ModelCard:
    half = LayerGroup(count=18, attention=full(64, 8, 64), routed_experts=True)
    windowed = LayerGroup(count=18, attention=sliding(64, 8, 64, 128), routed_experts=True)
    return dense(
        "openai/gpt-oss-120b", hidden=2880, vocabulary=201_088, width=2880, groups=[half, windowed],
        mixture=Mixture(count=128, per_token=4, width=2880), weight_format="mxfp4", attention_format="bf16",
    )  # fmt: skip


def gemma_3_27b() -> ModelCard:
    return dense(
        "google/gemma-3-27b-it", hidden=5376, vocabulary=262_208, width=21_504, tied=True,
        groups=[
            LayerGroup(count=10, attention=full(32, 16, 128)),
            LayerGroup(count=52, attention=sliding(32, 16, 128, 1024)),
        ],
    )  # fmt: skip


def gemma_4_12b() -> ModelCard:
    """Widths of the global layers as its log says: 1,024 elements per token, keys and values together."""
    return dense(
        "google/gemma-4-12b-it", hidden=3840, vocabulary=262_144, width=15_360, tied=True,
        groups=[
            LayerGroup(count=8, attention=full(16, 1, 512)),
            LayerGroup(count=40, attention=sliding(16, 8, 256, 1024)),
        ],
        weight_format="q4_0", table_format="q6_k",
    )  # fmt: skip


def deepseek_v3() -> ModelCard:
    return dense(
        "deepseek-ai/DeepSeek-V3", hidden=7168, vocabulary=129_280, width=2048,
        groups=[LayerGroup(count=61, attention=mla(128), routed_experts=True)],
        mixture=Mixture(count=256, per_token=8, width=2048, shared_width=2048), weight_format="fp8_block",
    )  # fmt: skip


def qwen_3_5_27b() -> ModelCard:
    """Also Qwen3.6 and 3.8 27B: 16 of 64 layers with attention, the others gated delta nets."""
    return dense(
        "Qwen/Qwen3.5-27B", hidden=5120, vocabulary=248_320, width=17_408,
        groups=[
            LayerGroup(count=16, attention=full(24, 4, 256)),
            LayerGroup(count=48, state=gated_delta(16, 48)),
        ],
        native_context=262_144,
    )  # fmt: skip


def qwen_3_6_35b_a3b() -> ModelCard:
    return dense(
        "Qwen/Qwen3.6-35B-A3B", hidden=2048, vocabulary=248_320, width=512,
        groups=[
            LayerGroup(count=10, attention=full(16, 2, 256), routed_experts=True),
            LayerGroup(count=30, state=gated_delta(16, 32), routed_experts=True),
        ],
        mixture=Mixture(count=256, per_token=8, width=512, shared_width=512), weight_format="nvfp4",
        native_context=262_144,
    )  # fmt: skip


def smollm2_135m() -> ModelCard:
    return dense(
        "HuggingFaceTB/SmolLM2-135M-Instruct", hidden=576, vocabulary=49_152, width=1536,
        groups=_plain(30, full(9, 3, 64)), tied=True, native_context=8192,
    )  # fmt: skip
