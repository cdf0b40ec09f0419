"""``hf_ptq.py``, ``trtllm-build`` and ``trtllm-bench`` of the double (reference 3.2, 3.3)."""

import json
import struct
import subprocess
from pathlib import Path

import pytest

from engineroom.adapters.trtllm_tables import load_trtllm_tables
from engineroom.domain.trtllm.building import Compile, Convert, Quantise, compile_argv, convert_argv, quantise_argv
from fakes.tensorrt_llm_double.kit import environment, make_runtime
from fakes.tensorrt_llm_double.started import Started

SCRIPT = Path(__file__).parents[1] / "fakes" / "tensorrt_llm_double" / "hf_ptq.py"
ALGORITHMS = {"fp8": "FP8", "nvfp4": "NVFP4", "w4a16_awq": "W4A16_AWQ", "fp8_block": "fp8_pb_wo"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written into the working folder, like a timing cache, is seen by no other test."""
    monkeypatch.chdir(tmp_path)


def run(words: list[str | Path], **more: str) -> subprocess.CompletedProcess[str]:
    """Where its program lies: ``trtllm-build`` leaves its timing cache in the working folder."""
    where, told = Path(words[0]).parent, environment(**more)
    return subprocess.run(words, cwd=where, env=told, capture_output=True, text=True, check=False, timeout=60)


def tensors(path: Path) -> dict[str, dict[str, object]]:
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    assert len(content) == 8 + length + max(row["data_offsets"][1] for name, row in header.items() if name[:2] != "__")
    return header


def quantise(tmp_path: Path, model: Path, precision: str, **scenario: object) -> subprocess.CompletedProcess[str]:
    programs = make_runtime(tmp_path / "runtime", **scenario)
    asked = Quantise(python=str(programs / "python"), script=str(SCRIPT), model_path=str(model),
                     output_path=str(tmp_path / "out"), precision=precision, kv_format="fp8", samples=64)  # fmt: skip
    return run([*quantise_argv(asked, load_trtllm_tables())])


@pytest.mark.parametrize("precision", ALGORITHMS)
def test_quantised_checkpoint_has_the_right_shapes(tmp_path: Path, model: Path, precision: str) -> None:
    said = quantise(tmp_path, model, precision)
    assert said.returncode == 0, said.stderr
    assert "calibrating: 100%" in said.stderr
    side = json.loads((tmp_path / "out" / "hf_quant_config.json").read_text())["quantization"]
    assert (side["quant_algo"], side["kv_cache_quant_algo"]) == (ALGORITHMS[precision], "FP8")
    config = json.loads((tmp_path / "out" / "config.json").read_text())
    assert config["quantization_config"]["quant_method"] == "modelopt"
    held = tensors(tmp_path / "out" / "model.safetensors")
    query = held["model.layers.0.self_attn.q_proj.weight"]
    four = precision in {"nvfp4", "w4a16_awq"}
    assert (query["dtype"], query["shape"]) == (("U8", [64, 32]) if four else ("F8_E4M3", [64, 64]))
    scale = held["model.layers.0.self_attn.q_proj.weight_scale"]["shape"]
    assert scale == {"fp8": [], "nvfp4": [64, 4], "w4a16_awq": [64, 1], "fp8_block": [1, 1]}[precision]
    assert held["lm_head.weight"]["dtype"] == "BF16"
    old = tensors(model / "model.safetensors")["lm_head.weight"]["data_offsets"]
    assert held["lm_head.weight"]["data_offsets"][1] - held["lm_head.weight"]["data_offsets"][0] == old[1] - old[0]


def test_quantised_checkpoint_is_served(tmp_path: Path, model: Path, serve) -> None:
    assert quantise(tmp_path, model, "nvfp4").returncode == 0
    with Started(serve(at=tmp_path / "out")) as double:
        double.ready()
    with Started(serve(at=tmp_path / "out", gpus=[{"sm": 89}])) as double:
        assert double.ended() == 1
        assert "Arch unsupported for CUTLASS FP4 GEMM" in double.output()


def test_quantiser_refuses_and_runs_out_of_memory(tmp_path: Path, model: Path) -> None:
    said = quantise(tmp_path, model, "fp8", fail="quantise_oom")
    assert (said.returncode, "torch.OutOfMemoryError: CUDA out of memory." in said.stderr) == (1, True)
    assert not (tmp_path / "out").exists()
    program = tmp_path / "runtime" / "bin" / "hf_ptq.py"
    assert run([program, "--pyt_ckpt_path", model, "--qformat", "wrong"]).returncode == 2
    assert run([program]).returncode == 2
    assert "config.json" in run([program, "--pyt_ckpt_path", tmp_path]).stderr


def test_compiler_makes_an_engine_folder(tmp_path: Path) -> None:
    programs = make_runtime(tmp_path / "runtime")
    source, target = tmp_path / "checkpoint", tmp_path / "engine"
    source.mkdir()
    (source / "config.json").write_text(json.dumps({"architecture": "LlamaForCausalLM", "dtype": "bfloat16"}))
    (source / "rank0.safetensors").write_bytes(bytes(5000))
    asked = Compile(program=str(programs / "trtllm-build"), checkpoint_path=str(source), engine_path=str(target),
                    timing_cache_path=str(tmp_path / "cache"),
                    timing_made_path=str(tmp_path / "made"), concurrency=2, context_tokens=1024, input_tokens=512,
                    tokens_per_pass=2048, weight_sparsity=True)  # fmt: skip
    words = [*compile_argv(asked, (1, 2, 1), load_trtllm_tables())]
    assert "No such file" in run(words).stderr, "there are no measurements yet"
    (tmp_path / "cache").write_text("timing cache of the double, builds: 3")
    said = run(words)
    assert said.returncode == 0, said.stderr
    config = json.loads((target / "config.json").read_text())
    assert (config["version"], config["build_config"]["max_batch_size"]) == ("1.2.1", 2)
    assert config["build_config"]["weight_sparsity"] is True
    assert (target / "rank0.engine").stat().st_size == 5004
    assert (tmp_path / "made").read_text().endswith("builds: 4")
    assert run([programs / "trtllm-build", "--wrong", "1"]).returncode == 2
    assert run([programs / "trtllm-build", "--checkpoint_dir", source], CUDA_VISIBLE_DEVICES="").returncode == 1


def test_converter_splits_a_checkpoint_and_its_engine_is_served(tmp_path: Path, model: Path, serve) -> None:
    programs, made, engine = make_runtime(tmp_path / "runtime"), tmp_path / "converted", tmp_path / "engine"
    script = str(SCRIPT.with_name("quantize.py"))
    asked = Convert(python=str(programs / "python"), script=script, model_path=str(model),
                    output_path=str(made), precision="fp8", kv_format="fp8", weights_format="bf16",
                    samples=64)  # fmt: skip
    said = run([*convert_argv(asked, load_trtllm_tables())])
    assert said.returncode == 0, said.stderr
    assert "Loading and quantizing: 100%" in said.stderr
    told = json.loads((made / "config.json").read_text())
    assert (told["architecture"], told["quantization"]["quant_algo"]) == ("LlamaForCausalLM", "FP8")
    build = [programs / "trtllm-build", "--checkpoint_dir", made, "--output_dir", engine, "--max_seq_len", "512"]
    assert run(build).returncode == 0
    with Started(serve("--backend", "tensorrt", "--tokenizer", model, at=engine)) as double:
        double.ready()
        assert "Loaded engine size" in double.output()
        assert "Autotuner" not in double.output()
    with Started(serve(at=engine)) as double:
        assert double.ended() == 1, "the other backend does not read it"
    with Started(serve("--backend", "tensorrt", version="1.1.0", at=engine)) as double:
        assert double.ended() == 1
        assert "Version tag does not match" in double.output("stderr")


def test_benchmark_prints_its_stub(tmp_path: Path) -> None:
    said = run([make_runtime(tmp_path / "runtime") / "trtllm-bench", "--model", "m", "throughput"])
    assert "Total Output Throughput (tokens/sec):             2000.0000" in said.stdout
