"""``/v1``: requests go to the engine of their model, and its bytes come back unchanged."""

import asyncio
import re
from collections.abc import Awaitable

import msgspec
from msgspec import UNSET

from engineroom.domain.dialects.fields import wrong
from engineroom.domain.dialects.legacy import with_both_names, with_reasoning_content, with_tools
from engineroom.domain.dialects.text_logprobs import TextLogprobs
from engineroom.domain.errors import Broken, Code, Problem, Rejected
from engineroom.domain.mould import Mould
from engineroom.domain.notes import Note
from engineroom.domain.several_answers import SeveralMeter, folded
from engineroom.domain.stream_meter import StreamMeter
from engineroom.gateway.asgi import Receive, Scope, Send
from engineroom.gateway.aside import aside
from engineroom.gateway.asked import Usual, Wanted, asked, dropped_of, is_given, numbers_of, several_in
from engineroom.gateway.call import KEEP_ALIVE_S, Call
from engineroom.gateway.problems import encode, of_engine_midstream, status_of
from engineroom.gateway.reply import Endpoint
from engineroom.gateway.shaped import COMPLETIONS
from engineroom.gateway.short_way import short_way
from engineroom.services.ports import Exchange

_DONE = b"[DONE]"
_AN_ERROR, _A_BARE_ERROR = b'{"error":', b'"error"'
# Inside of texts quotes are escaped. TensorRT-LLM does not wrap its errors as OpenAI does.
_ERROR = re.compile(rb'^(?:data|error): ?(?P<error>\{"(?:error":|object": ?"error").*)$', re.MULTILINE)
_REASONING = re.compile(rb'"reasoning"\s*:\s*"')


class Forwarder(Endpoint):
    """ASGI endpoint that forwards one route of the OpenAI API."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await _Call(self, scope, receive, send).run()


class _Call(Call):
    """One request, forwarded."""

    _withhold_usage = False
    _fault: bytes | None = None
    _probabilities: TextLogprobs | None = None
    _several: SeveralMeter | None = None
    _ticking: asyncio.TimerHandle | None = None
    _showing: asyncio.Task[None] | None = None

    def _understand(self, body: bytes) -> bytes:
        body, wanted = asked(body, self._owner.route)
        self._streaming = bool(wanted.stream)
        if wanted.model is None:
            raise Rejected(Code.INVALID_REQUEST, reason="'model' is missing; GET /v1/models lists the ids")
        self._named(wanted.model)
        usage = wanted.stream_options is not None and bool(wanted.stream_options.include_usage)
        self._withhold_usage = not usage
        old_names = self._judge(wanted, usage=usage)
        if self._several is not None and not self._streaming:
            body = msgspec.json.encode({**msgspec.json.decode(body), "stream": True})
        if (self._streaming and not usage) or self._several is not None:
            body = _with_usage(body, has_options=b'"stream_options"' in body)
        if not old_names and not _REASONING.search(body):
            return body
        return msgspec.json.encode(with_reasoning_content(with_tools(msgspec.json.decode(body))))

    def _judge(self, wanted: Wanted | Usual, *, usage: bool) -> bool:
        """Refuse what cannot be honoured, and tell of what means nothing here. Raises Rejected.

        True where tools are asked for under their old names.
        """
        own_words, several = self._own_words, False
        if isinstance(wanted, Usual):
            answers = wanted.answers
        else:
            answers = int(numbers_of(wanted, self._owner.route).get("n") or 1)
            dropped = dropped_of(wanted, self._owner.route, own_words=own_words)
            if dropped and not own_words:
                self._note(Note.IGNORED.format(names=", ".join(dropped)))
            if self._owner.route == COMPLETIONS and is_given(wanted.logprobs):
                self._probabilities = TextLogprobs()
            several = several_in(wanted.prompt)
        if own_words:
            if several and self._streaming:
                self._several = SeveralMeter(tell=usage, answers=answers, by_prompt=True)
        elif answers > 1 or several:
            self._demand_slots(answers)
            self._several = SeveralMeter(tell=usage or not self._streaming, answers=answers)
        return isinstance(wanted, Wanted) and wanted.functions is not UNSET

    def _demand_slots(self, answers: int) -> None:
        """Raise Rejected where an engine has not as many slots as it is to give answers, before one is loaded."""
        slots = self._owner.engines.view(self._model).slots
        if slots is not None and answers > slots:
            wanted = f"{slots} or less, and is {answers}: this engine answers {slots} requests at once"
            raise wrong("n", f"{wanted}. Ask for the others after these, or give it more slots in the settings")

    async def _keep_alive(self) -> None:
        await self._show(b": the engine is loading\n\n")

    async def _show(self, comment: bytes) -> None:
        await self._start_stream()
        await self._write(comment)

    async def _relay(self, exchange: Exchange) -> None:
        """A client that streams is shown every second, until the first token, that we are still at it."""
        if not self._streaming:
            await super()._relay(exchange)
            return
        self._tick_later()
        try:
            await super()._relay(exchange)
        finally:
            if self._ticking is not None:
                self._ticking.cancel()
            if self._showing is not None:
                await asyncio.wait({self._showing})

    def _tick_later(self) -> None:
        # A timer and no task: most answers begin before it is due.
        self._ticking = asyncio.get_running_loop().call_later(KEEP_ALIVE_S, self._tick)

    def _tick(self) -> None:
        if self._meter is None or self._meter.first_token_at_s is None:
            if self._showing is None or self._showing.done():
                self._showing = aside(self._show(b": the engine is at work\n\n"), request=self._id)
            self._tick_later()

    async def _relay_stream(self, exchange: Exchange) -> None:
        meter = self._meter = self._several or StreamMeter(withhold_usage=self._withhold_usage)
        if not self._streaming:
            await self._relay_folded(exchange, meter)
            return
        await self._start_stream()
        if notes := self._said():
            await self._write(b": x-engineroom-notes: " + notes + b"\n\n")

        end, shape = b"", self._probabilities or self._called
        as_it_is = shape is None and self._fitted is None and self._several is None
        mould = Mould()

        def sink(block: bytes) -> Awaitable[None] | None:
            nonlocal end
            data = self._before_fault(self._known(self._tally.metered(meter, block)), exchange)
            end = data or end
            if shape is not None:
                data = shape.events(data)
            rest = self._pass_on(data) if data else None
            if as_it_is and data is block:
                mould.learn(block, meter.token_events)
            return rest

        try:
            await exchange.pour(sink, short_way(mould, meter, self._line, self._tally.now_s) if as_it_is else None)
        except ConnectionError:
            if self._fault is None:
                raise
        self._usage = meter.usage
        rest = meter.rest()
        self._demand_end(end[-32:] + rest)
        await self._send({"type": "http.response.body", "body": rest})

    def _before_fault(self, data: bytes, exchange: Exchange) -> bytes:
        """Whole events, up to one with which the engine says that it has failed; nothing is read after that."""
        odd = _AN_ERROR in data or (self._fitted is not None and _A_BARE_ERROR in data)
        if odd and (found := _ERROR.search(data)):
            self._fault, data = found["error"], data[: found.start()]
            exchange.abort()
        return data

    def _known(self, data: bytes) -> bytes:
        """Whole events, or a whole answer, under the names that clients know."""
        return with_both_names(data if self._fitted is None else self._fitted.answer(data, self._model))

    async def _relay_folded(self, exchange: Exchange, meter: StreamMeter) -> None:
        """Several answers in one piece, which the engine streams so that the tokens of each are known."""
        data = b"".join([self._tally.metered(meter, block) async for block in exchange.blocks()]) + meter.rest()
        found = _ERROR.search(data)
        self._fault = None if found is None else found["error"]
        self._usage = meter.usage
        self._demand_end(data[-32:])
        await self._send_answer(200, "application/json", folded(data, meter))

    def _demand_end(self, end: bytes) -> None:
        """Raise EngineroomError if the engine failed in the middle.

        Some engines just fall silent then, and a client would take what came for the whole answer.
        """
        if self._fault is not None:
            problem = of_engine_midstream(500, self._fault, model=self._model, request_id=self._id)
            error = Rejected if status_of(problem) < 500 else Broken
            raise error(Code(problem.code), **problem.facts)
        if _DONE not in end:
            raise Broken(Code.ENGINE_UNREACHABLE, model=self._model)

    async def _relay_whole(self, exchange: Exchange, status: int, headers: dict[str, str]) -> None:
        if self._started:
            raise Broken(Code.INTERNAL, request_id=self._id)  # a stream was asked for, and has begun
        kind = headers.get("content-type", "application/json")
        await self._send_answer(status, kind, await self._collected(exchange))

    async def _send_answer(self, status: int, kind: str, body: bytes) -> None:
        body = self._known(body)
        if (shape := self._probabilities or self._called) is not None:
            body = shape.whole(body)
        await self._send_whole(status, kind, body)

    async def _break_off(self, problem: Problem) -> None:
        await self._send({"type": "http.response.body", "body": b"data: " + encode(problem) + b"\n\n"})


def _with_usage(body: bytes, *, has_options: bool) -> bytes:
    """The same request, asking the engine to end its stream with the token counts."""
    if has_options:
        tree = msgspec.json.decode(body)
        tree["stream_options"] = {**(tree.get("stream_options") or {}), "include_usage": True}
        return msgspec.json.encode(tree)
    brace = body.index(b"{") + 1
    comma = b"" if body[brace:].lstrip()[:1] == b"}" else b","
    return body[:brace] + b'"stream_options":{"include_usage":true}' + comma + body[brace:]
