"""A window beside a real daemon that other tests share, opened on one page."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from engine_room import EngineRoomProcess
from engineroom_ui.link.session import Phase
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.registry import Place

PATIENCE_MS = 90_000
OpenPage = Callable[[EngineRoomProcess, Place], tuple[Desktop, QWidget]]


@contextmanager
def window_on(monkeypatch: pytest.MonkeyPatch, app: QApplication, qtbot: QtBot) -> Iterator[OpenPage]:
    """Opens windows; closes them in the end."""
    opened: list[Desktop] = []

    def open_on(room: EngineRoomProcess, place: Place) -> tuple[Desktop, QWidget]:
        monkeypatch.setenv("ENGINEROOM_HOME", str(room.home))
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
        room.connection()
        desktop = Desktop(app, ["false"])
        opened.append(desktop)
        desktop.show()
        desktop.window.show_page(place)
        qtbot.waitUntil(lambda: desktop.session.view.phase is Phase.CONNECTED, timeout=PATIENCE_MS)
        return desktop, desktop.window.pages.page(place)

    yield open_on
    for desktop in opened:
        desktop.close()
        desktop.window.deleteLater()
        desktop.theme.deleteLater()
        desktop.deleteLater()
    qtbot.wait(1)


def unnamed(page: QWidget) -> list[str]:
    """Controls of a page that a screen reader has no name for, or that Tab does not reach."""
    found = []
    for kind in (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit):
        for control in page.findChildren(kind):
            if not control.isVisibleTo(page) or isinstance(control.parent(), QLineEdit | QComboBox):
                continue
            named = control.accessibleName() or (isinstance(control, QAbstractButton) and control.text())
            if not named or control.focusPolicy().value & 1 == 0:
                found.append(f"{type(control).__name__} {control.objectName()} {control.accessibleName()!r}")
    return found
