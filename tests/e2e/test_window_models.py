"""The Models page with the real daemon behind it, beside a fake Hub: found, fetched, served, removed."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from e2e.hub_room import surroundings, tiny_repo
from e2e.window_room import PATIENCE_MS, desktop, home
from engineroom_ui.pages.chat import ChatPage
from engineroom_ui.pages.models import ModelsPage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.state.library_rows import Shelf
from fakes.fake_hub import FakeHub, Hold
from window_kit import ask, connected, state

TINY = "hub:maker/tiny-gguf"

__all__ = ["desktop", "home"]

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as hub:
        yield hub


@pytest.fixture(autouse=True)
def _surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hub: FakeHub) -> None:
    """A Hub of our own."""
    for name, value in surroundings(hub, tmp_path).items():
        monkeypatch.setenv(name, value)


def opened(desktop: Desktop, qtbot: QtBot, shelf: Shelf) -> ModelsPage:
    """The page on a shelf, with what the daemon knows."""
    desktop.show()
    page = desktop.window.models
    page.toolbar.show_shelf(shelf)
    desktop.window.show_page(Place.MODELS)
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.library.entries is not None, timeout=PATIENCE_MS)
    return page


def press(button: QAbstractButton, qtbot: QtBot) -> None:
    """As soon as it may be pressed: what is to be got or served is judged first."""
    qtbot.waitUntil(button.isEnabled, timeout=PATIENCE_MS)
    button.click()


def asked(desktop: Desktop, qtbot: QtBot) -> ChatPage:
    """The chat, with an answer of the tiny model that has begun; the window is back on the page Models."""
    chat = desktop.window.chat
    chat.open_at("tiny")
    ask(desktop, "What is the capital of France?")
    qtbot.waitUntil(lambda: bool(chat.pane.answers[0].text), timeout=PATIENCE_MS)
    desktop.window.show_page(Place.MODELS)
    return chat


def test_from_a_search_to_an_engine_and_away(desktop: Desktop, qtbot: QtBot, hub: FakeHub, home: Path) -> None:
    """A pull through the window to the end; the model can be served at once, and is gone when it is removed."""
    tiny_repo(hub)
    held = Hold(after_bytes=200_000, of_all=True)
    hub.fault("/cdn/*", held)
    page = opened(desktop, qtbot, Shelf.SEARCH)
    page.toolbar.field.setText("tiny")
    qtbot.waitUntil(lambda: [row.key for row in page.list.rows] == [TINY], timeout=PATIENCE_MS)
    page.list.pick(TINY)
    qtbot.waitUntil(lambda: page.details.way is not None, timeout=PATIENCE_MS)
    page.list.clicked.emit(page.list.currentIndex())
    qtbot.waitUntil(lambda: "Tiny" in page.pane.readme.text.toPlainText(), timeout=PATIENCE_MS)
    assert dict(page.pane.facts.facts)["Licence"] == "MIT"
    press(page.pane.main, qtbot)
    qtbot.waitUntil(lambda: bool(page.downloads.rows), timeout=PATIENCE_MS)
    (row,) = page.downloads.rows.values()
    qtbot.waitUntil(lambda: "of 2 files" in row.told or "/s" in row.told, timeout=PATIENCE_MS)
    held.go.set()
    qtbot.waitUntil(lambda: "On this computer" in row.told, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "tiny" in {model.id for model in desktop.room.models}, timeout=PATIENCE_MS)
    assert list((home / "hf" / "hub").glob("models--maker--tiny-gguf/snapshots/*/tiny.gguf"))
    page.show_shelf(Shelf.HERE, "here:tiny")
    qtbot.waitUntil(lambda: page.list.row is not None and page.list.row.key == "here:tiny", timeout=PATIENCE_MS)
    press(page.pane.main, qtbot)
    qtbot.waitUntil(state(desktop, "Serving"), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: desktop.window.home.model.id == "tiny", timeout=PATIENCE_MS)
    desktop.window.show_page(Place.MODELS)
    qtbot.waitUntil(lambda: page.pane.main.text() == "Being served", timeout=PATIENCE_MS)
    chat = asked(desktop, qtbot)
    press(page.pane.remove, qtbot)
    press(next(button for button in page.deeds.question.buttons() if "Stop the engine" in button.text()), qtbot)
    qtbot.waitUntil(lambda: "came free" in page.banner.text, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "tiny" not in {model.id for model in desktop.room.models}, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "tiny" not in desktop.room.engines, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: desktop.window.home.model.id != "tiny", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not chat.busy and not chat.askable.here(["tiny"]), timeout=PATIENCE_MS)
    assert "Answering" not in chat.pane.answers[0].note, "an answer that was cut says so"


def test_the_catalogue_asks_nobody(desktop: Desktop, qtbot: QtBot, hub: FakeHub) -> None:
    """Every recommended model and its ways are planned without a request to the Hub."""
    page = opened(desktop, qtbot, Shelf.RECOMMENDED)
    qtbot.waitUntil(lambda: len(page.list.rows) > 20, timeout=PATIENCE_MS)
    assert "No NVIDIA card here" in page.for_card.text()
    qtbot.waitUntil(lambda: bool(page.details.ways), timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: all(way.verdict is not None and way.size_bytes for way in page.details.ways), timeout=PATIENCE_MS
    )
    qtbot.waitUntil(lambda: page.disk.told.endswith("free"), timeout=PATIENCE_MS)
    assert hub.asked == []


def test_a_token_without_a_keyring_goes_into_a_file(desktop: Desktop, qtbot: QtBot, home: Path) -> None:
    """It is said, the file is the user's alone, and it can be forgotten."""
    page = opened(desktop, qtbot, Shelf.RECOMMENDED)
    page.deeds.ask_token()
    dialog = page.deeds.token
    dialog.field.setText("hf_not_a_real_one")
    press(dialog.save, qtbot)
    qtbot.waitUntil(lambda: "mode 0600" in dialog.place.text(), timeout=PATIENCE_MS)
    (kept,) = [path for path in home.rglob("*token*") if path.is_file()]
    assert kept.stat().st_mode & 0o777 == 0o600
    press(dialog.forget, qtbot)
    qtbot.waitUntil(lambda: "No token" in dialog.place.text(), timeout=PATIENCE_MS)
    dialog.accept()
