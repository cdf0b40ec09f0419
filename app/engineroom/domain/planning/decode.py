"""Time of one decode step: memory traffic, arithmetic, and what every layer costs however small it is.

The two constants were calibrated together on 59 published single-sequence rows of 18 cards and four engines (mean error
6.1 %, 6.9 % with the card left out): see ``tests/data/speed_truth.csv``.
"""

from dataclasses import dataclass

from engineroom.domain.machine import MemoryKind
from engineroom.domain.model_card.values import AttentionKind, ModelCard
from engineroom.domain.planning.reading import Reading, attention_flops, matrix_parameters
from engineroom.domain.planning.values import Gpu, Runtime

BANDWIDTH_SHARE = 0.808
"""Of the peak, what a decode step reaches."""

LAYER_S = 45.9e-6
"""Seconds per layer: kernel launches, synchronisation, small operations."""

COMPUTE_SHARE = 0.25
"""Of the dense tensor peak, what the thin matrices of a decode batch reach. Additional to the memory time, not beside
it: Qwen2.5-7B Q8_0 on a GB10 from 2 to 32 streams (llama.cpp ``benches/dgx-spark.md``) follows the sum within 5 %."""

ENGINE_FACTOR = {Runtime.TENSORRT_LLM: 1.0, Runtime.LLAMA_CPP: 1.0}
"""Share of the bandwidth against the others at equal bytes, measured on GB10; 1 for both of ours."""

REDUCE_NVLINK_S, REDUCE_PCIE_S, REDUCE_NETWORK_S = 10e-6, 30e-6, 150e-6
"""Seconds of one all-reduce of a decode step, of which a layer has two. General knowledge, not measured by us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Seconds of a step, by cause."""

    memory_s: float
    compute_s: float
    layers_s: float
    reduce_s: float

    @property
    def total_s(self) -> float:
        """Seconds of the step."""
        return self.memory_s + self.compute_s + self.layers_s + self.reduce_s


def step(
    card: ModelCard, gpu: Gpu, moved: Reading, *, runtime: Runtime, gpus: int = 1, batch: int = 1, depth: int = 0
) -> Step | None:
    """Time of one step that moves ``moved``; ``None`` where the card's bandwidth is not known.

    TensorRT-LLM splits every layer over the cards (tensor parallel): each reads its share at the same time, then they
    add up their results twice per layer.  llama.cpp gives every card some of the layers, which one after the other do
    what a single card would: the bandwidths never add up.
    """
    if gpu.bandwidth_bytes_per_s is None:
        return None
    ways = gpus if runtime is Runtime.TENSORRT_LLM else 1
    split_bytes = moved.weight_bytes + moved.expert_bytes + moved.state_bytes
    own_bytes = split_bytes / ways + moved.kv_bytes / kv_ways(card, ways)
    speed = gpu.bandwidth_bytes_per_s * BANDWIDTH_SHARE * ENGINE_FACTOR[runtime]
    flops = 2 * matrix_parameters(card, output=True) + attention_flops(card, depth)
    compute_s = (batch - 1) * flops / ways / (COMPUTE_SHARE * gpu.fp16_flops) if gpu.fp16_flops else 0.0
    return Step(
        memory_s=own_bytes / speed,
        compute_s=compute_s,
        layers_s=LAYER_S * card.layer_count,
        reduce_s=2 * card.layer_count * _reduce_s(gpu) if ways > 1 else 0.0,
    )


def kv_ways(card: ModelCard, ways: int) -> int:
    """Over how many of ``ways`` cards the cache is split: not beyond the KV heads, and the latent of MLA not at all."""
    heads = [group.attention.kv_heads for group in card.layers if group.attention is not None]
    if any(group.attention is not None and group.attention.kind is AttentionKind.MLA for group in card.layers):
        return 1
    return min([ways, *(count for count in heads if count > 0)])


def _reduce_s(gpu: Gpu) -> float:
    if gpu.memory_kind is MemoryKind.UNIFIED:
        return REDUCE_NETWORK_S
    return REDUCE_NVLINK_S if gpu.nvlink else REDUCE_PCIE_S
