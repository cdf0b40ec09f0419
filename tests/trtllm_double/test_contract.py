"""The double against the reference's own tables, copied here row by row (1.2, 1.4, 2.4, 2.6, 3.2, 3.3, 7.3).

``test_agreement.py`` holds it against the product's tables; what both have wrong shows here.
"""

import contextlib
import http.client
import importlib
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from engine_room import until
from fakes.tensorrt_llm_double.kit import part
from fakes.tensorrt_llm_double.started import Started

LEVELS = "internal_error|error|warning|info|verbose|debug|trace"
SERVE = """
--tokenizer str -
--custom_tokenizer str -
--host str localhost
--port int 8000
--backend pytorch|tensorrt|trt|_autodeploy pytorch
--custom_module_dirs multiple -
--log_level LEVELS info
--max_beam_width int 1
--max_batch_size int 2048
--max_num_tokens int 8192
--max_seq_len int -
--tensor_parallel_size,--tp_size int 1
--pipeline_parallel_size,--pp_size int 1
--context_parallel_size,--cp_size int 1
--moe_expert_parallel_size,--ep_size int -
--moe_cluster_parallel_size,--cluster_size int -
--gpus_per_node int -
--free_gpu_memory_fraction,--kv_cache_free_gpu_memory_fraction float 0.9
--num_postprocess_workers int 0
--trust_remote_code flag off
--revision str -
--config,--extra_llm_api_options str -
--reasoning_parser deepseek-r1|qwen3|nano-v3 -
--tool_parser qwen3|qwen3_coder|kimi_k2|deepseek_v3|deepseek_v31|deepseek_v32 -
--metadata_server_config_file str -
--server_role str -
--disagg_cluster_uri str -
--fail_fast_on_attention_window_too_large flag off
--otlp_traces_endpoint str -
--enable_chunked_prefill flag off
--media_io_kwargs str -
--chat_template str -
"""
CONVERT = """
--model_dir str -
--output_dir str exported_model
--dtype auto|float16|bfloat16 auto
--qformat nvfp4|fp8|fp8_pc_pt|int8_sq|int4_awq|w4a8_awq|int8_wo|int4_wo|full_prec full_prec
--kv_cache_dtype int8|fp8 -
--awq_block_size int 128
--calib_dataset str cnn_dailymail
--calib_size int 512
--batch_size int 1
--calib_max_seq_length int 512
--tokenizer_max_seq_length int 2048
--tp_size int 1
--pp_size int 1
--cp_size int 1
--device cuda|cpu cuda
--device_map auto|sequential|cpu|gpu auto
--autoq_format str -
--auto_quantize_bits float -
--quantize_lm_head flag off
"""
BUILD = """
--output_dir str engine_outputs
--max_batch_size int 2048
--max_input_len int 1024
--max_seq_len,--max_decoder_seq_len int -
--max_beam_width int 1
--max_num_tokens int 8192
--opt_num_tokens int -
--max_encoder_input_len int 1024
--max_prompt_embedding_table_size,--max_multimodal_len int 0
--kv_cache_type continuous|paged|disabled -
--input_timing_cache str -
--output_timing_cache str model.cache
--profiling_verbosity layer_names_only|detailed|none layer_names_only
--weight_sparsity flag off
--strip_plan flag off
--fast_build flag off
--workers int 1
--log_level LEVELS info
--logits_dtype float16|float32 -
--max_lora_rank int 64
--tokens_per_block int 32
"""
QUANTISE = """
--pyt_ckpt_path str -
--qformat int8|int8_sq|fp8|int4_awq|w4a8_awq|nvfp4|nvfp4_awq|fp8_pb_wo|fp8_pc_pt|w4a8_nvfp4_fp8|w4a8_mxfp4_fp8|nvfp4_mlp_only fp8
--kv_cache_qformat none|fp8|nvfp4|nvfp4_affine fp8
--batch_size int 0
--calib_size str 512
--export_path str exported_model
--inference_tensor_parallel int 1
--inference_pipeline_parallel int 1
--awq_block_size int 0
--sparsity_fmt dense|sparsegpt dense
--gpu_max_mem_percentage float 0.8
--use_seq_device_map flag off
--low_memory_mode flag off
--trust_remote_code flag off
--device str cuda
"""  # noqa: E501 (a row of a table)
KINDS = {"str": str, "int": int, "float": float, "flag": bool, "multiple": str}


def options_of(program: str) -> dict[str, Any]:
    """Options of a program of the double by their spellings."""
    if program == "serve":
        command = part("serve_options").serve_command(part("releases").release("1.2.1"))
    elif program == "build":
        command = part("build_options").BUILD
    else:
        command = program_of(program)
    return {name: option for option in command.options for name in option.names}


def program_of(name: str) -> Any:
    """The parser of a command of the double."""
    part("quantised")
    return importlib.import_module(f"tensorrt_llm.commands.{name}").PROGRAM


ROWS = [
    (program, *row.split(" "))
    for program, table in (("serve", SERVE), ("quantize", CONVERT), ("build", BUILD), ("hf_ptq", QUANTISE))
    for row in table.strip().splitlines()
]


@pytest.mark.parametrize(("program", "names", "kind", "default"), ROWS, ids=[f"{one[0]}{one[1]}" for one in ROWS])
def test_options(program: str, names: str, kind: str, default: str) -> None:
    options = options_of(program)
    (option,) = {id(options[name]): options[name] for name in names.split(",")}.values()
    kind = LEVELS if kind == "LEVELS" else kind
    assert set(option.names) == set(names.split(","))
    assert option.kind == KINDS.get(kind, tuple(kind.split("|")))
    assert option.multiple is (kind == "multiple")
    told = "off" if option.default is False else "-" if option.default in (None, ()) else str(option.default)
    assert told == default


def test_there_are_no_more_options_than_that() -> None:
    for program, table in (("serve", SERVE), ("quantize", CONVERT)):
        names = {name for row in table.strip().splitlines() for name in row.split(" ")[0].split(",")}
        assert set(options_of(program)) == names, program
    later = part("serve_options").serve_command(part("releases").release("1.4.0rc1"))
    fail_fast = next(one for one in later.options if "fail_fast" in one.names[0])
    assert fail_fast.default is True, "on by default in later versions"


DEFAULTS = {
    "tokenizer_mode": "auto", "skip_tokenizer_init": False, "tensor_parallel_size": 1, "dtype": "auto",
    "pipeline_parallel_size": 1, "context_parallel_size": 1, "enable_attention_dp": False,
    "fail_fast_on_attention_window_too_large": False, "enable_lora": False, "enable_chunked_prefill": False,
    "guided_decoding_backend": None, "max_input_len": 1024, "max_num_tokens": 8192, "num_postprocess_workers": 0,
    "return_perf_metrics": False, "perf_metrics_max_requests": 0, "orchestrator_type": None,
    "garbage_collection_gen0_threshold": 20000, "disable_overlap_scheduler": False, "attn_backend": "TRTLLM",
    "sampler_type": "auto", "enable_iter_perf_stats": False, "enable_iter_req_stats": False, "print_iter_log": False,
    "batch_wait_timeout_ms": 0, "batch_wait_timeout_iters": 0, "batch_wait_max_tokens_ratio": 0,
    "torch_compile_config": None, "enable_autotuner": True, "load_format": "AUTO", "enable_min_latency": False,
    "stream_interval": 1, "force_dynamic_quantization": False, "allreduce_strategy": "AUTO",
    "checkpoint_format": None, "mm_encoder_only": False, "enable_sleep": False, "disable_flashinfer_sampling": False,
    "max_stats_len": 1000,
}  # fmt: skip
NESTED_DEFAULTS = {
    "kv_cache_config": {
        "enable_block_reuse": True, "max_tokens": None, "free_gpu_memory_fraction": 0.9, "host_cache_size": None,
        "onboard_blocks": True, "event_buffer_max_size": 0, "attention_dp_events_gather_period_ms": 5,
        "enable_partial_reuse": True, "copy_on_partial_reuse": True, "use_uvm": False, "max_gpu_total_bytes": 0,
        "dtype": "auto", "mamba_ssm_cache_dtype": "auto", "tokens_per_block": 32, "use_kv_cache_manager_v2": False,
        "max_util_for_resume": 0.95,
    },
    "cuda_graph_config": {"batch_sizes": None, "max_batch_size": 0, "enable_padding": False},
    "moe_config": {"backend": "AUTO", "disable_finalize_fusion": False, "use_low_precision_moe_combine": False},
    "lora_config": {"lora_ckpt_source": "hf", "max_lora_rank": 64, "swap_gate_up_proj_lora_b_weight": True},
    "torch_compile_config": {
        "enable_fullgraph": True, "enable_inductor": False, "enable_piecewise_cuda_graph": False,
        "enable_userbuffers": True, "max_num_streams": 1,
    },
    "attention_dp_config": {"enable_balance": False, "timeout_iters": 50, "batching_wait_iters": 10},
}  # fmt: skip


def test_defaults_of_the_option_file() -> None:
    fields = part("fields")
    chosen = part("releases").release("1.2.1")
    known = fields.torch_fields(chosen)
    assert {name: known[name].default for name in DEFAULTS} == DEFAULTS
    for name, defaults in NESTED_DEFAULTS.items():
        nested = fields.nested_fields(name, chosen)
        assert {key: nested[key].default for key in defaults} == defaults, name


ENGINE_ONLY = (
    "workspace enable_build_cache extended_runtime_perf_knob_config calib_config quant_config embedding_parallel_mode "
    "fast_build build_config enable_prompt_adapter max_prompt_adapter_token batching_type normalize_log_probs "
    "enable_tqdm"
)


@pytest.mark.parametrize("backend", ["pytorch", "tensorrt"])
def test_each_backend_takes_its_own_keys_only(backend: str, capsys) -> None:
    arguments, chosen = part("arguments"), part("releases").release("1.2.1")
    common = {"model": "m", "backend": backend}
    for name, mine in (("quant_config", "tensorrt"), ("print_iter_log", "pytorch"), ("cuda_graph_config", "pytorch")):
        if mine == backend:
            arguments.checked(common | {name: None}, chosen)
        else:
            with pytest.raises(ValueError, match=name):
                arguments.checked(common | {name: None}, chosen)
    arguments.checked(common | {"kv_cache_config": {"tokens_per_block": 64}, "max_seq_len": 8}, chosen)
    assert set(part("fields").ENGINE_ONLY) == set(ENGINE_ONLY.split())
    assert "Failed to parse the arguments" in capsys.readouterr().out


def test_old_cards_know_no_bfloat16(monkeypatch) -> None:
    arguments, chosen = part("arguments"), part("releases").release("1.2.1")
    monkeypatch.setenv("TRTLLM_DOUBLE_GPUS", '[{"sm": 75}]')
    with pytest.raises(ValueError, match="Pre SM 80 GPUs do not support bfloat16"):
        arguments.checked({"model": "m", "dtype": "bfloat16"}, chosen)
    monkeypatch.setenv("TRTLLM_DOUBLE_GPUS", '[{"sm": 80}]')
    assert arguments.checked({"model": "m", "dtype": "bfloat16"}, chosen)["dtype"] == "bfloat16"


def test_graphs_are_on_unless_the_file_says_null() -> None:
    arguments, stages, chosen = part("arguments"), part("stages"), part("releases").release("1.2.1")
    assert len(stages.graph_sizes(arguments.checked({"model": "m"}, chosen))) == 34
    padded = arguments.checked({"model": "m", "cuda_graph_config": {"enable_padding": True}}, chosen)
    assert len(stages.graph_sizes(padded)) == 19
    assert stages.graph_sizes(arguments.checked({"model": "m", "cuda_graph_config": None}, chosen)) == []


OPTIONS = """enable_iter_perf_stats: true
enable_iter_req_stats: true
kv_cache_config:
  max_tokens: 8192
"""
RECORD = {
    "timestamp", "iter", "iterLatencyMS", "newActiveRequestsQueueLatencyMS", "numNewActiveRequests",
    "numActiveRequests", "numQueuedRequests", "numCompletedRequests", "maxNumActiveRequests", "maxBatchSizeStatic",
    "maxBatchSizeTunerRecommended", "maxBatchSizeRuntime", "maxNumTokensStatic", "maxNumTokensTunerRecommended",
    "maxNumTokensRuntime", "gpuMemUsage", "cpuMemUsage", "pinnedMemUsage", "kvCacheStats", "staticBatchingStats",
    "inflightBatchingStats", "specDecodingStats", "requestStats",
}  # fmt: skip
CACHE = {
    "maxNumBlocks", "freeNumBlocks", "usedNumBlocks", "tokensPerBlock", "allocTotalBlocks", "allocNewBlocks",
    "reusedBlocks", "missedBlocks", "cacheHitRate",
}  # fmt: skip
BATCHES = {
    "numScheduledRequests", "numContextRequests", "numGenRequests", "numPausedRequests", "numCtxTokens",
    "microBatchId", "avgNumDecodedTokensPerIter",
}  # fmt: skip
REQUEST = {
    "id", "stage", "contextPrefillPosition", "numGeneratedTokens", "avgNumDecodedTokensPerIter", "scheduled", "paused",
    "disServingStats", "allocTotalBlocksPerRequest", "allocNewBlocksPerRequest", "reusedBlocksPerRequest",
    "missedBlocksPerRequest", "kvCacheHitRatePerRequest",
}  # fmt: skip
HELLO = {"model": "any", "messages": [{"role": "user", "content": "hello there"}], "max_tokens": 6}


def held_open(double: Started, requests: int) -> None:
    """So many answers that do not end before the server does."""

    def ask() -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            double.get("/v1/chat/completions", HELLO | {"max_tokens": 1000})

    for _ in range(requests):
        threading.Thread(target=ask, daemon=True).start()


def test_records_queue_and_tuning(serve, tmp_path: Path) -> None:
    """Both limits of the cache are warned of, the tuning is kept, and what has no room in a step waits for one."""
    path, cache = tmp_path / "options.yaml", tmp_path / "tuned.json"
    path.write_text(OPTIONS)
    words = serve("--extra_llm_api_options", path, "--max_batch_size", "2", text="word " * 1000, tokens_per_s=20.0)
    with Started(words, TLLM_AUTOTUNER_CACHE_PATH=str(cache)) as double:
        assert "Both free_gpu_memory_fraction and max_tokens are set" in double.ready().output()
        assert json.loads(cache.read_text().splitlines()[0])["tuned"]
        held_open(double, 4)

        def crowded() -> dict[str, Any] | None:
            return next((one for one in double.get("/metrics") if one["numQueuedRequests"] == 2), None)

        record = until("two that are served and two that wait", crowded)
    assert set(record) == RECORD
    assert set(record["kvCacheStats"]) == CACHE
    assert set(record["inflightBatchingStats"]) == BATCHES
    assert set(record["requestStats"][0]) == REQUEST
    assert (record["inflightBatchingStats"]["numScheduledRequests"], len(record["requestStats"])) == (2, 2)
    assert record["maxNumActiveRequests"] == 2


REFUSED = [
    ({"reasoning_effort": "none"}, "reasoning_effort"),
    ({"max_completion_tokens": "many"}, "max_completion_tokens"),
    ({"top_p": "much"}, "float_type"),
    ({"parallel_tool_calls": True}, "extra_forbidden"),
    ({"metadata": {}}, "extra_forbidden"),
    ({"service_tier": "auto"}, "extra_forbidden"),
    ({"safety_identifier": "x"}, "extra_forbidden"),
    ({"modalities": ["text"]}, "extra_forbidden"),
    ({"prediction": {}}, "extra_forbidden"),
]
TAKEN = [
    {"reasoning_effort": "low"}, {"logit_bias": {}}, {"seed": 1}, {"user": "me"}, {"best_of": 1}, {"top_k": 0},
    {"min_p": 0.1}, {"repetition_penalty": 1.1}, {"ignore_eos": True}, {"truncate_prompt_tokens": 5},
    {"lora_request": {"lora_name": "a", "lora_int_id": 1, "lora_path": "b"}}, {"cache_salt": "x"}, {"documents": []},
    {"chat_template": "x"}, {"chat_template_kwargs": {}}, {"logprobs": True, "top_logprobs": 2},
]  # fmt: skip


def test_fields_of_requests(serve) -> None:
    with Started(serve()) as double:
        fields_are_judged(double.ready())


def fields_are_judged(double: Started) -> None:
    for changes, said in REFUSED:
        status, text, _ = double.ask("/v1/chat/completions", HELLO | changes)
        assert (status, said in json.loads(text)["message"]) == (400, True), changes
    for changes in TAKEN:
        assert double.ask("/v1/chat/completions", HELLO | changes)[0] == 200, changes
    _, text, _ = double.ask(
        "/v1/chat/completions", HELLO | {"stream": True, "stream_options": {"continuous_usage_stats": True}}
    )
    chunks = [json.loads(row[6:]) for row in text.splitlines() if row.startswith("data: {")]
    assert sum("usage" in chunk for chunk in chunks) > 2


def test_errors_of_harmony_are_of_another_type(serve, model: Path) -> None:
    path = model / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"model_type": "gpt_oss"}))
    long = HELLO | {"messages": [{"role": "user", "content": "word " * 2100}]}
    kinds = []
    for more in ({}, {"DISABLE_HARMONY_ADAPTER": "1"}):
        with Started(serve(), **more) as double:
            status, text, _ = double.ready().ask("/v1/chat/completions", long)
            kinds.append((status, json.loads(text)["type"], json.loads(text)["code"]))
    assert kinds == [(400, "internal_error", 400), (400, "BadRequestError", 400)]
