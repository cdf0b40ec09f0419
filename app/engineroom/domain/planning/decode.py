"""Time of one decode step: memory traffic, arithmetic, and what every layer costs however small it is.

The two constants were calibrated together on 59 published single-sequence rows of 18 cards and four engines: mean error
6.1 %, 6.9 % on cards left out.  Many of the rows are in ``tests/data/speed_truth.csv``; ``tests/bench/plan_speed.py``
shows what those alone would give.
"""

from dataclasses import dataclass, replace

from engineroom.domain.machine import MemoryKind
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.peak import peak_flops
from engineroom.domain.planning.reading import LIKENESS, attention_flops, kv_read_bytes, matrix_parameters, reading
from engineroom.domain.planning.values import Gpu, Runtime

BANDWIDTH_SHARE = 0.808
"""Of the peak, what a decode step reaches."""

LAYER_S = 45.9e-6
"""Seconds per layer: kernel launches, synchronisation, small operations."""

COMPUTE_SHARE = {Runtime.LLAMA_CPP: 0.25, Runtime.TENSORRT_LLM: 0.45}
"""Of the dense peak of the format that is multiplied, what the thin matrices of a decode batch reach.

The arithmetic adds to the memory time: Qwen2.5-7B Q8_0 on a GB10 from 2 to 32 streams (llama.cpp
``benches/dgx-spark.md``) follows the sum within 8 %.  TensorRT-LLM has been seen at 0.49 of the FP4 peak, prompts
included (Llama-70B on an RTX PRO 6000 Server Edition, 128 tokens in and out, its published maximum)."""

ENGINE_FACTOR = {Runtime.TENSORRT_LLM: 1.0, Runtime.LLAMA_CPP: 1.0}
"""Share of the bandwidth against the others at equal bytes, measured on GB10; 1 for both of ours."""

GROUPED_S_AT, GROUPED_SHARE = (200e-6, 273e9), 0.45
"""Seconds per layer of routed experts at this bandwidth (bytes/s) that llama.cpp takes longer as soon as tokens are
sorted by expert, for two sequences and more; at most this share of the experts' own reading.  From GB10 alone, all
three models; taken to shrink with a faster memory, as the reading does."""

REDUCE_NVLINK_S, REDUCE_PCIE_S, REDUCE_NETWORK_S = 20e-6, 40e-6, 200e-6
"""Seconds of one all-reduce of a decode step, of which a layer has two.  General knowledge, except the last: Qwen3-235B
on two GB10 took 330 to 600 microseconds a layer beyond its bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a step has to do: ``batch`` sequences, ``depth`` tokens deep, each ``width`` tokens (1, or drafts to check).

    ``likeness`` is how alike tokens choose their experts, see :mod:`engineroom.domain.planning.reading`.
    """

    kv_format: str
    batch: int = 1
    depth: int = 0
    width: int = 1
    likeness: float = LIKENESS


def step_s(card: ModelCard, gpu: Gpu, load: Load, *, runtime: Runtime, gpus: int = 1) -> float | None:
    """Seconds of one step; ``None`` where the card's bandwidth is not known.

    TensorRT-LLM splits every layer over the cards (tensor parallel): each reads its share at the same time, then they
    add up their results twice per layer.  llama.cpp gives every card some of the layers, which one after the other do
    what a single card would: the bandwidths never add up.  No batch takes longer than its sequences one by one.
    """
    if not gpu.bandwidth_bytes_per_s:
        return None
    ways = gpus if runtime is Runtime.TENSORRT_LLM else 1
    rate = gpu.bandwidth_bytes_per_s * BANDWIDTH_SHARE * ENGINE_FACTOR[runtime]
    layers_s = (LAYER_S + (2 * _reduce_s(gpu) if ways > 1 else 0.0)) * card.layer_count
    whole_s = layers_s + _moving_s(card, load, runtime, rate, ways) + _computing_s(card, gpu, load, runtime, ways)
    if load.batch == 1:
        return whole_s
    alone_s = step_s(card, gpu, replace(load, batch=1), runtime=runtime, gpus=gpus)
    return whole_s if alone_s is None else min(whole_s, load.batch * alone_s)


def _moving_s(card: ModelCard, load: Load, runtime: Runtime, rate: float, ways: int) -> float:
    moved = reading(
        card, kv_format=load.kv_format, batch=load.batch, depth=load.depth, width=load.width, likeness=load.likeness
    )
    kv = load.batch * kv_read_bytes(card, load.kv_format, load.depth, ranks=ways)
    seconds = ((moved.weight_bytes + moved.expert_bytes + moved.state_bytes) / ways + kv) / rate
    if card.experts is None or load.batch == 1 or runtime is not Runtime.LLAMA_CPP:
        return seconds
    grouped_s, bandwidth = GROUPED_S_AT
    grouped = card.experts.layers * grouped_s * bandwidth * BANDWIDTH_SHARE / rate
    return seconds + min(grouped, GROUPED_SHARE * moved.expert_bytes / rate)


def _computing_s(card: ModelCard, gpu: Gpu, load: Load, runtime: Runtime, ways: int) -> float:
    """Arithmetic of the tokens beyond the first, whose own is inside the calibrated memory time."""
    peak, beyond = peak_flops(card, gpu, runtime), load.batch * load.width - 1
    if not peak or not gpu.fp16_flops:
        return 0.0
    matrix_s = 2 * matrix_parameters(card, output=True) / peak
    attention_s = attention_flops(card, load.depth) / gpu.fp16_flops
    return beyond * (matrix_s + attention_s) / ways / COMPUTE_SHARE[runtime]


def _reduce_s(gpu: Gpu) -> float:
    if gpu.memory_kind is MemoryKind.UNIFIED:
        return REDUCE_NETWORK_S
    return REDUCE_NVLINK_S if gpu.nvlink else REDUCE_PCIE_S
