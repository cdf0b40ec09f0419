"""``/v1``: requests go to the engine of their model, and its bytes come back unchanged."""

from collections.abc import Awaitable

import msgspec

from engineroom.domain.errors import Code, Problem, Rejected
from engineroom.domain.stream_meter import StreamMeter
from engineroom.gateway.asgi import Receive, Scope, Send, begin
from engineroom.gateway.body_rules import Steering, cleared
from engineroom.gateway.call import Call, Endpoint
from engineroom.gateway.problems import encode
from engineroom.services.ports import Exchange


class _StreamOptions(msgspec.Struct):
    include_usage: bool | None = None


class _Wanted(Steering):
    """The few fields we look at; the engine is the authority on all others."""

    model: str | None = None
    stream: bool | None = None
    stream_options: _StreamOptions | None = None


class Forwarder(Endpoint):
    """ASGI endpoint that forwards one route of the OpenAI API."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await _Call(self, scope, receive, send).run()


class _Call(Call):
    """One request, forwarded."""

    _withhold_usage = False

    def _understand(self, body: bytes) -> bytes:
        body, wanted = _parse(body)
        self._streaming = bool(wanted.stream)
        if wanted.model is None:
            raise Rejected(Code.INVALID_REQUEST, reason="'model' is missing; GET /v1/models lists the ids")
        self._model = self._owner.engines.resolve(wanted.model).id
        self._caller.demand(self._model)
        asked = wanted.stream_options is not None and bool(wanted.stream_options.include_usage)
        self._withhold_usage = not asked
        if self._streaming and not asked:
            body = _with_usage(body, has_options=b'"stream_options"' in body)
        return body

    async def _keep_alive(self) -> None:
        await self._start_stream()
        await self._write(b": the engine is loading\n\n")

    async def _relay_stream(self, exchange: Exchange) -> None:
        meter = self._meter = StreamMeter(withhold_usage=self._withhold_usage)
        await self._start_stream()

        def sink(block: bytes) -> Awaitable[None] | None:
            data = self._metered(meter, block)
            return begin(self._write(data)) if data else None

        await exchange.pour(sink)
        self._usage = meter.usage
        await self._send({"type": "http.response.body", "body": meter.rest()})

    async def _relay_whole(self, exchange: Exchange, status: int, headers: dict[str, str]) -> None:
        body = await self._collected(exchange)
        await self._send_whole(status, headers.get("content-type", "application/json"), body)

    async def _break_off(self, problem: Problem) -> None:
        await self._send({"type": "http.response.body", "body": b"data: " + encode(problem) + b"\n\n"})


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
