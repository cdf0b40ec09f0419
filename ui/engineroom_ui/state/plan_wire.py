"""A plan and the catalogue as they come over the wire. Lenient: what an older daemon does not send is ``None``."""

from typing import Any

import msgspec


class WireTerm(msgspec.Struct, frozen=True):
    """One line of the bill, bytes per card."""

    kind: str
    expected_bytes: int
    low_bytes: int | None = None
    high_bytes: int | None = None
    origin: str | None = None


class WireBill(msgspec.Struct, frozen=True):
    """The memory bill, bytes per card; a figure is ``None`` where it would be made up.

    ``margin_bytes`` is what is to be left free for the bill's error.
    """

    weights_bytes: int | None = None
    kv_bytes: int | None = None
    state_bytes: int | None = None
    activation_bytes: int | None = None
    overhead_bytes: int | None = None
    total_bytes: int | None = None
    total_low_bytes: int | None = None
    total_high_bytes: int | None = None
    kv_bytes_per_token: int | None = None
    usable_bytes: int | None = None
    held_bytes: int = 0
    returned_bytes: int = 0
    margin_bytes: int = 0
    terms: tuple[WireTerm, ...] | None = ()
    host_terms: tuple[WireTerm, ...] | None = ()


class WireSpeed(msgspec.Struct, frozen=True):
    """Estimates; rates in tokens per second, times in s, energy in J.

    ``decode`` is per stream, ``throughput`` over all of ``batch``, with ``depth`` tokens in the cache of each; both
    are the median of ``measured_answers`` on this computer, if that is not 0.
    """

    decode_tokens_per_s: float | None = None
    decode_low: float | None = None
    decode_high: float | None = None
    throughput_tokens_per_s: float | None = None
    throughput_low: float | None = None
    throughput_high: float | None = None
    prefill_tokens_per_s: float | None = None
    prefill_low: float | None = None
    prefill_high: float | None = None
    ttft_s: float | None = None
    ttft_low: float | None = None
    ttft_high: float | None = None
    joules_per_token: float | None = None
    joules_low: float | None = None
    joules_high: float | None = None
    batch: int | None = None
    depth: int | None = None
    covered: bool = True
    measured_answers: int = 0


class WireAlternative(msgspec.Struct, frozen=True):
    """Another way. ``change`` maps names of the question's fields to their new values."""

    change: dict[str, Any]
    verdict: str
    total_bytes: int | None = None
    decode_tokens_per_s: float | None = None
    reason: dict[str, Any] = {}


class WirePlan(msgspec.Struct, frozen=True):
    """The answer to one question. ``context`` is in tokens of one request."""

    verdict: str
    precision: str
    runtime: str
    context: int
    concurrency: int
    bill: WireBill | None = None
    speed: WireSpeed | None = None
    model: str = ""
    gpu: str = ""
    gpus: int = 1
    gpu_memory_bytes: int | None = None
    kv_dtype: str | None = None
    runtime_version: str | None = None
    support: str | None = None
    native_context: int | None = None
    kv_tokens_max: int | None = None
    context_max: int | None = None
    concurrency_max: int | None = None
    context_limited_by: str | None = None
    serve_config: dict[str, Any] = {}
    reasons: tuple[dict[str, Any], ...] = ()
    alternatives: tuple[WireAlternative, ...] = ()
    learned_runs: int = 0


class WireRow(msgspec.Struct, frozen=True):
    """One model of the catalogue, planned for the card that was asked about."""

    id: str
    name: str = ""
    verdict: str = "unknown"
    precision: str | None = None
    total_bytes: int | None = None
    decode_tokens_per_s: float | None = None
    decode_low: float | None = None
    decode_high: float | None = None
