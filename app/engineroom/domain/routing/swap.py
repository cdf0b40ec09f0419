"""Where an engine can go, and who would have to leave for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from engineroom.domain.routing.memory import Books
from engineroom.domain.routing.reasons import Reason, Why, because
from engineroom.domain.routing.record import Record
from engineroom.domain.routing.values import Claim, Placement


class Comfort(IntEnum):
    """How well an engine fits: with the margin left free, without it, or only by the least it may need."""

    EASY = 0
    FULL = 1
    LEAST = 2


@dataclass(frozen=True, slots=True)
class Go:
    """It can be loaded now."""

    placement: Placement | None
    comfort: Comfort
    room_bytes: int | None


@dataclass(frozen=True, slots=True)
class Hold:
    """It has to wait; no engine need be evicted for it now."""

    reason: Reason
    placement: Placement | None = None


@dataclass(frozen=True, slots=True)
class Swap:
    """These would have to leave."""

    placement: Placement
    victims: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Never:
    """There is no room for it, whoever leaves. ``room_bytes`` is the most there could be at ``place``."""

    place: str
    needs_bytes: int
    room_bytes: int
    pinned: tuple[str, ...]


Outlook = Go | Hold | Swap | Never


class Outlooks:
    """Judges one engine after the other.

    Args:
        reserved: bytes, by place, that others who were first are waiting for.
    """

    def __init__(self, books: Books, now_ms: int, reserved: Mapping[str, int]) -> None:
        self._books = books
        self._now_ms = now_ms
        self._reserved = reserved
        records = books.records.values()
        self._leaving = frozenset(one.model for one in records if one.leaving)
        self._loading = frozenset(one.model for one in records if one.holds and not one.ready and not one.leaving)
        self._evictable = [one for one in records if one.evictable and self._is_settled(one)]
        self._unsettled = frozenset(one.model for one in records if one.evictable and not self._is_settled(one))

    def of(self, record: Record) -> Outlook:
        """What can be done for it."""
        placements = record.placements()
        if record.need is None:
            return Hold(because(Why.WAIT_PLAN))
        if not placements:
            return Go(None, Comfort.EASY, None)
        for comfort in Comfort:
            for look in (self._now, self._soon, self._swap, self._later):
                found = look(placements, comfort)
                if found is not None:
                    return found
        return self._never(placements)

    def _now(self, placements: tuple[Placement, ...], comfort: Comfort) -> Outlook | None:
        fitting = []
        for at, placement in enumerate(placements):
            place = self._books.awaits_reading(placement, self._now_ms)
            if place is not None:
                return Hold(because(Why.WAIT_READING, place=place))
            if self._fits(placement, comfort):
                fitting.append((-(self._least_room(placement) or 0), at))
        if not fitting:
            return None
        best = placements[min(fitting)[1]]
        return Go(best, comfort, self._least_room(best))

    def _soon(self, placements: tuple[Placement, ...], comfort: Comfort) -> Outlook | None:
        for placement in placements:
            if self._fits(placement, comfort, self._leaving, returned=True):
                leaving = next((name for name in sorted(self._leaving) if self._stands(name, placement)), None)
                if leaving is not None:
                    return Hold(because(Why.WAIT_STOPPING, other=leaving), placement)
                place = self._books.returning(placement)
                if place is not None:
                    return Hold(because(Why.WAIT_MEMORY_BACK, place=place), placement)
        return None

    def _swap(self, placements: tuple[Placement, ...], comfort: Comfort) -> Outlook | None:
        options = []
        for at, placement in enumerate(placements):
            victims = self._victims(placement, comfort)
            if victims is not None:
                loss = sum(one.loss(self._now_ms) for one in victims)
                options.append((sum(not one.idle for one in victims), loss, at, victims))
        if not options:
            return None
        _, _, at, victims = min(options, key=lambda option: option[:3])
        return Swap(placements[at], victims)

    def _later(self, placements: tuple[Placement, ...], comfort: Comfort) -> Outlook | None:
        moving = self._loading - self._pinned() | self._unsettled
        gone = self._leaving | moving | {one.model for one in self._evictable}
        for placement in placements:
            other = next((name for name in sorted(moving) if self._stands(name, placement)), None)
            if other is not None and self._fits(placement, comfort, gone, returned=True):
                return Hold(because(Why.WAIT_OTHER_LOAD, other=other), placement)
        return None

    def _victims(self, placement: Placement, comfort: Comfort) -> tuple[Record, ...] | None:
        """Those that are missed least and make enough room, those nobody uses first."""
        chosen: list[Record] = []
        for one in sorted(self._evictable, key=self._dearness):
            if self._fits(placement, comfort, self._gone_with(chosen), returned=True):
                break
            if self._stands(one.model, placement):
                chosen.append(one)
        if not self._fits(placement, comfort, self._gone_with(chosen), returned=True):
            return None
        for one in list(reversed(chosen)):
            rest = [other for other in chosen if other is not one]
            if self._fits(placement, comfort, self._gone_with(rest), returned=True):
                chosen = rest
        return tuple(chosen) or None

    def _dearness(self, record: Record) -> tuple[object, ...]:
        return (not record.idle, record.loss(self._now_ms), record.ready_ms or 0, record.model)

    def _gone_with(self, chosen: list[Record]) -> frozenset[str]:
        return self._leaving | {one.model for one in chosen}

    def _never(self, placements: tuple[Placement, ...]) -> Never:
        """Told by the place where it comes closest."""
        unpinned = self._leaving | {one.model for one in self._evictable}
        pinned = tuple(sorted(self._pinned()))
        blocked = any(self._fits(one, Comfort.LEAST, unpinned | set(pinned), returned=True) for one in placements)
        worst = [
            min((self._most(claim, unpinned) - claim.expected_bytes, at) for at, claim in enumerate(placement.claims))
            for placement in placements
        ]
        spare, number = max((spare, number) for number, (spare, _) in enumerate(worst))
        claim = placements[number].claims[worst[number][1]]
        room = max(0, spare + claim.expected_bytes)
        return Never(claim.place, claim.expected_bytes, room, pinned if blocked else ())

    def _most(self, claim: Claim, gone: frozenset[str]) -> int:
        free = self._books.free(claim.place, gone=gone, returned=True, margin=False)
        rooms = (free, self._books.allowed(claim.place, gone=gone))
        return min((room for room in rooms if room is not None), default=claim.expected_bytes)

    def _fits(
        self, placement: Placement, comfort: Comfort, gone: frozenset[str] = frozenset(), *, returned: bool = False
    ) -> bool:
        return all(self._has_room(claim, comfort, gone, returned=returned) for claim in placement.claims)

    def _has_room(self, claim: Claim, comfort: Comfort, gone: frozenset[str], *, returned: bool) -> bool:
        """What is measured may be met by the least it can need, but a limit that somebody set by what is expected."""
        reserved = self._reserved.get(claim.place, 0)
        allowed = self._books.allowed(claim.place, gone=gone)
        if allowed is not None and claim.expected_bytes > allowed - reserved:
            return False
        free = self._books.free(claim.place, gone=gone, returned=returned, margin=comfort is Comfort.EASY)
        wanted = claim.low_bytes if comfort is Comfort.LEAST else claim.expected_bytes
        return free is None or wanted <= free - reserved

    def _least_room(self, placement: Placement) -> int | None:
        rooms = [self._books.room(place) for place in placement.places]
        return min((room for room in rooms if room is not None), default=None)

    def _stands(self, model: str, placement: Placement) -> bool:
        return any(claim.place in placement.places for claim in self._books.records[model].claims())

    def _is_settled(self, record: Record) -> bool:
        return all(record.settled(place) or self._books.free(place) is None for place in _places(record))

    def _pinned(self) -> frozenset[str]:
        records = self._books.records.values()
        return frozenset(one.model for one in records if one.facts.pinned and one.holds and not one.leaving)


def _places(record: Record) -> list[str]:
    return [claim.place for claim in record.claims()]
