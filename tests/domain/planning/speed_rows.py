"""Published speeds (``tests/data/speed_truth.csv``) as cases for the estimate, and why some are no such cases."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from domain.planning.speed_cards import (
    Q4_K_M,
    deepseek_r1,
    gpt_oss,
    llama_8b,
    llama_70b,
    qwen3_8b,
    qwen3_14b,
    qwen3_30b_a3b,
    qwen3_235b_a22b,
    qwen25_7b,
    qwen35_27b,
)
from engineroom.adapters.gpu_table import load_gpu_table
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.speed import estimate_speed
from engineroom.domain.planning.values import Gpu, Runtime, Speed

DATA = Path(__file__).resolve().parents[2] / "data" / "speed_truth.csv"
TABLE = load_gpu_table()

OLD = "llama.cpp of May 2024 on A100 and H100, a third to a half of the bandwidth: the estimate says it is not covered"
OTHER = "another engine, which we do not run"
MAX = "maximum throughput over an unknown number of streams"
SPILL = "weights outside the card's memory"

EXCLUDED = {
    **dict.fromkeys(("S25", "S26", "S27", "S28", "S29", "S30", "S32"), OLD),
    **dict.fromkeys(("S72", "S73", "S74", "S75", "S76", "S77", "S78", "S79", "S101"), OTHER),
    "S111": "another engine (a fork of llama.cpp), and quantisation of its own",
    **dict.fromkeys(("S82", "S106", "S107", "S108", "S109", "S110"), MAX),
    "S84": SPILL,
    "S85": SPILL,
    "S102": "card capped to 250 of its 350 W",
    "S71": "tensor parallel over a network: the estimate says it is not covered",
    "S104": "tensor parallel of experts: the estimate says it is not covered",
    "S105": "tensor parallel of experts: the estimate says it is not covered",
}
"""Rows that say nothing of what the estimate claims, each with the reason."""

NV4 = {"matrices": "nvfp4", "output": "bf16", "embedding": "bf16", "router": "bf16"}
FP8 = {"matrices": "fp8", "output": "bf16", "embedding": "bf16", "router": "bf16"}
F16 = {"matrices": "f16"}
Q4 = {"matrices": "q4_k"}
Q8 = {"matrices": "q8_0"}

CARDS: dict[tuple[str, str], Callable[[], ModelCard]] = {
    ("Llama-3-8B", "GGUF Q4_K_M"): lambda: llama_8b(Q4, Q4_K_M),
    ("Llama-3.1-8B", "GGUF Q4_K_M"): lambda: llama_8b(Q4, Q4_K_M),
    ("Llama-3-8B", "GGUF F16"): lambda: llama_8b(F16),
    ("Llama-3-70B", "GGUF Q4_K_M"): lambda: llama_70b(Q4, Q4_K_M),
    ("Llama-3.1-8B", "NVFP4"): lambda: llama_8b(NV4),
    ("Llama-3.1-8B", "FP8"): lambda: llama_8b(FP8),
    ("Llama-3.3-70B", "NVFP4"): lambda: llama_70b(NV4),
    ("Llama-3.3-70B", "FP4"): lambda: llama_70b(NV4),
    ("Qwen3-8B", "GGUF Q4_K_M"): lambda: qwen3_8b(Q4, Q4_K_M),
    ("Qwen3-14B", "NVFP4"): lambda: qwen3_14b(NV4),
    ("Qwen2.5-Coder-7B", "GGUF Q8_0"): lambda: qwen25_7b(Q8),
    ("Qwen2.5-Coder-7B", "Q8_0 (dense)"): lambda: qwen25_7b(Q8),
    ("Qwen3-Coder-30B-A3B", "GGUF Q8_0"): lambda: qwen3_30b_a3b(Q8),
    ("Qwen3-Coder-30B-A3B", "Q8_0"): lambda: qwen3_30b_a3b(Q8),
    ("Qwen3-30B-A3B", "FP4"): lambda: qwen3_30b_a3b(NV4),
    ("gpt-oss-20b", "GGUF MXFP4"): lambda: gpt_oss(24, 32),
    ("gpt-oss-20b", "MXFP4"): lambda: gpt_oss(24, 32),
    ("gpt-oss-120b", "GGUF MXFP4"): lambda: gpt_oss(36, 128),
    ("gpt-oss-120b", "MXFP4"): lambda: gpt_oss(36, 128),
    ("Qwen3.5-27B", "GGUF Q3_K_S"): lambda: qwen35_27b(12.081, "q3_k"),
    ("Qwen3.5-27B", "GGUF Q4_K_M"): lambda: qwen35_27b(16.014, "q4_k"),
    ("Qwen3.8-27B", "GGUF Q4_K_M"): lambda: qwen35_27b(16.014, "q4_k"),
    ("Qwen3-235B-A22B", "NVFP4"): lambda: qwen3_235b_a22b(NV4),
    ("DeepSeek-R1", "FP8"): lambda: deepseek_r1(FP8),
    ("DeepSeek-R1", "NVFP4"): lambda: deepseek_r1(NV4),
}


@dataclass(frozen=True)
class Row:
    """One published speed: ``tokens_per_s`` over all of ``batch``."""

    id: str
    card: ModelCard
    gpu: Gpu
    gpus: int
    runtime: Runtime
    batch: int
    depth: int
    prompt_tokens: int
    pass_tokens: int | None
    tokens_per_s: float
    prefill_tokens_per_s: float | None
    bytes_gb: float | None
    says: str

    @property
    def kv_format(self) -> str:
        return "f16" if self.runtime is Runtime.LLAMA_CPP else "bf16"

    def estimate(self) -> Speed:
        speed = estimate_speed(
            self.card, self.gpu, runtime=self.runtime, kv_format=self.kv_format, gpus=self.gpus, batch=self.batch,
            depth=self.depth, prompt_tokens=self.prompt_tokens, pass_tokens=self.pass_tokens,
        )  # fmt: skip
        assert speed is not None
        return speed

    @property
    def error(self) -> float:
        """Relative: 0.1 is a tenth too fast."""
        return self.estimate().throughput.expected / self.tokens_per_s - 1


def lines() -> list[dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(*, excluded: bool = False) -> list[Row]:
    """Rows the estimate claims to cover; or the excluded ones for which a card exists."""
    found = [line for line in lines() if (line["id"] in EXCLUDED) is excluded]
    return [_row(line) for line in found if (line["model"], line["precision"]) in CARDS and line["batch"] != "max"]


def _row(line: dict[str, str]) -> Row:
    count, _, name = line["gpu"].rpartition("x ") if line["gpu"][:2] in ("2x", "8x") else ("1", "", line["gpu"])
    depth = line["context_or_depth"]
    tokens = int(depth) if depth.isdigit() else 0
    batched = "batched-bench" in line["engine"]
    return Row(
        id=line["id"],
        card=CARDS[line["model"], line["precision"]](),
        gpu=TABLE.named(name.partition(" (")[0]),
        gpus=int(count),
        runtime=Runtime.TENSORRT_LLM if line["engine"].startswith("TensorRT") else Runtime.LLAMA_CPP,
        batch=int(line["batch"]),
        depth=tokens,
        prompt_tokens=tokens if tokens and not batched else 2048 if "GB10" in name else 512,
        pass_tokens=2048 if "ub2048" in line["source"] or line["id"] in ("S69", "S70") else None,
        tokens_per_s=float(line["decode_tok_s"]),
        prefill_tokens_per_s=float(line["prefill_tok_s"]) if line["prefill_tok_s"] else None,
        bytes_gb=float(line["bytes_read_per_token_gb"]) if line["bytes_read_per_token_gb"] else None,
        says=f"{line['model']} {line['precision']} on {line['gpu']}",
    )
