"""Downloads when things go wrong: the daemon killed, no network allowed, a full disk; proxies; bundles."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.hub_room import (
    GGUF_FILES,
    SAFETENSORS_FILES,
    cache_of,
    has_all,
    hub_room,
    models_of,
    snapshot,
    tiny_repo,
    told,
    wait_over,
)  # fmt: skip
from engine_room import PATIENCE_S, until
from engineroom.contract.control import JobState, PlanRequest
from engineroom.contract.models import HubQuery, PullRequest
from engineroom.contract.problems import Exit
from engineroom.domain.errors import Code, EngineroomError
from fakes.fake_hub import FakeHub, FakeRepo, Hold
from fakes.tiny_safetensors import config, safetensors

SIZE = 4 * 2**20
LARGE_FILES = {"config.json": config(), "model.safetensors": safetensors(SIZE)}


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as hub:
        yield hub


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_the_download_goes_on_after_the_daemon_was_killed(hub: FakeHub, tmp_path: Path) -> None:
    repo = hub.add(FakeRepo(id="maker/large"))
    repo.commit(LARGE_FILES)
    hub.fault("/cdn/*", Hold(after_bytes=SIZE // 2, of_all=True))
    with hub_room(tmp_path / "room", hub) as room:
        with models_of(room) as client:
            job = client.pull(PullRequest(repo=repo.id)).id
        assert hub.when_sent("model.safetensors", SIZE // 2).wait(PATIENCE_S)
        room.end(signal.SIGKILL)
        assert not snapshot(room, repo).exists()
    hub.faults.clear()
    with hub_room(tmp_path / "room", hub) as room, models_of(room) as client:
        assert wait_over(client, job).state is JobState.DONE
        assert has_all(snapshot(room, repo), LARGE_FILES)
        assert [entry.id for entry in client.library() if entry.repo] == [repo.id]
    # What was under way when everything ended is asked for again, at most a claim of each stream.
    assert hub.sent["model.safetensors"] <= len(LARGE_FILES["model.safetensors"]) + 2**20


@pytest.mark.parametrize("by", ["environment", "settings"])
def test_offline_nothing_goes_out_and_the_library_works(hub: FakeHub, tmp_path: Path, by: str) -> None:
    repo = tiny_repo(hub)
    home = tmp_path / "room"
    with hub_room(home, hub) as room, models_of(room) as client:
        wait_over(client, client.pull(PullRequest(repo=repo.id)).id)
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.toml").write_text(f"[hub]\noffline = {str(by == 'settings').lower()}\n")
    asked = len(hub.asked)
    with hub_room(home, hub, HF_HUB_OFFLINE="1" if by == "environment" else "") as room, models_of(room) as client:
        assert client.account().offline
        refused = room.cli("models", "pull", "other/model")
        assert (refused.returncode, "offline switch is on" in refused.stderr) == (Exit.REJECTED, True)
        questions = (
            lambda: client.search(HubQuery(text="tiny")),
            lambda: client.look(PullRequest(repo=repo.id)),
            lambda: client.pull(PullRequest(repo=repo.id)),
            lambda: client.plan(PlanRequest(model="other/model", gpu="RTX 4090")),
        )
        for question in questions:
            with pytest.raises(EngineroomError, match=Code.HUB_OFFLINE):
                question()
        assert client.outbound(tail=100) == ()
        assert wait_over(client, client.verify("tiny").id).result["ok"] == 1
        assert "tiny" in {entry.id for entry in client.library()}
        assert client.remove_model("tiny").freed_bytes == len(GGUF_FILES["tiny.gguf"])
    assert len(hub.asked) == asked


def test_a_download_that_waited_while_the_switch_was_thrown(hub: FakeHub, tmp_path: Path) -> None:
    repo = hub.add(FakeRepo(id="maker/large"))
    repo.commit(LARGE_FILES)
    hub.fault("/cdn/*", Hold(after_bytes=SIZE // 8, of_all=True))
    with hub_room(tmp_path / "room", hub) as room:
        with models_of(room) as client:
            job = client.pull(PullRequest(repo=repo.id)).id
            until("a first byte", lambda: hub.sent["model.safetensors"])
        assert room.end() == 0
    hub.faults.clear()
    asked = len(hub.asked)
    with hub_room(tmp_path / "room", hub, HF_HUB_OFFLINE="1") as room, models_of(room) as client:
        ended = wait_over(client, job)
        assert ended.problem is not None
        assert (ended.state, ended.problem.code) == (JobState.FAILED, Code.HUB_OFFLINE)
    assert len(hub.asked) == asked


def test_a_disk_that_is_or_becomes_full(hub: FakeHub, small_disk: Path, tmp_path: Path) -> None:
    large, huge = hub.add(FakeRepo(id="maker/large")), hub.add(FakeRepo(id="maker/huge"))
    large.commit(LARGE_FILES)
    huge.commit({"config.json": config(), "model.safetensors": safetensors(9 * 2**20)})
    with hub_room(tmp_path / "room", hub, HF_HOME=str(small_disk)) as room, models_of(room) as client:
        refused = room.cli("models", "pull", huge.id, "--json")
        assert (refused.returncode, f'"{Code.DISK_TOO_SMALL}"' in refused.stdout) == (Exit.REJECTED, True)
        assert hub.sent["model.safetensors"] < 2**19
        held = Hold(after_bytes=2**20 + 2**16, of_all=True)
        hub.fault("/cdn/*", held)
        job = client.pull(PullRequest(repo=large.id)).id
        until("a megabyte", lambda: hub.sent["model.safetensors"] > 2**20)
        filler = small_disk / "filler"
        with pytest.raises(OSError, match="No space"):
            filler.write_bytes(bytes(8 * 2**20))
        hub.faults.clear()
        held.go.set()
        ended = wait_over(client, job)
        assert ended.problem is not None
        assert (ended.state, ended.problem.code) == (JobState.FAILED, Code.DISK_FULL)
        assert not snapshot(room, large).exists()
        filler.unlink()
        told(room, "jobs", "resume", job)
        assert wait_over(client, job).state is JobState.DONE
        assert has_all(snapshot(room, large), LARGE_FILES)


def test_a_proxy_is_gone_through(hub: FakeHub, tmp_path: Path) -> None:
    """The Hub's name cannot be resolved; only the proxy, played by the fake Hub itself, knows it."""
    repo = tiny_repo(hub)
    proxied = {"HF_ENDPOINT": "http://hub.invalid", "NO_PROXY": "", "HTTP_PROXY": hub.url, "http_proxy": hub.url}
    with hub_room(tmp_path / "room", hub, **proxied) as room:
        assert room.cli("models", "pull", repo.id).returncode == Exit.OK
        assert has_all(snapshot(room, repo), GGUF_FILES)
        assert "hub.invalid" in {row["host"] for row in told(room, "outbound")}


def test_a_bundle_for_a_computer_without_network(hub: FakeHub, tmp_path: Path) -> None:
    bundle = str(tmp_path / "bundle.tar")
    gguf, folder = tiny_repo(hub), hub.add(FakeRepo(id="maker/tiny-st"))
    folder.commit(SAFETENSORS_FILES)
    with hub_room(tmp_path / "first", hub) as room, models_of(room) as client:
        for repo in (gguf, folder):
            wait_over(client, client.pull(PullRequest(repo=repo.id)).id)
        exported = told(room, "models", "export", "tiny", folder.id, "--to", bundle)
        assert exported["result"]["models"] == 2
        again = wait_over(client, client.export(("tiny",), bundle).id)
        assert again.problem is not None
        assert again.problem.code == Code.BUNDLE_EXISTS
        with pytest.raises(EngineroomError, match=Code.NOT_EXPORTABLE):
            client.export(("smollm2-135m-instruct",), str(tmp_path / "other"))
    asked = len(hub.asked)
    with hub_room(tmp_path / "second", hub, HF_HUB_OFFLINE="1") as room, models_of(room) as client:
        assert told(room, "models", "import-bundle", bundle)["result"]["same_runtime"] is True
        assert has_all(snapshot(room, gguf), {"tiny.gguf": GGUF_FILES["tiny.gguf"]})
        assert has_all(snapshot(room, folder), SAFETENSORS_FILES)
        assert wait_over(client, client.verify(folder.id).id).result["ok"] == len(SAFETENSORS_FILES)
        assert "tiny" in {model.id for model in client.snapshot().models}
        refs = cache_of(room) / "models--maker--tiny-st" / "refs" / "main"
        assert refs.read_text() == folder.branches["main"]
    assert len(hub.asked) == asked
