"""Figures of memory read from engines' logs.

The processor's lines are llama.cpp's own (version b11549); the others are put together from the wording of the sources
and the figures of published logs.
"""

import pytest

from domain.planning import model_cards as cards
from engineroom.domain.planning.bill import make_bill
from engineroom.domain.planning.kv import kv_bytes
from engineroom.domain.planning.learned import corrections_from, run_of
from engineroom.domain.planning.log_figures import MeasuredTerms, parse
from engineroom.domain.planning.overheads import compute_buffer
from engineroom.domain.planning.values import Gpu, Runtime, Shape, TermKind

MIB, GIB = 2**20, 2**30

PROCESSOR = """\
0.00.230.793 I load_tensors:   CPU_Mapped model buffer size =    92.10 MiB
0.00.236.839 I llama_context: n_ctx                 = 4096
0.00.236.907 I llama_context:        CPU  output buffer size =     0.19 MiB
0.00.237.104 I llama_kv_cache:        CPU KV buffer size =    90.00 MiB
0.00.293.338 I llama_kv_cache: size =   90.00 MiB (  4096 cells,  30 layers,  1/1 seqs), K (f16):   45.00 MiB, V (f16):   45.00 MiB
0.00.299.952 I sched_reserve:        CPU compute buffer size =    18.64 MiB
0.00.299.987 I sched_reserve: graph: nodes = 939, splits = 1, input objects = 4, input tensors = 9
""".splitlines()  # noqa: E501

WINDOWS = """\
0.00.033.000 I load_tensors:   CPU_Mapped model buffer size =    41.28 MiB
0.00.033.500 I load_tensors:   CPU_REPACK model buffer size =    41.62 MiB
0.00.048.170 I llama_kv_cache_iswa: creating non-SWA KV cache, size = 4096 cells
0.00.048.704 I llama_kv_cache:        CPU KV buffer size =    64.00 MiB
0.00.084.128 I llama_kv_cache: size =   64.00 MiB (  4096 cells,   2 layers,  4/4 seqs), K (f16):   32.00 MiB, V (f16):   32.00 MiB
0.00.084.176 I llama_kv_cache_iswa: creating     SWA KV cache, size = 1536 cells
0.00.084.533 I llama_kv_cache:        CPU KV buffer size =   120.00 MiB
0.00.146.063 I llama_kv_cache: size =  120.00 MiB (  1536 cells,  10 layers,  4/4 seqs), K (f16):   60.00 MiB, V (f16):   60.00 MiB
0.00.150.411 I sched_reserve:        CPU compute buffer size =    17.53 MiB
""".splitlines()  # noqa: E501

TWO_CARDS = """\
load_tensors:   CPU_Mapped model buffer size =   315.30 MiB
load_tensors:        CUDA0 model buffer size =  8509.23 MiB
load_tensors:        CUDA1 model buffer size =  8213.14 MiB
llama_kv_cache:      CUDA0 KV buffer size =  1600.00 MiB
llama_kv_cache:      CUDA1 KV buffer size =  1472.00 MiB
llama_kv_cache: size = 3072.00 MiB ( 32768 cells,  48 layers,  1/1 seqs), K (f16): 1536.00 MiB, V (f16): 1536.00 MiB
llama_memory_recurrent:      CUDA0 RS buffer size =    90.40 MiB
llama_context:      CUDA0 compute buffer size =   300.00 MiB
llama_context:      CUDA0 compute buffer size =   368.00 MiB
llama_context:      CUDA1 compute buffer size =   445.00 MiB
llama_context:  CUDA_Host compute buffer size =   132.00 MiB
""".splitlines()

BREAKDOWN = """\
common_memory_breakdown_print: | memory breakdown [MiB] | total   free    self   model   context   compute    unaccounted |
common_memory_breakdown_print: |   - CUDA0 (RTX 3090)   | 24124 = 7839 + (15945 = 15364 +     411 +     170) +         340 |
common_memory_breakdown_print: |   - Host               |                  699 =   682 +       0 +      17                |
""".splitlines()  # noqa: E501

GPT_OSS = """\
[01/01/2026-00:00:00] [TRT-LLM] [I] Use 63.32 GB for model weights.
[01/01/2026-00:00:00] [TRT-LLM] [I] [MemUsageChange] Allocated 0.56 GiB for max tokens in paged KV cache (8224).
[01/01/2026-00:00:00] [TRT-LLM] [I] Memory used after loading model weights (inside torch) in memory usage profiling: 63.52 GiB
[01/01/2026-00:00:00] [TRT-LLM] [I] Memory used after loading model weights (outside torch) in memory usage profiling: 49.78 GiB
[01/01/2026-00:00:00] [TRT-LLM] [I] Memory dynamically allocated during inference (inside torch) in memory usage profiling: 0.85 GiB
[01/01/2026-00:00:00] [TRT-LLM] [I] Memory used outside torch (e.g., NCCL and CUDA graphs) in memory usage profiling: 49.28 GiB
[01/01/2026-00:00:00] [TRT-LLM] [I] Peak memory during memory usage profiling (torch + non-torch): 113.65 GiB, available KV cache memory when calculating max tokens: 5.95 GiB, fraction is set 0.9, kv size is 73728. device total memory 119.70 GiB, , tmp kv_mem 0.56 GiB
[01/01/2026-00:00:00] [TRT-LLM] [I] [MemUsageChange] Allocated 5.95 GiB for max tokens in paged KV cache (86720).
""".splitlines()  # noqa: E501

LEGACY = """\
[TensorRT-LLM][INFO] Loaded engine size: 6695 MiB
[TensorRT-LLM][INFO] [MemUsageChange] Allocated 1134.01 MiB for execution context memory.
[TensorRT-LLM][INFO] Memory usage when calculating max tokens in paged kv cache: total: 79.10 GiB, available: 70.48 GiB
[TensorRT-LLM][INFO] Number of blocks in KV cache primary pool: 4060
[TensorRT-LLM][INFO] [MemUsageChange] Allocated 63.44 GiB for max tokens in paged KV cache (259840).
""".splitlines()


def mib(size: int | None) -> float | None:
    return None if size is None else round(size / MIB, 2)


def test_a_processor_build() -> None:
    found = parse(Runtime.LLAMA_CPP, PROCESSOR)
    assert found.on_cpu
    assert (mib(found.weights_bytes), mib(found.kv_bytes), mib(found.activation_bytes)) == (92.10, 90.0, 18.64)
    assert (found.kv_tokens, found.state_bytes) == (4096, None)


def test_the_bill_expects_what_the_starter_model_takes() -> None:
    shape = Shape(runtime=Runtime.LLAMA_CPP, kv_format="f16", context_tokens=4096)
    found = parse(Runtime.LLAMA_CPP, PROCESSOR)
    assert kv_bytes(cards.smollm2_135m(), shape)[1] == found.kv_bytes
    assert compute_buffer(cards.smollm2_135m(), shape, 512)[1] == pytest.approx(found.activation_bytes, rel=0.02)


def test_caches_of_two_kinds_add_up() -> None:
    found = parse(Runtime.LLAMA_CPP, WINDOWS)
    assert (mib(found.weights_bytes), mib(found.kv_bytes), found.kv_tokens) == (82.9, 184.0, 16_384)


def test_of_several_loads_the_last_counts() -> None:
    assert parse(Runtime.LLAMA_CPP, [*WINDOWS, *PROCESSOR]) == parse(Runtime.LLAMA_CPP, PROCESSOR)


def test_the_fullest_of_two_cards() -> None:
    found = parse(Runtime.LLAMA_CPP, TWO_CARDS)
    assert not found.on_cpu
    assert (mib(found.weights_bytes), mib(found.kv_bytes), mib(found.state_bytes)) == (8509.23, 1600.0, 90.4)
    assert mib(found.activation_bytes) == 445.0
    assert mib(found.host_bytes) == 315.3 + 132.0


def test_the_summary_at_the_end() -> None:
    found = parse(Runtime.LLAMA_CPP, BREAKDOWN)
    assert (mib(found.weights_bytes), mib(found.kv_bytes), mib(found.activation_bytes)) == (15_364, 411, 170)
    assert (mib(found.outside_bytes), mib(found.device_total_bytes)) == (340, 24_124)


def test_tensorrt_llm_s_profile() -> None:
    found = parse(Runtime.TENSORRT_LLM, GPT_OSS)
    assert found == MeasuredTerms(
        weights_bytes=round(63.32 * GIB),
        kv_bytes=round(5.95 * GIB),
        kv_tokens=86_720,
        kv_bytes_per_token=73_728,
        activation_bytes=round(0.85 * GIB),
        outside_bytes=round(49.28 * GIB),
        device_total_bytes=round(119.70 * GIB),
    )


def test_tensorrt_engines() -> None:
    found = parse(Runtime.TENSORRT_LLM, LEGACY)
    assert (mib(found.weights_bytes), mib(found.activation_bytes)) == (6695, 1134.01)
    assert found.kv_bytes_per_token == pytest.approx(262_144, rel=0.001)
    assert found.device_total_bytes == round(79.10 * GIB)


@pytest.mark.parametrize("runtime", list(Runtime))
def test_lines_that_say_nothing(runtime: Runtime) -> None:
    noise = ["", "CUDA0 model buffer size = many MiB", "Use GB for model weights", "kv size is", "| - | = + ( |"]
    assert parse(runtime, noise) == MeasuredTerms()


def test_what_was_measured_teaches_the_next_bill() -> None:
    card = cards.gpt_oss_120b()
    gpu = Gpu(
        name="card", compute_capability=(12, 1), memory_total_bytes=128 * GIB, usable_bytes=119 * GIB,
        bandwidth_bytes_per_s=273e9, multiprocessors=48, display_active=False,
    )  # fmt: skip
    shape = Shape(runtime=Runtime.TENSORRT_LLM, kv_format="bf16", context_tokens=8192, max_num_tokens=8192)
    before = make_bill(card, gpu, shape)
    measured = parse(Runtime.TENSORRT_LLM, GPT_OSS).by_term(before)
    assert TermKind.CUDA_CONTEXT not in measured
    assert measured[TermKind.KV] == before.expected(TermKind.KV)
    after = make_bill(card, gpu, shape, corrections=corrections_from([run_of(before, measured)]))
    assert after.expected(TermKind.WEIGHTS) == pytest.approx(63.32 * GIB, rel=1e-6)
    group = (TermKind.ACTIVATIONS, TermKind.LOGITS, TermKind.WORKSPACES)
    assert after.expected(*group) == pytest.approx(0.85 * GIB, rel=1e-6)
    assert after.total_high_bytes - after.total_low_bytes < before.total_high_bytes - before.total_low_bytes


def test_outside_memory_counts_without_other_programs() -> None:
    bill = make_bill(
        cards.llama_3_8b(),
        Gpu(name="c", compute_capability=None, memory_total_bytes=None, usable_bytes=None, bandwidth_bytes_per_s=None),
        Shape(runtime=Runtime.TENSORRT_LLM, kv_format="bf16", context_tokens=32),
    )
    measured = MeasuredTerms(outside_bytes=3 * GIB)
    assert measured.by_term(bill) == {}
    assert measured.by_term(bill, held_bytes=2 * GIB) == {TermKind.CUDA_CONTEXT: GIB}
