"""What tests of the window share."""

import json
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from engineroom_ui.link.session import Phase
from engineroom_ui.shell.desktop import Desktop

FAKE_DAEMON = Path(__file__).parent / "fakes" / "fake_daemon.py"
PATIENCE_MS = 90_000

StartFake = Callable[..., subprocess.Popen[bytes]]
OpenWindow = Callable[..., Desktop]
Until = Callable[[Callable[[], bool]], None]


def connected(desktop: Desktop) -> Callable[[], bool]:
    return lambda: desktop.session.view.phase is Phase.CONNECTED


def state(desktop: Desktop, word: str) -> Callable[[], bool]:
    return lambda: desktop.window.home.serve.state_word == word


def noted(desktop: Desktop) -> list[str]:
    """What the fake daemon has noted until now: it is asked itself, since events may come later than answers do."""
    with urllib.request.urlopen(f"{desktop.client.address}/said", timeout=PATIENCE_MS / 1000) as answer:
        return list(json.load(answer))


def ask(desktop: Desktop, text: str) -> None:
    desktop.window.menus.ask()
    QTest.keyClicks(desktop.window.chat.bar.field, text)
    QTest.keyClick(desktop.window.chat.bar.field, Qt.Key.Key_Return)


def reached_by_tab(window: QWidget, presses: int) -> set[QWidget | None]:
    """What has the focus after each of so many presses of Tab."""
    window.activateWindow()
    reached: set[QWidget | None] = set()
    for _ in range(presses):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        reached.add(window.focusWidget())
    return reached
