"""The llama.cpp worker as a program: files it refuses, and one it serves."""

import hashlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from engineroom.adapters.model_places import bundled_models
from engineroom.adapters.signatures import load_signatures
from engineroom.domain.engine_chatter import is_chatter
from engineroom.domain.errors import Code, Problem
from engineroom.domain.planning.log_figures import parse
from engineroom.domain.planning.values import Runtime
from engineroom.services.doctor import Doctor
from fakes import make_gguf

PATIENCE_S = 100.0


@contextmanager
def worker(model: Path, log: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """The worker, tethered to this process by its standard input: it lives no longer than that is open."""
    arguments = ["--id=m", "--context-tokens=512", "--slots=1", "--threads=1", "--prompt-cache-mib=0", *options]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "engineroom", "worker", "llama-cpp", f"--model={model}", *arguments],
            env={**os.environ, "ENGINEROOM_ENGINE_KEY": "key", "ENGINEROOM_PARENT_PID": str(os.getpid())},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    with process:
        try:
            yield process
        finally:
            process.kill()


def refused(model: Path, *options: str) -> tuple[dict[str, Any], list[dict[str, Any]], list[str]]:
    """The last event, all events, and the log of a worker that refuses its model."""
    log = model.parent / f"{model.name}.log"
    with worker(model, log, *options) as process:
        assert process.stdout is not None
        events = [json.loads(line) for line in process.stdout]
        assert process.wait(PATIENCE_S) == 1
    assert events[-1]["event"] == "problem"
    return events[-1], events, log.read_text("utf-8", "replace").splitlines()


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(make_gguf.tiny_model())
    return path


def test_a_missing_file(tmp_path: Path) -> None:
    problem, _, _ = refused(tmp_path / "none.gguf")
    assert (problem["code"], problem["facts"]) == (Code.FILE_MISSING, {"path": str(tmp_path / "none.gguf")})


def test_a_folder(tmp_path: Path) -> None:
    problem, _, _ = refused(tmp_path)
    assert (problem["code"], problem["facts"]["reason"]) == (Code.FILE_UNREADABLE, "Is a directory")


def test_a_cut_file(tiny: Path) -> None:
    tiny.write_bytes(tiny.read_bytes()[:-1])
    problem, events, _ = refused(tiny)
    assert problem["code"] == Code.GGUF_TRUNCATED
    assert len(events) == 1


def test_another_file_than_expected(tiny: Path) -> None:
    """Every step of the check is told; nothing is loaded."""
    problem, events, _ = refused(tiny, f"--sha256={'0' * 64}")
    digest = hashlib.sha256(tiny.read_bytes()).hexdigest()
    assert problem["facts"] == {"path": str(tiny), "expected": "0" * 64, "found": digest}
    size = tiny.stat().st_size
    assert events[0] == {"event": "stage", "stage": "verify", "done_bytes": size, "total_bytes": size}


def test_an_architecture_llama_cpp_does_not_know(tmp_path: Path) -> None:
    """The real engine's own words, and the cause that is found in them."""
    path = tmp_path / "odd.gguf"
    keys = [make_gguf.key("general.architecture", make_gguf.TEXT, "nonesuch")]
    tensors = [make_gguf.Tensor(name="output.weight", dimensions=(8,))]
    path.write_bytes(make_gguf.padded(make_gguf.header(keys, tensors), 32))
    said, events, log = refused(path)
    assert [event.get("stage") for event in events] == [None, "load", None]
    problem = Doctor(load_signatures()).diagnose(
        said=Problem(code=said["code"], facts=said["facts"]), returncode=1, lines=log
    )  # fmt: skip
    assert (problem.code, problem.facts["architecture"]) == (Code.ARCHITECTURE_UNKNOWN, "nonesuch")


@contextmanager
def served_starter(tmp_path: Path, *options: str) -> Iterator[tuple[int, list[str]]]:
    """The starter's port, and its log until then."""
    spec = next(bundled_models(tmp_path))
    if spec.path is None:
        pytest.skip("the starter model is not installed")
    log = tmp_path / "log"
    with worker(Path(spec.path), log, *options) as process:
        assert process.stdout is not None
        for line in process.stdout:
            event = json.loads(line)
            assert event["event"] != "problem", log.read_text("utf-8", "replace")
            if event["event"] == "listening":
                yield event["port"], loaded(log)
                return
    pytest.fail(log.read_text("utf-8", "replace"))


def loaded(log: Path) -> list[str]:
    """What it said until it had its slots: a thread of the engine writes that, and may be behind what it is about."""
    deadline_s = time.monotonic() + PATIENCE_S
    while "n_ctx_slot" not in (said := log.read_text("utf-8", "replace")):
        assert time.monotonic() < deadline_s, said
        time.sleep(0.01)
    return said.splitlines()


def test_it_says_what_its_buffers_take_and_then_speaks_less(tmp_path: Path) -> None:
    """Measured 2026-11-23: 180 lines while loading, 53 of them kept; then 7 lines a request, not 22."""
    with served_starter(tmp_path) as (port, lines):
        found = parse(Runtime.LLAMA_CPP, lines)
        assert found.on_cpu
        assert found.weights_bytes == pytest.approx(92.1 * 2**20, rel=0.01)
        assert (found.kv_bytes, found.kv_tokens) == (30 * 512 * 768, 512)
        assert found.activation_bytes
        kept = [line for line in lines if not is_chatter(line)]
        assert parse(Runtime.LLAMA_CPP, kept) == found
        assert len(kept) < len(lines) / 2
        before = len((tmp_path / "log").read_text("utf-8", "replace").splitlines())
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}/v1/completions",
            data=b'{"prompt": "Hello", "max_tokens": 8}',
            headers={"Authorization": "Bearer key", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:
            assert json.load(answer)["usage"]["completion_tokens"] <= 8
        after = (tmp_path / "log").read_text("utf-8", "replace").splitlines()[before:]
        assert len(after) < 15


def test_what_a_plan_chooses_reaches_the_engine(tmp_path: Path) -> None:
    options = ("--cache-type-k=q8_0", "--cache-type-v=q8_0", "--ubatch-tokens=128", "--flash-attention=on",
               "--kv-unified=on", "--gpu-layers=0", "--slots=2")  # fmt: skip
    with served_starter(tmp_path, *options) as (_, lines):
        said = "\n".join(lines)
    assert re.search(r"n_ubatch +(= 128)", said)
    assert re.search(r"flash_attn +(= enabled)", said)
    assert re.search(r"K \(q8_0\).*V \(q8_0\)", said)
    # Two slots of 512 tokens in one pool, and each may use all of it.
    assert re.search(r"1024 cells,  30 layers,  2/1 seqs", said)
    assert "n_ctx_slot = 1024, kv_unified = 'true'" in said


def test_a_cache_type_llama_cpp_does_not_have_is_refused(tiny: Path) -> None:
    with worker(tiny, tiny.parent / "log", "--cache-type-k=q3_k") as process:
        assert process.wait(PATIENCE_S) == 2


def test_the_starter_is_served_to_those_with_the_key(tmp_path: Path) -> None:
    spec = next(bundled_models(tmp_path))
    if spec.path is None:
        pytest.skip("the starter model is not installed")
    with worker(Path(spec.path), tmp_path / "log") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        events = []
        while not events or events[-1]["event"] not in {"listening", "problem"}:
            events.append(json.loads(process.stdout.readline()))
        assert [event["event"] for event in events] == ["model", "stage", "listening"]
        assert events[0]["native_context"] == spec.native_context
        url = f"http://127.0.0.1:{events[-1]['port']}/v1/models"
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(url.replace("/models", "/completions"), data=b"{}", timeout=60)
        caught.value.close()
        assert caught.value.code == 401
        asked = urllib.request.Request(url, headers={"Authorization": "Bearer key"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            assert json.load(answer)["data"][0]["id"] == "m"
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0
