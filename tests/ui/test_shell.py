"""What is around the pages: the start, the hooks, one window per user, the keyboard."""

import json
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engineroom import __version__
from engineroom.contract.problems import Exit
from engineroom_ui.shell.crash import Hooks
from engineroom_ui.shell.places import crash_dir
from engineroom_ui.shell.single_instance import SingleInstance
from engineroom_ui.shell.window import FIRST_SIZE, FRAME, MINIMUM, first_size
from engineroom_ui.widgets.strip_chart import StripChart
from window_kit import PATIENCE_MS, OpenWindow, StartFake, Until, ask, connected, reached_by_tab, state

INTERACTIVE = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTextBrowser, StripChart)

FIRST_PAINT = """
import sys
from PySide6.QtWidgets import QApplication
from engineroom_ui.shell.desktop import Desktop
app = QApplication([])
desktop = Desktop(app, [sys.executable, "-c", ""])
desktop.window.painted.disconnect()
def done():
    late = {"psutil", "engineroom.contract.runtimes", "engineroom_ui.shell.background"}
    print(sorted({"pydantic", "numpy", "pyqtgraph", "fastapi", *late} & sys.modules.keys()))
    app.quit()
desktop.window.painted.connect(done)
desktop.show()
app.exec()
desktop.close()
"""


def desktop_program(*code: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def finish(program: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = program.communicate(timeout=60)
    return program.returncode, out, err


def test_first_paint_imports_nothing_heavy(home: Path) -> None:
    """Neither pydantic nor numpy nor pyqtgraph before the person sees something."""
    code, out, err = finish(desktop_program("-c", FIRST_PAINT))
    assert (code, out.strip()) == (0, "[]"), err


def test_version_and_help(home: Path) -> None:
    """Without a display, and before Qt is touched."""
    code, out, _ = finish(desktop_program("-m", "engineroom_ui", "--version", QT_QPA_PLATFORM="none"))
    assert (code, out.strip()) == (0, f"engineroom-desktop {__version__}")
    code, out, _ = finish(desktop_program("-m", "engineroom_ui", "--help", QT_QPA_PLATFORM="none"))
    assert (code, "engineroom-desktop" in out) == (0, True)


def test_missing_pyside_is_one_line(home: Path, tmp_path: Path) -> None:
    """A headless installation has the command all the same."""
    blocker = tmp_path / "blocked"
    (blocker / "PySide6").mkdir(parents=True)
    (blocker / "PySide6" / "__init__.py").write_text("raise ModuleNotFoundError('No module named PySide6')\n")
    path = os.pathsep.join([str(blocker), os.environ["PYTHONPATH"]])
    code, _, err = finish(desktop_program("-m", "engineroom_ui", PYTHONPATH=path))
    assert code == Exit.NO_DESKTOP
    assert len(err.strip().splitlines()) == 1
    assert "engineroom[desktop]" in err


@pytest.mark.skipif(sys.platform != "linux", reason="a display is always there")
def test_no_display_is_one_line(home: Path) -> None:
    """Qt would abort; we say what to do instead."""
    environment = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"), "")
    code, _, err = finish(desktop_program("-m", "engineroom_ui", **environment))
    assert code == Exit.NO_DESKTOP
    assert "engineroom serve" in err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_the_window_in_order(
    start_fake: StartFake, home: Path, qtbot: QtBot, number: signal.Signals
) -> None:
    """Exit code 0, settings written, no crash note left; the daemon stays. A second start only raises the first."""
    daemon = start_fake("--serving")
    first = desktop_program("-m", "engineroom_ui")
    written = home / "config" / "window.ini"
    qtbot.waitUntil(lambda: written.exists() and "welcomed=true" in written.read_text(), timeout=PATIENCE_MS)
    assert any(crash_dir().iterdir())
    second_code, _, second_err = finish(desktop_program("-m", "engineroom_ui"))
    assert second_code == 0, second_err
    assert first.poll() is None
    first.send_signal(number)
    code, _, err = finish(first)
    assert code == 0, err
    assert "Traceback" not in err
    assert list(crash_dir().iterdir()) == []
    assert daemon.poll() is None


def test_a_second_start_raises_the_first(home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    """The first is told, with the token a Wayland compositor wants."""
    first = SingleInstance()
    assert first.claim()
    code = "from engineroom_ui.shell.single_instance import SingleInstance as S; import sys; sys.exit(S().claim())"
    with qtbot.waitSignal(first.raise_asked, timeout=PATIENCE_MS) as asked:
        second = desktop_program("-c", code, XDG_ACTIVATION_TOKEN="a-token")
    assert asked.args == ["a-token"]
    assert finish(second)[0] == 0
    first.close()
    third = SingleInstance()
    assert third.claim()
    third.close()


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_second_start_brings_the_window_up_again(
    start_fake: StartFake, open_window: OpenWindow, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the tray or the taskbar, with the token of whoever pressed; the second program ends and leaves nothing."""
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "an-old-one")
    start_fake()
    window = open_window().window
    first = SingleInstance()
    first.raise_asked.connect(window.bring_up)
    assert first.claim()
    for put_away in (window.hide, window.showMinimized):
        put_away()
        token = f"from-{put_away.__name__}"
        second = desktop_program("-m", "engineroom_ui", XDG_ACTIVATION_TOKEN=token)
        until(lambda token=token: os.environ["XDG_ACTIVATION_TOKEN"] == token)
        until(lambda: window.isVisible() and not window.isMinimized())
        code, _, err = finish(second)
        assert (code, err) == (0, "")
    first.close()


def test_hooks_note_and_say(home: Path, qtbot: QtBot, logged_warnings: list[logging.LogRecord]) -> None:
    """An exception nobody expected is logged and said; an orderly end leaves no note."""
    hooks = Hooks()
    hooks.install()
    try:
        with qtbot.waitSignal(hooks.surprised) as said:
            sys.excepthook(ValueError, ValueError("odd"), None)
        assert said.args == ["ValueError: odd"]
        assert [record.exc_info[0] for record in logged_warnings] == [ValueError]
        assert crash_dir().joinpath(f"{os.getpid()}.log").exists()
    finally:
        hooks.remove()
    assert list(crash_dir().iterdir()) == []


def test_an_earlier_crash_is_told_once(home: Path, open_window: OpenWindow) -> None:
    """With the place of its note, when nothing more important is to be said."""
    crash_dir().mkdir(parents=True)
    crash_dir().joinpath("1.log").write_text("Fatal Python error")
    desktop = open_window()
    desktop.say_earlier_crash(Hooks())
    assert Hooks().earlier_crash is None
    assert crash_dir().joinpath("1.seen").read_text() == "Fatal Python error"


def test_every_interactive_part_has_a_name(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Also in the chat, where parts come and go."""
    start_fake("--serving", "--models", "2")
    desktop = open_window()
    until(connected(desktop))
    ask(desktop, "hello")
    until(lambda: "tok/s" in desktop.window.chat.pane.answers[0].note)
    parts = [part for part in desktop.window.findChildren(QWidget) if isinstance(part, INTERACTIVE)]
    parts = [part for part in parts if not part.objectName().startswith("qt_")]
    assert len(parts) > 12
    assert [repr(part) for part in parts if not _name(part)] == []


def test_everything_is_reached_by_keyboard(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Tab visits every enabled button and field."""
    start_fake("--serving", "--models", "2")
    desktop = open_window()
    window = desktop.window
    until(state(desktop, "Serving"))
    window.show_log(on=True)
    reached = reached_by_tab(window, 80)
    wanted = [
        part
        for part in window.findChildren(QWidget)
        if isinstance(part, (QAbstractButton, QComboBox, QLineEdit))
        and part.isVisible()
        and part.isEnabled()
        and not part.objectName().startswith("qt_")
    ]
    assert [_name(part) for part in wanted if part not in reached] == []


def test_shortcuts_are_unique(open_window: OpenWindow) -> None:
    """Two actions of one shortcut would both be dead."""
    shortcuts = [action.shortcut().toString() for action in open_window().window.actions()]
    assert len(shortcuts) > 6
    assert len(set(shortcuts)) == len(shortcuts)


def test_nothing_flashes(qapp: QApplication, open_window: OpenWindow) -> None:
    """A part that is shown before it has a parent would be a window of its own for a moment."""
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # noqa: N802
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    window = open_window().window
    for place in window.pages.places:
        window.show_page(place)
    qapp.removeEventFilter(watch)
    assert shown == ["MainWindow"]


def test_geometry_is_remembered(open_window: OpenWindow) -> None:
    """The next window is as high as the last; the offscreen screen is too narrow for another width."""
    first = open_window()
    first.window.resize(960, 701)
    first.window.close()
    assert open_window().window.height() == 701


@pytest.mark.parametrize("cards", ["1", "2", "4"])
def test_smallest_size_holds_everything(
    start_fake: StartFake, open_window: OpenWindow, until: Until, cards: str
) -> None:
    """At 960 by 640 nothing is cut off sideways."""
    start_fake("--serving", "--gpus", cards, "--rapl", "--history", "60")
    desktop = open_window()
    window = desktop.window
    window.resize(960, 640)
    until(lambda: "W" in window.home.charts.power.accessibleDescription())
    serve = window.home.serve
    visible = serve.visibleRegion().boundingRect()
    assert visible.width() == serve.width()
    assert window.width() == 960
    strip = window.home.machine
    # The cards' figures come after the first layout and may ask for another.
    until(lambda: strip.height() >= strip.minimumSizeHint().height())


def _name(part: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(part)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def test_connection_file_of_the_fake_is_json(start_fake: StartFake, home: Path) -> None:
    """The fake speaks the contract."""
    start_fake()
    assert set(json.loads((home / "run" / "daemon.json").read_text())) >= {"address", "token", "pid", "api"}


@pytest.mark.parametrize("screen", [(1280, 800), (1280, 770), (1366, 768), (1024, 768), (1920, 1080)])
def test_a_new_window_is_seen_whole(screen: tuple[int, int]) -> None:
    """With its frame, where the screen has room for the smallest window at all."""
    size = first_size(QSize(*screen))
    assert size == size.boundedTo(FIRST_SIZE).expandedTo(MINIMUM)
    assert size + FRAME == (size + FRAME).boundedTo(QSize(*screen))
    assert first_size(QSize(2000, 1200)) == first_size(QSize(800, 600)) == FIRST_SIZE


@pytest.mark.qt_log_ignore("does not support raise")
@pytest.mark.filterwarnings("ignore:Function:DeprecationWarning")
def test_a_window_that_was_left_elsewhere_is_shown_anew(open_window: OpenWindow, qtbot: QtBot) -> None:
    """Only where none of ours has the keyboard: then the window manager did not bring it up."""
    window = open_window().window
    shown: list[int] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Show:
                shown.append(1)
            return super().eventFilter(watched, event)

    watch = Watch()
    window.installEventFilter(watch)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    window.insist()
    assert shown == []
    QApplication.setActiveWindow(None)
    window.insist()
    assert shown == [1]
    assert window.isVisible()
    window.hide()
    window.insist()
    assert not window.isVisible()
    window.removeEventFilter(watch)
