"""The window on a real X server, which the test starts: it is painted, it stays, it ends in order."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engineroom_ui.shell.places import crash_dir
from window_kit import StartFake

XVFB = shutil.which("Xvfb")
PATIENCE_S = 60

LOOK = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from engineroom_ui.link.session import Phase
from engineroom_ui.shell.desktop import Desktop

app = QApplication([])
assert app.platformName() == "xcb", app.platformName()
desktop = Desktop(app, ["false"])
desktop.first_run.show_once()
desktop.show()

def look() -> None:
    page = desktop.first_run.page
    if desktop.session.view.phase is not Phase.CONNECTED or len(page.found.list.told) < 2:
        return
    if not desktop.window.windowHandle().isExposed():
        return
    timer.stop()
    screen = desktop.window.screen().grabWindow(desktop.window.winId()).toImage()
    screen.save(sys.argv[1])
    ready = desktop.background.tray.icon.isVisible()
    print(app.platformName(), desktop.window.isVisible(), ready, screen.width(), page.told, flush=True)
    desktop.close()
    app.quit()

timer = QTimer()
timer.timeout.connect(look)
timer.start(200)
sys.exit(app.exec())
"""


@pytest.fixture
def x_server(tmp_path: Path) -> Iterator[str]:
    """The display of a server of our own, on a number that it chooses."""
    if XVFB is None:
        pytest.skip("Xvfb is not here; packaging/test.sh installs it where it may")
    reader, writer = os.pipe()
    command = [XVFB, "-displayfd", str(writer), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"]
    with Path(tmp_path / "xvfb.log").open("wb") as log:
        server = subprocess.Popen(command, pass_fds=[writer], stdout=log, stderr=log)
    os.close(writer)
    with os.fdopen(reader) as said:
        number = said.readline().strip()
    assert number, Path(tmp_path / "xvfb.log").read_text()
    yield f":{number}"
    server.terminate()
    server.wait(PATIENCE_S)


def _environment(display: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND_"))}
    return {**kept, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "NO_AT_BRIDGE": "1"}


def test_the_window_is_painted_on_a_real_screen(start_fake: StartFake, x_server: str, tmp_path: Path) -> None:
    """With the first steps, connected; what the server shows has the colours of the window.

    The icon would go into a tray that comes later.
    """
    from PySide6.QtGui import QImage

    start_fake("--gpus", "1", "--serving")
    picture = tmp_path / "screen.png"
    command = [sys.executable, "-c", LOOK, str(picture)]
    done = subprocess.run(
        command, env=_environment(x_server), capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[:3] == ["xcb", "True", "True"]
    assert "What this computer has" in done.stdout
    screen = QImage(str(picture))
    colours = {screen.pixel(x, y) for x in range(0, screen.width(), 7) for y in range(0, screen.height(), 7)}
    assert len(colours) > 20


def test_the_program_lives_and_ends_on_a_real_screen(
    start_fake: StartFake, x_server: str, home: Path, qtbot: QtBot
) -> None:
    """As a person starts it: it stays, and SIGTERM ends it in order, with no note of a crash."""
    daemon = start_fake("--serving")
    program = subprocess.Popen(
        [sys.executable, "-m", "engineroom_ui"], env=_environment(x_server), stderr=subprocess.PIPE, text=True
    )
    try:
        written = home / "config" / "window.ini"
        qtbot.waitUntil(lambda: written.exists() and "welcomed=true" in written.read_text(), timeout=PATIENCE_S * 1000)
        qtbot.wait(1000)
        assert program.poll() is None
        program.send_signal(signal.SIGTERM)
        _, err = program.communicate(timeout=PATIENCE_S)
    finally:
        program.kill()
    assert program.returncode == 0, err
    assert "Traceback" not in err
    assert list(crash_dir().iterdir()) == []
    assert daemon.poll() is None
