"""What a plan costs: milliseconds for the bill, the solver both ways and the ways to fit, per model and card.

Run it by hand: ``python tests/bench/plan.py [--rounds 20]``.  Prints medians over every model of the tests' hand-made
cards on four cards, and the time for all of them together.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from domain.planning import model_cards as cards
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.bill import make_bill
from engineroom.domain.planning.serve_config import serve_config
from engineroom.domain.planning.solver import largest_concurrency, largest_context
from engineroom.domain.planning.suggest import ways_to_fit
from engineroom.domain.planning.values import Gpu, Runtime, Shape

MODELS = (
    cards.llama_3_8b(), cards.qwen_2_5_7b(), cards.qwen_14b(), cards.qwen_32b(), cards.qwen_3_30b_a3b(),
    cards.gpt_oss_120b(), cards.gemma_3_27b(), cards.gemma_4_12b(), cards.qwen_3_5_27b(), cards.deepseek_v3(),
)  # fmt: skip


def card_of(gib: int) -> Gpu:
    """A card of ``gib`` GiB."""
    return Gpu(
        name=f"{gib} GiB", compute_capability=(12, 0), memory_total_bytes=gib * 2**30, usable_bytes=None,
        bandwidth_bytes_per_s=1e12, multiprocessors=100, display_active=False,
    )  # fmt: skip


def plan(card: ModelCard, gpu: Gpu) -> None:
    """Everything a plan asks of the bill, on both runtimes."""
    for runtime, kv_format in ((Runtime.TENSORRT_LLM, "bf16"), (Runtime.LLAMA_CPP, "f16")):
        shape = Shape(runtime=runtime, kv_format=kv_format, context_tokens=32_768, concurrency=4)
        bill = make_bill(card, gpu, shape)
        largest_context(card, gpu, shape)
        largest_concurrency(card, gpu, shape)
        serve_config(card, gpu, shape, bill)
        ways_to_fit(card, gpu, shape, precisions=("fp8", "nvfp4"))


def took_ms(work: Callable[[], None]) -> float:
    """Milliseconds of one call."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1e3


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    gpus = [card_of(gib) for gib in (8, 16, 24, 96)]
    worst, together = 0.0, 0.0
    for card in MODELS:
        medians = [statistics.median(took_ms(lambda: plan(card, gpu)) for _ in range(rounds)) for gpu in gpus]  # noqa: B023
        worst, together = max(worst, *medians), together + sum(medians)
        print(f"{card.id:45} " + "  ".join(f"{gpu.name}: {ms:5.2f} ms" for gpu, ms in zip(gpus, medians, strict=True)))
    print(f"slowest {worst:.2f} ms; {len(MODELS)} models on {len(gpus)} cards {together:.0f} ms")


if __name__ == "__main__":
    main()
