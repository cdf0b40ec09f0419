"""The solver is the bill's inverse: what it names fits, and the next step does not."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.planning import model_cards as cards
from engineroom.domain.model_card.values import ModelCard, RopeScaling
from engineroom.domain.planning.bill import largest, make_bill
from engineroom.domain.planning.solver import (
    MOST_SEQUENCES,
    largest_concurrency,
    largest_context,
    longest_context,
)
from engineroom.domain.planning.values import Gpu, Runtime, Shape, Verdict
from engineroom.domain.planning.verdict import verdict_of

GIB = 2**30
models = st.sampled_from(
    [cards.llama_3_8b(), cards.qwen_3_5_27b(), cards.gpt_oss_120b(), cards.gemma_3_27b(), cards.deepseek_v3()]
)
shapes = st.builds(
    Shape,
    runtime=st.sampled_from(list(Runtime)),
    kv_format=st.sampled_from(("bf16", "fp8")),
    context_tokens=st.integers(32, 200_000),
    concurrency=st.integers(1, 16),
    gpus=st.sampled_from((1, 2)),
)
sizes = st.integers(4, 200)


def card_of(gib: int) -> Gpu:
    return Gpu(
        name="card", compute_capability=(12, 0), memory_total_bytes=gib * GIB, usable_bytes=gib * GIB,
        bandwidth_bytes_per_s=1e12, multiprocessors=100, display_active=False,
    )  # fmt: skip


def fits(card: ModelCard, gpu: Gpu, shape: Shape) -> bool:
    return verdict_of(make_bill(card, gpu, shape), card) is Verdict.FITS


@given(models, sizes, shapes)
def test_the_largest_context_fits_and_the_next_does_not(card, gib, shape) -> None:
    gpu = card_of(gib)
    found = largest_context(card, gpu, shape)
    assert found % 32 == 0
    assert 0 <= found <= longest_context(card)
    if found:
        assert fits(card, gpu, replace(shape, context_tokens=found))
    if found < longest_context(card):
        assert not fits(card, gpu, replace(shape, context_tokens=found + 32))


@given(models, sizes, shapes)
def test_the_largest_concurrency_fits_and_the_next_does_not(card, gib, shape) -> None:
    gpu = card_of(gib)
    found = largest_concurrency(card, gpu, shape)
    assert 0 <= found <= MOST_SEQUENCES[shape.runtime]
    if found:
        assert fits(card, gpu, replace(shape, concurrency=found))
    if found < MOST_SEQUENCES[shape.runtime]:
        assert not fits(card, gpu, replace(shape, concurrency=found + 1))


@given(models, sizes, shapes, st.integers(0, 100))
def test_a_larger_card_never_holds_less(card, gib, shape, more) -> None:
    small, large = card_of(gib), card_of(gib + more)
    assert largest_context(card, large, shape) >= largest_context(card, small, shape)


@given(st.integers(-5, 1000), st.integers(-5, 1000))
def test_the_largest_that_fits(limit: int, most: int) -> None:
    assert largest(lambda number: number <= limit, most) == max(min(limit, most), 0)


def test_how_long_a_context_the_model_takes() -> None:
    card = replace(cards.llama_3_8b(), native_context=40_000)
    assert longest_context(card) == 40_000
    assert longest_context(replace(card, native_context=4100)) == 4096
    assert longest_context(replace(card, native_context=None)) == 2**20
    yarn = RopeScaling(kind="yarn", factor=4.0, original_context=32_768)
    assert longest_context(replace(card, rope_scaling=yarn)) == 131_072
    assert longest_context(replace(card, native_context=163_840, rope_scaling=yarn)) == 163_840


def test_nothing_fits_where_the_weights_do_not() -> None:
    shape = Shape(runtime=Runtime.TENSORRT_LLM, kv_format="bf16", context_tokens=4096)
    assert largest_context(cards.gpt_oss_120b(), card_of(24), shape) == 0
    assert largest_concurrency(cards.gpt_oss_120b(), card_of(24), shape) == 0
