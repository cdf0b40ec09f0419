"""What the ledger keeps and answers: requests with their energy, and roll-ups of traffic and cards."""

from dataclasses import dataclass
from enum import StrEnum


class GroupBy(StrEnum):
    """How an energy table is grouped."""

    MODEL = "model"
    KEY = "key"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyRow:
    """One line of the energy table.

    ``joules_gross`` is the cards' energy while these requests ran, by their shares; ``joules_above_idle`` what
    exceeds idle.  Both are ``None`` where no card or processor reported energy then; ``estimated`` where any of it
    was integrated from power readings (about ±10 %).  ``cost`` is at the user's price, in the settings' currency.
    """

    group: str
    requests: int
    prompt_tokens: int
    completion_tokens: int
    joules_gross: float | None
    joules_above_idle: float | None
    joules_per_token: float | None
    watt_hours: float | None
    cost: float | None
    estimated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyTable:
    """An answer of the ledger. ``saved_by_unloading_w`` once both kinds of idling were measured."""

    by: GroupBy
    since_s: float
    rows: tuple[EnergyRow, ...]
    total: EnergyRow
    price_per_kwh: float | None
    currency: str
    idle_loaded_w: float | None
    idle_bare_w: float | None
    saved_by_unloading_w: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPoint:
    """One bucket of a chart's past: means over the bucket, except where the name says otherwise.

    ``source`` is a card's UUID, ``host`` for the processor, ``traffic`` for tokens and requests.
    """

    at_s: float
    source: str
    tokens_per_s: float | None = None
    requests: int | None = None
    power_w: float | None = None
    power_max_w: float | None = None
    memory_used_bytes: int | None = None
    temperature_c: float | None = None
    utilisation_percent: float | None = None
    energy_j: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The past, oldest first, at ``step_s`` seconds a bucket (10, 60 or 3600)."""

    step_s: int
    points: tuple[SeriesPoint, ...]
