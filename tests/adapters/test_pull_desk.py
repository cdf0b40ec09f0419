"""The desk of pulls: plans on disk, what is missing, what is swept."""

from pathlib import Path

import pytest

from engineroom.adapters.pull_desk import PullDesk
from engineroom.domain.errors import Code, EngineroomError
from engineroom.domain.pull.values import PullPlan, RepoFile

ONE, TWO = "1" * 64, "2" * 64
PLAN = PullPlan(
    repo="maker/tiny", revision="a" * 40, ref="main", endpoint="https://hub.example",
    files=(
        RepoFile(path="a.safetensors", size_bytes=8192, blob_id="c" * 40, sha256=ONE),
        RepoFile(path="copy/a.safetensors", size_bytes=8192, blob_id="c" * 40, sha256=ONE),
        RepoFile(path="b.safetensors", size_bytes=100_000, blob_id="d" * 40, sha256=TWO),
    ),
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> PullDesk:
    return PullDesk(tmp_path / "state" / "pulls", cache=tmp_path / "hub")


@pytest.fixture
def blobs(tmp_path: Path) -> Path:
    folder = tmp_path / "hub" / "models--maker--tiny" / "blobs"
    folder.mkdir(parents=True)
    return folder


def test_a_plan_is_kept_until_it_is_dropped(desk: PullDesk) -> None:
    assert desk.kept("job") is None
    desk.keep("job", PLAN)
    assert desk.kept("job") == PLAN
    assert desk.kept("other") is None
    desk.drop("job")
    desk.drop("job")
    assert desk.kept("job") is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1}', "\ud800", PLAN.repo])
def test_a_plan_that_cannot_be_read_is_none(desk: PullDesk, text: str) -> None:
    desk.keep("job", PLAN)
    Path(desk.path("job")).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert desk.kept("job") is None


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineroomError, match=Code.STATE_UNWRITABLE):
        PullDesk(tmp_path / "file" / "pulls").keep("job", PLAN)


def test_equal_content_is_missing_once(desk: PullDesk, blobs: Path) -> None:
    assert desk.missing_bytes(PLAN) == PLAN.total_bytes == 108_192
    (blobs / ONE).write_bytes(bytes(8192))
    assert desk.missing_bytes(PLAN) == 100_000


def test_a_part_counts_by_what_the_disk_holds(desk: PullDesk, blobs: Path) -> None:
    """A part has its whole length from the start."""
    with (blobs / f"{TWO}.engineroom.incomplete").open("wb") as part:
        part.truncate(100_000)
        part.seek(0)
        part.write(b"x" * 40_960)
    assert 8192 < desk.missing_bytes(PLAN) <= 108_192 - 40_960


def test_only_what_is_half_done_is_swept(desk: PullDesk, blobs: Path) -> None:
    names = [f"{TWO}.engineroom.incomplete", f"{TWO}.engineroom.incomplete.journal.incomplete"]
    for name in names:
        (blobs / name).write_bytes(bytes(8192))
    for name in (ONE, f"{TWO}.incomplete", f"{'3' * 64}.engineroom.incomplete"):
        (blobs / name).write_bytes(b"theirs")
    assert desk.sweep(PLAN) >= 8192
    assert sorted(path.name for path in blobs.iterdir()) == sorted(
        (ONE, f"{TWO}.incomplete", f"{'3' * 64}.engineroom.incomplete")
    )


def test_empty_folders_go_too(desk: PullDesk, blobs: Path) -> None:
    (blobs / f"{ONE}.engineroom.incomplete").write_bytes(b"x")
    desk.sweep(PLAN)
    assert not blobs.parent.exists()


def test_room_where_the_cache_will_be(desk: PullDesk, tmp_path: Path) -> None:
    """The folder is not there yet."""
    free = desk.free_bytes()
    assert free is not None
    assert free > 0
    assert desk.cache() == str(tmp_path / "hub")
