"""Many requests that nobody thought of; which answers are not as described.

Run it by hand: ``python tests/bench/fuzz_api.py [--examples 200] [--run 1] [--only /v1/chat] [--engine llama.cpp]``.
Every run has its own requests; ``--run 0`` are those of the test.
"""

import argparse
import sys
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

# This folder has a module named like a folder of tests.
sys.path.pop(0)
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from e2e.tiny_room import CHAT, tiny_room
from engine_room import EngineRoomProcess
from fuzz import OFFLINE, fuzz, operations
from metronome import MODEL, metronome_room

ENGINES = ("metronome", "llama.cpp")


def main() -> int:
    """Every operation that is asked for; how many had an answer that was not as described."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=200)
    parser.add_argument("--run", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    options = parser.parse_args()
    model = MODEL if options.engine == ENGINES[0] else CHAT
    faults = 0
    with tempfile.TemporaryDirectory() as home, _room(Path(home), options.engine) as room:
        for operation in (*operations(control=False), *operations(control=True)):
            if options.only not in operation.path:
                continue
            name = f"{operation.method.upper():6} {operation.path}"
            try:
                seen = fuzz(operation, room, model=model, examples=options.examples, number=options.run)
            except BaseExceptionGroup as found:
                faults += 1
                print(name, "NOT AS DESCRIBED", *found.exceptions, sep="\n", flush=True)
            else:
                print(name, *(f"{count} x {status}" for status, count in sorted(seen.items())), flush=True)
    return faults


def _room(home: Path, engine: str) -> AbstractContextManager[EngineRoomProcess]:
    return metronome_room(home, rate=5000, **OFFLINE) if engine == ENGINES[0] else tiny_room(home, **OFFLINE)


if __name__ == "__main__":
    sys.exit(main())
