"""Everything that follows from the state of things: who is turned away, loaded, made to leave, answered, unloaded."""

from collections.abc import Iterator

from engineroom.domain.routing.desk import Desk, seconds
from engineroom.domain.routing.events import Admit, Evict, Load, Wait
from engineroom.domain.routing.reasons import Reason, Why, because
from engineroom.domain.routing.record import Record
from engineroom.domain.routing.swap import Comfort, Go, Hold, Never, Outlook, Outlooks, Swap
from engineroom.domain.routing.values import Placement

NO_ROOM_RETRY_S = 30
"""When to ask again where only other programs, or somebody, can make room."""

Rank = tuple[int, int]


def settle(desk: Desk, now_ms: int) -> None:
    """Decide all that can be decided now."""
    desk.books.tick(now_ms)
    _turn_away_the_late(desk, now_ms)
    _find_places(desk, now_ms)
    for record in desk.records.values():
        _answer(desk, record, now_ms)
    _unload_the_idle(desk, now_ms)
    for record in desk.records.values():
        _say_what_it_waits_for(desk, record, now_ms)
    desk.calm = all(record.wanted_ms is None and not len(record.waiting) for record in desk.records.values())
    desk.due_ms = _due_ms(desk)


def _due_ms(desk: Desk) -> int | None:
    moments = [desk.books.next_ms()]
    for record in desk.records.values():
        moments += [record.waits_until_ms(waiter) for waiter in record.waiting]
        if record.wanted_ms is not None:
            moments.append(record.wanted_ms + desk.rules.wait_most_ms)
        moments += [unload_ms(desk, record), record.look_ms]
    return min((moment for moment in moments if moment is not None), default=None)


def unload_ms(desk: Desk, record: Record) -> int | None:
    """When an engine will be unloaded if nobody asks for it until then."""
    ttl_ms = record.ttl_ms
    if not desk.rules.on_demand or not record.evictable or not record.idle or ttl_ms is None or record.idle_ms is None:
        return None
    return record.idle_ms + ttl_ms


def _turn_away_the_late(desk: Desk, now_ms: int) -> None:
    for record in desk.records.values():
        for waiter in record.waiting:
            late = desk.too_late(record, waiter.since_ms, record.waits_until_ms(waiter), now_ms)
            if late is not None:
                desk.refuse(waiter.ask.number, record, late)
        wanted_ms = record.wanted_ms
        if wanted_ms is not None:
            late = desk.too_late(record, wanted_ms, wanted_ms + desk.rules.wait_most_ms, now_ms)
            if late is not None:
                desk.refuse_wish(record, late)


def _find_places(desk: Desk, now_ms: int) -> None:
    """The first in rank first; what it waits for is kept for it, so that later ones cannot overtake it for ever."""
    for record in desk.records.values():
        record.making_room_for = record.room_rank = record.look_ms = record.waits_for = None
    reserved: dict[str, int] = {}
    behind = ""
    asking = [record for record in desk.records.values() if record.asked_for]
    for record in sorted(asking, key=lambda one: one.rank_of_first(now_ms)):
        if not desk.rules.on_demand and record.wanted_ms is None:
            desk.refuse_all(record, because(Why.NOT_ON_DEMAND))
            continue
        outlook = Outlooks(desk.books, now_ms, {}).of(record)
        if isinstance(outlook, Never):
            desk.refuse_all(record, _no_room(outlook))
            continue
        if reserved:
            outlook = _beside(Outlooks(desk.books, now_ms, reserved).of(record), reserved, behind)
        placement = _pursue(desk, record, outlook, now_ms)
        for claim in () if placement is None else placement.claims:
            reserved[claim.place] = reserved.get(claim.place, 0) + claim.expected_bytes
            behind = behind or record.model


def _beside(outlook: Outlook, reserved: dict[str, int], behind: str) -> Outlook:
    """The same for one who is not the first."""
    contested = isinstance(outlook, Swap) and any(place in reserved for place in outlook.placement.places)
    return Hold(because(Why.WAIT_BEHIND, other=behind)) if contested or isinstance(outlook, Never) else outlook


def _pursue(desk: Desk, record: Record, outlook: Outlook, now_ms: int) -> Placement | None:
    """Do what can be done; where it is going to be, if it has to wait for that."""
    match outlook:
        case Go():
            _load(desk, record, outlook, now_ms)
        case Hold(reason=reason, placement=placement):
            record.waits_for = reason
            if reason.code == Why.WAIT_READING:
                record.look_ms = desk.books.patient_until_ms
            return placement
        case Swap(placement=placement):
            _make_room(desk, record, outlook, now_ms)
            return placement
    return None


def _load(desk: Desk, record: Record, go: Go, now_ms: int) -> None:
    by_user, placement = record.wanted_ms is not None, go.placement
    if placement is None:
        reason = because(Why.LOAD_SIZE_UNKNOWN)
    else:
        why = Why.LOAD_BY_USER if by_user else Why.LOAD_ASKED
        why = why if go.comfort is Comfort.EASY else Why.LOAD_TIGHT
        reason = because(why, needs_bytes=placement.expected_bytes, room_bytes=go.room_bytes)
    record.placement, record.shown, record.reason = placement, {}, reason
    record.coming, record.loading_since_ms = True, now_ms
    places = () if placement is None else placement.places
    desk.out.append(Load(model=record.model, places=places, by_user=by_user, reason=reason))


def _make_room(desk: Desk, record: Record, swap: Swap, now_ms: int) -> None:
    """All victims leave together, once each of them may: not earlier, for until then they can still be useful."""
    rank, by_user = record.rank_of_first(now_ms), record.wanted_ms is not None
    blocks, victims = [], swap.victims
    for victim in victims:
        stays_ms = 0 if by_user else victim.stays_until_ms(record) - now_ms
        if stays_ms > 0:
            blocks.append(_stays(victim, stays_ms))
            until_ms = now_ms + stays_ms
            record.look_ms = until_ms if record.look_ms is None else min(record.look_ms, until_ms)
            continue
        victim.making_room_for, victim.room_rank = record.model, rank
        if victim.active:
            blocks.append(because(Why.WAIT_BUSY, other=victim.model, active=len(victim.active)))
        elif any(victim.rank(waiter, now_ms) < rank for waiter in victim.waiting):
            blocks.append(because(Why.WAIT_TURN, other=victim.model))
    if blocks:
        record.waits_for = blocks[0]
        return
    for victim in victims:
        _evict(desk, victim, _for(record, swap.placement.expected_bytes, victim, now_ms))
    record.waits_for = because(Why.WAIT_STOPPING, other=victims[0].model)


def _stays(victim: Record, stays_ms: int) -> Reason:
    if victim.active:
        return because(Why.WAIT_BUSY, other=victim.model, active=len(victim.active))
    return because(Why.WAIT_RESIDENCY, other=victim.model, left_s=seconds(stays_ms))


def _evict(desk: Desk, record: Record, reason: Reason) -> None:
    record.leaving, record.reason = True, reason
    desk.out.append(Evict(model=record.model, reason=reason))


def _for(record: Record, needs_bytes: int, victim: Record, now_ms: int) -> Reason:
    frees_bytes = sum(victim.takes(claim) for claim in victim.claims())
    load_ms = victim.facts.load_ms
    return because(
        Why.EVICT_FOR,
        other=record.model,
        needs_bytes=needs_bytes,
        frees_bytes=frees_bytes,
        idle_s=None if victim.idle_ms is None else (now_ms - victim.idle_ms) // 1000,
        load_s=None if load_ms is None else seconds(load_ms),
    )


def _no_room(never: Never) -> Reason:
    if never.pinned:
        pinned = ", ".join(never.pinned)
        return because(
            Why.MEMORY_PINNED, pinned=pinned, needs_bytes=never.needs_bytes, retry_after_s=NO_ROOM_RETRY_S
        )  # fmt: skip
    return because(
        Why.MEMORY_SHORT,
        place=never.place,
        needs_bytes=never.needs_bytes,
        room_bytes=never.room_bytes,
        retry_after_s=NO_ROOM_RETRY_S,
    )


def _answer(desk: Desk, record: Record, now_ms: int) -> None:
    """Send waiters to a ready engine as long as it has slots; those whose model has the place next come no more."""
    while record.ready:
        free = record.slots_used < record.facts.slots
        fitting = [
            waiter
            for waiter in record.waiting
            if (free or waiter.ask.light)
            and (record.room_rank is None or record.rank(waiter, now_ms) < record.room_rank)
        ]
        if not fitting:
            return
        waiter = min(fitting, key=lambda one: record.waiting.rank(one, now_ms))
        record.admit(waiter, now_ms)
        desk.told.pop(waiter.ask.number, None)
        desk.out.append(Admit(number=waiter.ask.number, model=record.model, reason=because(Why.ADMIT)))


def _unload_the_idle(desk: Desk, now_ms: int) -> None:
    for record in desk.records.values():
        until_ms = unload_ms(desk, record)
        if until_ms is not None and now_ms >= until_ms and record.ttl_ms is not None:
            idle_s, ttl_s = (now_ms - (record.idle_ms or 0)) // 1000, seconds(record.ttl_ms)
            _evict(desk, record, because(Why.EVICT_TTL, idle_s=idle_s, ttl_s=ttl_s))


def _say_what_it_waits_for(desk: Desk, record: Record, now_ms: int) -> None:
    if record.waits_for is None and len(record.waiting):
        record.waits_for = next(_waits_for(record, now_ms))
    if record.waits_for is None:
        return
    reason = record.waits_for
    said = (reason.code, reason.facts.get("other"))
    for waiter in record.waiting:
        number = waiter.ask.number
        if desk.told.get(number) != said:
            desk.told[number] = said
            desk.out.append(Wait(number=number, model=record.model, reason=reason))


def _waits_for(record: Record, now_ms: int) -> Iterator[Reason]:
    if record.leaving:
        yield because(Why.WAIT_STOPPING, other=record.model)
    if record.ready and record.making_room_for is not None:
        yield because(Why.WAIT_TURN, other=record.making_room_for)
    if record.ready:
        yield because(Why.WAIT_SLOT, slots=record.facts.slots)
    left_ms = None
    if record.facts.load_ms is not None and record.loading_since_ms is not None:
        left_ms = max(0, record.facts.load_ms - (now_ms - record.loading_since_ms))
    yield because(Why.WAIT_LOAD, expected_s=None if left_ms is None else seconds(left_ms))
