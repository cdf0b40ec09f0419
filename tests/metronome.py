"""A real daemon over an engine that computes nothing and keeps time, and clients that leave it at any moment."""

import asyncio
import json
import random
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.gateway import engine_at
from bench.proxies.streams import request
from engine_room import EngineRoomProcess, engine_room, until
from engineroom.contract.control import EngineState
from fakes.make_gguf import tiny_model

ENGINE = Path(__file__).parent / "fakes" / "metronome_engine"
MODEL = "tiny"


@contextmanager
def metronome_room(home: Path, rate: int = 50, *, slots: int = 4, **variables: str) -> Iterator[EngineRoomProcess]:
    """The daemon, its engine ready: ``rate`` chunks per second and stream, ``slots`` streams at once."""
    model = home / "tiny.gguf"
    model.write_bytes(tiny_model())
    config = home / "room" / "config"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text(f"[llama_cpp]\nslots = {slots}\n", "utf-8")
    environment = {"PYTHONPATH": str(ENGINE), "ENGINEROOM_FAKE_RATE": str(rate), **variables}
    with engine_room(home / "room", "--model", str(model), environment=environment) as room:
        room.wait_engine(EngineState.READY, MODEL)
        yield room


def open_streams(room: EngineRoomProcess) -> int:
    """How many streams the engine is sending now, by its own count."""
    with room.control() as control:
        port, _ = engine_at(control, MODEL)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/open", timeout=60) as answer:
        return int(json.load(answer)["streaming"])


def at_rest(room: EngineRoomProcess) -> bool:
    """Whether no request is counted as running or waiting, and the engine sends nothing."""
    with room.control() as control:
        frame = control.snapshot().frames[-1]
    return frame.active_requests == 0 and frame.waiting_requests == 0 and open_streams(room) == 0


async def leave(port: int, dice: random.Random) -> None:
    """Ask for a stream that would last a minute, and leave: within the request, before the answer, or in its middle."""
    asked = request(port, "none", MODEL, 3000)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    whole = dice.random() < 0.9
    writer.write(asked if whole else asked[: dice.randrange(1, len(asked))])
    await asyncio.sleep(dice.random() * dice.choice((0.002, 0.02, 0.1)))
    if whole and dice.random() < 0.5:
        await reader.read(dice.randrange(1, 2000))
    writer.transport.abort() if dice.random() < 0.5 else writer.close()


async def leave_often(port: int, count: int, *, at_once: int, seed: int) -> None:
    """So many, a few at once."""
    left = iter(range(count))

    async def one_after_another() -> None:
        for number in left:
            await leave(port, random.Random(f"{seed} {number}"))

    await asyncio.gather(*(one_after_another() for _ in range(at_once)))


def come_to_rest(room: EngineRoomProcess) -> None:
    """Wait until nothing is left of those who have left."""
    until("no request, slot or stream is left", lambda: at_rest(room))
