"""Energy per token, guessed from the power limit. Always an estimate: the ledger has what was measured."""

from engineroom.domain.planning.values import Gpu, Range, Runtime

DRAW = Range(low=0.40, expected=0.70, high=1.0)
"""Draw while decoding, as a share of the power limit. General knowledge: memory-bound work seldom reaches the limit."""

IDLE_DRAW = 0.15
"""Of a card that waits for its turn in a layer split."""


def joules_per_token(gpu: Gpu, throughput: Range, *, runtime: Runtime, gpus: int = 1) -> Range | None:
    """Joules per token of all streams, over all cards; ``None`` where the power limit is not known."""
    if gpu.power_limit_w is None or throughput.expected <= 0:
        return None
    waiting = 0.0 if runtime is Runtime.TENSORRT_LLM else IDLE_DRAW * (gpus - 1)
    working = gpus if runtime is Runtime.TENSORRT_LLM else 1
    joules = [
        gpu.power_limit_w * (share * working + waiting) / throughput.expected
        for share in (DRAW.low, DRAW.expected, DRAW.high)
    ]
    return Range(low=joules[0], expected=joules[1], high=joules[2])
