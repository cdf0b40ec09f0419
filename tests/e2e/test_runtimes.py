"""Runtimes from the outside: the command line and the real daemon, over a card, uv and an index that stand in."""

import os
import signal
import sys
from pathlib import Path

import psutil
import pytest

from engine_room import engine_room, json_of, until
from engineroom.contract.problems import Exit
from fakes.fake_docker.kit import FakeDocker
from fakes.nvml_library import FAKES, build_fake_nvml
from fakes.package_index import PackageIndex, build_double, wheel
from fakes.tiny_safetensors import config, llama

NAME = "tensorrt-llm-1.2.1-venv"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory):
    built = build_double("1.2.1", tmp_path_factory.mktemp("wheels"))
    with PackageIndex.of_runtimes(built, torch_padding_bytes=2 * 2**20) as serving:
        serving.indexes["torch"].update([wheel("torchvision", "0.24.1", {"torchvision/__init__.py": ""})])
        yield serving


@pytest.fixture
def world(tmp_path: Path, index: PackageIndex) -> dict[str, str]:
    """A computer with a card, Open MPI and a docker without its toolkit."""
    library = tmp_path / "lib"
    library.mkdir()
    (library / "libmpi.so.40").touch()
    docker = FakeDocker(tmp_path / "docker", toolkit=False)
    (docker.bin / "mpirun").symlink_to("/bin/true")
    return {
        "PATH": f"{docker.bin}:{os.environ['PATH']}",
        "LD_LIBRARY_PATH": str(build_fake_nvml(library)),
        "ENGINEROOM_FAKE_NVML": str(FAKES / "scenarios" / "rtx4090_desktop.txt"),
        "ENGINEROOM_TORCH_INDEX": index.url("torch"),
        "ENGINEROOM_PACKAGE_INDEX": index.url("nvidia"),
        "ENGINEROOM_RUNTIME_PYTHON": sys.executable,
        "UV_DEFAULT_INDEX": index.url("public"),
    }


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "Tiny"
    folder.mkdir()
    (folder / "config.json").write_bytes(config(model_type="qwen3", architectures=["Qwen3ForCausalLM"]))
    (folder / "model.safetensors").write_bytes(llama())
    return folder


def test_from_the_doctor_to_the_default_and_away(tmp_path: Path, world: dict[str, str], model: Path) -> None:
    with engine_room(tmp_path / "home", environment=world) as room:
        with room.control() as control:
            until("the card", lambda: control.snapshot().machine.gpus)
        looks = {look["kind"]: look for look in json_of(room.cli("runtimes", "doctor", "--json"))}
        assert [one["code"] for one in looks["container"]["findings"] if one["level"] == "blocking"] == [
            "toolkit_missing"
        ]
        blocking = [one["code"] for one in looks["venv"]["findings"] if one["level"] == "blocking"]
        assert set(blocking) <= {"disk_short"}
        if blocking:
            pytest.skip("the rule for the disk holds here: there is no room for a real runtime")
        told = json_of(room.cli("runtimes", "install", "--model", str(model), "--json"))
        assert told["job"]["state"] == "done"
        assert told["runtime"]["id"] == NAME, "the kind that can be installed was taken"
        assert told["runtime"]["is_default"], told["runtime"]["gate"]
        assert told["runtime"]["gate"]["simulated"]
        shown = room.cli("runtimes").stdout
        assert f"* {NAME}" in shown
        assert "llama.cpp" in shown
        assert room.cli("runtimes", "update").stdout == f"{NAME} is the newest that is known.\n"
        again = room.cli("runtimes", "gate", NAME, "--model", str(model))
        assert "tool_call" in again.stdout
        assert "SIMULATED" in again.stdout
        assert room.cli("runtimes", "use", NAME).stdout == f"{NAME} is the default.\n"
        assert room.cli("runtimes", "use", "nothing").returncode == Exit.REJECTED
        gone = room.cli("runtimes", "rm", NAME)
        assert "There is no default runtime now." in gone.stdout
        assert NAME not in room.cli("runtimes", "list").stdout


def test_a_daemon_killed_in_the_middle_leaves_no_program_and_goes_on(
    tmp_path: Path, world: dict[str, str], index: PackageIndex
) -> None:
    home = tmp_path / "home"
    index.faults.bytes_per_s = 700_000.0
    try:
        with engine_room(home, environment=world) as room:
            with room.control() as control:
                until("the card", lambda: control.snapshot().machine.gpus)
            started = room.cli("runtimes", "install", "--kind", "venv", "--no-wait", "--json")
            if "disk_short" in started.stdout or "bytes free" in started.stdout:
                pytest.skip("the rule for the disk holds here: there is no room for a real runtime")
            job = json_of(started)["job"]["id"]
            with room.control() as control:
                until("the download", lambda: control.job(job).stage == "download")
            family = room.family()
            room.end(signal.SIGKILL)
            until("all of it to end", lambda: not any(map(_runs, family[1:])))
    finally:
        index.faults.bytes_per_s = None
    with engine_room(home, environment=world) as room:
        with room.control() as control:
            until("the installation", lambda: control.job(job).state == "done")
        (runtime,) = (one for one in json_of(room.cli("runtimes", "--json")) if one["id"] == NAME)
        assert runtime["state"] == "installed", "there was no model to prove it with"
        assert not runtime["is_default"]


def _runs(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
