"""Those who look again and again look together."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engineroom.services.beat import beat, until_beat_s


@given(now_s=st.floats(0, 1e6), every_s=st.sampled_from([0.25, 0.5, 1.0, 2.0]))
def test_the_next_beat_is_a_whole_multiple_and_never_the_one_just_heard(now_s: float, every_s: float) -> None:
    left_s = until_beat_s(now_s, every_s)
    assert 0.1 * every_s < left_s <= 1.1 * every_s
    beats = (now_s + left_s) / every_s
    assert beats == pytest.approx(round(beats), abs=1e-6)


async def test_whoever_comes_in_between_waits_for_the_same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    until_s: list[float] = []
    for now_s in (100.0, 100.3, 100.85, 100.95):

        async def sleep(seconds: float, now_s: float = now_s) -> None:
            until_s.append(now_s + seconds)

        with monkeypatch.context() as patch:
            patch.setattr(asyncio, "sleep", sleep)
            patch.setattr(asyncio.get_running_loop(), "time", lambda now_s=now_s: now_s)
            await beat(1.0)
    assert until_s == pytest.approx([101.0, 101.0, 101.0, 102.0])
