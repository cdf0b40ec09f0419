"""Traces of requests of many kinds, each by a seed: what models there are, what memory they share, who asks when."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from domain.routing.kit import GIB, SECOND, Model, Request
from engineroom.domain.routing.values import HOST

MEMORY = 24 * GIB
ONE: Mapping[str, int] = {HOST: MEMORY}
CARDS = ("GPU-a", "GPU-b")
TWO: Mapping[str, int] = dict.fromkeys(CARDS, MEMORY)


@dataclass(frozen=True)
class Workload:
    """Models, the memory they share by place, and a trace in order of time."""

    models: Sequence[Model]
    trace: Sequence[Request]
    memory: Mapping[str, int]


def workload(models: Sequence[Model], trace: Sequence[Request], memory: Mapping[str, int] = ONE) -> Workload:
    """With its trace put in order."""
    return Workload(models, sorted(trace, key=lambda request: request.at_ms), memory)


def loop(
    name: str, model: str, *, begin_s: float, end_s: float, takes_s: float, pause_s: float, seed: int | str
) -> list[Request]:
    """Somebody who asks again and again."""
    source, at_s, out = random.Random(seed), begin_s, []
    while at_s < end_s:
        took_s = takes_s * source.uniform(0.5, 1.5)
        out.append(Request(int(at_s * SECOND), model, int(took_s * SECOND), asker=name))
        at_s += took_s + pause_s * source.uniform(0.5, 1.5)
    return out


def poisson(source: random.Random, every_s: float, end_s: float) -> list[float]:
    """Moments of arrivals that know nothing of each other."""
    out, at_s = [], source.expovariate(1 / every_s)
    while at_s < end_s:
        out.append(at_s)
        at_s += source.expovariate(1 / every_s)
    return out


def alternating_batches(seed: int) -> Workload:
    """Two batches over models that do not fit together, at the same time."""
    models = [Model("a", 16 * GIB, 12 * SECOND), Model("b", 16 * GIB, 12 * SECOND)]
    one = loop("one", "a", begin_s=0, end_s=900, takes_s=2, pause_s=1, seed=f"one {seed}")
    two = loop("two", "b", begin_s=0.5, end_s=900, takes_s=2, pause_s=1, seed=f"two {seed}")
    return workload(models, one + two)


def one_dear_many_cheap(seed: int) -> Workload:
    """One that takes a minute to load, used every minute and a half, and small ones that take turns."""
    models = [Model("dear", 14 * GIB, 60 * SECOND), *(Model(f"cheap{n}", 5 * GIB, 2 * SECOND) for n in range(5))]
    source = random.Random(f"dear {seed}")
    trace = [Request(at_s * SECOND, "dear", 5 * SECOND, asker="agent") for at_s in range(0, 3600, 90)]
    for at_s in range(5, 3600, 12):
        trace += [Request(at_s * SECOND, f"cheap{source.randrange(5)}", 3 * SECOND, asker="ide")]
    return workload(models, trace)


def office(seed: int) -> Workload:
    """Six people over five models, some of them often."""
    models = [Model(f"m{n}", size * GIB, size * SECOND) for n, size in enumerate((8, 8, 12, 14, 6))]
    source, trace = random.Random(f"office {seed}"), []
    for person in range(6):
        at_s = source.uniform(0, 30)
        while at_s < 3600:
            model = source.choices(models, weights=(8, 4, 3, 2, 1))[0].name
            for _ in range(source.randrange(1, 6)):
                takes_s = source.uniform(1, 6)
                trace.append(Request(int(at_s * SECOND), model, int(takes_s * SECOND), asker=f"p{person}"))
                at_s += takes_s + source.uniform(1, 5)
            at_s += source.uniform(20, 90)
    return workload(models, trace)


def bursts(seed: int) -> Workload:
    """Bursts of forty at once, for three models that do not fit together."""
    models = [Model(name, 20 * GIB, 15 * SECOND, slots=8) for name in "abc"]
    source, trace = random.Random(f"bursts {seed}"), []
    for at_s in range(0, 1200, 60):
        for _ in range(40):
            model = source.choice("abc")
            trace.append(Request(int((at_s + source.uniform(0, 20)) * SECOND), model, 2 * SECOND, asker=model))
    return workload(models, trace)


def zipf(seed: int) -> Workload:
    """Ten models, asked for by popularity, of which three or four fit."""
    source = random.Random(f"zipf {seed}")
    sizes = (6, 8, 5, 10, 7, 12, 6, 14, 8, 9)
    models = [Model(f"m{n}", size * GIB, size * SECOND) for n, size in enumerate(sizes)]
    weights = [1 / (n + 1) ** 1.1 for n in range(len(models))]
    trace = []
    for at_s in poisson(source, 6, 2400):
        model = source.choices(models, weights=weights)[0].name
        takes_s = source.uniform(1, 5)
        trace.append(Request(int(at_s * SECOND), model, int(takes_s * SECOND), asker=f"k{source.randrange(4)}"))
    return workload(models, trace)


def whale(seed: int) -> Workload:
    """One that needs the whole card, asked for in fits, and five small ones that are asked for all the time."""
    source = random.Random(f"whale {seed}")
    models = [Model("whale", 22 * GIB, 40 * SECOND), *(Model(f"s{n}", 4 * GIB, 4 * SECOND) for n in range(5))]
    trace = []
    for at_s in poisson(source, 4, 3600):
        small, takes_s = f"s{source.randrange(5)}", source.uniform(1, 4)
        trace.append(Request(int(at_s * SECOND), small, int(takes_s * SECOND), asker="ide"))
    for began_s in poisson(source, 240, 3500):
        for n in range(source.randrange(2, 7)):
            at_s = began_s + n * source.uniform(3, 8)
            trace.append(Request(int(at_s * SECOND), "whale", 8 * SECOND, asker="agent"))
    return workload(models, trace)


def two_cards(seed: int) -> Workload:
    """Eight models on any of two cards."""
    source = random.Random(f"cards {seed}")
    sizes = (10, 16, 8, 14, 20, 12, 7, 18)
    models = [Model(f"m{n}", size * GIB, size * SECOND, places=CARDS) for n, size in enumerate(sizes)]
    weights = [1 / (n + 1) for n in range(len(models))]
    trace = []
    for began_s in poisson(source, 14, 3600):
        model, at_s = source.choices(models, weights=weights)[0].name, began_s
        for _ in range(source.randrange(1, 5)):
            takes_s = source.uniform(2, 6)
            trace.append(Request(int(at_s * SECOND), model, int(takes_s * SECOND), asker=f"k{source.randrange(5)}"))
            at_s += takes_s + source.uniform(0, 3)
    return workload(models, trace, TWO)


def long_generations(seed: int) -> Workload:
    """Answers of half a minute to three on one, short ones on two others that do not fit beside it."""
    source = random.Random(f"long {seed}")
    models = [
        Model("long", 18 * GIB, 25 * SECOND),
        Model("chat", 10 * GIB, 8 * SECOND),
        Model("code", 12 * GIB, 10 * SECOND),
    ]
    trace = []
    for at_s in poisson(source, 150, 5400):
        trace += [Request(int(at_s * SECOND), "long", int(source.uniform(30, 180) * SECOND), asker="agent")]
    for began_s in poisson(source, 60, 5400):
        model, at_s = source.choice(("chat", "chat", "code")), began_s
        for _ in range(source.randrange(1, 6)):
            takes_s = source.uniform(1, 8)
            trace.append(Request(int(at_s * SECOND), model, int(takes_s * SECOND), asker="ide"))
            at_s += takes_s + source.uniform(2, 6)
    return workload(models, trace)


def priorities(seed: int) -> Workload:
    """Batches that may wait, beside people who would rather not, over three models of which one fits."""
    source = random.Random(f"keys {seed}")
    models = [Model(name, 16 * GIB, 10 * SECOND) for name in "abc"]
    trace = []
    for at_s in poisson(source, 5, 2400):
        takes_s = source.uniform(1, 4)
        trace.append(Request(int(at_s * SECOND), source.choice("ab"), int(takes_s * SECOND), asker="batch", priority=3))
    for began_s in poisson(source, 45, 2400):
        model, at_s = source.choice("bc"), began_s
        for _ in range(source.randrange(1, 4)):
            takes_s = source.uniform(1, 4)
            trace.append(Request(int(at_s * SECOND), model, int(takes_s * SECOND), asker="person", priority=7))
            at_s += takes_s + source.uniform(1, 4)
    return workload(models, trace)


def round_robin(seed: int) -> Workload:
    """The worst there is for LRU: one after the other of four models, of which three fit."""
    source = random.Random(f"round {seed}")
    models = [Model(f"m{n}", 8 * GIB, 8 * SECOND) for n in range(4)]
    trace, at_s = [], 0.0
    for n in range(500):
        trace.append(Request(int(at_s * SECOND), f"m{n % 4}", int(source.uniform(1, 3) * SECOND), asker="loop"))
        at_s += source.uniform(3, 7)
    return workload(models, trace)


def shifting(seed: int) -> Workload:
    """Favourites that change every ten minutes, so that what was popular is no guide for long."""
    source = random.Random(f"shift {seed}")
    models = [Model(f"m{n}", 10 * GIB, 10 * SECOND) for n in range(6)]
    trace = []
    for at_s in poisson(source, 5, 4800):
        phase = int(at_s // 600)
        liked = [models[(2 * phase + n) % 6].name for n in range(2)]
        model = source.choice(liked) if source.random() < 0.85 else source.choice(models).name
        trace.append(Request(int(at_s * SECOND), model, int(source.uniform(1, 5) * SECOND), asker="ide"))
    return workload(models, trace)


def agent_pairs(seed: int) -> Workload:
    """Agents that ask a large model, then a small one for vectors, in turns; two large ones do not fit."""
    source = random.Random(f"pairs {seed}")
    models = [
        Model("big1", 18 * GIB, 20 * SECOND),
        Model("big2", 17 * GIB, 20 * SECOND),
        Model("vec", 5 * GIB, 3 * SECOND),
    ]
    trace = []
    for began_s in poisson(source, 50, 3600):
        big, at_s = source.choice(("big1", "big1", "big2")), began_s
        for _ in range(source.randrange(2, 6)):
            for model, least_s, most_s in ((big, 3, 9), ("vec", 0.2, 0.6)):
                takes_s = source.uniform(least_s, most_s)
                trace.append(Request(int(at_s * SECOND), model, int(takes_s * SECOND), asker="agent"))
                at_s += takes_s + 0.5
    return workload(models, trace)


def sparse(seed: int) -> Workload:
    """Hours of little work on three models, two of which fit: what is unloaded for being idle is missed."""
    source = random.Random(f"sparse {seed}")
    models = [Model(f"m{n}", 11 * GIB, 20 * SECOND) for n in range(3)]
    trace = []
    for began_s in poisson(source, 300, 6 * 3600):
        model, at_s = source.choices(("m0", "m1", "m2"), weights=(6, 3, 1))[0], began_s
        for _ in range(source.randrange(1, 6)):
            takes_s = source.uniform(2, 10)
            trace.append(Request(int(at_s * SECOND), model, int(takes_s * SECOND), asker="ide"))
            at_s += takes_s + source.uniform(5, 30)
    return workload(models, trace)


WORKLOADS: Sequence[Callable[[int], Workload]] = (
    alternating_batches,
    one_dear_many_cheap,
    office,
    bursts,
    zipf,
    whale,
    two_cards,
    long_generations,
    priorities,
    round_robin,
    shifting,
    agent_pairs,
    sparse,
)
