"""What tests of the window share."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engineroom_ui.link.session import Phase
from engineroom_ui.shell.desktop import Desktop

FAKE_DAEMON = Path(__file__).parent / "fakes" / "fake_daemon.py"
PATIENCE_MS = 30_000

StartFake = Callable[..., subprocess.Popen[bytes]]
OpenWindow = Callable[..., Desktop]
Until = Callable[[Callable[[], bool]], None]


def connected(desktop: Desktop) -> Callable[[], bool]:
    return lambda: desktop.session.view.phase is Phase.CONNECTED


def state(desktop: Desktop, word: str) -> Callable[[], bool]:
    return lambda: desktop.window.home.serve.state_word == word


def ask(desktop: Desktop, text: str) -> None:
    QTest.keyClicks(desktop.window.home.chat.field, text)
    QTest.keyClick(desktop.window.home.chat.field, Qt.Key.Key_Return)
