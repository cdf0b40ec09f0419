"""What translation costs: the same stream as a chat, a response, a message and lines of Ollama, in turn, in one run.

Run it by hand: ``python tests/bench/dialects.py [--streams 8] [--rounds 5] [--chunks 500] [--pause-ms 5]``.  It
starts a daemon of its own over an engine that computes nothing, and prints what processor time 1,000 chunks take it.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from e2e.scripted import MODEL, script, scripted_room

APIS = {
    "/v1/chat/completions": (b'"delta": {"content"', {}),
    "/v1/responses": (b"data: {\"type\":\"response.output_text.delta\"", {}),
    "/v1/messages": (b'data: {"type":"content_block_delta"', {"max_tokens": 9}),
    "/api/chat": (b'"content":" word"', {}),
}  # fmt: skip


def body_of(path: str, text: str) -> bytes:
    """A request of an API."""
    asked = {"model": MODEL, "stream": True, **APIS[path][1]}
    if path == "/v1/responses":
        return json.dumps({**asked, "input": text, "store": False}).encode()
    return json.dumps({**asked, "messages": [{"role": "user", "content": text}]}).encode()


async def ask(port: int, path: str, text: str, chunks: int) -> None:
    """One stream, read to its end."""
    body = body_of(path, text)
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = await reader.read()
    writer.close()
    found = answer.count(APIS[path][0])
    if found != chunks:
        raise SystemExit(f"{path}: {found} of {chunks} chunks arrived: {answer[:500]!r}")


async def measure(port: int, daemon: psutil.Process, options: argparse.Namespace) -> dict[str, list[float]]:
    """Processor milliseconds of the daemon per 1,000 chunks, for each API and round."""
    text = script(*[{"content": " word"}] * options.chunks, pause_s=options.pause_ms / 1000)
    spent: dict[str, list[float]] = {path: [] for path in APIS}
    for _ in range(options.rounds + 1):
        for path, figures in spent.items():
            before = daemon.cpu_times()
            await asyncio.gather(*(ask(port, path, text, options.chunks) for _ in range(options.streams)))
            after = daemon.cpu_times()
            seconds = after.user - before.user + after.system - before.system
            figures.append(seconds / (options.streams * options.chunks) * 1e6)
            await asyncio.sleep(0.3)
    return {path: figures[1:] for path, figures in spent.items()}


def main() -> None:
    """Start, measure, end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--chunks", type=int, default=500)
    parser.add_argument("--pause-ms", type=float, default=5.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, scripted_room(Path(home)) as room:
        port = int(room.connection().address.rpartition(":")[2])
        began_s = time.monotonic()
        spent = asyncio.run(measure(port, psutil.Process(room.process.pid), options))
    middle = {path: statistics.median(figures) for path, figures in spent.items()}
    print(
        f"{options.streams} streams, {time.monotonic() - began_s:.0f} s, CPU of the daemon per 1,000 chunks, medians:"
    )
    for path, milliseconds in middle.items():
        ratio = milliseconds / middle["/v1/chat/completions"]
        spread = f"{min(spent[path]):.0f} to {max(spent[path]):.0f}"
        print(f"{path:22s} {milliseconds:6.0f} ms ({spread})   {ratio:.2f} x pass-through")


if __name__ == "__main__":
    main()
