"""How a rank makes tokens: the text it is given, word by word, or what a llama.cpp server answers."""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import Any

from tensorrt_llm._double import log
from tensorrt_llm._double.scenario import Scenario

UNFILLED = (
    "maxBatchSizeStatic", "maxBatchSizeTunerRecommended", "maxBatchSizeRuntime", "maxNumTokensStatic",
    "maxNumTokensTunerRecommended", "maxNumTokensRuntime", "cpuMemUsage", "pinnedMemUsage", "numNewActiveRequests",
    "numCompletedRequests",
)  # fmt: skip


def tokens_of(text: str) -> list[str]:
    """The pieces that count as tokens: words with the white space before them."""
    return re.findall(r"\s*\S+", text) or ([text] if text else [])


class Generator:
    """Serves one connection to the server until it says quit; when the server just dies, it stays."""

    def __init__(self, line: socket.socket, plan: Scenario, facts: dict[str, Any]) -> None:
        self._line, self._plan, self._facts = line, plan, facts
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._iteration = 0
        self._served = 0
        self._running = self._queued = 0
        self._room = asyncio.Semaphore(facts["max_batch_size"])

    async def serve(self) -> None:
        """Take messages until the end."""
        self._line.setblocking(False)
        reader, self._writer = await asyncio.open_connection(sock=self._line.dup())
        while row := await reader.readline():
            message = json.loads(row)
            if message["type"] == "quit":
                if self._plan.ignores_stop:
                    continue
                await asyncio.sleep(self._plan.stop_s)
                return
            if message["type"] == "abort":
                if task := self._tasks.pop(message["id"], None):
                    task.cancel()
            else:
                self._tasks[message["id"]] = asyncio.create_task(self._answer(message))
        await asyncio.Event().wait()

    async def _answer(self, message: dict[str, Any]) -> None:
        self._served += 1
        if self._plan.run_fault is not None and self._served > self._plan.after_requests:
            await self._fault(self._plan.run_fault)
        self._queued += 1
        try:
            await self._room.acquire()
        finally:
            self._queued -= 1
        self._running += 1
        try:
            await self._make(message)
        finally:
            self._running -= 1
            self._room.release()

    async def _make(self, message: dict[str, Any]) -> None:
        """The tokens of one request that is scheduled."""
        await asyncio.sleep(self._plan.first_token_s)
        count = 0
        async for piece in self._pieces(message):
            if count == message["max_tokens"]:
                break
            count += 1
            self._iterate()
            await self._send({"type": "token", "id": message["id"], "text": piece, "stat": self._record()})
        reason = "length" if count >= message["max_tokens"] else "stop"
        await self._send({"type": "done", "id": message["id"], "tokens": count, "reason": reason})
        self._tasks.pop(message["id"], None)

    async def _fault(self, kind: str) -> None:
        if kind == "worker_dies":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "loop_crash":
            log.python("Executor loop crashed on this rank; hard-killing all 1 ranks in 5s", "E", module="py_executor")
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "hang":
            await asyncio.Event().wait()
        await self._send({"type": "fatal", "kind": kind})

    async def _pieces(self, message: dict[str, Any]) -> AsyncIterator[str]:
        if self._plan.llama_url and message.get("chat"):
            rows = _llama(self._plan.llama_url, message)
            while (piece := await asyncio.to_thread(next, rows, None)) is not None:
                yield piece
            return
        pause_s = 1 / self._plan.tokens_per_s
        due_s = time.monotonic()
        for piece in message["pieces"]:
            due_s += pause_s
            if (wait_s := due_s - time.monotonic()) > 0:
                await asyncio.sleep(wait_s)
            yield piece

    def _iterate(self) -> None:
        self._iteration += 1
        if self._facts["print_iter_log"]:
            now = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
            log.python(
                f"iter = {self._iteration}, global_rank = 0, rank = 0, currank_total_requests = 0/0, "
                f"host_step_time = 2.1ms, prev_device_step_time = 2.0ms, timestamp = {now}, num_scheduled_requests: "
                f"{len(self._tasks)}, states = {{'num_ctx_requests': 0, 'num_ctx_tokens': 0, "
                f"'num_generation_tokens': {len(self._tasks)}}}",
                module="py_executor",
            )

    def _record(self) -> dict[str, Any]:
        """One record of ``/metrics`` (reference 2.4)."""
        blocks, active = self._facts["kv_blocks"], self._running
        used = min(blocks, active * 2)
        zeros = dict.fromkeys(UNFILLED, 0)
        return zeros | {
            "timestamp": datetime.now().astimezone().strftime("%m-%d-%Y %H:%M:%S.%f"),
            "iter": self._iteration, "iterLatencyMS": round(1000 / self._plan.tokens_per_s, 3),
            "newActiveRequestsQueueLatencyMS": 0.0, "numActiveRequests": active,
            "numQueuedRequests": self._queued, "maxNumActiveRequests": self._facts["max_batch_size"],
            "gpuMemUsage": self._plan.iteration_bytes_used or self._facts["gpu_bytes"],
            "kvCacheStats": {"maxNumBlocks": blocks, "freeNumBlocks": blocks - used, "usedNumBlocks": used,
                             "tokensPerBlock": 32, "allocTotalBlocks": used, "allocNewBlocks": used,
                             "reusedBlocks": 0, "missedBlocks": used, "cacheHitRate": 0.0},
            "staticBatchingStats": {"numScheduledRequests": 0, "numContextRequests": 0, "numCtxTokens": 0,
                                    "numGenTokens": 0, "emptyGenSlots": 0},
            "inflightBatchingStats": {"numScheduledRequests": active, "numContextRequests": 0,
                                      "numGenRequests": active, "numPausedRequests": 0, "numCtxTokens": 0,
                                      "microBatchId": 0, "avgNumDecodedTokensPerIter": 0.0},
            "specDecodingStats": None,
            **self._request_stats(active),
        }  # fmt: skip

    def _request_stats(self, active: int) -> dict[str, Any]:
        asked = self._facts["request_stats"]
        return {"requestStats": [_request_stat(number) for number in range(active)]} if asked else {}

    async def _send(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(ConnectionError):
            self._writer.write(json.dumps(message).encode() + b"\n")
            await self._writer.drain()


def _request_stat(number: int) -> dict[str, Any]:
    """One request in a record, where ``enable_iter_req_stats`` asks for them (2.4)."""
    blocks = ("allocTotalBlocksPerRequest", "allocNewBlocksPerRequest", "reusedBlocksPerRequest",
              "missedBlocksPerRequest")  # fmt: skip
    return {
        "id": number, "stage": "GENERATION_IN_PROGRESS", "contextPrefillPosition": 0, "numGeneratedTokens": 1,
        "avgNumDecodedTokensPerIter": 1.0, "scheduled": True, "paused": False, "disServingStats": None,
        **dict.fromkeys(blocks, 0), "kvCacheHitRatePerRequest": 0.0,
    }  # fmt: skip


def _llama(url: str, message: dict[str, Any]) -> Iterator[str]:
    """Pieces of a real answer, from a server with the OpenAI API at ``url``."""
    body = {"model": message.get("model") or "any", "messages": message["chat"], "stream": True,
            "max_tokens": message["max_tokens"], "temperature": 0}  # fmt: skip
    asked = urllib.request.Request(
        f"{url.rstrip('/')}/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=120) as answer:
        for row in answer:
            if row.startswith(b"data: {"):
                choices = json.loads(row[6:]).get("choices") or [{}]
                if piece := choices[0].get("delta", {}).get("content"):
                    yield piece
