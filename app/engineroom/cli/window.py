"""``engineroom`` without a command: the window, where there can be one."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from engineroom.domain.errors import Code, Rejected


def connect(target: str, /) -> int:
    """Open the window on the engine room of another computer, through an SSH tunnel.

    Args:
        target: the other computer, as ssh takes it: HOST or USER@HOST. Logging in there must work without a password.
    """
    if target.startswith("-"):
        raise Rejected(Code.USAGE, reason="A host does not begin with a dash.")
    return open_window("--connect", target)


def open_window(*options: str) -> int:
    """Open the window.

    Without a display, or without the desktop extra, it says so and names the commands that work here.
    """
    reason = _why_not()
    if reason is not None:
        raise Rejected(Code.NO_DESKTOP, reason=f"{reason}. Without it: engineroom serve, engineroom --help")
    if getattr(sys, "frozen", False):
        return subprocess.call([str(Path(sys.executable).with_name("engineroom-desktop")), *options])
    return subprocess.call([sys.executable, "-m", "engineroom_ui", *options])


def _why_not() -> str | None:
    if importlib.util.find_spec("PySide6") is None:
        return "PySide6 is not installed; install 'engineroom[desktop]'"
    offscreen = os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal", "vnc"}
    if sys.platform == "linux" and not offscreen and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))):
        return "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    return None
