"""What the scheduler remembers of one engine."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from engineroom.domain.engine import EngineState
from engineroom.domain.routing.events import Kept
from engineroom.domain.routing.reasons import Reason
from engineroom.domain.routing.uses import Uses
from engineroom.domain.routing.values import HOST, Claim, EngineFacts, Need, NeedOrigin, Placement, Rules
from engineroom.domain.routing.waiting import Waiter, Waiting

_HOLDING = {EngineState.STARTING, EngineState.READY, EngineState.STOPPING}


@dataclass(slots=True)
class Record:
    """One engine, as far as the scheduler is concerned.

    ``coming`` and ``leaving``: it was told to, and has not yet said so.  ``wanted_ms`` is when somebody wished it
    started.  ``shown`` is what of its claims the last readings of memory contain, by place.  ``answers_ms`` is a
    running mean of how long answers take.  ``failed_ms`` is since when it is being started again by itself.
    ``making_room_for`` names who has its place next, and ``room_rank`` which of its waiters still come before.
    ``kept`` is a wish about its stay, until it is unloaded.  ``look_ms`` is when there may be a place for it although
    nothing happens until then.
    """

    facts: EngineFacts
    rules: Rules
    state: EngineState = EngineState.STOPPED
    need: Need | None = None
    placement: Placement | None = None
    coming: bool = False
    leaving: bool = False
    will_retry: bool = False
    held_bytes: int | None = None
    most_held_bytes: int | None = None
    shown: dict[str, int] = field(default_factory=dict)
    failed_ms: int | None = None
    loading_since_ms: int | None = None
    ready_ms: int | None = None
    idle_ms: int | None = None
    wanted_ms: int | None = None
    answers_ms: int | None = None
    active: dict[int, tuple[int, bool]] = field(default_factory=dict)
    making_room_for: str | None = None
    room_rank: tuple[int, int] | None = None
    look_ms: int | None = None
    kept: Kept | None = None
    reason: Reason | None = None
    waits_for: Reason | None = None
    uses: Uses = field(default_factory=Uses)
    waiting: Waiting = field(init=False)

    def __post_init__(self) -> None:
        self.waiting = Waiting(self.rules.age_ms)

    @property
    def model(self) -> str:
        """Its name."""
        return self.facts.model

    @property
    def ttl_ms(self) -> int | None:
        """How long it stays without a request; ``None``: for ever."""
        return self.facts.ttl_ms if self.kept is None else self.kept.ttl_ms

    @property
    def ready(self) -> bool:
        """Whether requests may be sent to it."""
        return self.state is EngineState.READY and not self.leaving

    @property
    def holds(self) -> bool:
        """Whether it has memory, or is about to take it or to give it back."""
        return self.coming or self.will_retry or self.state in _HOLDING

    @property
    def asked_for(self) -> bool:
        """Whether anybody waits for it who could be helped by a start."""
        return (len(self.waiting) > 0 or self.wanted_ms is not None) and not self.holds

    @property
    def slots_used(self) -> int:
        """How many of its slots answer."""
        return sum(not light for _, light in self.active.values())

    @property
    def idle(self) -> bool:
        """Whether nobody uses it or waits for it."""
        return not self.active and not len(self.waiting)

    @property
    def evictable(self) -> bool:
        """Whether it may be made to go, sooner or later."""
        return self.ready and not self.facts.pinned

    def settled(self, place: str) -> bool:
        """Whether memory was read since it was ready, so that it is known what it would give back."""
        return self.state is not EngineState.STARTING and place in self.shown

    def claims(self) -> tuple[Claim, ...]:
        """What it was let in with."""
        return self.placement.claims if self.placement is not None and self.holds else ()

    def takes(self, claim: Claim) -> int:
        """What it has of a place, as far as is seen, and at least what it was let in with."""
        seen_bytes = self.held_bytes if claim.place == HOST else None
        return max(claim.expected_bytes, seen_bytes or 0)

    def placements(self) -> tuple[Placement, ...]:
        """Where it can be put. Of the computer it claims what its processes held when it ran, once that was seen."""
        found = () if self.need is None else self.need.placements
        return found if self.most_held_bytes is None else tuple(map(self._as_seen, found))

    def _as_seen(self, placement: Placement) -> Placement:
        claims = (
            replace(claim, expected_bytes=max(claim.low_bytes, self.most_held_bytes or 0))
            if claim.place == HOST
            else claim
            for claim in placement.claims
        )
        return Placement(claims=tuple(claims))

    @property
    def need_from(self) -> NeedOrigin:
        """How what it needs is known."""
        if self.need is None:
            return NeedOrigin.UNKNOWN
        host = any(HOST in placement.places for placement in self.need.placements)
        return NeedOrigin.MEASURED if host and self.most_held_bytes is not None else self.need.origin

    @property
    def load_ms(self) -> int:
        """How long it loads; where that was never seen, as long as the longest that anybody stays for it."""
        return self.rules.residency_ms if self.facts.load_ms is None else self.facts.load_ms

    def stays_until_ms(self, other: "Record") -> int:
        """Until when it keeps its place although another waits for it.

        As long as its load took; and where it is in use, until the first who waits for the other has waited for twice
        what the two loads take, for then its end may be waited for.  Once idle, a quarter of its load is enough.
        """
        most_ms, ready_ms = self.rules.residency_ms, self.ready_ms or 0
        if self.idle:
            return ready_ms + min(most_ms, self.load_ms // 4)
        patient_ms = other.first_ms() + min(2 * most_ms, 2 * (self.load_ms + other.load_ms))
        return max(ready_ms + min(most_ms, self.load_ms), patient_ms)

    def first_ms(self) -> int:
        """Since when the first one waits for it."""
        wishes = () if self.wanted_ms is None else (self.wanted_ms,)
        return min((*wishes, *(waiter.since_ms for waiter in self.waiting)), default=0)

    def loss(self, now_ms: int) -> Fraction:
        """What is lost with it: how long it would load, over how long it is not missed until then."""
        idle_ms = 0 if self.idle_ms is None else now_ms - self.idle_ms
        return Fraction(self.load_ms + 1, self.uses.next_ms(now_ms) or idle_ms + 1)

    def admit(self, waiter: Waiter, now_ms: int) -> None:
        """A waiter is sent to the engine."""
        self.waiting.take(waiter)
        self.begin(waiter.ask.number, now_ms, light=waiter.ask.light)

    def begin(self, number: int, now_ms: int, *, light: bool) -> None:
        """A request is sent to the engine."""
        self.active[number] = (now_ms, light)
        self.idle_ms = None

    def end(self, number: int, now_ms: int) -> None:
        """A request that was sent is over."""
        began_ms, light = self.active.pop(number)
        if not light:
            took_ms = now_ms - began_ms
            self.answers_ms = took_ms if self.answers_ms is None else (7 * self.answers_ms + took_ms) // 8
        if not self.active:
            self.idle_ms = now_ms

    def rank(self, waiter: Waiter, now_ms: int) -> tuple[int, int]:
        """Its place among the waiters of all engines; the least is first."""
        return self.waiting.rank(waiter, now_ms)[0], waiter.order

    def rank_of_first(self, now_ms: int) -> tuple[int, int]:
        """That of the first one here; somebody's own wish comes before all."""
        if self.wanted_ms is not None:
            return -(2**31), self.wanted_ms
        return min(self.rank(waiter, now_ms) for waiter in self.waiting)

    def waits_until_ms(self, waiter: Waiter) -> int:
        """When one of its waiters has waited for too long."""
        until_ms = waiter.since_ms + self.rules.wait_most_ms
        if self.failed_ms is None or not waiter.ask.silent:
            return until_ms
        return min(until_ms, max(waiter.since_ms, self.failed_ms) + self.rules.silent_most_ms)

    def expected_wait_ms(self, now_ms: int) -> int:
        """How long one more would probably wait: what is left of the load, and those before it."""
        wait_ms = 0
        if not self.ready:
            begun_ms = now_ms if self.loading_since_ms is None else self.loading_since_ms
            wait_ms = max(0, (self.facts.load_ms or 0) - (now_ms - begun_ms))
        rounds = len(self.waiting) // self.facts.slots + 1
        return wait_ms + rounds * (self.answers_ms or 0)
