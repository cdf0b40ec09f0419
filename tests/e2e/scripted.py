"""A daemon whose engine says what the test tells it to."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine_room import EngineRoomProcess, engine_room
from engineroom.contract.control import EngineState
from fakes.make_gguf import tiny_model

ENGINE = Path(__file__).parents[1] / "fakes" / "scripted_engine"
MODEL = "tiny"
TOOL_DELTAS = [
    {"reasoning_content": "Look."},
    {"content": "I look."},
    {"tool_calls": [{"index": 0, "id": "call_a", "type": "function", "function": {"name": "look", "arguments": ""}}]},
    {"tool_calls": [{"index": 0, "function": {"arguments": '{"place": "he'}}]},
    {"tool_calls": [{"index": 0, "function": {"arguments": 're"}'}}]},
    {"tool_calls": [{"index": 1, "id": "call_b", "type": "function", "function": {"name": "look", "arguments": "{}"}}]},
]
USAGE = {"prompt_tokens": 30, "completion_tokens": 12, "prompt_tokens_details": {"cached_tokens": 10}}


@contextmanager
def scripted_room(home: Path, *, wait: bool = True, **environment: str) -> Iterator[EngineRoomProcess]:
    """The daemon; without ``wait`` its engine may still be loading."""
    model = home / "tiny.gguf"
    home.mkdir(parents=True, exist_ok=True)
    model.write_bytes(tiny_model())
    path = os.pathsep.join([str(ENGINE), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    with engine_room(home / "room", "--model", str(model), environment={"PYTHONPATH": path, **environment}) as room:
        if wait:
            room.wait_engine(EngineState.READY, MODEL)
        yield room


def stopped(room: EngineRoomProcess) -> None:
    """From now on the first request starts the engine, and waits for all of its load."""
    with room.control() as control:
        control.stop_engine(MODEL)


def script(*deltas: dict[str, object], **fields: object) -> str:
    """What the engine is to say."""
    return json.dumps({"deltas": deltas, "usage": USAGE, **fields})
