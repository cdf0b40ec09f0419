"""The scheduler's state as clients see it."""

from engineroom.domain.routing.desk import Desk
from engineroom.domain.routing.record import Record
from engineroom.domain.routing.settling import unload_ms
from engineroom.domain.routing.values import Reading
from engineroom.domain.routing.views import PlaceView, RouteView


def show(desk: Desk, now_ms: int, now_unix_s: float) -> tuple[tuple[RouteView, ...], tuple[PlaceView, ...]]:
    """Every engine, and every place that was read or where an engine stands."""
    offset_s = now_unix_s - now_ms / 1000
    routes = tuple(_route(desk, record, offset_s) for record in desk.records.values())
    stood_on = {claim.place for record in desk.records.values() for claim in record.claims()}
    places = sorted({*desk.books.readings, *stood_on})
    return routes, tuple(_place(desk, place) for place in places)


def _route(desk: Desk, record: Record, offset_s: float) -> RouteView:
    def unix_s(moment_ms: int | None) -> float | None:
        return None if moment_ms is None else moment_ms / 1000 + offset_s

    facts, placement = record.facts, record.placement
    asked = placement or next(iter(record.placements()), None)
    return RouteView(
        id=record.model,
        state=record.state,
        pinned=facts.pinned,
        ttl_s=None if record.ttl_ms is None else record.ttl_ms / 1000,
        loaded_at_s=unix_s(record.ready_ms),
        idle_since_s=unix_s(record.idle_ms),
        unload_at_s=unix_s(unload_ms(desk, record)),
        active=len(record.active),
        waiting=len(record.waiting),
        waiting_most=desk.rules.queue_most,
        waiting_since_s=unix_s(min((waiter.since_ms for waiter in record.waiting), default=None)),
        wanted=record.wanted_ms is not None,
        making_room_for=record.making_room_for,
        places=placement.places if placement is not None and record.holds else (),
        need_bytes=None if asked is None else asked.expected_bytes,
        need_from=record.need_from,
        expected_load_s=None if facts.load_ms is None else facts.load_ms / 1000,
        reason=record.reason,
        waits_for=record.waits_for,
    )


def _place(desk: Desk, place: str) -> PlaceView:
    reading = desk.books.readings.get(place, Reading(free_bytes=None))
    return PlaceView(
        place=place,
        free_bytes=reading.free_bytes,
        promised_bytes=desk.books.promised(place),
        room_bytes=desk.books.room(place),
        margin_bytes=reading.margin_bytes,
        limit_bytes=reading.limit_bytes,
    )
