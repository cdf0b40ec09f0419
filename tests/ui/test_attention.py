"""The line under the header: silent when all is well, the worst first, read once."""

import signal
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QWidget

from engineroom.contract.control import EngineState, NvmlState, ProblemView
from engineroom.contract.routing import Why
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.shell.window import MINIMUM
from window_kit import OpenWindow, StartFake, Until, connected, state

NOTICES = {
    "disk full": (
        ProblemView(code="state_unwritable", facts={"path": "/state", "reason": "No space left"}),
        "No space",
    ),
    "log": (ProblemView(code="log_unwritable", facts={"path": "/log", "reason": "No space left"}), "/log"),
    "capture": (ProblemView(code="capture_on", facts={"path": "/c.txt", "ends": "12:00"}), "being written to /c.txt"),
    "card": (ProblemView(code="gpu_lost", facts={"name": "RTX 4090"}), "RTX 4090 does not answer"),
}


@pytest.fixture
def desktop(start_fake: StartFake, open_window: OpenWindow, until: Until) -> Desktop:
    start_fake("--gpus", "1")
    desktop = open_window()
    until(connected(desktop))
    return desktop


@pytest.mark.parametrize("kind", NOTICES)
def test_what_the_daemon_notes_is_said(desktop: Desktop, kind: str) -> None:
    """As long as it is so."""
    banner = desktop.window.banner
    assert banner.text == ""
    notice, words = NOTICES[kind]
    desktop.room.notices = (notice,)
    desktop.room.notices_changed.emit()
    assert words in banner.text
    desktop.room.notices = ()
    desktop.room.notices_changed.emit()
    assert banner.text == ""


@pytest.mark.parametrize("living", [1, 0])
def test_what_still_holds_memory_may_be_ended_if_it_lives(
    start_fake: StartFake, open_window: OpenWindow, until: Until, living: int
) -> None:
    start_fake("--gpus", "1", "--desk")
    desktop = open_window()
    until(connected(desktop))
    facts = {"engine": "e", "name": "RTX 4090", "holders": "python3 (pid 7, 3.0 GiB)", "living": living}
    desktop.room.notices = (ProblemView(code="gpu_memory_held", facts=facts),)
    desktop.room.notices_changed.emit()
    banner = desktop.window.banner
    assert ("still held by python3 (pid 7, 3.0 GiB)" in banner.text, banner.button.isHidden()) == (True, not living)
    ended = []
    desktop.window.attention.survivors.ended.connect(ended.append)
    if living:
        banner.button.click()
        until(lambda: bool(ended))
        assert [one.pid for one in ended] == [7], "what carries another mark is left alone"


def test_one_after_the_other(desktop: Desktop) -> None:
    """What was read makes room for the next, and does not come back."""
    banner = desktop.window.banner
    desktop.room.notices = (NOTICES["log"][0], NOTICES["capture"][0])
    desktop.room.notices_changed.emit()
    assert "/log" in banner.text
    banner.dismissed.emit()
    assert "/c.txt" in banner.text
    banner.dismissed.emit()
    assert banner.text == ""
    desktop.room.notices_changed.emit()
    assert banner.text == ""


@pytest.mark.parametrize("nvml", list(NvmlState))
def test_driver_trouble_is_said_and_no_driver_is_none(desktop: Desktop, nvml: NvmlState) -> None:
    """A computer without a card, or with one that sleeps, is as it should be."""
    assert desktop.room.machine is not None
    desktop.room.machine = replace(desktop.room.machine, nvml=nvml)
    desktop.room.machine_changed.emit()
    calm = {NvmlState.OK, NvmlState.STARTING, NvmlState.ASLEEP, NvmlState.NO_DEVICE, NvmlState.LIBRARY_MISSING}
    assert (desktop.window.banner.text == "") is (nvml in calm)


def test_a_failed_engine_comes_before_all(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """From any page one button leads to it; once it runs, all is well."""
    start_fake("--fail", "gguf_truncated")
    desktop = open_window()
    until(connected(desktop))
    desktop.room.notices = (NOTICES["capture"][0],)
    desktop.window.home.press_serve()
    until(state(desktop, "Failed"))
    desktop.window.show_page(Place.MONITOR)
    banner = desktop.window.banner
    assert banner.text.startswith("SmolLM2 135M Instruct: ")
    assert "cut short" in banner.text
    assert banner.button.text() == "Show it"
    banner.button.click()
    assert desktop.window.sidebar.current is Place.SERVE
    banner.dismissed.emit()
    assert "being written" in banner.text


def _away(desktop: Desktop, place: Place) -> None:
    """A small window on a page, with nothing in sight of what the line is about."""
    window = desktop.window
    window.resize(MINIMUM)
    window.show_page(place)
    window.centralWidget().setFocus()
    bar = window.home.findChild(QScrollArea).verticalScrollBar()  # type: ignore[union-attr]
    bar.setValue(bar.maximum() if bar.value() == 0 else 0)


def _in_sight(desktop: Desktop, part: QWidget) -> bool:
    """Its upper edge, and the keyboard's ring around it."""
    area = desktop.window.home.findChild(QScrollArea)
    assert area is not None
    top = part.mapTo(area.viewport(), QPoint(0, 0)).y()
    return 0 <= top < area.viewport().height() and desktop.window.focusWidget() is part


@pytest.mark.parametrize("place", [Place.SERVE, Place.MONITOR])
def test_show_it_leads_to_the_card_itself(
    start_fake: StartFake, open_window: OpenWindow, until: Until, place: Place
) -> None:
    """Also from the page it is on, where a page that only came up would look as before; nothing is begun by it."""
    start_fake("--fail", "gguf_truncated", "--gpus", "4", "--models", "4")
    desktop = open_window()
    until(connected(desktop))
    desktop.room.start_engine(desktop.room.models[0].id)
    until(state(desktop, "Failed"))
    _away(desktop, place)
    card = desktop.window.home.serve
    plain = card.grab(card.rect()).toImage()
    desktop.window.activateWindow()
    until(desktop.window.isActiveWindow)
    desktop.window.banner.button.click()
    until(lambda: _in_sight(desktop, card))
    assert desktop.window.sidebar.current is Place.SERVE
    until(lambda: card.grab(card.rect()).toImage() != plain)
    assert desktop.window.home.engine is not None
    assert desktop.window.home.engine.state is EngineState.FAILED
    assert "cut short" in card.accessibleDescription()


@pytest.mark.parametrize("why", [Why.MEMORY_PINNED, Why.MEMORY_SHORT])
def test_show_it_leads_to_what_leaves_no_room(
    start_fake: StartFake, open_window: OpenWindow, until: Until, why: Why
) -> None:
    """The card of what is pinned, where somebody can let go of it; else the list of what was turned away."""
    start_fake("--serving", "--gpus", "4", "--models", "4", "--turned-away", why)
    desktop = open_window()
    until(connected(desktop))
    room, home = desktop.room, desktop.window.home
    (engine,) = (one for one in room.engines.values() if one.state is EngineState.READY)
    banner = desktop.window.banner
    assert banner.text.startswith("another: Turned away")
    assert (room.model_name(engine.model_id) in banner.text) is (why is Why.MEMORY_PINNED)
    _away(desktop, Place.SERVE)
    banner.button.click()
    part = home.cards[engine.model_id] if why is Why.MEMORY_PINNED else home.keeping.decisions
    until(lambda: _in_sight(desktop, part))


def test_a_second_try_is_seen_to_be_made(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Where the connection is lost and what runs now does not answer, the button says at once that it asks."""
    first = start_fake()
    desktop = open_window()
    until(connected(desktop))
    second = start_fake()
    second.send_signal(signal.SIGSTOP)
    first.kill()
    banner = desktop.window.banner
    until(lambda: banner.text.startswith("Connection to the engine room lost"))
    banner.button.click()
    assert banner.text == "Connecting to the engine room …"
    second.send_signal(signal.SIGCONT)
    until(connected(desktop))


def test_nothing_left_to_end_is_said(desktop: Desktop, until: Until) -> None:
    """Where what held the memory ended by itself, the button still answers."""
    facts = {"engine": "e", "name": "RTX 4090", "holders": "python3 (pid 7, 3.0 GiB)", "living": 1}
    desktop.room.notices = (ProblemView(code="gpu_memory_held", facts=facts),)
    desktop.room.notices_changed.emit()
    desktop.window.banner.button.click()
    until(lambda: "left to end" in desktop.window.banner.text)
