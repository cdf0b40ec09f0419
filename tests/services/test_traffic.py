"""Totals and the rate right now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engineroom.domain.usage import Outcome, RequestView, Traffic
from engineroom.services import hub
from engineroom.services.traffic import WINDOW_S, TrafficMonitor
from fakes.hand_clock import HandClock


def request(outcome: Outcome = Outcome.OK, *, prompt: int | None = 3, completion: int | None = 5) -> RequestView:
    return RequestView(
        request_id="r", model_id="m", route="/v1/completions", outcome=outcome, status=200, finished_at_s=0.0,
        seconds=1.0, ttft_s=None, tokens_per_s=None, prompt_tokens=prompt, completion_tokens=completion,
    )  # fmt: skip


@pytest.fixture
def clock() -> HandClock:
    return HandClock(monotonic_s=1000.05)


@pytest.fixture
def monitor(clock: HandClock) -> TrafficMonitor:
    return TrafficMonitor(clock=clock, events=hub.Hub())


def test_nothing_is_zero(monitor: TrafficMonitor) -> None:
    assert monitor.tokens_per_s() == 0.0
    assert monitor.totals.last is None


def test_a_steady_stream_shows_its_rate(monitor: TrafficMonitor, clock: HandClock) -> None:
    for _ in range(100):
        clock.advance(0.1)
        monitor.tokens(5)
    assert monitor.tokens_per_s() == pytest.approx(50.0)


def test_the_rate_falls_to_zero_when_the_stream_ends(monitor: TrafficMonitor, clock: HandClock) -> None:
    monitor.tokens(100)
    rates = []
    for _ in range(30):
        rates.append(monitor.tokens_per_s())
        clock.advance(0.1)
    assert rates == sorted(rates, reverse=True)
    assert rates[0] == 100 / WINDOW_S
    assert rates[-1] == 0.0


def test_an_answer_in_one_piece_is_spread_over_its_time(monitor: TrafficMonitor, clock: HandClock) -> None:
    """A hundred tokens decoded over ten seconds are ten a second, not fifty."""
    clock.advance(10)
    monitor.tokens(100, over_s=10.0)
    assert monitor.tokens_per_s() == pytest.approx(10.0, rel=0.06)
    clock.advance(1.0)
    assert monitor.tokens_per_s() == pytest.approx(5.0, rel=0.12)
    clock.advance(1.1)
    assert monitor.tokens_per_s() == 0.0


def test_a_short_answer_in_one_piece_is_counted_whole(monitor: TrafficMonitor) -> None:
    monitor.tokens(7, over_s=0.01)
    assert monitor.tokens_per_s() == 7 / WINDOW_S


def test_streams_and_whole_answers_add_up(monitor: TrafficMonitor, clock: HandClock) -> None:
    for _ in range(20):
        monitor.tokens(2)
        clock.advance(0.1)
    monitor.tokens(20, over_s=2.0)
    monitor.tokens(1)
    assert monitor.tokens_per_s() == pytest.approx(30.0, rel=0.07)


@given(st.lists(st.tuples(st.integers(0, 50), st.floats(0, 30), st.floats(0, 3)), max_size=30))
def test_the_rate_is_never_more_than_what_came(parts: list[tuple[int, float, float]]) -> None:
    clock = HandClock()
    monitor = TrafficMonitor(clock=clock, events=hub.Hub())
    total = 0
    for count, over_s, pause_s in parts:
        monitor.tokens(count, over_s=over_s)
        total += count
        assert -1e-9 <= monitor.tokens_per_s() <= total / WINDOW_S + 1e-6
        clock.advance(pause_s)
    clock.advance(WINDOW_S + 0.2)
    assert monitor.tokens_per_s() == 0


async def test_totals_count_every_outcome_and_are_published(clock: HandClock) -> None:
    events = hub.Hub()
    monitor = TrafficMonitor(clock=clock, events=events)
    reader = events.subscribe()
    told: list[RequestView] = []
    monitor.follow(told.append)
    for outcome in Outcome:
        monitor.finished(request(outcome))
    last = request(prompt=None, completion=None)
    monitor.finished(last)
    expected = Traffic(
        requests=5, rejected=1, failed=1, cancelled=1, prompt_tokens=12, completion_tokens=20, last=last
    )  # fmt: skip
    assert monitor.totals == expected
    assert told == [*map(request, Outcome), last]
    events.close()
    assert [message.payload async for batch in reader.batches(idle_s=1) for message in batch] == [expected]
