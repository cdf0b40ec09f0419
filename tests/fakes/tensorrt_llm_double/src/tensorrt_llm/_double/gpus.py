"""The cards the double believes in, and the memory its workers hold on them."""

import contextlib
import fcntl
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tensorrt_llm._double.scenario import GIB, scenario

VARIABLE = "TRTLLM_DOUBLE_GPUS"


@dataclass(frozen=True)
class Gpu:
    """One card. ``sm`` is 120 for compute capability 12.0; ``used_bytes`` belongs to other programs."""

    uuid: str = "GPU-d0b1e000-0000-4000-8000-000000000000"
    name: str = "NVIDIA GeForce RTX 5090"
    sm: int = 120
    total_bytes: int = 32 * GIB
    used_bytes: int = 0


def visible() -> list[Gpu]:
    """The cards after ``CUDA_VISIBLE_DEVICES``: numbers or UUID beginnings; the first wrong entry ends the list."""
    given = os.environ.get(VARIABLE)
    rows = json.loads(given) if given else scenario().gpus
    cards = [Gpu()] if rows is None else [Gpu(**row) for row in rows]
    chosen = os.environ.get("CUDA_VISIBLE_DEVICES")
    if chosen is None:
        return cards
    seen: list[Gpu] = []
    for entry in chosen.split(","):
        found = _one(cards, entry.strip())
        if found is None or found in seen:
            break
        seen.append(found)
    return seen


def as_others_leave_it(card: Gpu, state: str | None) -> Gpu:
    """The card with what those hold of it who say so in the folder ``state``."""
    rows = [] if state is None else memory_in_use(state)
    held = sum(int(row["used_bytes"]) for row in rows if row["gpu"]["uuid"] == card.uuid)
    return replace(card, used_bytes=card.used_bytes + held)


def _one(cards: list[Gpu], entry: str) -> Gpu | None:
    if entry.isdigit():
        return cards[int(entry)] if int(entry) < len(cards) else None
    matching = [card for card in cards if entry.startswith("GPU-") and card.uuid.startswith(entry)]
    return matching[0] if len(matching) == 1 else None


@contextlib.contextmanager
def memory_held(state: str | None, card: Gpu, used_bytes: int) -> Iterator[None]:
    """Keep a locked file in the folder ``state`` for as long as the block, or this process, lives."""
    if state is None:
        yield
        return
    path = Path(state, f"gpu-{uuid.uuid4().hex}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"pid": os.getpid(), "parent": os.getppid(), "used_bytes": used_bytes, "gpu": asdict(card)}
    with path.open("w", encoding="utf-8") as file:
        # Who reads it counts what is locked, and that has to be whole.
        json.dump(row, file)
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
        path.unlink(missing_ok=True)


ESCAPEE = """
import fcntl, json, os, sys, time
if os.fork():
    os._exit(0)
os.setsid()
row = json.loads(sys.argv[2]) | {"pid": os.getpid()}
with open(sys.argv[1], "w") as file:
    json.dump(row, file)
    file.flush()
    fcntl.flock(file, fcntl.LOCK_EX)
    time.sleep(600)
"""


def escape(state: str | None, card: Gpu, used_bytes: int | None) -> None:
    """A process of this rank keeps memory when all others end: without parent, session and environment of its own."""
    if state is None or used_bytes is None:
        return
    path = Path(state, f"gpu-{uuid.uuid4().hex}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    row = json.dumps({"used_bytes": used_bytes, "gpu": asdict(card)})
    nothing = subprocess.DEVNULL
    words = [sys.executable, "-c", ESCAPEE, str(path), row, "mpi4py.futures.server"]
    subprocess.run(words, env={}, stdin=nothing, stdout=nothing, stderr=nothing, check=True)


def memory_in_use(state: str) -> list[dict[str, Any]]:
    """Who holds memory below ``state`` right now; a file whose holder is gone does not count."""
    rows = []
    for path in sorted(Path(state).glob("gpu-*.json")):
        with contextlib.suppress(FileNotFoundError), path.open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                rows.append(json.load(file))
    return rows
