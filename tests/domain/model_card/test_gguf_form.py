"""What a checkpoint becomes as a GGUF file."""

import pytest

from domain.planning.speed_cards import gpt_oss, llama_8b
from engineroom.domain.model_card.from_config import card_from_config
from engineroom.domain.model_card.gguf_form import as_gguf
from engineroom.domain.planning.reading import reading

GPT_OSS_20B = {
    "architectures": ["GptOssForCausalLM"], "model_type": "gpt_oss", "hidden_size": 2880, "num_hidden_layers": 24,
    "num_attention_heads": 64, "num_key_value_heads": 8, "head_dim": 64, "vocab_size": 201088,
    "torch_dtype": "bfloat16", "intermediate_size": 2880, "num_local_experts": 32, "num_experts_per_tok": 4,
    "sliding_window": 128,
    "layer_types": ["sliding_attention", "full_attention"] * 12, "tie_word_embeddings": False,
    "quantization_config": {
        "quant_method": "mxfp4",
        "modules_to_not_convert": [
            "model.layers.*.self_attn", "model.layers.*.mlp.router", "model.embed_tokens", "lm_head",
        ],
    },
}  # fmt: skip


def test_all_but_the_experts_of_an_mxfp4_checkpoint_is_stored_in_q8_0() -> None:
    """The published file reads 2.561 GB per token and has 12.1 GB."""
    checkpoint = card_from_config(GPT_OSS_20B, id="openai/gpt-oss-20b")
    file = as_gguf(checkpoint)
    read = reading(file, kv_format="f16")
    assert read.weight_bytes + read.expert_bytes == pytest.approx(2.561e9, rel=0.01)
    assert file.weight_bytes == pytest.approx(12.1e9, rel=0.01)
    assert checkpoint.weight_bytes > 1.1 * file.weight_bytes
    assert file.file_format == "gguf"
    assert file.parameters_total == checkpoint.parameters_total


def test_sixteen_bits_stay() -> None:
    checkpoint = llama_8b({"matrices": "bf16"})
    assert as_gguf(checkpoint).weights == checkpoint.weights


def test_a_gguf_file_is_itself() -> None:
    file = as_gguf(gpt_oss(24, 32))
    assert as_gguf(file) is file
