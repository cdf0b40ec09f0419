"""Combinations of arguments that are refused without a look at any card (reference 1.5)."""

from collections.abc import Iterator
from typing import Any

TORCH_SPECULATION = ("MTP", "Eagle3", "Eagle", "NGram", "DraftTarget", "AUTO", "SaveState", "UserProvided")
ENGINE_SPECULATION = ("Medusa", "Lookahead")


def check_combinations(args: dict[str, Any]) -> None:
    """Raises the first objection."""
    for check in (_graphs, _cache, _numbers, _speculation, _orchestrator, _peft):
        for objection in check(args):
            raise objection


def _graphs(args: dict[str, Any]) -> Iterator[Exception]:
    graphs = args.get("cuda_graph_config") or {}
    sizes, most = graphs.get("batch_sizes"), graphs.get("max_batch_size") or 0
    if most < 0:
        yield ValueError("cuda_graph_config.max_batch_size must be non-negative")
    if sizes and most and list(sizes) != default_batch_sizes(most, padding=bool(graphs.get("enable_padding"))):
        yield ValueError(
            "Please don't set both cuda_graph_config.batch_sizes and cuda_graph_config.max_batch_size.\n"
            f"cuda_graph_config.batch_sizes: {sizes}, cuda_graph_config.max_batch_size: {most}"
        )


def default_batch_sizes(most: int, *, padding: bool) -> list[int]:
    """The batch sizes that are captured (reference 1.4): 34 up to 128 without padding, 19 with it."""
    sizes = [1, 2, 4, *range(8, 129, 8)] if padding else [*range(1, 33), 64, 128]
    kept = [size for size in sizes if size <= most]
    return kept if kept and kept[-1] == most else [*kept, most]


def _cache(args: dict[str, Any]) -> Iterator[Exception]:
    cache = args.get("kv_cache_config") or {}
    fraction = cache.get("free_gpu_memory_fraction")
    if fraction is not None and not 0 <= float(fraction) <= 1:
        yield ValueError("kv_cache_config.free_gpu_memory_fraction must be a float between 0 and 1")
    if (cache.get("max_gpu_total_bytes") or 0) < 0:
        yield ValueError("kv_cache_config.max_gpu_total_bytes must be non-negative")
    windows = cache.get("max_attention_window")
    if windows is not None and (not windows or any(window <= 0 for window in windows)):
        yield ValueError("kv_cache_config.max_attention_window must be a list of positive integers")
    if cache.get("dtype", "auto") != "auto" and args.get("backend") in {"tensorrt", "trt"}:
        yield AssertionError("KvCacheConfig.dtype is not supported by the TensorRT backend.")


def _numbers(args: dict[str, Any]) -> Iterator[Exception]:
    if args.get("stream_interval", 1) <= 0:
        yield ValueError(f"stream_interval must be positive, got {args['stream_interval']}")
    for name in ("batch_wait_timeout_ms", "batch_wait_timeout_iters"):
        if args.get(name, 0) < 0:
            yield ValueError(f"{name} must be greater than or equal to 0")
    if not 0 <= args.get("batch_wait_max_tokens_ratio", 0) <= 1:
        yield ValueError("batch_wait_max_tokens_ratio must be in range [0, 1]")
    for name, value in (args.get("attention_dp_config") or {}).items():
        if name != "enable_balance" and value < 0:
            yield ValueError(f"attention_dp_config.{name} must be greater or equal to 0")


def _speculation(args: dict[str, Any]) -> Iterator[Exception]:
    config = args.get("speculative_config")
    if config is None:
        return
    kind, longest = config.get("decoding_type"), config.get("max_draft_len")
    if kind in ENGINE_SPECULATION and args.get("backend", "pytorch") == "pytorch":
        yield ValueError(f"Speculation type {kind} does not support backend pytorch")
    if kind not in TORCH_SPECULATION + ENGINE_SPECULATION:
        yield ValueError(f"Invalid decoding type: {kind}")
    if kind in {"Eagle", "Eagle3"}:
        yield from _eagle(config)
    schedule = config.get("draft_len_schedule")
    if schedule is not None and (1 not in schedule or (longest is not None and schedule[1] != longest)):
        yield ValueError("draft_len_schedule must have an entry for batch size 1 that equals max_draft_len")
    if kind in {"MTP", "Eagle", "Eagle3"} and args.get("sampler_type") == "TRTLLMSampler":
        yield ValueError(
            "trtllm_sampler and mtp enabled together is not supported yet. Please use sampler type auto instead."
        )


def _eagle(config: dict[str, Any]) -> Iterator[Exception]:
    if config.get("max_draft_len") is None:
        yield ValueError("max_draft_len is required for Eagle")
    if not (config.get("speculative_model") or config.get("speculative_model_dir")):
        yield AssertionError("EAGLE3 draft model must be specified.")


def _orchestrator(args: dict[str, Any]) -> Iterator[Exception]:
    for name in ("ray_worker_extension_cls", "ray_placement_config"):
        if args.get(name) is not None and args.get("orchestrator_type") != "ray":
            yield ValueError(f"{name} is only supported with orchestrator_type='ray'")


def _peft(args: dict[str, Any]) -> Iterator[Exception]:
    if (args.get("peft_cache_config") or {}).get("lora_prefetch_dir") is not None:
        yield ValueError("lora_prefetch_dir used to be supported by the TensorRT backend only, and is not set here")
