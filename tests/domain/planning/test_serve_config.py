"""Options of the runtimes that follow from the bill."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.planning import model_cards as cards
from engineroom.domain.machine import MemoryKind
from engineroom.domain.model_card.values import Quantisation
from engineroom.domain.planning.bill import make_bill
from engineroom.domain.planning.serve_config import serve_config
from engineroom.domain.planning.solver import largest_context
from engineroom.domain.planning.values import Gpu, Runtime, Shape, TermKind, Verdict
from engineroom.domain.planning.verdict import verdict_of

MIB, GIB = 2**20, 2**30
CARD = Gpu(
    name="RTX 4090", compute_capability=(8, 9), memory_total_bytes=24_564 * MIB, usable_bytes=24_080 * MIB,
    bandwidth_bytes_per_s=1008e9, multiprocessors=128, display_active=False,
)  # fmt: skip
SHAPE = Shape(runtime=Runtime.TENSORRT_LLM, kv_format="bf16", context_tokens=16_384, concurrency=2)
FRACTION = "kv_cache_config.free_gpu_memory_fraction"


def options_of(shape: Shape, gpu: Gpu = CARD, card=None) -> dict:
    card = card or cards.llama_3_8b()
    return serve_config(card, gpu, shape, make_bill(card, gpu, shape))


def test_tensorrt_llm() -> None:
    options = options_of(SHAPE)
    fraction = options.pop(FRACTION)
    assert options == {
        "max_batch_size": 2,
        "max_num_tokens": 2048,
        "max_seq_len": 16_384,
        "tensor_parallel_size": 1,
        "kv_cache_config.dtype": "auto",
        "kv_cache_config.tokens_per_block": 32,
        "cuda_graph_config.enable_padding": True,
        "cuda_graph_config.max_batch_size": 2,
        "enable_chunked_prefill": True,
    }
    assert 0.5 < fraction < 0.7


def test_a_context_of_one_pass_needs_no_chunks() -> None:
    assert options_of(replace(SHAPE, context_tokens=2048))["enable_chunked_prefill"] is False


@given(st.integers(1, 16), st.sampled_from((12, 16, 24, 32, 48, 96)), st.sampled_from(("bf16", "fp8")))
def test_the_fraction_gives_the_cache_what_the_bill_says(sequences: int, gib: int, kv_format: str) -> None:
    """The pool is that fraction of what is free after loading: at least the cache, unless the limit of 0.95 bites.

    It does where the cache is nearly all of a large card; then at most one per cent is missing.
    """
    card = cards.llama_3_8b()
    gpu = replace(CARD, usable_bytes=gib * GIB, held_unnamed_bytes=GIB)
    shape = replace(SHAPE, concurrency=sequences, kv_format=kv_format)
    shape = replace(shape, context_tokens=max(largest_context(card, gpu, shape), 32))
    bill = make_bill(card, gpu, shape)
    fraction = serve_config(card, gpu, shape, bill)[FRACTION]
    assert 0.05 <= fraction <= 0.95
    if verdict_of(bill, card) is Verdict.FITS:
        free = bill.available_bytes - bill.total_bytes + bill.expected(TermKind.KV)
        assert bill.expected(TermKind.KV) <= fraction * free * (1.011 if fraction == 0.95 else 1.0)


def test_unified_memory_is_given_bytes() -> None:
    """A share of what the page cache leaves would be anything."""
    gpu = replace(CARD, memory_kind=MemoryKind.UNIFIED, usable_bytes=110 * GIB)
    options = options_of(SHAPE, gpu)
    assert options["kv_cache_config.max_gpu_total_bytes"] == 2 * 16_384 * 131_072
    assert options[FRACTION] == 0.95


@pytest.mark.parametrize(
    ("kv_format", "calibrated", "dtype"),
    [
        ("bf16", None, "auto"),
        ("f16", "fp8", "auto"),
        ("fp8", None, "fp8"),
        ("fp8", "fp8", "auto"),
        ("nvfp4", None, "nvfp4"),
    ],
)
def test_names_of_the_cache_format(kv_format: str, calibrated: str | None, dtype: str) -> None:
    how = Quantisation(method="modelopt", precision="fp8", recognised=True, kv_format=calibrated)
    card = replace(cards.llama_3_8b(), quantisation=how)
    assert options_of(replace(SHAPE, kv_format=kv_format), card=card)["kv_cache_config.dtype"] == dtype


def test_llama_cpp() -> None:
    shape = Shape(runtime=Runtime.LLAMA_CPP, kv_format="q8_0", context_tokens=5000, concurrency=3)
    assert options_of(shape) == {
        "ctx_size": 15_104,
        "parallel": 3,
        "kv_unified": True,
        "cache_type_k": "q8_0",
        "cache_type_v": "q8_0",
        "n_gpu_layers": 33,
        "ubatch_size": 512,
        "flash_attn": "on",
    }
    plain = options_of(replace(shape, kv_format="f16", concurrency=1))
    assert (plain["flash_attn"], plain["kv_unified"], plain["ctx_size"]) == ("auto", False, 5120)
