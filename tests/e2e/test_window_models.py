"""The Models page with the real daemon behind it, beside a fake Hub: found, fetched, served, removed."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from e2e.hub_room import surroundings, tiny_repo
from engineroom.contract.connection import connection_path, read_connection
from engineroom_ui.pages.models import ModelsPage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.header import Place
from engineroom_ui.state.library_rows import Shelf
from fakes.fake_hub import Drip, FakeHub
from window_kit import connected, state

SERVE = [sys.executable, "-m", "engineroom", "serve", "--headless", "--idle-exit", "600", "--port", "auto"]
PATIENCE_MS = 90_000
TINY = "hub:maker/tiny-gguf"

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as hub:
        yield hub


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hub: FakeHub) -> Iterator[Path]:
    """A folder and a Hub of our own; whatever daemon was started there is ended."""
    monkeypatch.setenv("ENGINEROOM_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    for name, value in surroundings(hub, tmp_path).items():
        monkeypatch.setenv(name, value)
    yield tmp_path
    found = read_connection(connection_path())
    if found is not None:
        daemon = psutil.Process(found.pid)
        daemon.terminate()
        daemon.wait(20)


@pytest.fixture
def desktop(home: Path, qapp: QApplication) -> Iterator[Desktop]:
    """A window that starts the real daemon."""
    made = Desktop(qapp, SERVE)
    yield made
    made.close()
    made.window.deleteLater()
    made.theme.deleteLater()
    made.deleteLater()


def opened(desktop: Desktop, qtbot: QtBot, shelf: Shelf) -> ModelsPage:
    """The page on a shelf, with what the daemon knows."""
    desktop.show()
    page = desktop.window.models
    page.toolbar.show_shelf(shelf)
    desktop.window.show_page(Place.MODELS)
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.library.entries is not None, timeout=PATIENCE_MS)
    return page


def press(button: QAbstractButton) -> None:
    assert button.isEnabled(), button.text()
    button.click()


def test_from_a_search_to_an_engine_and_away(desktop: Desktop, qtbot: QtBot, hub: FakeHub, home: Path) -> None:
    """A pull through the window to the end; the model can be served at once, and is gone when it is removed."""
    tiny_repo(hub)
    hub.fault("/cdn/*", Drip(bytes_per_s=400_000))
    page = opened(desktop, qtbot, Shelf.SEARCH)
    page.toolbar.field.setText("tiny")
    qtbot.waitUntil(lambda: [row.key for row in page.list.rows] == [TINY], timeout=PATIENCE_MS)
    page.list.pick(TINY)
    qtbot.waitUntil(lambda: page.details.way is not None, timeout=PATIENCE_MS)
    page.list.clicked.emit(page.list.currentIndex())
    qtbot.waitUntil(lambda: "Tiny" in page.pane.readme.text.toPlainText(), timeout=PATIENCE_MS)
    assert dict(page.pane.facts.facts)["Licence"] == "MIT"
    press(page.pane.main)
    qtbot.waitUntil(lambda: bool(page.downloads.rows), timeout=PATIENCE_MS)
    (row,) = page.downloads.rows.values()
    seen: set[str] = set()
    qtbot.waitUntil(lambda: seen.add(row.told) or "On this computer" in row.told, timeout=PATIENCE_MS)
    assert any("of 2 files" in told or "/s" in told for told in seen)
    qtbot.waitUntil(lambda: "tiny" in {model.id for model in desktop.room.models}, timeout=PATIENCE_MS)
    assert list((home / "hf" / "hub").glob("models--maker--tiny-gguf/snapshots/*/tiny.gguf"))
    page.show_shelf(Shelf.HERE, "here:tiny")
    qtbot.waitUntil(lambda: page.list.row is not None and page.list.row.key == "here:tiny", timeout=PATIENCE_MS)
    press(page.pane.main)
    qtbot.waitUntil(state(desktop, "Serving"), timeout=PATIENCE_MS)
    assert desktop.window.home.model.id == "tiny"
    desktop.window.show_page(Place.MODELS)
    qtbot.waitUntil(lambda: page.pane.main.text() == "Being served", timeout=PATIENCE_MS)
    press(page.pane.remove)
    press(next(button for button in page.deeds.question.buttons() if "Stop the engine" in button.text()))
    qtbot.waitUntil(lambda: "came free" in page.banner.text, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "tiny" not in {model.id for model in desktop.room.models}, timeout=PATIENCE_MS)
    assert "tiny" not in desktop.room.engines
    assert desktop.window.home.model.id != "tiny"


def test_the_catalogue_asks_nobody(desktop: Desktop, qtbot: QtBot, hub: FakeHub) -> None:
    """Every recommended model and its ways are planned without a request to the Hub."""
    page = opened(desktop, qtbot, Shelf.RECOMMENDED)
    qtbot.waitUntil(lambda: len(page.list.rows) > 20, timeout=PATIENCE_MS)
    assert "No NVIDIA card here" in page.for_card.text()
    qtbot.waitUntil(lambda: bool(page.details.ways), timeout=PATIENCE_MS)
    assert all(way.verdict is not None and way.size_bytes for way in page.details.ways)
    assert page.disk.told.endswith("free")
    assert hub.asked == []


def test_a_token_without_a_keyring_goes_into_a_file(desktop: Desktop, qtbot: QtBot, home: Path) -> None:
    """It is said, the file is the user's alone, and it can be forgotten."""
    page = opened(desktop, qtbot, Shelf.RECOMMENDED)
    page.deeds.ask_token()
    dialog = page.deeds.token
    dialog.field.setText("hf_not_a_real_one")
    press(dialog.save)
    qtbot.waitUntil(lambda: "mode 0600" in dialog.place.text(), timeout=PATIENCE_MS)
    (kept,) = [path for path in home.rglob("*token*") if path.is_file()]
    assert kept.stat().st_mode & 0o777 == 0o600
    press(dialog.forget)
    qtbot.waitUntil(lambda: "No token" in dialog.place.text(), timeout=PATIENCE_MS)
    dialog.accept()
