"""Commands of a build, and of several machines."""

import subprocess
from dataclasses import replace

import pytest

from domain.trtllm.kit import TABLES
from engineroom.domain.trtllm.building import (
    Compile,
    Convert,
    Quantise,
    ToolProgress,
    compile_argv,
    convert_argv,
    quantise_argv,
)
from engineroom.domain.trtllm.nodes import Nodes, check_nodes, script_for, world_size

COMPILE = Compile(
    program="/r/bin/trtllm-build",
    checkpoint_path="/c",
    engine_path="/e",
    timing_cache_path="/cache/timing.cache",
    timing_made_path="/made/timing.cache",
    concurrency=4,
    context_tokens=16_384,
    input_tokens=14_336,
    tokens_per_pass=2048,
)
QUANTISE = Quantise(
    python="/q/bin/python", script="/q/hf_ptq.py", model_path="/m", output_path="/o", precision="nvfp4", kv_format="fp8"
)
NODES = Nodes(
    hosts=("192.168.100.10", "192.168.100.11"),
    gpus_per_host=1,
    interfaces=("enp1s0f0np0", "enp1s0f1np1"),
    image="nvcr.io/nvidia/tensorrt-llm/release:1.2.1",
    model="/models/it's big",
    models_path="/models",
    options_path="/models/options.yaml",
    entry_script="/models/entry.sh",
    options=("--max_batch_size", "4"),
    port=8355,
)


def pairs(argv: tuple[str, ...]) -> dict[str, str]:
    return {word: argv[index + 1] for index, word in enumerate(argv[:-1]) if word.startswith("--")}


def test_the_compiler() -> None:
    argv = compile_argv(COMPILE, (1, 2, 1), TABLES)
    told = pairs(argv)
    assert argv[0] == "/r/bin/trtllm-build"
    assert (told["--max_batch_size"], told["--max_seq_len"], told["--max_num_tokens"]) == ("4", "16384", "2048")
    assert (told["--input_timing_cache"], told["--output_timing_cache"]) == (
        "/cache/timing.cache",
        "/made/timing.cache",
    )
    assert "--workers" not in argv
    spread = pairs(compile_argv(replace(COMPILE, gpus=2, chunked=True), (1, 2, 1), TABLES))
    assert (spread["--workers"], spread["--use_paged_context_fmha"]) == ("2", "enable")
    assert "--weight_sparsity" not in argv
    assert "--weight_sparsity" in compile_argv(replace(COMPILE, weight_sparsity=True), (1, 2, 1), TABLES)


CONVERT = Convert(
    python="/r/bin/python", script="/r/quantize.py", model_path="/m", output_path="/o", precision="bf16",
    kv_format="bf16", weights_format="bf16",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, {"--dtype": "bfloat16", "--qformat": "full_prec"}),
        ({"precision": "f16", "weights_format": "f16"}, {"--dtype": "float16", "--qformat": "full_prec"}),
        ({"precision": "fp8", "kv_format": "fp8"}, {"--qformat": "fp8", "--kv_cache_dtype": "fp8",
                                                    "--calib_size": "512"}),
        ({"precision": "w4a16_awq", "gpus": 2}, {"--qformat": "int4_awq", "--tp_size": "2"}),
    ],
)  # fmt: skip
def test_the_converter(changed: dict, told: dict[str, str]) -> None:
    argv = convert_argv(replace(CONVERT, **changed), TABLES)
    assert told.items() <= pairs(argv).items()
    assert ("--kv_cache_dtype" in argv) is (changed.get("kv_format") == "fp8")
    assert ("--calib_size" in argv) is (told["--qformat"] != "full_prec"), "nothing is calibrated that stays as it is"
    rows = {one.name: one for one in TABLES.convert}
    assert told["--qformat"] in rows["--qformat"].choices


@pytest.mark.parametrize("changed", [{"precision": "mxfp4"}, {"precision": "fp8_block"}, {"kv_format": "nvfp4"}])
def test_what_is_not_compiled(changed: dict) -> None:
    with pytest.raises(ValueError, match="compiled"):
        convert_argv(replace(CONVERT, **changed), TABLES)


def test_tools_tell_how_far_they_are() -> None:
    one = ToolProgress()
    assert one.feed("calibrating:  40%|####      | 4/10") == 0.4
    assert one.feed("[11/29/2026-10:00:00] [TRT-LLM] [I] something else") is None
    shares = [one.feed(line) for line in (
        "[TRT-LLM] [I] Set dtype to bfloat16.", "Build TensorRT engine Unnamed Network 0",
        "Engine generation completed in 0.9 seconds.", "Serializing engine to /e/rank0.engine...",
        "Total time of building all engines: 00:00:01")]  # fmt: skip
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    two = ToolProgress(ranks=2)
    seen = [two.feed(line) for line in ("Build TensorRT engine ", "Serializing engine to a") * 2]
    assert seen == sorted(seen), "a second rank is not the first one again"
    assert 0.9 < seen[-1] < 1.0


@pytest.mark.parametrize("version", [(1, 3, 0), (1, 4, 0)])
def test_no_compiler_later(version: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="gone"):
        compile_argv(COMPILE, version, TABLES)


@pytest.mark.parametrize(
    ("precision", "kv", "qformat", "kv_qformat"),
    [
        ("nvfp4", "fp8", "nvfp4", "fp8"),
        ("fp8", "bf16", "fp8", "none"),
        ("fp8", "nvfp4", "fp8", "nvfp4"),
        ("w4a16_awq", "f16", "int4_awq", "none"),
    ],
)
def test_the_quantiser(precision: str, kv: str, qformat: str, kv_qformat: str) -> None:
    told = pairs(quantise_argv(replace(QUANTISE, precision=precision, kv_format=kv), TABLES))
    assert (told["--qformat"], told["--kv_cache_qformat"]) == (qformat, kv_qformat)
    assert (told["--pyt_ckpt_path"], told["--export_path"]) == ("/m", "/o")
    rows = {one.name: one for one in TABLES.quantise}
    assert qformat in rows["--qformat"].choices
    assert kv_qformat in rows["--kv_cache_qformat"].choices


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"precision": "q4_k_m"}, "makes no"), ({"kv_format": "q8_0"}, "calibrates no"), ({"kv_format": "nvfp4"}, "FP8")],
)
def test_what_the_quantiser_does_not_make(changed: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        quantise_argv(replace(QUANTISE, **changed), TABLES)


def test_what_the_quantiser_may_be_asked_beside() -> None:
    asked = replace(QUANTISE, dataset="cnn_dailymail", low_memory=True, remote_code=True, samples=64)
    argv = quantise_argv(asked, TABLES)
    assert {"--low_memory_mode", "--trust_remote_code"} <= set(argv)
    assert (pairs(argv)["--calib_size"], pairs(argv)["--dataset"]) == ("64", "cnn_dailymail")


def test_a_script_for_several_machines() -> None:
    script = script_for(NODES)
    assert world_size(NODES) == 2
    assert "192.168.100.10 port=2233 slots=1" in script
    assert "trtllm-llmapi-launch trtllm-serve serve" in script
    assert "--tp_size 2" in script
    subprocess.run(["sh", "-n"], input=script, text=True, check=True)
    refused = subprocess.run(["sh", "-s"], input=script, text=True, capture_output=True, check=False)
    assert (refused.returncode, "usage" in refused.stderr) == (2, True)


def test_what_the_script_would_run(tmp_path) -> None:
    """With a docker that only says what it was given."""
    docker = tmp_path / "docker"
    docker.write_text('#!/bin/sh\nfor word in "$@"; do echo "<$word>"; done\n[ "$2" = -i ] && cat\ntrue\n')
    docker.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin"}

    def said(what: str) -> str:
        run = ["sh", "-s", what]
        return subprocess.run(
            run, input=script_for(NODES), env=environment, capture_output=True, text=True, check=True
        ).stdout

    node = said("node")
    assert '<"device=all">' in node
    assert "<UCX_NET_DEVICES=enp1s0f0np0,enp1s0f1np1>" in node
    server = said("server")
    assert "<cat > /etc/openmpi-hostfile>" in server
    assert "192.168.100.11 port=2233 slots=1" in server
    assert "</models/it's big>" in server


@pytest.mark.parametrize("hosts", [("a",), ("a", "a"), ()])
def test_several_machines_are_several(hosts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"several machines.*engineroom build --gpus"):
        script_for(replace(NODES, hosts=hosts))


@pytest.mark.parametrize(
    ("hosts", "each", "version", "kind", "why"),
    [
        (("a", "b\nHOSTS\nreboot"), 1, (1, 2, 1), "checkpoint", "neither a name nor an address"),
        (("a", "-x"), 1, (1, 2, 1), "checkpoint", "neither a name nor an address"),
        (("a", "b"), 0, (1, 2, 1), "checkpoint", "0 cards in each machine"),
        (("a", "b"), 1, (1, 2, 1), "compiled", "compiled engine"),
        (("a", "b"), 1, (0, 21), "checkpoint", r"TensorRT-LLM 0\.21 .* not known here, only 1\.1 up to below 1\.5"),
        (("a", "b"), 1, (1, 5), "checkpoint", "not known here"),
        (("a", "b"), 1, (), "checkpoint", "TensorRT-LLM unknown"),
    ],
)
def test_what_no_script_is_written_for(
    hosts: tuple[str, ...], each: int, version: tuple[int, ...], kind: str, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        check_nodes(hosts, each, version, kind)
    check_nodes(("a", "b"), 8, (1, 4, 0), "checkpoint")
