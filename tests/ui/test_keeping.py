"""How long engines stay, who waits for what, and what was unloaded and turned away, as Serve says it."""

import time
from dataclasses import replace
from typing import Any

import pytest

from engineroom.contract.control import EngineState
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
from engineroom.contract.sentences_of_routing import routing_sentence as in_english
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.text import keeping
from engineroom_ui.text.routing import routing_sentence
from window_kit import OpenWindow, StartFake, Until, connected, state

STARTER = "smollm2-135m-instruct"
SHORT = Reason(code=Why.MEMORY_SHORT, facts={"place": "host", "needs_bytes": 8 << 30, "room_bytes": 2 << 30})


def route(**more: Any) -> RouteView:
    told: dict[str, Any] = {
        "id": STARTER, "state": EngineState.READY, "pinned": False, "ttl_s": 600.0, "loaded_at_s": 0.0,
        "idle_since_s": 0.0, "unload_at_s": 1100.0, "active": 0, "waiting": 0, "waiting_most": 64,
        "waiting_since_s": None, "wanted": True, "making_room_for": None, "places": ("host",), "need_bytes": 1 << 28,
        "need_from": NeedOrigin.FILE, "expected_load_s": None, "reason": None, "waits_for": None,
    }  # fmt: skip
    return RouteView(**{**told, **more})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (route(), "It is unloaded in 1 min 40 s unless it is asked."),
        (route(unload_at_s=None), "It is unloaded 10 min after its last answer."),
        (route(ttl_s=None, unload_at_s=None), "It stays until it is stopped, or another needs its memory."),
        (route(pinned=True), "Pinned: it stays loaded and makes room for no other."),
        (route(making_room_for="big"), "It makes room for Big 70B next."),
        (route(state=EngineState.STARTING), ""),
    ],
)
def test_how_long_it_stays(given: RouteView, said: str) -> None:
    assert keeping.stay(given, 1000.0, {"big": "Big 70B"}.__getitem__) == said


def test_what_requests_wait_for() -> None:
    waits = Reason(code=Why.WAIT_BUSY, facts={"other": "big", "active": 2})
    said = keeping.wait(route(waiting=2, waiting_since_s=988.0, waits_for=waits), 1000.0, {"big": "Big 70B"}.get)
    assert said == "2 of at most 64 requests wait, the first for 12 s. Big 70B is to make room and still answers."
    assert keeping.wait(route(), 1000.0) == ""
    first_time = Reason(code=Why.WAIT_LOAD, facts={"expected_s": None})
    assert routing_sentence(first_time) == "It is loading."
    assert in_english(first_time) == "it is loading"


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_a_sentence_without_holes(why: Why) -> None:
    facts = {name: 120 if name.endswith(("_s", "_bytes")) else "x" for name in WHY_FACTS[why]}
    said = routing_sentence(Reason(code=why, facts={**facts}))
    assert "not reported" not in said
    assert str(why) not in said
    assert "{" not in said
    assert said.endswith(".")


@pytest.fixture
def serving(start_fake: StartFake, open_window: OpenWindow, until: Until) -> Desktop:
    start_fake("--serving")
    desktop = open_window()
    until(connected(desktop))
    until(state(desktop, "Serving"))
    return desktop


def test_an_engine_is_pinned_and_let_go_of(serving: Desktop, until: Until) -> None:
    """The daemon says when it is so; pressed twice it is as before."""
    part = serving.window.home.serve.keeping
    assert part.isVisible()
    assert part.told[0].startswith("It is unloaded in ")
    assert (part.pin.text(), part.pin.accessibleName()) == ("Pin", "Keep SmolLM2 135M Instruct loaded")
    part.pin.click()
    until(lambda: part.told == ["Pinned: it stays loaded and makes room for no other."])
    assert part.pin.text() == "Unpin"
    serving.room.pin_engine(STARTER, pinned=True)
    part.pin.click()
    until(lambda: part.pin.text() == "Pin")
    serving.room.pin_engine("no such engine", pinned=True)
    until(lambda: "no such engine" in serving.window.banner.text)


def test_nothing_is_said_of_an_engine_nobody_asked_for(
    start_fake: StartFake, open_window: OpenWindow, until: Until
) -> None:
    start_fake()
    desktop = open_window()
    until(connected(desktop))
    assert desktop.room.route_of(STARTER) is not None
    assert desktop.window.home.serve.isVisible()
    assert not desktop.window.home.serve.keeping.isVisible()
    assert not desktop.window.home.keeping.decisions.isVisible()


def decisions(desktop: Desktop, *told: tuple[Decided, Reason]) -> None:
    """As if the daemon had just told of them, the newest first."""
    made = tuple(
        DecisionView(at_s=time.time() - at, what=what, model=STARTER, reason=reason)
        for at, (what, reason) in enumerate(told)
    )
    desktop.room.routing = RoutingView(routes=(), decisions=made, places=())
    desktop.room.routing_changed.emit()


def test_what_was_unloaded_and_turned_away_is_listed(serving: Desktop) -> None:
    """What was asked for by hand is not news; a refusal of an engine that runs passes by itself."""
    page, ended = serving.window.home, Reason(code=Why.EVICT_TTL, facts={"idle_s": 612, "ttl_s": 600})
    by_hand = Reason(code=Why.STOP_BY_USER, facts={})
    decisions(serving, (Decided.EVICT, by_hand))
    assert not page.keeping.decisions.isVisible()
    decisions(serving, (Decided.REFUSE, SHORT), (Decided.EVICT, ended), (Decided.EVICT, by_hand))
    assert page.keeping.decisions.isVisible()
    assert page.keeping.decisions.told == [
        "SmolLM2 135M Instruct: Turned away: it needs 8.0 GiB, and at most 2.0 GiB could be free.",
        "SmolLM2 135M Instruct: Unloaded after 10 min without a request.",
    ]
    assert serving.window.banner.text == ""


def test_a_model_without_room_needs_attention(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Until it was read, or the model was loaded after all."""
    start_fake()
    desktop = open_window()
    until(connected(desktop))
    full = Reason(code=Why.QUEUE_FULL, facts={"waiting": 64, "retry_after_s": 5})
    decisions(desktop, (Decided.REFUSE, full))
    assert desktop.window.banner.text == ""
    decisions(desktop, (Decided.REFUSE, SHORT))
    assert "at most 2.0 GiB could be free" in desktop.window.banner.text
    desktop.window.show_page(Place.MONITOR)
    desktop.window.banner.button.click()
    assert desktop.window.home.isVisible()
    desktop.room.engines[STARTER] = replace(desktop.room.engines[STARTER], can_stop=True)
    desktop.room.engine_changed.emit(STARTER)
    assert desktop.window.banner.text == ""
