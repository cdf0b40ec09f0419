"""The fake container program: statuses, signals, pulls, and no orphan (reference 6.2, 7.5)."""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from engine_room import gone, until
from engineroom.adapters import container
from engineroom.workers.ports import free_port
from fakes.fake_docker import FakeDocker
from fakes.fake_docker.kit import REPOSITORY
from fakes.tensorrt_llm_double.kit import environment, part
from fakes.tensorrt_llm_double.started import Started

IMAGE = f"{REPOSITORY}:1.2.1"
SERVE = ("trtllm-serve", "serve", "/models/tiny", "--host", "0.0.0.0", "--max_batch_size", "4")


@pytest.fixture
def docker(tmp_path: Path) -> Iterator[FakeDocker]:
    fake = FakeDocker(tmp_path / "docker", time_scale=0.02, pace_s=0.0)
    fake.runtime("1.2.1", pace_s=0.0, time_scale=0.02, state=str(tmp_path / "memory"))
    yield fake
    for name in fake.containers():
        subprocess.run([fake.program, "rm", "-f", name], capture_output=True, check=False, timeout=100)


def run(docker: FakeDocker, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [docker.program, *words], env=environment(), capture_output=True, text=True, check=False, timeout=100
    )


def started(docker: FakeDocker, model: Path, *more: str, port: int) -> list[str | Path]:
    return [docker.program, "run", "--rm", "--name", "one", "--gpus", "all", "--ipc", "host", *more,
            "--publish", f"127.0.0.1:{port}:{port}", "--mount", f"type=bind,source={model},target=/models/tiny",
            IMAGE, *SERVE]  # fmt: skip


def serving(docker: FakeDocker, model: Path, *more: str) -> Started:
    port = free_port()
    return Started(started(docker, model, *more, port=port), port=port)


def test_pull_prints_progress_and_keeps_the_digest(docker: FakeDocker) -> None:
    assert run(docker, "image", "inspect", IMAGE).returncode == 1
    said = run(docker, "pull", IMAGE)
    assert said.returncode == 0
    assert "Pulling from nvidia/tensorrt-llm/release" in said.stdout
    assert said.stdout.count(": Pull complete") == 3
    digest = run(docker, "image", "inspect", "--format", "{{index .RepoDigests 0}}", IMAGE).stdout.strip()
    assert digest.startswith(f"{REPOSITORY}@sha256:")
    assert json.loads(run(docker, "image", "inspect", digest).stdout)[0]["Size"] > 0
    assert run(docker, "image", "rm", digest).returncode == 0
    assert docker.asked[1] == ["pull", IMAGE]


def test_container_serves_and_leaves_nothing(docker: FakeDocker, model: Path, tmp_path: Path) -> None:
    with serving(docker, model) as client:
        client.ready()
        assert client.get("/version") == {"version": "1.2.1"}
        (held,) = part("gpus").memory_in_use(str(tmp_path / "memory"))
        worker = psutil.Process(held["pid"])
        assert run(docker, "ps", "--format", "{{.Names}}").stdout == "one\n"
        assert run(docker, "stop", "--time", "60", "one").stdout == "one\n"
        assert client.ended() == 143
        assert not worker.is_running()
        assert docker.containers() == {}


def test_container_outlives_its_killed_client(docker: FakeDocker, model: Path, tmp_path: Path) -> None:
    with serving(docker, model) as client:
        client.ready()
        client.process.kill()
        client.ended()
        assert client.get("/version")
        workers = [psutil.Process(row["pid"]) for row in part("gpus").memory_in_use(str(tmp_path / "memory"))]
        assert run(docker, "kill", "one").returncode == 0
        assert len(workers) == 1
        until("its end", lambda: gone(workers))


def test_client_passes_signals_on_and_137_is_a_kill(docker: FakeDocker, model: Path) -> None:
    with serving(docker, model) as client:
        assert client.ready().interrupt(signal.SIGTERM) == 143
    with serving(docker, model) as client:
        client.ready()
        run(docker, "kill", "one")
        assert client.ended() == 137


def test_memory_of_the_host_runs_out(docker: FakeDocker, model: Path) -> None:
    docker.runtime("1.2.1", fail="container_oom")
    with serving(docker, model) as client:
        assert client.ended() == 137


def test_stop_kills_what_ignores_it(docker: FakeDocker, model: Path) -> None:
    docker.runtime("1.2.1", pace_s=0.0, ignores_stop=True)
    with serving(docker, model) as client:
        client.ready()
        run(docker, "stop", "-t", "10", "one")
        assert client.ended() == 137


def test_server_on_localhost_cannot_be_reached_through_a_published_port(docker: FakeDocker, model: Path) -> None:
    port = free_port()
    words = [word for word in started(docker, model, port=port) if word not in {"--host", "0.0.0.0"}]
    with Started(words, port=port) as client:
        client.ready()
        with pytest.raises(OSError, match="refused"):
            client.ask("/version")
        run(docker, "kill", "one")
        client.ended()


def test_without_shared_memory_or_cards_it_fails_as_there(docker: FakeDocker, model: Path) -> None:
    said = run(docker, "run", "--rm", "--gpus", "all", "-v", f"{model}:/models/tiny", IMAGE, *SERVE, "--port", "9")
    assert (said.returncode, "vader_segment" in said.stderr) == (1, True)
    said = run(docker, "run", "--rm", "--ipc", "host", "-v", f"{model}:/models/tiny", IMAGE, *SERVE, "--port", "9")
    assert (said.returncode, "No GPU devices found on the node" in said.stderr) == (1, True)


def test_statuses_of_what_does_not_start(docker: FakeDocker) -> None:
    assert run(docker, "run", "--pull", "never", IMAGE).returncode == 125
    assert run(docker, "run", "--wrong", IMAGE).returncode == 125
    assert run(docker, "run", "no/such:image").returncode == 125
    assert run(docker, "run", "--rm", IMAGE, "no-such-program").returncode == 127
    assert run(docker, "run", "--rm", IMAGE, "/usr").returncode == 126
    assert run(docker, "run", "--rm", IMAGE, "sh", "-c", "exit 3").returncode == 3
    assert run(docker, "stop", "nobody").returncode == 1


def test_toolkit_daemon_and_rights_may_be_missing(docker: FakeDocker, tmp_path: Path) -> None:
    run(docker, "pull", IMAGE)
    docker.configure(toolkit=False)
    said = run(docker, "run", "--rm", "--gpus", "all", IMAGE, "true")
    assert (said.returncode, 'could not select device driver "" with capabilities: [[gpu]]' in said.stderr) == (
        125,
        True,
    )
    docker.configure(daemon="down")
    assert "Is the docker daemon running?" in run(docker, "pull", IMAGE).stderr
    docker.configure(daemon="denied")
    assert "permission denied while trying to connect" in run(docker, "pull", IMAGE).stderr
    podman = FakeDocker(tmp_path / "podman", name="podman", toolkit=False)
    said = run(podman, "run", "--device", "nvidia.com/gpu=all", IMAGE, "true")
    assert (said.returncode, "unresolvable CDI devices" in said.stderr) == (126, True)


def test_products_adapter_reads_its_answers(docker: FakeDocker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{docker.bin}:/usr/bin:/bin")
    facts = container.container_facts()
    assert facts
    assert (facts.program, facts.answers, facts.has_toolkit) == ("docker", True, True)
    assert facts.data_path == str(docker.state)
    run(docker, "pull", IMAGE)
    assert container.has_image("docker", IMAGE)
    docker.configure(daemon="denied")
    facts = container.container_facts()
    assert facts
    assert (facts.answers, facts.no_permission) == (False, True)


def test_detached_container_is_found_again_and_waited_for(docker: FakeDocker) -> None:
    label = ("--label", "owner=me")
    said = run(docker, "run", "-d", "--name", "two", *label, IMAGE, "sh", "-c", "echo here; exec sleep 60")
    assert len(said.stdout.splitlines()[-1]) == 64
    assert run(docker, "ps", "-q", "--filter", "label=owner=me").stdout.strip()
    until("its word", lambda: run(docker, "logs", "two").stdout == "here\n")
    assert run(docker, "rm", "--force", "two").returncode == 0
    assert run(docker, "inspect", "two").returncode == 1


def test_top_shows_processes_by_their_numbers_outside(docker: FakeDocker) -> None:
    words = (docker.program, "run", "--detach", "--name", "one", IMAGE, "sleep", "1000")
    subprocess.run(words, env=environment(), check=True, capture_output=True, timeout=100)
    (row,) = docker.containers().values()
    pid = str(row["State"]["Pid"])
    assert run(docker, "inspect", "--format", "{{.Id}} {{.State.Pid}}", "one").stdout.split() == [row["Id"], pid]
    said = run(docker, "top", "one", "-eo", "pid,args").stdout.splitlines()
    assert [line.split(maxsplit=1)[0] for line in said] == ["PID", pid]
    assert said[1].endswith("sleep 1000")
    assert "PID" in run(docker, "top", "one").stdout.splitlines()[0]
    assert run(docker, "top", "one", "-eo", "args").stderr.endswith("Couldn't find PID field in ps output\n")
    run(docker, "kill", "one")
    for name in ("one", "none"):
        assert run(docker, "top", name).returncode == 1
