"""A window of the real thing, with a daemon that it starts in a folder of its own."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication

from engineroom.contract.connection import connection_path, read_connection
from engineroom_ui.shell.desktop import Desktop

SERVE = [sys.executable, "-m", "engineroom", "serve", "--headless", "--idle-exit", "600", "--port", "auto"]
PATIENCE_MS = 90_000


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
        daemon.wait(60)


@pytest.fixture
def desktop(home: Path, qapp: QApplication) -> Iterator[Desktop]:
    """A window that starts the real daemon."""
    made = Desktop(qapp, SERVE)
    yield made
    made.close()
    made.window.deleteLater()
    made.theme.deleteLater()
    made.deleteLater()
