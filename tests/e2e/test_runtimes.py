"""Runtimes from the outside: the command line and the real daemon, over a card, uv and an index that stand in."""

import signal
from pathlib import Path

import openai
import pytest

from e2e.runtime_world import index, world
from engine_kit import EngineHome
from engine_room import engine_room, gone, json_of, until
from engineroom.contract.control import EngineState
from engineroom.contract.problems import Exit
from fakes.package_index import PackageIndex
from fakes.tiny_safetensors import config, llama

NAME = "tensorrt-llm-1.2.1-venv"


__all__ = ["index", "world"]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "Tiny"
    folder.mkdir()
    (folder / "config.json").write_bytes(config(model_type="qwen3", architectures=["Qwen3ForCausalLM"]))
    (folder / "model.safetensors").write_bytes(llama())
    return folder


def test_from_the_doctor_to_the_default_and_away(tmp_path: Path, world: dict[str, str], model: Path) -> None:
    with engine_room(tmp_path / "home", environment=world) as room:
        room.connection()
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
            room.connection()
            started = room.cli("runtimes", "install", "--kind", "venv", "--no-wait", "--json")
            if "disk_short" in started.stdout or "bytes free" in started.stdout:
                pytest.skip("the rule for the disk holds here: there is no room for a real runtime")
            job = json_of(started)["job"]["id"]
            with room.control() as control:
                until("the download", lambda: control.job(job).stage == "download")
            family = room.family()
            room.end(signal.SIGKILL)
            until("all of it to end", lambda: gone(family[1:]))
    finally:
        index.faults.bytes_per_s = None
    with engine_room(home, environment=world) as room:
        with room.control() as control:
            until("the installation", lambda: control.job(job).state == "done")
        (runtime,) = (one for one in json_of(room.cli("runtimes", "--json")) if one["id"] == NAME)
        assert runtime["state"] == "installed", "there was no model to prove it with"
        assert not runtime["is_default"]


def test_an_engine_is_built_anew_with_the_newest_runtime_by_one_fix(tmp_path: Path, world: dict[str, str]) -> None:
    """From a bug of an old version to a token: the newest is installed and proved, the engine built with it."""
    home = EngineHome(tmp_path / "engines", "1.1.0")
    environment = home.environment() | world
    with engine_room(home.home, environment=environment) as room:
        with room.control() as control:
            until("the card", lambda: control.snapshot().machine.gpus)
        told = json_of(room.cli("build", "tiny/Tiny-Qwen", "--context", "1024", "--yes", "--json"))
        old = told["engine"]["engine"]
        assert old["runtime"] == "tensorrt-llm-1.1.0-venv"
        home.scenario(fail="tinygemm2")
        assert room.cli("start", old["id"]).returncode != Exit.OK
        room.wait_engine(EngineState.FAILED, old["id"])
        begun = room.cli("doctor", old["id"], "--apply", "update_runtime", "--yes", "--json")
        if "disk_short" in begun.stderr or "bytes free" in begun.stderr:
            pytest.skip("the rule for the disk holds here: there is no room for a real runtime")
        job = json_of(begun)["job"]
        with room.control() as control:
            install = until("the newest", lambda: not (now := control.job(job)).active and now)
            assert (install.state, install.arguments["runtime"]) == ("done", NAME), install
            build = until("the build", lambda: next((one for one in control.jobs() if one.kind == "build"
                                                     and one.follow_up is not None), None))  # fmt: skip
            ended = until("its end", lambda: (now := control.job(build.id)).follow_up.state != "pending" and now)
            assert ended.follow_up.state == "done", ended
        made = str(ended.arguments["engine"])
        assert made != old["id"]
        room.wait_engine(EngineState.READY, made)
        client = openai.OpenAI(base_url=f"{room.connection().address}/v1", api_key="none")
        asked = client.completions.create(model=made, prompt="Say something.", max_tokens=4)
        assert asked.usage.completion_tokens == 4
        assert "What was to follow has been begun" in room.cli("jobs").stdout
        shown = json_of(room.cli("engines", "show", made, "--json"))
        assert shown["engine"]["runtime"] == NAME
