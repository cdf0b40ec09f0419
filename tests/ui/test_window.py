"""The window against the fake daemon: a real process, the real contract, the real event loop."""

import signal
import sys

import psutil
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from engineroom.contract.connection import connection_path, read_connection
from engineroom.contract.control import StageStatus
from engineroom_ui.link.session import Phase
from engineroom_ui.pages.connect import ConnectPage
from engineroom_ui.shell.registry import Place
from engineroom_ui.theme.apply import Choice
from window_kit import FAKE_DAEMON, OpenWindow, StartFake, Until, ask, connected, state


def test_from_launch_to_an_answer_and_back(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Serve, watch the stages, ask, read the figures, stop."""
    start_fake()
    desktop = open_window()
    home = desktop.window.home
    until(connected(desktop))
    assert home.serve.state_word == "Stopped"
    assert desktop.window.banner.text == ""
    seen: list[StageStatus] = []
    desktop.room.engine_changed.connect(lambda _id: seen.extend(s.status for s in home.engine.stages))
    home.serve.button.click()
    until(state(desktop, "Serving"))
    assert {StageStatus.ACTIVE, StageStatus.DONE} <= set(seen)
    assert home.serve.address.address.endswith("/v1")
    ask(desktop, "What is the capital of France?")
    chat = desktop.window.chat
    until(lambda: "tok/s" in chat.pane.answers[0].note)
    assert "Paris" in chat.pane.answers[0].text
    assert "30 tokens" in chat.pane.answers[0].note
    until(lambda: desktop.room.traffic is not None and desktop.room.traffic.requests == 1)
    home.serve.button.click()
    until(state(desktop, "Stopped"))
    assert not chat.bar.button.isEnabled()


def test_an_answer_can_be_stopped(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """The connection is closed, what came stays, and the next question works."""
    start_fake("--serving")
    desktop = open_window()
    chat = desktop.window.chat
    until(connected(desktop))
    ask(desktop, "please count")
    until(lambda: "10 " in chat.pane.answers[0].text)
    chat.bar.button.click()
    assert "stopped" in chat.pane.answers[0].note
    until(lambda: desktop.room.traffic.last is not None and desktop.room.traffic.last.outcome == "cancelled")
    ask(desktop, "and France?")
    until(lambda: "tok/s" in chat.pane.answers[1].note)


def test_a_refused_question_is_explained(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """The sentence stands where the answer would."""
    start_fake("--serving")
    desktop = open_window()
    until(connected(desktop))
    ask(desktop, "this is too long")
    chat = desktop.window.chat
    until(lambda: "9,000 tokens" in chat.pane.answers[0].note)
    chat.new()
    assert chat.pane.answers == []


def test_shift_enter_begins_a_new_line(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Only Enter alone sends."""
    start_fake("--serving")
    desktop = open_window()
    until(connected(desktop))
    chat = desktop.window.chat
    QTest.keyClicks(chat.bar.field, "one")
    QTest.keyClick(chat.bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(chat.bar.field, "two")
    assert chat.bar.field.toPlainText() == "one\ntwo"
    assert chat.pane.answers == []


def test_a_failed_engine_shows_its_sentence(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Why, and what to do, under the stages; Serve can be pressed again."""
    start_fake("--fail", "gguf_truncated")
    desktop = open_window()
    until(connected(desktop))
    serve = desktop.window.home.serve
    serve.button.click()
    until(state(desktop, "Failed"))
    assert "cut short" in serve.problem_text
    assert "98,000,000 bytes" in serve.problem_text
    assert serve.button.isEnabled()
    assert serve.button.text() == "Serve"


def test_a_killed_daemon_is_said_and_a_new_one_found(
    start_fake: StartFake, open_window: OpenWindow, until: Until
) -> None:
    """One line with one button; the window reconnects by itself and shows the new truth."""
    first = start_fake("--serving")
    desktop = open_window()
    window = desktop.window
    until(state(desktop, "Serving"))
    first.kill()
    first.wait()
    until(lambda: desktop.session.view.phase is Phase.LOST)
    assert "lost" in window.banner.text
    assert window.banner.button.text() == "Start again"
    assert window.home.serve.state_word == "Not connected"
    assert not window.home.serve.button.isEnabled()
    assert window.home.serve.address.address == ""
    start_fake()
    until(connected(desktop))
    assert window.banner.text == ""
    assert window.home.serve.state_word == "Stopped"


def test_the_window_starts_a_daemon_and_leaves_it_running(home: object, open_window: OpenWindow, until: Until) -> None:
    """Started detached; closing the window ends nothing."""
    desktop = open_window(sys.executable, str(FAKE_DAEMON), "--serving")
    until(state(desktop, "Serving"))
    found = read_connection(connection_path())
    assert found is not None
    daemon = psutil.Process(found.pid)
    try:
        desktop.window.close()
        desktop.close()
        assert daemon.is_running()
        assert read_connection(connection_path()) == found
    finally:
        daemon.send_signal(signal.SIGKILL)


def test_a_daemon_that_does_not_start(home: object, open_window: OpenWindow, until: Until) -> None:
    """Its last line is shown, and the button tries again."""
    desktop = open_window(sys.executable, "-c", "print('the port is on fire')")
    until(lambda: desktop.session.view.phase is Phase.START_FAILED)
    banner = desktop.window.banner
    assert "the port is on fire" in banner.text
    assert banner.button.text() == "Try again"
    phases: list[Phase] = []
    desktop.session.changed.connect(lambda view: phases.append(view.phase))
    banner.button.click()
    until(lambda: phases[:2] == [Phase.STARTING, Phase.START_FAILED])


def test_an_older_daemon_is_restarted(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """The button ends the old daemon and starts one of this version."""
    start_fake("--api", "0", "--version", "0.0.9")
    desktop = open_window(sys.executable, str(FAKE_DAEMON))
    until(lambda: desktop.session.view.phase is Phase.REFUSED)
    banner = desktop.window.banner
    assert "older (0.0.9, API 0)" in banner.text
    banner.button.click()
    until(connected(desktop))
    found = read_connection(connection_path())
    assert found is not None
    assert found.api != 0
    psutil.Process(found.pid).kill()


def test_a_newer_daemon_wants_a_newer_window(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """The daemon is left alone: this window is closed and opened again."""
    daemon = start_fake("--api", "99", "--version", "9.0.0")
    desktop = open_window()
    until(lambda: desktop.session.view.phase is Phase.REFUSED)
    banner = desktop.window.banner
    assert "newer (9.0.0, API 99)" in banner.text
    assert "update Engineroom" in banner.text
    banner.button.click()
    assert desktop.again
    assert not desktop.window.isVisible()
    assert daemon.poll() is None


def test_another_version_of_the_same_api_is_told_once(
    start_fake: StartFake, open_window: OpenWindow, until: Until
) -> None:
    """It works; who has read it is not told again."""
    start_fake("--version", "0.0.9")
    desktop = open_window()
    until(connected(desktop))
    banner = desktop.window.banner
    assert "The engine room is 0.0.9" in banner.text
    assert banner.button.text() == "Restart engine room"
    banner.dismissed.emit()
    assert banner.text == ""
    desktop.window.attention.show()
    assert banner.text == ""


def test_a_later_window_shows_the_truth(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """State, history and log come with the snapshot."""
    start_fake("--serving", "--history", "300", "--gpus", "1", "--simulated")
    desktop = open_window()
    until(state(desktop, "Serving"))
    home = desktop.window.home
    assert len(desktop.room.telemetry.times_s) >= 600
    assert desktop.room.machine.simulated
    until(lambda: home.charts.tokens.accessibleDescription().startswith("Now"))
    until(lambda: "W" in home.charts.power.accessibleDescription())


def test_no_power_says_why(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """The chart is empty for a reason."""
    start_fake()
    desktop = open_window()
    until(connected(desktop))
    home = desktop.window.home
    until(lambda: "No NVIDIA card and no readable CPU power counter" in home.charts.power.accessibleDescription())
    until(lambda: "No model is being served" in home.charts.tokens.accessibleDescription())


def test_models_can_be_chosen(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """The chosen model is served, and remembered for the next window."""
    start_fake("--models", "3")
    desktop = open_window()
    until(connected(desktop))
    home = desktop.window.home
    row = next(row for row in home.offers.shelf.rows if row.name == "Another model 2")
    row.button.click()
    until(state(desktop, "Serving"))
    assert desktop.room.engines["other-2"].state == "ready"
    assert desktop.room.engines["smollm2-135m-instruct"].state == "stopped"
    again = open_window()
    until(connected(again))
    assert again.window.home.model.id == "other-2"


def test_log_drawer_follows(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """New lines appear at the end while it follows."""
    start_fake()
    desktop = open_window()
    window = desktop.window
    until(connected(desktop))
    window.header.log.click()
    until(lambda: "nothing here computes" in window.log.view.toPlainText())
    window.home.serve.button.click()
    until(lambda: "stage warm_up done" in window.log.view.toPlainText())
    assert window.log.view.toPlainText().count("nothing here computes") == 1
    window.log.close_asked.emit()
    assert not window.log.isVisible()


def test_the_address_is_copied(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """By the menu's shortcut too."""
    start_fake()
    desktop = open_window()
    until(connected(desktop))
    desktop.window.home.serve.address.copy()
    copied = QGuiApplication.clipboard().text()
    assert copied == desktop.window.home.serve.address.address
    assert copied.startswith("http://127.0.0.1:")


def test_colours_are_remembered(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """System, light, dark, high contrast, and again; the next window keeps the last."""
    start_fake()
    desktop = open_window()
    until(connected(desktop))
    seen = []
    for _ in Choice:
        desktop.window.menus.next_colours()
        seen.append(desktop.theme.tokens.name)
    assert seen == ["light", "dark", "contrast_light", "contrast_dark", "light"]
    menu = desktop.window.menus.colours
    menu.aboutToShow.emit()
    assert [action.isChecked() for action in menu.actions()] == [True, False, False, False, False]
    menu.actions()[2].trigger()
    desktop.window.close()
    assert open_window().theme.tokens.name == "dark"


def test_a_refused_command_is_said(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """In the line under the header; the person can put it away."""
    start_fake()
    desktop = open_window()
    until(connected(desktop))
    desktop.room.start_engine("no such engine")
    banner = desktop.window.banner
    until(lambda: "no such engine" in banner.text)
    banner.dismissed.emit()
    assert banner.text == ""


def test_with_nothing_to_offer_the_page_is_one_column(open_window: OpenWindow, until: Until) -> None:
    window = open_window().window
    window.resize(1280, 800)
    until(lambda: window.home.serve.width() > 900)


def test_a_program_is_shown_that_was_asked_for_before_the_list_was_here(
    start_fake: StartFake, open_window: OpenWindow, until: Until
) -> None:
    """It is not the first of the list, nor the one of the last time."""
    start_fake("--serving", "--desk")
    desktop = open_window()
    desktop.window.show_page(Place.CONNECT, "curl")
    page = desktop.window.pages.page(Place.CONNECT)
    assert isinstance(page, ConnectPage)
    assert page.clients.guides is None
    until(lambda: bool(page.clients.guides))
    assert page.list.choice == "curl"
