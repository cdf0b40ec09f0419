"""Weights per card: what is split, what is repeated, what stays with the processor."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.planning import model_cards as cards
from engineroom.domain.model_card.values import ModelCard, Origin, TensorClass, Weights
from engineroom.domain.planning.values import Runtime
from engineroom.domain.planning.weights import host_weight_bytes, weight_bytes_per_gpu

GIB = 2**30
TENSORRT_LLM, LLAMA_CPP = Runtime.TENSORRT_LLM, Runtime.LLAMA_CPP


def of_class(card: ModelCard, *kinds: TensorClass) -> int:
    return sum(part.stored_bytes for part in card.weights if part.tensor_class in kinds)


def with_part(card: ModelCard, kind: TensorClass, size: int) -> ModelCard:
    part = Weights(tensor_class=kind, format="bf16", stored_bytes=size, parameters=size // 2)
    return replace(card, weights=(*card.weights, part))


def test_worked_example_of_an_fp8_checkpoint() -> None:
    """Logged are 8.46 GiB: 6.98 G parameters of one byte and 1.05 G of two."""
    assert weight_bytes_per_gpu(cards.llama_3_8b("fp8"), 1, TENSORRT_LLM)[1] / GIB == pytest.approx(8.46, abs=0.01)


def test_padding_of_mxfp4_experts() -> None:
    """65.25 GB of files, 63.32 GiB in memory."""
    card = cards.gpt_oss_120b()
    assert card.weight_bytes / 1e9 == pytest.approx(65.25, rel=0.01)
    padded = weight_bytes_per_gpu(card, 1, TENSORRT_LLM)[1] - card.weight_bytes
    assert padded == pytest.approx(of_class(card, TensorClass.EXPERTS) * ((2944 / 2880) ** 2 - 1), rel=1e-6)
    assert weight_bytes_per_gpu(card, 1, LLAMA_CPP)[1] < card.weight_bytes


def test_norms_and_routers_are_on_every_rank() -> None:
    card = cards.qwen_3_30b_a3b()
    repeated = of_class(card, TensorClass.NORM, TensorClass.ROUTER)
    assert weight_bytes_per_gpu(card, 4, TENSORRT_LLM)[1] == repeated + (card.weight_bytes - repeated) / 4


def test_prediction_layers_and_towers_are_in_the_high_bound_alone() -> None:
    plain = cards.llama_3_8b()
    predicting = with_part(plain, TensorClass.PREDICTION, GIB)
    assert weight_bytes_per_gpu(predicting, 1, TENSORRT_LLM)[1] == plain.weight_bytes
    assert weight_bytes_per_gpu(predicting, 1, TENSORRT_LLM)[2] > plain.weight_bytes + GIB
    seeing = with_part(plain, TensorClass.VISION, GIB)
    _, expected, high = weight_bytes_per_gpu(seeing, 2, TENSORRT_LLM)
    assert expected == pytest.approx((plain.weight_bytes + GIB) / 2, rel=0.001)
    assert high >= expected + GIB // 2


def test_embeddings_stay_with_the_processor_unless_they_are_the_output_too() -> None:
    untied, tied = cards.llama_3_8b(), cards.qwen_2_5_05b()
    table = of_class(untied, TensorClass.EMBEDDING)
    assert weight_bytes_per_gpu(untied, 1, LLAMA_CPP)[1] == untied.weight_bytes - table
    assert weight_bytes_per_gpu(tied, 1, LLAMA_CPP)[1] == tied.weight_bytes
    assert host_weight_bytes(untied, LLAMA_CPP) == table
    assert host_weight_bytes(untied, TENSORRT_LLM) == 0


def test_the_fullest_card_of_a_layer_split() -> None:
    """33 places on two cards: 17 layers on the first; 15 and the output on the second."""
    card = cards.llama_3_8b()
    table = of_class(card, TensorClass.EMBEDDING)
    layers = card.weight_bytes - 2 * table
    assert weight_bytes_per_gpu(card, 2, LLAMA_CPP)[1] == pytest.approx(max(layers * 17 / 32, layers * 15 / 32 + table))


@pytest.mark.parametrize(
    ("origin", "spread"), [(Origin.HEADERS, 0.01), (Origin.FILE_SIZES, 0.01), (Origin.CONFIG, 0.05)]
)
def test_the_error_follows_from_where_the_sizes_come_from(origin: Origin, spread: float) -> None:
    low, expected, high = weight_bytes_per_gpu(replace(cards.llama_3_8b(), weights_origin=origin), 1, TENSORRT_LLM)
    assert (expected - low) / expected == pytest.approx(spread, rel=1e-6)
    assert (high - expected) / expected == pytest.approx(spread, rel=1e-6)


@given(
    st.sampled_from([cards.llama_3_8b(), cards.gpt_oss_120b(), cards.qwen_2_5_05b(), cards.deepseek_v3()]),
    st.sampled_from(list(Runtime)),
    st.integers(1, 16),
)
def test_more_cards_never_hold_more_each(card: ModelCard, runtime: Runtime, gpus: int) -> None:
    fewer, more = weight_bytes_per_gpu(card, gpus, runtime), weight_bytes_per_gpu(card, gpus + 1, runtime)
    assert more[1] <= fewer[1]
    assert fewer[0] <= fewer[1] <= fewer[2]
    assert gpus * fewer[1] >= weight_bytes_per_gpu(card, 1, runtime)[0]
