"""``quantize.py``: a folder of Hugging Face's layout becomes a checkpoint for ``trtllm-build`` (reference 3.2)."""

import json
import struct
import sys
import time
from pathlib import Path
from typing import Any

from tensorrt_llm._double import log
from tensorrt_llm._double.click_like import Option
from tensorrt_llm._double.gpus import visible
from tensorrt_llm._double.parse_args_like import Program
from tensorrt_llm._double.scenario import Scenario, scenario

ALGORITHMS = {"nvfp4": "NVFP4", "fp8": "FP8", "fp8_pc_pt": "FP8_PER_CHANNEL_PER_TOKEN",
              "int8_sq": "W8A8_SQ_PER_CHANNEL",
              "int4_awq": "W4A16_AWQ", "w4a8_awq": "W4A8_AWQ", "int8_wo": "W8A16", "int4_wo": "W4A16",
              "full_prec": None}  # fmt: skip
SHARES = {"nvfp4": 0.28, "int4_awq": 0.27, "w4a8_awq": 0.27, "int4_wo": 0.25, "full_prec": 1.0}
PROGRAM = Program("quantize.py", (
    Option(("--model_dir",)), Option(("--output_dir",), str, "exported_model"),
    Option(("--dtype",), ("auto", "float16", "bfloat16"), "auto"),
    Option(("--qformat",), tuple(ALGORITHMS), "full_prec"), Option(("--kv_cache_dtype",), ("int8", "fp8"), None),
    Option(("--awq_block_size",), int, 128), Option(("--calib_dataset",), str, "cnn_dailymail"),
    Option(("--calib_size",), int, 512), Option(("--batch_size",), int, 1),
    Option(("--calib_max_seq_length",), int, 512), Option(("--tokenizer_max_seq_length",), int, 2048),
    Option(("--tp_size",), int, 1), Option(("--pp_size",), int, 1), Option(("--cp_size",), int, 1),
    Option(("--device",), ("cuda", "cpu"), "cuda"),
    Option(("--device_map",), ("auto", "sequential", "cpu", "gpu"), "auto"),
    Option(("--autoq_format",)), Option(("--auto_quantize_bits",), float), Option(("--quantize_lm_head",), bool, False),
), ("model_dir",))  # fmt: skip


def main() -> None:
    """Convert."""
    values, plan = PROGRAM.parse(), scenario()
    source, target = Path(values["model_dir"]), Path(values["output_dir"])
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    if not visible():
        raise RuntimeError("No CUDA GPUs are available")
    if config.get("quantization_config"):
        raise ValueError("Can't quantize a model that is quantized already")
    if plan.fail == "convert_oom":
        log.plain("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 224.00 MiB.")
        sys.exit(1)
    _calibrate(values["calib_size"] if values["qformat"] != "full_prec" else 8, plan)
    target.mkdir(parents=True, exist_ok=True)
    _export(source, target, config, values)
    print(f"Quantized model exported to {target} \nTotal time used 1.00 s.", flush=True)


def _calibrate(samples: int, plan: Scenario) -> None:
    steps = max(1, min(samples // 8, 64))
    for step in range(steps + 1):
        share = 100 * step // steps
        log.progress(
            f"Loading and quantizing: {share:3d}%|{'#' * (share // 10):10}| {step}/{steps}", last=step == steps
        )
        time.sleep(plan.quantise_s / steps)
        if plan.stall_at == "convert" and step == steps // 2:
            time.sleep(plan.silence_s)


def _export(source: Path, target: Path, config: dict[str, Any], values: dict[str, Any]) -> None:
    ranks = values["tp_size"] * values["pp_size"]
    size = sum(file.stat().st_size for file in source.glob("*.safetensors"))
    each = int(size * SHARES.get(values["qformat"], 0.5)) // ranks
    dtype = config.get("torch_dtype", "float16") if values["dtype"] == "auto" else values["dtype"]
    told = {
        "architecture": config["architectures"][0], "dtype": dtype,
        **{name: config[name] for name in config if name.startswith(("num_", "hidden_", "vocab_", "max_position"))},
        "mapping": {"world_size": ranks, "tp_size": values["tp_size"], "pp_size": values["pp_size"]},
        "quantization": {"quant_algo": ALGORITHMS[values["qformat"]],
                         "kv_cache_quant_algo": (values["kv_cache_dtype"] or "").upper() or None},
    }  # fmt: skip
    for rank in range(ranks):
        header = json.dumps({"lm_head.weight": {"dtype": "U8", "shape": [each], "data_offsets": [0, each]}}).encode()
        with (target / f"rank{rank}.safetensors").open("wb") as file:
            file.write(struct.pack("<Q", len(header)) + header)
            file.truncate(8 + len(header) + each)
    (target / "config.json").write_text(json.dumps(told, indent=4), encoding="utf-8")


if __name__ == "__main__":
    main()
