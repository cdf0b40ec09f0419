"""The common cases: a request for an engine that is ready and has a slot free, or a reading, while nobody waits.

Then nothing but this has to be looked at.  What is decided is what :func:`settle` would have decided.
"""

from engineroom.domain.routing import events
from engineroom.domain.routing.desk import Desk
from engineroom.domain.routing.events import Admit, Event
from engineroom.domain.routing.reasons import Why, because
from engineroom.domain.routing.settling import unload_ms

_ADMITTED = because(Why.ADMIT)


def express(desk: Desk, event: Event, now_ms: int) -> bool:
    """Note and decide an event by itself; false, with nothing changed, where the others have to be looked at too."""
    if not _calm(desk, now_ms):
        return False
    match event:
        case events.Arrived(ask=ask):
            if not _begun(desk, ask.number, ask.model, now_ms, light=ask.light):
                return False
            desk.out.append(Admit(number=ask.number, model=ask.model, reason=_ADMITTED))
            return True
        case events.Gone(number=number):
            return _ended(desk, number, now_ms)
        case events.MemorySeen(seen=seen):
            # Nobody waits for memory, or for anything that would follow from it.
            desk.books.read(seen, now_ms)
            return True
        case _:
            return False


def admitted(desk: Desk, number: int, model: str, now_ms: int, *, light: bool) -> bool:
    """Note a request that has come and is admitted at once; false, with nothing changed, where more is to be looked at.

    The same as its event, without one.
    """
    return _calm(desk, now_ms) and _begun(desk, number, model, now_ms, light=light)


def _calm(desk: Desk, now_ms: int) -> bool:
    """Whether nothing has to be looked at but what comes now."""
    return desk.calm and (desk.due_ms is None or now_ms < desk.due_ms)


def _begun(desk: Desk, number: int, model: str, now_ms: int, *, light: bool) -> bool:
    record = desk.records.get(model)
    if record is None or not record.ready:
        return False
    slots = record.facts.slots
    if len(record.active) >= slots and record.slots_used >= slots:
        return False
    # Where nobody waits, to come and be taken at once leaves no trace in the order of those who wait.
    desk.count(record, number, now_ms)
    record.begin(number, now_ms, light=light)
    return True


def _ended(desk: Desk, number: int, now_ms: int) -> bool:
    record = desk.where.get(number)
    if record is None or number not in record.active or record.leaving or record.ttl_ms == 0:
        return False
    del desk.where[number]
    record.end(number, now_ms)
    until_ms = unload_ms(desk, record)
    if until_ms is not None:
        desk.due_ms = until_ms if desk.due_ms is None else min(desk.due_ms, until_ms)
    return True
