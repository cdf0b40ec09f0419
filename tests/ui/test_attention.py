"""The line under the header: silent when all is well, the worst first, read once."""

from dataclasses import replace

import pytest

from engineroom.contract.control import NvmlState, ProblemView
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
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
