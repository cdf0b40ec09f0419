"""Time to read a prompt: arithmetic at a share of the tensor peak, on weights that must be read once per pass."""

from math import ceil

from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.decode import BANDWIDTH_SHARE, LAYER_S
from engineroom.domain.planning.peak import peak_flops
from engineroom.domain.planning.reading import attention_flops, matrix_parameters, reading
from engineroom.domain.planning.values import Gpu, Range, Runtime

PASS_TOKENS = {Runtime.TENSORRT_LLM: 8192, Runtime.LLAMA_CPP: 512}
"""Prompt tokens of one forward pass by default: ``max_num_tokens`` and ``ubatch``."""

SHARES = {
    Runtime.TENSORRT_LLM: Range(low=0.15, expected=0.30, high=0.45),
    Runtime.LLAMA_CPP: Range(low=0.17, expected=0.35, high=0.52),
}
"""Of the dense peak of the format that is multiplied, for dense layers. Published: TensorRT-LLM NVFP4 on GB10 0.29 and
0.31; llama.cpp, which multiplies in INT8, against FP16 with 16-bit accumulation: 0.41 on a 3090, 0.46 on a 5060 Ti,
0.25 on GB10."""

EXPERT_SHARES = Range(low=0.10, expected=0.20, high=0.30)
"""The same where experts are routed: gpt-oss-20b and -120b and Qwen3-30B-A3B on GB10 and a 5090 by llama.cpp."""

ATTENTION_SHARE = 0.30
"""Of the FP16 peak, for attention. From 0 to 32 768 tokens of depth on GB10: 0.22 (gpt-oss-120b), 0.45 (Qwen3-30B)."""


def prefill(
    card: ModelCard, gpu: Gpu, *, runtime: Runtime, tokens: int, depth: int = 0, gpus: int = 1,
    pass_tokens: int | None = None,
) -> Range | None:  # fmt: skip
    """Prompt tokens per second for a prompt of ``tokens`` after ``depth`` cached ones; ``None`` where not known.

    Reading the weights comes on top of the arithmetic, once per pass; at best (``high``) the two overlap.
    """
    peak = peak_flops(card, gpu, runtime)
    if peak is None or gpu.fp16_flops is None or gpu.bandwidth_bytes_per_s is None or tokens <= 0:
        return None
    ways = gpus if runtime is Runtime.TENSORRT_LLM else 1
    each = min(tokens, pass_tokens or PASS_TOKENS[runtime])
    passes = ceil(tokens / each)
    moved = reading(card, kv_format="f16", batch=each)
    reading_s = passes * (moved.weight_bytes + moved.expert_bytes) / (BANDWIDTH_SHARE * gpu.bandwidth_bytes_per_s)
    attention_s = attention_flops(card, depth + tokens / 2) * tokens / (ATTENTION_SHARE * gpu.fp16_flops)
    matrix_s = 2 * matrix_parameters(card, output=False) * tokens / peak
    shares = SHARES[runtime] if card.experts is None else EXPERT_SHARES
    layers_s = passes * card.layer_count * LAYER_S
    spread = shares.expected / shares.high
    return Range(
        low=tokens / ((matrix_s / shares.low + attention_s / spread + reading_s) / ways + layers_s),
        expected=tokens / ((matrix_s / shares.expected + attention_s + reading_s) / ways + layers_s),
        high=tokens / (max(matrix_s / shares.high + attention_s * spread, reading_s) / ways + layers_s),
    )
