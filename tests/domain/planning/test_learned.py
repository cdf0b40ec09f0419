"""Self-correction: the next bill expects what was measured, and its bars shrink with every run."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.planning import model_cards as cards
from engineroom.domain.model_card.values import Origin
from engineroom.domain.planning.bill import make_bill
from engineroom.domain.planning.learned import MOST_FACTOR, Corrections, Run, corrected, corrections_from, run_of
from engineroom.domain.planning.values import Bill, Gpu, Runtime, Shape, Term, TermKind

GIB = 2**30
CARD = Gpu(
    name="card", compute_capability=(12, 0), memory_total_bytes=24 * GIB, usable_bytes=24 * GIB,
    bandwidth_bytes_per_s=1e12, multiprocessors=100, display_active=False,
)  # fmt: skip
SHAPE = Shape(runtime=Runtime.TENSORRT_LLM, kv_format="bf16", context_tokens=8192)


def bill_with(corrections: Corrections, shape: Shape = SHAPE) -> Bill:
    return make_bill(cards.llama_3_8b(), CARD, shape, corrections=corrections)


def term(bill: Bill, kind: TermKind) -> Term:
    return next(one for one in bill.terms if one.kind is kind)


def runs(*weights: float) -> list[Run]:
    plain = bill_with(Corrections())
    expected = plain.expected(TermKind.WEIGHTS)
    return [run_of(plain, {TermKind.WEIGHTS: round(expected * factor)}) for factor in weights]


def test_nothing_learned_changes_nothing() -> None:
    assert corrections_from([]) == Corrections()
    assert Corrections().runs == 0
    assert bill_with(corrections_from([])) == bill_with(Corrections())


def test_the_next_bill_expects_the_mean() -> None:
    learned = corrections_from(runs(1.02, 1.04))
    before, after = (term(bill_with(one), TermKind.WEIGHTS) for one in (Corrections(), learned))
    assert after.expected_bytes == pytest.approx(before.expected_bytes * 1.03, rel=1e-6)
    assert (before.origin, after.origin) == (Origin.HEADERS, Origin.LEARNED)
    assert learned.runs == 2


def test_equal_runs_shrink_the_bar() -> None:
    bars = []
    for count in (0, 1, 3, 8):
        one = term(bill_with(corrections_from(runs(*[1.01] * count))), TermKind.WEIGHTS)
        bars.append(one.high_bytes - one.low_bytes)
    assert bars == sorted(bars, reverse=True)
    assert bars[-1] == pytest.approx(bars[0] * 1.01 / 3, rel=0.01)


def test_runs_that_disagree_widen_it() -> None:
    agreeing, scattered = (
        term(bill_with(corrections_from(one)), TermKind.WEIGHTS) for one in (runs(1.0, 1.0), runs(0.9, 1.1))
    )
    assert agreeing.expected_bytes == pytest.approx(scattered.expected_bytes, rel=1e-6)
    assert scattered.high_bytes - scattered.low_bytes > 4 * (agreeing.high_bytes - agreeing.low_bytes)


def test_lines_that_no_log_tells_apart_are_corrected_together() -> None:
    """TensorRT-LLM's "dynamic" memory is activations, logits and workspaces."""
    plain = bill_with(Corrections())
    group = (TermKind.ACTIVATIONS, TermKind.LOGITS, TermKind.WORKSPACES)
    learned = corrections_from([run_of(plain, {TermKind.ACTIVATIONS: 2 * plain.expected(*group)})])
    for kind in group:
        assert bill_with(learned).expected(kind) == pytest.approx(2 * plain.expected(kind), abs=2)
    assert bill_with(learned).expected(TermKind.CUDA_CONTEXT) == plain.expected(TermKind.CUDA_CONTEXT)


def test_what_was_learned_at_one_context_serves_at_another() -> None:
    plain = bill_with(Corrections())
    learned = corrections_from([run_of(plain, {TermKind.KV: round(1.1 * plain.expected(TermKind.KV))})])
    longer = replace(SHAPE, context_tokens=16_384)
    assert bill_with(learned, longer).expected(TermKind.KV) == pytest.approx(1.1 * 16_384 * 131_072, rel=1e-6)
    assert bill_with(learned).kv_tokens_max < plain.kv_tokens_max


def test_an_absurd_measurement_is_cut_off() -> None:
    learned = corrections_from(runs(1000.0))
    known = learned.of(TermKind.WEIGHTS)
    assert known is not None
    assert known.factor == MOST_FACTOR
    assert corrections_from([Run(predicted={}, measured={TermKind.STATE: GIB})]) == Corrections()


@given(st.lists(st.floats(0.5, 2.0), min_size=1, max_size=6))
def test_bounds_stay_in_order(factors: list[float]) -> None:
    for one in bill_with(corrections_from(runs(*factors))).terms:
        assert 0 <= one.low_bytes <= one.expected_bytes <= one.high_bytes


@given(
    st.lists(st.integers(0, 2**45), min_size=3, max_size=3).map(sorted),
    st.lists(st.tuples(st.integers(1, 2**45), st.integers(1, 2**45)), min_size=1, max_size=20),
)
def test_whatever_was_measured_bounds_stay_in_order(bounds: list[int], seen: list[tuple[int, int]]) -> None:
    kind = TermKind.KV
    low, expected, high = bounds
    line = Term(kind=kind, low_bytes=low, expected_bytes=expected, high_bytes=high, origin=Origin.FORMULA)
    learned = corrections_from(Run(predicted={kind: one}, measured={kind: other}) for one, other in seen)
    after = corrected(line, learned)
    assert 0 <= after.low_bytes <= after.expected_bytes <= after.high_bytes
    assert learned.runs == len(seen)
