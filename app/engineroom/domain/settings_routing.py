"""What a person may set of loading, keeping and unloading engines, and of who is answered first."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engineroom.domain.details import Detail
from engineroom.domain.routing.values import LEAST_PRIORITY, MOST_PRIORITY, PRIORITY, Rules
from engineroom.domain.settings_table import Table

DEFAULT_TTL_MINUTES = 30.0
MOST_MINUTES = 525_600.0
_DEFAULT = Rules()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelKeeping:
    """What is set for one model; ``None`` leaves it as for all. A ``ttl_minutes`` of 0 is for ever."""

    ttl_minutes: float | None = None
    pinned: bool = False
    context_tokens: int | None = None
    slots: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingSettings:
    """How requests get their turn.

    At most ``queue`` requests wait for one engine, none longer than ``max_wait_s``.  An engine in use keeps its
    place though others wait for ``min_residency_s``, or as long as its load took if that is less.
    ``host_memory_mib`` and ``card_memory_mib`` bound what all engines together may take of the computer's memory and of
    each card.
    ``priorities`` are of keys, by name, from 0 to 9; 5 is usual.  ``keys_keep_minutes`` is how long a request with a
    key may have its model stay (Ollama's ``keep_alive``); 0: it has no say.
    """

    queue: int = _DEFAULT.queue_most
    max_wait_s: int = _DEFAULT.wait_most_ms // 1000
    min_residency_s: int = _DEFAULT.residency_ms // 1000
    host_memory_mib: int | None = None
    card_memory_mib: int | None = None
    priorities: Mapping[str, int] = field(default_factory=dict)
    keys_keep_minutes: int = 60

    def rules(self) -> Rules:
        """For the scheduler."""
        return Rules(
            queue_most=self.queue, wait_most_ms=self.max_wait_s * 1000, residency_ms=self.min_residency_s * 1000
        )


def ttl(table: Table, default: float | None) -> float | None:
    """Minutes without a request after which an engine is unloaded; 0 is never."""
    found = table.amount("ttl_minutes", Detail.SETTING_MINUTES, most=MOST_MINUTES)
    return default if found is None else found


def keepings(models: Table) -> dict[str, ModelKeeping]:
    """``pinned`` and ``overrides`` of ``[models]``, by model."""
    found = {model: ModelKeeping(pinned=True) for model in models.texts("pinned")}
    for model, table in models.tables("overrides").items():
        found[model] = ModelKeeping(
            ttl_minutes=ttl(table, None),
            pinned=table.boolean("pinned", model in found),
            context_tokens=table.integer("context_tokens", 0, least=0, most=2**24) or None,
            slots=table.integer("slots", 0, least=0, most=256) or None,
        )
        table.refuse_unknown()
    return found


def routing(table: Table) -> RoutingSettings:
    """``[routing]``."""
    default = RoutingSettings()
    priorities = table.table("priorities")
    found = RoutingSettings(
        queue=table.integer("queue", default.queue, least=1, most=10_000),
        max_wait_s=table.integer("max_wait_s", default.max_wait_s, least=1, most=86_400),
        min_residency_s=table.integer("min_residency_s", default.min_residency_s, least=0, most=3_600),
        host_memory_mib=table.integer("host_memory_mib", 0, least=0, most=2**30) or None,
        card_memory_mib=table.integer("card_memory_mib", 0, least=0, most=2**30) or None,
        priorities={
            name: priorities.integer(name, PRIORITY, least=LEAST_PRIORITY, most=MOST_PRIORITY)
            for name in priorities.written()
        },
        keys_keep_minutes=table.integer(
            "keys_keep_minutes", default.keys_keep_minutes, least=0, most=int(MOST_MINUTES)
        ),
    )
    table.refuse_unknown()
    return found
