"""``/v1``: requests go to the engine of their model, and its bytes come back unchanged."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable

import msgspec
import structlog

from engineroom.domain.errors import Broken, Code, EngineroomError, Problem, Rejected
from engineroom.domain.stream_meter import StreamMeter, Usage, usage_of
from engineroom.domain.usage import Outcome, RequestView
from engineroom.gateway.asgi import ClientGone, Receive, Scope, Send, begin, disconnected, read_body, send_problem
from engineroom.gateway.auth import caller_of
from engineroom.gateway.body_rules import Steering, cleared
from engineroom.gateway.problems import encode, of_engine, public, status_of
from engineroom.services.accounting import Accounting
from engineroom.services.engines import EngineRoom
from engineroom.services.ports import Clock, Exchange, NotSent, Upstream
from engineroom.services.traffic import TrafficMonitor

KEEP_ALIVE_S = 1.0
TRIES = 20
TRY_AGAIN_S = 0.1
_STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"x-accel-buffering", b"no"),
]
_log = structlog.get_logger("gateway")
_MAX_ENGINE_ERROR_BYTES = 64 * 1024


class _StreamOptions(msgspec.Struct):
    include_usage: bool | None = None


class _Wanted(Steering):
    """The few fields we look at; the engine is the authority on all others."""

    model: str | None = None
    stream: bool | None = None
    stream_options: _StreamOptions | None = None


class Forwarder:
    """ASGI endpoint that forwards one route of the OpenAI API.

    Args:
        route: path at the gateway and at the engine.
        accounting: told of tokens as they come and of every request once it is over.
    """

    def __init__(
        self,
        *,
        route: str,
        engines: EngineRoom,
        traffic: TrafficMonitor,
        clock: Clock,
        accounting: Accounting,
    ) -> None:
        self.route = route
        self.engines = engines
        self.traffic = traffic
        self.clock = clock
        self.accounting = accounting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await _Call(self, scope, receive, send).run()


class _Call:
    """One request on its way."""

    def __init__(self, owner: Forwarder, scope: Scope, receive: Receive, send: Send) -> None:
        self._owner = owner
        self._scope = scope
        self._receive = receive
        self._send = send
        self._caller = caller_of(scope)
        self._id: str = scope.get("state", {}).get("request_id") or f"req-{secrets.token_hex(8)}"
        self._began_s = owner.clock.monotonic_s()
        self._model = "unknown"
        self._streaming = False
        self._started = False
        self._status = 0
        self._outcome = Outcome.OK
        self._meter: StreamMeter | None = None
        self._usage: Usage | None = None
        self._gone: asyncio.Future[None] | None = None

    async def run(self) -> None:
        self._owner.traffic.active += 1
        try:
            await self._answer()
        except ClientGone:
            self._outcome, self._status = Outcome.CANCELLED, self._status or 499
        except asyncio.CancelledError:
            self._outcome, self._status = Outcome.CANCELLED, self._status or 499
            raise
        except EngineroomError as error:
            self._outcome = Outcome.REJECTED if isinstance(error, Rejected) else Outcome.FAILED
            await self._refuse(public(error.problem, self._model))
        except Exception:  # noqa: BLE001 (the request boundary)
            self._outcome = Outcome.FAILED
            _log.exception("request_failed", request=self._id, path=self._owner.route)
            await self._refuse(Problem(code=Code.INTERNAL, facts={"request_id": self._id}))
        finally:
            self._owner.traffic.active -= 1
            if self._gone is not None:
                self._gone.cancel()
            self._owner.accounting.finished(self._record())

    async def _answer(self) -> None:
        body = await read_body(self._scope, self._receive)
        body, wanted = _parse(body)
        self._streaming = bool(wanted.stream)
        if wanted.model is None:
            raise Rejected(Code.INVALID_REQUEST, reason="'model' is missing; GET /v1/models lists the ids")
        self._gone = asyncio.ensure_future(disconnected(self._receive))
        self._model = self._owner.engines.resolve(wanted.model).id
        self._caller.demand(self._model)
        asked = wanted.stream_options is not None and bool(wanted.stream_options.include_usage)
        if self._streaming and not asked:
            body = _with_usage(body, has_options=b'"stream_options"' in body)
        for tries_left in reversed(range(TRIES)):
            try:
                await self._ask(body, withhold_usage=not asked)
            except NotSent as error:
                # The engine has just died, and its actor will know in a moment; then this waits for the next one.
                if not tries_left:
                    raise Broken(Code.ENGINE_UNREACHABLE, model=self._model) from error
                await asyncio.wait({self._gone}, timeout=TRY_AGAIN_S)
            else:
                return

    async def _ask(self, body: bytes, *, withhold_usage: bool) -> None:
        assert self._gone is not None
        upstream = await self._engine(self._model)
        on_cpu = self._owner.engines.view(self._model).device == "CPU"
        self._owner.accounting.begin(self._id, on_cpu=on_cpu)
        exchange = upstream.exchange("POST", self._owner.route, body)
        self._gone.add_done_callback(lambda _: exchange.abort())
        try:
            await self._relay(exchange, withhold_usage=withhold_usage)
        except ConnectionError as error:
            if self._gone.done():
                raise ClientGone from error
            if isinstance(error, NotSent):
                raise
            raise Broken(Code.ENGINE_UNREACHABLE, model=self._model) from error
        finally:
            exchange.abort()

    async def _engine(self, model: str) -> Upstream:
        """Wait for the engine; a client that streams is told every second that we are still at it."""
        assert self._gone is not None
        finding = asyncio.ensure_future(self._owner.engines.upstream(model))
        self._owner.traffic.waiting += 1
        try:
            while not finding.done():
                both: set[asyncio.Future[object]] = {finding, self._gone}  # type: ignore[arg-type]
                await asyncio.wait(both, timeout=KEEP_ALIVE_S, return_when=asyncio.FIRST_COMPLETED)
                if self._gone.done():
                    raise ClientGone
                if not finding.done() and self._streaming:
                    await self._start_stream()
                    await self._write(b": the engine is loading\n\n")
            return finding.result()
        finally:
            self._owner.traffic.waiting -= 1
            finding.cancel()

    async def _relay(self, exchange: Exchange, *, withhold_usage: bool) -> None:
        status, headers = await exchange.head()
        if status >= 400:
            await self._relay_error(exchange, status)
        elif headers.get("content-type", "").startswith("text/event-stream"):
            await self._relay_stream(exchange, withhold_usage=withhold_usage)
        else:
            await self._relay_whole(exchange, status, headers)

    async def _relay_stream(self, exchange: Exchange, *, withhold_usage: bool) -> None:
        clock, accounting = self._owner.clock, self._owner.accounting
        meter = self._meter = StreamMeter(withhold_usage=withhold_usage)
        await self._start_stream()

        def sink(block: bytes) -> Awaitable[None] | None:
            seen = meter.token_events
            data = meter.feed(block, clock.monotonic_s())
            if meter.token_events != seen:
                accounting.tokens(self._id, meter.token_events - seen)
            return begin(self._write(data)) if data else None

        await exchange.pour(sink)
        self._usage = meter.usage
        await self._send({"type": "http.response.body", "body": meter.rest()})

    async def _relay_whole(self, exchange: Exchange, status: int, headers: dict[str, str]) -> None:
        blocks = [block async for block in exchange.blocks()]
        body = b"".join(blocks)
        self._usage = usage_of(body)
        if self._usage is not None and self._usage.completion_tokens:
            rate = self._usage.decode_tokens_per_s
            took_s = self._usage.completion_tokens / rate if rate else 0.0
            self._owner.accounting.tokens(self._id, self._usage.completion_tokens, over_s=took_s)
        await self._start(
            status,
            [
                (b"content-type", headers.get("content-type", "application/json").encode("latin-1")),
                (b"content-length", str(len(body)).encode()),
            ],
        )
        await self._send({"type": "http.response.body", "body": body})

    async def _relay_error(self, exchange: Exchange, status: int) -> None:
        body = b""
        async for block in exchange.blocks():
            body = (body + block)[:_MAX_ENGINE_ERROR_BYTES]
        problem = of_engine(status, body, model=self._model, request_id=self._id)
        error = Rejected if status_of(problem) < 500 else Broken
        if error is Broken:
            said = body[:500].decode("utf-8", "replace")
            _log.warning("engine_error", request=self._id, model=self._model, status=status, said=said)
        raise error(Code(problem.code), **problem.facts)

    async def _refuse(self, problem: Problem) -> None:
        """An error answer; in the middle of a stream, the form at which the SDKs raise."""
        with contextlib.suppress(ClientGone):
            if not self._started:
                self._status = status_of(problem)
                await send_problem(self._send, problem, request_id=self._id)
            else:
                await self._send({"type": "http.response.body", "body": b"data: " + encode(problem) + b"\n\n"})

    async def _start_stream(self) -> None:
        if not self._started:
            await self._start(200, _STREAM_HEADERS)

    async def _start(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        self._started = True
        self._status = status
        headers = [*headers, (b"x-request-id", self._id.encode())]
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    async def _write(self, data: bytes) -> None:
        await self._send({"type": "http.response.body", "body": data, "more_body": True})

    def _record(self) -> RequestView:
        now_s = self._owner.clock.monotonic_s()
        meter, usage = self._meter, self._usage
        first_s = None if meter is None else meter.first_token_at_s
        rate = None if usage is None else usage.decode_tokens_per_s
        tokens = None if usage is None else usage.completion_tokens
        if tokens is None and meter is not None:
            tokens = meter.token_events
        return RequestView(
            request_id=self._id,
            model_id=self._model,
            route=self._owner.route,
            outcome=self._outcome,
            status=self._status,
            finished_at_s=self._owner.clock.unix_s(),
            seconds=now_s - self._began_s,
            ttft_s=None if first_s is None else first_s - self._began_s,
            tokens_per_s=meter.tokens_per_s if meter is not None else rate,
            prompt_tokens=None if usage is None else usage.prompt_tokens,
            completion_tokens=tokens,
            key_id=self._caller.key_id,
            key_name=self._caller.key_name,
        )


def _parse(body: bytes) -> tuple[bytes, _Wanted]:
    try:
        # The decoder skips over fields it does not want, without looking at their text.
        body.decode()
        wanted = msgspec.json.decode(body, type=_Wanted)
        return cleared(body, wanted), wanted
    except msgspec.ValidationError as error:
        raise Rejected(Code.INVALID_REQUEST, reason=str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Rejected(Code.INVALID_JSON, reason=str(error)) from error


def _with_usage(body: bytes, *, has_options: bool) -> bytes:
    """The same request, asking the engine to end its stream with the token counts."""
    if has_options:
        tree = msgspec.json.decode(body)
        tree["stream_options"] = {**(tree.get("stream_options") or {}), "include_usage": True}
        return msgspec.json.encode(tree)
    brace = body.index(b"{") + 1
    comma = b"" if body[brace:].lstrip()[:1] == b"}" else b","
    return body[:brace] + b'"stream_options":{"include_usage":true}' + comma + body[brace:]
