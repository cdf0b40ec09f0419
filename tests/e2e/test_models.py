"""Models from the Hub to an answer and away again: the real daemon and command line beside a fake Hub."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openai
import pytest

from e2e.hub_room import (
    GGUF_FILES,
    SAFETENSORS_FILES,
    bytes_on_disk,
    cache_of,
    has_all,
    hub_room,
    models_of,
    snapshot,
    tiny_repo,
    told,
    wait_over,
)  # fmt: skip
from engine_room import EngineRoomProcess, until
from engineroom.contract.control import JobState
from engineroom.contract.models import PullRequest
from engineroom.contract.problems import Exit
from engineroom.domain.errors import Code
from fakes.fake_hub import Drip, FakeHub, FakeRepo

SMALL_CARD = "name=Small,memory=0.5GB,bandwidth=100GB/s,cc=8.9"


@pytest.fixture(scope="module")
def the_hub() -> Iterator[FakeHub]:
    with FakeHub() as hub:
        yield hub


@pytest.fixture(scope="module")
def the_room(the_hub: FakeHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    with hub_room(tmp_path_factory.mktemp("models"), the_hub) as room:
        yield room


@pytest.fixture
def hub(the_hub: FakeHub) -> Iterator[FakeHub]:
    """The Hub without the faults of an earlier test."""
    the_hub.faults.clear()
    yield the_hub
    the_hub.faults.clear()


@pytest.fixture
def room(the_room: EngineRoomProcess, hub: FakeHub) -> EngineRoomProcess:
    """The daemon, shared by the tests of this file."""
    return the_room


def test_pull_verify_serve_answer_remove(hub: FakeHub, room: EngineRoomProcess) -> None:
    repo = tiny_repo(hub)
    pulled = told(room, "models", "pull", repo.id)
    assert pulled["preview"]["revision"] == repo.branches["main"]
    assert pulled["preview"]["licence"] == "mit"
    assert pulled["preview"]["total_bytes"] == sum(map(len, GGUF_FILES.values()))
    assert pulled["fit"]["code"] == Code.GPU_NONE or pulled["fit"]["verdict"] != "unknown"
    assert pulled["job"]["result"]["snapshot"] == str(snapshot(room, repo))
    assert has_all(snapshot(room, repo), GGUF_FILES)
    checked = told(room, "models", "verify", "tiny")
    assert checked["result"] == {"files": 1, "ok": 1, "unknown": 0}
    assert [(file["name"], file["state"]) for file in checked["files"]] == [("tiny.gguf", "ok")]
    with openai.OpenAI(base_url=f"{room.connection().address}/v1", api_key="none", max_retries=0) as client:
        assert "tiny" in {model.id for model in client.models.list()}
        question = [{"role": "user", "content": "hello"}]
        answer = client.chat.completions.create(model="tiny", messages=question, max_tokens=4, seed=1)  # type: ignore[arg-type]
        assert answer.usage is not None
        assert answer.usage.completion_tokens == 4
    refused = room.cli("models", "rm", "tiny")
    assert (refused.returncode, "in use" in refused.stderr) == (Exit.REJECTED, True)
    held = bytes_on_disk(cache_of(room))
    removed = told(room, "models", "rm", "tiny", "--force")
    assert removed["freed_bytes"] == len(GGUF_FILES["tiny.gguf"])
    assert held - bytes_on_disk(cache_of(room)) >= removed["freed_bytes"]
    assert "tiny" not in {model["id"] for model in told(room, "models")}


def test_a_safetensors_repository_and_its_damage(hub: FakeHub, room: EngineRoomProcess) -> None:
    repo = hub.add(FakeRepo(id="maker/tiny-st"))
    repo.commit(SAFETENSORS_FILES | {"pytorch_model.bin": b"\x80\x04"})
    result = room.cli("models", "pull", repo.id, "--gpu", "RTX 4090")
    assert result.returncode == Exit.OK, result.stderr
    for part in (repo.branches["main"], "licence: apache-2.0", "plan: fits (bf16) on NVIDIA GeForce RTX 4090", "free"):
        assert part in result.stdout
    assert has_all(snapshot(room, repo), SAFETENSORS_FILES)
    assert not (snapshot(room, repo) / "pytorch_model.bin").exists()
    entry = next(one for one in told(room, "models", "list") if one["id"] == repo.id)
    assert (entry["file_format"], entry["runtimes"]) == ("safetensors", [])
    blob = (snapshot(room, repo) / "model.safetensors").resolve()
    content = bytearray(blob.read_bytes())
    content[-1] ^= 1
    blob.write_bytes(content)
    damaged = room.cli("models", "verify", repo.id)
    assert damaged.returncode == Exit.REJECTED
    assert "1 of 4 files" in damaged.stderr
    assert blob.name in damaged.stderr
    assert "wrong  model.safetensors" in damaged.stdout
    assert "ok  config.json" in damaged.stdout


def test_what_does_not_fit_is_fetched_only_when_it_is_meant(hub: FakeHub, room: EngineRoomProcess) -> None:
    repo = hub.add(FakeRepo(id="maker/too-big"))
    repo.commit(SAFETENSORS_FILES)
    before = hub.sent["model.safetensors"]
    result = room.cli("models", "pull", repo.id, "--gpu", SMALL_CARD)
    assert result.returncode == Exit.DOES_NOT_FIT
    assert "does not fit" in result.stdout
    assert "--yes" in result.stderr
    assert hub.sent["model.safetensors"] - before < len(SAFETENSORS_FILES["model.safetensors"])
    assert not snapshot(room, repo).exists()
    assert room.cli("models", "pull", repo.id, "--gpu", SMALL_CARD, "--yes").returncode == Exit.OK
    assert snapshot(room, repo).exists()


def test_ctrl_c_leaves_the_download_to_the_engine_room(hub: FakeHub, room: EngineRoomProcess) -> None:
    repo = hub.add(FakeRepo(id="maker/slow"))
    files = {
        "config.json": SAFETENSORS_FILES["config.json"],
        "model.safetensors": SAFETENSORS_FILES["model.safetensors"],
    }
    repo.commit(files)
    hub.fault("/cdn/*", Drip(bytes_per_s=5000, block_bytes=500))
    with subprocess.Popen(
        [sys.executable, "-m", "engineroom", "models", "pull", repo.id],
        env=room.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as command:  # fmt: skip
        assert command.stdout is not None
        for line in command.stdout:
            if line.startswith("fetch"):
                break
        command.send_signal(signal.SIGINT)
        _, errors = command.communicate(timeout=100)
    assert command.returncode == Exit.INTERRUPTED
    with models_of(room) as client:
        (job,) = [job for job in client.jobs() if job.subject == repo.id]
        assert job.active
        assert f"engineroom jobs cancel {job.id}" in errors
        assert told(room, "jobs", "pause", job.id[:8])["state"] == "paused"
        hub.faults.clear()
        assert told(room, "jobs", "resume", job.id)["state"] in {"queued", "running"}
        assert wait_over(client, job.id).state is JobState.DONE
    assert has_all(snapshot(room, repo), files)


def test_a_gate(hub: FakeHub, room: EngineRoomProcess) -> None:
    """Without a token, with one that may not, and with one that may."""
    hub.users = {"hf_other": "other", "hf_member": "member"}
    repo = hub.add(FakeRepo(id="maker/gated", gated="manual", members={"hf_member"}))
    repo.commit(SAFETENSORS_FILES)
    refused = room.cli("models", "pull", repo.id, "--gpu", "RTX 4090")
    assert refused.returncode == Exit.REJECTED
    assert f"{hub.url}/{repo.id}" in refused.stderr
    assert "access token" in refused.stderr
    for token, code in (("hf_other", Exit.REJECTED), ("hf_member", Exit.OK)):
        login = subprocess.run(
            [sys.executable, "-m", "engineroom", "hub", "login"], env=room.environment, input=f"{token}\n",
            capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        assert "only you can read" in login.stdout
        assert token not in login.stdout
        assert room.cli("models", "pull", repo.id, "--gpu", "RTX 4090").returncode == code
    assert has_all(snapshot(room, repo), SAFETENSORS_FILES)
    assert hub.leaked == []
    assert "Token: none" in room.cli("hub", "logout").stdout


def test_two_at_once_and_the_third_waits(hub: FakeHub, room: EngineRoomProcess) -> None:
    repos = [hub.add(FakeRepo(id=f"maker/queue-{number}")) for number in range(3)]
    for number, repo in enumerate(repos):
        repo.commit({"config.json": SAFETENSORS_FILES["config.json"], "README.md": bytes([number]) * 100_000,
                     "model.safetensors": SAFETENSORS_FILES["model.safetensors"]})  # fmt: skip
    hub.fault("*/README.md", Drip(bytes_per_s=1000, block_bytes=100))
    with models_of(room) as client:
        jobs = [client.pull(PullRequest(repo=repo.id)).id for repo in repos]
        until("two that fetch", lambda: [client.job(job).stage for job in jobs].count("fetch") == 2)
        assert client.job(jobs[2]).state is JobState.QUEUED
        client.turn_job(jobs[0], "cancel")
        until("the third", lambda: client.job(jobs[2]).state is JobState.RUNNING)
        for job in jobs[1:]:
            client.turn_job(job, "pause")
        hub.faults.clear()
        for job in jobs[1:]:
            client.turn_job(job, "resume")
            assert wait_over(client, job).state is JobState.DONE
    assert not snapshot(room, repos[0]).exists()
    assert not list(cache_of(room).rglob("*incomplete*"))


def test_search_gives_each_hit_a_badge(hub: FakeHub, room: EngineRoomProcess) -> None:
    for number in range(3):
        hub.add(FakeRepo(id=f"maker/badge-{number}", downloads=number)).commit(SAFETENSORS_FILES)
    variants = {f"m-{name}.gguf": GGUF_FILES["tiny.gguf"] for name in ("Q8_0", "Q4_K_M")}
    hub.add(FakeRepo(id="maker/badge-gguf")).commit(variants)
    found = told(room, "models", "search", "badge", "--gpu", "RTX 4090")["hits"]
    assert [row["hit"]["repo"] for row in found][:3] == [f"maker/badge-{number}" for number in (2, 1, 0)]
    assert {row["fit"]["verdict"] for row in found} == {"fits"}
    words = room.cli("models", "search", "badge", "--gpu", SMALL_CARD, "--sort", "likes").stdout
    assert words.count("[does not fit") == 4
    plain = told(room, "models", "search", "badge", "--no-fit", "--format", "gguf")
    assert all(row["fit"] is None for row in plain["hits"])


def test_several_sets_of_weights(hub: FakeHub, room: EngineRoomProcess) -> None:
    other = GGUF_FILES["tiny.gguf"][:-4] + b"\0\0\0\0"
    repo = hub.add(FakeRepo(id="maker/sets"))
    repo.commit({"m-Q8_0.gguf": GGUF_FILES["tiny.gguf"], "m-Q4_K_M.gguf": other})
    result = room.cli("models", "pull", repo.id)
    assert result.returncode == Exit.REJECTED
    assert "m-Q4_K_M.gguf" in result.stderr
    assert room.cli("models", "pull", f"{repo.id}:Q4_K_M", "--gpu", "RTX 4090").returncode == Exit.OK
    assert (snapshot(room, repo) / "m-Q4_K_M.gguf").read_bytes() == other
    assert not (snapshot(room, repo) / "m-Q8_0.gguf").exists()


@pytest.mark.parametrize(
    ("name", "code"),
    [("maker/nothing", Code.REPO_NOT_FOUND), ("no-name", Code.REPO_NAME), ("maker/pickle", Code.PICKLE_REFUSED),
     ("maker/code", Code.REMOTE_CODE_REFUSED), ("maker/unsafe", Code.UNSAFE_FILE_NAME)],
)  # fmt: skip
def test_refusals(hub: FakeHub, room: EngineRoomProcess, tmp_path: Path, name: str, code: Code) -> None:
    hub.add(FakeRepo(id="maker/pickle")).commit({"config.json": b"{}", "pytorch_model.bin": b"\x80\x04"})
    hub.add(FakeRepo(id="maker/code")).commit(SAFETENSORS_FILES | {"modeling_x.py": b"import os"})
    hub.add(FakeRepo(id="maker/unsafe")).commit(SAFETENSORS_FILES | {"../../../outside.json": b"{}"})
    result = room.cli("models", "pull", name, "--gpu", "RTX 4090", "--json")
    assert result.returncode == Exit.REJECTED
    assert f'"code":"{code}"' in result.stdout.splitlines()[-1]
    assert not list(room.home.rglob("outside.json"))


def test_what_left_is_listed(hub: FakeHub, room: EngineRoomProcess) -> None:
    repo = hub.add(FakeRepo(id="maker/listed"))
    repo.commit(SAFETENSORS_FILES)
    assert room.cli("models", "pull", repo.id).returncode == Exit.OK
    rows = told(room, "outbound", "--tail", "1000")
    assert {"model_info", "model_file"} <= {row["purpose"] for row in rows}
    assert {row["host"] for row in rows} <= {"127.0.0.1", "localhost"}
    fetched = [row["received_bytes"] for row in rows if row["purpose"] == "model_file"]
    assert sum(fetched) >= sum(map(len, SAFETENSORS_FILES.values()))
    assert "model_file" in room.cli("outbound").stdout
    assert "model_file" in (room.home / "state" / "log" / "outbound.log").read_text()
