"""``/v1/responses``: OpenAI's Responses API over chat completions."""

import secrets
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from engineroom.domain.dialects.responses_answer import ResponsesAnswer
from engineroom.domain.dialects.responses_request import ResponsesRequest, previous_of, read_request
from engineroom.domain.errors import Problem
from engineroom.gateway.asgi import Receive, Scope, Send
from engineroom.gateway.auth import caller_of
from engineroom.gateway.contract_route import contract_router
from engineroom.gateway.problems import envelope
from engineroom.gateway.reply import Endpoint
from engineroom.gateway.translated import Asked, Json, TranslatedCall
from engineroom.services.response_store import MAX_ONE_BYTES, KeptResponse, ResponseStore


class ResponsesEndpoint(Endpoint):
    """ASGI endpoint of ``POST /v1/responses``.

    Args:
        store: where responses are kept that a client may go on from.
    """

    def __init__(self, *, store: ResponseStore, **parts: Any) -> None:
        super().__init__(**parts)
        self.store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await _ResponsesCall(self, scope, receive, send).run()


class _ResponsesCall(TranslatedCall):
    _owner: ResponsesEndpoint
    _machine: ResponsesAnswer
    _request: ResponsesRequest

    def _read(self, tree: Json) -> Asked:
        previous = previous_of(tree)
        history = [] if previous is None else self._owner.store.history(previous, self._caller.key_id)
        request = self._request = read_request(tree, history)
        self._trims = self._trims or tree.get("truncation") == "auto"
        clock = self._owner.clock
        return Asked(
            model=request.model,
            streaming=request.streaming,
            engine_streams=request.streaming,
            chat=request.chat,
            notes=request.notes,
            answer=lambda model: ResponsesAnswer(request, model=model, new_id=new_id, unix_s=clock.unix_s),
        )

    def _understand(self, body: bytes) -> bytes:
        chat = super()._understand(body)
        if len(body) > MAX_ONE_BYTES and self._machine.stored:
            self._machine.stored = False
            self._note("not stored: the request is too large")
        return chat

    def _failure(self, problem: Problem) -> list[Json]:
        error = envelope(problem).error
        return self._machine.fail(code=problem.code, kind=error.type, message=error.message)

    def _done(self) -> None:
        if not self._machine.stored:
            return
        response = self._machine.whole()
        items = self._request.items
        kept = KeptResponse(
            owner=self._caller.key_id,
            previous_id=self._request.previous_id,
            items=items,
            response=response,
            size_bytes=len(msgspec.json.encode([items, response])),
        )
        self._owner.store.put(kept)


def new_id(prefix: str) -> str:
    """A fresh id."""
    return f"{prefix}_{secrets.token_hex(16)}"


def responses_router(store: ResponseStore) -> APIRouter:
    """The routes of a response that is kept."""
    router = contract_router(prefix="/v1/responses", tags=["openai"])

    @router.get("/{response}")
    async def kept(response: str, request: Request) -> JSONResponse:
        """A response of the last hour."""
        return JSONResponse(store.response(response, caller_of(request.scope).key_id))

    @router.delete("/{response}")
    async def forget(response: str, request: Request) -> JSONResponse:
        """Forget a response."""
        store.delete(response, caller_of(request.scope).key_id)
        return JSONResponse({"id": response, "object": "response", "deleted": True})

    return router
