"""The routes (reference 2)."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tensorrt_llm._double import log
from tensorrt_llm._double.completing import Completer
from tensorrt_llm._double.http_server import Request, Response, as_json
from tensorrt_llm._double.measures import Measures
from tensorrt_llm._double.model_folder import Model
from tensorrt_llm._double.pool import Pool
from tensorrt_llm._double.protocol import Refused, schemas
from tensorrt_llm._double.releases import Release
from tensorrt_llm._double.responding import Responder
from tensorrt_llm._double.scenario import Scenario

UNAVAILABLE = "LLM is unavailable. Please check the server logs for more details."
DRAIN_S = 2.0

Route = Callable[[Request], Awaitable[Response]]


class Api:
    """Everything behind the port."""

    def __init__(
        self, chosen: Release, plan: Scenario, args: dict[str, Any], model: Model, pool: Pool, values: dict[str, Any]
    ) -> None:
        self._chosen, self._plan, self._args, self._pool = chosen, plan, args, pool
        place = Path(args["model"])
        self.is_local = place.is_dir()
        self.name = values.get("served_model_name") or (place.name if place.is_dir() else args["model"])
        self._measures = Measures(chosen)
        self._completer = Completer(chosen, plan, args, model, pool, values, self.name, self._measures)
        self._responder = Responder(chosen, self._completer, kept=not args.get("num_postprocess_workers"))
        self._ready = False
        self._routes = self._table()

    def loaded(self, facts: dict[str, Any]) -> None:
        """The model is there."""
        self._completer.facts = facts
        self._ready = True

    def _table(self) -> dict[tuple[str, str], Route]:
        table: dict[tuple[str, str], Route] = {
            ("GET", "/health"): self._health,
            ("GET", "/health_generate"): self._health_generate,
            ("GET", "/version"): self._version,
            ("GET", "/v1/models"): self._models,
            ("GET", "/metrics"): self._metrics,
            ("GET", "/perf_metrics"): self._perf_metrics,
            ("GET", "/steady_clock_offset"): self._clock,
            ("POST", "/steady_clock_offset"): self._clock,
            ("POST", "/kv_cache_events"): self._nothing,
            ("POST", "/v1/completions"): self._completer.completions,
            ("POST", "/v1/chat/completions"): self._completer.chat,
            ("POST", "/v1/responses"): self._responder.create,
            ("GET", "/openapi.json"): self._openapi,
            ("GET", "/docs"): self._docs,
            ("GET", "/redoc"): self._docs,
        }
        if self._args.get("return_perf_metrics"):
            table["GET", "/prometheus/metrics"] = self._prometheus
        return table

    async def handle(self, request: Request) -> Response:
        """The answer to any request."""
        if not self._ready:
            body = {"error": {"message": "Server is starting", "type": "ServiceUnavailableError", "code": "starting"}}
            return as_json(body, 503, **{"x-trtllm-server-state": "starting", "retry-after": "1"})
        route = self._routes.get((request.method, request.path)) or self._stored(request)
        if route is None:
            known = any(path == request.path for _, path in self._routes)
            return as_json({"detail": "Method Not Allowed"}, 405) if known else as_json({"detail": "Not Found"}, 404)
        try:
            return await route(request)
        except Refused as refused:
            return refused.response()

    def _stored(self, request: Request) -> Route | None:
        """Routes with an id in them."""
        if not self._chosen.responses_kept or not request.path.startswith("/v1/responses/"):
            return None
        return {"GET": self._responder.find, "DELETE": self._responder.delete}.get(request.method)

    async def _health(self, request: Request) -> Response:
        """Says what a flag says; the flag knows of a dead worker only after somebody asked it for tokens."""
        if self._pool.crashed and self._chosen.line >= (1, 3):
            self._pool.doing_shutdown = True
        if self._pool.doing_shutdown and self._chosen.health_knows_crash:
            return Response(503, UNAVAILABLE.encode(), "text/plain; charset=utf-8")
        return Response()

    async def _health_generate(self, request: Request) -> Response:
        try:
            async for _ in self._pool.generate({"pieces": ["."], "max_tokens": 1}):
                pass
        except RuntimeError as why:
            return Response(500, f"Generation health check failed: {why}".encode(), "text/plain; charset=utf-8")
        return Response(200, b"Generation health check OK", "text/plain; charset=utf-8")

    async def _version(self, request: Request) -> Response:
        return as_json({"version": self._chosen.version})

    async def _models(self, request: Request) -> Response:
        row = {"id": self.name, "object": "model", "created": int(time.time()), "owned_by": "tensorrt_llm"}
        return as_json({"object": "list", "data": [row]})

    async def _metrics(self, request: Request) -> Response:
        """Drains the queue; slow with records, and standing in everybody's way without (2.4)."""
        wait_s = DRAIN_S * self._plan.time_scale
        if not self._args.get("enable_iter_perf_stats") or self._plan.metrics_empty:
            self._pool.records.clear()
        if not self._pool.records and self._chosen.freezes_on_metrics:
            time.sleep(wait_s)  # noqa: ASYNC251 - the original stops its event loop here
        await asyncio.sleep(wait_s)
        kept = self._pool.records[-int(self._args.get("max_stats_len") or 1000) :]
        self._pool.records.clear()
        return as_json(kept)

    async def _perf_metrics(self, request: Request) -> Response:
        asked = self._args.get("return_perf_metrics") and self._args.get("perf_metrics_max_requests")
        return as_json(self._measures.drain(int(asked or 0)))

    async def _prometheus(self, request: Request) -> Response:
        return Response(200, self._measures.exposition().encode(), "text/plain; version=0.0.4; charset=utf-8")

    async def _clock(self, request: Request) -> Response:
        return as_json({"receive_ts": time.monotonic(), "transmit_ts": time.monotonic()})

    async def _nothing(self, request: Request) -> Response:
        return as_json([])

    async def _openapi(self, request: Request) -> Response:
        paths: dict[str, dict[str, Any]] = {}
        for method, path in self._routes:
            if path not in {"/docs", "/redoc", "/openapi.json", "/prometheus/metrics"}:
                paths.setdefault(path, {})[method.lower()] = {"responses": {"200": {"description": "OK"}}}
        if self._chosen.responses_kept:
            ok = {"responses": {"200": {"description": "OK"}}}
            paths["/v1/responses/{response_id}"] = {"get": ok, "delete": ok}
        described = {"paths": paths, "components": {"schemas": schemas(self._chosen)}}
        return as_json({"openapi": "3.1.0", "info": {"title": "FastAPI", "version": "0.1.0"}, **described})

    async def _docs(self, request: Request) -> Response:
        log.python("documentation asked for", "V")
        return Response(200, b"<!DOCTYPE html><title>FastAPI</title>", "text/html; charset=utf-8")
