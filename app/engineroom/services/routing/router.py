"""The one writer of the scheduler: every request, change of an engine and reading of memory goes through it."""

import asyncio
import itertools
import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from engineroom.domain.engine import EngineView
from engineroom.domain.errors import Broken, Code, EngineroomError
from engineroom.domain.routing import events
from engineroom.domain.routing.events import Admit, Decision, Event, Evict, Load, Refuse
from engineroom.domain.routing.reasons import Reason
from engineroom.domain.routing.scheduler import Scheduler
from engineroom.domain.routing.values import PRIORITY, Ask, EngineFacts, Need, Rules, Seen
from engineroom.domain.routing.views import Decided, DecisionView, RouteView, RoutingView
from engineroom.services.ports import Clock, Upstream
from engineroom.services.routing.refusals import error_of

KEPT = 50
SHOWN_EVERY_S = 0.25


class Hands(Protocol):
    """Does to engines what was decided."""

    def load(self, model: str, places: tuple[str, ...], *, by_user: bool) -> None:
        """Start one. What becomes of it is told to the router."""

    def evict(self, model: str) -> None:
        """Stop one."""

    def upstream_now(self, model: str) -> Upstream:
        """Connections to one that is ready. Raises NotSent if it has just ended."""

    def plan(self, model: str) -> None:
        """Find out what one needs; the router is told with :meth:`Router.planned`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterWorld:
    """What the router needs besides engines.

    ``memory`` reads free memory now.  ``priorities`` are of keys, by their names.  ``publish`` shows the routing to
    those who look, as long as there are any (``watched``).  ``log`` takes a model and a line.  ``keys_keep_s`` is the
    most that a request with a key may have its model stay.
    """

    clock: Clock
    rules: Rules = field(default_factory=Rules)
    memory: Callable[[], Seen] = Seen
    priorities: Mapping[str, int] = field(default_factory=dict)
    publish: Callable[[RoutingView], None] = lambda _: None
    watched: Callable[[], bool] = lambda: False
    log: Callable[[str, str], None] = lambda _model, _line: None
    keys_keep_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: id and name of the key, and its priority; nothing of it without one.

    A priority that the settings give to the name comes before the key's own.
    """

    key_id: str | None = None
    key_name: str | None = None
    priority: int | None = None


NOBODY = Asker()


class Visit:
    """One request's stay, from its arrival until it is over; :meth:`end` must be called, whatever happens.

    ``admitted`` is when it is its turn, ``None`` where that is now.
    """

    def __init__(
        self, router: "Router", number: int, model: str, admitted: "asyncio.Future[None] | None" = None
    ) -> None:
        self._router = router
        self._number = number
        self._model = model
        self._admitted = admitted

    @property
    def decided(self) -> bool:
        """Whether :meth:`upstream` answers at once."""
        return self._admitted is None or self._admitted.done()

    async def upstream(self) -> Upstream:
        """Connections to the engine, once it is this request's turn.

        Raises:
            EngineroomError: the scheduler's reason to refuse, or the engine's for not being ready.
            NotSent: the engine ended in this very moment.
        """
        if self._admitted is not None:
            if not self._admitted.done():
                await asyncio.shield(self._admitted)
            self._admitted.result()
        return self._router.hands.upstream_now(self._model)

    def keep(self, ttl_s: float) -> None:
        """How long the engine stays without a request, until it is next unloaded; infinite: for ever."""
        self._router.tell(events.Kept(self._model, None if math.isinf(ttl_s) else ms(ttl_s)))

    def longer_s(self, wanted_s: float) -> float | None:
        """How long it stays if who has a key wishes it; ``None``: no longer than it does anyway.

        Others may use it too, so a key makes its stay longer, as far as the settings allow, and never shorter.
        """
        return self._router.longer_s(self._model, wanted_s)

    def end(self) -> None:
        """It is over, or its client has left. Safe to call twice."""
        self._router.over(self._number)


class Router:
    """Tells the scheduler, does what it decides, remembers what was decided."""

    def __init__(self, world: RouterWorld, hands: Hands) -> None:
        self.hands = hands
        self._world = world
        self._scheduler = Scheduler(world.rules, self._now_ms())
        self._numbers = itertools.count(1)
        self._open: dict[int, asyncio.Future[None] | None] = {}
        self._decided: deque[DecisionView] = deque(maxlen=KEPT)
        self.turns = 0
        self._alarm: asyncio.TimerHandle | None = None
        self._alarm_ms: int | None = None
        self._showing: asyncio.TimerHandle | None = None
        self._closed = False
        self._no_room: EngineroomError | None = None

    def visit(self, model: str, asker: Asker, *, light: bool, silent: bool = False) -> Visit:
        """A request for a known model (by id) has come; a ``light`` one needs none of its engine's slots.

        The client of a ``silent`` one hears nothing while it waits.
        """
        number = next(self._numbers)
        if not self._closed and self._scheduler.admit(number, model, self._now_ms(), light=light):
            self._open[number] = None
            self._show_soon()
            return Visit(self, number, model)
        self._ask_need(model)
        admitted = self._open[number] = asyncio.get_running_loop().create_future()
        priority = PRIORITY if asker.priority is None else asker.priority
        priority = self._world.priorities.get(asker.key_name or "", priority)
        ask = Ask(number=number, model=model, asker=asker.key_id, priority=priority, light=light, silent=silent)
        self.tell(events.Arrived(ask))
        return Visit(self, number, model, admitted)

    def over(self, number: int) -> None:
        """A request is over."""
        if number not in self._open:
            return
        admitted = self._open.pop(number)
        if admitted is not None:
            if admitted.done() and not admitted.cancelled():
                admitted.exception()  # Heard, so that nobody complains that it was not.
            admitted.cancel()
        self.tell(events.Gone(number))

    def start(self, model: str) -> None:
        """Somebody wishes an engine started. Raises EngineroomError if it is clear at once that there is no room."""
        self._ask_need(model)
        self._no_room = None
        self.tell(events.UserStarts(model))
        if self._no_room is not None:
            raise self._no_room

    def know(self, facts: EngineFacts) -> None:
        """A model can be asked for."""
        if self._scheduler.meet(facts):
            self._show_soon()
        else:
            self.tell(events.Known(facts))

    def planned(self, model: str, need: Need) -> None:
        """What a model needs is known now."""
        self.tell(events.Planned(model, need))

    def changed(self, view: EngineView) -> None:
        """An engine has changed."""
        self.turns += 1
        known = self._scheduler.records.get(view.id)
        ran = known is not None and known.holds
        self.tell(
            events.Changed(
                model=view.id,
                state=view.state,
                will_retry=view.can_start and view.can_stop,
                held_bytes=view.memory_bytes,
                load_ms=ms(view.expected_load_s),
                problem=view.problem,
            )
        )
        if ran and known is not None and not known.holds:
            self.see_memory()
            self.hands.plan(view.id)

    @property
    def wanted(self) -> bool:
        """Whether anybody waits for an engine that is not up yet, while it is found out what it needs, say."""
        records = self._scheduler.records.values()
        return not self._closed and any(record.asked_for or record.coming for record in records)

    def see_memory(self) -> None:
        """Memory is to be read again."""
        self.tell(events.MemorySeen(self._world.memory()))

    def view(self) -> RoutingView:
        """All of it, for clients."""
        routes, places = self._scheduler.show(self._now_ms(), self._world.clock.unix_s())
        return RoutingView(routes=routes, decisions=tuple(reversed(self._decided)), places=places)

    def route(self, model: str) -> RouteView:
        """One engine."""
        return next(route for route in self.view().routes if route.id == model)

    def longer_s(self, model: str, wanted_s: float) -> float | None:
        """See :meth:`Visit.longer_s`."""
        usual_s, granted_s = self.route(model).ttl_s, min(wanted_s, self._world.keys_keep_s)
        return granted_s if usual_s is not None and granted_s > usual_s else None

    def tell(self, event: Event) -> None:
        """Tell the scheduler, and do what it decides."""
        if self._closed:
            return
        now_ms = self._now_ms()
        for decision in self._scheduler.handle(event, now_ms):
            self._do(decision)
        self._arm(now_ms)
        self._show_soon()

    def close(self) -> None:
        """Turn everybody away who still waits, and decide nothing more."""
        self._closed = True
        for handle in (self._alarm, self._showing):
            if handle is not None:
                handle.cancel()
        for admitted in self._open.values():
            if admitted is not None and not admitted.done():
                admitted.set_exception(Broken(Code.SHUTTING_DOWN))

    def _do(self, decision: Decision) -> None:
        match decision:
            case Admit(number=number):
                admitted = self._open[number]
                if admitted is not None and not admitted.done():
                    admitted.set_result(None)
            case Load(model=model, places=places, by_user=by_user, reason=reason):
                self._remember(Decided.LOAD, model, reason)
                self.hands.load(model, places, by_user=by_user)
            case Evict(model=model, reason=reason):
                self._remember(Decided.EVICT, model, reason)
                self.hands.evict(model)
            case Refuse(number=number, model=model, reason=reason):
                self._remember(Decided.REFUSE, model, reason)
                if number is None:
                    self._no_room = error_of(decision)
                elif (refused := self._open[number]) is not None and not refused.done():
                    refused.set_exception(error_of(decision))

    def _ask_need(self, model: str) -> None:
        """Before the first load, what it needs has to be found out, and memory to be read."""
        record = self._scheduler.records[model]
        if record.need is None:
            self.hands.plan(model)
        if not record.holds:
            self.see_memory()

    def _remember(self, what: Decided, model: str, reason: Reason) -> None:
        at_s = self._world.clock.unix_s()
        self.turns += 1
        self._decided.append(DecisionView(at_s=at_s, what=what, model=model, reason=reason))
        facts = " ".join(f"{name}={value}" for name, value in reason.facts.items())
        self._world.log(model, f"{what}: {reason.code} {facts}".rstrip())

    def _arm(self, now_ms: int) -> None:
        next_ms = self._scheduler.next_ms(now_ms)
        if next_ms == self._alarm_ms:
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm, self._alarm_ms = None, next_ms
        if next_ms is not None:
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later((next_ms - now_ms) / 1000, self._tick)

    def _tick(self) -> None:
        self._alarm = self._alarm_ms = None
        self.tell(events.Tick())

    def _show_soon(self) -> None:
        if self._showing is None and self._world.watched():
            self._showing = asyncio.get_running_loop().call_later(SHOWN_EVERY_S, self._show)

    def _show(self) -> None:
        self._showing = None
        self._world.publish(self.view())

    def _now_ms(self) -> int:
        return int(self._world.clock.monotonic_s() * 1000)


def ms(seconds: float | None) -> int | None:
    """Whole milliseconds."""
    return None if seconds is None else round(seconds * 1000)
