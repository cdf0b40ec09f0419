"""Those who wait are all answered, and those who have left do no harm."""

import asyncio

import pytest

from engineroom.adapters.upstream import EngineUpstream
from engineroom.domain.errors import Broken, Code, Problem
from engineroom.services.ports import Upstream
from engineroom.services.waiting_room import WaitingRoom

PROBLEM = Problem(code=Code.ENGINE_CRASHED, facts={"ended_with": "SIGSEGV", "line": None})


def futures(count: int) -> list[asyncio.Future[Upstream]]:
    return [asyncio.get_running_loop().create_future() for _ in range(count)]


async def test_all_are_answered_when_it_is_ready() -> None:
    room, upstream, replies = WaitingRoom(), EngineUpstream(port=1, key="k"), futures(3)
    for reply in replies:
        room.wait_ready(reply)
    replies[1].cancel()
    room.ready(upstream)
    room.ready(upstream)
    assert [reply.result() for reply in (replies[0], replies[2])] == [upstream, upstream]
    assert replies[1].cancelled()


async def test_all_are_refused_with_the_cause() -> None:
    room, replies = WaitingRoom(), futures(3)
    for reply in replies:
        room.wait_ready(reply)
    replies[0].cancel()
    room.refused(PROBLEM)
    room.refused(PROBLEM)
    for reply in replies[1:]:
        with pytest.raises(Broken) as caught:
            reply.result()
        assert caught.value.problem == PROBLEM


async def test_those_who_wait_for_the_stop_are_told_apart() -> None:
    room = WaitingRoom()
    (ready,) = futures(1)
    stopped: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    left: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    room.wait_ready(ready)
    room.wait_stopped(stopped)
    room.wait_stopped(left)
    left.cancel()
    room.stopped()
    assert stopped.done()
    assert not ready.done()
