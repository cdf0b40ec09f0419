"""The server's side of its workers: starting them, asking them, learning of their end only when it asks."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from tensorrt_llm._double import log
from tensorrt_llm._double.scenario import Scenario

ABORT_GRACE_S = 60.0


class WorkerError(RuntimeError):
    """The start of the workers failed."""


WorkerError.__module__, WorkerError.__qualname__ = "builtins", "RuntimeError"


class Pool:
    """All ranks, through the helper process between."""

    def __init__(self, plan: Scenario, *, tied: bool) -> None:
        self._plan, self._tied = plan, tied
        self._lines: dict[int, asyncio.StreamWriter] = {}
        self._answers: dict[str, asyncio.Queue[dict[str, Any]]] = {}
        self._ready: asyncio.Future[dict[str, Any]] | None = None
        self._helper: asyncio.subprocess.Process | None = None
        self._server: asyncio.Server | None = None
        self._pids: list[int] = []
        self.records: list[dict[str, Any]] = []
        self.crashed = False
        self.doing_shutdown = False

    async def start(self, args: dict[str, Any]) -> dict[str, Any]:
        """Start one worker per rank and wait until all are loaded. Raises WorkerError."""
        ranks = int(args.get("tensor_parallel_size") or 1) * int(args.get("pipeline_parallel_size") or 1)
        address = f"trtllm-double-{uuid.uuid4().hex}"
        self._ready = asyncio.get_running_loop().create_future()
        self._server = await asyncio.start_unix_server(self._connected, "\0" + address, limit=2**24)
        order = {"address": address, "ranks": ranks, "args": args, "tied": self._tied, "parent": os.getpid()}
        self._helper = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tensorrt_llm._double.orted", json.dumps(order, default=str),
            env=os.environ | {"TRTLLM_DOUBLE_RANK": "helper"}, start_new_session=self._plan.worker_session == "own",
        )  # fmt: skip
        ended = asyncio.create_task(self._helper.wait())
        try:
            await asyncio.wait({self._ready, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not self._ready.done():
                raise WorkerError("Executor worker died during initialization")
            return self._ready.result()
        finally:
            ended.cancel()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hello = json.loads(await reader.readline())
        self._lines[hello["rank"]] = writer
        self._pids.append(hello["pid"])
        with contextlib.suppress(ConnectionError):
            while row := await reader.readline():
                self._take(hello["rank"], json.loads(row))
        self._lost()

    def _take(self, rank: int, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "ready" and rank == 0 and not self._ready.done():
            self._ready.set_result(message["facts"])
        elif kind == "error" and not self._ready.done():
            log.python(f"Executor worker initialization error: {message['trace'].rstrip()}", "E", module="proxy")
            self._ready.set_exception(WorkerError("Executor worker returned error"))
        elif kind == "fatal":
            signal.raise_signal(signal.SIGINT)
        elif kind in {"token", "done"}:
            if kind == "token":
                self.records.append(message.pop("stat"))
            if queue := self._answers.get(message["id"]):
                queue.put_nowait(message)

    def _lost(self) -> None:
        """A worker is gone. Nobody is told: the next question notices (reference 2.2)."""
        self.crashed = True
        if not self._ready.done():
            self._ready.set_exception(WorkerError("Executor worker died during initialization"))

    async def generate(self, message: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        """Tokens, then ``done``. Waits for ever when the worker dies meanwhile; the next call raises RuntimeError."""
        if self.crashed:
            self.doing_shutdown = True
            raise RuntimeError("Executor worker is gone")
        number = uuid.uuid4().hex
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._answers[number] = queue
        writer = self._lines[0]
        try:
            writer.write(json.dumps(message | {"type": "generate", "id": number}).encode() + b"\n")
            await writer.drain()
            while True:
                got = await queue.get()
                yield got
                if got["type"] == "done":
                    return
        finally:
            del self._answers[number]
            if not writer.is_closing():
                writer.write(json.dumps({"type": "abort", "id": number}).encode() + b"\n")

    async def stop(self) -> None:
        """Tell all workers to quit, and wait for them without a limit, as the original does."""
        for writer in self._lines.values():
            if not writer.is_closing():
                writer.write(b'{"type":"quit"}\n')
        if self._helper is not None:
            await self._helper.wait()
        self._close()

    async def abort(self) -> None:
        """The end of a failed start: a while of grace, then MPI's abort."""
        if self._helper is not None:
            try:
                await asyncio.wait_for(self._helper.wait(), ABORT_GRACE_S * self._plan.time_scale)
            except TimeoutError:
                log.python("MpiSession shutdown timeout, aborting...", "W", module="mpi_session")
                self.kill()
                await self._helper.wait()
        self._close()

    def kill(self) -> None:
        """What MPI's abort does to all ranks."""
        for pid in [*self._pids, *_children(self._helper.pid if self._helper else 0)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _close(self) -> None:
        if self._server is not None:
            self._server.close()


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    with contextlib.suppress(OSError):
        return [int(child) for child in path.read_text(encoding="ascii").split()]
    return []
