"""What TensorRT-LLM 1.2 would recognise, in its order; which modules keep their format; other precisions."""

from typing import Any

import pytest

from domain.model_card.known_dense import DENSE
from domain.model_card.known_others import FP8_BLOCK, OTHERS
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model_card.from_config import card_from_config
from engineroom.domain.model_card.modules import ModuleNames, plain_name
from engineroom.domain.model_card.requantise import as_precision
from engineroom.domain.model_card.values import ModelCard, Origin, TensorClass
from engineroom.domain.planning.formats import MIXTURE_BITS, WEIGHT_BITS

LLAMA = DENSE["meta-llama/Llama-3.1-8B"]["config"]
LLAMA_70B = DENSE["meta-llama/Llama-3.3-70B"]["config"]
DEEPSEEK = OTHERS["deepseek-ai/DeepSeek-V3"]["config"]
CODER_NEXT = OTHERS["Qwen/Qwen3-Coder-Next"]["config"]
GPT_OSS = OTHERS["openai/gpt-oss-20b"]["config"]


def model_optimizer(**keys: Any) -> dict[str, Any]:
    return {"producer": {"name": "modelopt"}, "quantization": keys}


def bits(card: ModelCard) -> dict[TensorClass, set[str]]:
    found: dict[TensorClass, set[str]] = {}
    for one in card.weights:
        found.setdefault(one.tensor_class, set()).add(one.format)
    return found


def weights(kind: str, **keys: Any) -> dict[str, Any]:
    return {"quant_method": "compressed-tensors", "config_groups": {"group_0": {"targets": ["Linear"], **keys}},
            "format": kind, "ignore": ["lm_head"]}  # fmt: skip


INT8_TOKEN = {"num_bits": 8, "type": "float", "strategy": "token", "dynamic": True}
CASES: dict[str, tuple[dict[str, Any], tuple[str, str, bool]]] = {
    "awq": ({"quant_method": "awq", "bits": 4, "group_size": 128}, ("awq", "w4a16_awq", False)),
    "gptq": ({"quant_method": "gptq", "bits": 4}, ("gptq", "w4a16_gptq", False)),
    "gptq of 8 bits": ({"quant_method": "gptq", "bits": 8}, ("gptq", "int8", False)),
    "bitsandbytes": ({"quant_method": "bitsandbytes", "load_in_4bit": True}, ("bitsandbytes", "nf4", False)),
    "fp8 by blocks": (FP8_BLOCK, ("fp8", "fp8_block", True)),
    "fp8 by other blocks": ({"quant_method": "fp8", "weight_block_size": [64, 64]}, ("fp8", "fp8_block", False)),
    "fp8 per tensor": ({"quant_method": "fp8"}, ("fp8", "fp8", False)),
    "mxfp4": ({"quant_method": "mxfp4"}, ("mxfp4", "mxfp4", True)),
    "modelopt in config.json alone": ({"quant_method": "modelopt", "quant_algo": "FP8"}, ("modelopt", "fp8", False)),
    "compressed, channel and token": (
        weights("float-quantized", weights={"num_bits": 8, "type": "float", "strategy": "channel"},
                input_activations=INT8_TOKEN),
        ("compressed-tensors", "fp8_rowwise", True),
    ),
    "compressed, blocks": (
        weights("float-quantized", weights={"num_bits": 8, "type": "float", "strategy": "block"},
                input_activations={"strategy": "group", "group_size": 128}),
        ("compressed-tensors", "fp8_block", True),
    ),
    "compressed, per tensor": (
        weights("float-quantized", weights={"num_bits": 8, "type": "float", "strategy": "tensor"},
                input_activations={"strategy": "tensor"}),
        ("compressed-tensors", "fp8", False),
    ),
    "compressed, four bits": (
        weights("pack-quantized", weights={"num_bits": 4, "type": "int", "strategy": "group", "group_size": 128}),
        ("compressed-tensors", "w4a16", False),
    ),
    "compressed, nvfp4": (
        weights("nvfp4-pack-quantized", weights={"num_bits": 4, "type": "float", "group_size": 16}),
        ("compressed-tensors", "nvfp4", False),
    ),
    "something new": ({"quant_method": "hocuspocus"}, ("hocuspocus", "unknown", False)),
}  # fmt: skip


@pytest.mark.parametrize(("section", "expected"), CASES.values(), ids=CASES.keys())
def test_what_is_recognised(section: dict[str, Any], expected: tuple[str, str, bool]) -> None:
    found = card_from_config({**LLAMA, "quantization_config": section}, id="x").quantisation
    assert found is not None
    assert (found.method, found.precision, found.recognised) == expected


def test_an_unknown_method_is_said() -> None:
    card = card_from_config({**LLAMA, "quantization_config": {"quant_method": "hocuspocus"}}, id="x")
    assert "quantisation" in card.unknowns


def test_the_separate_file_comes_first() -> None:
    config = {**LLAMA, "quantization_config": {"quant_method": "awq", "bits": 4}}
    said = model_optimizer(quant_algo="NVFP4", kv_cache_quant_algo="FP8", group_size=16, exclude_modules=["lm_head"])
    found = card_from_config(config, id="x", quantisation_config=said).quantisation
    assert found is not None
    assert (found.method, found.precision, found.recognised, found.kv_format) == ("modelopt", "nvfp4", True, "fp8")
    assert (found.algorithm, found.group_size, found.excluded) == ("NVFP4", 16, ("lm_head",))


@pytest.mark.parametrize(
    ("algorithm", "precision"),
    [("FP8", "fp8"), ("FP8_PB_WO", "fp8_block"), ("fp8_pb_wo", "fp8_block"), ("W4A16_AWQ", "w4a16_awq")],
)
def test_names_of_algorithms(algorithm: str, precision: str) -> None:
    found = card_from_config(LLAMA, id="x", quantisation_config=model_optimizer(quant_algo=algorithm)).quantisation
    assert found is not None
    assert found.precision == precision


def test_what_is_left_out_keeps_its_format() -> None:
    said = model_optimizer(quant_algo="NVFP4", exclude_modules=["lm_head", "model.layers.*.self_attn*"])
    found = bits(card_from_config(LLAMA, id="x", quantisation_config=said))
    assert found[TensorClass.ATTENTION] == {"bf16"}
    assert found[TensorClass.MLP] == {"nvfp4"}
    assert found[TensorClass.OUTPUT] == found[TensorClass.EMBEDDING] == found[TensorClass.NORM] == {"bf16"}


def test_a_few_layers_left_out_split_their_class() -> None:
    said = model_optimizer(quant_algo="FP8", exclude_modules=["model.layers.0.mlp.down_proj", "model.layers.31*"])
    card = card_from_config(LLAMA, id="x", quantisation_config=said)
    plain = {one.tensor_class: one.parameters for one in card.weights if one.format == "bf16"}
    assert plain[TensorClass.MLP] == 4 * 4096 * 14336
    assert plain[TensorClass.ATTENTION] == 2 * 4096 * (4096 + 1024)


def test_prediction_layers_stay_as_they_are() -> None:
    plain = {key: value for key, value in DEEPSEEK.items() if key != "quantization_config"}
    said = model_optimizer(quant_algo="NVFP4", exclude_modules=["lm_head", "model.layers.61*"])
    found = bits(card_from_config(plain, id="x", quantisation_config=said))
    assert found[TensorClass.PREDICTION] == {"bf16"}
    assert found[TensorClass.EXPERTS] == {"nvfp4"}


def test_mixed_precision_goes_by_its_list() -> None:
    layers = {
        f"model.layers.{layer}.{name}": {"quant_algo": algorithm}
        for layer in range(32)
        for name, algorithm in [("self_attn.q_proj", "FP8"), ("mlp", "NVFP4")]
    }
    said = model_optimizer(quant_algo="MIXED_PRECISION", quantized_layers={**layers, "lm_head": {"quant_algo": "FP8"}})
    card = card_from_config(LLAMA, id="x", quantisation_config=said)
    found = bits(card)
    assert found[TensorClass.ATTENTION] == {"fp8", "bf16"}
    assert found[TensorClass.MLP] == {"nvfp4"}
    assert found[TensorClass.OUTPUT] == {"fp8"}
    assert card.quantisation is not None
    assert (card.quantisation.precision, card.quantisation.algorithm) == ("nvfp4", "MIXED_PRECISION")


def test_experts_are_listed_one_by_one() -> None:
    layers = {f"model.layers.{layer}.mlp.experts.{one}.up_proj": {"quant_algo": "NVFP4"}
              for layer in range(48) for one in range(3)}  # fmt: skip
    said = model_optimizer(quant_algo="MIXED_PRECISION", quantized_layers=layers)
    found = bits(card_from_config(CODER_NEXT, id="x", quantisation_config=said))
    assert found[TensorClass.EXPERTS] == {"nvfp4"}
    assert found[TensorClass.SHARED_EXPERTS] == {"bf16"}


@pytest.mark.parametrize(
    ("patterns", "covered", "left"),
    [
        (["gate"], "layers.3.mlp.gate", "layers.3.mlp.gate_proj"),
        (["model.layers.1.self_attn"], "layers.1.self_attn.q_proj", "layers.11.self_attn.q_proj"),
        (["model.layers.*.self_attn"], "layers.7.self_attn.o_proj", "layers.7.mlp.up_proj"),
        ([r"re:.*mlp\.(gate|up)_proj$"], "layers.0.mlp.up_proj", "layers.0.mlp.down_proj"),
        (["language_model.model.layers.2.block_sparse_moe*"], "layers.2.mlp.experts", "layers.3.mlp.experts"),
    ],
)
def test_lists_of_modules(patterns: list[str], covered: str, left: str) -> None:
    names = ModuleNames.of(patterns)
    assert names.complete
    assert names.cover(covered)
    assert not names.cover(left)


def test_names_are_made_alike() -> None:
    assert plain_name("model.language_model.layers.3.feed_forward.experts.17.w1") == "layers.3.mlp.experts"


def test_llama_8b_at_fp8() -> None:
    card = as_precision(card_from_config(LLAMA, id="x"), "fp8")
    assert card.weight_bytes == pytest.approx(9.0812e9, rel=1e-4)
    assert card.weights_origin is Origin.CONFIG


def test_llama_70b_at_nvfp4() -> None:
    card = as_precision(card_from_config(LLAMA_70B, id="x"), "NVFP4")
    packed = sum(one.stored_bytes for one in card.weights if one.format == "nvfp4")
    plain = sum(one.stored_bytes for one in card.weights if one.format == "bf16")
    assert packed == pytest.approx(38.5e9, rel=1e-3)
    assert plain == pytest.approx(2 * 2.1015e9, rel=1e-2)


def test_mxfp4_is_for_experts() -> None:
    source = card_from_config(GPT_OSS, id="x")
    there_and_back = as_precision(as_precision(source, "bf16"), "mxfp4")
    assert there_and_back.weight_bytes == source.weight_bytes
    assert as_precision(source, "mxfp4") is source


def test_latent_attention_is_not_put_into_four_bits() -> None:
    found = bits(as_precision(card_from_config(DEEPSEEK, id="x"), "nvfp4"))
    assert found[TensorClass.ATTENTION] == {"bf16"}
    assert found[TensorClass.EXPERTS] == {"nvfp4"}


def test_a_gguf_mixture_is_the_text_model_alone() -> None:
    card = as_precision(card_from_config(OTHERS["Qwen/Qwen3-VL-8B-Instruct"]["config"], id="x"), "q4_k_m")
    assert (card.file_format, card.modalities) == ("gguf", ("text",))
    assert card.weight_bytes == pytest.approx(8_190_735_360 * 4.894 / 8, rel=1e-4)
    assert card.quantisation is not None
    assert not card.quantisation.recognised


@pytest.mark.parametrize("name", sorted({*WEIGHT_BITS, *MIXTURE_BITS} - {"q8_1", "q8_k", "bf16"}))
def test_every_precision_gives_a_card_of_the_same_model(name: str) -> None:
    source = card_from_config(CODER_NEXT, id="x")
    card = as_precision(source, name)
    assert card.layers == source.layers
    assert card.parameters_total == source.parameters_total
    assert all(one.format in WEIGHT_BITS for one in card.weights)
    assert card.weight_bytes < source.weight_bytes or name in {"f16", "f32"}


def test_there_is_no_such_precision() -> None:
    with pytest.raises(Rejected) as caught:
        as_precision(card_from_config(LLAMA, id="x"), "fp7")
    assert caught.value.code == Code.PRECISION_UNKNOWN
