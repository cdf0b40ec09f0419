"""What others do, to compare with: the engine that was used longest ago goes at once (LRU), or after a while (TTL)."""

from collections.abc import Mapping, Sequence

from domain.routing.kit import Model
from engineroom.domain.engine import EngineState
from engineroom.domain.routing import events
from engineroom.domain.routing.events import Admit, Decision, Event, Evict, Load
from engineroom.domain.routing.reasons import Why, because
from engineroom.domain.routing.values import Ask


class Lru:
    """Requests are taken in the order they came; one whose model is not loaded has the least recently used idle go.

    Args:
        models: all of them.
        memory: what they share, by place.
        ttl_ms: engines also go after being idle for so long.
        overtaken_ms: so long requests for what is loaded may pass by one that waits for a load; ``None``: for ever.
        stays_loads: an engine stays for so many times what its load took.
    """

    def __init__(
        self,
        models: Sequence[Model],
        *,
        memory: Mapping[str, int],
        ttl_ms: int | None = None,
        overtaken_ms: int | None = 0,
        stays_loads: float = 0,
    ) -> None:
        self._overtaken_ms = overtaken_ms
        self._stays_loads = stays_loads
        self._models = {model.name: model for model in models}
        self._memory = memory
        self._ttl_ms = ttl_ms
        self._states = dict.fromkeys(self._models, EngineState.STOPPED)
        self._places: dict[str, str] = {}
        self._used: dict[str, int] = dict.fromkeys(self._models, 0)
        self._ready: dict[str, int] = dict.fromkeys(self._models, 0)
        self._active: dict[str, set[int]] = {name: set() for name in self._models}
        self._queue: dict[int, tuple[Ask, int]] = {}

    def handle(self, event: Event, now_ms: int) -> list[Decision]:
        """What an event leads to."""
        match event:
            case events.Arrived(ask=ask):
                self._queue[ask.number] = (ask, now_ms)
            case events.Gone(number=number):
                for name, active in self._active.items():
                    if number in active:
                        active.remove(number)
                        self._used[name] = now_ms
            case events.Changed(model=model, state=state):
                self._states[model] = state
                self._used[model] = now_ms
                if state is EngineState.READY:
                    self._ready[model] = now_ms
        return [*self._serve(now_ms), *self._expire(now_ms)]

    def next_ms(self, now_ms: int) -> int | None:
        """When an idle one goes."""
        idle = [name for name in self._models if self._idle(name)]
        ends = [self._used[name] + self._ttl_ms for name in idle if self._ttl_ms is not None]
        ends += [end for name in idle if self._queue and (end := self._stays_until(name)) > now_ms]
        return max(now_ms + 1, min(ends)) if ends else None

    def _serve(self, now_ms: int) -> list[Decision]:
        out: list[Decision] = []
        admitted: list[Ask] = []
        blocked = False
        for ask, since_ms in self._queue.values():
            state = self._states[ask.model]
            if state is EngineState.READY and len(self._active[ask.model]) < self._models[ask.model].slots:
                admitted.append(ask)
                self._active[ask.model].add(ask.number)
                self._used[ask.model] = now_ms
                out.append(Admit(number=ask.number, model=ask.model, reason=because(Why.ADMIT)))
            elif state is EngineState.STOPPED and not blocked:
                blocked = True
                out += self._make(ask.model, now_ms)
            patient = self._overtaken_ms is None or now_ms - since_ms < self._overtaken_ms
            if self._states[ask.model] is not EngineState.READY and not patient:
                break
        for ask in admitted:
            del self._queue[ask.number]
        return out

    def _make(self, model: str, now_ms: int) -> list[Decision]:
        size, places = self._models[model].size, self._models[model].places
        place = max(places, key=lambda place: self._memory[place] - self._held(place))
        if self._held(place) + size <= self._memory[place]:
            self._states[model], self._places[model] = EngineState.STARTING, place
            return [Load(model=model, places=(place,), by_user=False, reason=because(Why.LOAD_SIZE_UNKNOWN))]
        if any(state is EngineState.STOPPING for state in self._states.values()):
            return []
        idle = [name for name in self._models if self._idle(name) and now_ms >= self._stays_until(name)]
        if len(places) > 1:
            idle = self._where_enough(idle, places, size)
        oldest = sorted(idle, key=lambda name: self._used[name])
        return [self._go(oldest[0])] if oldest else []

    def _where_enough(self, idle: list[str], places: tuple[str, ...], size: int) -> list[str]:
        """Those of the card where the least recently used ones would do."""
        enough = {
            place: [name for name in idle if self._places[name] == place]
            for place in places
            if self._held(place) - sum(self._models[name].size for name in idle if self._places[name] == place) + size
            <= self._memory[place]
        }
        return min(enough.values(), key=lambda names: min(self._used[name] for name in names), default=[])

    def _expire(self, now_ms: int) -> list[Decision]:
        if self._ttl_ms is None:
            return []
        late = [name for name in self._models if self._idle(name) and now_ms >= self._used[name] + self._ttl_ms]
        return [self._go(name) for name in late]

    def _go(self, name: str) -> Decision:
        self._states[name] = EngineState.STOPPING
        return Evict(model=name, reason=because(Why.STOP_BY_USER))

    def _held(self, place: str) -> int:
        up = [name for name, state in self._states.items() if state is not EngineState.STOPPED]
        return sum(self._models[name].size for name in up if self._places[name] == place)

    def _idle(self, name: str) -> bool:
        return self._states[name] is EngineState.READY and not self._active[name]

    def _stays_until(self, name: str) -> int:
        return self._ready[name] + int(self._stays_loads * self._models[name].load_ms)
