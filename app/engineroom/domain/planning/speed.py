"""How fast a model would answer on a card: estimates, as ranges."""

from dataclasses import replace

from engineroom.domain.machine import MemoryKind
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.decode import Load, step_s
from engineroom.domain.planning.energy_estimate import joules_per_token
from engineroom.domain.planning.prefill import prefill
from engineroom.domain.planning.reading import INDEPENDENT, SAME, reading
from engineroom.domain.planning.values import Gpu, Range, Runtime, Speed

SPREAD, WIDE_SPREAD, FAR_SPREAD = 0.15, 0.30, 0.60
"""Of decode, either way. Nine of ten published rows lie within the first; wide for routed experts at batch, recurrent
layers, laptops and tensor parallel; far where the model is known not to reach."""

HBM_CHIPS = frozenset({(8, 0), (9, 0), (10, 0), (10, 3)})
"""Compute capabilities of the A100, H100 and H200, B200, GB300."""

SPILL_CLIFF = 30
"""How many times slower weights outside the card's memory may make it: gpt-oss-120b on a 5090 ran at 8 tokens/s."""

ROUND_COST = {Runtime.TENSORRT_LLM: 1.45, Runtime.LLAMA_CPP: 2.0}
"""Seconds of a speculative round per second of a plain step, drafting included. Solved from two-to-four-token runs
with a prediction layer: 1.44 and 1.46 by another engine with CUDA graphs, 2.17 by llama.cpp."""

ROUND_SPREAD = 0.25


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
    pass_tokens: int | None = None,
) -> Speed | None:
    """Decode, prefill and time to the first token; ``None`` if bandwidth or the model's layers are not known.

    Args:
        card: of the checkpoint.
        gpu: to run on.
        runtime: decides how cards share the work and which format is multiplied.
        kv_format: of the cache, a name of :data:`engineroom.domain.planning.formats.KV_FORMATS`.
        gpus: equal cards: tensor-parallel for TensorRT-LLM, a split by layers for llama.cpp.
        batch: sequences decoded at once.
        depth: tokens in the cache of each while decoding, the prompt's included.
        prompt_tokens: of the prompt whose time to the first token is asked.
        acceptance: accepted of all drafted tokens, 0 to 1; without it no speculation is counted.
        draft_tokens: drafted per step.
        pass_tokens: prompt tokens of one forward pass; the runtime's default if left out.
    """
    load = Load(kv_format=kv_format, batch=batch, depth=depth)
    decode = None if "layers" in card.unknowns else _decode(card, gpu, load, runtime, gpus)
    if decode is None or gpu.bandwidth_bytes_per_s is None:
        return None
    if acceptance is not None and draft_tokens:
        decode = _speculated(
            decode, card, gpu, replace(load, width=draft_tokens + 1), runtime=runtime, acceptance=acceptance
        )
    throughput = Range(low=decode.low * batch, expected=decode.expected * batch, high=decode.high * batch)
    before = max(0, depth - prompt_tokens)
    prompt = prefill(card, gpu, runtime=runtime, tokens=prompt_tokens, depth=before, gpus=gpus, pass_tokens=pass_tokens)
    moved = reading(card, kv_format=kv_format, batch=batch, depth=depth).total_bytes
    return Speed(
        decode=decode,
        throughput=throughput,
        prefill=prompt,
        ttft_s=_first_token(prompt_tokens, prompt, decode),
        joules_per_token=joules_per_token(gpu, throughput, runtime=runtime, gpus=gpus),
        batch=batch,
        depth=depth,
        bytes_per_token=round(moved / batch),
        roofline_tokens_per_s=gpu.bandwidth_bytes_per_s * batch / moved,
        covered=_covered(card, gpu, runtime, gpus),
    )


def tokens_per_round(acceptance: float, drafted: int) -> Range:
    """Tokens of a speculative round, from the acceptance that engines report: accepted of all drafted tokens.

    ``low`` is for an acceptance that is each draft's own, where one refused draft ends the round (Leviathan et al.,
    arXiv 2211.17192).
    """
    accepted = max(0.0, min(1.0, acceptance))
    alone = drafted + 1.0 if accepted == 1.0 else (1 - accepted ** (drafted + 1)) / (1 - accepted)
    return Range(low=alone, expected=1 + drafted * accepted, high=1 + drafted * accepted)


def _decode(card: ModelCard, gpu: Gpu, load: Load, runtime: Runtime, gpus: int) -> Range | None:
    """Tokens per second and sequence. Routed experts at batch also range over how alike the tokens choose them."""
    taken_s = step_s(card, gpu, load, runtime=runtime, gpus=gpus)
    if not card.layers or not card.weights or not taken_s:
        return None
    spread = _spread(card, gpu, load.batch, parallel=gpus > 1 and runtime is Runtime.TENSORRT_LLM)
    if not _covered(card, gpu, runtime, gpus):
        spread = FAR_SPREAD
    low, high = (1 - spread) / taken_s, (1 + spread) / taken_s
    if card.experts is not None and load.batch > 1:
        slow_s = step_s(card, gpu, replace(load, likeness=INDEPENDENT), runtime=runtime, gpus=gpus) or taken_s
        fast_s = step_s(card, gpu, replace(load, likeness=SAME), runtime=runtime, gpus=gpus) or taken_s
        low, high = min(low, (1 - SPREAD) / slow_s), max(high, (1 + SPREAD) / fast_s)
    if _spills(card, gpu, gpus):
        low = 1 / taken_s / SPILL_CLIFF
    return Range(low=low, expected=1 / taken_s, high=high)


def _speculated(plain: Range, card: ModelCard, gpu: Gpu, load: Load, *, runtime: Runtime, acceptance: float) -> Range:
    """Rounds instead of steps. Checking several tokens reads more of the routed experts than one token does."""
    wide_s = step_s(card, gpu, load, runtime=runtime)
    narrow_s = step_s(card, gpu, replace(load, width=1), runtime=runtime)
    dearer = wide_s / narrow_s if card.experts is not None and wide_s and narrow_s else 1.0
    gained, cost = tokens_per_round(acceptance, load.width - 1), ROUND_COST[runtime] * dearer
    return Range(
        low=plain.low * gained.low / cost * (1 - ROUND_SPREAD),
        expected=plain.expected * gained.expected / cost,
        high=plain.high * gained.high / cost * (1 + ROUND_SPREAD),
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
    """Whether the arithmetic is known to reach so far.

    Not for what does not fit on the cards; nor for tensor parallel of experts or over a network, which waits for far
    more than bytes and all-reduces (DeepSeek-R1 on eight H200 or B200 reaches 6 to 9 % of their bandwidth); nor for
    llama.cpp on chips with HBM, of which it reached a third to a half in 2024, and no more is published.
    """
    if runtime is Runtime.LLAMA_CPP and gpu.compute_capability in HBM_CHIPS:
        return False
    parallel = gpus > 1 and runtime is Runtime.TENSORRT_LLM
    waits = parallel and (card.experts is not None or gpu.memory_kind is MemoryKind.UNIFIED)
    return not waits and not _spills(card, gpu, gpus)


def _spills(card: ModelCard, gpu: Gpu, gpus: int) -> bool:
    return gpu.usable_bytes is not None and card.weight_bytes > gpu.usable_bytes * gpus


def _spread(card: ModelCard, gpu: Gpu, batch: int, *, parallel: bool) -> float:
    recurrent = any(group.state is not None for group in card.layers)
    wide = gpu.laptop or recurrent or parallel or (card.experts is not None and batch > 1)
    return WIDE_SPREAD if wide else SPREAD
