"""What the scheduler works on: the records, the books of memory, and what it has decided so far."""

from engineroom.domain.errors import FactValue, Problem
from engineroom.domain.routing.events import Decision, Refuse
from engineroom.domain.routing.memory import Books
from engineroom.domain.routing.reasons import Reason, Why, because
from engineroom.domain.routing.record import Record
from engineroom.domain.routing.values import Ask, Rules
from engineroom.domain.routing.waiting import Waiter

LEAST_RETRY_S, MOST_RETRY_S = 1, 3600


class Desk:
    """The state of the scheduler. ``where`` has the record of every request that waits or is being answered.

    ``calm`` is whether nobody waits, for an answer or for an engine; ``due_ms`` when something may have to be decided
    although nothing happens until then (``None``: never).
    """

    def __init__(self, rules: Rules, began_ms: int) -> None:
        self.rules = rules
        self.books = Books(rules, began_ms)
        self.records: dict[str, Record] = self.books.records
        self.where: dict[int, Record] = {}
        self.told: dict[int, tuple[str, FactValue]] = {}
        self.came = 0
        self.calm = False
        self.due_ms: int | None = None
        self.out: list[Decision] = []

    def take_in(self, record: Record, ask: Ask, now_ms: int) -> Waiter:
        """A request waits for its engine."""
        self.count(record, ask.number, now_ms)
        return record.waiting.add(ask, now_ms=now_ms, order=self.came)

    def count(self, record: Record, number: int, now_ms: int) -> None:
        """A request has come."""
        self.came += 1
        self.where[number] = record
        record.uses.asked(now_ms)

    def refuse(self, number: int, record: Record, reason: Reason, problem: Problem | None = None) -> None:
        """Turn one request away."""
        record.waiting.drop(number)
        self.where.pop(number, None)
        self.told.pop(number, None)
        record.reason = reason
        self.out.append(Refuse(number=number, model=record.model, reason=reason, problem=problem))

    def refuse_wish(self, record: Record, reason: Reason, problem: Problem | None = None) -> None:
        """Somebody's own wish cannot be fulfilled."""
        record.wanted_ms, record.reason = None, reason
        self.out.append(Refuse(number=None, model=record.model, reason=reason, problem=problem))

    def refuse_all(self, record: Record, reason: Reason, problem: Problem | None = None) -> None:
        """Turn everybody away who waits for an engine."""
        for waiter in record.waiting:
            self.refuse(waiter.ask.number, record, reason, problem)
        if record.wanted_ms is not None:
            self.refuse_wish(record, reason, problem)
        record.waits_for = None

    def too_late(self, record: Record, since_ms: int, until_ms: int, now_ms: int) -> Reason | None:
        """Why one who waits since then, and until then at most, is turned away, if it is time."""
        if now_ms < until_ms:
            return None
        wait_s = retry_s(record.expected_wait_ms(now_ms))
        return because(Why.WAIT_TOO_LONG, waited_s=(now_ms - since_ms) // 1000, retry_after_s=wait_s)


def retry_s(wait_ms: int) -> int:
    """When to ask again, for one who would have to wait so long."""
    return max(LEAST_RETRY_S, min(MOST_RETRY_S, seconds(wait_ms)))


def seconds(span_ms: int) -> int:
    """Whole seconds, the begun one too."""
    return -(-span_ms // 1000)
