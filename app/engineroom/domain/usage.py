"""What a request used."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a request ended."""

    OK = "ok"
    REJECTED = "rejected"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """One finished request; ``key_id`` and ``key_name`` of the API key that asked.

    Rates are of the decode phase: tokens after the first over the time after the first.
    """

    request_id: str
    model_id: str
    route: str
    outcome: Outcome
    status: int
    finished_at_s: float
    seconds: float
    ttft_s: float | None
    tokens_per_s: float | None
    prompt_tokens: int | None
    completion_tokens: int | None
    joules_gross: float | None = None
    joules_above_idle: float | None = None
    energy_estimated: bool = False
    key_id: str | None = None
    key_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Totals since the daemon started, and the last request."""

    requests: int
    rejected: int
    failed: int
    cancelled: int
    prompt_tokens: int
    completion_tokens: int
    last: RequestView | None
