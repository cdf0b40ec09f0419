"""A sign of life that fails is no word of asyncio's in the log: what nobody waits for is looked at all the same."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from engineroom.domain.errors import Broken, Code, Problem
from engineroom.gateway.asgi import ClientGone
from engineroom.gateway.aside import aside
from engineroom.gateway.openai import _Call as ChatCall
from engineroom.gateway.translated import Asked, Json, TranslatedCall
from engineroom.services.event_log import FIELDS

pytestmark = pytest.mark.asyncio


@pytest.fixture
async def unheard() -> AsyncIterator[list[str]]:
    """What asyncio says of exceptions that nobody asked for; nothing is to be there in the end."""
    said: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: said.append(str(context["message"])))
    yield said
    gc.collect()
    await asyncio.sleep(0)
    assert said == []


class Wire:
    """A client whose connection breaks when it is written to, and an engine that speaks no word before that."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.broken = asyncio.Event()

    async def send(self, _message: Any) -> None:
        self.broken.set()
        raise self.error

    async def receive(self) -> Any:
        await asyncio.Event().wait()

    def exchange(self, *_: Any) -> "Wire":
        return self

    async def begin(self) -> None:
        pass

    async def head(self) -> Any:
        await self.broken.wait()
        # The sign of life has failed by now, and its task has ended.
        await asyncio.sleep(0)
        raise ConnectionError("the engine is gone too")

    def abort(self) -> None:
        pass


def owner() -> Any:
    clock = SimpleNamespace(monotonic_s=asyncio.get_running_loop().time, unix_s=lambda: 0.0)
    traffic = SimpleNamespace(waiting=0)
    engines = SimpleNamespace(card=lambda _: SimpleNamespace(on_cpu=True))
    accounting = SimpleNamespace(begin=lambda *_, **__: None, close=lambda *_: None)
    return SimpleNamespace(clock=clock, engines=engines, accounting=accounting, traffic=traffic, engine_route="/x")


class OfChat(ChatCall):
    """A call that has its engine."""

    wire: Wire

    async def _engine(self, _model: str) -> Any:
        return self.wire

    async def _ready(self, _upstream: Any, body: bytes) -> bytes:
        return body


class OfOthers(TranslatedCall):
    """A call that has its engine, of an API that is translated."""

    opens_early = False
    wire: Wire

    _engine = OfChat._engine
    _ready = OfChat._ready

    def _read(self, tree: Json) -> Asked:
        raise NotImplementedError

    def _failure(self, problem: Problem) -> list[Json]:
        raise NotImplementedError


def made(kind: type[Any], wire: Wire) -> Any:
    call = kind(owner(), {"type": "http", "headers": [], "state": {"request_id": "r1"}}, wire.receive, wire.send)
    call.wire, call._streaming, call._gone, call._may_ask_again = wire, True, asyncio.Future(), False
    call._machine = SimpleNamespace(keep_alive=list)
    return call


@pytest.mark.parametrize("kind", [OfChat, OfOthers])
@pytest.mark.parametrize("error", [ConnectionResetError, ClientGone])
async def test_a_sign_of_life_that_nobody_hears_is_no_fault(
    unheard: list[str], kind: type[Any], error: type[Exception]
) -> None:
    wire = Wire(error())
    async with asyncio.timeout(60):
        with pytest.raises(Broken) as caught:
            await made(kind, wire)._ask(b"{}")
    assert wire.broken.is_set()
    assert caught.value.problem.code == Code.ENGINE_UNREACHABLE


@pytest.mark.parametrize("kind", [OfChat, OfOthers])
async def test_one_that_fails_of_something_else_is_in_the_log(
    unheard: list[str], logged_warnings: list[logging.LogRecord], kind: type[Any]
) -> None:
    async with asyncio.timeout(60):
        with pytest.raises(Broken):
            await made(kind, Wire(ValueError("a fault of ours")))._ask(b"{}")
    (record,) = logged_warnings
    assert record.getMessage() == "aside_failed"
    assert getattr(record, FIELDS) == {"request": "r1", "error": "ValueError('a fault of ours')"}


async def test_what_is_done_aside_may_be_called_off(unheard: list[str]) -> None:
    task = aside(asyncio.sleep(1e6), request="r1")
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
