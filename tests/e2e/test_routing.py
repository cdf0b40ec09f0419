"""Several models, and memory that holds only one at a time: swaps, pins, queues and idleness, over the real daemon."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from e2e.crowded_room import ask, crowded_room
from e2e.scripted import MODEL, script, scripted_room
from engine_room import EngineRoomProcess, json_of, until
from engineroom.contract.control import EngineState
from engineroom.contract.routing import Decided, RouteView, RoutingView, Why


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    with crowded_room(tmp_path_factory.mktemp("routing")) as room:
        yield room


def routing(room: EngineRoomProcess) -> RoutingView:
    with room.control() as control:
        found = control.snapshot().routing
    assert found is not None
    return found


def route(room: EngineRoomProcess, model: str) -> RouteView:
    return next(one for one in routing(room).routes if one.id == model)


def decided(room: EngineRoomProcess, what: Decided, model: str) -> list[dict[str, Any]]:
    """Facts of the reasons, the newest first."""
    found = routing(room).decisions
    return [{"code": one.reason.code, **one.reason.facts} for one in found if (one.what, one.model) == (what, model)]


def test_one_makes_room_for_the_other(room: EngineRoomProcess) -> None:
    """An alias loads its model; the next one has it unloaded, and says so everywhere."""
    with openai.OpenAI(base_url=f"{room.connection().address}/v1", api_key="none", max_retries=0) as client:
        assert client.completions.create(model="gpt-tiny", prompt="a", max_tokens=2).model == "one"
    assert ask(room, "two").status_code == 200
    (evicted,) = decided(room, Decided.EVICT, "one")
    assert (evicted["code"], evicted["other"]) == (Why.EVICT_FOR, "two")
    assert evicted["frees_bytes"] > 0
    assert room.engine("one").state is EngineState.STOPPED
    shown = room.cli("ps").stdout
    assert "unloaded for two" in shown
    assert "loaded for a request" in shown
    assert json_of(room.cli("ps", "--json"))["routes"]


def test_what_is_loaded_is_not_loaded_again(room: EngineRoomProcess) -> None:
    ask(room, "one")
    loads = len(decided(room, Decided.LOAD, "one"))
    assert [ask(room, name).status_code for name in ("one", "gpt-tiny", "one")] == [200, 200, 200]
    assert len(decided(room, Decided.LOAD, "one")) == loads


def test_the_pinned_one_stays_and_the_other_is_refused(room: EngineRoomProcess) -> None:
    """Until it is let go of; by hand the other cannot be started either."""
    starter = "smollm2-135m-instruct"
    ask(room, "two")
    assert room.cli("pin", "two").returncode == 0
    refused = ask(room, starter)
    error = refused.json()["error"]
    assert (refused.status_code, error["code"]) == (503, "memory_pinned")
    assert error["facts"]["pinned"] == "two"
    assert int(refused.headers["retry-after"]) > 0
    assert route(room, "two").pinned
    assert room.engine("two").state is EngineState.READY
    assert "never" in room.cli("ps").stdout
    assert room.cli("start", starter).returncode == 9
    connection = room.connection()
    token = {"authorization": f"Bearer {connection.token}", "content-type": "application/json"}
    no_room = httpx2.post(
        f"{connection.address}/control/engines/{starter}/start", headers=token, content=b"{}", timeout=60
    )
    assert (no_room.status_code, int(no_room.headers["retry-after"]) >= 1) == (503, True)
    assert room.cli("unpin", "two").returncode == 0
    assert ask(room, starter).status_code == 200
    assert room.engine("two").state is EngineState.STOPPED


def test_an_idle_engine_is_unloaded(room: EngineRoomProcess) -> None:
    """After the time that is set for this model alone."""
    assert ask(room, "short").status_code == 200
    until("the engine's end", lambda: room.engine("short").state is EngineState.STOPPED)
    (evicted, *_) = decided(room, Decided.EVICT, "short")
    assert (evicted["code"], evicted["ttl_s"]) == (Why.EVICT_TTL, 2)


def test_a_full_queue_is_429_and_who_leaves_is_no_longer_in_line(tmp_path: Path) -> None:
    """One is answered, two wait, the fourth is told when to come again. The engine says what the test tells it to."""
    config = tmp_path / "room" / "config"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text("[llama_cpp]\nslots = 1\n[routing]\nqueue = 2\n", "utf-8")
    with scripted_room(tmp_path) as room:
        url, slow = f"{room.connection().address}/v1/chat/completions", {"content": "x"}
        message = {"role": "user", "content": script(*[slow] * 600, pause_s=0.1)}
        body = {"model": MODEL, "messages": [message], "stream": True}
        with ExitStack() as clients:
            for counts in ((1, 0), (1, 1), (1, 2)):
                clients.enter_context(httpx2.stream("POST", url, json=body, timeout=60.0))
                until(f"{counts}", lambda counts=counts: counts == in_line(room))
            refused = httpx2.post(url, json=body, timeout=60.0)
            assert (refused.status_code, refused.json()["error"]["code"]) == (429, "queue_full")
            assert int(refused.headers["retry-after"]) >= 1
            assert "all 1 slots are answering" in room.cli("ps").stdout
        until("nobody in line", lambda: in_line(room) == (0, 0))


def in_line(room: EngineRoomProcess) -> tuple[int, int]:
    """How many are answered, and how many wait."""
    found = route(room, MODEL)
    return found.active, found.waiting


def test_changes_are_told_as_they_come(room: EngineRoomProcess) -> None:
    """The event stream carries the routing."""
    ask(room, "two")
    with room.control() as control:
        for name, data in control.events():
            if name == "routing" and isinstance(data, RoutingView):
                assert json.dumps([one.id for one in data.routes])
                break
            if name == "telemetry":
                ask(room, "two")
