"""The fields of ``TorchLlmArgs`` with their defaults, per version (reference 1.4)."""

from dataclasses import dataclass, field
from typing import Any

from tensorrt_llm._double.releases import Release


@dataclass(frozen=True)
class Field:
    """One field, as a pydantic FieldInfo shows it: ``annotation``, ``default``, ``is_required()``."""

    annotation: Any
    default: Any = None
    choices: tuple[str, ...] = field(default=(), compare=False)

    def is_required(self) -> bool:
        """Whether a value has to be given."""
        return self.default is ...

    def get_default(self, **_: Any) -> Any:
        """The default."""
        return self.default


def _of(annotation: Any, text: str, default: Any = None) -> dict[str, Field]:
    return {name: Field(annotation, default) for name in text.split()}


NESTED_NAMES = {
    "kv_cache_config": "KvCacheConfig", "cuda_graph_config": "CudaGraphConfig", "moe_config": "MoeConfig",
    "scheduler_config": "SchedulerConfig", "lora_config": "LoraConfig", "peft_cache_config": "PeftCacheConfig",
    "cache_transceiver_config": "CacheTransceiverConfig", "torch_compile_config": "TorchCompileConfig",
    "attention_dp_config": "AttentionDpConfig", "nvfp4_gemm_config": "Nvfp4GemmConfig",
}  # fmt: skip

COMMON: dict[str, Field] = {
    "model": Field(str, ...),
    "tokenizer_mode": Field(str, "auto", ("auto", "slow")),
    **_of(bool, "skip_tokenizer_init trust_remote_code enable_attention_dp enable_lm_head_tp_in_adp "
          "fail_fast_on_attention_window_too_large enable_lora enable_chunked_prefill gather_generation_logits "
          "return_perf_metrics", default=False),
    **_of(str, "tokenizer custom_tokenizer revision tokenizer_revision reasoning_parser otlp_traces_endpoint backend"),
    **_of(int, "tensor_parallel_size pipeline_parallel_size context_parallel_size", 1),
    **_of(int, "gpus_per_node moe_cluster_parallel_size moe_tensor_parallel_size moe_expert_parallel_size "
          "iter_stats_max_iterations request_stats_max_iterations max_batch_size max_seq_len max_beam_width"),
    "max_input_len": Field(int, 1024),
    "max_num_tokens": Field(int, 8192),
    "dtype": Field(str, "auto"),
    **_of(dict, "model_kwargs cp_config lora_config kv_cache_config peft_cache_config scheduler_config "
          "cache_transceiver_config sparse_attention_config speculative_config env_overrides"),
    "pp_partition": Field(list),
    "guided_decoding_backend": Field(str, None, ("xgrammar", "llguidance")),
    **_of(int, "num_postprocess_workers perf_metrics_max_requests", 0),
    "orchestrator_type": Field(str, None, ("rpc", "ray")),
}  # fmt: skip

TORCH: dict[str, Field] = {
    "garbage_collection_gen0_threshold": Field(int, 20000),
    **_of(dict, "cuda_graph_config attention_dp_config moe_config nvfp4_gemm_config torch_compile_config "
          "kv_connector_config ray_placement_config layer_wise_benchmarks_config"),
    **_of(bool, "disable_overlap_scheduler enable_iter_perf_stats enable_iter_req_stats print_iter_log "
          "enable_min_latency force_dynamic_quantization mm_encoder_only enable_sleep disable_flashinfer_sampling",
          default=False),
    "attn_backend": Field(str, "TRTLLM"),
    "sampler_type": Field(str, "auto", ("auto", "TorchSampler", "TRTLLMSampler")),
    **_of(float, "batch_wait_timeout_ms batch_wait_max_tokens_ratio", 0),
    "batch_wait_timeout_iters": Field(int, 0),
    "enable_autotuner": Field(bool, default=True),
    "load_format": Field(str, "AUTO", ("AUTO", "DUMMY", "VISION_ONLY")),
    "stream_interval": Field(int, 1),
    "allreduce_strategy": Field(str, "AUTO", ("AUTO", "NCCL", "UB", "MINLATENCY", "ONESHOT", "TWOSHOT",
                                              "LOWPRECISION", "MNNVL", "NCCL_SYMMETRIC")),
    "checkpoint_format": Field(str),
    "ray_worker_extension_cls": Field(str),
    "max_stats_len": Field(int, 1000),
}  # fmt: skip

NESTED: dict[str, dict[str, Field]] = {
    "kv_cache_config": {
        **_of(bool, "enable_block_reuse onboard_blocks enable_partial_reuse copy_on_partial_reuse", default=True),
        **_of(bool, "use_uvm use_kv_cache_manager_v2", default=False),
        **_of(int, "max_tokens sink_token_length host_cache_size secondary_offload_min_priority"),
        **_of(int, "event_buffer_max_size max_gpu_total_bytes", 0),
        "max_attention_window": Field(list),
        "cross_kv_cache_fraction": Field(float),
        "free_gpu_memory_fraction": Field(float, 0.9),
        "attention_dp_events_gather_period_ms": Field(int, 5),
        "dtype": Field(str, "auto"),
        "mamba_ssm_cache_dtype": Field(str, "auto", ("auto", "float16", "bfloat16", "float32")),
        "tokens_per_block": Field(int, 32),
        "max_util_for_resume": Field(float, 0.95),
    },
    "cuda_graph_config": {
        "batch_sizes": Field(list), "max_batch_size": Field(int, 0), "enable_padding": Field(bool, default=False),
    },
    "moe_config": {
        "backend": Field(str, "AUTO", ("AUTO", "CUTLASS", "CUTEDSL", "WIDEEP", "TRTLLM", "DEEPGEMM", "VANILLA",
                                       "TRITON")),
        "max_num_tokens": Field(int), "load_balancer": Field(object),
        **_of(bool, "disable_finalize_fusion use_low_precision_moe_combine", default=False),
    },
    "scheduler_config": {
        "capacity_scheduler_policy": Field(str, "GUARANTEED_NO_EVICT", ("GUARANTEED_NO_EVICT", "MAX_UTILIZATION",
                                                                        "STATIC_BATCH")),
        "context_chunking_policy": Field(str, None, ("FIRST_COME_FIRST_SERVED", "EQUAL_PROGRESS")),
        "dynamic_batch_config": Field(dict),
    },
    "lora_config": {
        **_of(list, "lora_dir lora_target_modules"), "lora_ckpt_source": Field(str, "hf", ("hf", "nemo")),
        "max_lora_rank": Field(int, 64), "trtllm_modules_to_hf_modules": Field(dict),
        **_of(int, "max_loras max_cpu_loras"), "swap_gate_up_proj_lora_b_weight": Field(bool, default=True),
    },
    "cache_transceiver_config": {
        "backend": Field(str, None, ("DEFAULT", "UCX", "NIXL", "MOONCAKE", "MPI")),
        **_of(int, "max_tokens_in_buffer kv_transfer_timeout_ms"),
    },
    "torch_compile_config": {
        **_of(bool, "enable_fullgraph enable_userbuffers", default=True),
        **_of(bool, "enable_inductor enable_piecewise_cuda_graph", default=False),
        "capture_num_tokens": Field(list), "max_num_streams": Field(int, 1),
    },
    "attention_dp_config": {
        "enable_balance": Field(bool, default=False), "timeout_iters": Field(int, 50),
        "batching_wait_iters": Field(int, 10),
    },
    "nvfp4_gemm_config": {"allowed_backends": Field(list)},
}  # fmt: skip

GRAPHS_ON: dict[str, dict[str, Any]] = {"cuda_graph_config": {}}
"""Graphs are captured unless the file says ``null`` (1.4)."""

ENGINE_ONLY = [
    "workspace",
    "enable_build_cache",
    "extended_runtime_perf_knob_config",
    "calib_config",
    "quant_config",
    "embedding_parallel_mode",
    "fast_build",
    "build_config",
    "enable_prompt_adapter",
    "max_prompt_adapter_token",
    "batching_type",
    "normalize_log_probs",
    "enable_tqdm",
]

NEWER_THAN_1_1 = {
    "custom_tokenizer", "model_kwargs", "context_parallel_size", "sparse_attention_config", "otlp_traces_endpoint",
    "perf_metrics_max_requests", "orchestrator_type", "env_overrides", "nvfp4_gemm_config", "ray_worker_extension_cls",
    "ray_placement_config", "enable_sleep", "disable_flashinfer_sampling", "layer_wise_benchmarks_config",
}  # fmt: skip
NESTED_NEWER_THAN_1_1 = {"max_gpu_total_bytes", "use_kv_cache_manager_v2", "max_util_for_resume"}


def nested_fields(name: str, chosen: Release) -> dict[str, Field]:
    """The fields of one nested value."""
    skipped = NESTED_NEWER_THAN_1_1 if chosen.line <= (1, 1) else set()
    return {key: found for key, found in NESTED[name].items() if key not in skipped}


def _nested_type(name: str, chosen: Release) -> type:
    """A class as pydantic's, with the fields of that nested value; what it describes is still given as a mapping."""
    return type(NESTED_NAMES[name], (dict,), {"model_fields": nested_fields(name, chosen)})


def engine_fields(chosen: Release) -> dict[str, Field]:
    """The fields of the TensorRT backend's arguments: those that both have, and its own."""
    known = torch_fields(chosen)
    return {name: known[name] for name in COMMON if name in known} | {name: Field(object) for name in ENGINE_ONLY}


def torch_fields(chosen: Release) -> dict[str, Field]:
    """The fields that ``TorchLlmArgs`` of that version has."""
    typed = {name: Field(_nested_type(name, chosen), GRAPHS_ON.get(name)) for name in NESTED}
    skipped = NEWER_THAN_1_1 if chosen.line <= (1, 1) else set()
    return {name: found for name, found in (COMMON | TORCH | typed).items() if name not in skipped}
