"""The window with everything real behind it: daemon, child process, starter model."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from e2e.window_room import PATIENCE_MS, desktop, home
from engineroom.client.control import ControlClient
from engineroom.contract.connection import Connection, connection_path, read_connection
from engineroom_ui.link.session import Phase
from engineroom_ui.pages.settings import Section, SettingsPage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from window_kit import ask, connected, state

WINDOW_ALONE = """
import sys
from PySide6.QtWidgets import QApplication
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
app = QApplication([])
desktop = Desktop(app, ["false"])
desktop.session.changed.connect(lambda view: print(view.phase, flush=True))
desktop.show()
app.exec()
"""

__all__ = ["desktop", "home"]

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]


def _daemon() -> Connection:
    found = read_connection(connection_path())
    assert found is not None
    return found


def _shot(desktop: Desktop, folder: Path, name: str) -> Path:
    folder = Path(os.environ.get("ENGINEROOM_SHOTS", folder))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    assert desktop.window.grab().save(str(path))
    return path


def test_from_launch_to_an_answer(desktop: Desktop, qtbot: QtBot, tmp_path: Path) -> None:
    """Launch, machine, serve, answer, figures, charts; a screenshot is kept; the window leaves everything running."""
    window = desktop.window
    home = window.home
    desktop.show()
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    assert desktop.room.machine is not None
    assert desktop.room.machine.host.memory_total_bytes > 0
    assert home.serve.state_word == "Stopped"
    home.serve.button.click()
    qtbot.waitUntil(state(desktop, "Serving"), timeout=PATIENCE_MS)
    assert home.engine.device is not None
    assert home.engine.context_tokens
    ask(desktop, "What is the capital of France?")
    answer = window.chat.pane.answers[0]
    qtbot.waitUntil(lambda: "tok/s" in answer.note, timeout=PATIENCE_MS)
    assert "Paris" in answer.text
    qtbot.waitUntil(lambda: desktop.room.traffic.last is not None, timeout=PATIENCE_MS)
    last = desktop.room.traffic.last
    assert last.route == "/v1/chat/completions"
    assert str(last.completion_tokens) in answer.note
    window.show_page(Place.SERVE)
    qtbot.waitUntil(lambda: home.charts.tokens.accessibleDescription().startswith("Now"), timeout=PATIENCE_MS)
    assert _shot(desktop, tmp_path, "window-after-the-first-answer.png").stat().st_size > 20_000
    found = _daemon()
    window.close()
    desktop.close()
    assert read_connection(connection_path()) == found
    assert psutil.Process(home.engine.pid).is_running()


def test_a_killed_window_does_not_stop_a_stream(home: Path, desktop: Desktop, qtbot: QtBot) -> None:
    """SIGKILL of a second window in mid-answer: the stream of the first goes on."""
    desktop.show()
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    desktop.window.home.serve.button.click()
    qtbot.waitUntil(state(desktop, "Serving"), timeout=PATIENCE_MS)
    other = subprocess.Popen([sys.executable, "-c", WINDOW_ALONE], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        assert any("connected" in line for line in other.stdout)
        ask(desktop, "Write a short poem about an engine room.")
        answer = desktop.window.chat.pane.answers[0]
        qtbot.waitUntil(lambda: bool(answer.text), timeout=PATIENCE_MS)
    finally:
        other.kill()
        other.communicate()
    came = len(answer.text)
    qtbot.waitUntil(lambda: len(answer.text) > came + 100 or "tok/s" in answer.note, timeout=PATIENCE_MS)
    desktop.window.chat.sides.stop()
    assert "failed" not in answer.note
    assert desktop.session.view.phase is Phase.CONNECTED


def test_a_killed_daemon_is_said_and_started_again(desktop: Desktop, qtbot: QtBot) -> None:
    """The one button brings the engine room back."""
    desktop.show()
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    first = _daemon()
    psutil.Process(first.pid).kill()
    banner = desktop.window.banner
    qtbot.waitUntil(lambda: "lost" in banner.text and "not running" in banner.text, timeout=PATIENCE_MS)
    banner.button.click()
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    assert _daemon().pid != first.pid
    assert _daemon().pid_created_s <= time.time()


def test_two_clicks_from_a_cold_start_to_the_starter_model(desktop: Desktop, qtbot: QtBot) -> None:
    """The first steps with everything real: what was found, Serve, and a question answered at the address shown."""
    desktop.first_run.show_once()
    desktop.show()
    page = desktop.first_run.page
    assert page is not None
    qtbot.waitUntil(lambda: len(page.found.list.told) > 1, timeout=PATIENCE_MS)
    page.go_on.click()
    qtbot.waitUntil(page.pick.starter.button.isEnabled, timeout=PATIENCE_MS)
    page.pick.starter.button.click()
    qtbot.waitUntil(lambda: page.told == "Your model is served here", timeout=PATIENCE_MS)
    assert page.served.engine.address.address.endswith("/v1")
    page.served.trial.ask()
    qtbot.waitUntil(lambda: "tok/s" in page.served.trial.note, timeout=PATIENCE_MS)
    assert "Paris" in page.served.trial.answer


def test_a_change_that_waits_counts_after_the_restart_that_is_offered(desktop: Desktop, qtbot: QtBot) -> None:
    """The engine room ends and comes back with it; nothing waits any more."""
    desktop.show()
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    desktop.window.show_page(Place.SETTINGS)
    page = desktop.window.pages.page(Place.SETTINGS)
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(lambda: page.settings.view is not None, timeout=PATIENCE_MS)
    first = _daemon()
    slots = page.forms[Section.MODELS].rows["llama_cpp.slots"]
    slots.field.setText("3")
    slots.field.editingFinished.emit()
    qtbot.waitUntil(lambda: page.banner.button.text() == "Restart the engine room", timeout=PATIENCE_MS)
    page.banner.button.click()
    qtbot.waitUntil(lambda: read_connection(connection_path()) not in {None, first}, timeout=PATIENCE_MS)
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.banner.text == "", timeout=PATIENCE_MS)
    assert slots.field.text() == "3"
    assert not slots.waits


def test_an_engine_is_pinned_in_the_window_and_the_daemon_keeps_it_so(desktop: Desktop, qtbot: QtBot) -> None:
    """What the card says is what the daemon says."""
    desktop.show()
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    card = desktop.window.home.serve
    card.button.click()
    qtbot.waitUntil(state(desktop, "Serving"), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: any("unless it is asked" in told for told in card.keeping.told), timeout=PATIENCE_MS)
    card.keeping.pin.click()
    qtbot.waitUntil(lambda: card.keeping.pin.text() == "Unpin", timeout=PATIENCE_MS)
    with ControlClient(_daemon()) as control:
        routing = control.snapshot().routing
    assert routing is not None
    assert [route.pinned for route in routing.routes] == [True]
    assert "makes room for no other" in card.keeping.told[0]
