"""The tables against what the reference lists."""

import pytest

from domain.trtllm.kit import TABLES, contract
from engineroom.domain.trtllm.tables import options_in, parse_version

_OF_1_2 = """
--tokenizer --custom_tokenizer --host --port --backend --custom_module_dirs --log_level --max_beam_width
--max_batch_size --max_num_tokens --max_seq_len --tensor_parallel_size --tp_size --pipeline_parallel_size --pp_size
--context_parallel_size --cp_size --moe_expert_parallel_size --ep_size --moe_cluster_parallel_size --cluster_size
--gpus_per_node --free_gpu_memory_fraction --kv_cache_free_gpu_memory_fraction --num_postprocess_workers
--trust_remote_code --revision --config --extra_llm_api_options --reasoning_parser --tool_parser
--metadata_server_config_file --server_role --disagg_cluster_uri --fail_fast_on_attention_window_too_large
--otlp_traces_endpoint --enable_chunked_prefill --media_io_kwargs --chat_template
"""
NOT_IN_1_2 = ["--served_model_name", "--api_key", "--kv_cache_dtype", "--quantization", "--dtype", "--grpc", "--set"]
_OF_1_1 = """
--tokenizer --host --port --backend --log_level --max_beam_width --max_batch_size --max_num_tokens --max_seq_len
--tp_size --pp_size --ep_size --cluster_size --gpus_per_node --kv_cache_free_gpu_memory_fraction
--num_postprocess_workers --trust_remote_code --extra_llm_api_options --reasoning_parser
--metadata_server_config_file --server_role --fail_fast_on_attention_window_too_large --disagg_cluster_uri
--enable_chunked_prefill --media_io_kwargs
"""
DEFAULTS = {
    "--host": "localhost",
    "--port": "8000",
    "--backend": "pytorch",
    "--log_level": "info",
    "--max_batch_size": "2048",
    "--max_num_tokens": "8192",
    "--kv_cache_free_gpu_memory_fraction": "0.9",
    "--max_seq_len": None,
}
KEYS_1_2 = {
    "enable_iter_perf_stats": "false",
    "return_perf_metrics": "false",
    "perf_metrics_max_requests": "0",
    "max_stats_len": "1000",
    "attn_backend": "TRTLLM",
    "kv_cache_config.dtype": "auto",
    "kv_cache_config.tokens_per_block": "32",
    "kv_cache_config.enable_block_reuse": "true",
    "kv_cache_config.max_gpu_total_bytes": "0",
    "cuda_graph_config.enable_padding": "false",
    "cuda_graph_config.max_batch_size": "0",
    "cuda_graph_config.batch_sizes": None,
    "moe_config.backend": "AUTO",
}
BUILD = {
    "--output_dir": "engine_outputs",
    "--max_batch_size": "2048",
    "--max_input_len": "1024",
    "--max_num_tokens": "8192",
    "--output_timing_cache": "model.cache",
    "--workers": "1",
    "--tokens_per_block": "32",
    "--max_lora_rank": "64",
    "--weight_sparsity": None,
}


def spellings(version: str) -> set[str]:
    number = parse_version(version)
    return {name for one in TABLES.serve_options(number) for name in one.spellings(number)} - {"MODEL"}


def test_options_of_1_2() -> None:
    assert spellings("1.2.1") == set(_OF_1_2.split())
    assert not spellings("1.2.1") & set(NOT_IN_1_2)


def test_options_of_1_1() -> None:
    """It knows the short spellings of parallelism only."""
    assert spellings("1.1.0") == set(_OF_1_1.split())


def test_options_of_the_1_3_line() -> None:
    later = spellings("1.4.0rc1")
    assert {"--served_model_name", "--kv_cache_dtype", "--hf_revision", "--set", "--no-telemetry"} <= later
    assert "--no-telemetry" not in spellings("1.3.0rc29")


@pytest.mark.parametrize(("name", "default"), DEFAULTS.items())
def test_defaults(name: str, default: str | None) -> None:
    assert contract("1.2.1").default_of(name) == default


def test_the_compiled_backend_is_gone_later() -> None:
    assert "tensorrt" in contract("1.2.1").option("--backend").choices
    assert "tensorrt" not in contract("1.3.0").option("--backend").choices


@pytest.mark.parametrize(("path", "default"), KEYS_1_2.items())
def test_keys_of_the_file(path: str, default: str | None) -> None:
    assert TABLES.yaml_keys((1, 2, 1))[path].default == default


def test_how_many_keys_there_are() -> None:
    """As many as the reference lists: 48 common, 30 of PyTorch; and the compiled backend's 13 are not among them."""
    top = {path for path in TABLES.yaml_keys((1, 2, 1)) if "." not in path}
    assert len(top) == 78
    assert "quant_config" not in top
    assert "quant_config" in TABLES.yaml_keys((1, 2, 1), "tensorrt")
    assert "cuda_graph_config" not in TABLES.yaml_keys((1, 2, 1), "tensorrt")


def test_cache_formats() -> None:
    assert [one.value for one in TABLES.kv_types] == ["auto", "fp8", "nvfp4"]
    assert {one.value for one in TABLES.kv_types if 120 in one.sms or not one.sms} == {"auto", "fp8"}


@pytest.mark.parametrize(("name", "default"), BUILD.items())
def test_options_of_the_compiler(name: str, default: str | None) -> None:
    rows = {one.name: one for one in options_in(TABLES.build, (1, 2, 1))}
    assert rows[name].default == default
    assert not options_in(TABLES.build, (1, 3, 0))


@pytest.mark.parametrize(
    ("kind", "architecture", "version", "name"),
    [
        ("tool", "Qwen3MoeForCausalLM", "1.2.1", "qwen3"),
        ("tool", "Qwen3MoeForCausalLM", "1.1.0", None),
        ("tool", "LlamaForCausalLM", "1.2.1", None),
        ("tool", "GptOssForCausalLM", "1.2.1", None),
        ("tool", "Glm4MoeForCausalLM", "1.2.1", None),
        ("tool", "Glm4MoeForCausalLM", "1.4.0rc1", "glm4"),
        ("reasoning", "DeepseekV3ForCausalLM", "1.1.0", "deepseek-r1"),
        ("reasoning", "NemotronHForCausalLM", "1.2.1", "nano-v3"),
    ],
)
def test_parsers(kind: str, architecture: str, version: str, name: str | None) -> None:
    assert TABLES.parser_for(kind, architecture, parse_version(version)) == name


def test_every_row_says_where_and_when_it_was_read() -> None:
    rows = [
        row
        for table in (
            TABLES.serve, TABLES.build, TABLES.quantise, TABLES.arguments, TABLES.parsers, TABLES.kv_types,
            TABLES.variables, TABLES.request_fields,
        )
        for row in table
    ]  # fmt: skip
    assert len(rows) > 400
    assert all(row.source and len(row.read_on) == 10 for row in rows)


def test_no_row_stands_twice_in_one_version() -> None:
    for version in ((1, 1, 0), (1, 2, 1), (1, 3, 0), (1, 4, 0)):
        names = [name for one in TABLES.serve_options(version) for name in one.spellings(version)]
        assert len(names) == len(set(names))
