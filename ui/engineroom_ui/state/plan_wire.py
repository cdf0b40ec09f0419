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


class WireHolder(msgspec.Struct, frozen=True):
    """A program that holds memory of the card now; ``returns`` if it is an engine the plan would replace."""

    program: str
    memory_bytes: int | None = None
    pid: int | None = None
    returns: bool = False


class WireBill(msgspec.Struct, frozen=True):
    """The memory bill, bytes per card. ``margin_bytes`` is what is to be left free for the bill's error."""

    weights_bytes: int
    kv_bytes: int
    state_bytes: int
    activation_bytes: int
    overhead_bytes: int
    total_bytes: int
    total_low_bytes: int
    total_high_bytes: int
    kv_bytes_per_token: int | None = None
    usable_bytes: int | None = None
    held_bytes: int = 0
    returned_bytes: int = 0
    margin_bytes: int = 0
    memory_total_bytes: int | None = None
    terms: tuple[WireTerm, ...] = ()
    held_by: tuple[WireHolder, ...] = ()


class WireSpeed(msgspec.Struct, frozen=True):
    """Estimates; rates in tokens per second. ``decode`` is per stream, ``throughput`` over all of ``batch``."""

    decode_tokens_per_s: float | None = None
    decode_low: float | None = None
    decode_high: float | None = None
    throughput_tokens_per_s: float | None = None
    prefill_tokens_per_s: float | None = None
    ttft_s: float | None = None
    ttft_low_s: float | None = None
    ttft_high_s: float | None = None
    joules_per_token: float | None = None
    joules_low: float | None = None
    joules_high: float | None = None
    batch: int | None = None
    depth: int | None = None
    prompt_tokens: int | None = None
    covered: bool = True


class WireAlternative(msgspec.Struct, frozen=True):
    """Another way. ``change`` maps names of the question's fields to their new values."""

    change: dict[str, Any]
    verdict: str
    total_bytes: int | None = None
    decode_tokens_per_s: float | None = None
    reason: dict[str, Any] = {}


class WirePlan(msgspec.Struct, frozen=True):
    """The answer to one question."""

    verdict: str
    precision: str
    runtime: str
    context_tokens: int
    concurrency: int
    bill: WireBill | None = None
    speed: WireSpeed | None = None
    model: str = ""
    gpu: str = ""
    gpus: int = 1
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
