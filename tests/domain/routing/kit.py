"""Engines, requests and memory in simulated time, for any policy that takes the scheduler's events."""

import heapq
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from engineroom.domain.engine import EngineState
from engineroom.domain.routing import events
from engineroom.domain.routing.events import Admit, Decision, Event, Evict, Load, Refuse
from engineroom.domain.routing.values import (
    HOST,
    PRIORITY,
    Ask,
    Claim,
    EngineFacts,
    Need,
    NeedOrigin,
    Placement,
    Reading,
    Seen,
)

GIB = 2**30
STOP_MS = 500
SECOND = 1000
MINUTE = 60 * SECOND


@dataclass(frozen=True)
class Model:
    """A model, what it takes at any one of its places, and how long it loads."""

    name: str
    size: int = 8 * GIB
    load_ms: int = 10 * SECOND
    slots: int = 4
    ttl_ms: int | None = None
    pinned: bool = False
    places: tuple[str, ...] = (HOST,)


@dataclass(frozen=True)
class Request:
    """What a trace is made of."""

    at_ms: int
    model: str
    takes_ms: int
    asker: str | None = None
    priority: int = PRIORITY


class Policy(Protocol):
    """Decides."""

    def handle(self, event: Event, now_ms: int) -> Sequence[Decision]: ...

    def next_ms(self, now_ms: int) -> int | None: ...


def need_of(size: int, *places: str) -> Need:
    """That much, on the computer or on any one of these cards."""
    claims = [Claim(place=place, expected_bytes=size, low_bytes=size) for place in places or (HOST,)]
    return Need(placements=tuple(Placement(claims=(claim,)) for claim in claims), origin=NeedOrigin.PLAN)


@dataclass
class Told:
    """What came of a trace."""

    loads: list[tuple[int, str]] = field(default_factory=list)
    evictions: list[tuple[int, str]] = field(default_factory=list)
    waits: dict[int, int] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    most_held: dict[str, int] = field(default_factory=dict)
    """The most memory that was held at any time, by place."""

    def p95_ms(self) -> int:
        """Of the waits."""
        waits = sorted(self.waits.values())
        return waits[min(len(waits) - 1, len(waits) * 95 // 100)]

    def of(self, numbers: Sequence[int]) -> list[int]:
        """The waits of some requests."""
        return [self.waits[number] for number in numbers]


class Simulation:
    """Runs a trace; what happens at one moment happens in the order in which it was said to."""

    def __init__(self, policy: Policy, models: Sequence[Model], *, memory: Mapping[str, int]) -> None:
        self.policy = policy
        self.models = {model.name: model for model in models}
        self.told = Told()
        self._memory = memory
        self._states = dict.fromkeys(self.models, EngineState.STOPPED)
        self._at_place: dict[str, str] = {}
        self._drawing: set[str] = set()
        self._agenda: list[tuple[int, int, Event | None, Request | None]] = []
        self._order = itertools.count()
        self._requests: dict[int, Request] = {}
        self._now = 0
        for model in models:
            facts = EngineFacts(
                model=model.name, slots=model.slots, ttl_ms=model.ttl_ms, pinned=model.pinned, load_ms=model.load_ms
            )
            self._tell(events.Known(facts))
            self._tell(events.Planned(model.name, need_of(model.size, *model.places)))
        self._see()

    def run(self, trace: Sequence[Request], *, until_ms: int = 10**9) -> Told:
        """The whole trace, and then until nobody waits any more."""
        for request in trace:
            self._at(request.at_ms, request=request)
        while self._agenda or self._still_waits():
            if not self._agenda:
                self._tick_until(10**12)
                continue
            at_ms = self._agenda[0][0]
            self._tick_until(at_ms)
            if self._now > until_ms:
                break
            if self._agenda[0][0] > self._now:
                continue
            _, _, event, arriving = heapq.heappop(self._agenda)
            if arriving is not None:
                self._arrive(arriving)
            elif event is not None:
                self._happen(event)
        return self.told

    def _tick_until(self, at_ms: int) -> None:
        while True:
            next_ms = self.policy.next_ms(self._now)
            if next_ms is None or next_ms >= at_ms:
                break
            self._now = next_ms
            before = len(self._agenda)
            self._tell(events.Tick())
            if len(self._agenda) > before:
                return
        self._now = max(self._now, at_ms)

    def _still_waits(self) -> bool:
        told = self.told
        return len(told.waits) + len(told.refused) < len(self._requests)

    def _arrive(self, request: Request) -> None:
        number = len(self._requests) + 1
        self._requests[number] = request
        ask = Ask(number=number, model=request.model, asker=request.asker, priority=request.priority)
        self._tell(events.Arrived(ask))

    def _happen(self, event: Event) -> None:
        if isinstance(event, events.Changed):
            self._states[event.model] = event.state
            self._drawing.add(event.model)
        self._tell(event)
        if isinstance(event, events.Changed):
            self._see()

    def _tell(self, event: Event) -> None:
        for decision in self.policy.handle(event, self._now):
            self._do(decision)

    def _do(self, decision: Decision) -> None:
        self.told.decisions.append(decision)
        match decision:
            case Load(model=model, places=places):
                self.told.loads.append((self._now, model))
                (self._at_place[model],) = places
                self._drawing.discard(model)
                self._states[model] = EngineState.STARTING
                size, load_ms = self.models[model].size, self.models[model].load_ms
                self._change(self._now, model, EngineState.STARTING, held_bytes=size)
                self._change(self._now + load_ms, model, EngineState.READY, held_bytes=size, load_ms=load_ms)
            case Evict(model=model):
                self.told.evictions.append((self._now, model))
                self._states[model] = EngineState.STOPPING
                self._change(self._now, model, EngineState.STOPPING, held_bytes=self.models[model].size)
                self._change(self._now + STOP_MS, model, EngineState.STOPPED)
            case Admit(number=number):
                request = self._requests[number]
                self.told.waits[number] = self._now - request.at_ms
                self._at(self._now + request.takes_ms, events.Gone(number))
            case Refuse(number=number, reason=reason) if number is not None:
                self.told.refused[number] = reason.code
                self._at(self._now, events.Gone(number))
        for place in self._memory:
            self.told.most_held[place] = max(self.told.most_held.get(place, 0), self._held(place, set(self.models)))

    def _held(self, place: str, drawing: set[str]) -> int:
        up = [name for name in drawing if self._states[name] is not EngineState.STOPPED]
        return sum(self.models[name].size for name in up if self._at_place[name] == place)

    def _see(self) -> None:
        """An engine draws no memory before it says that it starts."""
        held = {place: self._held(place, self._drawing) for place in self._memory}
        readings = {place: Reading(free_bytes=size - held[place]) for place, size in self._memory.items()}
        self._tell(events.MemorySeen(Seen(readings=readings)))

    def _change(self, at_ms: int, model: str, state: EngineState, **changed: int) -> None:
        self._at(at_ms, events.Changed(model=model, state=state, **changed))

    def _at(self, at_ms: int, event: Event | None = None, *, request: Request | None = None) -> None:
        heapq.heappush(self._agenda, (at_ms, next(self._order), event, request))
