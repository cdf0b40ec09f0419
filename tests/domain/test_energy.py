"""Joules from counters and power readings, and the shares of requests."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engineroom.domain.energy import MAX_GAP_S, EnergyCounter, EnergySpan, IdlePower, share_out

joules = st.floats(0, 1e6)
seconds = st.floats(0.01, 100)


def test_a_counter_gives_the_difference() -> None:
    counter = EnergyCounter()
    assert counter.add(1.0, energy_j=100.0, power_w=50.0) is None
    assert counter.add(3.0, energy_j=180.0, power_w=999.0) == EnergySpan(seconds=2.0, joules=80.0, estimated=False)


def test_a_missed_reading_loses_nothing() -> None:
    counter = EnergyCounter()
    counter.add(1.0, energy_j=100.0, power_w=None)
    assert counter.add(2.0, energy_j=None, power_w=None) is None
    assert counter.add(60.0, energy_j=400.0, power_w=None) == EnergySpan(seconds=59.0, joules=300.0, estimated=False)


def test_a_reset_counter_loses_one_span_and_never_gives_negative_energy() -> None:
    counter = EnergyCounter()
    counter.add(1.0, energy_j=1e6, power_w=None)
    assert counter.add(2.0, energy_j=5.0, power_w=None) is None
    assert counter.add(3.0, energy_j=9.0, power_w=None) == EnergySpan(seconds=1.0, joules=4.0, estimated=False)


def test_without_a_counter_power_is_integrated_and_called_an_estimate() -> None:
    counter = EnergyCounter()
    assert counter.add(1.0, energy_j=None, power_w=100.0) is None
    assert counter.add(2.0, energy_j=None, power_w=200.0) == EnergySpan(seconds=1.0, joules=150.0, estimated=True)


def test_a_gap_in_power_readings_is_absent_not_zero() -> None:
    counter = EnergyCounter()
    counter.add(1.0, energy_j=None, power_w=100.0)
    assert counter.add(1.0 + MAX_GAP_S + 0.1, energy_j=None, power_w=100.0) is None
    counter.add(10.0, energy_j=None, power_w=None)
    assert counter.add(11.0, energy_j=None, power_w=100.0) is None


def test_nothing_reported_is_no_energy() -> None:
    counter = EnergyCounter()
    assert [counter.add(float(at), energy_j=None, power_w=None) for at in range(5)] == [None] * 5


@pytest.mark.parametrize(
    ("power_at", "exact_j"),
    [
        (lambda _: 300.0, 300.0 * 600),
        (lambda t: 50.0 + 400.0 * (t % 60 < 30), (50.0 + 200.0) * 600),
        (lambda t: 250.0 + 200.0 * math.sin(t / 20), 250.0 * 600 + 4000.0 * (1 - math.cos(30.0))),
    ],
    ids=["flat", "square", "sine"],
)
def test_integrated_traces_are_within_one_percent(power_at, exact_j) -> None:
    counter = EnergyCounter()
    spans = [counter.add(at / 4, energy_j=None, power_w=power_at(at / 4)) for at in range(600 * 4 + 1)]
    total = sum(span.joules for span in spans if span is not None)
    assert total == pytest.approx(exact_j, rel=0.01)


@given(
    joules, seconds, st.dictionaries(st.text(max_size=3), st.floats(0, 1e6), min_size=1, max_size=8), st.floats(0, 1e4)
)
def test_shares_and_the_rest_make_up_the_counter(energy, length, tokens, idle_w) -> None:
    """Gross shares sum to the counter; shares above idle plus the idle part do too."""
    span = EnergySpan(seconds=length, joules=energy, estimated=False)
    shares = share_out(span, idle_w=idle_w, tokens=tokens)
    assert set(shares) == set(tokens)
    assert sum(share.gross_j for share in shares.values()) == pytest.approx(energy)
    above = sum(share.above_idle_j for share in shares.values())
    assert above + min(energy, idle_w * length) == pytest.approx(energy)
    assert all(0 <= share.above_idle_j <= share.gross_j + 1e-9 for share in shares.values())


@given(joules, st.integers(1, 50), st.integers(1, 50))
def test_shares_follow_the_tokens(energy, ours, theirs) -> None:
    span = EnergySpan(seconds=1.0, joules=energy, estimated=False)
    shares = share_out(span, idle_w=None, tokens={"a": ours, "b": theirs})
    assert shares["a"].gross_j * theirs == pytest.approx(shares["b"].gross_j * ours)


def test_requests_in_prefill_share_alike() -> None:
    shares = share_out(EnergySpan(seconds=1.0, joules=90.0, estimated=False), idle_w=30.0, tokens={"a": 0, "b": 0})
    assert {(share.gross_j, share.above_idle_j) for share in shares.values()} == {(45.0, 30.0)}


def test_nobody_active_nobody_charged() -> None:
    assert share_out(EnergySpan(seconds=1.0, joules=90.0, estimated=False), idle_w=None, tokens={}) == {}


def test_what_unloading_saves_is_said_once_both_were_measured() -> None:
    idle = IdlePower()
    assert idle.saved_by_unloading_w is None
    for watts in (58.0, 60.0, 300.0):
        idle.add(EnergySpan(seconds=2.0, joules=2 * watts, estimated=False), engine_loaded=True)
    assert (idle.loaded_w, idle.saved_by_unloading_w) == (60.0, None)
    idle.add(EnergySpan(seconds=1.0, joules=20.0, estimated=False), engine_loaded=False)
    assert idle.saved_by_unloading_w == 40.0
