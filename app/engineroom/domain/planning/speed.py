"""How fast a model would answer on a card: estimates, as ranges."""

from engineroom.domain.machine import MemoryKind
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.decode import step
from engineroom.domain.planning.energy_estimate import joules_per_token
from engineroom.domain.planning.prefill import prefill
from engineroom.domain.planning.reading import reading
from engineroom.domain.planning.values import Gpu, Range, Runtime, Speed

SPREAD, WIDE_SPREAD, FAR_SPREAD = 0.15, 0.30, 0.60
"""Of decode, either way. Nine of ten published rows lie within the first; wide for routed experts at batch, recurrent
layers, laptops and tensor parallel; far where the model is known not to reach."""

ROUND_COST = {Runtime.TENSORRT_LLM: 1.45, Runtime.LLAMA_CPP: 2.0}
"""Seconds of a speculative round per second of a plain step, drafting included. Solved from two-to-four-token runs
with a prediction layer: 1.44 and 1.46 by another engine with CUDA graphs, 2.17 by llama.cpp."""

ROUND_SPREAD = 0.45


def estimate_speed(
    card: ModelCard,
    gpu: Gpu,
    *,
    runtime: Runtime,
    kv_format: str,
    gpus: int = 1,
    batch: int = 1,
    depth: int = 0,
    prompt_tokens: int = 512,
    acceptance: float | None = None,
    draft_tokens: int | None = None,
) -> Speed | None:
    """Decode, prefill and time to the first token; ``None`` if bandwidth or the model's layers are not known.

    Args:
        card: of the checkpoint.
        gpu: to run on.
        runtime: decides how cards share the work and which format is multiplied.
        kv_format: of the cache, a name of :data:`engineroom.domain.planning.formats.KV_FORMATS`.
        gpus: equal cards: tensor-parallel for TensorRT-LLM, a split by layers for llama.cpp.
        batch: sequences decoded at once.
        depth: tokens already in the cache of each.
        prompt_tokens: of the prompt whose time to the first token is asked.
        acceptance: share of drafted tokens that are accepted, 0 to 1; without it no speculation is counted.
        draft_tokens: drafted per step.
    """
    if "layers" in card.unknowns or not card.layers or not card.weights:
        return None
    moved = reading(card, kv_format=kv_format, batch=batch, depth=depth)
    taken = step(card, gpu, moved, runtime=runtime, gpus=gpus, batch=batch, depth=depth)
    prompt = prefill(card, gpu, runtime=runtime, tokens=prompt_tokens, depth=depth, gpus=gpus)
    if taken is None or gpu.bandwidth_bytes_per_s is None:
        return None
    covered = _covered(card, gpu, runtime, gpus)
    decode = _around(1 / taken.total_s, _spread(card, gpu, runtime, gpus, batch) if covered else FAR_SPREAD)
    if acceptance is not None and draft_tokens:
        decode = _speculated(decode, runtime, acceptance=acceptance, drafted=draft_tokens)
    throughput = Range(low=decode.low * batch, expected=decode.expected * batch, high=decode.high * batch)
    return Speed(
        decode=decode,
        throughput=throughput,
        prefill=prompt,
        ttft_s=_first_token(prompt_tokens, prompt, decode),
        joules_per_token=joules_per_token(gpu, throughput, runtime=runtime, gpus=gpus),
        batch=batch,
        depth=depth,
        bytes_per_token=round(moved.total_bytes / batch),
        roofline_tokens_per_s=gpu.bandwidth_bytes_per_s / moved.total_bytes,
        covered=covered,
    )


def _first_token(tokens: int, prompt: Range | None, decode: Range) -> Range | None:
    if prompt is None:
        return None
    return Range(
        low=tokens / prompt.high + 1 / decode.high,
        expected=tokens / prompt.expected + 1 / decode.expected,
        high=tokens / prompt.low + 1 / decode.low,
    )


def _covered(card: ModelCard, gpu: Gpu, runtime: Runtime, gpus: int) -> bool:
    """Tensor parallel of experts, or over a network, waits for far more than bytes and all-reduces."""
    parallel = gpus > 1 and runtime is Runtime.TENSORRT_LLM
    return not (parallel and (card.experts is not None or gpu.memory_kind is MemoryKind.UNIFIED))


def _spread(card: ModelCard, gpu: Gpu, runtime: Runtime, gpus: int, batch: int) -> float:
    recurrent = any(group.state is not None for group in card.layers)
    parallel = gpus > 1 and runtime is Runtime.TENSORRT_LLM
    wide = gpu.laptop or recurrent or parallel or (card.experts is not None and batch > 1)
    return WIDE_SPREAD if wide else SPREAD


def tokens_per_round(acceptance: float, drafted: int) -> float:
    """Expected tokens of a speculative round, drafts accepted independently (Leviathan et al., arXiv 2211.17192)."""
    if acceptance >= 1.0:
        return drafted + 1.0
    return (1 - acceptance ** (drafted + 1)) / (1 - acceptance)


def _speculated(plain: Range, runtime: Runtime, *, acceptance: float, drafted: int) -> Range:
    more = tokens_per_round(max(0.0, min(1.0, acceptance)), drafted) / ROUND_COST[runtime]
    return Range(
        low=plain.low * more * (1 - ROUND_SPREAD),
        expected=plain.expected * more,
        high=plain.high * more * (1 + ROUND_SPREAD),
    )


def _around(rate: float, spread: float) -> Range:
    return Range(low=rate * (1 - spread), expected=rate, high=rate * (1 + spread))
