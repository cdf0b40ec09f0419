"""Runtimes as containers, over a docker that is a program of its own; and endpoints that somebody else runs."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.job import JobState
from engineroom.domain.runtimes.values import RuntimeKind, RuntimeState
from fakes.fake_docker.kit import REPOSITORY, FakeDocker
from services.runtime_kit import SLOW, Stage, nothing_left_behind

OLD, NEW = "tensorrt-llm-1.2.1-container", "tensorrt-llm-1.4.0rc1-container"
QUICK = {"pace_s": 0.0, "time_scale": 0.02}


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeDocker:
    made = FakeDocker(tmp_path / "docker")
    monkeypatch.setenv("PATH", str(made.bin), prepend=":")
    return made


@pytest.fixture
async def stage(tmp_path: Path, docker: FakeDocker):
    made = Stage(tmp_path / "home")
    made.folder.mkdir()
    made.store = type(made.store)(made.folder / "runtimes")
    made.runtimes, made.jobs = made.fresh()
    yield made
    await made.jobs.close()
    await nothing_left_behind(tmp_path / "docker")


async def test_an_image_is_pulled_pinned_proved_and_the_default(stage: Stage, docker: FakeDocker) -> None:
    await stage.done(await stage.installed("1.2.1", RuntimeKind.CONTAINER))
    manifest = stage.installation(OLD).manifest
    assert manifest is not None
    assert manifest.image == f"{REPOSITORY}@{manifest.image_digest}"
    assert str(manifest.image_digest).startswith("sha256:")
    assert (manifest.size_bytes or 0) > 10**10
    assert stage.store.default() == OLD, stage.gate(OLD)
    runs = [words for words in docker.asked if words[0] == "run"]
    assert runs
    for words in runs:
        assert manifest.image in words, "by its digest, never by its tag"
        assert words[words.index("--pull") + 1] == "never"
        assert "TRTLLM_NO_USAGE_STATS=1" in words
    (serve,) = (words for words in runs if "--publish" in words or "-p" in words)
    assert serve[serve.index("-p") + 1].startswith("127.0.0.1:"), "reachable from this computer alone"
    assert docker.containers() == {}


async def test_how_far_a_pull_is_is_told_for_an_image_of_several_machines(stage: Stage, docker: FakeDocker) -> None:
    job = await stage.done(await stage.installed("1.2.1", RuntimeKind.CONTAINER))
    told = [one for one in stage.events.jobs if one.id == job.id and one.total_bytes]
    assert {one.total_bytes for one in told} == {18_000_000_000}, "layers of 3, 6 and 9 GB"
    assert told[-1].done_bytes == 18_000_000_000
    assert job.total_bytes is None
    asked = [words[-1] for words in docker.asked if words[:2] == ["manifest", "inspect"]]
    assert [one.startswith(f"{REPOSITORY}@sha256:") for one in asked] == [False, True]


async def test_without_a_card_a_container_is_given_none(stage: Stage, docker: FakeDocker) -> None:
    stage.machine = _without_cards(stage)
    docker.configure(toolkit=False)
    await stage.done(await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.CONTAINER))
    assert stage.gate(OLD)["serve"] == "no_card"
    assert not any("--gpus" in words for words in docker.asked)
    assert stage.store.default() is None


async def test_two_images_side_by_side(stage: Stage, docker: FakeDocker) -> None:
    await stage.done(await stage.installed("1.2.1", RuntimeKind.CONTAINER))
    docker.runtime("1.4.0rc1", **QUICK, tokens_per_s=SLOW)
    await stage.done(await stage.installed("1.4.0rc1", RuntimeKind.CONTAINER))
    assert stage.gate(NEW)["speed"] == "slower"
    assert stage.store.default() == OLD


async def test_an_image_that_is_not_there_is_told_in_dockers_words(stage: Stage, docker: FakeDocker) -> None:
    docker.configure(registry={})
    job = await stage.installed("1.2.1", RuntimeKind.CONTAINER)
    assert job.state is JobState.FAILED
    assert job.problem is not None
    assert job.problem.code == Code.INSTALL_FAILED
    assert "manifest" in str(job.problem.facts["line"])


async def test_an_image_that_was_removed_by_hand_is_broken(stage: Stage, docker: FakeDocker) -> None:
    await stage.done(await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.CONTAINER))
    manifest = stage.installation(OLD).manifest
    assert manifest is not None
    (docker.state / "images.json").write_text("{}")
    view = await stage.runtimes.view(OLD)
    assert view.state is RuntimeState.BROKEN
    assert view.problem is not None
    assert view.problem.facts["missing"] == manifest.image


async def test_removing_one_removes_its_image(stage: Stage, docker: FakeDocker) -> None:
    await stage.done(await stage.runtimes.install(stage.jobs, version="1.2.1", kind=RuntimeKind.CONTAINER))
    await stage.runtimes.remove(stage.jobs, OLD)
    assert json.loads((docker.state / "images.json").read_text()) == {}
    assert stage.store.installations() == ()


class _Models(BaseHTTPRequestHandler):
    answer = b'{"object": "list", "data": [{"id": "theirs", "object": "model"}]}'

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/v1/models" else 404)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def theirs():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Models) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


async def test_somebody_elses_server_is_asked_and_remembered(stage: Stage, theirs: ThreadingHTTPServer) -> None:
    port = theirs.server_address[1]
    view = await stage.runtimes.attach(f"http://127.0.0.1:{port}/")
    assert (view.kind, view.state, view.models) == (RuntimeKind.ATTACHED, RuntimeState.READY, ("theirs",))
    assert (view.id, view.address) == (f"attached-127-0-0-1-{port}", f"http://127.0.0.1:{port}/v1")
    with pytest.raises(Rejected):
        await stage.runtimes.use(view.id)
    theirs.shutdown()
    theirs.server_close()
    gone = await stage.runtimes.view(view.id)
    assert gone.state is RuntimeState.UNREACHABLE
    assert gone.models == ("theirs",), "as it last said"
    await stage.runtimes.remove(stage.jobs, view.id)
    assert [one.id for one in await stage.runtimes.views()] == ["llama.cpp"]


async def test_what_does_not_answer_is_not_attached(stage: Stage, theirs: ThreadingHTTPServer) -> None:
    port = theirs.server_address[1]
    for address in (f"http://127.0.0.1:{port}/other", "http://127.0.0.1:1"):
        with pytest.raises(Broken) as refused:
            await stage.runtimes.attach(address)
        assert refused.value.code == Code.ENDPOINT_UNUSABLE
    assert stage.store.endpoints() == ()


def _without_cards(stage: Stage) -> object:
    machine = stage.machine
    return type(machine)(**{name: getattr(machine, name) for name in machine.__dataclass_fields__} | {"gpus": ()})
