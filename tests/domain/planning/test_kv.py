"""Bytes of the cache and of states: by layer kind, runtime and number of cards."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.planning import model_cards as cards
from engineroom.domain.model_card.values import LayerGroup
from engineroom.domain.planning.formats import KV_FORMATS
from engineroom.domain.planning.kv import kv_bytes, kv_bytes_per_token, state_bytes
from engineroom.domain.planning.values import Runtime, Shape

MIB, GIB = 2**20, 2**30
TENSORRT_LLM, LLAMA_CPP = Runtime.TENSORRT_LLM, Runtime.LLAMA_CPP
MODELS = [
    cards.llama_3_8b(), cards.gpt_oss_120b(), cards.gemma_3_27b(), cards.deepseek_v3(), cards.qwen_3_5_27b(),
    cards.qwen_3_235b_a22b(), cards.command_r_35b(), cards.gemma_4_12b(),
]  # fmt: skip

models = st.sampled_from(MODELS)
contexts = st.integers(1, 300_000)
formats = {TENSORRT_LLM: ("bf16", "fp8", "nvfp4"), LLAMA_CPP: ("f16", "q8_0", "q4_0")}


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    runtime = draw(st.sampled_from(list(Runtime)))
    return Shape(
        runtime=runtime,
        kv_format=draw(st.sampled_from(formats[runtime])),
        context_tokens=draw(contexts),
        concurrency=draw(st.integers(1, 64)),
        gpus=draw(st.sampled_from((1, 2, 4, 8))),
    )


@pytest.mark.parametrize(
    ("build", "kv_format", "per_token"),
    [
        (cards.gpt_oss_120b, "bf16", 73_728),  # log of TensorRT-LLM 1.1.0rc3 on a GB10
        (cards.deepseek_v3, "fp8", 35_136),  # log of an MLA model
        (cards.deepseek_v3, "bf16", 70_272),
        (cards.llama_2_7b, "fp8", 262_144),  # 63.44 GiB for 259,840 tokens
        (cards.llama_3_8b, "bf16", 131_072),
        (cards.llama_3_8b, "fp8", 65_536),
        (cards.llama_3_8b, "nvfp4", 36_864),  # ceil(n/2) + ceil(n/16) bytes for n elements
        (cards.qwen_3_5_27b, "bf16", 65_536),
        (cards.qwen_3_6_35b_a3b, "bf16", 20_480),
        (cards.command_r_35b, "f16", 1_310_720),
    ],
)
def test_worked_examples(build, kv_format, per_token) -> None:
    assert kv_bytes_per_token(build(), kv_format) == per_token


def test_the_worked_pools() -> None:
    assert 86_720 * kv_bytes_per_token(cards.gpt_oss_120b(), "bf16") / GIB == pytest.approx(5.95, abs=0.01)
    assert 259_840 * kv_bytes_per_token(cards.llama_2_7b(), "fp8") / GIB == pytest.approx(63.44, abs=0.01)


def test_heads_are_repeated_when_there_are_more_cards_than_heads() -> None:
    card = cards.qwen_3_235b_a22b()
    assert [kv_bytes_per_token(card, "bf16", gpus) // (94 * 128 * 2 * 2) for gpus in (1, 2, 4, 8)] == [4, 2, 1, 1]


def test_the_latent_is_on_every_card() -> None:
    card = cards.deepseek_v3()
    assert kv_bytes_per_token(card, "fp8", 8) == kv_bytes_per_token(card, "fp8", 1)


def test_an_indexers_keys_are_on_every_card_whatever_the_format() -> None:
    card = cards.deepseek_v3()
    indexed = replace(card.layers[0], attention=replace(card.layers[0].attention, index_bytes=132))
    for kv_format in ("bf16", "fp8"):
        more = kv_bytes_per_token(replace(card, layers=(indexed,)), kv_format, 4) - kv_bytes_per_token(card, kv_format)
        assert more == 61 * 132


def test_layers_that_share_a_cache_keep_none() -> None:
    own = cards.full(8, 2, 256)
    groups = (LayerGroup(count=20, attention=own), LayerGroup(count=15, attention=replace(own, shares_kv=True)))
    assert kv_bytes_per_token(replace(cards.llama_3_8b(), layers=groups), "bf16") == 20 * 2 * 2 * 256 * 2


def test_values_that_are_the_keys_count_once() -> None:
    once = LayerGroup(count=10, attention=replace(cards.full(8, 2, 512), value_elements=0))
    assert kv_bytes_per_token(replace(cards.llama_3_8b(), layers=(once,)), "bf16") == 10 * 2 * 512 * 2


def test_gemma_3_stops_growing_by_its_windows() -> None:
    """10 global layers of 81,920 bytes per token in all; 52 others that hold 416 MiB and no more."""
    shape = Shape(runtime=TENSORRT_LLM, kv_format="bf16", context_tokens=65_536)
    low, expected, high = kv_bytes(cards.gemma_3_27b(), shape)
    assert low == 65_536 * 81_920 + 416 * MIB
    assert expected - low == 52 * 32 * 8192
    assert high == 65_536 * 62 * 8192


def test_blocks_are_handed_out_whole() -> None:
    shape = Shape(runtime=TENSORRT_LLM, kv_format="bf16", context_tokens=33, concurrency=3)
    low, expected, high = kv_bytes(cards.llama_3_8b(), shape)
    assert (low, expected, high) == (3 * 33 * 131_072, 3 * 64 * 131_072, 3 * 64 * 131_072)


def test_gpt_oss_in_llama_cpp() -> None:
    """Four slots of 16,384 tokens: 2,304 MiB of whole layers, and windows of 4 * 128 + 512 cells, 36 MiB."""
    shape = Shape(runtime=LLAMA_CPP, kv_format="f16", context_tokens=16_384, concurrency=4)
    assert kv_bytes(cards.gpt_oss_120b(), shape)[1] == 2340 * MIB


@pytest.mark.parametrize(
    ("context_tokens", "slots", "pool_cells", "pools_cells"),
    [
        (4096, 1, (4096, 1536), (4096, 1536)),
        (4096, 4, (16_384, 4608), (16_384, 6144)),
        (1000, 3, (3072, 3072), (3072, 3072)),
    ],
)
def test_cells_as_llama_cpp_logs_them(context_tokens, slots, pool_cells, pools_cells) -> None:
    """Logs of version b11549 with a model of 2 whole and 10 windowed layers (1,024 tokens), processor build."""
    card = replace(
        cards.llama_3_8b(),
        layers=(
            LayerGroup(count=2, attention=cards.full(4, 2, 256)),
            LayerGroup(count=10, attention=cards.sliding(4, 2, 256, 1024)),
        ),
    )
    shape = Shape(runtime=LLAMA_CPP, kv_format="f16", context_tokens=context_tokens, concurrency=slots)
    _, expected, high = kv_bytes(card, shape)
    assert expected == 2048 * (2 * pool_cells[0] + 10 * pool_cells[1])
    assert high == max(expected, 2048 * (2 * pools_cells[0] + 10 * pools_cells[1]))


def test_states_of_qwen_3_5_27b() -> None:
    """90.40 + 59.23 MiB in the log; another sequence needs another."""
    assert state_bytes(cards.qwen_3_5_27b(), 1, runtime=LLAMA_CPP)[1] / MIB == pytest.approx(149.63, abs=0.01)
    assert (
        state_bytes(cards.qwen_3_5_27b(), 3, runtime=LLAMA_CPP)[1]
        == 3 * state_bytes(cards.qwen_3_5_27b(), 1, runtime=LLAMA_CPP)[1]
    )
    assert state_bytes(cards.llama_3_8b(), 8) == (0, 0, 0)


def test_states_do_not_shrink_with_the_format_and_are_split_over_ranks() -> None:
    low, expected, high = state_bytes(cards.qwen_3_5_27b(), 4)
    assert low < expected < high
    assert state_bytes(cards.qwen_3_5_27b(), 4, gpus=2)[1] == expected // 2


@given(models, shapes(), st.integers(0, 5000))
def test_more_context_never_takes_less(card, shape, more) -> None:
    before, after = kv_bytes(card, shape), kv_bytes(card, replace(shape, context_tokens=shape.context_tokens + more))
    assert all(a >= b for a, b in zip(after, before, strict=True))


@given(models, shapes(), st.integers(0, 16))
def test_more_sequences_never_take_less(card, shape, more) -> None:
    before, after = kv_bytes(card, shape), kv_bytes(card, replace(shape, concurrency=shape.concurrency + more))
    assert all(a >= b for a, b in zip(after, before, strict=True))
    assert state_bytes(card, shape.concurrency + more) >= state_bytes(card, shape.concurrency)


@given(models, shapes())
def test_bounds_are_in_order(card, shape) -> None:
    low, expected, high = kv_bytes(card, shape)
    assert 0 <= low <= expected <= high


@given(models, shapes(), st.sampled_from((2, 3, 4, 8)))
def test_more_cards_never_take_more_each(card, shape, times) -> None:
    one, several = kv_bytes(card, replace(shape, gpus=1)), kv_bytes(card, replace(shape, gpus=times))
    assert all(a <= b for a, b in zip(several, one, strict=True))


@given(models, shapes(), st.sampled_from((1, 2, 4, 8)))
def test_together_the_cards_hold_the_whole(card, shape, gpus) -> None:
    shape = replace(shape, gpus=1)
    assert gpus * kv_bytes(card, replace(shape, gpus=gpus))[1] >= kv_bytes(card, shape)[1]


@given(models, shapes())
def test_narrower_formats_never_take_more(card, shape) -> None:
    sizes = [kv_bytes(card, replace(shape, kv_format=name))[1] for name in formats[shape.runtime]]
    assert sizes == sorted(sizes, reverse=True)


@given(shapes(), st.sampled_from(sorted(KV_FORMATS)))
def test_groups_of_layers_add_up(shape, kv_format) -> None:
    """The cache of a model is the sum of the caches of its kinds of layers."""
    shape = replace(shape, kv_format=kv_format, gpus=1)
    card = cards.gemma_3_27b()
    parts = [kv_bytes(replace(card, layers=(group,)), shape)[1] for group in card.layers]
    assert sum(parts) == kv_bytes(card, shape)[1]
