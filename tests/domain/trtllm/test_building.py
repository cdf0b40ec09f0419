"""Commands of a build, and of several machines."""

import subprocess
from dataclasses import replace

import pytest

from domain.trtllm.kit import TABLES
from engineroom.domain.trtllm.building import Compile, Quantise, compile_argv, quantise_argv
from engineroom.domain.trtllm.nodes import Nodes, script_for, world_size

COMPILE = Compile(
    program="/r/bin/trtllm-build",
    checkpoint_path="/c",
    engine_path="/e",
    timing_cache_path="/cache/timing.cache",
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
    assert told["--input_timing_cache"] == told["--output_timing_cache"] == "/cache/timing.cache"
    assert "--weight_sparsity" not in argv
    assert "--weight_sparsity" in compile_argv(replace(COMPILE, weight_sparsity=True), (1, 2, 1), TABLES)


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
    with pytest.raises(ValueError, match="several"):
        script_for(replace(NODES, hosts=hosts))
