"""What each event changes, before anything is decided."""

from dataclasses import replace

from engineroom.domain.engine import EngineState
from engineroom.domain.errors import Problem
from engineroom.domain.routing import events
from engineroom.domain.routing.desk import Desk, retry_s
from engineroom.domain.routing.events import Event
from engineroom.domain.routing.reasons import Why, because
from engineroom.domain.routing.record import Record
from engineroom.domain.routing.values import Ask, EngineFacts

_ENDED = {EngineState.STOPPED, EngineState.FAILED}


def note(desk: Desk, event: Event, now_ms: int) -> None:
    """Write an event down. One about a model that nobody knows changes nothing."""
    match event:
        case events.Known(facts=facts):
            _know(desk, facts)
        case events.Arrived(ask=ask) if ask.model in desk.records:
            _arrived(desk, desk.records[ask.model], ask, now_ms)
        case events.Gone(number=number):
            _gone(desk, number, now_ms)
        case events.MemorySeen(seen=seen):
            desk.books.read(seen, now_ms)
        case events.Tick() | events.Arrived():
            pass
        case _ if event.model in desk.records:
            _of_engine(desk, desk.records[event.model], event, now_ms)


def _of_engine(desk: Desk, record: Record, event: Event, now_ms: int) -> None:
    match event:
        case events.Planned(need=need):
            record.need = need
            if need.held_bytes is not None:
                record.most_held_bytes = max(record.most_held_bytes or 0, need.held_bytes)
        case events.Forgotten():
            _forget(desk, record, now_ms)
        case events.Changed():
            _changed(desk, record, event, now_ms)
        case events.LoadRefused(problem=problem) if record.coming:
            _ended(desk, record, now_ms)
            _failed(desk, record, problem)
        case _:
            _wished(desk, record, event, now_ms)


def _wished(desk: Desk, record: Record, event: Event, now_ms: int) -> None:
    match event:
        case events.UserStarts() if record.leaving or not record.holds:
            record.wanted_ms = now_ms
        case events.UserStops():
            _user_stops(desk, record)
        case events.Pinned(pinned=pinned):
            record.facts = replace(record.facts, pinned=pinned)
        case events.Kept() if record.holds:
            record.kept = event


def _forget(desk: Desk, record: Record, now_ms: int) -> None:
    desk.refuse_all(record, because(Why.MODEL_GONE))
    for number in record.active:
        desk.where.pop(number, None)
    if record.holds:
        desk.books.forgotten(record, now_ms)
    desk.records.pop(record.model)


def _know(desk: Desk, facts: EngineFacts) -> None:
    known = desk.records.setdefault(facts.model, Record(facts, desk.rules))
    known.facts = replace(facts, load_ms=facts.load_ms if known.facts.load_ms is None else known.facts.load_ms)


def _arrived(desk: Desk, record: Record, ask: Ask, now_ms: int) -> None:
    most = desk.rules.queue_most if ask.asker is None else -(-3 * desk.rules.queue_most // 4)
    at_once = record.ready and record.room_rank is None and (ask.light or record.slots_used < record.facts.slots)
    if not desk.rules.on_demand and not record.holds and record.wanted_ms is None:
        desk.refuse(ask.number, record, because(Why.NOT_ON_DEMAND))
    elif not at_once and (len(record.waiting) >= desk.rules.queue_most or record.waiting.of(ask.asker) >= most):
        wait_s = retry_s(record.expected_wait_ms(now_ms))
        desk.refuse(ask.number, record, because(Why.QUEUE_FULL, waiting=len(record.waiting), retry_after_s=wait_s))
    else:
        desk.take_in(record, ask, now_ms)


def _gone(desk: Desk, number: int, now_ms: int) -> None:
    record = desk.where.pop(number, None)
    desk.told.pop(number, None)
    if record is None:
        return
    if number in record.active:
        record.end(number, now_ms)
    else:
        record.waiting.drop(number)


def _changed(desk: Desk, record: Record, event: events.Changed, now_ms: int) -> None:
    """What an engine tells that has not yet heard what it was told is out of date."""
    if record.coming and event.state is EngineState.STOPPED:
        return
    if record.leaving and event.state not in {EngineState.STOPPING, *_ENDED}:
        return
    before = (record.state, record.will_retry)
    record.state, record.will_retry, record.held_bytes = event.state, event.will_retry, event.held_bytes
    if record.state is EngineState.READY and event.held_bytes is not None:
        record.most_held_bytes = max(record.most_held_bytes or 0, event.held_bytes)
    if event.load_ms is not None:
        record.facts = replace(record.facts, load_ms=event.load_ms)
    if (event.state, event.will_retry) != before:
        _entered(desk, record, event, now_ms)


def _entered(desk: Desk, record: Record, event: events.Changed, now_ms: int) -> None:
    match event.state:
        case EngineState.STARTING:
            record.coming, record.loading_since_ms = False, now_ms
        case EngineState.READY:
            record.coming, record.ready_ms, record.wanted_ms, record.shown = False, now_ms, None, {}
            record.failed_ms = None
            record.idle_ms = None if record.active else now_ms
        case EngineState.STOPPING:
            record.leaving = True
        case EngineState.FAILED if event.will_retry:
            record.failed_ms = now_ms if record.failed_ms is None else record.failed_ms
        case EngineState.STOPPED | EngineState.FAILED:
            _ended(desk, record, now_ms)
            if event.state is EngineState.FAILED:
                _failed(desk, record, event.problem)


def _ended(desk: Desk, record: Record, now_ms: int) -> None:
    desk.books.stopped(record, now_ms)
    record.coming = record.leaving = False
    record.ready_ms = record.idle_ms = record.failed_ms = record.loading_since_ms = record.kept = None


def _failed(desk: Desk, record: Record, problem: Problem | None) -> None:
    cause = "unknown" if problem is None else problem.code
    desk.refuse_all(record, because(Why.ENGINE_FAILED, cause=cause), problem)


def _user_stops(desk: Desk, record: Record) -> None:
    reason = because(Why.STOP_BY_USER)
    desk.refuse_all(record, reason)
    record.leaving = record.leaving or record.state in {EngineState.STARTING, EngineState.READY}
    record.coming, record.reason = False, reason
