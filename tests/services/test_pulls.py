"""Pulls: what is looked at before the first byte, what a worker is told, what is kept and swept."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engineroom.adapters.hugging_face.reader import HubReader
from engineroom.adapters.job_store import JsonJobStore
from engineroom.adapters.pull_desk import PullDesk
from engineroom.adapters.spawn import PosixSpawner
from engineroom.domain.errors import Code, EngineroomError
from engineroom.domain.job import JobKind, JobView
from engineroom.domain.pull.outgoing import Outgoing
from engineroom.domain.pull.values import PullPlan
from engineroom.services.hub import Hub
from engineroom.services.jobs import Jobs
from engineroom.services.pulls import PullOptions, Pulls
from fakes.fake_hub import FakeHub, FakeRepo
from fakes.hand_clock import HandClock
from fakes.tiny_safetensors import config, llama

FILES = {"config.json": config(), "model.safetensors": llama(), "onnx/model.onnx": b"o"}
TOTAL = len(FILES["config.json"]) + len(FILES["model.safetensors"])


class Desk(PullDesk):
    """A desk whose disk has as much room as a test says."""

    room_bytes = 10**9

    def free_bytes(self) -> int | None:
        return self.room_bytes


class Stage:
    """Pulls over a fake Hub."""

    def __init__(self, folder: Path) -> None:
        self.hub = FakeHub().start()
        self.repo = self.hub.add(FakeRepo(id="maker/tiny"))
        self.commit = self.repo.commit(FILES)
        self.reader = HubReader(on_sent=lambda _: None, endpoint=self.hub.url)
        self.desk = Desk(folder / "pulls", cache=folder / "hub")
        self.blobs = folder / "hub" / "models--maker--tiny" / "blobs"
        self.options = PullOptions()
        self.arrivals = 0
        self.outgoing: list[Outgoing] = []
        self.pulls = Pulls(
            hub_side=self.reader, desk=self.desk, options=lambda: self.options, arrived=self.arrive,
            told=self.outgoing.append,
        )  # fmt: skip
        self.jobs = Jobs(
            clock=HandClock(), spawner=PosixSpawner(folder / "children"), store=JsonJobStore(folder / "jobs.json"),
            events=Hub(), handlers={JobKind.PULL: self.pulls}, log=lambda *_: None,
        )  # fmt: skip

    async def arrive(self) -> None:
        self.arrivals += 1

    def job(self, **changes: object) -> JobView:
        """As :meth:`Pulls.submit` makes it."""
        arguments = {"repo": self.repo.id, "revision": self.commit, "ref": "main", "variant": None,
                     "allow_code": False, "total_bytes": TOTAL, **changes}  # fmt: skip
        return JobView(id="j1", kind=JobKind.PULL, subject=self.repo.id, state="queued", created_at_s=0.0,  # type: ignore[arg-type]
                       arguments=arguments)  # type: ignore[arg-type]  # fmt: skip

    def end(self) -> None:
        self.reader.close()
        self.hub.stop()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.end()


def kept_plan(stage: Stage) -> PullPlan:
    plan = stage.desk.kept("j1")
    assert plan is not None
    return plan


async def test_a_preview_asks_for_no_byte_of_the_model(stage: Stage) -> None:
    preview = await stage.pulls.preview("maker/tiny")
    assert (preview.revision, preview.licence, preview.gated) == (stage.commit, "apache-2.0", False)
    assert (preview.files, preview.total_bytes) == (("config.json", "model.safetensors"), TOTAL)
    assert (preview.fetch_bytes, preview.free_bytes) == (TOTAL, 10**9)
    assert stage.hub.sent["model.safetensors"] == 0


async def test_what_is_here_is_not_counted_again(stage: Stage) -> None:
    stage.blobs.mkdir(parents=True)
    file = stage.repo.commits[stage.commit]["model.safetensors"]
    (stage.blobs / file.etag).write_bytes(FILES["model.safetensors"])
    assert (await stage.pulls.preview("maker/tiny")).fetch_bytes == len(FILES["config.json"])


async def test_several_sets_are_offered_and_not_summed(stage: Stage) -> None:
    stage.repo.commit({"a-Q4_K_M.gguf": b"GGUF", "a-Q8_0.gguf": b"GGUF5678"})
    preview = await stage.pulls.preview("maker/tiny")
    assert (preview.choices, preview.total_bytes) == (("a-Q4_K_M.gguf", "a-Q8_0.gguf"), None)
    assert (await stage.pulls.preview("maker/tiny", variant="Q8_0")).total_bytes == 8


async def test_a_disk_too_small_is_told_before_the_job(stage: Stage) -> None:
    stage.desk.room_bytes = TOTAL - 1
    with pytest.raises(EngineroomError) as caught:
        await stage.pulls.submit(stage.jobs, "maker/tiny", None, None, allow_code=False)
    assert caught.value.problem.facts == {"path": stage.desk.cache(), "needs_bytes": TOTAL, "free_bytes": TOTAL - 1}
    assert (caught.value.code, stage.jobs.views()) == (Code.DISK_TOO_SMALL, ())


async def test_a_gate_is_told_before_the_job(stage: Stage) -> None:
    stage.repo.gated = "manual"
    with pytest.raises(EngineroomError, match=Code.GATED_NO_TOKEN):
        await stage.pulls.submit(stage.jobs, "maker/tiny", None, None, allow_code=False)
    assert stage.jobs.views() == ()


async def test_code_is_allowed_for_one_commit_only(stage: Stage) -> None:
    with_code = stage.repo.commit(FILES | {"modeling_tiny.py": b"import os"})
    await stage.pulls.prepare(stage.job(revision=with_code, allow_code=True))
    assert "modeling_tiny.py" in {file.path for file in kept_plan(stage).files}
    stage.desk.drop("j1")
    with pytest.raises(EngineroomError, match=Code.REMOTE_CODE_REFUSED):
        await stage.pulls.prepare(stage.job(revision=with_code))


async def test_a_worker_is_told_the_plan_the_limits_and_in_secret_the_token(stage: Stage) -> None:
    stage.options = PullOptions(bytes_per_s=5000, streams=2, token="hf_secret")
    stage.hub.users["hf_secret"] = "somebody"
    call = await stage.pulls.prepare(stage.job())
    assert call.arguments == ("pull", f"--plan={stage.desk.path('j1')}", "--streams=2", "--bytes-per-s=5000")
    assert call.environment == {"HF_TOKEN": "hf_secret"}
    assert "hf_secret" not in await asyncio.to_thread(Path(stage.desk.path("j1")).read_text)
    assert (kept_plan(stage).revision, kept_plan(stage).ref) == (stage.commit, "main")


async def test_a_branch_that_moves_does_not_move_the_job(stage: Stage) -> None:
    stage.repo.commit({"config.json": b"{}", "model.safetensors": llama(seed=2)})
    await stage.pulls.prepare(stage.job())
    assert kept_plan(stage).revision == stage.commit
    assert kept_plan(stage).total_bytes == TOTAL


async def test_a_resumed_pull_asks_nobody_for_its_list(stage: Stage) -> None:
    await stage.pulls.prepare(stage.job())
    asked = len(stage.hub.asked)
    await stage.pulls.prepare(stage.job())
    assert len(stage.hub.asked) == asked


async def test_offline_no_worker_is_started(stage: Stage) -> None:
    stage.options = PullOptions(offline=True)
    with pytest.raises(EngineroomError, match=Code.HUB_OFFLINE):
        await stage.pulls.prepare(stage.job())
    assert stage.hub.asked == []


async def test_requests_of_the_worker_are_told(stage: Stage) -> None:
    said = {"event": "request", "host": "h", "status": None, "received_bytes": 7, "sent_unix_s": 1.5}
    for line in (said, {"event": "progress"}, said | {"received_bytes": "many"}):
        stage.pulls.heard(stage.job(), line)
    (row,) = stage.outgoing
    assert (row.host, row.status, row.received_bytes, row.sent_unix_s) == ("h", None, 7, 1.5)


async def test_the_end_of_a_pull(stage: Stage) -> None:
    await stage.pulls.prepare(stage.job())
    await stage.pulls.finished(stage.job())
    assert (stage.desk.kept("j1"), stage.arrivals) == (None, 1)


async def test_a_cancelled_pull_leaves_nothing_half_done(stage: Stage) -> None:
    await stage.pulls.prepare(stage.job())
    (etag,) = {file.etag for file in kept_plan(stage).files if file.path == "model.safetensors"}
    stage.blobs.mkdir(parents=True)
    for name in (f"{etag}.engineroom.incomplete", f"{etag}.engineroom.incomplete.journal.incomplete"):
        (stage.blobs / name).write_bytes(b"x" * 5000)
    (stage.blobs / "others").write_bytes(b"y")
    await stage.pulls.discarded(stage.job())
    assert [path.name for path in stage.blobs.iterdir()] == ["others"]
    assert stage.desk.kept("j1") is None


async def test_the_same_wish_is_the_same_job(stage: Stage) -> None:
    first = await stage.pulls.submit(stage.jobs, "maker/tiny", None, None, allow_code=False)
    again = await stage.pulls.submit(stage.jobs, "maker/tiny", "main", None, allow_code=False)
    assert first.id == again.id
    assert replace(first, arguments={}).subject == "maker/tiny"
    await stage.jobs.cancel(first.id)
