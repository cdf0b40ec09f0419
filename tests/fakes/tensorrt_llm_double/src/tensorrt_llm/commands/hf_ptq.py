"""``hf_ptq.py`` of ModelOpt: reads a folder of Hugging Face's layout, writes the quantised one (reference 3.3)."""

import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from tensorrt_llm._double import log
from tensorrt_llm._double.click_like import Option
from tensorrt_llm._double.gpus import visible
from tensorrt_llm._double.parse_args_like import Program
from tensorrt_llm._double.quantised import FORMATS, KV, excluded, rewrite
from tensorrt_llm._double.scenario import GIB, Scenario, scenario

PROGRAM = Program("hf_ptq.py", (
    Option(("--pyt_ckpt_path",)),
    Option(("--qformat",), tuple(FORMATS), "fp8"),
    Option(("--kv_cache_qformat",), tuple(KV), "fp8"),
    Option(("--batch_size",), int, 0), Option(("--calib_size",), str, "512"), Option(("--dataset",)),
    Option(("--export_path",), str, "exported_model"),
    Option(("--inference_tensor_parallel",), int, 1), Option(("--inference_pipeline_parallel",), int, 1),
    Option(("--awq_block_size",), int, 0), Option(("--auto_quantize_bits",), float),
    Option(("--sparsity_fmt",), ("dense", "sparsegpt"), "dense"), Option(("--export_fmt",), str, "hf"),
    Option(("--trust_remote_code",), bool, False), Option(("--gpu_max_mem_percentage",), float, 0.8),
    Option(("--use_seq_device_map",), bool, False), Option(("--low_memory_mode",), bool, False),
    Option(("--attn_implementation",)), Option(("--device",), str, "cuda"), Option(("--verbose",), bool, True),
), ("pyt_ckpt_path",))  # fmt: skip


def main() -> None:
    """Quantise."""
    values, plan = PROGRAM.parse(), scenario()
    source, target = Path(values["pyt_ckpt_path"]), Path(values["export_path"])
    if not (source / "config.json").is_file():
        raise OSError(f"{source} does not appear to have a file named config.json.")
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    _check_memory(source, plan)
    print(f"Loading model from {source}", flush=True)
    _calibrate(int(values["calib_size"].split(",")[0]), plan)
    target.mkdir(parents=True, exist_ok=True)
    _export(source, target, config, values)
    print(f"Quantized model exported to :{target}. Total time used 1.0s", flush=True)


def _check_memory(source: Path, plan: Scenario) -> None:
    size = sum(file.stat().st_size for file in source.glob("*.safetensors"))
    cards = visible()
    if not cards:
        raise RuntimeError("No CUDA GPUs are available")
    free = max(card.total_bytes - card.used_bytes for card in cards)
    if plan.fail == "quantise_oom" or size > free:
        log.plain("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 224.00 MiB. GPU 0 has a total "
                  f"capacity of {cards[0].total_bytes / GIB:.2f} GiB of which "
                  f"{free / GIB:.2f} GiB is free.")  # fmt: skip
        sys.exit(1)


def _calibrate(samples: int, plan: Scenario) -> None:
    """A progress bar over the samples, eight to a batch."""
    steps = max(1, min(samples // 8, 64))
    for step in range(steps + 1):
        share = 100 * step // steps
        log.progress(f"calibrating: {share:3d}%|{'#' * (share // 10):10}| {step}/{steps}", last=step == steps)
        time.sleep(plan.quantise_s / steps)
        if plan.stall_at == "calibrate" and step == steps // 2:
            time.sleep(plan.silence_s)


def _export(source: Path, target: Path, config: dict[str, Any], values: dict[str, Any]) -> None:
    chosen, kv = FORMATS[values["qformat"]], KV[values["kv_cache_qformat"]]
    for file in sorted(source.iterdir()):
        if file.suffix == ".safetensors":
            rewrite(file, target / file.name, chosen)
        elif file.is_file() and not file.name.endswith((".index.json", ".bin", ".pt")) and file.name != "config.json":
            shutil.copy2(file, target / file.name)
    quantization = {"quant_algo": chosen.algorithm, "kv_cache_quant_algo": kv, "group_size": chosen.group,
                    "exclude_modules": excluded(source)}  # fmt: skip
    side = {"producer": {"name": "modelopt", "version": "0.37.0"}, "quantization": quantization}
    (target / "hf_quant_config.json").write_text(json.dumps(side, indent=4), encoding="utf-8")
    kept = {"quant_method": "modelopt", "quant_algo": chosen.algorithm, "producer": side["producer"]}
    whole = config | {"quantization_config": kept}
    (target / "config.json").write_text(json.dumps(whole, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
