"""The window at bad moments, with everything real behind it: what goes on, what ends, and what is said of it."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from e2e.hub_room import surroundings, tiny_repo
from e2e.window_room import PATIENCE_MS, SERVE, desktop, home
from engine_room import engine_room
from engineroom.contract.connection import Connection, connection_path, read_connection
from engineroom.workers.ports import free_port
from engineroom_ui.pages.settings import Section, SettingsPage
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place
from engineroom_ui.state.library_rows import Shelf
from fakes.fake_hub import FakeHub, Hold
from window_kit import ask, connected, state

TINY = "hub:maker/tiny-gguf"
LONG = "Write a long story about an engine room."
AS_SET = [sys.executable, "-m", "engineroom", "serve", "--headless", "--idle-exit", "600"]

__all__ = ["desktop", "home"]

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]


def _daemon() -> Connection:
    found = read_connection(connection_path())
    assert found is not None
    return found


@contextmanager
def _window(app: QApplication, command: list[str]) -> Iterator[Desktop]:
    """A window of its own, closed in the end."""
    made = Desktop(app, command)
    try:
        made.show()
        yield made
    finally:
        made.close()
        made.window.deleteLater()
        made.theme.deleteLater()
        made.deleteLater()


def _serve(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
    desktop.window.home.serve.button.click()
    qtbot.waitUntil(state(desktop, "Serving"), timeout=PATIENCE_MS)


def _begin_answer(desktop: Desktop, qtbot: QtBot) -> Callable[[], str]:
    """Ask for a long answer and wait until it has begun; what stands below it, now."""
    ask(desktop, LONG)
    answer = desktop.window.chat.pane.answers[-1]
    qtbot.waitUntil(lambda: bool(answer.text), timeout=PATIENCE_MS)
    return lambda: answer.note


def _settings(desktop: Desktop, qtbot: QtBot) -> SettingsPage:
    desktop.window.show_page(Place.SETTINGS, str(Section.ADDRESS))
    page = desktop.window.pages.page(Place.SETTINGS)
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(lambda: page.settings.view is not None, timeout=PATIENCE_MS)
    return page


def test_a_window_that_is_closed_ends_no_job(
    home: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model is being fetched; the next window finds it under way, and sees it end."""
    with FakeHub() as hub:
        for name, value in surroundings(hub, home).items():
            monkeypatch.setenv(name, value)
        tiny_repo(hub)
        held = Hold(after_bytes=200_000, of_all=True)
        hub.fault("/cdn/*", held)
        with _window(qapp, SERVE) as first:
            page = first.window.models
            page.toolbar.show_shelf(Shelf.SEARCH)
            first.window.show_page(Place.MODELS)
            qtbot.waitUntil(connected(first), timeout=PATIENCE_MS)
            page.toolbar.field.setText("tiny")
            qtbot.waitUntil(lambda: [row.key for row in page.list.rows] == [TINY], timeout=PATIENCE_MS)
            page.list.pick(TINY)
            qtbot.waitUntil(lambda: page.details.way is not None and page.pane.main.isEnabled(), timeout=PATIENCE_MS)
            page.pane.main.click()
            qtbot.waitUntil(lambda: bool(page.downloads.rows), timeout=PATIENCE_MS)
            (job,) = page.downloads.rows
            first.window.close()
        with _window(qapp, ["false"]) as second:
            qtbot.waitUntil(connected(second), timeout=PATIENCE_MS)
            second.window.show_page(Place.MODELS)
            rows = second.window.models.downloads.rows
            qtbot.waitUntil(lambda: list(rows) == [job], timeout=PATIENCE_MS)
            held.go.set()
            qtbot.waitUntil(lambda: "On this computer" in rows[job].told, timeout=PATIENCE_MS)
            qtbot.waitUntil(lambda: "tiny" in {model.id for model in second.room.models}, timeout=PATIENCE_MS)


def test_another_port_is_set_while_an_answer_streams(home: Path, qapp: QApplication, qtbot: QtBot) -> None:
    """Nothing is cut by the change; the restart that is offered cuts it, says so, and the new address is shown."""
    (home / "config").mkdir()
    first, second, *_ = {free_port() for _ in range(4)}
    (home / "config" / "settings.toml").write_text(f"[server]\nport = {first}\n")
    with _window(qapp, AS_SET) as desktop:
        _serve(desktop, qtbot)
        assert str(first) in desktop.window.home.serve.address.address
        note = _begin_answer(desktop, qtbot)
        page = _settings(desktop, qtbot)
        row = page.forms[Section.ADDRESS].rows["server.port"]
        row.field.setText(str(second))
        row.field.editingFinished.emit()
        qtbot.waitUntil(lambda: page.banner.button.text() == "Restart the engine room", timeout=PATIENCE_MS)
        assert row.waits
        assert "failed" not in note()
        assert str(first) in desktop.window.home.serve.address.address, "it is still the one that answers"
        before = _daemon()
        note = _begin_answer(desktop, qtbot) if not desktop.window.chat.busy else note
        page.banner.button.click()
        qtbot.waitUntil(lambda: read_connection(connection_path()) not in {None, before}, timeout=PATIENCE_MS)
        qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: not desktop.window.chat.busy, timeout=PATIENCE_MS)
        assert "Answering" not in note()
        qtbot.waitUntil(lambda: str(second) in desktop.window.home.serve.address.address, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: page.banner.text == "", timeout=PATIENCE_MS)
        # What was served is served again, without a press.
        qtbot.waitUntil(lambda: desktop.window.home.serve.state_word == "Serving", timeout=PATIENCE_MS)


def test_an_engine_room_that_was_killed_comes_back_by_itself(desktop: Desktop, home: Path, qtbot: QtBot) -> None:
    """In mid-answer, and started by somebody else: the window finds it without a press, and chats on."""
    desktop.show()
    _serve(desktop, qtbot)
    note = _begin_answer(desktop, qtbot)
    psutil.Process(_daemon().pid).kill()
    banner, chat = desktop.window.banner, desktop.window.chat
    qtbot.waitUntil(lambda: "lost" in banner.text, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not chat.busy, timeout=PATIENCE_MS)
    assert "Answering" not in note()
    with engine_room(home) as room:
        room.connection()
        qtbot.waitUntil(connected(desktop), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: banner.text == "", timeout=PATIENCE_MS)
        _serve(desktop, qtbot)
        _begin_answer(desktop, qtbot)
        chat.sides.stop()
        qtbot.waitUntil(lambda: not chat.busy, timeout=PATIENCE_MS)
