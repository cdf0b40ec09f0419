"""Model families: what their code fixes and their configurations leave out.

Source: the modelling code and default configurations of the families in ``transformers`` 4.57 and their repositories.
Norms and biases matter for exact totals only; what decides memory is in the configuration itself.
"""

from dataclasses import dataclass, field
from typing import Literal

Windows = Literal["none", "all", "first_of_two", "all_but_every", "late"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Habits of a family.

    ``gated`` MLPs have three matrices, others two.  ``windows`` says which layers a ``sliding_window`` is for where the
    configuration has no ``layer_types``.  ``norms`` counts vectors of the hidden size per layer.  ``names`` says how
    modules are called: ``nemotron`` calls every block ``mixer``, ``gemma4`` keeps experts beside the MLP.
    ``prediction_copies`` marks checkpoints whose prediction layers carry their own embedding and output.
    """

    gated: bool = True
    qkv_bias: bool = False
    output_bias: bool = False
    mlp_bias: bool = False
    qk_norm: Literal["head", "full"] | None = None
    norms: int = 2
    norm_bias: bool = False
    tied: bool = False
    positions: bool = False
    output_vocabulary_bias: bool = False
    windows: Windows = "none"
    query_gate: bool = False
    names: Literal["plain", "nemotron", "gemma4"] = "plain"
    prediction_copies: bool = False
    formula_known: bool = True
    parameters_known: bool = True
    defaults: dict[str, object] = field(default_factory=dict)


_LLAMA = Family()
_QWEN2 = Family(qkv_bias=True, windows="late", defaults={"max_window_layers": 28})
_QWEN3 = Family(qk_norm="head", windows="late", defaults={"head_dim": 128})
_QWEN_NEXT = Family(qk_norm="head", query_gate=True, defaults={"head_dim": 256, "full_attention_interval": 4})
_GEMMA = Family(tied=True, defaults={"head_dim": 256})
_GEMMA2 = Family(tied=True, norms=4, windows="first_of_two", defaults={"head_dim": 256})
_GEMMA3 = Family(
    tied=True,
    norms=4,
    qk_norm="head",
    windows="all_but_every",
    defaults={
        "head_dim": 256, "sliding_window_pattern": 6, "vocab_size": 262208, "num_attention_heads": 8,
        "num_key_value_heads": 4, "max_position_embeddings": 131072,
    },
)  # fmt: skip
_GEMMA4 = Family(tied=True, norms=4, qk_norm="head", windows="all_but_every", names="gemma4", defaults={
    "head_dim": 256, "sliding_window_pattern": 6,
})  # fmt: skip
_OLD = Family(gated=False, qkv_bias=True, output_bias=True, mlp_bias=True, norm_bias=True)
_DEEPSEEK = Family(prediction_copies=True)
_MISTRAL = Family(windows="all")
_NOVEL = Family(qk_norm="head", formula_known=False, parameters_known=False)

FAMILIES: dict[str, Family] = {
    "llama": _LLAMA, "llama4": _LLAMA, "llama4_text": _LLAMA, "mllama_text_model": _LLAMA,
    "mistral": _MISTRAL, "mistral3": _MISTRAL, "ministral": _MISTRAL, "ministral3": _MISTRAL, "mixtral": _MISTRAL,
    "qwen2": _QWEN2, "qwen2_moe": _QWEN2, "qwen2_vl": _QWEN2, "qwen2_vl_text": _QWEN2, "qwen2_5_vl": _QWEN2,
    "qwen2_5_vl_text": _QWEN2, "dream": _QWEN2,
    "qwen3": _QWEN3, "qwen3_moe": _QWEN3, "qwen3_vl_text": _QWEN3, "qwen3_vl_moe_text": _QWEN3, "qwen3_vl": _QWEN3,
    "qwen3_next": _QWEN_NEXT, "qwen3_5": _QWEN_NEXT, "qwen3_5_text": _QWEN_NEXT, "qwen3_5_moe": _QWEN_NEXT,
    "qwen3_5_moe_text": _QWEN_NEXT,
    "gemma": _GEMMA, "gemma2": _GEMMA2, "gemma3": _GEMMA3, "gemma3_text": _GEMMA3, "gemma4": _GEMMA4,
    "gemma4_text": _GEMMA4,
    "gemma3n": Family(tied=True, norms=6, qk_norm="head", parameters_known=False, defaults={"head_dim": 256}),
    "gemma3n_text": Family(tied=True, norms=6, qk_norm="head", parameters_known=False, defaults={"head_dim": 256}),
    "phi": Family(gated=False, qkv_bias=True, output_bias=True, mlp_bias=True, norms=1, norm_bias=True,
                  output_vocabulary_bias=True),
    "phi3": _MISTRAL, "phi4mm": _MISTRAL, "phi3_v": _MISTRAL,
    "phimoe": Family(windows="all", qkv_bias=True, output_bias=True, norm_bias=True, output_vocabulary_bias=True),
    "gpt2": Family(gated=False, qkv_bias=True, output_bias=True, mlp_bias=True, norm_bias=True, tied=True,
                   positions=True),
    "gpt_bigcode": Family(gated=False, qkv_bias=True, output_bias=True, mlp_bias=True, norm_bias=True, tied=True,
                          positions=True),
    "gptj": Family(gated=False, mlp_bias=True, norms=1, norm_bias=True, output_vocabulary_bias=True),
    "gpt_neox": _OLD, "stablelm": Family(norm_bias=True), "opt": Family(
        gated=False, qkv_bias=True, output_bias=True, mlp_bias=True, norm_bias=True, tied=True, positions=True),
    "bloom": Family(gated=False, qkv_bias=True, output_bias=True, mlp_bias=True, norm_bias=True, tied=True),
    "mpt": Family(gated=False, tied=True),
    "falcon": Family(gated=False, norm_bias=True, norms=1, tied=True),
    "starcoder2": Family(gated=False, qkv_bias=True, output_bias=True, mlp_bias=True, norm_bias=True, tied=True,
                         windows="all"),
    "cohere": Family(norms=1, tied=True),
    "cohere2": Family(norms=1, tied=True, windows="all_but_every", defaults={"sliding_window_pattern": 4}),
    "olmo": Family(norms=0), "olmo2": Family(qk_norm="full"), "olmo3": Family(qk_norm="full"),
    "olmoe": Family(qk_norm="full"),
    "granite": _LLAMA, "granitemoe": _LLAMA, "granitemoehybrid": _LLAMA, "granitemoeshared": _LLAMA, "bamba": _LLAMA,
    "exaone": _LLAMA, "exaone4": Family(qk_norm="head", windows="all_but_every"),
    "smollm3": _LLAMA, "seed_oss": Family(qkv_bias=True), "nemotron": Family(gated=False, norm_bias=True),
    "nemotron_h": Family(gated=False, norms=1, names="nemotron"), "nemotron-nas": _LLAMA, "deci": _LLAMA,
    "internlm2": _LLAMA, "internlm3": _LLAMA, "baichuan": _LLAMA, "yi": _LLAMA, "aquila": _LLAMA, "minicpm": _LLAMA,
    "arcee": Family(gated=False), "helium": _LLAMA, "hunyuan_v1_dense": Family(qk_norm="head"),
    "hunyuan_v1_moe": Family(qk_norm="head"), "ernie4_5": _LLAMA, "ernie4_5_moe": _LLAMA, "mimo": _LLAMA,
    "mimo_v2_flash": _LLAMA, "apertus": Family(gated=False, qk_norm="head"), "dbrx": Family(parameters_known=False),
    "chatglm": Family(qkv_bias=True), "glm": Family(qkv_bias=True), "glm4": Family(qkv_bias=True, norms=4),
    "glm4_moe": Family(prediction_copies=True), "glm4_moe_lite": _DEEPSEEK, "glm_moe_dsa": _DEEPSEEK,
    "gpt_oss": Family(windows="first_of_two", qkv_bias=True, output_bias=True, mlp_bias=True,
                      defaults={"head_dim": 64}),
    "deepseek_v2": _DEEPSEEK, "deepseek_v3": _DEEPSEEK, "deepseek_v32": _DEEPSEEK, "kimi_k2": _DEEPSEEK,
    "deepseek": _LLAMA, "minicpm3": _LLAMA, "bailing_moe": _LLAMA, "minimax_m2": Family(qk_norm="full"),
    "falcon_h1": _LLAMA, "jamba": _LLAMA, "zamba2": _NOVEL,
    "lfm2": Family(tied=True, qk_norm="head"), "lfm2_moe": Family(tied=True, qk_norm="head"),
    "mamba2": Family(norms=1), "mamba": Family(norms=1, tied=True), "falcon_mamba": Family(norms=1),
    "step3p5": Family(qk_norm="head"), "step3p7": Family(qk_norm="head"),
    "deepseek_v4": _NOVEL, "deepseek_ref": _NOVEL, "kimi_linear": _NOVEL, "minimax_m3": _NOVEL, "minimax_m3_vl": _NOVEL,
    "minimax": _NOVEL,
}  # fmt: skip
"""By ``model_type``."""

_CLASSES = {
    "rwforcausallm": "falcon", "mptforcausallm": "mpt",
    "phi4mmforcausallm": "phi4mm", "cohereforcausallm": "cohere", "gptneoxforcausallm": "gpt_neox",
    "gptjforcausallm": "gptj", "gpt2lmheadmodel": "gpt2", "decilmforcausallm": "nemotron-nas",
}  # fmt: skip

UNKNOWN = Family(formula_known=False, parameters_known=False)


def family_of(model_type: str | None, architecture: str) -> Family | None:
    """The family of a ``model_type``, else of an architecture class; ``None`` for one that is not known here."""
    if model_type in FAMILIES:
        return FAMILIES[model_type]
    plain = architecture.lower()
    if plain in _CLASSES:
        return FAMILIES[_CLASSES[plain]]
    stem = plain.removesuffix("forcausallm").removesuffix("forconditionalgeneration")
    return next((family for name, family in FAMILIES.items() if name.replace("_", "") == stem), None)
