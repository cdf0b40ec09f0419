"""Which processes are a container's: by its control group or its command line, and never somebody else's number."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from engineroom.workers.contained import Contained, group_read_bytes
from fakes.fake_docker import FakeDocker
from fakes.fake_docker.kit import REPOSITORY
from fakes.tensorrt_llm_double.kit import environment

IMAGE = f"{REPOSITORY}:1.2.1"
PATIENCE_S = 60.0


@pytest.fixture(params=["docker", "podman"])
def docker(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[FakeDocker]:
    fake = FakeDocker(tmp_path / "docker", name=request.param, pace_s=0.0)
    words = [fake.program, "run", "--detach", "--name", "one", IMAGE, "sh", "-c", "sleep 1000 & sleep 1000"]
    subprocess.run(words, env=environment(), check=True, capture_output=True, timeout=100)
    yield fake
    fake.configure()
    subprocess.run([fake.program, "rm", "-f", "one"], capture_output=True, check=True, timeout=100)


def contained(docker: FakeDocker) -> Contained:
    return Contained((str(docker.program), "rm", "--force", "one"), ask_every_s=0.0)


def names(inside: Contained) -> list[str]:
    return sorted(process.name() for process in inside.processes())


def asked(docker: FakeDocker, verb: str) -> int:
    return sum(words[0] == verb for words in docker.asked)


def test_all_that_runs_in_it_is_seen_and_asked_for_once(docker: FakeDocker) -> None:
    inside = contained(docker)
    deadline_s = time.monotonic() + PATIENCE_S
    while names(inside) != ["sh", "sleep", "sleep"] and time.monotonic() < deadline_s:
        time.sleep(0.05)
    assert names(inside) == ["sh", "sleep", "sleep"]
    assert os.getpid() not in {process.pid for process in inside.processes()}
    before = asked(docker, "inspect")
    inside.processes()
    assert asked(docker, "inspect") == before, "a look a second must not cost a program each"


def test_numbers_of_a_virtual_machine_are_nobodys_here(docker: FakeDocker) -> None:
    docker.configure(vm=True)
    inside = contained(docker)
    assert psutil.pid_exists(1), "whose number it has there"
    for _ in range(8):
        assert inside.processes() == []
    assert asked(docker, "inspect") == 5, "then it is known that they are somewhere else"


def test_what_has_ended_is_not_taken_for_what_has_its_number_now(docker: FakeDocker) -> None:
    inside = contained(docker)
    deadline_s = time.monotonic() + PATIENCE_S
    while not inside.processes() and time.monotonic() < deadline_s:
        time.sleep(0.05)
    subprocess.run([docker.program, "kill", "one"], check=True, capture_output=True, timeout=100)
    while inside.processes() and time.monotonic() < deadline_s:
        time.sleep(0.05)
    assert inside.processes() == []


def test_no_container_is_nothing() -> None:
    assert Contained(()).processes() == []
    assert Contained(()).read_bytes() == 0


def test_what_a_group_has_read_is_read_from_its_file(tmp_path: Path) -> None:
    """Rows as in the kernel's documentation of cgroup v2, io.stat."""
    (tmp_path / "proc" / "42").mkdir(parents=True)
    (tmp_path / "proc" / "42" / "cgroup").write_text("1:name=systemd:/other\n0::/system.slice/docker-ab12.scope\n")
    group = tmp_path / "sys/fs/cgroup/system.slice/docker-ab12.scope"
    group.mkdir(parents=True)
    (group / "io.stat").write_text(
        "8:16 rbytes=1459200 wbytes=314773504 rios=192 wios=353 dbytes=0 dios=0\n"
        "8:0 rbytes=90430464 wbytes=299008000 rios=8950 wios=1252 dbytes=50331648 dios=3021\n"
    )
    assert group_read_bytes(42, tmp_path) == 1459200 + 90430464
    assert group_read_bytes(43, tmp_path) == 0
    (group / "io.stat").write_text("8:16\n")
    assert group_read_bytes(42, tmp_path) == 0
