"""Reloads against waits: the scheduler beside others over the same traces, each of them at every setting it has."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from domain.routing.kit import MINUTE, SECOND, Policy, Simulation, Told
from domain.routing.references import Lru
from domain.routing.workloads import Workload
from engineroom.domain.routing.scheduler import Scheduler
from engineroom.domain.routing.values import PRIORITY, Rules

Make = Callable[[int], Workload]

OURS = "engineroom"
LRU = "LRU"
WORK_CONSERVING = "LRU, overtaken for ever"

PATIENT = Rules(queue_most=10**6, wait_most_ms=10**9)
"""Nobody is turned away, so that all policies answer the same requests."""

SETTINGS: Mapping[str, Mapping[str, int | float | None]] = {
    LRU: {},
    **{f"LRU, overtaken for {limit_s} s": {"overtaken_ms": limit_s * SECOND} for limit_s in (15, 30, 60, 120)},
    WORK_CONSERVING: {"overtaken_ms": None},
    **{f"TTL of {ttl} min": {"ttl_ms": ttl * MINUTE} for ttl in (1, 5, 30)},
    **{f"TTL of {ttl} min, overtaken": {"ttl_ms": ttl * MINUTE, "overtaken_ms": None} for ttl in (1, 5, 30)},
}
"""The family of references: who may overtake for how long, and when the idle go."""

STAYING: Mapping[str, Mapping[str, int | float | None]] = {
    f"LRU, overtaken, stays {loads:g} loads": {"overtaken_ms": None, "stays_loads": loads}
    for loads in (0.25, 0.5, 1, 2)
}
"""The strongest reference made stronger by what is ours: a least residency."""


@dataclass(frozen=True)
class Figures:
    """What a policy came to over some traces of one kind. Waits are of those whose priority is not below the usual."""

    loads: int
    load_s: float
    p50_s: float
    p95_s: float
    mean_s: float
    most_s: float

    def behind(self, other: "Figures", *, within: float) -> bool:
        """Whether another has fewer loads at no longer waits, or shorter waits at no more loads, by that share."""
        fewer = other.loads < (1 - within) * self.loads and other.p95_s <= self.p95_s
        return fewer or (other.p95_s < (1 - within) * self.p95_s and other.loads <= self.loads)


def policy_of(name: str, workload: Workload) -> Policy:
    """A fresh one."""
    if name == OURS:
        return Scheduler(PATIENT, 0)
    settings = {**SETTINGS, **STAYING}[name]
    return Lru(workload.models, memory=workload.memory, **settings)  # type: ignore[arg-type]


@cache
def made(make: Make, seed: int) -> Workload:
    """One trace."""
    return make(seed)


@cache
def told(make: Make, seed: int, name: str = OURS) -> Told:
    """What came of it. Every request is answered, and memory was enough at any time."""
    workload = made(make, seed)
    found = Simulation(policy_of(name, workload), workload.models, memory=workload.memory).run(workload.trace)
    assert len(found.waits) == len(workload.trace), (name, found.refused)
    assert all(held <= workload.memory[place] for place, held in found.most_held.items())
    return found


@cache
def figures(make: Make, seeds: Sequence[int], name: str = OURS) -> Figures:
    """Over all these traces together."""
    loads, load_ms, waits = 0, 0, []
    for seed in seeds:
        workload, found = made(make, seed), told(make, seed, name)
        took = {model.name: model.load_ms for model in workload.models}
        loads += len(found.loads)
        load_ms += sum(took[model] for _, model in found.loads)
        waits += [found.waits[number] for number, one in enumerate(workload.trace, start=1) if one.priority >= PRIORITY]
    waits.sort()
    p50, p95 = (waits[min(len(waits) - 1, len(waits) * share // 100)] for share in (50, 95))
    mean = sum(waits) / len(waits)
    return Figures(loads, load_ms / SECOND, p50 / SECOND, p95 / SECOND, mean / SECOND, waits[-1] / SECOND)
