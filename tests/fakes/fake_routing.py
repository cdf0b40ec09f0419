"""The scheduler of the fake daemon: engines stay for ten minutes unless they are pinned; nothing is ever evicted."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from engineroom.contract.control import EngineState, EngineView
from engineroom.contract.routing import (
    WHY_FACTS,
    Decided,
    DecisionView,
    NeedOrigin,
    Reason,
    RouteView,
    RoutingView,
    Why,
)

TTL_S = 600.0


class FakeRouting:
    def __init__(self, ranking_fails: int, turned_away: str | None) -> None:
        self.turned_away = turned_away
        self.ranking_fails = ranking_fails
        self.began_s = time.time()
        self.engines: dict[str, EngineView] = {}
        self.pinned: set[str] = set()

    def view(self) -> RoutingView:
        return RoutingView(routes=tuple(map(self.route, self.engines)), decisions=self.decisions(), places=())

    def decisions(self) -> tuple[DecisionView, ...]:
        """One, about a model that nobody has."""
        if self.turned_away is None:
            return ()
        facts = {"needs_bytes": 8 << 30, "room_bytes": 1 << 30, "pinned": next(iter(self.engines))}
        known = {name: facts[name] for name in WHY_FACTS[Why(self.turned_away)] if name in facts}
        reason = Reason(code=self.turned_away, facts=known)
        return (DecisionView(at_s=self.began_s, model="another", what=Decided.REFUSE, reason=reason),)

    def answer(self, path: str, note: Callable[[str, str], None]) -> Any:
        """The answer, or ``(status, code, facts)`` for a refusal; ``None`` for a path of somebody else."""
        if path == "/control/plan/catalogue":
            note("daemon", "ranks")
            self.ranking_fails -= 1
            return None if self.ranking_fails < 0 else (503, "internal_error", {"request_id": "req-9"})
        if path == "/control/orphans":
            return []
        if path.startswith("/control/engines/") and path.endswith(("/pin", "/unpin")):
            return self.pin(unquote(path.split("/")[3]), path.split("/")[4])
        return None

    def pin(self, engine_id: str, verb: str) -> Any:
        if engine_id not in self.engines:
            return 404, "model_not_found", {"model": engine_id, "known": ", ".join(self.engines)}
        (self.pinned.add if verb == "pin" else self.pinned.discard)(engine_id)
        return self.route(engine_id)

    def route(self, engine_id: str) -> RouteView:
        engine, pinned = self.engines[engine_id], engine_id in self.pinned
        up = engine.state is EngineState.READY
        return RouteView(
            id=engine_id, state=engine.state, pinned=pinned, ttl_s=TTL_S, loaded_at_s=engine.since_s if up else None,
            idle_since_s=engine.since_s if up else None,
            unload_at_s=time.time() + TTL_S if up and not pinned else None,
            active=0, waiting=0, waiting_most=64, waiting_since_s=None, wanted=up, making_room_for=None,
            places=("host",) if up else (), need_bytes=180 << 20, need_from=NeedOrigin.FILE, expected_load_s=None,
            reason=None, waits_for=None,
        )  # fmt: skip
