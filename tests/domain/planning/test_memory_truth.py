"""Published measurements of memory against the bill: every figure of every row is checked, or left out for a reason.

``tests/data/memory_truth.csv`` has sizes in MiB per GPU, and its sources.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.planning import model_cards as cards
from engineroom.domain.model_card.values import ModelCard, TensorClass
from engineroom.domain.planning.kv import kv_bytes, kv_bytes_per_token
from engineroom.domain.planning.overheads import compute_buffer
from engineroom.domain.planning.values import Runtime, Shape
from engineroom.domain.planning.weights import weight_bytes_per_gpu

MIB, GIB = 2**20, 2**30
DATA = Path(__file__).parents[2] / "data" / "memory_truth.csv"
ROWS = {row["id"]: row for row in csv.DictReader(DATA.read_text(encoding="utf-8").splitlines())}

TENSORRT_LLM, LLAMA_CPP = Runtime.TENSORRT_LLM, Runtime.LLAMA_CPP
Build = Callable[[], ModelCard]

PER_TOKEN: dict[str, tuple[Build, str, Runtime, int, float]] = {
    "M01": (cards.gpt_oss_120b, "bf16", TENSORRT_LLM, 1, 0.002),
    "M03": (cards.gpt_j_6b, "fp8", TENSORRT_LLM, 1, 0.002),
    "M04": (cards.qwen_2_5_05b, "bf16", TENSORRT_LLM, 1, 0.002),
    "M06": (cards.llama_3_8b, "bf16", TENSORRT_LLM, 1, 0.002),
    "M08": (cards.llama_2_7b, "f16", TENSORRT_LLM, 1, 0.002),
    "M11": (cards.llama_3_8b, "bf16", TENSORRT_LLM, 1, 0.002),
    "M19": (cards.qwen_3_6_35b_a3b, "fp8", TENSORRT_LLM, 1, 0.10),
    "M23": (cards.qwen_3_30b_a3b, "f16", LLAMA_CPP, 1, 0.002),
    "M26": (cards.qwen_2_5_7b, "q8_0", LLAMA_CPP, 1, 0.002),
    "M28": (cards.command_r_35b, "f16", LLAMA_CPP, 1, 0.002),
    "M29": (cards.qwen_3_30b_a3b, "f16", LLAMA_CPP, 1, 0.002),
    "M31": (cards.qwen_2_5_05b, "f16", LLAMA_CPP, 1, 0.002),
    "M37": (cards.trilm_4b, "f16", LLAMA_CPP, 1, 0.002),
}
"""Bytes of cache per token: card, format, runtime whose layout it is, cards, tolerance (10 % for hybrids)."""


@dataclass(frozen=True, slots=True)
class Allocated:
    """A cache that llama.cpp allocated whole."""

    build: Build
    kv_format: str
    context_tokens: int
    slots: int = 1


KV_SIZE = {
    "M23": Allocated(cards.qwen_3_30b_a3b, "f16", 65_536),
    "M25": Allocated(cards.gemma_4_12b, "q8_0", 2048, 4),
    "M26": Allocated(cards.qwen_2_5_7b, "q8_0", 8192),
    "M28": Allocated(cards.command_r_35b, "f16", 4096),
    "M29": Allocated(cards.qwen_3_30b_a3b, "f16", 32_768),
    "M31": Allocated(cards.qwen_2_5_05b, "f16", 512),
    "M37": Allocated(cards.trilm_4b, "f16", 512),
}


WEIGHTS: dict[str, tuple[Build, Runtime, int]] = {
    "M01": (cards.gpt_oss_120b, TENSORRT_LLM, 1),
    "M03": (lambda: cards.gpt_j_6b("fp8"), TENSORRT_LLM, 1),
    "M09": (cards.llama_3_8b, TENSORRT_LLM, 1),
    "M10": (cards.llama_3_8b, TENSORRT_LLM, 2),
    "M11": (cards.llama_3_8b, TENSORRT_LLM, 1),
    "M12": (cards.llama_3_8b, TENSORRT_LLM, 1),
    "M16": (lambda: cards.with_weight_bytes(cards.qwen_3_5_27b(), 30_866_866_928), TENSORRT_LLM, 2),
    "M21": (cards.qwen_3_30b_a3b, TENSORRT_LLM, 4),
    "M23": (lambda: cards.with_weight_bytes(cards.qwen_3_30b_a3b("q8_0"), int(30.25 * GIB)), LLAMA_CPP, 1),
    "M29": (lambda: cards.with_weight_bytes(cards.qwen_3_30b_a3b("q8_0"), int(17.679 * GIB)), LLAMA_CPP, 1),
    "M37": (cards.trilm_4b, LLAMA_CPP, 1),
    "M42": (cards.qwen_3_235b_a22b, TENSORRT_LLM, 2),
}
"""Weights where the dimensions or the files' bytes are known."""

HOST_EMBEDDINGS: dict[str, Build] = {
    "M23": lambda: cards.qwen_3_30b_a3b("q8_0"),
    "M29": lambda: cards.qwen_3_30b_a3b("q8_0"),
    "M33": lambda: cards.qwen_32b("q4_k"),
    "M37": cards.trilm_4b,
}
"""``other_mib`` of these rows: the table of embeddings, which llama.cpp leaves to the processor."""

COMPUTE: dict[str, tuple[Build, int, int, float | None]] = {
    "M23": (cards.qwen_3_30b_a3b, 65_536, 512, None),
    "M25": (cards.gemma_4_12b, 8192, 512, 0.10),
    "M37": (cards.trilm_4b, 512, 512, None),
}
"""llama.cpp's compute buffer; without a tolerance (versions that kept every token's logits) it has to be in bounds."""

LEFT_OUT = {
    ("M13", "kv_bytes_per_token_measured"): "tokens are the least of two ranks, GiB those of one of them",
    ("M09", "kv_mib_per_gpu"): "a pool of unknown tokens",
    ("M11", "kv_mib_per_gpu"): "the pool is as large as vLLM's share; tokens and bytes per token are checked",
    ("M13", "kv_mib_per_gpu"): "as its bytes per token",
    ("M01", "kv_mib_per_gpu"): "a pool; bytes per token are checked",
    ("M03", "kv_mib_per_gpu"): "a pool; bytes per token are checked",
    ("M04", "kv_mib_per_gpu"): "a pool; bytes per token are checked",
    ("M06", "kv_mib_per_gpu"): "a pool; bytes per token are checked",
    ("M08", "kv_mib_per_gpu"): "a pool; bytes per token are checked",
    ("M19", "kv_mib_per_gpu"): "a pool; bytes per token are checked",
    ("M32", "kv_mib_per_gpu"): "context and cache format not given; includes 149.6 MiB of state",
    ("M38", "kv_mib_per_gpu"): "the compressed caches' sizes are not in the excerpt",
    ("M13", "weights_mib_per_gpu"): "one rank of two; checked against the high bound below",
    ("M15", "weights_mib_per_gpu"): "quantisation not given",
    ("M20", "weights_mib_per_gpu"): "bytes of the files not given",
    ("M25", "weights_mib_per_gpu"): "bytes of the file not given",
    ("M28", "weights_mib_per_gpu"): "bytes of the file not given",
    ("M31", "weights_mib_per_gpu"): "bytes of the file not given",
    ("M32", "weights_mib_per_gpu"): "bytes of the file not given",
    ("M33", "weights_mib_per_gpu"): "bytes of the file not given; its table of embeddings is checked",
    ("M35", "weights_mib_per_gpu"): "a mixture of types, bytes of the file not given",
    ("M01", "activation_or_compute_mib"): "checked with TensorRT-LLM's activations in test_bill",
    ("M03", "activation_or_compute_mib"): "TensorRT engine of version 0.12 for 4,096 sequences",
    ("M09", "activation_or_compute_mib"): "vLLM's profile, batch not given",
    ("M10", "activation_or_compute_mib"): "vLLM's profile, batch not given",
    ("M11", "activation_or_compute_mib"): "vLLM's profile with a batch that is not given",
    ("M13", "activation_or_compute_mib"): "vLLM's profile, batch not given",
    ("M28", "activation_or_compute_mib"): "two cards with four copies of the inputs, unknown pipeline",
    ("M29", "activation_or_compute_mib"): "sum of two cards of another log, of a fork",
    ("M32", "activation_or_compute_mib"): "context and batch not given",
}
"""Figures of the table that are not checked here, and why."""

CHECKS: dict[str, set[str]] = {
    "kv_bytes_per_token_measured": set(PER_TOKEN),
    "kv_mib_per_gpu": set(KV_SIZE),
    "weights_mib_per_gpu": set(WEIGHTS),
    "activation_or_compute_mib": set(COMPUTE),
}


def test_every_figure_is_checked_or_left_out_for_a_reason() -> None:
    there = {(row, column) for column in CHECKS for row in ROWS if ROWS[row][column]}
    checked = {(row, column) for column, rows in CHECKS.items() for row in rows}
    assert checked | set(LEFT_OUT) == there
    assert not checked & set(LEFT_OUT)
    for (row, column), reason in sorted(LEFT_OUT.items()):
        print(f"{row} {column}: {reason}")
    print(f"{len(checked)} figures checked, {len(LEFT_OUT)} left out")


def measured(row: str, column: str) -> float:
    return float(ROWS[row][column])


@pytest.mark.parametrize("row", PER_TOKEN)
def test_bytes_of_cache_per_token(row: str) -> None:
    build, kv_format, runtime, gpus, tolerance = PER_TOKEN[row]
    expected = kv_bytes_per_token(build(), kv_format, gpus, runtime)
    assert expected == pytest.approx(measured(row, "kv_bytes_per_token_measured"), rel=tolerance)


@pytest.mark.parametrize("row", KV_SIZE)
def test_whole_caches(row: str) -> None:
    one = KV_SIZE[row]
    shape = Shape(runtime=LLAMA_CPP, kv_format=one.kv_format, context_tokens=one.context_tokens, concurrency=one.slots)
    assert kv_bytes(one.build(), shape)[1] / MIB == pytest.approx(measured(row, "kv_mib_per_gpu"), rel=0.002)


@pytest.mark.parametrize(
    ("kv_format", "context_tokens", "mib"),
    [("q8_0", 8192, 323), ("q8_0", 16_384, 391), ("f16", 8192, 608), ("q4_0", 8192, 171)],
)
def test_the_variants_in_the_note_of_m25(kv_format: str, context_tokens: int, mib: int) -> None:
    shape = Shape(runtime=LLAMA_CPP, kv_format=kv_format, context_tokens=context_tokens)
    assert f"{mib}" in ROWS["M25"]["note"]
    assert kv_bytes(cards.gemma_4_12b(), shape)[1] / MIB == pytest.approx(mib, abs=0.5)


@pytest.mark.parametrize("row", WEIGHTS)
def test_weights(row: str) -> None:
    build, runtime, gpus = WEIGHTS[row]
    expected = weight_bytes_per_gpu(build(), gpus, runtime)[1]
    assert expected / MIB == pytest.approx(measured(row, "weights_mib_per_gpu"), rel=0.01)


def test_a_rank_with_repeated_parts_is_within_the_bounds() -> None:
    low, _, high = weight_bytes_per_gpu(cards.qwen_14b(), 2, TENSORRT_LLM)
    assert low < measured("M13", "weights_mib_per_gpu") * MIB < high


@pytest.mark.parametrize("row", HOST_EMBEDDINGS)
def test_embeddings_left_to_the_processor(row: str) -> None:
    parts = HOST_EMBEDDINGS[row]().weights
    table = sum(part.stored_bytes for part in parts if part.tensor_class is TensorClass.EMBEDDING)
    assert table / MIB == pytest.approx(measured(row, "other_mib"), rel=0.001)


@pytest.mark.parametrize("row", COMPUTE)
def test_compute_buffers(row: str) -> None:
    build, context, ubatch, tolerance = COMPUTE[row]
    shape = Shape(runtime=LLAMA_CPP, kv_format=ROWS[row]["kv_dtype"], context_tokens=context)
    low, expected, high = compute_buffer(build(), shape, ubatch)
    size = measured(row, "activation_or_compute_mib") * MIB
    assert low <= size <= high
    if tolerance is not None:
        assert expected == pytest.approx(size, rel=tolerance)
