"""Exact bytes per class and format from headers, packed numbers and scales included."""

import json
import struct

import pytest

from domain.model_card.known_dense import DENSE, dense
from engineroom.domain.model_card.from_config import card_from_config
from engineroom.domain.model_card.inventory import class_of, weights_of
from engineroom.domain.model_card.safetensors import DTYPE_BITS, TensorInfo, parse_header
from engineroom.domain.model_card.values import Origin, TensorClass

GEOMETRY = dense("llama", h=64, layers=2, heads=4, kv=2, ff=128, vocab=256, context=512, tied=False)
MATRICES = {"self_attn.q_proj": (64, 64), "self_attn.k_proj": (32, 64), "self_attn.v_proj": (32, 64),
            "self_attn.o_proj": (64, 64), "mlp.gate_proj": (128, 64), "mlp.up_proj": (128, 64),
            "mlp.down_proj": (64, 128)}  # fmt: skip
LINEAR = 2 * sum(rows * columns for rows, columns in MATRICES.values())
OTHER = 2 * 256 * 64 + 5 * 64


def info(name: str, dtype: str, *shape: int) -> TensorInfo:
    count = 1
    for one in shape:
        count *= one
    return TensorInfo(name, dtype, shape, count * DTYPE_BITS[dtype] // 8)


def model(matrix: object) -> list[TensorInfo]:
    tensors = [info("model.embed_tokens.weight", "BF16", 256, 64), info("lm_head.weight", "BF16", 256, 64),
               info("model.norm.weight", "BF16", 64)]  # fmt: skip
    for layer in range(2):
        prefix = f"model.layers.{layer}."
        tensors += [info(f"{prefix}{name}.weight", "BF16", 64) for name in ("input_layernorm", "post_norm")]
        for name, (rows, columns) in MATRICES.items():
            tensors += matrix(f"{prefix}{name}", rows, columns)  # type: ignore[operator]
    return tensors


def bf16(name: str, rows: int, columns: int) -> list[TensorInfo]:
    return [info(f"{name}.weight", "BF16", rows, columns)]


def fp8(name: str, rows: int, columns: int) -> list[TensorInfo]:
    scales = [info(f"{name}.{one}", "F32") for one in ("weight_scale", "input_scale")]
    return [info(f"{name}.weight", "F8_E4M3", rows, columns), *scales]


def fp8_block(name: str, rows: int, columns: int) -> list[TensorInfo]:
    return [info(f"{name}.weight", "F8_E4M3", rows, columns), info(f"{name}.weight_scale_inv", "F32", 1, 1)]


def fp8_rowwise(name: str, rows: int, columns: int) -> list[TensorInfo]:
    return [info(f"{name}.weight", "F8_E4M3", rows, columns), info(f"{name}.weight_scale", "BF16", rows, 1)]


def nvfp4(name: str, rows: int, columns: int) -> list[TensorInfo]:
    return [
        info(f"{name}.weight", "U8", rows, columns // 2),
        info(f"{name}.weight_scale", "F8_E4M3", rows, columns // 16),
        info(f"{name}.weight_scale_2", "F32"),
        info(f"{name}.input_scale", "F32"),
    ]


def awq(name: str, rows: int, columns: int) -> list[TensorInfo]:
    return [
        info(f"{name}.qweight", "I32", columns, rows // 8),
        info(f"{name}.qzeros", "I32", columns // 32, rows // 8),
        info(f"{name}.scales", "F16", columns // 32, rows),
    ]


def gptq(name: str, rows: int, columns: int) -> list[TensorInfo]:
    return [*awq(name, rows, columns), info(f"{name}.g_idx", "I32", columns)]


def packed(name: str, rows: int, columns: int) -> list[TensorInfo]:
    return [
        info(f"{name}.weight_packed", "I32", rows, columns // 8),
        info(f"{name}.weight_scale", "BF16", rows, columns // 32),
        info(f"{name}.weight_shape", "I64", 2),
    ]


def four_bit(name: str, rows: int, columns: int) -> list[TensorInfo]:
    return [
        info(f"{name}.weight", "U8", rows * columns // 2, 1),
        info(f"{name}.weight.absmax", "U8", rows * columns // 64),
        info(f"{name}.weight.quant_map", "F32", 16),
        info(f"{name}.weight.quant_state.bitsandbytes__nf4", "U8", 80),
    ]


FORMATS = {
    "bf16": bf16, "fp8": fp8, "fp8_block": fp8_block, "fp8_rowwise": fp8_rowwise, "nvfp4": nvfp4, "w4a16_awq": awq,
    "w4a16_gptq": gptq, "w4a16": packed, "nf4": four_bit,
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_packed_weights_count_as_what_they_are(name: str) -> None:
    tensors = model(FORMATS[name])
    card = card_from_config(GEOMETRY, id="x", tensors=tensors)
    assert card.weights_origin is Origin.HEADERS
    assert card.weight_bytes == sum(one.stored_bytes for one in tensors)
    assert card.parameters_total == LINEAR + OTHER
    matrices = {one.format for one in card.weights if one.tensor_class in {TensorClass.MLP, TensorClass.ATTENTION}}
    assert matrices == {name}
    assert card.tied_embeddings is False
    assert card.unknowns == ()


def test_experts_in_one_tensor_and_their_scales() -> None:
    tensors = [
        info("model.layers.0.mlp.experts.gate_up_proj_blocks", "U8", 4, 128, 2, 16),
        info("model.layers.0.mlp.experts.gate_up_proj_scales", "U8", 4, 128, 2),
        info("model.layers.0.mlp.experts.gate_up_proj_bias", "BF16", 4, 128),
        info("model.layers.0.mlp.router.weight", "BF16", 4, 64),
    ]
    found = {(one.tensor_class, one.format): one for one in weights_of(tensors, layers=1)}
    assert found[TensorClass.EXPERTS, "mxfp4"].parameters == 4 * 128 * 64
    assert found[TensorClass.EXPERTS, "mxfp4"].stored_bytes == 4 * 128 * 34
    assert found[TensorClass.EXPERTS, "bf16"].parameters == 512
    assert found[TensorClass.ROUTER, "bf16"].parameters == 256


CLASSES = {
    "model.embed_tokens.weight": TensorClass.EMBEDDING,
    "transformer.wte.weight": TensorClass.EMBEDDING,
    "token_embd.weight": TensorClass.EMBEDDING,
    "lm_head.weight": TensorClass.OUTPUT,
    "output.weight": TensorClass.OUTPUT,
    "output_norm.weight": TensorClass.NORM,
    "model.layers.0.self_attn.q_norm.weight": TensorClass.NORM,
    "model.layers.0.self_attn.kv_a_proj_with_mqa.weight": TensorClass.ATTENTION,
    "blk.0.attn_q.weight": TensorClass.ATTENTION,
    "model.layers.0.mlp.gate.weight": TensorClass.ROUTER,
    "model.layers.0.mlp.gate_proj.weight": TensorClass.MLP,
    "model.layers.0.mlp.gate.e_score_correction_bias": TensorClass.ROUTER,
    "model.layers.0.block_sparse_moe.gate.weight": TensorClass.ROUTER,
    "model.layers.0.block_sparse_moe.experts.3.w1.weight": TensorClass.EXPERTS,
    "model.layers.0.mlp.shared_expert.up_proj.weight": TensorClass.SHARED_EXPERTS,
    "model.layers.0.mlp.shared_expert_gate.weight": TensorClass.ROUTER,
    "blk.3.ffn_up_exps.weight": TensorClass.EXPERTS,
    "blk.3.ffn_up_shexp.weight": TensorClass.SHARED_EXPERTS,
    "blk.3.ffn_gate_inp.weight": TensorClass.ROUTER,
    "model.layers.0.linear_attn.in_proj_qkvz.weight": TensorClass.STATE,
    "backbone.layers.0.mixer.in_proj.weight": TensorClass.STATE,
    "backbone.layers.5.mixer.q_proj.weight": TensorClass.ATTENTION,
    "backbone.layers.1.mixer.experts.9.up_proj.weight": TensorClass.EXPERTS,
    "model.visual.blocks.0.attn.qkv.weight": TensorClass.VISION,
    "vision_tower.encoder.layers.0.mlp.fc1.weight": TensorClass.VISION,
    "audio_tower.layers.0.fc1.weight": TensorClass.AUDIO,
    "mtp.layers.0.self_attn.q_proj.weight": TensorClass.PREDICTION,
    "model.layers.61.mlp.experts.0.up_proj.weight": TensorClass.PREDICTION,
}


@pytest.mark.parametrize(("name", "expected"), CLASSES.items())
def test_what_a_tensor_is_for(name: str, expected: TensorClass) -> None:
    assert class_of(name, 61) is expected


def test_prediction_layers_are_not_in_the_total() -> None:
    extra = bf16("model.layers.2.mlp.up_proj", 128, 64)
    plain = card_from_config(GEOMETRY, id="x", tensors=model(bf16))
    more = card_from_config(GEOMETRY, id="x", tensors=[*model(bf16), *extra])
    assert more.parameters_total == plain.parameters_total
    assert more.weight_bytes == plain.weight_bytes + 2 * 128 * 64


def test_a_header_is_read_from_its_bytes() -> None:
    entries = {"__metadata__": {"format": "pt"}, "a": {"dtype": "BF16", "shape": [2, 3], "data_offsets": [0, 12]}}
    text = json.dumps(entries).encode()
    assert parse_header(struct.pack("<Q", len(text)) + text + bytes(12)) == (TensorInfo("a", "BF16", (2, 3), 12),)


def test_with_file_sizes_alone_the_sum_is_exact() -> None:
    config = DENSE["meta-llama/Llama-3.1-8B"]["config"]
    card = card_from_config(config, id="x", file_bytes=16_060_556_376)
    assert card.weights_origin is Origin.FILE_SIZES
    assert card.weight_bytes == 16_060_556_376
    assert card.unknowns == ()


def test_files_far_from_the_formula_make_the_parameters_unknown() -> None:
    config = DENSE["meta-llama/Llama-3.1-8B"]["config"]
    card = card_from_config(config, id="x", file_bytes=5_000_000_000)
    assert card.weight_bytes == 5_000_000_000
    assert "parameters_total" in card.unknowns
