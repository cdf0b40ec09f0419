"""What a running engine tells of its work, whatever the runtime."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engineroom.domain.trtllm.serving_stats import Latencies, ServingStats

_SAMPLE = re.compile(r"^llamacpp:(\w+)\s+(\S+)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineServing:
    """The engine's own account of its last moments under load; ``None`` where it does not say.

    ``at_s`` is Unix time.  ``batch_requests`` went through the model together in the last step.  ``kv_use`` is the
    share of the cache in use, ``kv_hit_rate`` the share of prompt blocks that were found there (both 0 to 1),
    ``kv_tokens_max`` what it holds.  ``cached_tokens`` of prompts were found there since the start.  The means are over
    all requests since the start.
    """

    at_s: float
    active_requests: int | None = None
    queued_requests: int | None = None
    batch_requests: int | None = None
    kv_use: float | None = None
    kv_tokens_max: int | None = None
    kv_hit_rate: float | None = None
    cached_tokens: int | None = None
    decode_tokens_per_s: float | None = None
    accepted_draft_share: float | None = None
    first_token_mean_s: float | None = None
    queue_mean_s: float | None = None


def of_trtllm(stats: ServingStats, times: Latencies | None, *, at_s: float) -> EngineServing:
    """From iteration records and, where there are any, histograms."""
    first, queue = (times.first_token, times.queue) if times is not None else (None, None)
    return EngineServing(
        at_s=at_s,
        active_requests=stats.active_requests,
        queued_requests=stats.queued_requests,
        batch_requests=stats.scheduled_requests,
        kv_use=stats.kv_use,
        kv_tokens_max=stats.kv_tokens_max,
        kv_hit_rate=stats.kv_hit_rate,
        cached_tokens=stats.kv_reused_tokens,
        decode_tokens_per_s=stats.decode_tokens_per_s,
        accepted_draft_share=stats.accepted_draft_share,
        first_token_mean_s=None if first is None else first.mean_s,
        queue_mean_s=None if queue is None else queue.mean_s,
    )


def of_llama_cpp(metrics: str, slots: object, *, at_s: float) -> EngineServing | None:
    """From the text of its ``/metrics`` and the answer of its ``/slots``; ``None`` where neither says a thing."""
    told = {name: float(value) for name, value in _SAMPLE.findall(metrics)}
    rows = [row for row in slots if isinstance(row, Mapping)] if isinstance(slots, Sequence) else []
    if not told and not rows:
        return None
    held, room = sum(map(_held, rows)), sum(_whole(row.get("n_ctx")) for row in rows)
    busy = sum(row.get("is_processing") is True for row in rows)
    drafted = told.get("spec_decode_num_draft_tokens_total")
    accepted = told.get("spec_decode_num_accepted_tokens_total")
    return EngineServing(
        at_s=at_s,
        active_requests=_count(told, "requests_processing"),
        queued_requests=_count(told, "requests_deferred"),
        batch_requests=busy if rows else None,
        kv_use=held / room if room else None,
        kv_tokens_max=room or None,
        kv_hit_rate=_hit_rate(told),
        cached_tokens=_count(told, "prompt_tokens_cached_total"),
        decode_tokens_per_s=told.get("predicted_tokens_seconds") or None,
        accepted_draft_share=accepted / drafted if drafted and accepted is not None else None,
    )


def _held(slot: Mapping[str, object]) -> int:
    """Tokens of the cache that a slot at work holds; what an idle one keeps of its last prompt is not told."""
    if slot.get("is_processing") is not True:
        return 0
    steps = slot.get("next_token")
    last = steps[-1] if isinstance(steps, Sequence) and steps else steps
    decoded = _whole(last.get("n_decoded")) if isinstance(last, Mapping) else 0
    return _whole(slot.get("n_prompt_tokens_processed")) + _whole(slot.get("n_prompt_tokens_cache")) + decoded


def _hit_rate(told: Mapping[str, float]) -> float | None:
    cached, fresh = told.get("prompt_tokens_cached_total"), told.get("prompt_tokens_total")
    if cached is None or fresh is None or cached + fresh <= 0:
        return None
    return cached / (cached + fresh)


def _count(told: Mapping[str, float], name: str) -> int | None:
    return int(told[name]) if name in told else None


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
