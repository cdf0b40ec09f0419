"""What the gateway costs: the same prompts straight to the engine, through the gateway, and with a key, in one run.

Run it by hand: ``python tests/bench/gateway.py [--streams 1] [--rounds 20] [--tokens 128]``.  It starts a daemon of its
own in a temporary home, serves the starter model, and asks the very same engine process on both ways; the engine's port
comes from its log and its key from the environment of its process.  Prints medians, and the daemon's processor time.
"""

import argparse
import asyncio
import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from engineroom.client.access import AccessClient
from engineroom.client.control import ControlClient, find_daemon
from engineroom.contract.connection import Connection
from engineroom.contract.keys import KeyLimits, KeyRequest
from engineroom.domain.launch import KEY_VARIABLE

MODEL = "smollm2-135m-instruct"


@dataclass
class Way:
    """Where to send requests, and what was measured there."""

    name: str
    port: int
    key: str
    ttft_s: list[float] = field(default_factory=list)
    gap_s: list[float] = field(default_factory=list)
    tokens_per_s: list[float] = field(default_factory=list)
    cpu_s: float = 0.0


async def ask(way: Way, tokens: int, prompt: str) -> None:
    """One streamed request; every block that carries a token is timed as it arrives."""
    body = json.dumps(
        {
            "model": MODEL,
            "stream": True,
            "max_tokens": tokens,
            "temperature": 0,
            "ignore_eos": True,
            "messages": [{"role": "user", "content": prompt}],
        }
    ).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", way.port)
    head = (
        f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{way.port}\r\nAuthorization: Bearer {way.key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    began_s = time.perf_counter()
    writer.write(head.encode() + body)
    times = []
    while line := await reader.readline():
        if b'"content":"' in line:
            times.append(time.perf_counter())
    writer.close()
    if len(times) < tokens // 2:
        raise SystemExit(f"{way.name}: only {len(times)} tokens arrived")
    way.ttft_s.append(times[0] - began_s)
    way.gap_s += [later - earlier for earlier, later in itertools.pairwise(times)]
    way.tokens_per_s.append((len(times) - 1) / (times[-1] - times[0]))


async def measure(ways: list[Way], daemon: psutil.Process, options: argparse.Namespace) -> None:
    """All rounds, the ways in turn; ``cpu_s`` are processor seconds of the daemon per 1,000 tokens."""
    for way in ways:
        await ask(way, 16, "Warm up.")
        way.ttft_s.clear()
        way.gap_s.clear()
        way.tokens_per_s.clear()
    for number in range(options.rounds):
        for way in ways if number % 2 else reversed(ways):
            before = daemon.cpu_times()
            await asyncio.gather(
                *(ask(way, options.tokens, f"Write a story about ship {stream}.") for stream in range(options.streams))
            )
            after = daemon.cpu_times()
            way.cpu_s += after.user - before.user + after.system - before.system
    for way in ways:
        way.cpu_s *= 1000 / (options.rounds * options.streams * options.tokens)


def engine_at(client: ControlClient, model: str) -> tuple[int, str]:
    """Port and key of the engine behind the gateway, from its log and the environment of its process."""
    engine = next(view for view in client.snapshot().engines if view.model_id == model)
    assert engine.pid is not None
    text = "\n".join(line.text for line in client.logs(source=model, tail=500))
    found = re.search(r"listening on http://127\.0\.0\.1:(\d+)", text)
    assert found is not None, "the engine's log does not tell its port"
    return int(found[1]), psutil.Process(engine.pid).environ()[KEY_VARIABLE]


def wait_ready(client: ControlClient) -> None:
    """Until the starter model is served."""
    while not any(view.state == "ready" for view in client.snapshot().engines):
        time.sleep(0.1)


def report(direct: Way, gateways: list[Way]) -> None:
    """The figures, as medians and ratios."""

    def middle(values: list[float]) -> float:
        return statistics.median(values)

    for way in (direct, *gateways):
        print(
            f"{way.name:10} TTFT p50 {middle(way.ttft_s) * 1000:7.2f} ms   decode {middle(way.tokens_per_s):6.1f} tok/s"
            f"   inter-token p50 {middle(way.gap_s) * 1000:6.2f} ms"
        )
    for way in gateways:
        added_ttft_ms = (middle(way.ttft_s) - middle(direct.ttft_s)) * 1000
        added_gap_us = (statistics.fmean(way.gap_s) - statistics.fmean(direct.gap_s)) * 1e6
        ratio = middle(way.tokens_per_s) / middle(direct.tokens_per_s)
        print(f"{way.name}: added TTFT p50 {added_ttft_ms:+.2f} ms | added per token {added_gap_us:+.0f} us (mean)")
        print(f"{way.name}: decode ratio {ratio:.3f} | daemon CPU per 1,000 tokens {way.cpu_s * 1000:.0f} ms")


def new_key(connection: Connection, model: str) -> str:
    """A key with every kind of limit, none of which is reached."""
    limits = KeyLimits(requests_per_minute=10**9, tokens_per_day=10**9, joules_per_day=1e9)
    with AccessClient(connection) as client:
        return client.create_key(KeyRequest(name="bench", models=(model,), limits=limits)).key


def main() -> None:
    """Start, measure, end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--engine-threads", type=int, default=0, help="0: one per physical core, as shipped")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["ENGINEROOM_HOME"] = home
        (Path(home) / "config").mkdir()
        settings = f"[llama_cpp]\nthreads = {options.engine_threads}\n"
        (Path(home) / "config" / "settings.toml").write_text(settings, "utf-8")
        log = Path(home) / "out"
        command = [sys.executable, "-m", "engineroom", "serve", "--port", "auto", "--model", MODEL]
        with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as process:
            try:
                while not (Path(home) / "run" / "daemon.json").exists() and process.poll() is None:
                    time.sleep(0.05)
                connection = find_daemon()
                with ControlClient(connection) as client:
                    wait_ready(client)
                    engine_port, engine_key = engine_at(client, MODEL)
                    direct = Way(name="engine", port=engine_port, key=engine_key)
                    port = int(connection.address.rpartition(":")[2])
                    gateways = [Way(name="gateway", port=port, key="none")]
                    gateways.append(Way(name="with a key", port=port, key=new_key(connection, MODEL)))
                    asyncio.run(measure([direct, *gateways], psutil.Process(process.pid), options))
                report(direct, gateways)
            finally:
                process.terminate()
                process.wait(10)


if __name__ == "__main__":
    main()
