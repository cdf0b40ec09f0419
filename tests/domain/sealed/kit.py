"""A sealed engine as a build would make it, from the very command of a version."""

from typing import Any

from domain.trtllm.kit import contract, launch
from engineroom.domain.sealed.start import ENGINE, NAME, TUNING
from engineroom.domain.sealed.values import CHECKPOINT, SealedEngine
from engineroom.domain.trtllm.command import command_for, remove_argv
from engineroom.domain.trtllm.launch import Container


def sealed_engine(version: str = "1.2.1", *, contained: bool = False, **config: Any) -> SealedEngine:
    """With 32,768 tokens of context, four at once."""
    sizes = {"max_seq_len": 32_768, "max_batch_size": 4, "kv_cache_config.dtype": "auto", **config}
    place = {"place": Container(tool="docker", program="/usr/bin/docker", image="i", name=NAME)} if contained else {}
    asked = launch(config=sizes, options_path=f"{ENGINE}/options.yaml", cache_path=TUNING, port=0, **place)
    made = command_for(asked, contract(version))
    return SealedEngine(
        id="tiny-bf16-000000", kind=CHECKPOINT, runtime=f"tensorrt-llm-{version}-venv", runtime_version=version,
        model="org/tiny", model_path=asked.model_path, repo="org/tiny", revision="abc",
        architecture=asked.model.architecture, precision="bf16", kv_format="bf16",
        context_tokens=asked.context_tokens, concurrency=asked.concurrency, gpu_name="NVIDIA GeForce RTX 5090",
        gpu_uuids=asked.gpu_uuids, sm=asked.sm, driver_version="590.48.01", argv=made.argv,
        environment=dict(made.environment), not_inherited=made.not_inherited,
        remove=remove_argv(place["place"]) if contained else (), yaml=made.yaml, left_out=made.left_out,
        tool_parser=None, reasoning_parser=None, plan={}, simulated=True, created_unix_s=0.0,
    )  # fmt: skip
