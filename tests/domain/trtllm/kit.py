"""Launches for tests."""

from dataclasses import replace

from engineroom.adapters.trtllm_tables import load_trtllm_tables
from engineroom.domain.trtllm.launch import Container, ModelFacts, TrtLlmLaunch, VirtualEnvironment
from engineroom.domain.trtllm.probed import Contract, ProbedVersion

TABLES = load_trtllm_tables()
UUID = "GPU-5f5c9bd4-0000-4000-8000-000000000001"
OTHER = "GPU-5f5c9bd4-0000-4000-8000-000000000002"
CONFIG = {
    "max_batch_size": 4,
    "max_num_tokens": 2048,
    "max_seq_len": 16_384,
    "tensor_parallel_size": 1,
    "kv_cache_config.dtype": "fp8",
    "kv_cache_config.tokens_per_block": 32,
    "kv_cache_config.free_gpu_memory_fraction": 0.61,
    "cuda_graph_config.enable_padding": True,
    "cuda_graph_config.max_batch_size": 4,
    "enable_chunked_prefill": True,
}
LAUNCH = TrtLlmLaunch(
    model_path="/models/Qwen3-8B-FP8",
    model=ModelFacts(architecture="Qwen3ForCausalLM", precision="fp8"),
    serve_config=CONFIG,
    gpu_uuids=(UUID,),
    sm=89,
    port=18_411,
    place=VirtualEnvironment(trtllm_serve="/runtimes/trt/bin/trtllm-serve"),
    options_path="/engines/e/options.yaml",
    cache_path="/engines/e/cache",
    tool_parser="qwen3",
    reasoning_parser="qwen3",
)
DOCKER = Container(
    tool="docker",
    program="/usr/bin/docker",
    image="nvcr.io/nvidia/tensorrt-llm/release:1.2.1",
    name="engineroom-e",
    labels={"engineroom.engine": "e"},
)


def contract(version: str, backend: str = "pytorch", **probed: object) -> Contract:
    return Contract(probed=ProbedVersion(text=version, **probed), tables=TABLES, backend=backend)


def launch(**changed: object) -> TrtLlmLaunch:
    config = changed.pop("config", {})
    made = replace(LAUNCH, **changed)
    return replace(made, serve_config={**made.serve_config, **config})
