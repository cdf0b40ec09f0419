"""The bundle worker: out, in again, and what a bundle from a stranger must not do."""

import io
import json
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engineroom.domain.bundle import MANIFEST
from engineroom.domain.errors import Code
from fakes.make_gguf import tiny_model
from workers.test_verify import FILES, run, snapshot

COMMIT = "a" * 40
PLACE = f"models/maker/tiny/{COMMIT}"
Change = Callable[[dict[str, Any], dict[str, bytes]], None]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """An honest bundle as a folder."""
    model = snapshot(tmp_path / "first", FILES)
    code, events = run("bundle", "export", f"--target={tmp_path / 'bundle'}", f"--cache={tmp_path / 'first'}", model)
    assert (code, events[-1]["event"]) == (0, "done")
    return tmp_path / "bundle"


def bring_in(source: Path, cache: Path) -> dict[str, Any]:
    return run("bundle", "import", f"--source={source}", f"--cache={cache}")[1][-1]


def in_cache(cache: Path) -> list[str]:
    """Everything below it but empty folders."""
    return sorted(path.relative_to(cache).as_posix() for path in cache.rglob("*") if not path.is_dir())


def as_tar(bundle: Path, target: Path, change: Change) -> Path:
    """The bundle as a tar file, its list and contents changed before."""
    tree = json.loads((bundle / MANIFEST).read_text())
    members = {
        path.relative_to(bundle).as_posix(): path.read_bytes()
        for path in sorted(bundle.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }
    change(tree, members)
    with tarfile.open(target, "w") as tar:
        for name, content in {MANIFEST: json.dumps(tree).encode(), **members}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return target


def nothing(_: dict[str, Any], __: dict[str, bytes]) -> None:
    """The bundle as it is."""


@pytest.mark.parametrize("name", ["again.tar", "again"])
def test_there_and_back(tmp_path: Path, name: str) -> None:
    """The second cache is as the first, links and all."""
    first, second = tmp_path / "first", tmp_path / "second"
    model = snapshot(first, FILES)
    gguf = snapshot(first, {"t.gguf": tiny_model(), "README.md": b"#"}, repo="maker/gguf", commit="b" * 40) / "t.gguf"
    done = run("bundle", "export", f"--target={tmp_path / name}", f"--cache={first}", model, gguf)[1][-1]
    assert (done["event"], done["models"]) == ("done", 2)
    result = bring_in(tmp_path / name, second)
    assert (result["event"], result["repos"], result["same_runtime"]) == ("done", "maker/tiny, maker/gguf", True)
    left_out = {path for path in in_cache(first) if (first / path).read_bytes() == b"#"}
    assert len(left_out) == 2
    assert set(in_cache(second)) == set(in_cache(first)) - left_out
    note = second / "models--maker--tiny" / "snapshots" / COMMIT / "sub" / "note.txt"
    assert str(note.readlink()).startswith("../../../blobs/")
    assert run("verify", second / "models--maker--tiny" / "snapshots" / COMMIT)[0] == 0
    assert bring_in(tmp_path / name, second)["event"] == "done"


def test_a_branch_here_stays_where_it_points(bundle: Path, tmp_path: Path) -> None:
    newer = snapshot(tmp_path / "second", FILES, commit="c" * 40)
    assert bring_in(bundle, tmp_path / "second")["event"] == "done"
    refs = newer.parent.parent / "refs" / "main"
    assert refs.read_text() == "c" * 40
    assert (newer.parent / COMMIT / "config.json").read_bytes() == FILES["config.json"]


def test_what_is_damaged_is_not_exported(tmp_path: Path) -> None:
    model = snapshot(tmp_path / "first", FILES)
    blob = (model / "model.safetensors").resolve()
    blob.write_bytes(blob.read_bytes()[:-1] + b"!")
    for name in ("bundle", "bundle.tar"):
        last = run("bundle", "export", f"--target={tmp_path / name}", f"--cache={tmp_path / 'first'}", model)[1][-1]
        assert last["code"] == Code.MODEL_DAMAGED
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first"]


def test_only_what_lies_in_the_cache(tmp_path: Path) -> None:
    (tmp_path / "own.gguf").write_bytes(tiny_model())
    target = f"--target={tmp_path / 'bundle'}"
    last = run("bundle", "export", target, f"--cache={tmp_path / 'first'}", tmp_path / "own.gguf")[1][-1]
    assert last["code"] == Code.NOT_EXPORTABLE


def wrong_content(_: dict[str, Any], members: dict[str, bytes]) -> None:
    name = f"{PLACE}/model.safetensors"
    members[name] = members[name][:-1] + b"!"


def wrong_list(tree: dict[str, Any], members: dict[str, bytes]) -> None:
    """Another content with its right SHA-256, under the name of the old one in the cache."""
    import hashlib

    file = next(file for file in tree["models"][0]["files"] if file["path"] == "config.json")
    members[f"{PLACE}/config.json"] = b"{}"
    file |= {"size_bytes": 2, "sha256": hashlib.sha256(b"{}").hexdigest()}


def missing(_: dict[str, Any], members: dict[str, bytes]) -> None:
    del members[f"{PLACE}/config.json"]


def one_more(_: dict[str, Any], members: dict[str, bytes]) -> None:
    members["../../outside"] = b"x"


def too_long(_: dict[str, Any], members: dict[str, bytes]) -> None:
    members[f"{PLACE}/config.json"] += b" "


def path_up(tree: dict[str, Any], members: dict[str, bytes]) -> None:
    tree["models"][0]["files"][0]["path"] = "../../../../outside"
    members[f"{PLACE}/../../../../outside"] = members.pop(f"{PLACE}/config.json")


def repo_up(tree: dict[str, Any], _: dict[str, bytes]) -> None:
    tree["models"][0]["repo"] = "../outside"


def branch_up(tree: dict[str, Any], _: dict[str, bytes]) -> None:
    tree["models"][0]["ref"] = "../../outside"


def revision_up(tree: dict[str, Any], _: dict[str, bytes]) -> None:
    tree["models"][0]["revision"] = "../" * 10 + "outside"


def blob_up(tree: dict[str, Any], _: dict[str, bytes]) -> None:
    tree["models"][0]["files"][0]["blob"] = "../../outside"


def no_list(tree: dict[str, Any], _: dict[str, bytes]) -> None:
    tree.clear()


@pytest.mark.parametrize(
    "change",
    [
        wrong_content,
        wrong_list,
        missing,
        one_more,
        too_long,
        path_up,
        repo_up,
        branch_up,
        revision_up,
        blob_up,
        no_list,
    ],
)
def test_a_bundle_that_lies_leaves_nothing(bundle: Path, tmp_path: Path, change: Change) -> None:
    """Neither in the cache nor outside."""
    source = as_tar(bundle, tmp_path / "odd.tar", change)
    before = in_cache(tmp_path)
    last = bring_in(source, tmp_path / "second")
    assert last["code"] in {Code.BUNDLE_BROKEN, Code.UNSAFE_FILE_NAME, Code.REPO_NAME}
    assert in_cache(tmp_path) == before
    assert bring_in(as_tar(bundle, tmp_path / "good.tar", nothing), tmp_path / "second")["event"] == "done"


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_only_plain_files_are_taken_from_a_tar(bundle: Path, tmp_path: Path, kind: bytes) -> None:
    source = tmp_path / "odd.tar"
    with tarfile.open(source, "w") as tar:
        tar.add(bundle / MANIFEST, MANIFEST)
        member = tarfile.TarInfo(f"{PLACE}/config.json")
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    last = bring_in(source, tmp_path / "second")
    assert (last["code"], "no plain file" in last["facts"]["reason"]) == (Code.BUNDLE_BROKEN, True)
    assert in_cache(tmp_path / "second") == []


def test_no_link_of_a_folder_is_followed(bundle: Path, tmp_path: Path) -> None:
    place = bundle / PLACE / "config.json"
    real = tmp_path / "elsewhere.json"
    place.rename(real)
    place.symlink_to(real)
    assert "no plain file" in bring_in(bundle, tmp_path / "second")["facts"]["reason"]


def test_what_is_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "text.tar").write_text("Dear diary")
    (tmp_path / "folder").mkdir()
    for name, code in (("text.tar", Code.BUNDLE_BROKEN), ("folder", Code.BUNDLE_BROKEN), ("no", Code.FILE_UNREADABLE)):
        assert bring_in(tmp_path / name, tmp_path / "second")["code"] == code


def test_a_tar_that_is_cut_short(bundle: Path, tmp_path: Path) -> None:
    whole = as_tar(bundle, tmp_path / "whole.tar", nothing).read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: len(whole) * 2 // 3])
    assert bring_in(tmp_path / "cut.tar", tmp_path / "second")["code"] == Code.BUNDLE_BROKEN
    assert in_cache(tmp_path / "second") == []


def test_an_export_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    """The file is so long that the worker is in the middle of it for sure."""
    model = snapshot(tmp_path / "first", FILES)
    (model / "model.safetensors").resolve().unlink()
    with (model / "model.safetensors").resolve().open("wb") as file:
        file.truncate(2**33)
    with subprocess.Popen(
        [sys.executable, "-m", "engineroom", "worker", "bundle", "export", f"--target={tmp_path / 'b'}",
         f"--cache={tmp_path / 'first'}", str(model)], stdout=subprocess.PIPE, text=True,
    ) as worker:  # fmt: skip
        assert worker.stdout is not None
        assert any('"progress"' in line for line in worker.stdout)
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=60)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first"]
