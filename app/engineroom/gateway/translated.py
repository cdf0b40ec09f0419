"""APIs that are answered by way of chat completions: the request is translated once, the answer chunk by chunk."""

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec

from engineroom.domain.dialects.chunks import Untranslatable, as_chunk
from engineroom.domain.dialects.sse import EventReader
from engineroom.domain.errors import Broken, Code, Problem, Rejected
from engineroom.domain.stream_meter import StreamMeter
from engineroom.gateway.aside import aside
from engineroom.gateway.body_rules import unreadable
from engineroom.gateway.call import KEEP_ALIVE_S, Call
from engineroom.gateway.problems import of_engine_midstream, status_of
from engineroom.services.event_log import EventLog
from engineroom.services.ports import Exchange

LATER_KEEP_ALIVE_S = 5.0
"""After ten seconds of silence; what keeps a client alive in this API carries the whole response object."""

_EAGER_FOR_S = 10.0
_log = EventLog("gateway")

Json = dict[str, Any]


class Answer(Protocol):
    """An answer in another API while it comes; see the classes of ``domain.dialects``."""

    @property
    def stopped(self) -> bool:
        """Whether the engine need not go on."""

    def begin(self) -> list[Json]:
        """Events that open a stream."""

    def keep_alive(self) -> list[Json]:
        """Events that say nothing."""

    def feed(self, chunk: Mapping[str, Any]) -> list[Json]:
        """Events of one chunk."""

    def finish(self) -> list[Json]:
        """Events that close a stream."""

    def whole(self) -> Json:
        """The answer as one object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request understood.

    ``engine_streams`` is whether the engine has to stream; ``answer`` makes the answer of a model (by id).
    """

    model: str
    streaming: bool
    engine_streams: bool
    chat: Json
    notes: tuple[str, ...]
    answer: Callable[[str], Answer]


class TranslatedCall(Call):
    """One request of another API on its way."""

    opens_early = True
    """Whether the opening events may be sent before the engine has the request."""

    _machine: Answer
    _begun = False
    _fault: Problem | None = None
    _heard_at_s = 0.0
    _written_at_s = 0.0
    _writing = 0

    @abstractmethod
    def _read(self, tree: Json) -> Asked:
        """Understand the body. Raises Rejected."""

    @abstractmethod
    def _failure(self, problem: Problem) -> list[Json]:
        """Events that end a stream in the middle."""

    def _done(self) -> None:
        """The answer is complete."""

    def _encoded(self, events: list[Json]) -> bytes:
        """Events as this API writes them."""
        return as_events(events)

    def _understand(self, body: bytes) -> bytes:
        asked = self._read(tree_of(body))
        self._named(asked.model)
        self._streaming = asked.streaming
        self._machine = asked.answer(self._model)
        for note in asked.notes:
            self._note(note)
        chat = {"model": self._model, **asked.chat}
        if asked.engine_streams:
            chat |= {"stream": True, "stream_options": {"include_usage": True}}
        return msgspec.json.encode(chat)

    async def _ask(self, body: bytes) -> None:
        self._heard_at_s = self._owner.clock.monotonic_s()
        ticking = aside(self._tick(), request=self._id) if self._streaming else None
        try:
            await super()._ask(body)
        finally:
            if ticking is not None:
                ticking.cancel()

    async def _tick(self) -> None:
        """Keep the client alive while nothing comes, be it from a prompt that takes minutes to read."""
        clock = self._owner.clock
        while True:
            await asyncio.sleep(KEEP_ALIVE_S)
            now_s = clock.monotonic_s()
            pause_s = KEEP_ALIVE_S if now_s - self._heard_at_s < _EAGER_FOR_S else LATER_KEEP_ALIVE_S
            if now_s - self._written_at_s > pause_s * 0.9 and not self._writing:
                await self._keep_alive()

    async def _keep_alive(self) -> None:
        if self._owner.clock.monotonic_s() - self._written_at_s < KEEP_ALIVE_S * 0.5:
            return
        if self.opens_early and not self._begun:
            await self._begin()
        else:
            await self._start_stream()
            await self._write(self._encoded(self._machine.keep_alive()))

    async def _begin(self) -> None:
        await self._start_stream()
        if not self._begun:
            self._begun = True
            await self._write(self._encoded(self._machine.begin()))

    async def _relay_stream(self, exchange: Exchange) -> None:
        assert self._gone is not None
        meter = self._meter = StreamMeter(withhold_usage=False)
        reader = EventReader()
        if self._streaming:
            await self._begin()

        def sink(block: bytes) -> Awaitable[None] | None:
            self._tally.metered(meter, block)
            self._heard_at_s = self._owner.clock.monotonic_s()
            data = self._translate(reader, block)
            if self._fault is not None or self._machine.stopped:
                exchange.abort()
            return self._pass_on(data) if data and self._streaming else None

        try:
            await exchange.pour(sink)
        except ConnectionError:
            if self._gone.done() or (self._fault is None and not self._machine.stopped):
                raise
        self._usage = meter.usage
        await self._end()

    async def _relay_whole(self, exchange: Exchange, _status: int, _headers: dict[str, str]) -> None:
        body = await self._collected(exchange)
        try:
            tree = tree_of(body)
            events = self._machine.feed(as_chunk(tree if self._called is None else self._called.answer(tree)))
        except (Rejected, Untranslatable) as error:
            raise self._unreadable(error) from error
        if self._streaming:
            await self._begin()
            await self._write(self._encoded(events))
        await self._end()

    def _translate(self, reader: EventReader, block: bytes) -> bytes:
        """Events of a block, encoded. What cannot be translated is remembered: a sink must not raise."""
        out: list[bytes] = []
        try:
            for data in reader.feed(block):
                if data == b"[DONE]":
                    continue
                chunk = msgspec.json.decode(data)
                if isinstance(chunk, dict) and not chunk.get("error") and chunk.get("object") != "error":
                    chunk = chunk if self._called is None else self._called.chunk(chunk)
                    out.append(self._encoded(self._machine.feed(chunk)))
                elif isinstance(chunk, dict):
                    self._fault = of_engine_midstream(_code(chunk), data, model=self._model, request_id=self._id)
                    break
        except (Untranslatable, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._fault = self._unreadable(error).problem
        return b"".join(out)

    async def _end(self) -> None:
        if self._fault is not None:
            error = Rejected if status_of(self._fault) < 500 else Broken
            raise error(Code(self._fault.code), **self._fault.facts)
        try:
            events = self._machine.finish()
            whole = None if self._streaming else msgspec.json.encode(self._machine.whole())
        except Untranslatable as error:
            raise self._unreadable(error) from error
        self._done()
        if whole is None:
            await self._send({"type": "http.response.body", "body": self._encoded(events)})
        else:
            await self._send_whole(200, "application/json", whole)

    def _unreadable(self, error: Exception) -> Broken:
        _log.warning("engine_answer", request=self._id, model=self._model, reason=str(error)[:200])
        return Broken(Code.INTERNAL, request_id=self._id)

    async def _break_off(self, problem: Problem) -> None:
        if self.opens_early:
            await self._begin()
        await self._send({"type": "http.response.body", "body": self._encoded(self._failure(problem))})

    def _pass_on(self, data: bytes) -> Awaitable[None] | None:
        self._written_at_s = self._owner.clock.monotonic_s()
        return super()._pass_on(data)

    async def _write(self, data: bytes) -> None:
        self._written_at_s = self._owner.clock.monotonic_s()
        self._writing += 1
        try:
            await super()._write(data)
        finally:
            self._writing -= 1


def tree_of(body: bytes) -> Json:
    """A body as an object. Raises Rejected (``invalid_json``, ``invalid_request``)."""
    try:
        tree = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise unreadable(body, error) from error
    if not isinstance(tree, dict):
        raise Rejected(Code.INVALID_REQUEST, reason="the body must be an object")
    return tree


def as_events(events: list[Json]) -> bytes:
    """Events as they go over the wire."""
    return b"".join([as_event(event) for event in events])


def as_event(event: Json) -> bytes:
    """One event, named by its type."""
    kind: str = event["type"]
    return b"event: " + kind.encode() + b"\ndata: " + msgspec.json.encode(event) + b"\n\n"


def _code(chunk: Json) -> int:
    error = chunk.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and 400 <= code < 600 else 500
