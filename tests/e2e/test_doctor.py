"""The doctor from the command line: a failed engine, its finding, a fix on paper and in earnest; what was left behind.

The runtime is a double, and the card only played; one daemon serves the whole test.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from engine_kit import EngineHome
from engine_room import engine_room, json_of, runs, until
from engineroom.contract.control import EngineState, GpuReading, Snapshot
from engineroom.contract.problems import Exit
from engineroom.domain.launch import FAMILY_VARIABLE, PARENT_VARIABLE
from fakes.nvml_library import FAKES

SLEEP = "import time; time.sleep(600)"
HELD_BYTES = 3 * 2**30


@pytest.fixture
def left() -> Iterator[psutil.Process]:
    """A process that an engine of another engine room has left behind."""
    marks = {FAMILY_VARIABLE: "0123-abc", PARENT_VARIABLE: str(2**22 + 1)}
    with subprocess.Popen([sys.executable, "-c", SLEEP], env={**os.environ, **marks}) as process:
        yield psutil.Process(process.pid)
        process.kill()


def cards_of(snapshot: Snapshot) -> tuple[GpuReading, ...]:
    """As they were last read."""
    return snapshot.frames[-1].gpus if snapshot.frames else ()


def test_from_a_failure_to_a_fix_and_what_was_left_behind(tmp_path: Path, left: psutil.Process) -> None:
    home = EngineHome(tmp_path)
    scenario = (FAKES / "scenarios" / "rtx5090.txt").read_text("utf-8")
    played = tmp_path / "card.txt"
    played.write_text(scenario.replace("0.compute \n", f"0.compute {left.pid}:{HELD_BYTES}\n"), "utf-8")
    environment = {**home.environment(), "ENGINEROOM_FAKE_NVML": str(played)}
    with engine_room(home.home, environment=environment) as room:
        with room.control() as control:
            until("the programs of the card", lambda: any(gpu.processes for gpu in cards_of(control.snapshot())))
        told = json_of(
            room.cli("build", "tiny/Tiny-Qwen", "--context", "4096", "--concurrency", "2", "--yes", "--json")
        )
        engine = told["job"]["result"]["engine"]
        assert room.cli("doctor").stdout == "No engine has failed since it last ran.\n"
        home.scenario(fail="oom_sampler")
        assert room.cli("start", engine).returncode != Exit.OK
        room.wait_engine(EngineState.FAILED, engine)
        said = room.cli("doctor", engine).stdout
        assert "Serve with half the context." in said, said
        assert f"engineroom doctor {engine} --apply lower_context" in said
        (finding,) = json_of(room.cli("doctor", "--json"))
        assert (finding["engine"], finding["known"], finding["problem"]["code"]) == (engine, True, "out_of_memory")
        assert "Sampler" in finding["cause"]
        tried = room.cli("doctor", engine, "--apply", "lower-context", "--dry-run")
        assert (tried.returncode, "max_seq_len: 4096 -> 2048" in tried.stdout) == (Exit.OK, True), tried
        assert room.cli("doctor", engine, "--apply", "pull_image").returncode == Exit.REJECTED
        home.scenario()
        assert room.cli("doctor", engine, "--apply", "lower_context").returncode == Exit.OK
        assert room.wait_engine(EngineState.READY, engine).context_tokens == 2048
        assert "2048 tokens of context" in room.cli("status").stdout
        assert room.cli("doctor", engine, "--undo").returncode == Exit.OK
        assert room.engine(engine).context_tokens == 4096
        (orphan,) = [one for one in json_of(room.cli("orphans", "--json")) if one["pid"] == left.pid]
        assert (orphan["mark"], orphan["memory_bytes"]) == ("family", HELD_BYTES)
        assert "3.0 GiB" in room.cli("orphans").stdout
        assert room.cli("orphans", "end", str(os.getpid())).returncode == Exit.REJECTED
        assert room.cli("orphans", "end", str(left.pid)).returncode == Exit.OK
        assert not runs(left)
        assert [one for one in json_of(room.cli("orphans", "--json")) if one["pid"] == left.pid] == []


def test_a_fix_that_is_a_job_is_done_and_the_engine_started_again(tmp_path: Path) -> None:
    home = EngineHome(tmp_path)
    with engine_room(home.home, environment=home.environment()) as room:
        told = json_of(room.cli("build", "tiny/Tiny-Qwen", "--context", "1024", "--yes", "--json"))
        engine = told["job"]["result"]["engine"]
        manifest = home.engines / engine / "manifest.json"
        manifest.write_text(manifest.read_text("utf-8").replace('"--max_batch_size"', '"--max_batch_sise"'), "utf-8")
        assert room.cli("start", engine).returncode != Exit.OK
        room.wait_engine(EngineState.FAILED, engine)
        (first,) = json_of(room.cli("doctor", "--json"))
        assert first["problem"]["code"] == "engine_option_unknown", first
        tried = room.cli("doctor", engine, "--apply", "probe_again", "--dry-run").stdout
        assert f"put {home.runtime} through its gate again" in tried
        with room.control() as control:
            assert [one.kind for one in control.jobs()] == ["build"], "nothing was begun"
            begun = json_of(room.cli("doctor", engine, "--apply", "probe_again", "--json"))
            ended = until("the gate", lambda: not (job := control.job(begun["job"])).active and job)
            assert ended.state == "done", ended
        found = until("another start", lambda: [one for one in json_of(room.cli("doctor", "--json"))
                                                if one["found_at_s"] > first["found_at_s"]])  # fmt: skip
        assert found[0]["engine"] == engine
        (runtime,) = (one for one in json_of(room.cli("runtimes", "--json")) if one["id"] == home.runtime)
        checks = {check["step"]: check["outcome"] for check in runtime["gate"]["checks"]}
        assert (checks["serve"], checks["tool_call"]) == ("passed", "passed"), "the smallest engine was served"
        assert runtime["is_default"]
