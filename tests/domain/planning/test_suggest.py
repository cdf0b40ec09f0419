"""Ways to make a model fit: as few changes as any, each with the bill it would have."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.planning import model_cards as cards
from engineroom.domain.model_card.requantise import as_precision
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.bill import make_bill
from engineroom.domain.planning.suggest import LEAST_CONTEXT, ways_to_fit
from engineroom.domain.planning.values import Gpu, Runtime, Shape, Verdict
from engineroom.domain.planning.verdict import verdict_of

GIB = 2**30
PRECISIONS = ("fp8", "nvfp4")
SHAPE = Shape(runtime=Runtime.TENSORRT_LLM, kv_format="bf16", context_tokens=32_768, concurrency=4)


def card_of(gib: int) -> Gpu:
    return Gpu(
        name="card", compute_capability=(12, 0), memory_total_bytes=gib * GIB, usable_bytes=gib * GIB,
        bandwidth_bytes_per_s=1e12, multiprocessors=100, display_active=False,
    )  # fmt: skip


def changes(found) -> list[dict]:
    return [one.change for one in found]


def changed(card: ModelCard, shape: Shape, change: dict) -> tuple[ModelCard, Shape]:
    change = dict(change)
    precision = change.pop("precision", None)
    return (card if precision is None else as_precision(card, precision)), replace(shape, **change)


def test_each_single_change_that_is_enough() -> None:
    """Llama 3.1 8B with 16 GiB of cache on 32 GiB."""
    found = ways_to_fit(cards.llama_3_8b(), card_of(32), SHAPE, precisions=PRECISIONS)
    by_code = {one.reason.code: one for one in found}
    assert set(by_code) == {"smaller_kv", "fewer_at_once", "shorter_context", "other_precision", "more_cards"}
    assert by_code["smaller_kv"].change == {"kv_format": "fp8"}
    assert by_code["fewer_at_once"].change == {"concurrency": 3}
    assert by_code["other_precision"].change == {"precision": "fp8"}
    assert by_code["more_cards"].change == {"gpus": 2}
    assert 0 < by_code["shorter_context"].change["context_tokens"] < 32_768
    for one in found:
        assert one.reason.facts == {**one.change, "total_bytes": one.total_bytes}


def test_the_next_precision_where_the_first_is_not_enough() -> None:
    found = ways_to_fit(cards.llama_3_8b(), card_of(12), replace(SHAPE, context_tokens=8192), precisions=PRECISIONS)
    assert changes(found) == [{"precision": "nvfp4"}, {"gpus": 2}]


def test_two_changes_only_where_one_is_not_enough() -> None:
    found = ways_to_fit(cards.llama_3_8b(), card_of(12), SHAPE, precisions=PRECISIONS, cards=())
    assert found
    assert all(len(change) == 2 and "precision" in change for change in changes(found))


def test_only_what_runs_is_offered() -> None:
    found = ways_to_fit(cards.llama_3_8b(), card_of(32), SHAPE, precisions=(), kv_formats=(), cards=())
    assert [sorted(change) for change in changes(found)] == [["concurrency"], ["context_tokens"]]
    llama = replace(SHAPE, runtime=Runtime.LLAMA_CPP, kv_format="f16")
    assert {"kv_format": "q8_0"} in changes(ways_to_fit(cards.llama_3_8b(), card_of(32), llama, precisions=()))


def test_nothing_helps_a_card_far_too_small() -> None:
    assert ways_to_fit(cards.gpt_oss_120b(), card_of(4), SHAPE, precisions=PRECISIONS) == ()


@given(
    st.sampled_from([cards.llama_3_8b(), cards.gemma_3_27b(), cards.command_r_35b()]),
    st.integers(6, 100),
    st.integers(1024, 131_072),
    st.integers(1, 8),
)
def test_every_way_fits_with_the_bill_it_names(card, gib, context_tokens, concurrency) -> None:
    gpu = card_of(gib)
    shape = replace(SHAPE, context_tokens=context_tokens, concurrency=concurrency)
    for one in ways_to_fit(card, gpu, shape, precisions=PRECISIONS):
        other, smaller = changed(card, shape, one.change)
        bill = make_bill(other, gpu, smaller)
        assert (
            (bill.total_bytes, verdict_of(bill, other))
            == (one.total_bytes, Verdict.FITS)
            == (
                one.total_bytes,
                one.verdict,
            )
        )
        assert smaller.context_tokens >= min(LEAST_CONTEXT, context_tokens)
