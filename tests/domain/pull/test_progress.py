"""How far it is, as it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engineroom.domain.pull.progress import PullMeter


def meter(total: int = 1000, done: int = 0) -> PullMeter:
    return PullMeter(total_bytes=total, done_bytes=done, now_s=100.0)


def test_a_steady_pull() -> None:
    shown = meter()
    assert (shown.bytes_per_s, shown.eta_s, shown.done_bytes) == (None, None, 0)
    for tick in range(1, 11):
        shown.see(10 * tick, 100.0 + tick)
    assert shown.bytes_per_s == pytest.approx(10)
    assert shown.eta_s == pytest.approx(90)
    shown.see(1000, 120.0)
    assert (shown.done_bytes, shown.eta_s) == (1000, 0)


def test_the_end_does_not_move_away_when_it_slows_down() -> None:
    shown = meter(10_000)
    for tick in range(1, 21):
        shown.see(100 * tick, 100.0 + tick)
    before = shown.eta_s
    for tick in range(1, 10):
        shown.see(2000 + tick, 120.0 + tick)
    assert shown.bytes_per_s is not None
    assert shown.bytes_per_s < 20
    assert shown.eta_s == before


def test_no_end_is_in_sight_when_nothing_comes() -> None:
    shown = meter()
    for tick in range(1, 6):
        shown.see(10 * tick, 100.0 + tick)
    for tick in range(6, 13):
        shown.see(50, 100.0 + tick)
    assert shown.eta_s is None
    assert shown.done_bytes == 50


def test_a_file_thrown_away_does_not_turn_it_back() -> None:
    shown = meter()
    shown.see(600, 110.0)
    shown.see(100, 111.0)
    assert (shown.done_bytes, shown.bytes_per_s) == (600, pytest.approx(100 / 11))


@given(st.lists(st.tuples(st.integers(-50, 400), st.floats(0.01, 4.0)), max_size=60))
def test_what_is_shown_never_goes_back(steps: list[tuple[int, float]]) -> None:
    shown = meter(5000)
    done, now_s = 0, 100.0
    last_done, last_eta = 0, None
    for step, passed_s in steps:
        done, now_s = max(0, min(5000, done + step)), now_s + passed_s
        shown.see(done, now_s)
        assert last_done <= shown.done_bytes <= 5000
        if last_eta is not None and shown.eta_s is not None:
            assert shown.eta_s <= last_eta
        assert shown.bytes_per_s is None or shown.bytes_per_s >= 0
        last_done, last_eta = shown.done_bytes, shown.eta_s
