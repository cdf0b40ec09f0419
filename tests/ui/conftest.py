"""The window offscreen, beside a fake daemon that is a real process."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from engineroom.contract.connection import connection_path
from engineroom_ui.pages.models import ModelsPage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.state.library_rows import Shelf
from models_kit import SCHEMES, Browser, Opened
from window_kit import FAKE_DAEMON, PATIENCE_MS, OpenWindow, StartFake, Until, connected


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform warns about every window; that says nothing about ours."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of our own for everything a daemon or a window writes."""
    monkeypatch.setenv("ENGINEROOM_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    return tmp_path


@pytest.fixture
def start_fake(home: Path, qtbot: QtBot) -> Iterator[StartFake]:
    """Starts fake daemons with the options of ``fake_daemon.py``; ends them afterwards."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*options: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, str(FAKE_DAEMON), *options])
        started.append(process)

        def found() -> bool:
            return connection_path().exists() and f'"pid":{process.pid}' in connection_path().read_text()

        qtbot.waitUntil(found, timeout=PATIENCE_MS)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def open_window(home: Path, qtbot: QtBot) -> Iterator[OpenWindow]:
    """Opens windows; without a command they can find a daemon, but not start one."""
    opened: list[Desktop] = []

    def open_one(*command: str, hidden: bool = False, target: str = "") -> Desktop:
        from PySide6.QtWidgets import QApplication

        app = QApplication.instance()
        assert isinstance(app, QApplication)
        command_line = list(command) or [sys.executable, "-c", "print('nothing to start here')"]
        desktop = Desktop(app, command_line, target=target)
        opened.append(desktop)
        desktop.show(hidden=hidden)
        return desktop

    yield open_one
    for desktop in opened:
        desktop.close()
        desktop.window.deleteLater()
        desktop.theme.deleteLater()
        desktop.deleteLater()
    qtbot.wait(1)


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    """Lets the event loop run until something is so."""
    return lambda true: qtbot.waitUntil(true, timeout=PATIENCE_MS)


@pytest.fixture
def opened(start_fake: StartFake, open_window: OpenWindow, until: Until) -> Opened:
    """Opens a window on a shelf of the page, beside a fake daemon with these options."""

    def open_shelf(shelf: Shelf, *options: str) -> tuple[Desktop, ModelsPage]:
        start_fake("--gpus", "1", *options)
        desktop = open_window()
        page = desktop.window.models
        page.toolbar.show_shelf(shelf)
        desktop.window.show_page(Place.MODELS)
        until(connected(desktop))
        until(lambda: page.library.account is not None and page.library.entries is not None)
        return desktop, page

    return open_shelf


@pytest.fixture
def pages() -> Iterator[list[str]]:
    """Addresses that were to be opened in a browser."""
    browser = Browser()
    for scheme in SCHEMES:
        QDesktopServices.setUrlHandler(scheme, browser, "open")
    yield browser.pages
    for scheme in SCHEMES:
        QDesktopServices.unsetUrlHandler(scheme)
