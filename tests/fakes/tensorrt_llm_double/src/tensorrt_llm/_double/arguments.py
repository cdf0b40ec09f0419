"""The arguments of one server: command line and file together, checked as the real one checks them (1.3 to 1.5)."""

import json
from pathlib import Path
from typing import Any

from tensorrt_llm._double import log, small_yaml
from tensorrt_llm._double.combinations import check_combinations
from tensorrt_llm._double.fields import (
    ENGINE_ONLY,
    NESTED,
    NESTED_NAMES,
    Field,
    engine_fields,
    nested_fields,
    torch_fields,
)
from tensorrt_llm._double.gpus import visible
from tensorrt_llm._double.releases import Release
from tensorrt_llm._double.serve_options import PARALLEL
from tensorrt_llm._double.typing_errors import ParserError, ValidationError, type_error

SAME_NAME = [
    "tokenizer",
    "custom_tokenizer",
    "backend",
    "max_beam_width",
    "max_batch_size",
    "max_num_tokens",
    "max_seq_len",
    "tensor_parallel_size",
    "pipeline_parallel_size",
    "context_parallel_size",
    "moe_expert_parallel_size",
    "moe_cluster_parallel_size",
    "gpus_per_node",
    "num_postprocess_workers",
    "trust_remote_code",
    "reasoning_parser",
    "fail_fast_on_attention_window_too_large",
    "otlp_traces_endpoint",
    "enable_chunked_prefill",
    "enable_attention_dp",
]
YAML_KEYS = ("config", "extra_llm_api_options")
FRACTION_KEYS = ("free_gpu_memory_fraction", "kv_cache_free_gpu_memory_fraction")


def from_command_line(values: dict[str, Any]) -> dict[str, Any]:
    """What the options say, under the names of the fields."""
    found = {name: values[name] for name in SAME_NAME if values.get(name) is not None}
    found |= {long: values[short] for long, short, _ in PARALLEL if values.get(short) is not None}
    fraction = next(values[key] for key in FRACTION_KEYS if key in values)
    cache: dict[str, Any] = {"free_gpu_memory_fraction": fraction}
    if "kv_cache_dtype" in values["given"]:
        cache["dtype"] = values["kv_cache_dtype"]
    batching = {
        "enable_batch_size_tuning": True,
        "enable_max_num_tokens_tuning": False,
        "dynamic_batch_moving_average_window": 128,
    }
    policy = {"capacity_scheduler_policy": "GUARANTEED_NO_EVICT", "dynamic_batch_config": batching}
    return {"model": values["MODEL"], **found, "kv_cache_config": cache, "scheduler_config": policy}


def yaml_path(values: dict[str, Any]) -> str | None:
    """The file of the command line, under the name this version has for it."""
    return next((values[key] for key in YAML_KEYS if values.get(key)), None)


def read_yaml(path: str) -> Any:
    """The content of the file. Raises what PyYAML or Python raise."""
    try:
        return small_yaml.load(Path(path).read_text(encoding="utf-8"))
    except small_yaml.YamlError as wrong:
        raise ParserError(f'{wrong}\n  in "{path}"') from None


def merged(values: dict[str, Any], chosen: Release) -> dict[str, Any]:
    """Both together. An empty file is a TypeError, as in the original."""
    args = from_command_line(values)
    path = yaml_path(values)
    if path is None:
        return args
    given = read_yaml(path)
    if "kv_cache_config" in given:
        given["kv_cache_config"] = args["kv_cache_config"] | (given["kv_cache_config"] or {})
    given.pop("disagg_cluster", None)
    strong = {} if chosen.yaml_wins else _explicit(values)
    for name in given:
        if isinstance(args.get(name), dict) and name not in strong:
            log.python(f"Overriding {name} because it's specified in {path}", "W", module="llm_args")
    return args | given | strong | _fraction_on_line(values, given, chosen)


def _explicit(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in SAME_NAME if name in values["given"]}


def _fraction_on_line(values: dict[str, Any], given: dict[str, Any], chosen: Release) -> dict[str, Any]:
    if chosen.yaml_wins or not values["given"] & set(FRACTION_KEYS):
        return {}
    fraction = next(values[key] for key in FRACTION_KEYS if key in values)
    return {"kv_cache_config": given.get("kv_cache_config", {}) | {"free_gpu_memory_fraction": fraction}}


def checked(args: dict[str, Any], chosen: Release) -> dict[str, Any]:
    """``args`` with the defaults filled in. Raises the errors of 1.4 and 1.5, after the line that goes before them."""
    try:
        return _checked(args, chosen)
    except (ValueError, AssertionError) as wrong:
        log.python(f"Failed to parse the arguments for the LLM constructor: {wrong}", "E")
        raise


def _checked(args: dict[str, Any], chosen: Release) -> dict[str, Any]:
    compiled = args.get("backend") in {"tensorrt", "trt"}
    known = engine_fields(chosen) if compiled else torch_fields(chosen)
    engine_only = [name for name in args if name in ENGINE_ONLY]
    if engine_only and not compiled:
        raise ValueError(
            "The following arguments are specific to TensorRT backend and cannot be used with PyTorch backend: "
            f"{engine_only}"
        )
    for name in args:
        if name not in known:
            raise ValueError(f"LLM got invalid argument: {name}")
    for name, value in args.items():
        _check_value("TorchLlmArgs", name, known[name], value)
        if name in NESTED and isinstance(value, dict):
            _check_nested(name, value, chosen)
    check_combinations(args)
    if args.get("dtype") == "bfloat16" and any(card.sm < 80 for card in visible()):
        raise ValueError("Pre SM 80 GPUs do not support bfloat16")
    return {name: None if found.is_required() else found.default for name, found in known.items()} | args


def _check_nested(name: str, values: dict[str, Any], chosen: Release) -> None:
    known = nested_fields(name, chosen)
    for key, value in values.items():
        if key not in known:
            raise ValidationError.of(
                NESTED_NAMES[name], key, "extra_forbidden", "Extra inputs are not permitted", value
            )
        _check_value(NESTED_NAMES[name], key, known[key], value)


def _check_value(owner: str, name: str, found: Field, value: Any) -> None:
    if value is None:
        return
    wrong = type_error(found.annotation, value)
    if name == "load_format" and isinstance(value, str) and value.upper() not in found.choices:
        raise ValueError(f"Invalid LoadFormat: {value}")
    if wrong is None and found.choices and name != "load_format" and value not in found.choices:
        *most, last = (repr(choice) for choice in found.choices)
        wrong = ("literal_error", f"Input should be {', '.join(most)} or {last}")
    if wrong is not None:
        raise ValidationError.of(owner, name, *wrong, value)


def shown(args: dict[str, Any]) -> str:
    """The arguments as one line of JSON, for tests."""
    return json.dumps(args, default=str, sort_keys=True)
