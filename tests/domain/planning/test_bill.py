"""The bill: its lines, what the card can give, and the verdict."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.planning import model_cards as cards
from engineroom.domain.machine import MemoryKind
from engineroom.domain.planning.bill import make_bill, usable_of
from engineroom.domain.planning.overheads import (
    activations,
    compute_buffer,
    cuda_context,
    default_max_num_tokens,
    graph_sizes,
)
from engineroom.domain.planning.values import Bill, Gpu, Holder, Runtime, Shape, TermKind, Verdict
from engineroom.domain.planning.verdict import verdict_of

MIB, GIB = 2**20, 2**30
TENSORRT_LLM, LLAMA_CPP = Runtime.TENSORRT_LLM, Runtime.LLAMA_CPP
RTX_4090 = Gpu(
    name="RTX 4090", compute_capability=(8, 9), memory_total_bytes=24_564 * MIB, usable_bytes=None,
    bandwidth_bytes_per_s=1008e9, multiprocessors=128, display_active=False,
)  # fmt: skip
RTX_PRO_6000 = Gpu(
    name="RTX PRO 6000", compute_capability=(12, 0), memory_total_bytes=97_887 * MIB, usable_bytes=None,
    bandwidth_bytes_per_s=1792e9, multiprocessors=188, display_active=False,
)  # fmt: skip
GB10 = Gpu(
    name="GB10", compute_capability=(12, 1), memory_total_bytes=128 * GIB, usable_bytes=110 * GIB,
    bandwidth_bytes_per_s=273e9, memory_kind=MemoryKind.UNIFIED, multiprocessors=48, display_active=False,
)  # fmt: skip
SHAPE = Shape(runtime=TENSORRT_LLM, kv_format="bf16", context_tokens=8192)

VERDICTS = [Verdict.NO, Verdict.TIGHT, Verdict.FITS]
models = st.sampled_from([cards.llama_3_8b(), cards.qwen_3_5_27b(), cards.gpt_oss_120b(), cards.gemma_3_27b()])
gpus = st.sampled_from([RTX_4090, RTX_PRO_6000, GB10])
shapes = st.builds(
    Shape,
    runtime=st.sampled_from(list(Runtime)),
    kv_format=st.sampled_from(("bf16", "q8_0", "fp8")),
    context_tokens=st.integers(32, 200_000),
    concurrency=st.integers(1, 32),
    gpus=st.sampled_from((1, 2, 4)),
    max_num_tokens=st.sampled_from((None, 512, 2048, 8192)),
)


def rest_of(bill: Bill) -> tuple[float, float, float]:
    """Everything beside weights, cache and states, in GiB."""
    rest = [one for one in bill.terms if one.kind not in {TermKind.WEIGHTS, TermKind.KV, TermKind.STATE}]
    return tuple(
        sum(getattr(one, name) for one in rest) / GIB for name in ("low_bytes", "expected_bytes", "high_bytes")
    )


@pytest.mark.parametrize("gpu", [RTX_4090, RTX_PRO_6000])
@pytest.mark.parametrize("build", [cards.llama_3_8b, cards.qwen_3_30b_a3b])
def test_everything_else_lies_within_the_evidence(gpu: Gpu, build) -> None:
    """0.6 to 2.5 GiB on one card, 0.4 GiB more for a further rank."""
    low, expected, high = rest_of(make_bill(build(), gpu, SHAPE))
    assert low >= 0.4
    assert 0.6 <= expected <= 2.5
    assert 1.2 <= high <= 3.2
    shape = replace(SHAPE, gpus=2)
    assert rest_of(make_bill(build(), gpu, shape))[2] >= high - 0.4
    assert -0.4 <= rest_of(make_bill(build(), gpu, shape))[1] - expected <= 0.5


@pytest.mark.parametrize(
    ("multiprocessors", "mib"), [(34, 107), (82, 256), (142, 426), (188, 555)]
)  # 4060 Ti, 3090, 6000 Ada, RTX PRO 6000
def test_contexts_by_size_of_the_card(multiprocessors: int, mib: int) -> None:
    low, expected, high = cuda_context(replace(RTX_4090, multiprocessors=multiprocessors))
    assert expected / MIB == pytest.approx(mib, rel=0.05)
    assert low < mib * MIB < high
    assert cuda_context(replace(RTX_4090, multiprocessors=None))[2] == 555 * MIB


def test_activations_of_gpt_oss_on_a_gb10() -> None:
    """Its log: 0.85 GiB of dynamic memory for 8,192 tokens."""
    low, expected, high = activations(cards.gpt_oss_120b(), 1, 8192)
    assert low < 0.85 * GIB < expected * 1.01 < high


@pytest.mark.parametrize(
    ("build", "context", "ubatch", "slots", "mib"),
    [
        (cards.smollm2_135m, 4096, 512, 1, 18.64),
        (cards.smollm2_135m, 16_384, 512, 1, 30.64),
        (cards.smollm2_135m, 65_536, 512, 1, 78.64),
        (cards.smollm2_135m, 4096, 2048, 1, 74.57),
        (cards.smollm2_135m, 4096, 128, 1, 4.66),
        (cards.smollm2_135m, 4096, 512, 4, 30.64),
        (cards.gemma_4_12b, 8192, 512, 1, 135.0),
    ],
)
def test_compute_buffers_as_llama_cpp_logs_them(build, context, ubatch, slots, mib) -> None:
    """Those of SmolLM2 with version b11549 on a processor, one pool for all slots."""
    shape = Shape(runtime=LLAMA_CPP, kv_format="f16", context_tokens=context, concurrency=slots)
    assert compute_buffer(build(), shape, ubatch)[1] / MIB == pytest.approx(mib, rel=0.045)


@pytest.mark.parametrize(
    ("total_mib", "cuda_mib"), [(24_564, 24_080), (24_576, 24_124), (16_303, 15_842), (97_887, 97_247)]
)
def test_what_the_driver_keeps(total_mib: int, cuda_mib: int) -> None:
    usable = usable_of(replace(RTX_4090, memory_total_bytes=total_mib * MIB))
    assert usable is not None
    assert usable / MIB == pytest.approx(cuda_mib, abs=40)
    assert usable_of(replace(RTX_4090, usable_bytes=7 * GIB)) == 7 * GIB
    assert usable_of(replace(RTX_4090, memory_total_bytes=None)) is None


def test_small_cards_get_smaller_passes() -> None:
    assert [default_max_num_tokens(TENSORRT_LLM, one) for one in (RTX_4090, GB10)] == [2048, 8192]
    assert default_max_num_tokens(LLAMA_CPP, GB10) == 512


@pytest.mark.parametrize(
    ("most", "sizes"), [(1, (1,)), (2, (1, 2)), (8, (1, 2, 4, 8)), (20, (1, 2, 4, 8, 16, 20)), (4096, 19)]
)
def test_captured_graphs(most: int, sizes) -> None:
    found = graph_sizes(most)
    assert (len(found) if isinstance(sizes, int) else found) == sizes


def test_verdicts_around_the_margin() -> None:
    card = cards.llama_3_8b()
    total = make_bill(card, RTX_4090, SHAPE).total_bytes
    for usable, verdict in [
        (total + GIB, Verdict.FITS),
        (total + GIB - 1, Verdict.TIGHT),
        (total, Verdict.TIGHT),
        (total - 1, Verdict.NO),
    ]:
        bill = make_bill(card, replace(RTX_4090, usable_bytes=usable), SHAPE)
        assert (verdict_of(bill, card), bill.margin_bytes) == (verdict, GIB)
    assert make_bill(card, RTX_PRO_6000, SHAPE).margin_bytes == pytest.approx(0.04 * 97_247 * MIB, rel=0.001)


def test_what_others_hold_counts_and_what_is_replaced_comes_back() -> None:
    card = cards.llama_3_8b()
    other = Holder(program="game", memory_bytes=9 * GIB)
    engine = Holder(program="engineroom", memory_bytes=9 * GIB, returns=True)
    busy = make_bill(card, replace(RTX_4090, held_by=(other,), held_unnamed_bytes=GIB), SHAPE)
    assert (busy.held_bytes, busy.returned_bytes, verdict_of(busy, card)) == (10 * GIB, 0, Verdict.NO)
    swapped = make_bill(card, replace(RTX_4090, held_by=(engine,), held_unnamed_bytes=GIB), SHAPE)
    assert (swapped.available_bytes, verdict_of(swapped, card)) == (usable_of(RTX_4090) - GIB, Verdict.FITS)


def test_a_desktop_that_is_seen_is_not_counted_twice() -> None:
    card = cards.llama_3_8b()
    unseen = make_bill(card, replace(RTX_4090, display_active=True), SHAPE).expected(TermKind.DESKTOP)
    seen = replace(RTX_4090, display_active=True, held_by=(Holder(program="Xorg", memory_bytes=GIB),))
    assert unseen == 768 * MIB
    assert make_bill(card, seen, SHAPE).expected(TermKind.DESKTOP) == 128 * MIB
    assert make_bill(card, RTX_4090, SHAPE).expected(TermKind.DESKTOP) == 0


def test_unknown_is_said_and_not_guessed() -> None:
    card = cards.llama_3_8b()
    no_memory = make_bill(card, replace(RTX_4090, memory_total_bytes=None), SHAPE)
    assert (verdict_of(no_memory, card), no_memory.kv_tokens_max) == (Verdict.UNKNOWN, None)
    no_layers = replace(card, layers=(), unknowns=("layers",))
    bill = make_bill(no_layers, RTX_4090, SHAPE)
    assert (verdict_of(bill, no_layers), bill.kv_tokens_max) == (Verdict.UNKNOWN, None)
    no_weights = replace(card, weights=())
    assert verdict_of(make_bill(no_weights, RTX_4090, SHAPE), no_weights) is Verdict.UNKNOWN


def test_on_unified_memory_the_engines_processes_are_on_the_bill() -> None:
    card = cards.gpt_oss_120b()
    unified, own = make_bill(card, GB10, SHAPE), make_bill(card, RTX_PRO_6000, SHAPE)
    assert unified.expected(TermKind.HOST) > GIB
    assert own.expected(TermKind.HOST) == 0
    assert sum(one.expected_bytes for one in own.host_terms) == unified.expected(TermKind.HOST)
    cache = unified.host_terms[-1]
    assert (cache.expected_bytes, cache.high_bytes) == (0, card.weight_bytes)


def test_tokens_that_there_is_room_for() -> None:
    card = cards.llama_3_8b()
    bill = make_bill(card, RTX_4090, SHAPE)
    room = bill.available_bytes - bill.margin_bytes - bill.total_bytes + bill.expected(TermKind.KV)
    assert bill.kv_tokens_max == room // bill.kv_bytes_per_token // 32 * 32
    assert make_bill(card, replace(RTX_4090, usable_bytes=8 * GIB), SHAPE).kv_tokens_max == 0
    windows = replace(card, layers=(replace(card.layers[0], attention=cards.sliding(32, 8, 128, 1024)),))
    assert make_bill(windows, RTX_4090, SHAPE).kv_tokens_max is None


@given(models, gpus, shapes, st.integers(0, 50_000), st.integers(0, 8))
def test_more_is_never_less(card, gpu, shape, tokens, sequences) -> None:
    bill = make_bill(card, gpu, shape)
    tokens_of_a_pass = shape.max_num_tokens or default_max_num_tokens(shape.runtime, gpu)
    for larger in (
        replace(shape, context_tokens=shape.context_tokens + tokens),
        replace(shape, concurrency=shape.concurrency + sequences),
        replace(shape, max_num_tokens=tokens_of_a_pass + tokens),
    ):
        more = make_bill(card, gpu, larger)
        assert more.total_bytes >= bill.total_bytes
        assert more.total_high_bytes >= bill.total_high_bytes
        assert VERDICTS.index(verdict_of(more, card)) <= VERDICTS.index(verdict_of(bill, card))


@given(models, gpus, shapes)
def test_a_narrower_cache_is_never_larger(card, gpu, shape) -> None:
    totals = [make_bill(card, gpu, replace(shape, kv_format=name)).total_bytes for name in ("bf16", "fp8", "nvfp4")]
    assert totals == sorted(totals, reverse=True)


@given(models, gpus, shapes)
def test_the_total_is_the_sum_and_bounds_are_in_order(card, gpu, shape) -> None:
    bill = make_bill(card, gpu, shape)
    assert bill.total_bytes == sum(bill.expected(kind) for kind in TermKind)
    assert bill.total_low_bytes <= bill.total_bytes <= bill.total_high_bytes
    assert all(0 <= one.low_bytes <= one.expected_bytes <= one.high_bytes for one in bill.terms)
    assert len({one.kind for one in bill.terms}) == len(bill.terms)


@given(models, gpus, shapes, st.integers(0, 200) | st.none())
def test_what_others_hold_never_helps(card, gpu, shape, gib) -> None:
    held = 0 if gib is None else gib * GIB
    free, busy = make_bill(card, gpu, shape), make_bill(card, replace(gpu, held_unnamed_bytes=held), shape)
    assert VERDICTS.index(verdict_of(busy, card)) <= VERDICTS.index(verdict_of(free, card))
    assert (busy.kv_tokens_max or 0) <= (free.kv_tokens_max or 0)
