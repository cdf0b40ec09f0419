"""Plans from the outside: through the real daemon, for a card that is here, and of a repository on the Hub."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine_room import STARTER, engine_room, json_of, until
from engineroom.contract.control import PlanRequest, Verdict
from engineroom.contract.problems import Exit
from engineroom.domain.errors import EngineroomError
from fakes.fake_hub import FakeHub, FakeRepo
from fakes.nvml_library import FAKES, build_fake_nvml
from fakes.tiny_safetensors import config, llama


@pytest.fixture
def card(tmp_path: Path) -> dict[str, str]:
    """An environment with an RTX 4090 that a desktop and a program use."""
    library = tmp_path / "nvml"
    library.mkdir()
    return {
        "LD_LIBRARY_PATH": str(build_fake_nvml(library)),
        "ENGINEROOM_FAKE_NVML": str(FAKES / "scenarios" / "rtx4090_desktop.txt"),
    }


def alone(home: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command line in a home without a daemon."""
    return subprocess.run(
        [sys.executable, "-m", "engineroom", "plan", *arguments],
        env={**os.environ, "ENGINEROOM_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_the_daemon_plans_for_its_card_and_the_command_line_sees_the_same(tmp_path, card):
    with engine_room(tmp_path / "home", environment=card) as room, room.control() as control:
        until_read(control)
        plan = control.plan(PlanRequest(model="qwen3-8b", precision="fp8", context_tokens=8192))
        assert plan["gpu"] == "NVIDIA GeForce RTX 4090"
        assert plan["bill"]["held_bytes"] > 0
        told = json_of(room.cli("plan", "qwen3-8b", "--precision", "fp8", "--context", "8192", "--json"))
        assert told["bill"]["weights_bytes"] == plan["bill"]["weights_bytes"]
        assert told["bill"]["held_bytes"] > 0
        starter = control.plan(PlanRequest(model=STARTER))
        assert starter["verdict"] == "fits"
        rows = control.rank(gpu="RTX 5090", use="code")
        assert rows[0].verdict is Verdict.FITS
        with pytest.raises(EngineroomError) as refused:
            control.plan(PlanRequest(model="qwen3-8b", gpu="banana"))
        assert refused.value.code == "gpu_unknown"


def test_without_a_daemon_the_card_is_looked_at_all_the_same(tmp_path, card):
    result = alone(tmp_path / "home", "llama-3.1-8b", "--precision", "q4_k_m", "--json", **card)
    plan = json_of(result)
    assert (result.returncode, plan["gpu"]) == (Exit.OK, "NVIDIA GeForce RTX 4090")
    assert plan["bill"]["held_bytes"] > 0
    assert "SIMULATED" in alone(tmp_path / "home", "llama-3.1-8b", **card).stdout
    assert "SIMULATED" not in alone(tmp_path / "home", "llama-3.1-8b", "--gpu", "5090", **card).stdout


def test_a_repository_outside_the_catalogue_is_read_off_the_hub(tmp_path):
    hub = FakeHub()
    repo = hub.add(FakeRepo(id="maker/tiny"))
    repo.commit({"config.json": config(), "model.safetensors": llama()})
    home = tmp_path / "home"
    with hub, engine_room(tmp_path / "room", environment={"HF_ENDPOINT": hub.url}) as room, room.control() as control:
        planned = control.plan(PlanRequest(model="maker/tiny", gpu="4090", precision="bf16"))
        assert planned["bill"]["terms"][0]["origin"] == "headers"
        result = alone(home, "maker/tiny", "--gpu", "4090", "--precision", "bf16", "--json", HF_ENDPOINT=hub.url)
        missing = alone(home, "maker/nothing", "--gpu", "4090", "--json", HF_ENDPOINT=hub.url)
    plan = json_of(result)
    weights = next(term for term in plan["bill"]["terms"] if term["kind"] == "weights")
    assert plan["model"] == "maker/tiny"
    assert weights["origin"] == "headers"
    assert json_of(missing)["error"]["code"] == "repo_not_found"
    sent = [json.loads(line) for line in _lines(home)]
    assert {row["host"] for row in sent} <= {"127.0.0.1", "localhost"}
    assert len(sent) >= 3
    offline = alone(home, "maker/tiny", "--gpu", "4090", "--json", HF_ENDPOINT=hub.url, HF_HUB_OFFLINE="1")
    assert (offline.returncode, json_of(offline)["error"]["code"]) == (Exit.REJECTED, "hub_offline")


def _lines(home: Path) -> list[str]:
    """The outbound ledger, as it lies on disk."""
    (file,) = home.rglob("outbound*")
    return file.read_text("utf-8").splitlines()


def until_read(control) -> None:
    """Wait for the first reading of the card."""
    until("a reading of the card", lambda: any(frame.gpus for frame in control.snapshot().frames))
