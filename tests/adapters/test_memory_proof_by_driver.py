"""A proof that fails and then does not: real processes, the real binding, and a library in the driver's place."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from fakes.nvml_library import FAKES, build_fake_nvml

SLEEP = "import time; time.sleep(600)"
CARD = "GPU-50900000-0000-0000-0000-000000000001"
PATIENCE_S = 60.0
HELD_BYTES = 3 * 2**30
SCENARIO = (FAKES / "scenarios" / "rtx5090.txt").read_text("utf-8")


class Proof:
    """The product's proof as a process of its own."""

    def __init__(self, folder: Path, engine: psutil.Process, scenario: str, *, holds: bool) -> None:
        (folder / "lib").mkdir()
        self.holders = folder / "holders"
        self.holders.mkdir()
        self._round = folder / "round"
        self.round(0)
        (played := folder / "card.txt").write_text(scenario, "utf-8")
        environment = {
            **os.environ,
            "LD_LIBRARY_PATH": str(build_fake_nvml(folder / "lib")),
            "ENGINEROOM_FAKE_NVML": str(played),
            "ENGINEROOM_FAKE_NVML_ROUND": f"@{self._round}",
            "ENGINEROOM_FAKE_NVML_HOLDERS": str(self.holders),
        }
        if holds:
            self.holds(engine)
        words = [sys.executable, str(FAKES / "prove.py"), str(engine.pid), str(engine.create_time())]
        self.process = subprocess.Popen(
            words, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=sys.stderr
        )

    def holds(self, process: psutil.Process) -> None:
        row = {"pid": process.pid, "used_bytes": HELD_BYTES, "gpu": {"uuid": CARD}}
        (self.holders / f"{process.pid}.json").write_text(json.dumps(row), "utf-8")

    def round(self, number: int) -> None:
        """Which round of the scenario it is."""
        self._round.write_text(str(number), "utf-8")

    def said(self) -> dict:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def rest(self) -> list[str]:
        """What is said until all is well, without repetition; the notice has gone by then."""
        told: list[str] = []
        while (said := self.said())["what"] != "over":
            told += [said["what"]] if said["what"] not in told else []
        assert said["notices"] == 0
        return told

    def ended(self) -> None:
        """The engine is said to have ended."""
        assert self.process.stdin is not None
        assert self.said() == {"what": "seen"}
        self.process.stdin.write("ended\n")
        self.process.stdin.flush()


@pytest.fixture
def engine() -> Iterator[psutil.Process]:
    with subprocess.Popen([sys.executable, "-c", SLEEP]) as process:
        yield psutil.Process(process.pid)
        process.kill()


@pytest.fixture
def prove(tmp_path: Path, engine: psutil.Process) -> Iterator:
    made: list[Proof] = []

    def begin(scenario: str = SCENARIO, *, holds: bool = True) -> Proof:
        made.append(Proof(tmp_path, engine, scenario, holds=holds))
        return made[-1]

    yield begin
    for one in made:
        one.process.kill()
        one.process.communicate()


def test_a_rank_that_survived_is_named_until_somebody_ends_it(prove, engine: psutil.Process) -> None:
    proof = prove()
    proof.ended()
    assert proof.said() == {"what": "kept", "pids": [engine.pid]}, "it may be ended"
    (facts,) = proof.said()["facts"]
    assert f"(pid {engine.pid}, 3.0 GiB)" in facts["holders"]
    assert facts["living"] == 1
    engine.kill()
    engine.wait(PATIENCE_S)
    assert "free" in proof.rest(), "the notice goes, and the log says why"


def test_a_driver_that_is_slow_is_not_taken_for_a_process(prove, engine: psutil.Process) -> None:
    """It lists a process for a while that has ended, and then no more."""
    listed = SCENARIO.replace("0.compute \n", f"0.compute {engine.pid}:{HELD_BYTES}\n0.compute@7 \n")
    assert listed != SCENARIO
    used = _used()
    listed = listed.replace(f"0.used {used}\n", f"0.used {used + HELD_BYTES}\n0.used@7 {used}\n")
    proof = prove(listed, holds=False)
    engine.kill()
    engine.wait(PATIENCE_S)
    proof.ended()
    (facts,) = proof.said()["facts"]
    assert ("the driver still lists it" in facts["holders"], facts["living"]) == (True, 0)
    proof.round(7)
    assert "free" in proof.rest()


def test_bytes_that_do_not_come_back_are_missed_though_nobody_is_listed(prove, engine: psutil.Process) -> None:
    used = int(next(line for line in SCENARIO.splitlines() if line.startswith("0.used ")).split()[1])
    proof = prove(
        SCENARIO.replace(f"0.used {used}\n", f"0.used {used}\n0.used@3 {used + HELD_BYTES}\n0.used@8 {used}\n")
    )
    proof.ended()
    proof.round(3)
    engine.kill()
    engine.wait(PATIENCE_S)
    held = proof.said()
    assert held["facts"][0]["holders"] == "nobody the driver names (3.0 GiB)"
    proof.round(8)
    assert "free" in proof.rest()


def _used() -> int:
    return int(next(line for line in SCENARIO.splitlines() if line.startswith("0.used ")).split()[1])
