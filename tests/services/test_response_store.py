"""What is kept of responses: for how long, how much, and for whom."""

import pytest

from engineroom.domain.errors import Code, Rejected
from engineroom.services.response_store import KeptResponse, ResponseStore
from fakes.hand_clock import HandClock


def kept(number: int, *, after: int | None = None, owner: str | None = None, size_bytes: int = 10) -> KeptResponse:
    return KeptResponse(
        owner=owner,
        previous_id=None if after is None else f"resp_{after}",
        items=[{"role": "user", "content": f"question {number}"}],
        response={"id": f"resp_{number}", "output": [{"type": "message", "content": f"answer {number}"}]},
        size_bytes=size_bytes,
    )


def is_gone(store: ResponseStore, number: int, owner: str | None = None) -> bool:
    try:
        store.response(f"resp_{number}", owner)
    except Rejected as error:
        return error.code == Code.RESPONSE_NOT_FOUND
    return False


def test_a_history_is_every_turn_in_order() -> None:
    store = ResponseStore(clock=HandClock())
    store.put(kept(1))
    store.put(kept(2, after=1))
    store.put(kept(3, after=1))
    said = [item["content"] for item in store.history("resp_2", None)]
    assert said == ["question 1", "answer 1", "question 2", "answer 2"]


def test_a_history_with_a_hole_is_none() -> None:
    store = ResponseStore(clock=HandClock())
    store.put(kept(1))
    store.put(kept(2, after=1))
    store.delete("resp_1", None)
    with pytest.raises(Rejected):
        store.history("resp_2", None)


def test_another_key_sees_nothing_and_deletes_nothing() -> None:
    store = ResponseStore(clock=HandClock())
    store.put(kept(1, owner="key_a"))
    assert is_gone(store, 1, None)
    assert is_gone(store, 1, "key_b")
    with pytest.raises(Rejected):
        store.delete("resp_1", "key_b")
    assert not is_gone(store, 1, "key_a")


def test_an_hour_after_its_last_use_it_is_gone() -> None:
    clock = HandClock()
    store = ResponseStore(clock=clock, ttl_s=3600)
    store.put(kept(1))
    store.put(kept(2))
    clock.advance(3000)
    assert not is_gone(store, 1)
    clock.advance(1000)
    assert is_gone(store, 2)
    assert not is_gone(store, 1)
    assert store.size_bytes == 10


def test_the_least_used_goes_first_when_there_is_no_room() -> None:
    store = ResponseStore(clock=HandClock(), max_bytes=30)
    for number in (1, 2, 3):
        store.put(kept(number))
    assert not is_gone(store, 1)
    store.put(kept(4))
    assert [is_gone(store, number) for number in (1, 2, 3, 4)] == [False, True, False, False]
    store.put(kept(5, size_bytes=31))
    assert [is_gone(store, number) for number in (1, 3, 4, 5)] == [True] * 4
    assert store.size_bytes == 0


def test_a_response_put_twice_is_kept_once() -> None:
    store = ResponseStore(clock=HandClock())
    store.put(kept(1))
    store.put(kept(1, size_bytes=4))
    assert store.size_bytes == 4
