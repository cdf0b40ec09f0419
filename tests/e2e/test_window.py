"""The window with everything real behind it: daemon, child process, starter model."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engineroom.contract.connection import Connection, connection_path, read_connection
from engineroom_ui.link.session import Phase
from engineroom_ui.shell.desktop import Desktop
from window_kit import ask, connected, state

SERVE = [sys.executable, "-m", "engineroom", "serve", "--headless", "--idle-exit", "600", "--port", "auto"]
PATIENCE_MS = 90_000
WINDOW_ALONE = """
import sys
from PySide6.QtWidgets import QApplication
from engineroom_ui.shell.desktop import Desktop
app = QApplication([])
desktop = Desktop(app, ["false"])
desktop.session.changed.connect(lambda view: print(view.phase, flush=True))
desktop.show()
app.exec()
"""

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of our own; whatever daemon was started there is ended."""
    monkeypatch.setenv("ENGINEROOM_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    yield tmp_path
    found = read_connection(connection_path())
    if found is not None:
        daemon = psutil.Process(found.pid)
        daemon.terminate()
        daemon.wait(20)


@pytest.fixture
def desktop(home: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Desktop]:
    """A window that starts the real daemon."""
    made = Desktop(qapp, SERVE)
    yield made
    made.close()
    made.window.deleteLater()
    made.theme.deleteLater()
    made.deleteLater()


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
    answer = home.chat.answers[0]
    qtbot.waitUntil(lambda: "tok/s" in answer.note, timeout=PATIENCE_MS)
    assert "Paris" in answer.text
    qtbot.waitUntil(lambda: desktop.room.traffic.last is not None, timeout=PATIENCE_MS)
    last = desktop.room.traffic.last
    assert last.route == "/v1/chat/completions"
    assert str(last.completion_tokens) in answer.note
    qtbot.waitUntil(lambda: home.tokens.accessibleDescription().startswith("Now"), timeout=PATIENCE_MS)
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
        answer = desktop.window.home.chat.answers[0]
        qtbot.waitUntil(lambda: bool(answer.text), timeout=PATIENCE_MS)
    finally:
        other.kill()
        other.communicate()
    came = len(answer.text)
    qtbot.waitUntil(lambda: len(answer.text) > came + 100 or "tok/s" in answer.note, timeout=PATIENCE_MS)
    desktop.window.home.chat.stop()
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
