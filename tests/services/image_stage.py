"""A stage whose runtimes are images of a docker that stands in."""

import json
from pathlib import Path
from typing import Any

import pytest

from engineroom.domain.runtimes.values import RuntimeKind
from fakes.fake_docker.kit import FakeDocker
from fakes.nvml_library import FAKES, build_fake_nvml
from fakes.whole_files import write_whole
from services.runtime_kit import Stage, nothing_left_behind

OLD, NEW = "tensorrt-llm-1.2.1-container", "tensorrt-llm-1.4.0rc1-container"
CARD = "GPU-50900000-0000-0000-0000-000000000001"
QUICK = {"pace_s": 0.0, "time_scale": 0.02}


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeDocker:
    """The program, on the PATH."""
    made = FakeDocker(tmp_path / "docker")
    monkeypatch.setenv("PATH", str(made.bin), prepend=":")
    return made


@pytest.fixture
async def stage(tmp_path: Path, docker: FakeDocker):
    """Nothing of docker is left running in the end."""
    folder = tmp_path / "home"
    folder.mkdir()
    made = Stage(folder)
    yield made
    await made.jobs.close()
    await nothing_left_behind(tmp_path / "docker")


async def with_image(stage: Stage, version: str = "1.2.1") -> None:
    """Install one and see it through."""
    await stage.done(await stage.installed(version, RuntimeKind.CONTAINER))


class Card:
    """A card of which the driver tells who holds its memory."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._state = folder / "holders"
        for place in (self._state, folder / "lib"):
            place.mkdir(parents=True)
        monkeypatch.setenv("LD_LIBRARY_PATH", str(build_fake_nvml(folder / "lib")))
        monkeypatch.setenv("ENGINEROOM_FAKE_NVML", str(FAKES / "scenarios" / "rtx5090.txt"))
        monkeypatch.setenv("ENGINEROOM_FAKE_NVML_HOLDERS", str(self._state))
        monkeypatch.setenv("TRTLLM_DOUBLE_GPUS", json.dumps([{"uuid": CARD}]))

    def hold(self, pid: int, gib: float) -> None:
        """From now on a process holds so much."""
        row: dict[str, Any] = {"pid": pid, "used_bytes": int(gib * 2**30), "gpu": {"uuid": CARD}}
        write_whole(self._state / f"gpu-{pid}.json", json.dumps(row))

    def free(self, pid: int) -> None:
        """It holds nothing any more."""
        (self._state / f"gpu-{pid}.json").unlink()
