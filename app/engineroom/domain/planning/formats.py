"""Names and sizes of number formats: of weights, of whole checkpoints and of the KV cache.

Bits per weight include scales.  Sources: block layouts of ggml (bytes per block of 32 or 256), NVFP4 4 bits and an FP8
scale per 16, MXFP4 4 bits and an E8M0 scale per 32, FP8 block one float32 per 128x128; mixtures as measured on
Llama-3.1-8B in llama.cpp's quantize documentation (they drift with the vocabulary: for use without a header only).
"""

from dataclasses import dataclass
from math import ceil

WEIGHT_BITS: dict[str, float] = {
    "f32": 32, "f16": 16, "bf16": 16, "fp8": 8, "fp8_block": 8 + 32 / 16384, "fp8_rowwise": 8, "nvfp4": 4.5,
    "mxfp4": 4.25, "mxfp8": 8.25, "int8": 8, "w4a16_awq": 4.15625, "w4a8_awq": 4.15625, "w4a16_gptq": 4.15625,
    "w4a8_gptq": 4.15625, "w4a16": 4.125, "nf4": 4.5,
    "q4_0": 4.5, "q4_1": 5.0, "q5_0": 5.5, "q5_1": 6.0, "q8_0": 8.5, "iq4_nl": 4.5, "q8_1": 9.0,
    "q2_k": 2.625, "q3_k": 3.4375, "q4_k": 4.5, "q5_k": 5.5, "q6_k": 6.5625, "q8_k": 9.125,
    "iq1_s": 1.5625, "iq1_m": 1.75, "iq2_xxs": 2.0625, "iq2_xs": 2.3125, "iq2_s": 2.5625, "iq3_xxs": 3.0625,
    "iq3_s": 3.4375, "iq4_xs": 4.25, "tq1_0": 1.6875, "tq2_0": 2.0625,
}  # fmt: skip
"""Bits per weight of a tensor in this format."""

MIXTURE_BITS: dict[str, float] = {
    "q2_k": 3.16, "q2_k_s": 2.97, "q3_k_s": 3.64, "q3_k_m": 3.99, "q3_k_l": 4.30, "q4_k_s": 4.67, "q4_k_m": 4.894,
    "q5_k_s": 5.57, "q5_k_m": 5.704, "q6_k": 6.563, "q8_0": 8.501, "q4_0": 4.65, "q4_1": 5.13, "iq2_m": 2.93,
    "iq3_m": 3.76, "iq4_xs": 4.46, "iq4_nl": 4.68, "iq3_xs": 3.50, "iq2_xs": 2.59, "iq1_s": 2.01,
}  # fmt: skip
"""Bits per weight over a whole GGUF file of this type."""

GGUF_PRECISIONS = frozenset(MIXTURE_BITS) | {"f16", "f32"}
"""Precisions of GGUF files; llama.cpp also loads ``bf16``, ``mxfp4`` and ``nvfp4`` ones."""

_ALIASES = {
    "fp16": "f16", "float16": "f16", "half": "f16", "bfloat16": "bf16", "fp32": "f32", "float32": "f32",
    "fp4": "nvfp4", "nv-fp4": "nvfp4", "mx-fp4": "mxfp4", "fp8_block_scales": "fp8_block", "fp8_pb_wo": "fp8_block",
    "fp8_block128": "fp8_block", "fp8_per_tensor": "fp8", "fp8_per_channel_per_token": "fp8_rowwise",
    "e4m3": "fp8", "awq": "w4a16_awq", "int4_awq": "w4a16_awq", "gptq": "w4a16_gptq", "gptq_int4": "w4a16_gptq",
    "int4": "w4a16_awq", "q4": "q4_k_m", "q5": "q5_k_m", "q6": "q6_k", "q8": "q8_0", "q4_k": "q4_k_m",
    "q5_k": "q5_k_m", "q3_k": "q3_k_m",
}  # fmt: skip


def precision_name(text: str) -> str | None:
    """Our name of a precision a person or a file wrote; ``None`` if there is no such thing.

    >>> precision_name("GGUF Q4_K_M"), precision_name("FP8-block"), precision_name("BF16")
    ('q4_k_m', 'fp8_block', 'bf16')
    """
    plain = text.strip().lower().removeprefix("gguf").strip(" :_-").replace("-", "_").replace(" ", "_")
    name = _ALIASES.get(plain, plain)
    return name if name in WEIGHT_BITS or name in MIXTURE_BITS else None


@dataclass(frozen=True, slots=True)
class KvFormat:
    """How the cache stores an element: ``values`` take ``value_bytes`` per block of ``block`` elements."""

    name: str
    block: int
    block_bytes: int

    def bytes_for(self, elements: int) -> int:
        """Bytes of ``elements`` numbers of one token and layer, scales included; whole blocks."""
        return ceil(elements / self.block) * self.block_bytes


KV_FORMATS: dict[str, KvFormat] = {
    one.name: one
    for one in (
        KvFormat("f32", 1, 4), KvFormat("bf16", 1, 2), KvFormat("f16", 1, 2), KvFormat("fp8", 1, 1),
        KvFormat("int8", 1, 1), KvFormat("nvfp4", 16, 9), KvFormat("q8_0", 32, 34), KvFormat("q5_1", 32, 24),
        KvFormat("q5_0", 32, 22), KvFormat("q4_1", 32, 20), KvFormat("q4_0", 32, 18), KvFormat("iq4_nl", 32, 18),
    )
}  # fmt: skip
"""Formats of the KV cache. TensorRT-LLM has bf16, f16, fp8, int8, nvfp4; llama.cpp f32, f16, bf16 and the q types."""


def kv_name(text: str) -> str | None:
    """Our name of a cache format; ``None`` if there is no such thing."""
    plain = text.strip().lower().replace("-", "_")
    name = {"fp16": "f16", "float16": "f16", "bfloat16": "bf16", "q8": "q8_0", "q4": "q4_0", "fp4": "nvfp4",
            "e4m3": "fp8", "fp32": "f32"}.get(plain, plain)  # fmt: skip
    return name if name in KV_FORMATS else None
