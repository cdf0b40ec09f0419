"""Stored tensors, by what they are for: exact bytes and logical parameters per class and format."""

import re
from collections.abc import Iterable

from engineroom.domain.model_card.modules import plain_name
from engineroom.domain.model_card.safetensors import DTYPE_BITS, TensorInfo
from engineroom.domain.model_card.values import TensorClass, Weights
from engineroom.domain.model_card.weights import merged

_SCALE = re.compile(
    r"^(?P<module>.+?)(?:\.weight\.|[._])(?P<kind>weight_scale_inv|weight_scale_2|weight_scale|weight_global_scale"
    r"|input_global_scale|input_scale|pre_quant_scale|weight_zero_point|weight_shape|qzeros|scales|scale|g_idx|absmax"
    r"|quant_map|nested_absmax|nested_quant_map|quant_state\.\w+|SCB|weight_format|k_scale|v_scale)$"
)
_WEIGHT = re.compile(r"^(?P<module>.+?)[._](?P<kind>weight_packed|qweight|blocks|weight)$")
_CLASSES = (
    (TensorClass.VISION, r"visual|vision|multi_modal|mm_projector|patch_merge|image_newline|^v\.|^mm\.|embed_image"),
    (TensorClass.AUDIO, r"audio|speech|^a\."),
    (TensorClass.PREDICTION, r"^mtp\b|nextn|^mtp_"),
    (TensorClass.ROUTER, r"mlp\.gate\b|router|e_score_correction|expert_gate|ffn_gate_inp|exp_probs|mixer\.gate\b"),
    (TensorClass.NORM, r"norm|\bln_\w+|layer_?norm|\bln\d?\b"),
    (TensorClass.SHARED_EXPERTS, r"shared_expert|shared_mlp|_shexp|share_expert"),
    (TensorClass.EXPERTS, r"experts|_exps\b|moe\.(?:gate|up|down)_proj"),
    (
        TensorClass.EMBEDDING,
        r"embed_tokens|\bw[tp]e\b|word_embed|tok_embed|embed_in\b|^embeddings?\b|position_embd|token_embd|^embed\b",
    ),
    (TensorClass.OUTPUT, r"^lm_head|^embed_out|^output\.|output_layer|^head\b"),
    (
        TensorClass.STATE,
        r"mamba|linear_attn|ssm|\bconv\b|conv1d|shortconv|A_log|dt_bias|mixer\.(?:in_proj|out_proj|D)\b|\bx_proj\b",
    ),
    (TensorClass.ATTENTION, r"attn|attention|[qkvo]_proj|\bqkv|query_key_value|indexer"),
    (TensorClass.MLP, r"mlp|ffn|dense|\bfc\d?|up_proj|down_proj|gate_proj|gate_up|latent_proj|\bw[123]\b"),
)
_PATTERNS = tuple((tensor_class, re.compile(pattern)) for tensor_class, pattern in _CLASSES)
_LAYER = re.compile(r"^(?:layers|blk|h|blocks)\.(\d{1,6})\.")


def class_of(name: str, layers: int | None = None) -> TensorClass:
    """What a tensor is for; layers numbered from ``layers`` on are prediction layers."""
    plain = plain_name(name)
    numbered = _LAYER.match(plain)
    if numbered and layers is not None and int(numbered.group(1)) >= layers:
        return TensorClass.PREDICTION
    return next((found for found, pattern in _PATTERNS if pattern.search(plain)), TensorClass.OTHER)


def weights_of(tensors: Iterable[TensorInfo], *, layers: int | None, packed_bits: int = 4) -> tuple[Weights, ...]:
    """Bytes and parameters per class and format; ``packed_bits`` is the width inside I32 ``qweight``."""
    mains: list[tuple[str, str, TensorInfo]] = []
    scales: dict[str, list[tuple[str, TensorInfo]]] = {}
    for tensor in tensors:
        scale = _SCALE.match(tensor.name)
        if scale and not tensor.name.endswith("conv.scale"):
            scales.setdefault(scale.group("module"), []).append((scale.group("kind"), tensor))
            continue
        weight = _WEIGHT.match(tensor.name)
        module, kind = (weight.group("module"), weight.group("kind")) if weight else (tensor.name, "")
        mains.append((module, kind, tensor))
    found = []
    for module, kind, tensor in mains:
        own = scales.pop(module, []) if kind else []
        found.append(_weights(kind, tensor, dict(own), class_of(tensor.name, layers), packed_bits))
    alone = (tensor for some in scales.values() for _, tensor in some)
    left = [_alone(tensor, layers) for tensor in alone]
    return merged([*found, *left])


def _weights(
    kind: str, tensor: TensorInfo, scales: dict[str, TensorInfo], tensor_class: TensorClass, packed_bits: int
) -> Weights:
    name = _format(kind, tensor, scales, packed_bits)
    return Weights(
        tensor_class=tensor_class,
        format=name,
        stored_bytes=tensor.stored_bytes + sum(one.stored_bytes for one in scales.values()),
        parameters=tensor.elements * _numbers_per_element(name, tensor.dtype, packed_bits),
    )


def _alone(tensor: TensorInfo, layers: int | None) -> Weights:
    """A scale whose weight is not there: bytes that count, numbers that do not."""
    name = _plain_format(tensor.dtype)
    found = class_of(tensor.name, layers)
    return Weights(tensor_class=found, format=name, stored_bytes=tensor.stored_bytes, parameters=0)


def _plain_format(dtype: str) -> str:
    names = {"BF16": "bf16", "F16": "f16", "F32": "f32", "I8": "int8", "F8_E4M3": "fp8", "F8_E5M2": "fp8"}
    return names.get(dtype, "unknown" if dtype in DTYPE_BITS else dtype.lower())


def _format(kind: str, tensor: TensorInfo, scales: dict[str, TensorInfo], packed_bits: int) -> str:
    scale = scales.get("weight_scale") or scales.get("scales") or scales.get("scale")
    dtype = tensor.dtype
    if dtype.startswith("F8_E") and dtype != "F8_E8M0":
        return _eight_bit_format(scales, scale)
    if dtype in {"U8", "F4"} or (dtype == "I8" and scale is not None and scale.dtype == "F8_E8M0"):
        return _four_bit_format(kind, scales, scale)
    if dtype in {"I32", "U32"} and kind == "qweight":
        if packed_bits == 8:
            return "int8"
        return "w4a16_gptq" if "g_idx" in scales else "w4a16_awq"
    if dtype in {"I32", "U32"} and kind == "weight_packed":
        return "w4a16"
    return _plain_format(dtype)


def _eight_bit_format(scales: dict[str, TensorInfo], scale: TensorInfo | None) -> str:
    if "weight_scale_inv" in scales:
        return "fp8_block"
    if scale is None or scale.elements <= 1:
        return "fp8"
    if scale.dtype in {"U8", "F8_E8M0"}:
        return "mxfp8" if "weight_scale" in scales else "fp8_block"
    wide = len(scale.shape) > 1 and scale.shape[-1] > 1
    return "fp8_block" if wide else "fp8_rowwise"


def _four_bit_format(kind: str, scales: dict[str, TensorInfo], scale: TensorInfo | None) -> str:
    if kind == "blocks":
        return "mxfp4"
    if "absmax" in scales:
        return "nf4"
    if scale is None:
        return "unknown"
    return "nvfp4" if scale.dtype == "F8_E4M3" else "mxfp4"


def _numbers_per_element(name: str, dtype: str, packed_bits: int) -> int:
    if dtype in {"U8", "I8"} and name in {"nvfp4", "mxfp4", "nf4"}:
        return 2
    if dtype in {"I32", "U32"} and name in {"w4a16", "w4a16_awq", "w4a16_gptq", "int8"}:
        return 32 // packed_bits
    return 1
