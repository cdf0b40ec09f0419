"""A scheduler driven by hand, one event at a time."""

from collections.abc import Sequence

from domain.routing.kit import GIB, SECOND, need_of
from engineroom.domain.engine import EngineState
from engineroom.domain.routing import events
from engineroom.domain.routing.events import Decision, Load
from engineroom.domain.routing.scheduler import Scheduler
from engineroom.domain.routing.values import HOST, Ask, EngineFacts, Need, Reading, Rules, Seen

RULES = Rules(queue_most=4, wait_most_ms=60 * SECOND, residency_ms=10 * SECOND)
A, B = "GPU-a", "GPU-b"


class Desk:
    """A scheduler, and a clock that is turned by hand."""

    def __init__(self, rules: Rules = RULES, **free: int) -> None:
        self.scheduler = Scheduler(rules, 0)
        self.now = 0
        self.number = 0
        self.see({HOST: 20 * GIB} if not free else {place.replace("_", "-"): size for place, size in free.items()})

    def see(self, free: dict[str, int], *, limit: int | None = None) -> list[Decision]:
        readings = {place: Reading(free_bytes=size, limit_bytes=limit) for place, size in free.items()}
        return self.tell(events.MemorySeen(Seen(readings=readings)))

    def tell(self, event: events.Event) -> list[Decision]:
        return list(self.scheduler.handle(event, self.now))

    def model(self, name: str, size: int | Need = 8 * GIB, **facts: object) -> None:
        known = {"slots": 2, "load_ms": 4 * SECOND} | facts
        self.tell(events.Known(EngineFacts(model=name, **known)))  # type: ignore[arg-type]
        self.tell(events.Planned(name, need_of(size) if isinstance(size, int) else size))

    def ask(self, model: str, **ask: object) -> list[Decision]:
        self.number += 1
        return self.tell(events.Arrived(Ask(number=self.number, model=model, **ask)))  # type: ignore[arg-type]

    def state(self, model: str, state: EngineState, **changed: object) -> list[Decision]:
        return self.tell(events.Changed(model=model, state=state, **changed))  # type: ignore[arg-type]

    def later(self, ms: int) -> list[Decision]:
        self.now += ms
        return self.tell(events.Tick())

    def up(self, model: str, *, free: int = 12 * GIB) -> list[Decision]:
        """Loaded by hand, and memory read after it."""
        out = self.tell(events.UserStarts(model))
        assert [type(one) for one in out if isinstance(one, Load)] == [Load]
        self.state(model, EngineState.STARTING)
        self.state(model, EngineState.READY)
        return self.see({HOST: free})


def codes(decisions: Sequence[Decision]) -> list[str]:
    return [decision.reason.code for decision in decisions]
