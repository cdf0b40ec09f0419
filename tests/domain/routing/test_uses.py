"""When an engine will be asked for again, by when it was."""

from collections.abc import Iterable

from domain.routing.kit import SECOND
from engineroom.domain.routing.uses import Uses


def asked(gaps_s: Iterable[float]) -> tuple[Uses, int]:
    """With these gaps between requests, and when the last one was."""
    uses, now = Uses(), 0
    uses.asked(now)
    for gap_s in gaps_s:
        now += int(gap_s * SECOND)
        uses.asked(now)
    return uses, now


def test_before_there_were_two_nothing_is_known() -> None:
    assert Uses().next_ms(5) is None
    uses, now = asked([])
    assert uses.next_ms(now + 5) is None


def test_regular_ones_are_expected_at_their_time() -> None:
    uses, now = asked([10] * 40)
    assert 10 * SECOND <= (uses.next_ms(now) or 0) <= 11 * SECOND
    assert 3 * SECOND <= (uses.next_ms(now + 7 * SECOND) or 0) <= 4 * SECOND
    assert (uses.next_ms(now + 10 * SECOND) or 0) >= 1


def test_regular_ones_may_be_a_little_late() -> None:
    """By twice what they vary by; then they are no longer expected."""
    uses, now = asked([9, 11] * 20)
    assert (uses.next_ms(now + int(10.5 * SECOND)) or 0) <= 2 * SECOND
    assert uses.next_ms(now + 14 * SECOND) == 14 * SECOND


def test_what_was_regular_and_does_not_come_is_not_expected_at_once() -> None:
    uses, now = asked([10] * 40)
    assert uses.next_ms(now + 60 * SECOND) == 60 * SECOND


def test_others_come_as_seldom_as_they_came() -> None:
    """However long ago the last one was, up to that."""
    uses, now = asked([1, 19] * 20)
    soon = uses.next_ms(now) or 0
    assert 8 * SECOND <= soon <= 13 * SECOND
    assert uses.next_ms(now + 6 * SECOND) == soon


def test_what_was_not_asked_for_in_long_will_not_be_for_as_long_again() -> None:
    uses, now = asked([1, 19] * 20)
    assert uses.next_ms(now + 300 * SECOND) == 300 * SECOND


def test_the_mean_follows_and_forgets() -> None:
    uses, now = asked([*[100] * 20, *[5] * 60])
    assert (uses.next_ms(now) or 0) <= 7 * SECOND
