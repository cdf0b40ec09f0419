"""Options, option files and combinations that are refused, with their words and statuses (reference 1, 7.6)."""

import json
import subprocess
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import given

from fakes.tensorrt_llm_double.kit import VERSIONS, environment, part
from fakes.tensorrt_llm_double.started import Started


def run(words: list[str | Path], **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, env=environment(**more), capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["serve", "m", "--api_key", "x"], "Error: No such option: --api_key"),
        (["serve"], "Error: Missing argument 'MODEL'."),
        (["serve", "m", "--port", "x"], "Error: Invalid value for '--port': 'x' is not a valid integer."),
        (["serve", "m", "--backend", "x"], "Error: Invalid value for '--backend': 'x' is not one of 'pytorch', "),
        (["serve", "m", "--host"], "Error: Option '--host' requires an argument."),
        (["serve", "m", "n"], "Error: Got unexpected extra argument (n)"),
        (["m", "--served_model_name", "x"], "Error: No such option: --served_model_name"),
        (["--port", "1", "m"], "Error: No such option: --port"),
    ],
)
def test_wrong_line_is_status_2(serve, words: list[str], said: str) -> None:
    answer = run([serve()[0], *words])
    assert (answer.returncode, said in answer.stderr) == (2, True), answer.stderr


def test_model_as_first_word_means_serve(serve, model: Path) -> None:
    answer = run([serve()[0], model, "--port", "0"])
    assert answer.returncode == 1
    assert "AssertionError" in answer.stderr


def test_versions_differ_in_their_options(serve) -> None:
    texts = {version: run([serve(version=version)[0], "serve", "--help"]).stdout for version in VERSIONS}
    assert "--cp_size" not in texts["1.1.0"]
    assert "--free_gpu_memory_fraction, --kv_cache_free_gpu_memory_fraction FLOAT" in texts["1.2.1"]
    assert "tensorrt" not in texts["1.4.0rc1"].partition("--backend")[2].partition("]")[0]
    assert [version for version, text in texts.items() if "--no-telemetry" in text] == ["1.4.0rc1"]
    assert all("--extra_llm_api_options" in text for text in texts.values())
    assert not (serve(version="1.4.0rc1")[0].parent / "trtllm-build").exists()


YAML = [
    ("", "TypeError: argument of type 'NoneType' is not iterable"),
    ("# nothing\n", "TypeError: argument of type 'NoneType' is not iterable"),
    ("nonsense: 1", "ValueError: LLM got invalid argument: nonsense"),
    ("kv_cache_config: {nonsense: 1}", "1 validation error for KvCacheConfig\nnonsense\n  Extra inputs are not"),
    ("a: [1", "yaml.parser.ParserError"),
    ("quant_config: {}", "specific to TensorRT backend and cannot be used with PyTorch backend: ['quant_config']"),
    ("max_seq_len: many", "Input should be a valid integer"),
    ("cuda_graph_config: {batch_sizes: [1, 3], max_batch_size: 8}", "Please don't set both cuda_graph_config"),
    ("cuda_graph_config: {max_batch_size: -1}", "cuda_graph_config.max_batch_size"),
    ("kv_cache_config: {free_gpu_memory_fraction: 1.5}", "must be a float between 0 and 1"),
    ("kv_cache_config: {max_attention_window: []}", "max_attention_window"),
    ("stream_interval: 0", "stream_interval"),
    ("load_format: GUESS", "Invalid LoadFormat: GUESS"),
    ("speculative_config: {decoding_type: Magic}", "Invalid decoding type: Magic"),
    ("speculative_config: {decoding_type: Medusa}", "Speculation type Medusa does not support backend pytorch"),
    ("speculative_config: {decoding_type: Eagle3, max_draft_len: 3}", "EAGLE3 draft model must be specified."),
    ("speculative_config: {decoding_type: Eagle3}", "max_draft_len is required for Eagle"),
    ("speculative_config: {decoding_type: NGram, max_draft_len: 3, draft_len_schedule: {4: 1}}", "draft_len_schedule"),
    ("speculative_config: {decoding_type: MTP}\nsampler_type: TRTLLMSampler", "Please use sampler type auto instead."),
    ("ray_placement_config: {}", "ray_placement_config"),
    ("peft_cache_config: {lora_prefetch_dir: x}", "lora_prefetch_dir"),
    ("batch_wait_max_tokens_ratio: 2", "batch_wait_max_tokens_ratio"),
]


@pytest.mark.parametrize(("text", "said"), YAML, ids=[text.strip()[:40] for text, _ in YAML])
def test_option_file_is_refused_in_the_original_words(serve, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "options.yaml"
    path.write_text(text)
    with Started(serve("--extra_llm_api_options", path)) as double:
        assert double.ended() == 1
        assert said in double.output("stderr")
        argued = "Failed to parse the arguments for the LLM constructor" in double.output()
        assert argued == (text.strip()[:1] not in {"", "#", "a"})


LATE = [
    ("kv_cache_config: {dtype: bfloat16}", "Overriding KV cache quantization with an invalid type bfloat16"),
    ("kv_cache_config: {free_gpu_memory_fraction: 1.0}", "AssertionError"),
]


@pytest.mark.parametrize(("text", "said"), LATE)
def test_what_passes_the_arguments_fails_in_the_worker(serve, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "options.yaml"
    path.write_text(text)
    with Started(serve("--config", path)) as double:
        assert double.ended() == 1
        assert said in double.output()
        assert "RuntimeError: Executor worker returned error" in double.output("stderr")


@pytest.mark.parametrize(("version", "tokens"), [("1.2.1", 512), ("1.4.0rc1", 256)])
def test_file_or_command_line_wins_by_version(serve, tmp_path: Path, version: str, tokens: int) -> None:
    path = tmp_path / "options.yaml"
    path.write_text("max_seq_len: 512\nkv_cache_config:\n  max_tokens: 4096\n")
    words = serve("--max_seq_len", "256", "--extra_llm_api_options", path, version=version)
    with Started(words) as double:
        text = double.ready().output()
    assert f"batch size=1, draft_len=0, max_seq_len={tokens}" in text
    assert "(4096)" in text
    assert "Overriding kv_cache_config" in text


INT4 = {"weights": {"num_bits": 4}}
MODELS: list[tuple[dict[str, Any], str, int]] = [
    ({"architectures": ["GPT2LMHeadModel"]}, "ValueError: Unknown architecture for AutoModelForCausalLM: GPT2LM", 120),
    ({"quantization_config": {"quant_method": "awq"}}, "KeyError: 'model.layers.0.self_attn.q_proj.weight'", 120),
    ({"quantization_config": {"quant_method": "fp8", "weight_block_size": [64, 64]}},
     "AssertionError: FP8_BLOCK_SCALES only supports block_size=(128,128)", 120),
    ({"quantization_config": {"quant_method": "compressed-tensors", "config_groups": {"a": INT4}}},
     "ValueError: Unsupported quant_bits: 4. Supported: 8.", 120),
    ({"quantization_config": {"quant_method": "mxfp4"}}, "Arch unsupported for CUTLASS", 86),
    ({"quantization_config": {"quant_method": "fp8", "weight_block_size": [128, 128]}},
     "Unsupported SM version for FP8 block scaling GEMM", 86),
    ({"quantization_config": {"quant_method": "fp8", "weight_block_size": [128, 128]}, "kv_lora_rank": 512},
     "NotImplementedError: SM121 is not supported", 121),
    ({}, "no kernel image is available for execution on the device", 75),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "said", "sm"), MODELS)
def test_model_is_refused(serve, model: Path, changes: dict[str, Any], said: str, sm: int) -> None:
    config = json.loads((model / "config.json").read_text())
    (model / "config.json").write_text(json.dumps(config | changes))
    with Started(serve(gpus=[{"sm": sm}])) as double:
        assert double.ended() == 1
        assert said in double.output() + double.output("stderr")


def test_folder_without_config_and_cache_type_of_its_own(serve, model: Path, tmp_path: Path) -> None:
    side = {"quantization": {"quant_algo": "NVFP4", "kv_cache_quant_algo": "FP8"}}
    (model / "hf_quant_config.json").write_text(json.dumps(side))
    path = tmp_path / "options.yaml"
    path.write_text("kv_cache_config: {dtype: nvfp4}")
    with Started(serve("--config", path)) as double:
        assert double.ended() == 1
        assert "Attempting to override KV cache quantization" in double.output()
    (model / "config.json").unlink()
    with Started(serve()) as double:
        assert double.ended() == 1
        assert "Failed to infer model format because no config.json exists in" in double.output("stderr")


PLAIN = st.one_of(st.none(), st.booleans(), st.integers(-9999, 9999), st.text("abc _./", max_size=8),
                  st.floats(-1e6, 1e6).map(lambda number: round(number, 3)))  # fmt: skip
KEYS = st.text("abc_", min_size=1, max_size=6)
VALUES = st.recursive(
    PLAIN, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3))
)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), st.sampled_from([None, True, False]))
def test_small_yaml_reads_what_pyyaml_writes(value: dict[str, Any], flow: bool | None) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, width=9999)
    assert part("small_yaml").load(text) == yaml.safe_load(text)


WRITTEN = [
    "a: 1\nb: [1, 2]", "a:\n- 1\n- b: 2\n  c: 3\n", "{a: {b: c}, d: 'x, y'}", "a: # c\n  b: yes",
    "a: 1e-3\nb: 1.5e+3\nc: 010\nd: ~\n", "- a\n- [b, {c: d}]", "a: {b: [1,\n  2]}\nc: 3",
]  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_small_yaml_agrees_with_pyyaml(text: str) -> None:
    assert part("small_yaml").load(text) == yaml.safe_load(text)
