"""One request on its way to the engine of its model and back: waiting, trying again, errors, the account of it."""

import asyncio
import contextlib
from abc import abstractmethod

from engineroom.domain.errors import Broken, Code, EngineroomError, Problem, Rejected
from engineroom.domain.model import ModelSpec
from engineroom.domain.stream_meter import StreamMeter, Usage, usage_of
from engineroom.domain.usage import Outcome, RequestView
from engineroom.gateway.asgi import ClientGone, Receive, Scope, Send, disconnected, send_problem
from engineroom.gateway.auth import caller_of
from engineroom.gateway.prepared import Prepared
from engineroom.gateway.problems import of_engine, public, status_of
from engineroom.gateway.remote_images import received
from engineroom.gateway.reply import Endpoint
from engineroom.services.accounting import Tally
from engineroom.services.event_log import EventLog
from engineroom.services.ports import Exchange, NotSent, Upstream
from engineroom.services.routing.router import Visit

KEEP_ALIVE_S = 1.0
TRIES = 20
TRY_AGAIN_S = 0.1
AGAIN_WITHIN_S = 4.0
_log = EventLog("gateway")
_MAX_ENGINE_ERROR_BYTES = 64 * 1024


class Call(Prepared):
    """One request on its way."""

    def __init__(self, owner: Endpoint, scope: Scope, receive: Receive, send: Send) -> None:
        super().__init__(owner, scope, send)
        self._receive = receive
        self._caller = caller_of(scope)
        self._began_s = owner.clock.monotonic_s()
        self._outcome = Outcome.OK
        self._meter: StreamMeter | None = None
        self._usage: Usage | None = None
        self._visit: Visit | None = None
        self._may_ask_again = True
        self._tally = Tally(owner.accounting, self._id, owner.clock)

    @abstractmethod
    def _understand(self, body: bytes) -> bytes:
        """The engine's request out of the client's; says which model it is for. Raises Rejected."""

    def _named(self, name: str) -> ModelSpec:
        """Note which model the client means, if it may ask it. Raises Rejected (``model_not_found``)."""
        spec = self._spec = self._caller.named(self._owner.engines.resolve, name)
        self._model = spec.id
        return spec

    async def _keep_alive(self) -> None:
        """Show a client that streams that we are still at it."""
        raise NotImplementedError

    async def _relay_stream(self, exchange: Exchange) -> None:
        """Hand on an answer as it comes."""
        raise NotImplementedError

    async def _relay_whole(self, exchange: Exchange, status: int, headers: dict[str, str]) -> None:
        """Hand on an answer in one piece."""
        raise NotImplementedError

    async def _break_off(self, problem: Problem) -> None:
        """End a stream in its middle, in the form at which the official libraries raise."""
        raise NotImplementedError

    async def run(self) -> None:
        """Answer it, whatever happens."""
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
            await self._refuse(self._caller.told(public(error.problem, self._model), self._owner.engines.models()))
        except Exception:  # noqa: BLE001 (the request boundary)
            self._outcome = Outcome.FAILED
            _log.exception("request_failed", request=self._id, path=self._owner.route)
            await self._refuse(Problem(code=Code.INTERNAL, facts={"request_id": self._id}))
        finally:
            self._owner.traffic.active -= 1
            self._tally.close()
            if self._gone is not None:
                self._gone.cancel()
            self._owner.accounting.finished(self._record())

    async def _answer(self) -> None:
        body = await received(self._scope, self._receive, self._owner.images, request_id=self._id)
        body = self._understand(body)
        body = self._suit(body, await self._traits())
        line = self._line
        self._gone = asyncio.ensure_future(disconnected(self._receive)) if line is None else line.gone()
        for tries_left in reversed(range(TRIES)):
            try:
                await self._ask(body)
            except Rejected as error:
                shorter = self._shorter(body, error.problem)
                if shorter is None or not tries_left:
                    raise
                body = shorter
            except NotSent as error:
                # The engine has just died, and its actor will know in a moment; then this waits for the next one.
                # One that broke off before anything of its answer was handed on is asked again, but only once: it may
                # be this very request that it cannot bear.
                if not tries_left:
                    raise Broken(Code.ENGINE_UNREACHABLE, model=self._model) from error
                await asyncio.wait({self._gone}, timeout=TRY_AGAIN_S)
            else:
                return
            finally:
                if self._visit is not None:
                    self._visit.end()

    async def _ask(self, body: bytes) -> None:
        assert self._gone is not None
        upstream = await self._engine(self._model)
        body = await self._ready(upstream, body)
        exchange = upstream.exchange("POST", self._owner.engine_route, body)
        self._gone.add_done_callback(lambda _: exchange.abort())
        try:
            await exchange.begin()
            self._owner.accounting.begin(self._id, on_cpu=self._owner.engines.card(self._model).on_cpu)
            await self._relay(exchange)
        except ConnectionError as error:
            if self._gone.done():
                raise ClientGone from error
            if isinstance(error, NotSent):
                raise
            # A client that hears nothing waits for as long again only if that is not long.
            young = not self._started and self._owner.clock.monotonic_s() - self._began_s < AGAIN_WITHIN_S
            if self._may_ask_again and (self._streaming or young):
                self._may_ask_again = False
                raise NotSent(str(error)) from error
            raise Broken(Code.ENGINE_UNREACHABLE, model=self._model) from error
        finally:
            exchange.abort()

    async def _engine(self, model: str) -> Upstream:
        """Wait for the engine; a client that streams is told every second that we are still at it."""
        assert self._gone is not None
        visit = self._visit = self._owner.visit(model, self._caller, silent=not self._streaming)
        if visit.decided:
            return await visit.upstream()
        finding = asyncio.ensure_future(visit.upstream())
        self._owner.traffic.waiting += 1
        try:
            while not finding.done():
                both: set[asyncio.Future[object]] = {finding, self._gone}  # type: ignore[arg-type]
                await asyncio.wait(both, timeout=KEEP_ALIVE_S, return_when=asyncio.FIRST_COMPLETED)
                if self._gone.done():
                    raise ClientGone
                if not finding.done() and self._streaming:
                    await self._keep_alive()
            return finding.result()
        finally:
            self._owner.traffic.waiting -= 1
            finding.cancel()

    async def _relay(self, exchange: Exchange) -> None:
        status, headers = await exchange.head()
        if status >= 400:
            await self._relay_error(exchange, status)
        elif headers.get("content-type", "").startswith("text/event-stream"):
            self._may_ask_again = False
            await self._relay_stream(exchange)
        else:
            await self._relay_whole(exchange, status, headers)

    async def _collected(self, exchange: Exchange) -> bytes:
        """An answer in one piece, accounted for."""
        body = b"".join([block async for block in exchange.blocks()])
        self._usage = usage_of(body)
        if self._usage is not None and self._usage.completion_tokens:
            rate = self._usage.decode_tokens_per_s
            took_s = self._usage.completion_tokens / rate if rate else 0.0
            self._owner.accounting.tokens(self._id, self._usage.completion_tokens, over_s=took_s)
        return body

    async def _relay_error(self, exchange: Exchange, status: int) -> None:
        body = b""
        async for block in exchange.blocks():
            body = (body + block)[:_MAX_ENGINE_ERROR_BYTES]
        meant = of_engine if self._fitted is None else self._fitted.problem
        problem = meant(status, body, model=self._model, request_id=self._id)
        error = Rejected if status_of(problem) < 500 else Broken
        if error is Broken:
            said = body[:500].decode("utf-8", "replace")
            _log.warning("engine_error", request=self._id, model=self._model, status=status, said=said)
        raise error(Code(problem.code), **problem.facts)

    async def _refuse(self, problem: Problem) -> None:
        with contextlib.suppress(ClientGone):
            if self._started:
                await self._break_off(problem)
            else:
                self._status = status_of(problem)
                await send_problem(self._send, problem, request_id=self._id, path=self._owner.route)

    def _record(self) -> RequestView:
        clock, meter, usage = self._owner.clock, self._meter, self._usage
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
            finished_at_s=clock.unix_s(),
            seconds=clock.monotonic_s() - self._began_s,
            ttft_s=None if first_s is None else first_s - self._began_s,
            tokens_per_s=meter.tokens_per_s if meter is not None else rate,
            prompt_tokens=None if usage is None else usage.prompt_tokens,
            completion_tokens=tokens,
            key_id=self._caller.key_id,
            key_name=self._caller.key_name,
        )
