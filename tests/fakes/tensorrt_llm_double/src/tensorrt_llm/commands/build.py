"""``trtllm-build``: makes an engine folder of the right shape from a checkpoint folder (reference 3.2)."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from tensorrt_llm._double import log
from tensorrt_llm._double.build_options import BUILD, PLUGINS
from tensorrt_llm._double.gpus import visible
from tensorrt_llm._double.scenario import scenario
from tensorrt_llm.version import __version__

CLASSES = {"LlamaForCausalLM", "Qwen2ForCausalLM", "Qwen3ForCausalLM", "MistralForCausalLM", "Phi3ForCausalLM",
           "GemmaForCausalLM"}  # fmt: skip
OTHER_KEYS = {"checkpoint_dir", "output_dir", "given", "log_level", "workers", "dry_run"}


def main() -> None:
    """Build, or say why not."""
    values = BUILD.parse(sys.argv[1:])
    plan = scenario()
    log.set_level(values["log_level"])
    config = _checkpoint(values)
    if not visible():
        raise RuntimeError("CUDA error: no CUDA-capable device is detected")
    _check_class(config)
    known = _timings(values)
    log.python(f"Set dtype to {config['dtype']}.")
    ranks = int(config.get("mapping", {}).get("world_size", 1))
    target = Path(values["output_dir"])
    target.mkdir(parents=True, exist_ok=True)
    for rank in range(ranks):
        _rank(rank, values, (plan.build_s / 4 if known else plan.build_s) / ranks, target)
        if plan.stall_at == "compile":
            time.sleep(plan.silence_s)
    if plan.fail == "build_oom":
        raise RuntimeError("Error Code 2: OutOfMemory (Requested size was 4294967296 bytes.)")
    build = {key: value for key, value in values.items() if key not in OTHER_KEYS | set(PLUGINS)}
    plugins = {key: values[key] for key in PLUGINS}
    whole = {"version": __version__, "pretrained_config": config, "build_config": build | {"plugin_config": plugins}}
    (target / "config.json").write_text(json.dumps(whole, indent=4), encoding="utf-8")
    if cache := values["output_timing_cache"]:
        Path(cache).write_text(f"timing cache of the double, builds: {known + 1}", encoding="utf-8")
    log.python("Total time of building all engines: 00:00:01")


def _check_class(config: dict[str, Any]) -> None:
    """Only classes of its own list (5.3), of which the double knows a few."""
    if config["architecture"] not in CLASSES:
        raise RuntimeError(f"Unsupported model architecture: {config['architecture']}")


def _timings(values: dict[str, Any]) -> int:
    """How many builds the measurements that were given come from; a file that is not there is a reason to end."""
    if (given := values["input_timing_cache"]) is None:
        return 0
    return int(Path(given).read_text(encoding="utf-8").rpartition(" ")[2])


def _checkpoint(values: dict[str, Any]) -> dict[str, Any]:
    folder = values["checkpoint_dir"]
    if folder is None and values["build_config"] is None:
        raise AssertionError("Either checkpoint_dir or build_config has to be given")
    config: dict[str, Any] = json.loads(Path(folder, "config.json").read_text(encoding="utf-8"))
    if "architecture" not in config or "dtype" not in config:
        raise KeyError("architecture")
    return config


def _rank(rank: int, values: dict[str, Any], seconds: float, target: Path) -> None:
    for step in ("Build TensorRT engine Unnamed Network 0", "Engine generation completed in 0.9 seconds."):
        log.python(step) if rank == 0 else log.python(step, rank=rank)
        time.sleep(seconds / 2)
    weights = list(Path(values["checkpoint_dir"]).glob(f"rank{rank}.safetensors"))
    size = sum(file.stat().st_size for file in weights)
    (target / f"rank{rank}.engine").write_bytes(b"ftrt" + bytes(max(1024, size)))
    log.python(f"Serializing engine to {target}/rank{rank}.engine...")


if __name__ == "__main__":
    main()
