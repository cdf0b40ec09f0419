"""The verify worker over a shared cache, as a program."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engineroom.domain.errors import Code
from fakes.make_gguf import tiny_model
from fakes.tiny_safetensors import config, llama


def run(worker: str, *arguments: object) -> tuple[int, list[dict[str, Any]]]:
    """A worker's exit code and its events."""
    done = subprocess.run(
        [sys.executable, "-m", "engineroom", "worker", worker, *map(str, arguments)],
        capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.stdout, done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def snapshot(cache: Path, files: dict[str, bytes], repo: str = "maker/tiny", commit: str = "a" * 40) -> Path:
    """A model in the cache, as any tool leaves it there."""
    folder = cache / f"models--{repo.replace('/', '--')}"
    for path, content in files.items():
        if path.endswith((".gguf", ".safetensors")):
            name = hashlib.sha256(content).hexdigest()
        else:
            name = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
        blob = folder / "blobs" / name
        blob.parent.mkdir(parents=True, exist_ok=True)
        blob.write_bytes(content)
        place = folder / "snapshots" / commit / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(blob)
    (folder / "refs").mkdir(exist_ok=True)
    (folder / "refs" / "main").write_text(commit)
    return folder / "snapshots" / commit


FILES = {"config.json": config(), "model.safetensors": llama(), "sub/note.txt": b"", "tokenizer.json": b"{}"}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return snapshot(tmp_path / "hub", FILES)


def test_a_sound_model(model: Path) -> None:
    code, events = run("verify", model)
    assert code == 0
    assert events[0] == {"event": "stage", "stage": "verify"}
    assert events[-1] == {"event": "done", "files": 4, "ok": 4, "unknown": 0}
    progress = events[-2]
    assert {file["path"]: file["state"] for file in progress["files"]} == dict.fromkeys(FILES, "ok")
    assert progress["done_bytes"] == progress["total_bytes"] == sum(map(len, FILES.values()))


@pytest.mark.parametrize("path", ["model.safetensors", "config.json", "sub/note.txt"])
def test_one_wrong_byte(model: Path, path: str) -> None:
    """Whichever hash the file goes by."""
    blob = (model / path).resolve()
    blob.write_bytes(blob.read_bytes()[:-1] + b"!")
    code, events = run("verify", model)
    last = events[-1]
    assert (code, last["code"]) == (1, Code.MODEL_DAMAGED)
    assert (last["facts"]["path"], last["facts"]["wrong"], last["facts"]["files"]) == (path, 1, 4)
    assert blob.name in last["facts"]["reason"]
    assert {file["path"] for file in events[-2]["files"] if file["state"] == "wrong"} == {path}


def test_what_is_missing(model: Path) -> None:
    index = {"weight_map": {"a": "model.safetensors", "b": "model-00002-of-00002.safetensors"}}
    (model / "model.safetensors.index.json").write_text(json.dumps(index))
    (model / "tokenizer.json").resolve().unlink()
    facts = run("verify", model)[1][-1]["facts"]
    assert (facts["path"], facts["wrong"]) == ("model-00002-of-00002.safetensors", 2)


def test_a_right_hash_of_a_wrong_header(tmp_path: Path) -> None:
    model = snapshot(tmp_path / "hub", {"config.json": config(), "model.safetensors": llama()[:-1]})
    facts = run("verify", model)[1][-1]["facts"]
    assert facts["path"] == "model.safetensors"
    assert "tensors need" in facts["reason"]


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    """Only its header can be checked, unless its hash is told."""
    file = tmp_path / "own.gguf"
    file.write_bytes(tiny_model())
    assert run("verify", file)[1][-1] == {"event": "done", "files": 1, "ok": 0, "unknown": 1}
    right = hashlib.sha256(tiny_model()).hexdigest()
    assert run("verify", file, f"--sha256={right}")[1][-1]["ok"] == 1
    assert run("verify", file, f"--sha256={'0' * 64}")[1][-1]["code"] == Code.MODEL_DAMAGED
    file.write_bytes(tiny_model()[:-30])
    assert "cut short" in run("verify", file)[1][-1]["facts"]["reason"]


def test_every_part_of_a_split_file(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"m-0000{number}-of-00003.gguf").write_bytes(tiny_model())
    facts = run("verify", tmp_path / "m-00001-of-00003.gguf")[1][-1]["facts"]
    assert (facts["path"], facts["wrong"], facts["files"]) == ("m-00003-of-00003.gguf", 1, 3)
