"""What a running server tells of itself: iteration records and latency histograms."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

POLL_EVERY_S = 10.0
"""At most so often: reading empties the queue and takes two seconds or more, and a reader that finds nothing new holds
up the server's only event loop, token streams included, for up to two seconds (reference, section 2.4)."""

POLL_TIMEOUT_S = 10.0
"""An answer may take four seconds by design; this is how long to wait for one under load."""

POLL_ONLY_UNDER_LOAD = True
"""An idle server has nothing to tell and stands still while it says so."""

ONE_POLLER = True
"""A record goes to whoever asks first and to nobody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServingStats:
    """The state after the last of some iterations; ``None`` where the server did not say.

    ``device_used_bytes`` is the whole card's, other programs' memory included.  ``decode_tokens_per_s`` is over all
    requests and only where there was decoding.  ``iterations`` is how many records this is made of.
    """

    iterations: int
    last_iteration: int | None
    active_requests: int | None
    queued_requests: int | None
    scheduled_requests: int | None
    paused_requests: int | None
    kv_blocks_max: int | None
    kv_blocks_used: int | None
    kv_tokens_max: int | None
    kv_hit_rate: float | None
    kv_reused_tokens: int | None
    device_used_bytes: int | None
    decode_tokens_per_s: float | None
    accepted_draft_share: float | None

    @property
    def kv_use(self) -> float | None:
        """Share of the cache in use, 0 to 1."""
        if not self.kv_blocks_max or self.kv_blocks_used is None:
            return None
        return self.kv_blocks_used / self.kv_blocks_max


def may_poll(*, now_s: float, last_s: float | None, active_requests: int) -> bool:
    """Whether ``/metrics`` may be asked now; times are of one monotonic clock."""
    return active_requests > 0 and (last_s is None or now_s - last_s >= POLL_EVERY_S)


def serving_stats(answer: object) -> ServingStats | None:
    """From the answer of ``GET /metrics``; ``None`` for one without a usable record (an idle server says ``[]``)."""
    if not isinstance(answer, Sequence) or isinstance(answer, str | bytes):
        return None
    records = [one for one in answer if isinstance(one, Mapping)]
    if not records:
        return None
    last = records[-1]
    cache, batch = _below(last, "kvCacheStats"), _below(last, "inflightBatchingStats")
    blocks, per_block = _whole(cache, "maxNumBlocks"), _whole(cache, "tokensPerBlock")
    return ServingStats(
        iterations=len(records),
        last_iteration=_whole(last, "iter"),
        active_requests=_whole(last, "numActiveRequests"),
        queued_requests=_whole(last, "numQueuedRequests"),
        scheduled_requests=_whole(batch, "numScheduledRequests"),
        paused_requests=_whole(batch, "numPausedRequests"),
        kv_blocks_max=blocks,
        kv_blocks_used=_whole(cache, "usedNumBlocks"),
        kv_tokens_max=_times(blocks, per_block),
        kv_hit_rate=_number(cache, "cacheHitRate"),
        kv_reused_tokens=_times(_whole(cache, "reusedBlocks"), per_block),
        device_used_bytes=_whole(last, "gpuMemUsage") or None,
        decode_tokens_per_s=_decode_rate(records),
        accepted_draft_share=_accepted(records),
    )


def _times(blocks: int | None, per_block: int | None) -> int | None:
    return None if blocks is None or per_block is None else blocks * per_block


def _decode_rate(records: Sequence[Mapping[str, object]]) -> float | None:
    """One token per decoding request and iteration: not with speculation, where a step brings several."""
    tokens, spent_ms = 0, 0.0
    for one in records:
        decoding = _whole(_below(one, "inflightBatchingStats"), "numGenRequests")
        latency_ms = _number(one, "iterLatencyMS")
        if _below(one, "specDecodingStats") or not decoding or not latency_ms:
            continue
        tokens += decoding
        spent_ms += latency_ms
    return tokens / spent_ms * 1000 if spent_ms > 0 else None


def _accepted(records: Sequence[Mapping[str, object]]) -> float | None:
    drafted = accepted = 0
    for one in records:
        stats = _below(one, "specDecodingStats")
        drafted += _whole(stats, "numDraftTokens") or 0
        accepted += _whole(stats, "numAcceptedTokens") or 0
    return accepted / drafted if drafted else None


def _below(record: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = record.get(name)
    return value if isinstance(value, Mapping) else {}


def _number(record: Mapping[str, object], name: str) -> float | None:
    value = record.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(record: Mapping[str, object], name: str) -> int | None:
    value = _number(record, name)
    return None if value is None or value < 0 else int(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Sum and count of one histogram since the server started, in seconds; ``buckets`` are upper bounds and counts."""

    count: int
    total_s: float
    buckets: tuple[tuple[float, int], ...] = ()

    @property
    def mean_s(self) -> float | None:
        """``None`` before the first request."""
        return self.total_s / self.count if self.count else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Latencies:
    """What ``/prometheus/metrics`` tells; ``None`` for a histogram that was not there."""

    end_to_end: Latency | None
    first_token: Latency | None
    per_token: Latency | None
    queue: Latency | None
    finished: Mapping[str, int]


# 1.1 had these names without the prefix, and a proposal wants to drop it again.
_SAMPLE = re.compile(
    r"^(?:trtllm[_:])?(?P<name>e2e_request_latency|time_to_first_token|time_per_output_token|request_queue_time)"
    r"_seconds_(?P<part>sum|count|bucket)(?:\{(?P<labels>[^}]*)\})?\s+(?P<value>\S+)"
)
_FINISHED = re.compile(r"^(?:trtllm[_:])?request_success(?:_total)?\{(?P<labels>[^}]*)\}\s+(?P<value>\S+)")
_LABEL = re.compile(r'(\w+)="([^"]*)"')


def latencies(text: str) -> Latencies:
    """From the text of ``GET /prometheus/metrics``; lines that are something else are passed over."""
    found: dict[str, dict[str, float]] = {}
    buckets: dict[str, list[tuple[float, int]]] = {}
    finished: dict[str, int] = {}
    for line in text.splitlines():
        if sample := _SAMPLE.match(line):
            value = _value(sample["value"])
            if sample["part"] == "bucket":
                bound = dict(_LABEL.findall(sample["labels"] or "")).get("le", "+Inf")
                buckets.setdefault(sample["name"], []).append((float(bound), int(value)))
            else:
                found.setdefault(sample["name"], {})[sample["part"]] = value
        elif ended := _FINISHED.match(line):
            reason = dict(_LABEL.findall(ended["labels"])).get("finished_reason", "unknown")
            finished[reason] = finished.get(reason, 0) + int(_value(ended["value"]))
    made = {name: _latency(parts, buckets.get(name, [])) for name, parts in found.items()}
    return Latencies(
        end_to_end=made.get("e2e_request_latency"),
        first_token=made.get("time_to_first_token"),
        per_token=made.get("time_per_output_token"),
        queue=made.get("request_queue_time"),
        finished=finished,
    )


def _value(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _latency(parts: Mapping[str, float], buckets: Sequence[tuple[float, int]]) -> Latency:
    return Latency(count=int(parts.get("count", 0)), total_s=parts.get("sum", 0.0), buckets=tuple(buckets))
