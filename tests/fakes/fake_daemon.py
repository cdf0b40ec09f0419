"""A daemon that only pretends: a real process speaking the real control contract, from a script.

    python tests/fakes/fake_daemon.py --gpus 1 --history 300 --serving

It writes the connection file under ``$ENGINEROOM_HOME/run`` like the real one.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import signal
import time
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote
from weakref import WeakSet

import fake_desk
import fake_flood
import fake_models
import fake_past
import fake_plan
import fake_script
import msgspec
from fake_script import LAST, MODEL, ready, stopped

from engineroom import __version__
from engineroom.contract.control import (
    API,
    EngineState,
    EngineView,
    Frame,
    GroupBy,
    Hello,
    LogLine,
    Snapshot,
    Stage,
    StageStatus,
    Traffic,
)

TOKEN = "fake-token"


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--api", type=int, default=API)
    parser.add_argument("--version", default=__version__)
    parser.add_argument("--gpus", type=int, default=0)
    parser.add_argument("--history", type=float, default=0.0)
    parser.add_argument("--fail", metavar="CODE")
    parser.add_argument("--stage-s", type=float, default=0.15)
    parser.add_argument("--token-s", type=float, default=0.01)
    parser.add_argument("--models", type=int, default=1)
    for name in ("--simulated", "--rapl", "--serving", "--busy", "--unified", "--bare", "--no-ledger"):
        parser.add_argument(name, action="store_true")
    for name in ("--lost", "--no-access"):
        parser.add_argument(name, type=int, default=0)
    parser.add_argument("--nvml")
    parser.add_argument("--recorded-s", type=float, default=0.0)
    parser.add_argument("--answered", type=int, default=0)
    parser.add_argument("--energy", default="counter")
    parser.add_argument("--plan-s", type=float, default=0.0)
    fake_models.options(parser)
    fake_desk.options(parser)
    return parser.parse_known_args()[0]


class FakeRoom:
    def __init__(self, said: argparse.Namespace) -> None:
        self.said = said
        self.started_s = time.time()
        self.shift_s = self.started_s if said.still else 0.0
        if said.still:
            random.seed(1)
        self.listeners: set[asyncio.Queue[bytes]] = set()
        self.lines: list[LogLine] = []
        self.frames: list[Frame] = []
        self.tokens: list[float] = []
        self.active = 0
        self.ended = asyncio.Event()
        self.port = 0
        self.traffic = Traffic(
            requests=0, rejected=0, failed=0, cancelled=0, prompt_tokens=0, completion_tokens=0, last=None
        )
        self.gpus = fake_script.cards(
            said.gpus, unified=said.unified, bare=said.bare, lost=said.lost, no_access=said.no_access
        )
        self.side = fake_models.FakeModels(said, MODEL, lambda: fake_script.models(said.models))
        self.side.tell, self.side.note = self.tell, self.note
        self.engines = {model.id: stopped(model.id) for model in fake_script.models(said.models)}
        self.side.routing.engines = self.engines
        for back in range(int(said.history * 2), 0, -1):
            self.frames.append(self.frame(self.started_s - back / 2, busy=True))
        self.note("daemon", "fake daemon: nothing here computes")
        if said.still:
            self.lines = fake_desk.lines()
        if said.serving:
            engine_id = next(iter(self.engines))
            self.engines[engine_id] = ready(engine_id, gpu=bool(self.gpus))
            self.traffic = replace(self.traffic, requests=41, prompt_tokens=2210, completion_tokens=9876, last=LAST)

    def frame(self, at_s: float, *, busy: bool = False) -> Frame:
        load = fake_script.wave(at_s - self.shift_s) if busy else (1.0 if self.active else 0.05)
        rate = fake_script.busy_rate(at_s - self.shift_s) if busy else self.rate()
        active = 2 if busy else self.active
        return fake_script.frame(at_s, self.gpus, load=load, rate=rate, active=active, said=self.said)

    def rate(self) -> float:
        now = time.monotonic()
        self.tokens = [at for at in self.tokens if now - at < 2]
        return len(self.tokens) / 2

    def snapshot(self) -> Snapshot:
        return Snapshot(
            hello=self.hello(),
            machine=fake_script.machine(
                self.gpus, rapl=self.said.rapl, simulated=self.said.simulated, nvml=self.said.nvml
            ),
            models=self.side.shelf(),
            engines=tuple(self.engines.values()),
            traffic=self.traffic,
            frames=tuple(self.frames[-600:]),
            log=tuple(self.lines[-500:]),
            notices=(),
            jobs=tuple(self.side.jobs.values()),
            routing=self.side.routing.view(),
        )

    def hello(self) -> Hello:
        return Hello(
            product="engineroom",
            version=self.said.version,
            api=self.said.api,
            pid=os.getpid(),
            started_at_s=self.started_s,
            address=f"http://127.0.0.1:{8411 if self.said.still else self.port}",
            idle_exit_s=None,
        )

    def note(self, source: str, text: str) -> None:
        if self.said.still:
            return
        line = LogLine(number=len(self.lines), source=source, written_at_s=time.time(), text=text)
        self.lines.append(line)
        self.tell("log", [line])

    def said_so_far(self) -> list[str]:
        return [line.text for line in self.lines]

    def tell(self, name: str, payload: Any) -> None:
        data = f"event: {name}\ndata: ".encode() + msgspec.json.encode(payload) + b"\n\n"
        for queue in self.listeners:
            queue.put_nowait(data)

    def change(self, engine: EngineView) -> None:
        before = self.engines[engine.id]
        since_s = before.since_s if before.state is engine.state else time.time()
        self.engines[engine.id] = replace(engine, since_s=since_s)
        self.tell("engine", self.engines[engine.id])
        self.tell("routing", self.side.routing.view())

    async def measure(self) -> None:
        while not self.said.still:
            await asyncio.sleep(0.25)
            frame = self.frame(time.time(), busy=self.said.busy)
            self.frames = [*self.frames[-1200:], frame]
            self.tell("telemetry", frame)

    async def load(self, engine_id: str) -> None:
        stages = list(stopped(engine_id).stages)
        starting = replace(stopped(engine_id), state=EngineState.STARTING, can_start=False, can_stop=True)
        for at, stage in enumerate(stages):
            for step in range(4):
                stages[at] = replace(stage, status=StageStatus.ACTIVE, progress=step / 4)
                self.change(replace(starting, stages=tuple(stages)))
                await asyncio.sleep(self.said.stage_s / 4)
            if self.said.fail and stage.stage is Stage.LOAD:
                stages[at] = replace(stage, status=StageStatus.FAILED, progress=0.6, seconds=self.said.stage_s)
                self.change(fake_script.failed(replace(starting, stages=tuple(stages)), self.said.fail))
                return
            stages[at] = replace(stage, status=StageStatus.DONE, progress=1.0, seconds=self.said.stage_s)
            self.note(engine_id, f"stage {stage.stage} done")
        self.change(ready(engine_id, gpu=bool(self.gpus)))


class Server:
    def __init__(self, room: FakeRoom) -> None:
        self.room = room
        self.tasks: set[asyncio.Task[None]] = set()
        self.last: WeakSet[asyncio.StreamWriter] = WeakSet()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while await self.answer(reader, writer):
                continue
        writer.close()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection is kept, as the real one does: Qt asks again for what ends too quickly."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, path, _ = head.split("\r\n", 1)[0].split(" ")
        told = (line.partition(":") for line in head.split("\r\n")[1:] if line)
        headers = {name.lower(): value.strip() for name, _, value in told}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        path, _, query = path.partition("?")
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        if path in {"/control/series", "/control/energy", "/control/energy/export"}:
            self.past(path, asked, writer)
        elif path.startswith("/control") and await self.models(method, path, query, headers, body, writer):
            pass
        elif path.startswith("/control/plan"):
            await self.plan(path, asked, body, writer)
        else:
            await self.route(method, path, headers, body, writer)
        await writer.drain()
        return writer not in self.last

    async def route(
        self, method: str, path: str, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter
    ) -> None:
        room = self.room
        facts = {"/control/hello": room.hello, "/control/snapshot": room.snapshot, "/said": room.said_so_far}
        if path.startswith("/control") and headers.get("authorization") != f"Bearer {TOKEN}":
            self.error(writer, 401, "invalid_token", {})
        elif path in facts:
            self.json(writer, facts[path]())
        elif path == "/control/events":
            await self.events(writer)
        elif path == "/control/shutdown":
            self.json(writer, {})
            room.tell("goodbye", {})
            room.ended.set()
        elif path.startswith("/control/engines/") and method == "POST":
            self.engine(unquote(path.split("/")[3]), path.split("/")[4], writer)
        elif path == "/v1/chat/completions":
            await self.chat(headers, json.loads(body), writer)
        else:
            self.error(writer, 404, "not_found", {"path": path})

    def past(self, path: str, query: dict[str, str], writer: asyncio.StreamWriter) -> None:
        room, said = self.room, self.room.said
        room.note("daemon", f"asked {path} {query}")
        if said.no_ledger:
            self.error(writer, 404, "not_found", {"path": path})
        elif path == "/control/series":
            seconds = int(query["seconds"])
            self.json(writer, fake_past.series(seconds, said.recorded_s, room.gpus, rapl=said.rapl))
        elif path == "/control/energy":
            self.json(writer, fake_past.energy(GroupBy(query["by"]), said.answered, said.energy))
        else:
            self.head(writer, "text/csv" if query["format"] == "csv" else "application/json")
            writer.write(fake_past.export(query["format"]))

    async def models(
        self, method: str, path: str, query: str, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter
    ) -> bool:
        """Whether the answer was one of the models' side."""
        if headers.get("authorization") != f"Bearer {TOKEN}":
            return False
        if self.room.said.desk and method == "GET" and (told := fake_desk.answer(path)) is not None:
            self.json(writer, told)
            return True
        if self.room.said.desk and method == "POST" and (told := fake_desk.done(path)) is not None:
            self.json(writer, told)
            return True
        answer = await self.room.side.answer(method, path, query, body)
        if isinstance(answer, tuple) and len(answer) == 3 and isinstance(answer[0], int):
            self.error(writer, *answer)
        elif answer is not None:
            self.json(writer, answer)
        return answer is not None

    async def plan(self, path: str, query: dict[str, str], body: bytes, writer: asyncio.StreamWriter) -> None:
        if path == "/control/plan/catalogue":
            self.json(writer, fake_plan.catalogue(query["gpu"]))
            return
        asked = json.loads(body)
        self.room.note("daemon", f"planned {json.dumps(asked, sort_keys=True)}")
        await asyncio.sleep(self.room.said.plan_s)
        if asked["model"] == fake_plan.UNKNOWN:
            self.json(writer, fake_plan.unknown(asked))
        elif asked["model"] in fake_plan.MODELS:
            self.json(writer, fake_plan.plan(asked))
        else:
            known = ", ".join(fake_plan.MODELS)
            self.error(writer, 404, "model_not_found", {"model": asked["model"], "known": known})

    def engine(self, engine_id: str, verb: str, writer: asyncio.StreamWriter) -> None:
        room = self.room
        if engine_id in {model.id for model in room.side.added}:
            room.engines.setdefault(engine_id, stopped(engine_id))
        if engine_id not in room.engines:
            self.error(writer, 404, "model_not_found", {"model": engine_id, "known": MODEL})
            return
        engine = room.engines[engine_id]
        if verb == "start" and engine.can_start:
            task = asyncio.create_task(room.load(engine_id))
            self.tasks.add(task)
        elif verb == "stop" and engine.can_stop:
            for task in self.tasks:
                task.cancel()
            self.tasks.clear()
            room.change(replace(engine, state=EngineState.STOPPING, can_stop=False))
            asyncio.get_running_loop().call_later(0.1, lambda: room.change(stopped(engine_id)))
        self.json(writer, room.engines[engine_id])

    async def events(self, writer: asyncio.StreamWriter) -> None:
        queue: asyncio.Queue[bytes] = asyncio.Queue()
        self.room.listeners.add(queue)
        self.head(writer, "text/event-stream")
        try:
            while not writer.is_closing():
                writer.write(await queue.get())
                await writer.drain()
        finally:
            self.room.listeners.discard(queue)

    async def chat(self, headers: dict[str, str], body: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        room = self.room
        if "authorization" in headers:
            self.error(writer, 400, "invalid_request", {"reason": "the control token has no business here"})
            return
        engine = room.engines.get(body["model"])
        if engine is None or engine.state is not EngineState.READY:
            self.error(writer, 503, "engine_unavailable", {"model": body["model"]})
            return
        if "too long" in body["messages"][-1]["content"]:
            self.error(writer, 400, "context_length_exceeded", {"prompt_tokens": 9000, "context_tokens": 2048})
            return
        room.note("daemon", f"chat {json.dumps(body, sort_keys=True)}")
        asked, request_id = str(body["messages"][-1]["content"]), f"req-{len(room.lines)}"
        pieces = fake_script.pieces(asked)
        self.head(writer, f"text/event-stream\r\nX-Request-Id: {request_id}")
        if "think" in asked:
            self.chunk(writer, {"choices": [{"index": 0, "delta": {"reasoning_content": "Let me see: France."}}]})
        room.active += 1
        begun_s = time.time()
        try:
            sent = await self.stream(pieces, writer)
        finally:
            room.active -= 1
        done = sent == len(pieces)
        last = fake_script.ended(request_id, sent, begun_s, whole=done, measured=room.said.rapl)
        room.traffic = replace(room.traffic, requests=room.traffic.requests + 1, last=last)
        room.tell("traffic", room.traffic)

    async def stream(self, pieces: list[str], writer: asyncio.StreamWriter) -> int:
        for at, piece in enumerate(pieces):
            if writer.is_closing():
                return at
            self.chunk(writer, {"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
            self.room.tokens.append(time.monotonic())
            await asyncio.sleep(self.room.said.token_s)
        self.chunk(writer, {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        self.chunk(writer, {"choices": [], "usage": {"prompt_tokens": 12, "completion_tokens": len(pieces)}})
        writer.write(b"data: [DONE]\n\n")
        return len(pieces)

    @staticmethod
    def chunk(writer: asyncio.StreamWriter, payload: dict[str, Any]) -> None:
        writer.write(b"data: " + json.dumps(payload).encode() + b"\n\n")

    def head(self, writer: asyncio.StreamWriter, kind: str) -> None:
        """Of a body that ends with the connection."""
        self.last.add(writer)
        writer.write(f"HTTP/1.1 200 X\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n".encode())

    def json(self, writer: asyncio.StreamWriter, payload: Any, status: int = 200) -> None:
        body = msgspec.json.encode(payload)
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)

    def error(self, writer: asyncio.StreamWriter, status: int, code: str, facts: dict[str, Any]) -> None:
        body = {"message": f"Said by the fake: {code}.", "type": "invalid_request_error", "param": None}
        self.json(writer, {"error": {**body, "code": code, "facts": facts}}, status)


async def main() -> None:
    room = FakeRoom(options())
    server = await asyncio.start_server(Server(room).serve, "127.0.0.1", room.said.port)
    room.port = server.sockets[0].getsockname()[1]
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, room.ended.set)
    path = fake_script.announce(room.port, TOKEN, room.said.api)
    measuring = asyncio.gather(room.measure(), fake_flood.pour(room, room.said.flood))
    await room.ended.wait()
    path.unlink(missing_ok=True)
    await asyncio.sleep(0.05)
    measuring.cancel()
    server.close()
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
