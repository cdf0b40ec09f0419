"""The build worker on its own: what it makes, what it goes on with after a kill, what it refuses. Over the double."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain.sealed.kit import sealed_engine
from engineroom.adapters.signatures import load_signatures
from engineroom.adapters.trtllm_tables import load_trtllm_tables
from engineroom.domain.sealed.wire import to_json
from fakes.tensorrt_llm_double.kit import make_runtime
from fakes.tiny_safetensors import config, llama

NAME = "tiny-bf16-000000"
Events = list[dict[str, Any]]


class Build:
    """A folder with a model, a runtime and a half engine."""

    def __init__(self, folder: Path, **order: Any) -> None:
        self.root, self.model = folder / "engines", folder / "model"
        self.model.mkdir()
        (self.model / "config.json").write_bytes(config())
        (self.model / "model.safetensors").write_bytes(llama())
        card = {"uuid": "GPU-5f5c9bd4-0000-4000-8000-000000000001", "total_bytes": 34_190_917_632}
        programs = make_runtime(folder / "venv", "1.2.1", pace_s=0.0, time_scale=0.02, gpus=[card])
        made = sealed_engine("1.2.1", max_seq_len=1024, max_batch_size=1)
        argv = (str(programs / "trtllm-serve"), "serve", str(self.model), *made.argv[3:])
        self.engine = replace(made, argv=argv, model_path=str(self.model), concurrency=1, gpu_uuids=(card["uuid"],))
        self.half.mkdir(parents=True)
        self.order(**order)

    @property
    def half(self) -> Path:
        return self.root / f"{NAME}.half"

    @property
    def whole(self) -> Path:
        return self.root / NAME

    def order(self, **changes: Any) -> None:
        """Write it."""
        order = {
            "engine": json.loads(to_json(self.engine)), "source": str(self.model), "timing": "card.cache", "tools": {},
            "markers": [[one.step, one.pattern.pattern] for one in load_trtllm_tables().markers],
            "signatures": [[one.pattern.pattern, one.code, []] for one in load_signatures()],
        }  # fmt: skip
        (self.half / "order.json").write_text(json.dumps(order | changes), "utf-8")

    def run(self) -> tuple[int, Events]:
        """The worker, to its end; its status and what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "engineroom", "worker", "build", f"--root={self.root}", f"--id={NAME}"],
            capture_output=True, text=True, timeout=100, check=False, stdin=subprocess.PIPE,
        )  # fmt: skip
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    def manifest(self) -> dict[str, Any]:
        return dict(json.loads((self.whole / "manifest.json").read_text("utf-8")))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def stages(events: Events, event: str = "stage") -> list[str]:
    return [one["stage"] for one in events if one["event"] == event]


def problem(told: tuple[int, Events]) -> tuple[str, Mapping[str, Any]]:
    status, events = told
    assert status == 1
    return events[-1]["code"], events[-1]["facts"]


def tool(words: str, **more: Any) -> dict[str, Any]:
    """A tool of a build that is a line for a shell."""
    for name in ("checkpoint", "converted"):
        words = words.replace(f"{{{name}}}", f"mkdir {{engine}}/{name}; cd {{engine}}/{name}")
    return {"argv": ["/bin/sh", "-c", words], "environment": {}, "script": None, "remove": []} | more


def test_a_build_from_its_order_to_the_engine_and_what_a_kill_at_its_end_leaves(tmp_path: Path) -> None:
    build = Build(tmp_path)
    status, events = build.run()
    assert (status, events[-1]) == (0, {"event": "done", "engine": NAME}), events[-1]
    every = ["plan", "fetch", "configure", "trial", "seal"]
    assert (stages(events), stages(events, "stage_done")) == (every, every)
    assert (names(build.root) - {".tuning", ".timing"}, names(build.whole)) == (
        {NAME},
        {"manifest.json", "options.yaml"},
    )
    manifest = build.manifest()
    hashes = {one["path"]: one["sha256"] for one in manifest["model_files"]}
    assert hashes == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in build.model.iterdir()}
    (options,) = manifest["files"]
    assert options["sha256"] == hashlib.sha256(build.engine.yaml.encode()).hexdigest()
    assert (build.whole / "options.yaml").stat().st_mode & 0o777 == 0o444, "what is sealed is not written to"
    measured = manifest["measured"]
    assert measured["tokens_per_s"] == measured["tokens_per_s_all"] > 0, "one at once is one alone"
    assert (len(measured["alone_tokens_per_s"]), measured["tool_call"], measured["context_tokens"]) == (5, None, 1024)
    # Killed between the last word of its manifest and its name.
    build.whole.rename(build.half)
    build.order()
    (build.half / "stages.json").write_text("{}")
    assert build.run() == (0, [{"event": "done", "engine": NAME}]), "nothing is done again"
    assert names(build.whole) == {"manifest.json", "options.yaml"}
    # Killed between its name and its last word.
    build.half.mkdir()
    build.order()
    assert build.run() == (0, [{"event": "done", "engine": NAME}])
    assert names(build.root) - {".tuning", ".timing"} == {NAME}
    assert build.manifest() == manifest


def test_what_is_done_is_not_done_again_and_what_failed_is(tmp_path: Path) -> None:
    build = Build(tmp_path)
    (tmp_path / "venv" / "bin" / "trtllm-serve").unlink()
    code, _ = problem(build.run())
    assert code == "sealed_broken"
    kept = json.loads((build.half / "stages.json").read_text("utf-8"))
    assert set(kept) == {"plan", "fetch", "configure"}
    assert not build.whole.exists()
    status, events = build.run()
    assert (status, stages(events), stages(events, "stage_done")) == (1, ["trial"], ["plan", "fetch", "configure"])


def test_a_file_of_the_cache_that_is_not_what_it_is_named_by_is_refused(tmp_path: Path) -> None:
    build = Build(tmp_path)
    weights = build.model / "model.safetensors"
    blob = tmp_path / ("0" * 64)
    blob.write_bytes(weights.read_bytes())
    weights.unlink()
    weights.symlink_to(blob)
    code, facts = problem(build.run())
    assert (code, facts["path"], facts["expected"]) == ("fetched_wrong", "model.safetensors", "0" * 64)


def test_a_model_without_weights_is_refused(tmp_path: Path) -> None:
    build = Build(tmp_path)
    (build.model / "model.safetensors").unlink()
    code, facts = problem(build.run())
    assert (code, facts["stage"]) == ("build_failed", "fetch")
    assert "safetensors is missing" in facts["line"]


@pytest.mark.parametrize(
    "changes", [{"engine": {}}, {"tools": {"quantise": {}}}, {"tools": {"x": {}}}, {"source": None}]
)
def test_an_order_that_cannot_be_read_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    build = Build(tmp_path, **changes)
    code, facts = problem(build.run())
    assert (code, facts["path"]) == ("sealed_broken", str(build.half))


@pytest.mark.parametrize(
    ("name", "made", "said"),
    [
        ("quantise", tool("true"), "wrote nothing"),
        ("quantise", tool("{checkpoint}; touch hf_quant_config.json"), "hf_quant_config.json"),
        ("quantise", tool("{checkpoint}; touch hf_quant_config.json a.safetensors"),
         "cannot be read"),
        ("quantise", tool("true", script="/nowhere/hf_ptq.py"), "/nowhere/hf_ptq.py has to be laid there"),
        ("quantise", tool("", argv=["/nowhere/python"]), "/nowhere/python: No such file"),
        ("convert", tool("true"), "no config.json"),
        ("convert", tool("{converted}; echo '{}' > config.json"), "only config.json"),
        ("convert", tool("{converted}; touch rank1.safetensors; "
                         """echo '{"architecture": "x", "dtype": "y"}' > config.json"""), "rank1.safetensors"),
    ],
)  # fmt: skip
def test_what_a_tool_did_not_make_is_said(tmp_path: Path, name: str, made: dict[str, Any], said: str) -> None:
    build = Build(tmp_path, tools={name: made})
    code, facts = problem(build.run())
    assert (code, facts["stage"]) == ("build_failed", name), facts
    assert said in facts["line"]


def test_a_tool_that_fails_is_told_by_the_line_that_says_why(tmp_path: Path) -> None:
    said = "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB."
    build = Build(tmp_path, tools={"quantise": tool(f"echo '{said}' >&2; echo later >&2; exit 1")})
    code, facts = problem(build.run())
    assert code == "out_of_memory"
    assert "2.00 GiB" in facts["line"]


def test_what_the_compiler_measured_is_given_to_the_next_one(tmp_path: Path) -> None:
    convert = tool("{converted}; touch rank0.safetensors; "
                   """echo '{"architecture": "x", "dtype": "y"}' > config.json""")  # fmt: skip
    compiles = (
        'echo "$@" > {engine}/../argv.txt; test -e {engine}/converted/rank0.safetensors || exit 3; '
        "test ! -e {engine}/converted/half.safetensors || exit 4; "
        "mkdir {engine}/compiled; cd {engine}/compiled; touch rank0.engine; echo measured > {engine}/timing.cache; "
        """echo '{"pretrained_config": {}, "build_config": {}}' > config.json"""
    )
    asked = ["/bin/sh", "-c", compiles, "it", "--input_timing_cache", "{timing}/card.cache", "--more"]
    build = Build(tmp_path, tools={"convert": convert, "compile": tool("", argv=asked)})
    (tmp_path / "venv" / "bin" / "trtllm-serve").unlink()
    (build.half / "converted").mkdir()
    (build.half / "converted" / "half.safetensors").write_text("of a converter that was killed")
    code, _ = problem(build.run())
    assert code == "sealed_broken", "it came to its trial"
    assert (build.root / "argv.txt").read_text().split() == ["--more"], "there was nothing to begin with"
    kept = build.root / ".timing" / "card.cache"
    assert (kept.read_text(), (build.half / "timing.cache").exists()) == ("measured\n", False)
    (build.half / "stages.json").write_text(json.dumps({"plan": {}, "fetch": [], "convert": []}))
    problem(build.run())
    assert (build.root / "argv.txt").read_text().split() == ["--input_timing_cache", str(kept), "--more"]
