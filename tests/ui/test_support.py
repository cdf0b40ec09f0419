"""The support file from the window, and what is offered after a crash."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from engineroom_ui.shell.crash import Hooks
from engineroom_ui.shell.places import crash_dir
from engineroom_ui.shell.registry import Place
from window_kit import OpenWindow, StartFake, Until, connected

SECRETS = ("canary-of-the-environment", "canary-of-a-header")


def test_a_support_file_is_written(home: Path, start_fake: StartFake, open_window: OpenWindow, until: Until) -> None:
    """With what the daemon says of the machine, without its token."""
    start_fake("--serving", "--gpus", "1")
    desktop = open_window()
    until(connected(desktop))
    target = home / "support.zip"
    desktop.window.menus.support.write(target)
    until(target.exists)
    until(lambda: "support.zip" in desktop.window.banner.text)
    with zipfile.ZipFile(target) as bundle:
        assert "RTX 4090" in bundle.read("machine.json").decode()
        whole = b"".join(bundle.read(name) for name in bundle.namelist())
    assert b"fake-token" not in whole


def test_the_shortcut_writes_one_from_any_page(
    home: Path, start_fake: StartFake, open_window: OpenWindow, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the keyboard alone, also while an engine has failed: that is when one is wanted; where it lies is said first.

    What the settings, the environment and the logs hold of secrets and of the person is not in it.
    """
    monkeypatch.setenv("SOME_API_KEY", SECRETS[0])
    monkeypatch.setenv("HOME", "/home/ada-lovelace")
    start_fake("--fail", "gguf_truncated")
    desktop = open_window()
    window = desktop.window
    until(connected(desktop))
    log = home / "state" / "log" / "daemon.log"
    log.parent.mkdir(parents=True)
    log.write_text(f"saw {SECRETS[0]} and Bearer {SECRETS[1]} in /home/ada-lovelace/models\n")
    desktop.room.start_engine(desktop.room.models[0].id)
    until(lambda: "cut short" in window.banner.text)
    window.show_page(Place.MONITOR)
    window.activateWindow()
    until(window.isActiveWindow)
    pressed = QKeySequence("Ctrl+Shift+S")[0]
    QTest.keyClick(window.focusWidget() or window, pressed.key(), pressed.keyboardModifiers())
    until(lambda: any(one.isVisible() for one in window.findChildren(QFileDialog)))
    (dialog,) = window.findChildren(QFileDialog)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    assert field.text().startswith("engineroom-support-")
    target = home / "for the helper"
    field.setText(str(target))
    QTest.keyClick(field, Qt.Key.Key_Return)
    until(lambda: window.banner.text.startswith(f"The support file is {target}.zip."))
    assert target.with_suffix(".zip").stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(target.with_suffix(".zip")) as bundle:
        whole = "\n".join(bundle.read(name).decode() for name in bundle.namelist())
    assert "saw [redacted] and" in whole
    assert [one for one in (*SECRETS, "fake-token", "ada-lovelace") if one in whole] == []
    window.banner.dismissed.emit()
    assert "cut short" in window.banner.text


def test_one_that_cannot_be_written_is_said(
    home: Path, start_fake: StartFake, open_window: OpenWindow, until: Until
) -> None:
    """In the line under the header."""
    start_fake()
    desktop = open_window()
    until(connected(desktop))
    desktop.window.menus.support.write(home / "no" / "folder" / "support.zip")
    until(lambda: "could not be written" in desktop.window.banner.text)
    assert "No such file or directory" in desktop.window.banner.text
    assert "(state_unwritable)" in desktop.window.banner.text


def test_a_crash_is_offered_with_a_button(
    home: Path, start_fake: StartFake, open_window: OpenWindow, until: Until
) -> None:
    """Once; the button asks where the support file is to lie."""
    start_fake()
    crash_dir().mkdir(parents=True)
    crash_dir().joinpath("1.log").write_text("Fatal Python error")
    desktop = open_window()
    desktop.say_earlier_crash(Hooks())
    until(connected(desktop))
    banner = desktop.window.banner
    assert "ended unexpectedly" in banner.text
    assert banner.button.text() == "Write a support file"
    banner.dismissed.emit()
    assert banner.text == ""
