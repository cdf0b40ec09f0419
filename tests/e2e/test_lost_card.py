"""A card is lost under a running engine: real daemon and worker, a stand-in for the driver and one for the runtime.

No card is involved.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psutil
import pytest

from engine_room import EngineRoomProcess, engine_room, gone, json_of, until
from engineroom.contract.control import EngineState, GpuState, ProblemView
from engineroom.domain.errors import Code
from fakes.make_gguf import tiny_model
from fakes.nvml_library import build_fake_nvml

RUNTIME = Path(__file__).parents[1] / "fakes" / "cuda_runtime"
A, B = "GPU-30900000-0000-0000-0000-00000000000a", "GPU-30900000-0000-0000-0000-00000000000b"
SCENARIO = f"""driver 580.95.05
cuda 13000
count 2
events 1
order 0 1
order@2 1
order@3 0 1
0.uuid {A}
0.name NVIDIA First
0.total 25769803776
0.used 0
0.power 30000
0.xid@1 79
1.uuid {B}
1.name NVIDIA Second
1.total 25769803776
1.used 0
1.power 30000
"""


class Rig:
    """The daemon, and the hand that moves the driver's time on."""

    def __init__(self, room: EngineRoomProcess, model: str, round_file: Path) -> None:
        self.room = room
        self.model = model
        self._round = round_file

    def at(self, number: int) -> None:
        """From now on the driver answers as in this round of the scenario."""
        beside = self._round.with_suffix(".new")
        beside.write_text(f"{number}\n")
        beside.replace(self._round)

    def notices(self) -> tuple[ProblemView, ...]:
        """What needs attention."""
        with self.room.control() as control:
            return control.snapshot().notices

    def card(self, uuid: str) -> GpuState | None:
        """State of one card."""
        with self.room.control() as control:
            return next((gpu.state for gpu in control.snapshot().machine.gpus if gpu.uuid == uuid), None)

    def ask(self) -> httpx2.Response:
        """One request."""
        url = f"{self.room.connection().address}/v1/completions"
        return httpx2.post(url, json={"model": self.model, "prompt": "Hi", "max_tokens": 1}, timeout=60)


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    scenario, now, model = tmp_path / "scenario.txt", tmp_path / "round", tmp_path / "tiny.gguf"
    scenario.write_text(SCENARIO)
    model.write_bytes(tiny_model())
    environment = {
        "LD_LIBRARY_PATH": str(build_fake_nvml(tmp_path)),
        "ENGINEROOM_FAKE_NVML": str(scenario),
        "ENGINEROOM_FAKE_NVML_ROUND": f"@{now}",
        "PYTHONPATH": os.pathsep.join([str(RUNTIME), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
    }
    with engine_room(tmp_path / "room", "--model", str(model), environment=environment) as room:
        yield Rig(room, model.stem, now)


def test_an_engine_whose_card_is_lost_is_stopped_and_said_to_be(rig: Rig) -> None:
    """Then refused, whatever else is there; and started by hand when the card is back."""
    room = rig.room
    view = room.wait_engine(EngineState.READY, rig.model)
    assert (view.device, view.gpu_uuids) == ("CUDA0", (A,))
    assert psutil.Process(view.pid).environ()["CUDA_VISIBLE_DEVICES"] == f"{A},{B}"
    assert rig.ask().status_code == 200
    family = room.family()[1:]

    rig.at(2)
    failed = room.wait_engine(EngineState.FAILED, rig.model)
    assert failed.problem == ProblemView(code=Code.GPU_LOST, facts={"name": "NVIDIA First", "uuid": A})
    until("the engine's end", lambda: gone(family))
    refused = rig.ask()
    assert (refused.status_code, refused.json()["error"]["facts"]["cause"]) == (503, "gpu_lost")
    assert [(notice.code, notice.facts["uuid"]) for notice in rig.notices()] == [(Code.GPU_LOST, A)]
    (told,) = [gpu for gpu in json_of(room.cli("gpus", "--json"))["machine"]["gpus"] if gpu["uuid"] == A]
    assert (told["state"], [xid["code"] for xid in told["xids"]]) == ("lost", [79])
    said = room.cli("gpus").stdout
    assert "Xid 79" in said
    assert "off the bus" in said
    assert room.engine(rig.model).state is EngineState.FAILED

    rig.at(3)
    until("the card is back", lambda: rig.card(A) is GpuState.OK)
    assert rig.ask().status_code == 503
    with room.control() as control:
        control.start_engine(rig.model)
    again = room.wait_engine(EngineState.READY, rig.model)
    assert again.gpu_uuids == (A,)
    assert rig.ask().status_code == 200
