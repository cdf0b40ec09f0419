"""The support file from the window, and what is offered after a crash."""

import zipfile
from pathlib import Path

from engineroom_ui.shell.crash import Hooks
from engineroom_ui.shell.places import crash_dir
from window_kit import OpenWindow, StartFake, Until, connected


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
