"""``/v1/embeddings`` and ``/v1/rerank``: models that write no text."""

from abc import abstractmethod
from typing import Any

import msgspec

from engineroom.domain.dialects.chunks import Json, Untranslatable
from engineroom.domain.dialects.embeddings import (
    EmbeddingsRequest,
    RankingRequest,
    embeddings_answer,
    ranking_answer,
    read_embeddings,
    read_ranking,
)
from engineroom.domain.errors import Broken, Code
from engineroom.domain.traits import Task
from engineroom.gateway.asgi import App, Receive, Scope, Send
from engineroom.gateway.call import Call
from engineroom.gateway.reply import Endpoint
from engineroom.gateway.translated import tree_of
from engineroom.services.ports import Exchange


class EmbeddingsEndpoint(Endpoint):
    """ASGI endpoint of ``POST /v1/embeddings``."""

    task = Task.EMBEDDINGS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await _EmbeddingsCall(self, scope, receive, send).run()


class RankingEndpoint(Endpoint):
    """ASGI endpoint of ``POST /v1/rerank``."""

    task = Task.RANKING

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await _RankingCall(self, scope, receive, send).run()


class WholeCall(Call):
    """A request that is answered by one object, made from the engine's."""

    @abstractmethod
    def _made(self, tree: Json) -> Json:
        """The answer out of the engine's. Raises Untranslatable or Rejected."""

    async def _relay_whole(self, exchange: Exchange, _status: int, _headers: dict[str, str]) -> None:
        body = await self._collected(exchange)
        try:
            answer = self._made(tree_of(body))
        except Untranslatable as error:
            raise Broken(Code.INTERNAL, request_id=self._id) from error
        await self._send_whole(200, "application/json", msgspec.json.encode(answer))


class _EmbeddingsCall(WholeCall):
    _request: EmbeddingsRequest

    def _understand(self, body: bytes) -> bytes:
        request = self._request = read_embeddings(tree_of(body))
        self._named(request.model)
        return msgspec.json.encode({"model": self._model, **request.engine_body})

    def _made(self, tree: Json) -> Json:
        return embeddings_answer(self._request, tree, model=self._model)


class _RankingCall(WholeCall):
    _request: RankingRequest

    def _understand(self, body: bytes) -> bytes:
        request = self._request = read_ranking(tree_of(body))
        self._named(request.model)
        return msgspec.json.encode({"model": self._model, **request.engine_body})

    def _made(self, tree: Json) -> Json:
        return ranking_answer(self._request, tree, model=self._model)


def vector_routes(common: dict[str, Any]) -> dict[str, App]:
    """The two routes; ``/rerank`` and ``/v2/rerank`` are not ours."""
    embeddings, rerank = "/v1/embeddings", "/v1/rerank"
    return {
        embeddings: EmbeddingsEndpoint(route=embeddings, engine_route=embeddings, **common),
        rerank: RankingEndpoint(route=rerank, engine_route=rerank, **common),
    }
