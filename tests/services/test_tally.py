"""The tokens of a stream are told of now and then, and all of them in the end."""

from typing import Any

import pytest

from engineroom.domain.stream_meter import StreamMeter
from engineroom.services.accounting import TELL_EVERY_S, Tally
from fakes.hand_clock import HandClock

TOKEN = b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n'


class Told:
    """Takes the place of the accounts."""

    def __init__(self) -> None:
        self.counts: list[int] = []

    def tokens(self, request_id: str, count: int) -> None:
        """So many."""
        assert request_id == "req-1"
        self.counts.append(count)


@pytest.fixture
def told() -> Told:
    return Told()


def tally_of(told: Any, clock: HandClock) -> Tally:
    return Tally(told, "req-1", clock)


def test_the_first_is_told_at_once_the_others_together_and_none_is_lost(told: Told) -> None:
    clock, meter = HandClock(), StreamMeter(withhold_usage=True)
    tally = tally_of(told, clock)
    for _ in range(7):
        assert tally.metered(meter, TOKEN) == TOKEN
        clock.advance(0.4 * TELL_EVERY_S)
    assert told.counts == [1, 3, 3]
    tally.metered(meter, TOKEN + TOKEN)
    tally.close()
    assert told.counts == [1, 3, 3, 2]


def test_a_second_stream_of_the_same_request_begins_anew(told: Told) -> None:
    tally = tally_of(told, HandClock())
    first, second = StreamMeter(withhold_usage=True), StreamMeter(withhold_usage=True)
    tally.metered(first, TOKEN)
    tally.metered(first, TOKEN)
    tally.metered(second, TOKEN)
    tally.metered(second, TOKEN)
    tally.close()
    assert told.counts == [1, 1, 1, 1]


def test_without_a_stream_nothing_is_told(told: Told) -> None:
    tally_of(told, HandClock()).close()
    assert told.counts == []
