"""Claims and fills: whatever streams do, each byte is filled once and none is forgotten."""

import random

from hypothesis import given
from hypothesis import strategies as st

from engineroom.domain.pull.parts import SEGMENT_BYTES, Claim, PartMap


def test_a_claim_is_one_streams_own() -> None:
    parts = PartMap(3 * SEGMENT_BYTES)
    first = parts.claim(SEGMENT_BYTES)
    second = parts.claim(10 * SEGMENT_BYTES)
    assert first == Claim(start=0, stop=SEGMENT_BYTES)
    assert second == Claim(start=SEGMENT_BYTES, stop=3 * SEGMENT_BYTES)
    assert parts.claim(1) is None


def test_a_claim_that_was_cut_goes_on_where_it_stopped() -> None:
    parts = PartMap(2 * SEGMENT_BYTES)
    claim = parts.claim(2 * SEGMENT_BYTES)
    assert claim is not None
    assert list(parts.fill(0, SEGMENT_BYTES + 5)) == [0, 1]
    parts.release(claim)
    assert parts.claim(2 * SEGMENT_BYTES) == Claim(start=SEGMENT_BYTES + 5, stop=2 * SEGMENT_BYTES)


def test_a_claim_ends_where_something_is_here() -> None:
    parts = PartMap(3 * SEGMENT_BYTES, [0, 7, SEGMENT_BYTES])
    assert parts.claim(9 * SEGMENT_BYTES) == Claim(start=0, stop=SEGMENT_BYTES)
    assert parts.claim(9 * SEGMENT_BYTES) == Claim(start=SEGMENT_BYTES + 7, stop=2 * SEGMENT_BYTES)


def test_nothing_to_fetch() -> None:
    assert PartMap(0).whole
    assert PartMap(0).claim(1) is None
    parts = PartMap(5)
    parts.fill(0, 5)
    parts.clear()
    assert parts.claim(9) == Claim(start=0, stop=5)


def test_a_file_is_whole_when_nobody_is_at_it_any_more() -> None:
    """A stream notes what it wrote after its last byte; until then nobody may check, keep and close the file."""
    parts = PartMap(SEGMENT_BYTES + 3)
    first, last = parts.claim(SEGMENT_BYTES), parts.claim(3)
    assert first is not None
    assert last is not None
    for claim in (first, last):
        list(parts.fill(claim.start, claim.stop - claim.start))
    assert parts.done_bytes == parts.total_bytes
    assert not parts.whole
    parts.release(last)
    assert not parts.whole
    parts.release(first)
    assert parts.whole


@given(st.integers(1, 5 * SEGMENT_BYTES), st.integers(0, 2**32), st.integers(1, 6))
def test_streams_that_break_off_anywhere(total: int, seed: int, streams: int) -> None:
    dice = random.Random(seed)
    parts = PartMap(total)
    seen: list[tuple[int, int]] = []
    open_claims: list[Claim] = []
    while parts.done_bytes < total:
        while len(open_claims) < streams and (claim := parts.claim(dice.randrange(1, 2 * SEGMENT_BYTES))) is not None:
            open_claims.append(claim)
        claim = open_claims.pop(dice.randrange(len(open_claims)))
        count = dice.choice((claim.stop - claim.start, dice.randrange(0, claim.stop - claim.start + 1)))
        for _ in parts.fill(claim.start, count):
            pass
        parts.release(claim)
        seen.append((claim.start, claim.start + count))
    covered = 0
    for start, stop in sorted(pair for pair in seen if pair[0] < pair[1]):
        assert start == covered
        covered = stop
    assert covered == parts.done_bytes == total
    assert [parts.filled(n) for n in range(parts.count)] == [parts.size(n) for n in range(parts.count)]
