"""Options of the runtime that make it use the memory the bill says, by the runtime's own names.

Nested options of TensorRT-LLM are written with dots (``kv_cache_config.dtype``); names of version 1.2.
"""

from math import ceil

from engineroom.domain.errors import FactValue
from engineroom.domain.machine import MemoryKind
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.kv import BLOCK_TOKENS, CELL_PADDING
from engineroom.domain.planning.overheads import graph_sizes, tokens_of
from engineroom.domain.planning.values import Bill, Gpu, Runtime, Shape, TermKind

MOST_FRACTION = 0.95
"""TensorRT-LLM refuses 1.0 while loading, and what it measures as free is not free to the last byte.

A cache that is nearly all of a large card may miss one per cent by it.
"""

LEAST_FRACTION = 0.05

_PLAIN_FORMATS = ("bf16", "f16")


def serve_config(card: ModelCard, gpu: Gpu, shape: Shape, bill: Bill) -> dict[str, FactValue]:
    """Options for serving ``card`` in ``shape`` on cards like ``gpu``; ``bill`` is theirs."""
    if shape.runtime is Runtime.LLAMA_CPP:
        return _llama_cpp(card, gpu, shape)
    return _tensorrt_llm(card, gpu, shape, bill)


def _tensorrt_llm(card: ModelCard, gpu: Gpu, shape: Shape, bill: Bill) -> dict[str, FactValue]:
    tokens = tokens_of(shape, gpu)
    options: dict[str, FactValue] = {
        # The default of 2048 costs a block of cache each, 65,536 tokens, just to start.
        "max_batch_size": shape.concurrency,
        "max_num_tokens": tokens,
        "max_seq_len": shape.context_tokens,
        "tensor_parallel_size": shape.gpus,
        "kv_cache_config.dtype": kv_dtype(card, shape.kv_format),
        "kv_cache_config.tokens_per_block": BLOCK_TOKENS,
        "kv_cache_config.free_gpu_memory_fraction": MOST_FRACTION,
        "cuda_graph_config.enable_padding": True,
        "cuda_graph_config.max_batch_size": graph_sizes(shape.concurrency)[-1],
        "enable_chunked_prefill": shape.context_tokens > tokens,
    }
    wanted = bill.expected(TermKind.KV)
    if gpu.memory_kind is MemoryKind.UNIFIED:
        # A share of what is free would be a share of what the page cache leaves.
        options["kv_cache_config.max_gpu_total_bytes"] = wanted
    else:
        options["kv_cache_config.free_gpu_memory_fraction"] = free_fraction(bill)
    return options


def kv_dtype(card: ModelCard, kv_format: str) -> str:
    """``kv_cache_config.dtype``: anything but ``fp8``, ``nvfp4`` and ``auto`` is refused, ``bfloat16`` too.

    ``auto`` takes what the checkpoint was calibrated for; naming another format than that is an error there.
    """
    calibrated = None if card.quantisation is None else card.quantisation.kv_format
    return "auto" if kv_format in _PLAIN_FORMATS or kv_format == calibrated else kv_format


def free_fraction(bill: Bill) -> float:
    """``free_gpu_memory_fraction``: the cache's share of what is free once everything else is loaded.

    As if everything else came out at its high bound, for a cache too small makes the engine shorten the context without
    a word; rounded up to a thousandth.  The reserve for the desktop is not the engine's: it counts as free.
    """
    available = bill.available_bytes
    wanted = bill.expected(TermKind.KV)
    if available is None:
        return MOST_FRACTION
    loaded = sum(term.high_bytes for term in bill.terms if term.kind not in (TermKind.KV, TermKind.DESKTOP))
    free = available - loaded
    if free <= 0:
        return MOST_FRACTION
    return min(max(ceil(wanted / free * 1000) / 1000, LEAST_FRACTION), MOST_FRACTION)


def _llama_cpp(card: ModelCard, gpu: Gpu, shape: Shape) -> dict[str, FactValue]:
    quantised = shape.kv_format not in (*_PLAIN_FORMATS, "f32")
    pool = -(-shape.context_tokens * shape.concurrency // CELL_PADDING) * CELL_PADDING
    return {
        "ctx_size": pool,
        "parallel": shape.concurrency,
        "kv_unified": shape.concurrency > 1,
        "cache_type_k": shape.kv_format,
        "cache_type_v": shape.kv_format,
        "n_gpu_layers": card.layer_count + 1,
        "ubatch_size": tokens_of(shape, gpu),
        "flash_attn": "on" if quantised else "auto",
    }
