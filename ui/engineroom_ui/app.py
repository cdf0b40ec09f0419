"""Entry point of ``engineroom-desktop``. Nothing of Qt is imported before the arguments are understood."""

import argparse
import os
import sys

from engineroom import __version__
from engineroom.contract.problems import Exit

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(arguments: list[str] | None = None) -> int:
    """Show the window until it is closed; the exit code is one of ``engineroom.contract.problems.Exit``."""
    parser = argparse.ArgumentParser(
        prog="engineroom-desktop",
        description="The window of Engineroom. It finds the engine room of this user, or starts one.",
    )
    parser.add_argument("--version", action="version", version=f"engineroom-desktop {__version__}")
    parser.add_argument("--hidden", action="store_true", help="show only the icon in the tray, where there is one")
    parser.add_argument("--connect", metavar="HOST", default="", help="the engine room of another computer, by SSH")
    said = parser.parse_args(arguments)
    if said.connect.startswith("-"):
        parser.error("a host does not begin with a dash")
    try:
        # Here and not above: without PySide6 the person gets one helpful line, not a traceback.
        from engineroom_ui.shell.desktop import start  # noqa: PLC0415
    except ImportError as error:
        return _no_desktop(f"{error}. Install the desktop parts: pip install 'engineroom[desktop]'")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in _DISPLAYS):
        return _no_desktop("there is no display here. Without one, use: engineroom serve")
    return start([], hidden=said.hidden, target=said.connect)


def _no_desktop(reason: str) -> int:
    sys.stderr.write(f"engineroom-desktop: the window cannot be shown: {reason}\n")
    return Exit.NO_DESKTOP
