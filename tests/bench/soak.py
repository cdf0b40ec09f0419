"""Mixed clients for half an hour, while an engine is killed every minute: what hung, what was malformed, what grew.

Run it by hand: ``python tests/bench/soak.py [--minutes 30] [--kill-every 60] [--clients 6]``.  It starts a daemon of
its own on the starter model and a tiny second one.  A request counts as answered when its answer is whole in the form
of its API, as refused when it is an error in that form; anything else is a fault and printed.  So is any wait of more
than ten seconds without a byte.  Ends with the daemon's memory over time.
"""

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine_room import STARTER, EngineRoomProcess, engine_room
from engineroom.contract.control import EngineState, Frame
from fakes.tiny_llama_gguf import tiny_llama

SILENT_S = 10.0
TINY = "tiny"
APIS = ("chat", "chat stream", "completion stream", "response stream", "message stream", "leaves", "nonsense")
ROUTES = {
    "chat": "/v1/chat/completions",
    "chat stream": "/v1/chat/completions",
    "completion stream": "/v1/completions",
    "response stream": "/v1/responses",
    "message stream": "/v1/messages",
    "leaves": "/v1/chat/completions",
    "nonsense": "/v1/chat/completions",
}


@dataclass
class Tally:
    """What came of all requests."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    longest_silence_s: float = 0.0
    took_s: dict[str, list[float]] = field(default_factory=dict)
    killed_s: float = 0.0

    def fault(self, text: str) -> None:
        """Something that must not be."""
        self.faults.append(text)
        print(f"FAULT {text}", flush=True)


def body_of(api: str, model: str, dice: random.Random) -> dict[str, Any]:
    """A request of one kind."""
    text = f"Tell me about the number {dice.randrange(1000)} in a few words."
    tokens = dice.choice((8, 24, 64))
    messages = [{"role": "user", "content": text}]
    match api:
        case "completion stream":
            return {"model": model, "prompt": text, "max_tokens": tokens, "stream": True}
        case "response stream":
            return {"model": model, "input": text, "max_output_tokens": tokens, "stream": True}
        case "message stream":
            return {"model": model, "messages": messages, "max_tokens": tokens, "stream": True}
        case "nonsense":
            wrong = dice.choice(("x", [], messages * 1500))
            return {"model": dice.choice(("no-such-model", model)), "messages": wrong, "max_tokens": 8}
        case _:
            return {"model": model, "messages": messages, "max_tokens": tokens, "stream": api != "chat"}


class Client:
    """One caller; asks one thing after the other."""

    def __init__(self, port: int, tally: Tally, seed: str) -> None:
        self._port = port
        self._tally = tally
        self._dice = random.Random(seed)

    async def work(self, until_s: float) -> None:
        """Ask until then."""
        while time.monotonic() < until_s:
            api = self._dice.choice(APIS)
            model = self._dice.choice((STARTER, STARTER, STARTER, TINY))
            began_s = time.monotonic()
            try:
                outcome = await self._ask(api, model)
                self._tally.took_s.setdefault(api, []).append(time.monotonic() - began_s)
            except TimeoutError:
                since_s = time.monotonic() - self._tally.killed_s
                self._tally.fault(f"{api} of {model}: no byte for {SILENT_S:.0f} s; {since_s:.0f} s after a kill")
                outcome = "hung"
            except (OSError, asyncio.IncompleteReadError, ValueError) as error:
                self._tally.fault(f"{api} of {model}: {error!r}")
                outcome = "malformed"
            self._tally.outcomes[f"{api}: {outcome}"] += 1
            await asyncio.sleep(self._dice.random())

    async def _ask(self, api: str, model: str) -> str:
        body = json.dumps(body_of(api, model, self._dice)).encode()
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**24)
        head = (
            f"POST {ROUTES[api]} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        try:
            writer.write(head.encode() + body)
            if api == "leaves":
                await asyncio.sleep(self._dice.random())
                writer.transport.abort()
                return "left"
            status, text = await self._whole(reader)
        finally:
            writer.close()
        return judge(api, status, text)

    async def _whole(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        answer = b""
        while True:
            began_s = time.monotonic()
            block = await asyncio.wait_for(reader.read(65536), SILENT_S)
            self._tally.longest_silence_s = max(self._tally.longest_silence_s, time.monotonic() - began_s)
            if not block:
                break
            answer += block
        if not answer:
            raise ValueError("no answer at all")
        top, _, rest = answer.partition(b"\r\n\r\n")
        if b"transfer-encoding: chunked" in top.lower():
            rest = unchunked(rest)
        return int(top.split(b" ", 2)[1]), rest


def unchunked(data: bytes) -> bytes:
    """The content of a chunked body. Raises ValueError where its end is missing."""
    whole = b""
    while data:
        size, _, rest = data.partition(b"\r\n")
        length = int(size, 16)
        if length == 0:
            return whole
        whole, data = whole + rest[:length], rest[length + 2 :]
    raise ValueError(f"the body was cut after {whole[-120:]!r}")


def judge(api: str, status: int, text: bytes) -> str:
    """``answered`` or ``refused STATUS CODE``. Raises ValueError for what is neither."""
    if status != 200:
        error = json.loads(text)["error"]
        if not error["message"]:
            raise ValueError("an error without words")
        return f"refused {status} {error.get('code') or error.get('type')}"
    if "stream" not in api:
        json.loads(text)["choices"]
        return "answered"
    events = [json.loads(row[6:]) for row in text.split(b"\n") if row.startswith(b"data: ") and row != b"data: [DONE]"]
    if not events:
        raise ValueError(f"a stream without events: {text[:200]!r}")
    if "error" in events[-1] or events[-1].get("type") in {"error", "response.failed"}:
        return "broken off with an error"
    ended = {
        "response stream": events[-1].get("type") in {"response.completed", "response.incomplete"},
        "message stream": events[-1].get("type") == "message_stop",
    }
    if not ended.get(api, b"data: [DONE]" in text[-40:]):
        raise ValueError(f"a stream without an end: {text[-200:]!r}")
    return "answered"


async def kill_now_and_then(room: EngineRoomProcess, every_s: float, until_s: float, tally: Tally) -> None:
    """Kill an engine that runs, each time."""
    dice = random.Random("kills")
    while time.monotonic() + every_s < until_s:
        await asyncio.sleep(every_s)
        with room.control() as control:
            pids = [view.pid for view in control.snapshot().engines if view.pid and view.state is EngineState.READY]
        if pids:
            psutil.Process(dice.choice(pids)).kill()
            tally.killed_s = time.monotonic()
            tally.outcomes["engines killed"] += 1


async def watch(room: EngineRoomProcess, until_s: float, seen: list[tuple[float, int]]) -> None:
    """Memory in MiB and open files of the daemon, every ten seconds."""
    daemon = psutil.Process(room.process.pid)
    while time.monotonic() < until_s:
        seen.append((daemon.memory_info().rss / 2**20, daemon.num_fds()))
        await asyncio.sleep(10)


@contextmanager
def serving(home: Path) -> Iterator[EngineRoomProcess]:
    """The daemon with two models."""
    (home / "room" / "config").mkdir(parents=True)
    (home / f"{TINY}.gguf").write_bytes(tiny_llama())
    files = f'[models]\nfiles = [{{ id = "{TINY}", path = "{home / TINY}.gguf" }}]\n'
    (home / "room" / "config" / "settings.toml").write_text(files)
    with engine_room(home / "room", "--model", STARTER) as room:
        room.wait_engine(EngineState.READY)
        yield room


async def soak(room: EngineRoomProcess, options: argparse.Namespace, tally: Tally) -> list[tuple[float, int]]:
    """Everything at once, until the time is over."""
    port = int(room.connection().address.rpartition(":")[2])
    until_s = time.monotonic() + options.minutes * 60
    seen: list[tuple[float, int]] = []
    clients = [Client(port, tally, f"client {number}").work(until_s) for number in range(options.clients)]
    kills = kill_now_and_then(room, options.kill_every, until_s, tally)
    await asyncio.gather(*clients, kills, watch(room, until_s, seen))
    return seen


def last_frame(room: EngineRoomProcess) -> Frame:
    """Of a reading after the last client was done; what is left half a minute later is there to stay."""
    until_s = time.monotonic() + 30
    while True:
        time.sleep(2)
        with room.control() as control:
            frame = control.snapshot().frames[-1]
        if frame.active_requests + frame.waiting_requests == 0 or time.monotonic() > until_s:
            return frame


def main() -> None:
    """Run, then tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--kill-every", type=float, default=60)
    parser.add_argument("--clients", type=int, default=6)
    options = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory() as home, serving(Path(home)) as room:
        seen = asyncio.run(soak(room, options, tally))
        frame = last_frame(room)
    for outcome, count in sorted(tally.outcomes.items()):
        print(f"{count:6d}  {outcome}")
    for api, took_s in sorted(tally.took_s.items()):
        p95_s = sorted(took_s)[len(took_s) * 95 // 100]
        print(f"{api}: whole after {statistics.median(took_s):.1f} s, p95 {p95_s:.1f} s, at most {max(took_s):.1f} s")
    print(
        f"{len(tally.faults)} faults; longest silence {tally.longest_silence_s:.1f} s; still active"
        f" {frame.active_requests}, waiting {frame.waiting_requests}"
    )
    quarter = max(1, len(seen) // 4)
    for name, part in (("second", seen[quarter : 2 * quarter] or seen), ("last", seen[-quarter:])):
        memory, files = (statistics.median(figures) for figures in zip(*part, strict=True))
        print(f"{name} quarter: {memory:.1f} MiB, {files:.0f} files")
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
