"""A router over hands that write down what they were told to do."""

from typing import Any

from engineroom.domain.engine import EngineState, EngineView
from engineroom.domain.routing.values import HOST, Claim, EngineFacts, Need, NeedOrigin, Placement, Reading, Seen
from engineroom.domain.routing.views import RoutingView
from engineroom.services.ports import Upstream
from engineroom.services.routing.router import Asker, Router, RouterWorld, Visit
from fakes.hand_clock import HandClock

GIB = 2**30


def need(size: int) -> Need:
    claim = Claim(place=HOST, expected_bytes=size * GIB, low_bytes=size * GIB)
    return Need(placements=(Placement(claims=(claim,)),), origin=NeedOrigin.PLAN)


class Stage:
    """A router, and hands that write down what they were told to do. 20 GiB are free, and ``one`` and ``two`` known."""

    def __init__(self, **world: Any) -> None:
        self.clock = HandClock()
        self.done: list[tuple[Any, ...]] = []
        self.visits: list[Visit] = []
        self.seen = 0
        self.lines: list[str] = []
        self.shown: list[RoutingView] = []
        self.is_watched = False
        self.free = 20
        self.router = Router(
            RouterWorld(
                clock=self.clock, memory=self._memory, publish=self.shown.append, watched=lambda: self.is_watched,
                log=lambda model, line: self.lines.append(f"{model} {line}"), **world,
            ),
            self,
        )  # fmt: skip
        for model in ("one", "two"):
            self.router.know(EngineFacts(model=model, slots=1, ttl_ms=60_000))

    # -- as hands

    def load(self, model: str, places: tuple[str, ...], *, by_user: bool) -> None:
        self.done.append(("load", model, places, by_user))

    def evict(self, model: str) -> None:
        self.done.append(("evict", model))

    def upstream_now(self, model: str) -> Upstream:
        return f"to {model}"  # type: ignore[return-value]

    def plan(self, model: str) -> None:
        self.done.append(("plan", model))

    def _memory(self) -> Seen:
        self.seen += 1
        return Seen(readings={HOST: Reading(free_bytes=self.free * GIB)})

    # -- as a test

    def planned(self, **sizes: int) -> None:
        for model, size in sizes.items():
            self.router.planned(model, need(size))

    def state(self, model: str, state: EngineState, **view: Any) -> None:
        given = {"can_start": state in {EngineState.STOPPED, EngineState.FAILED}, "can_stop": False, **view}
        self.router.changed(view_of(model, state, **given))

    def up(self, model: str) -> None:
        self.router.start(model)
        self.state(model, EngineState.STARTING)
        self.state(model, EngineState.READY)
        self.router.see_memory()

    def visit(self, model: str = "one", asker: Asker | None = None, **more: bool) -> Visit:
        self.visits.append(self.router.visit(model, asker or Asker(), **{"light": False, **more}))
        return self.visits[-1]

    def close(self) -> None:
        self.router.close()
        for visit in self.visits:
            visit.end()

    def route(self, model: str = "one") -> Any:
        return self.router.route(model)


def view_of(model: str, state: EngineState, **given: Any) -> EngineView:
    nothing = dict.fromkeys(
        ("runtime_version", "device", "load_s", "expected_load_s", "context_tokens", "context_limit", "slots",
         "threads", "memory_bytes", "pid", "problem")
    )  # fmt: skip
    rest = {"id": model, "model_id": model, "runtime": "llama.cpp", "state": state, "since_s": 0.0, "stages": (),
            "restarts": 0, "last_lines": ()}  # fmt: skip
    return EngineView(**{**nothing, **rest, **given})
