"""The scheduler over traces of requests, held against what others do with the same."""

from collections.abc import Sequence

import pytest

from domain.routing.frontier import LRU, PATIENT, Make, figures, made, told
from domain.routing.kit import GIB, MINUTE, SECOND, Model, Request, Simulation, Told
from domain.routing.workloads import (
    ONE,
    WORKLOADS,
    alternating_batches,
    bursts,
    office,
    one_dear_many_cheap,
    round_robin,
)
from engineroom.domain.routing.reasons import WHY_FACTS, Why
from engineroom.domain.routing.scheduler import Scheduler
from engineroom.domain.routing.values import Rules

SEED = 11
FEW = (alternating_batches, one_dear_many_cheap, office, bursts)


def ours(models: Sequence[Model], trace: Sequence[Request], rules: Rules = PATIENT) -> Told:
    return Simulation(Scheduler(rules, 0), models, memory=ONE).run(trace)


@pytest.mark.parametrize("make", FEW)
def test_far_fewer_reloads_than_a_queue_that_keeps_its_order(make: Make) -> None:
    mine, theirs = figures(make, (SEED,)), figures(make, (SEED,), LRU)
    assert mine.loads < theirs.loads
    assert mine.load_s < 0.8 * theirs.load_s
    assert mine.p95_s < 0.3 * theirs.p95_s


@pytest.mark.parametrize("make", FEW)
def test_the_same_events_give_the_same_decisions(make: Make) -> None:
    workload = made(make, SEED)
    assert ours(workload.models, workload.trace).decisions == told(make, SEED).decisions


@pytest.mark.parametrize("make", WORKLOADS)
def test_every_decision_has_a_reason_and_its_facts(make: Make) -> None:
    for decision in told(make, SEED).decisions:
        assert set(decision.reason.facts) == set(WHY_FACTS[Why(decision.reason.code)])


def test_nobody_waits_longer_than_the_longest_wait() -> None:
    """A model that is busy for an hour, another that cannot be loaded beside it."""
    models = [Model("busy", 16 * GIB), Model("other", 16 * GIB)]
    trace = [Request(0, "busy", 60 * MINUTE), *(Request(n * SECOND, "other", SECOND) for n in range(1, 100))]
    found = ours(models, trace, Rules(queue_most=50, wait_most_ms=2 * MINUTE))
    assert set(found.refused.values()) == {Why.WAIT_TOO_LONG, Why.QUEUE_FULL}
    assert max(found.waits.values()) <= 2 * MINUTE
    assert len(found.waits) + len(found.refused) == 100


def test_a_stream_that_never_ends_cannot_keep_another_model_out() -> None:
    """Its engine is never idle: new requests come before the old ones end. The other waits for two loads and twice two.

    What is being answered when its time is over is still answered.
    """
    models = [Model("busy", 16 * GIB, 10 * SECOND), Model("other", 16 * GIB, 10 * SECOND)]
    trace = [Request(n * SECOND, "busy", 3 * SECOND) for n in range(600)]
    trace.append(Request(300 * SECOND + 1, "other", SECOND))
    found = ours(models, sorted(trace, key=lambda request: request.at_ms))
    (wait_ms,) = found.of([302])
    assert 50 * SECOND <= wait_ms <= 54 * SECOND
    assert len(found.waits) == len(trace)


def test_batches_that_alternate_do_not_swap_per_request() -> None:
    """Each engine stays for a quarter of its load at least, and serves all that has come meanwhile."""
    workload, found = made(alternating_batches, SEED), told(alternating_batches, SEED)
    assert len(found.loads) < len(workload.trace) // 12
    for (loaded_ms, model), (evicted_ms, gone) in zip(found.loads, found.evictions, strict=False):
        assert model == gone
        assert evicted_ms - loaded_ms >= (12 + 3) * SECOND


def test_single_requests_that_alternate_are_not_answered_by_a_swap_each() -> None:
    """One for each of two models every five seconds, of which one fits, and loads take ten."""
    models = [Model("a", 16 * GIB, 10 * SECOND), Model("b", 16 * GIB, 10 * SECOND)]
    trace = [Request(n * 5 * SECOND, "ab"[n % 2], SECOND) for n in range(200)]
    found = ours(models, trace)
    assert len(found.loads) < 200 // 2.5
    assert found.p95_ms() < 30 * SECOND


def test_the_dear_one_stays() -> None:
    """What is quick to load again goes before what is slow, though that was used longer ago."""
    assert [name for _, name in told(one_dear_many_cheap, SEED).loads].count("dear") == 1


def test_what_comes_round_is_known_to_come_round() -> None:
    """Four models in a ring, three fit: the one that is not needed for longest goes, so two of three stay."""
    loads = [name for _, name in told(round_robin, SEED).loads]
    assert len(loads) < 0.42 * 500


def test_askers_share_an_engine() -> None:
    """One who asks for a hundred things at once does not keep another waiting for more than one of them."""
    models = [Model("m", slots=1, load_ms=SECOND)]
    trace = [Request(0, "m", SECOND, asker="greedy") for _ in range(100)]
    trace += [Request(5 * SECOND + n, "m", SECOND, asker="modest") for n in range(3)]
    found = ours(models, trace)
    assert found.of(range(101, 104)) == [0, 1999, 3998]
