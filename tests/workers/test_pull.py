"""The pull worker: what it fetches, keeps and refuses."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engineroom.domain.errors import Code
from engineroom.domain.pull.values import PullPlan
from fakes import make_gguf
from fakes.fake_hub import Cut, Drip, FakeHub, FakeRepo, Hold, Lie, Status
from fakes.tiny_safetensors import config, safetensors
from workers.pull_kit import Pull, listing, planned

WEIGHTS = safetensors(3 * 2**20)
FILES = {
    "config.json": config(),
    "tokenizer.json": b'{"model": {}}',
    "sub/empty.txt": b"",
    "model.safetensors": WEIGHTS,
}
LEFT_OUT = {"pytorch_model.bin": b"\x80\x04", "original/consolidated.00.pth": b"\x80\x04", "onnx/model.onnx": b"o"}


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as hub:
        yield hub


@pytest.fixture
def repo(hub: FakeHub) -> FakeRepo:
    repo = hub.add(FakeRepo(id="maker/tiny"))
    repo.commit(FILES | LEFT_OUT)
    return repo


@pytest.fixture
def pull(hub: FakeHub, repo: FakeRepo, tmp_path: Path) -> Pull:
    return Pull(tmp_path / "hf", planned(hub, repo))


def problem(events: list[dict[str, object]]) -> object:
    assert events[-1]["event"] == "problem", events[-1]
    return events[-1]["code"]


def test_a_model_lies_in_the_shared_cache(hub: FakeHub, pull: Pull) -> None:
    """Byte for byte, each byte sent once, the branch pointing to it, and nothing half-done beside it."""
    events = pull.run()
    assert events[0] == {"event": "plan", "files": 4, "total_bytes": pull.plan.total_bytes, "here_bytes": 0,
                         "fetch_bytes": pull.plan.total_bytes}  # fmt: skip
    assert events[-1] == {"event": "done", "snapshot": str(pull.snapshot), "revision": pull.plan.revision,
                          "fetched_bytes": pull.plan.total_bytes}  # fmt: skip
    assert pull.has_all(FILES)
    assert sum(hub.sent[path] for path in FILES) == sum(map(len, FILES.values()))
    assert not set(LEFT_OUT) & set(hub.sent)
    assert (pull.folder / "refs" / "main").read_text() == pull.plan.revision
    assert str((pull.snapshot / "sub" / "empty.txt").readlink()).startswith("../../../blobs/")
    assert sorted(path.name for path in pull.folder.iterdir()) == ["blobs", "refs", "snapshots"]
    assert not list(pull.folder.rglob("*incomplete*"))
    progress = [event for event in events if event["event"] == "progress"]
    assert progress[-1]["done_bytes"] == progress[-1]["total_bytes"] == pull.plan.total_bytes


def test_huggingface_hub_finds_it_offline(pull: Pull) -> None:
    pull.run()
    code = (
        "from huggingface_hub import snapshot_download, hf_hub_download\n"
        "print(snapshot_download('maker/tiny', local_files_only=True))\n"
        "print(hf_hub_download('maker/tiny', 'model.safetensors', local_files_only=True))\n"
        "from huggingface_hub import scan_cache_dir\n"
        "found = scan_cache_dir()\n"
        "print([r.repo_id for r in found.repos], len(found.warnings))\n"
    )
    environment = {**os.environ, "HF_HOME": str(pull.cache.parent), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        str(pull.snapshot),
        str(pull.snapshot / "model.safetensors"),
        "['maker/tiny'] 0",
    ]


def test_what_is_here_is_not_fetched_again(hub: FakeHub, pull: Pull) -> None:
    pull.run()
    before = hub.total_sent()
    assert pull.run()[-1]["fetched_bytes"] == 0
    assert hub.total_sent() == before


def test_a_snapshot_of_another_tool_is_completed(pull: Pull) -> None:
    """What it has stays as it is, and no folder of it leads out."""
    (pull.snapshot / "sub").mkdir(parents=True)
    (pull.snapshot / "config.json").write_bytes(FILES["config.json"])
    assert pull.run()[-1]["event"] == "done"
    assert pull.has_all(FILES)
    assert not (pull.snapshot / "config.json").is_symlink()


def test_without_symbolic_links(hub: FakeHub, tmp_path: Path) -> None:
    """The files themselves lie in the snapshot; the same content twice is there twice, and was fetched once."""
    repo = hub.add(FakeRepo(id="maker/plain"))
    files = {**FILES, "sub/config.json": FILES["config.json"]}
    repo.commit(files)
    pull = Pull(tmp_path / "hf", planned(hub, repo), HF_HUB_DISABLE_SYMLINKS="1")
    assert pull.run()[-1]["event"] == "done"
    assert pull.has_all(files)
    assert not any(path.is_symlink() for path in pull.folder.rglob("*"))
    before = hub.total_sent()
    assert pull.run()[-1]["fetched_bytes"] == 0
    assert hub.total_sent() == before


def test_a_folder_that_leads_out_is_not_followed(pull: Pull, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    pull.snapshot.mkdir(parents=True)
    (pull.snapshot / "sub").symlink_to(outside)
    assert problem(pull.run()) == Code.CACHE_UNWRITABLE
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("reset", [False, True])
def test_cut_connections_cost_nothing(hub: FakeHub, pull: Pull, reset: bool) -> None:
    hub.fault("/cdn/*", Cut(after_bytes=200_000, reset=reset), times=6)
    hub.fault("*/tokenizer.json", Status(code=503), times=1)
    assert pull.run()[-1]["event"] == "done"
    assert pull.has_all(FILES)
    assert hub.sent["model.safetensors"] <= 1.05 * len(WEIGHTS) + (6 * 2**18 if reset else 0)


def test_a_wrong_hash_is_fetched_once_more(hub: FakeHub, pull: Pull) -> None:
    hub.fault("/cdn/*", Lie(flip_at=1_000_000), times=3)
    events = pull.run()
    again = next(event for event in events if event["event"] == "again")
    assert again["path"] == "model.safetensors"
    assert again["found"] != again["expected"] == listed_hash(pull.plan)
    assert pull.has_all(FILES)
    shown = [event["done_bytes"] for event in events if event["event"] == "progress"]
    assert shown == sorted(shown)


def test_a_wrong_hash_again_is_reported(hub: FakeHub, pull: Pull) -> None:
    hub.fault("/cdn/*", Lie(flip_at=1_000_000))
    last = pull.run()[-1]
    assert last["code"] == Code.FETCHED_WRONG
    assert last["facts"]["expected"] == listed_hash(pull.plan) != last["facts"]["found"]
    assert not pull.snapshot.exists()
    assert not (pull.folder / "blobs" / listed_hash(pull.plan)).exists()


def listed_hash(plan: PullPlan) -> str:
    return next(file.etag for file in plan.files if file.path == "model.safetensors")


@pytest.mark.parametrize(
    ("where", "fault", "code"),
    [
        ("/cdn/*", Lie(grown_by=5), Code.FILE_CHANGED),
        ("*/resolve/*", Status(code=404, headers={"X-Error-Code": "EntryNotFound"}), Code.REPO_FILE_MISSING),
        ("*/resolve/*", Status(code=404, headers={"X-Error-Code": "RevisionNotFound"}), Code.REVISION_NOT_FOUND),
        ("*/resolve/*", Status(code=418), Code.HUB_FAILED),
        ("*/resolve/*", Status(code=302, headers={"Location": "/round/resolve/again"}), Code.HUB_ANSWER),
        ("*/resolve/*", Status(code=429, headers={"Retry-After": "9999"}), Code.RATE_LIMITED),
        ("/cdn/*", Status(code=500), Code.HUB_FAILED),
    ],
)
def test_what_ends_a_pull(
    hub: FakeHub, repo: FakeRepo, tmp_path: Path, where: str, fault: Lie | Status, code: Code
) -> None:
    pull = Pull(tmp_path / "hf", planned(hub, repo), "--patience-s=1")
    hub.fault(where, fault)
    assert problem(pull.run()) == code
    assert not pull.snapshot.exists()


def test_a_signed_address_that_has_run_out_is_renewed(hub: FakeHub, pull: Pull) -> None:
    hub.fault("/cdn/*", Status(code=403), times=3)
    assert pull.run()[-1]["event"] == "done"
    assert pull.has_all(FILES)


def test_the_hub_may_ask_to_wait(hub: FakeHub, pull: Pull) -> None:
    hub.fault("*/resolve/*", Status(code=429, headers={"Retry-After": "1"}), times=2)
    events = pull.run()
    assert {"event": "waiting", "code": Code.RATE_LIMITED, "wait_s": 1} in events
    assert events[-1]["event"] == "done"


def test_a_branch_that_moves_meanwhile(hub: FakeHub, repo: FakeRepo, pull: Pull) -> None:
    """What was planned is what comes."""
    repo.commit({**FILES, "config.json": config(vocab_size=9), "model.safetensors": safetensors(2**20, seed=9)})
    assert pull.run()[-1]["revision"] == pull.plan.revision != repo.branches["main"]
    assert pull.has_all(FILES)
    assert (pull.folder / "refs" / "main").read_text() == pull.plan.revision


def test_two_at_once_do_not_spoil_each_other(hub: FakeHub, pull: Pull) -> None:
    held = Hold(after_bytes=2**18)
    hub.fault("/cdn/*", held)
    with pull.running() as first:
        assert first.stdout is not None
        assert hub.when_sent("model.safetensors", 2**18).wait(60)
        assert problem(pull.run()) == Code.CACHE_UNWRITABLE
        held.go.set()
        first.stdout.read()
        assert first.wait(60) == 0
    assert pull.has_all(FILES)


def test_a_repository_of_very_many_files(hub: FakeHub, tmp_path: Path) -> None:
    """More than a process may usually have open."""
    repo = hub.add(FakeRepo(id="maker/many"))
    files = {f"f{number}.json": b"%d" % number for number in range(600)} | {"model.safetensors": safetensors(2**10)}
    repo.commit(files)
    pull = Pull(tmp_path / "hf", planned(hub, repo), "--streams=8")
    last = pull.run()[-1]
    assert last["event"] == "done", last
    assert pull.has_all(files)


def test_a_server_without_ranges(hub: FakeHub, pull: Pull) -> None:
    hub.fault("*", Lie(ignore_range=True))
    hub.fault("/cdn/*", Cut(after_bytes=2**20), times=1)
    assert pull.run()[-1]["event"] == "done"
    assert pull.has_all(FILES)


def test_a_dead_hub(hub: FakeHub, repo: FakeRepo, tmp_path: Path) -> None:
    pull = Pull(tmp_path / "hf", planned(hub, repo), "--patience-s=0.3")
    hub.stop()
    assert problem(pull.run()) == Code.HUB_UNREACHABLE


def test_offline_nothing_goes_out(hub: FakeHub, repo: FakeRepo, tmp_path: Path) -> None:
    pull = Pull(tmp_path / "hf", planned(hub, repo), HF_HUB_OFFLINE="1")
    assert problem(pull.run()) == Code.HUB_OFFLINE
    assert hub.asked == []


@pytest.mark.parametrize(
    ("token", "code"),
    [(None, Code.GATED_NO_TOKEN), ("hf_other", Code.GATED_TERMS), ("hf_waits", Code.GATED_WAITING),
     ("hf_bad", Code.HUB_TOKEN_REFUSED), ("hf_member", None)],
)  # fmt: skip
def test_a_gate(hub: FakeHub, repo: FakeRepo, tmp_path: Path, token: str | None, code: Code | None) -> None:
    """The token goes to the Hub and nowhere else."""
    repo.gated, repo.members, repo.waiting = "manual", {"hf_member"}, {"hf_waits"}
    hub.users = {"hf_other": "o", "hf_waits": "w", "hf_member": "m"}
    last = Pull(tmp_path / "hf", planned(hub, repo), token=token).run()[-1]
    assert last.get("code") == code
    assert hub.leaked == []


def test_a_full_disk_is_known_before_the_first_byte(hub: FakeHub, repo: FakeRepo, tmp_path: Path) -> None:
    plan = planned(hub, repo)
    huge = [*plan.files[:-1]]
    files = tuple(f if f.path != "model.safetensors" else type(f)(path=f.path, size_bytes=2**60, blob_id=f.blob_id,
                  sha256=f.sha256) for f in (*huge, plan.files[-1]))  # fmt: skip
    pull = Pull(tmp_path / "hf", PullPlan(repo=plan.repo, revision=plan.revision, ref=None, endpoint=plan.endpoint,
                files=files))  # fmt: skip
    last = pull.run()[-1]
    assert last["code"] == Code.DISK_TOO_SMALL
    assert last["facts"]["needs_bytes"] > 2**59
    assert hub.asked == []


def test_sigterm_stops_and_the_next_goes_on(hub: FakeHub, pull: Pull) -> None:
    hub.fault("/cdn/*", Drip(bytes_per_s=500_000))
    with pull.running() as process:
        assert process.stdout is not None
        for line in process.stdout:
            if (event := json.loads(line))["event"] == "progress" and event["done_bytes"] > 300_000:
                process.send_signal(signal.SIGTERM)
            last = event
        assert process.wait(60) == 0
    assert last["event"] == "stopped"
    assert not pull.snapshot.exists()
    hub.faults.clear()
    events = pull.run()
    assert events[0]["here_bytes"] >= last["done_bytes"] > 300_000
    assert pull.has_all(FILES)
    assert hub.sent["model.safetensors"] <= 1.05 * len(WEIGHTS)


def test_a_closed_input_ends_it(hub: FakeHub, pull: Pull) -> None:
    hub.fault("/cdn/*", Drip(bytes_per_s=100_000))
    with pull.running() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.close()
        assert process.wait(60) == 0
    assert not pull.snapshot.exists()


def test_broken_weights_are_not_kept(hub: FakeHub, tmp_path: Path) -> None:
    """Their hash is right, and still no runtime could read them."""
    for path, content, code in (
        ("model.safetensors", b"\xff" * 64, Code.SAFETENSORS_BROKEN),
        ("model.gguf", b"GGML" + bytes(60), Code.NOT_GGUF),
    ):
        repo = hub.add(FakeRepo(id=f"maker/broken-{path[-4:]}"))
        repo.commit({path: content})
        pull = Pull(tmp_path / path, planned(hub, repo))
        assert problem(pull.run()) == code
        assert not pull.snapshot.exists()


def test_a_gguf_file(hub: FakeHub, tmp_path: Path) -> None:
    repo = hub.add(FakeRepo(id="maker/gguf"))
    repo.commit({"tiny-Q4_1.gguf": make_gguf.tiny_model()})
    pull = Pull(tmp_path / "hf", planned(hub, repo))
    assert pull.run()[-1]["event"] == "done"
    assert (pull.snapshot / "tiny-Q4_1.gguf").read_bytes() == make_gguf.tiny_model()


@pytest.mark.parametrize("path", ["../escape", "/etc/passwd", "a/../../b", "con.json", "a\\b", "a//b", "x/./y"])
def test_a_plan_with_a_hostile_name_is_refused(hub: FakeHub, repo: FakeRepo, tmp_path: Path, path: str) -> None:
    plan = planned(hub, repo)
    first = plan.files[0]
    bad = type(first)(path=path, size_bytes=first.size_bytes, blob_id=first.blob_id)
    pull = Pull(tmp_path / "hf", PullPlan(repo=plan.repo, revision=plan.revision, ref=None, endpoint=plan.endpoint,
                files=(bad,)))  # fmt: skip
    assert problem(pull.run()) == Code.UNSAFE_FILE_NAME
    assert hub.asked == []


def test_the_limit_is_kept(hub: FakeHub, repo: FakeRepo, tmp_path: Path) -> None:
    """Told of in the numbers that go out; how long it took is the bench's matter."""
    pull = Pull(tmp_path / "hf", planned(hub, repo), "--bytes-per-s=2000000")
    events = pull.run()
    speeds = [event["bytes_per_s"] for event in events if event["event"] == "progress" and event["bytes_per_s"]]
    assert events[-1]["event"] == "done"
    assert speeds
    assert max(speeds[1:] or speeds) <= 3_000_000


def test_each_request_is_told(hub: FakeHub, pull: Pull) -> None:
    sent = [event for event in pull.run() if event["event"] == "request"]
    assert {event["host"] for event in sent} == {"127.0.0.1", "localhost"}
    assert {event["purpose"] for event in sent} == {"model_file"}
    assert sum(event["received_bytes"] for event in sent) == sum(map(len, FILES.values()))
    assert len(sent) == len(hub.asked)


def test_listing_helper_is_what_the_hub_says(hub: FakeHub, repo: FakeRepo) -> None:
    assert {file.path for file in listing(hub, repo).files} == set(FILES | LEFT_OUT)
