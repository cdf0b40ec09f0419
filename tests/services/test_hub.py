"""What slow readers get."""

import asyncio

import pytest

from engineroom.services.hub import Hub, Message, Policy, Subscription, Topic

LATEST = Topic("latest", Policy.LATEST)
LOG = Topic("log", Policy.DROP_OLDEST, 3)
STATE = Topic("state", Policy.NEVER_DROP, 3)


async def read_all(reader: Subscription) -> list[Message]:
    return [message for batch in [batch async for batch in reader.batches(idle_s=60)] for message in batch]


async def closed(hub: Hub, reader: Subscription) -> list[tuple[str, object, int]]:
    """Everything a reader still gets once the hub has closed."""
    hub.close()
    return [(message.topic.name, message.payload, message.dropped) for message in await read_all(reader)]


@pytest.fixture
def hub() -> Hub:
    return Hub()


async def test_messages_come_in_order(hub: Hub) -> None:
    reader = hub.subscribe()
    hub.publish(STATE, 1)
    hub.publish(LOG, "a")
    hub.publish(STATE, 2)
    hub.publish(LATEST, "t")
    assert await closed(hub, reader) == [("state", 1, 0), ("log", "a", 0), ("state", 2, 0), ("latest", "t", 0)]


async def test_the_latest_replaces_what_was_not_read(hub: Hub) -> None:
    reader = hub.subscribe()
    for number in range(100):
        hub.publish(LATEST, number)
    hub.publish(STATE, "s")
    assert await closed(hub, reader) == [("latest", 99, 0), ("state", "s", 0)]


async def test_the_oldest_are_dropped_and_counted(hub: Hub) -> None:
    """Up to the limit nothing is lost; beyond it the reader learns how much."""
    reader = hub.subscribe()
    for number in range(3):
        hub.publish(LOG, number)
    batches = reader.batches(idle_s=60)
    assert [(m.payload, m.dropped) for m in await anext(batches)] == [(0, 0), (1, 0), (2, 0)]
    for number in range(10):
        hub.publish(LOG, number)
    assert [(m.payload, m.dropped) for m in await anext(batches)] == [(7, 7), (8, 0), (9, 0)]
    hub.publish(LOG, "after")
    assert [(m.payload, m.dropped) for m in await anext(batches)] == [("after", 0)]
    await batches.aclose()


async def test_a_reader_too_slow_for_states_is_cut_off(hub: Hub) -> None:
    """It gets what it was promised, in order and without a gap, and then the end."""
    slow, quick = hub.subscribe(), hub.subscribe()
    quick_batches = quick.batches(idle_s=60)
    seen = []
    for number in range(10):
        hub.publish(STATE, number)
        seen += [message.payload for message in await anext(quick_batches)]
    assert [message.payload for message in await read_all(slow)] == [0, 1, 2]
    assert seen == list(range(10))
    await quick_batches.aclose()


async def test_topics_do_not_crowd_each_other_out(hub: Hub) -> None:
    reader = hub.subscribe()
    hub.publish(STATE, "kept")
    for number in range(1000):
        hub.publish(LOG, number)
        hub.publish(LATEST, number)
    got = await closed(hub, reader)
    assert got[0] == ("state", "kept", 0)
    assert sorted(name for name, _, _ in got) == ["latest", "log", "log", "log", "state"]


async def test_closing_ends_those_who_wait_and_those_who_come_later(hub: Hub) -> None:
    waiting = asyncio.create_task(read_all(hub.subscribe()))
    await asyncio.sleep(0)
    hub.close()
    assert await waiting == []
    assert await read_all(hub.subscribe()) == []


async def test_nothing_to_say_is_an_empty_batch(hub: Hub) -> None:
    """So that a stream can send a sign of life."""
    reader = hub.subscribe()
    batches = reader.batches(idle_s=0.01)
    assert await anext(batches) == []
    hub.publish(STATE, 1)
    assert [message.payload for message in await anext(batches)] == [1]
    await batches.aclose()


async def test_a_reader_that_left_hears_nothing(hub: Hub) -> None:
    reader = hub.subscribe()
    assert hub.readers == 1
    hub.unsubscribe(reader)
    hub.unsubscribe(reader)
    assert hub.readers == 0
    hub.publish(STATE, 1)
    reader.close()
    assert await read_all(reader) == []


async def test_what_was_said_before_is_not_heard(hub: Hub) -> None:
    hub.publish(STATE, "old")
    reader = hub.subscribe()
    hub.publish(STATE, "new")
    assert await closed(hub, reader) == [("state", "new", 0)]
