"""What the driver says of an engine's memory after its end, read by the real binding from a library that stands in."""

import contextlib
import json
from pathlib import Path

import psutil
import pytest

from engine_kit import EngineHome
from engine_room import EngineRoomProcess, engine_room, json_of, until
from engineroom.contract.control import EngineState
from engineroom.contract.problems import Exit
from engineroom.services.memory_proof import BOUND_S, SETTLE_S

FREE = "its memory is free again"


@pytest.mark.timeout(300)
def test_memory_is_free_when_the_driver_says_so_and_not_before(tmp_path: Path) -> None:
    home = EngineHome(tmp_path)
    with engine_room(home.home, environment=home.environment()) as room, room.control() as control:

        def holders() -> list[int] | None:
            """Pids with memory of the card; ``None`` where the driver does not say."""
            listed = control.snapshot().frames[-1].gpus[0].processes
            return None if listed is None else [one.pid for one in listed if one.memory_bytes]

        told = json_of(room.cli("build", "tiny/Tiny-Qwen", "--context", "1024", "--yes", "--json"))
        engine = told["job"]["result"]["engine"]
        assert room.cli("start", engine).returncode == Exit.OK
        (rank,) = until("the engine on its card", holders)
        assert rank in {one.pid for one in room.family()}
        assert FREE not in room.cli("logs").stdout
        control.stop_engine(engine)
        room.wait_engine(EngineState.STOPPED, engine)

        def freed() -> bool:
            return any(FREE in line.text for line in control.logs(source=None, tail=500))

        until("the driver's word", freed, SETTLE_S + 60.0)
        assert FREE in room.cli("logs").stdout
        assert holders() == []
        assert "gpu_memory_held" not in {one.code for one in control.snapshot().notices}
        _kept(home, room, engine)


def _kept(home: EngineHome, room: EngineRoomProcess, engine: str) -> None:
    """A process of a rank that left its session and its environment keeps memory: it is named, and may be ended."""
    home.scenario(escapee_bytes=5 * 2**30)
    with room.control() as control:
        assert room.cli("start", engine).returncode == Exit.OK
        escaped = until("the one that escaped", lambda: escapee_of(home))
        control.stop_engine(engine)
        room.wait_engine(EngineState.STOPPED, engine)
        said = until("the notice", lambda: [one for one in control.snapshot().notices if one.code == "gpu_memory_held"],
                     BOUND_S + 60.0)  # fmt: skip
        assert f"(pid {escaped}, 5.0 GiB)" in str(said[0].facts["holders"])
        assert "still held by python" in room.cli("status").stdout
        (orphan,) = [one for one in json_of(room.cli("orphans", "--json")) if one["pid"] == escaped]
        assert (orphan["mark"], orphan["memory_bytes"]) == ("survivor", 5 * 2**30)
        assert psutil.pid_exists(escaped), "nobody has asked for its end"
        assert room.cli("orphans", "end", str(escaped)).returncode == Exit.OK
        until("the end of the notice", lambda: not control.snapshot().notices, SETTLE_S + 60.0)
        until("nobody left behind", lambda: json_of(room.cli("orphans", "--json")) == [])


def escapee_of(home: EngineHome) -> int | None:
    """The process that the double has put outside of everything."""
    for path in home.state.glob("gpu-*.json"):
        # One may be half written, or gone.
        with contextlib.suppress(FileNotFoundError, ValueError):
            row = json.loads(path.read_text("utf-8"))
            if row["used_bytes"] == 5 * 2**30:
                return int(row["pid"])
    return None
