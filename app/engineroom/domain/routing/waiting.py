"""The requests that wait for one engine: in order of priority, then fairly between those who ask, then as they came."""

from collections.abc import Iterator
from dataclasses import dataclass

from engineroom.domain.routing.values import Ask


@dataclass(frozen=True, slots=True)
class Waiter:
    """One of them. ``round_`` is its turn among those of all askers: everybody's first one comes before any second."""

    ask: Ask
    since_ms: int
    order: int
    round_: int


class Waiting:
    """A queue with turns.

    Args:
        age_ms: a waiter counts one priority higher after each of these.
    """

    def __init__(self, age_ms: int) -> None:
        self._age_ms = age_ms
        self._waiters: list[Waiter] = []
        self._round = 0
        self._last_round: dict[str | None, int] = {}

    def __len__(self) -> int:
        return len(self._waiters)

    def __iter__(self) -> Iterator[Waiter]:
        return iter(tuple(self._waiters))

    def of(self, asker: str | None) -> int:
        """How many of them one asker has."""
        return sum(waiter.ask.asker == asker for waiter in self._waiters)

    def add(self, ask: Ask, *, now_ms: int, order: int) -> Waiter:
        """One more."""
        round_ = max(self._round, self._last_round.get(ask.asker, -1) + 1)
        self._last_round[ask.asker] = round_
        waiter = Waiter(ask, now_ms, order, round_)
        self._waiters.append(waiter)
        return waiter

    def rank(self, waiter: Waiter, now_ms: int) -> tuple[int, int, int]:
        """Its place in the order; the least is first."""
        priority = waiter.ask.priority + (now_ms - waiter.since_ms) // self._age_ms
        return (-priority, waiter.round_, waiter.order)

    def take(self, waiter: Waiter) -> None:
        """It is admitted."""
        self._waiters.remove(waiter)
        self._round = max(self._round, waiter.round_)
        if not self._waiters:
            self._last_round.clear()

    def drop(self, number: int) -> Waiter | None:
        """It is no longer there, and its turn is the next one's again; ``None`` if it never was."""
        for waiter in self._waiters:
            if waiter.ask.number == number:
                self._waiters.remove(waiter)
                if self._last_round.get(waiter.ask.asker) == waiter.round_:
                    self._last_round[waiter.ask.asker] = waiter.round_ - 1
                return waiter
        return None
