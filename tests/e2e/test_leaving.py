"""A client that leaves in the middle of an answer: the engine is told, on every surface."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from e2e.scripted import MODEL, script, scripted_room
from engine_room import EngineRoomProcess, until
from engineroom.contract.control import Snapshot

NEVER_ENDING = [{"role": "user", "content": script(*[{"content": "a"}] * 600, pause_s=0.1)}]
SURFACES: dict[str, dict[str, Any]] = {
    "/v1/chat/completions": {"messages": NEVER_ENDING, "stream": True},
    "/v1/responses": {"input": NEVER_ENDING, "stream": True, "store": False},
    "/v1/messages": {"messages": NEVER_ENDING, "stream": True, "max_tokens": 600},
    "/api/chat": {"messages": NEVER_ENDING},
    "/api/generate": {"prompt": NEVER_ENDING[0]["content"]},
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    with scripted_room(tmp_path_factory.mktemp("told")) as room:
        yield room


def left(room: EngineRoomProcess) -> int:
    """How often the engine found its caller gone."""
    return room.cli("logs", "--source", MODEL, "--tail", "500").stdout.count("the caller left")


@pytest.mark.parametrize("route", SURFACES)
def test_the_engine_stops_when_nobody_listens(told: EngineRoomProcess, route: str) -> None:
    before = left(told)
    body = json.dumps({"model": MODEL, **SURFACES[route]}).encode()
    address, kind = told.connection().address, {"content-type": "application/json"}
    with httpx2.stream("POST", f"{address}{route}", content=body, headers=kind, timeout=60) as answer:
        assert answer.status_code == 200
        assert next(answer.iter_bytes())
    until("the engine has noticed", lambda: left(told) > before)
    with told.control() as control:
        until("it counts as cancelled", lambda: _last(control.snapshot()) == (route, "cancelled"))


def _last(snapshot: Snapshot) -> tuple[str, str] | None:
    last = snapshot.traffic.last
    return None if last is None else (last.route, str(last.outcome))
