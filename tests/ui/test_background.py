"""What goes on while nobody looks: tray, autostart, words on the desktop, no sleep."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engineroom.contract.control import EngineState, JobKind, JobState, JobView, ProblemView
from engineroom_ui.link.session import Phase
from engineroom_ui.shell.autostart import autostart_file, start_with_session, starts_with_session, window_command
from engineroom_ui.shell.awake import StayAwake
from engineroom_ui.shell.desktop import Desktop
from engineroom_ui.shell.notifier import LONG_S
from engineroom_ui.shell.preferences import Wish
from engineroom_ui.shell.tray import Tray
from engineroom_ui.state.condition import Condition, condition
from engineroom_ui.theme.tray_icon import SIZES, tray_icon
from window_kit import OpenWindow, StartFake, Until, connected, state

PROGRAM = """#!{python}
import os, sys
with open({notes!r}, "a") as notes:
    notes.write("\\x1f".join(sys.argv[1:]) + "\\n")
if os.path.basename(sys.argv[0]) == "systemd-inhibit":
    if {refuses}:
        sys.exit("no login manager")
    sys.stdin.read()
    with open({notes!r}, "a") as notes:
        notes.write("released\\n")
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Puts programs on the path that note what they were called with."""

    def put(name: str, *, refuses: bool = False) -> Path:
        notes = tmp_path / f"{name}.notes"
        notes.touch()
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        program = folder / name
        program.write_text(PROGRAM.format(python=sys.executable, notes=str(notes), refuses=refuses))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return notes

    return put


def lines(notes: Path) -> list[list[str]]:
    return [line.split("\x1f") for line in notes.read_text().splitlines()]


def job(state: JobState, seconds: float, problem: ProblemView | None = None) -> JobView:
    return JobView(
        id="j1",
        kind=JobKind.PULL,
        subject="Qwen3 8B",
        state=state,
        created_at_s=100.0,
        started_at_s=100.0,
        ended_at_s=100.0 + seconds,
        problem=problem,
    )


def test_the_icon_says_how_the_room_does(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """Idle, serving, problem; the tool tip has tokens per second and watts."""
    daemon = start_fake("--serving", "--rapl", "--gpus", "1")
    desktop = open_window()
    tray = desktop.background.tray
    assert condition(desktop.room) is Condition.IDLE
    assert tray.lines == ["Engineroom", "The engine room does not answer."]
    until(connected(desktop))
    until(lambda: desktop.room.telemetry.last is not None)
    assert condition(desktop.room) is Condition.SERVING
    name, engine, figures = tray.lines
    assert (name, engine) == ("Engineroom", "SmolLM2 135M Instruct: Serving")
    assert "tok/s" in figures
    assert figures.endswith(" W")
    until(lambda: tray.icon.toolTip() == "\n".join(tray.lines))
    served = tray.icon.icon().pixmap(32).toImage()
    engine_id = next(iter(desktop.room.engines))
    failed = replace(desktop.room.engines[engine_id], state=EngineState.FAILED, can_start=True, can_stop=False)
    desktop.room.engines[engine_id] = failed
    desktop.room.engine_changed.emit(engine_id)
    assert condition(desktop.room) is Condition.PROBLEM
    assert tray.icon.icon().pixmap(32).toImage() != served
    daemon.kill()
    daemon.wait()
    until(lambda: condition(desktop.room) is Condition.PROBLEM and not desktop.room.live)


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_menu_starts_and_stops(start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """The same requests as the window's button; it is made when it opens."""
    start_fake()
    desktop = open_window()
    until(connected(desktop))
    menu = desktop.background.tray.menu

    def press(text: str) -> None:
        menu.aboutToShow.emit()
        (action,) = [action for action in menu.actions() if action.text() == text]
        action.trigger()

    press("Serve SmolLM2 135M Instruct")
    until(state(desktop, "Serving"))
    press("Stop SmolLM2 135M Instruct")
    until(state(desktop, "Stopped"))
    desktop.window.hide()
    press("Open Engineroom")
    assert desktop.window.isVisible()


def test_icons_differ_by_shape(qapp: QApplication) -> None:
    """At every size, also for eyes that see no colours."""
    for size in SIZES:
        greys = []
        for name in ("idle", "serving", "problem"):
            image = tray_icon(name).pixmap(size).toImage().convertToFormat(image_format())
            greys.append(bytes(image.constBits()))
        assert len(set(greys)) == 3


def image_format() -> object:
    from PySide6.QtGui import QImage

    return QImage.Format.Format_Grayscale8


@pytest.mark.qt_log_ignore("does not support raise")
def test_closing_hides_only_where_there_is_a_tray(open_window: OpenWindow) -> None:
    """Nothing ever hides into nothing; quitting always ends."""
    desktop = open_window()
    window = desktop.window
    assert not Tray.possible()
    assert not desktop.background.tray.shown
    event = QCloseEvent()
    window.closeEvent(event)
    assert event.isAccepted()
    told: list[str] = []
    window.hidden.connect(lambda: told.append("hidden"))
    window.closed.connect(lambda: told.append("closed"))
    window.hides = lambda: True
    window.close()
    assert (told, window.isVisible()) == (["hidden"], False)
    window.bring_up()
    assert window.isVisible()
    window.quit()
    assert (told, window.isVisible()) == (["hidden", "closed"], False)


def test_a_hidden_start_without_a_tray_is_minimised(
    start_fake: StartFake, open_window: OpenWindow, until: Until
) -> None:
    """A window nobody could ever open again would be worse than one in the taskbar."""
    start_fake()
    desktop = open_window(hidden=True)
    assert desktop.window.isMinimized()
    until(connected(desktop))


def test_autostart_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written, recognised, switched off by the desktop's own settings, taken away; twice is as once."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "con fig"))
    assert not starts_with_session()
    for _ in range(2):
        start_with_session(on=True)
        assert starts_with_session()
    entry = autostart_file().read_text("utf-8")
    assert autostart_file() == tmp_path / "con fig" / "autostart" / "engineroom.desktop"
    assert {"Comment[de]=", "Comment[zh_CN]="} <= {line.partition("=")[0] + "=" for line in entry.splitlines()}
    assert "Type=Application" in entry
    assert "--hidden\n" in entry
    assert window_command()[0] in entry
    autostart_file().write_text(entry + "Hidden=true\n", "utf-8")
    assert not starts_with_session()
    for _ in range(2):
        start_with_session(on=False)
        assert not autostart_file().exists()


def test_the_habits_menu_shows_what_is_so(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tray that is not there is said; a folder that cannot be written is said in the line under the header."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    desktop = open_window()
    habits = desktop.window.menus.habits
    habits.menu.aboutToShow.emit()
    assert (habits.start.isChecked(), habits.notify.isChecked(), habits.awake.isChecked()) == (False, True, False)
    assert not habits.hides.isEnabled()
    assert "no tray" in habits.hides.toolTip()
    habits.start.trigger()
    assert starts_with_session()
    habits.start.trigger()
    assert not starts_with_session()
    habits.notify.trigger()
    assert not desktop.window.desk.preferences.wants(Wish.NOTIFY)
    (tmp_path / "config" / "autostart").rmdir()
    (tmp_path / "config" / "autostart").write_text("in the way")
    said: list[str] = []
    habits.failed.connect(said.append)
    habits.start.trigger()
    assert len(said) == 1
    assert not habits.start.isChecked()


def test_long_work_is_told_when_nobody_looks(
    open_window: OpenWindow, until: Until, programs: Callable[..., Path]
) -> None:
    """Not what was quick, not while the window is active, not against the person's wish."""
    notes = programs("notify-send")
    desktop = open_window()
    until(lambda: desktop.session.view.phase is not Phase.SEARCHING)
    desktop.window.hide()
    ended = desktop.room.jobs.ended
    ended.emit(job(JobState.DONE, LONG_S - 1))
    ended.emit(job(JobState.CANCELLED, LONG_S + 1))
    ended.emit(job(JobState.DONE, LONG_S + 1))
    until(lambda: len(lines(notes)) == 1)
    assert lines(notes)[0][-2:] == ["Qwen3 8B is done", ""]
    problem = ProblemView(code="disk_full", facts={"needs_bytes": 10, "has_bytes": 5, "path": "/models"})
    ended.emit(job(JobState.FAILED, LONG_S + 1, problem))
    until(lambda: len(lines(notes)) == 2)
    title, text = lines(notes)[1][-2:]
    assert title == "Qwen3 8B did not succeed"
    assert text
    desktop.window.desk.preferences.turn(Wish.NOTIFY, on=False)
    ended.emit(job(JobState.DONE, LONG_S + 1))
    desktop.window.desk.preferences.turn(Wish.NOTIFY, on=True)
    ended.emit(job(JobState.DONE, LONG_S + 2))
    until(lambda: len(lines(notes)) == 3)


def test_a_long_load_is_told(
    start_fake: StartFake, open_window: OpenWindow, until: Until, programs: Callable[..., Path]
) -> None:
    """When the model can be asked, or could not be loaded."""
    notes = programs("notify-send")
    start_fake("--serving")
    desktop = open_window()
    until(connected(desktop))
    desktop.window.hide()
    (engine,) = desktop.room.engines.values()
    now_s = time.time()
    begun = replace(engine, state=EngineState.STARTING, since_s=now_s - LONG_S - 5)
    for later in (replace(engine, since_s=now_s), replace(engine, state=EngineState.FAILED, since_s=now_s)):
        for view in (begun, later):
            desktop.room.engines[engine.id] = view
            desktop.room.engine_changed.emit(engine.id)
    until(lambda: len(lines(notes)) == 2)
    titles = {line[-2] for line in lines(notes)}
    assert titles == {"SmolLM2 135M Instruct is being served", "SmolLM2 135M Instruct could not be loaded"}


def test_no_sleep_while_serving(
    start_fake: StartFake, open_window: OpenWindow, until: Until, programs: Callable[..., Path]
) -> None:
    """Only if wanted, only while an engine serves, and never longer than the window lives."""
    notes = programs("systemd-inhibit")
    start_fake("--serving")
    desktop = open_window()
    until(connected(desktop))
    awake = desktop.background.awake
    assert StayAwake.possible()
    assert not awake.held
    desktop.window.desk.preferences.turn(Wish.STAY_AWAKE, on=True)
    assert awake.held
    until(lambda: len(lines(notes)) == 1)
    assert {"--what=idle:sleep", "--who=Engineroom", "--mode=block"} <= set(lines(notes)[0])
    desktop.room.stop_engine(next(iter(desktop.room.engines)))
    until(lambda: lines(notes)[-1] == ["released"])
    assert not awake.held
    until(state(desktop, "Stopped"))
    desktop.room.start_engine(next(iter(desktop.room.engines)))
    until(lambda: awake.held)
    desktop.close()
    until(lambda: [line for line in lines(notes) if line == ["released"]] == [["released"]] * 2)


def test_a_refused_lock_is_noted(
    start_fake: StartFake,
    open_window: OpenWindow,
    until: Until,
    programs: Callable[..., Path],
    logged_warnings: list[object],
) -> None:
    """By a policy, or because no login manager runs; serving goes on, and the person is told once."""
    programs("systemd-inhibit", refuses=True)
    start_fake("--serving")
    desktop = open_window()
    until(connected(desktop))
    desktop.window.desk.preferences.turn(Wish.STAY_AWAKE, on=True)
    until(lambda: not desktop.background.awake.held)
    assert len(logged_warnings) == 1
    banner = desktop.window.banner
    assert "may fall asleep" in banner.text
    assert "no login manager" in banner.text
    banner.dismissed.emit()
    desktop.room.engine_changed.emit(next(iter(desktop.room.engines)))
    until(lambda: len(logged_warnings) == 2)
    assert banner.text == ""


def test_the_window_is_told_of_the_tray_once(open_window: OpenWindow) -> None:
    """The second time everybody knows."""
    desktop: Desktop = open_window()
    background: QObject = desktop.background
    assert desktop.settings.value("told_of_tray") is None
    desktop.window.hidden.emit()
    assert desktop.settings.value("told_of_tray") == "true"
    assert background.parent() is desktop.window


def test_a_question_that_failed_is_not_asked_in_a_circle(
    start_fake: StartFake, open_window: OpenWindow, until: Until, qtbot: QtBot
) -> None:
    """Every answer is told, whoever is told looks again, and what was asked once is not asked again."""
    start_fake("--serving", "--gpus", "1")
    desktop = open_window()
    asked: list[str] = []
    for manager in (desktop.client.manager, desktop.client._slow):
        manager.finished.connect(lambda reply: asked.append(reply.url().path()))
    until(connected(desktop))
    qtbot.wait(600)
    assert {path: asked.count(path) for path in asked if asked.count(path) > 3} == {}
