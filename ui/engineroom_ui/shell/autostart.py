"""Starting with the session: a desktop entry in the XDG autostart folder, there or not there.

Source: the Desktop Application Autostart Specification 0.5.
"""

import os
import sys
from pathlib import Path

_NAME = "engineroom.desktop"
_ENTRY = """[Desktop Entry]
Type=Application
Name=Engineroom
Comment=Serves language models on this computer
Comment[de]=Stellt Sprachmodelle auf diesem Computer bereit
Comment[zh_CN]=在此电脑上提供语言模型服务
Exec={command}
Icon=engineroom
Terminal=false
X-GNOME-Autostart-enabled=true
"""
_RESERVED = '"`$\\'


def autostart_file() -> Path:
    """Where the entry lies when it is there."""
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(config) / "autostart" / _NAME


def starts_with_session() -> bool:
    """Whether the entry is there and was not switched off by the desktop's own settings."""
    try:
        lines = autostart_file().read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    return not {"Hidden=true", "X-GNOME-Autostart-enabled=false"} & {line.replace(" ", "") for line in lines}


def start_with_session(*, on: bool) -> None:
    """Write the entry or take it away. Raises OSError where that cannot be done."""
    entry = autostart_file()
    if not on:
        entry.unlink(missing_ok=True)
        return
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(_ENTRY.format(command=" ".join(map(_quoted, [*window_command(), "--hidden"]))), "utf-8")


def window_command() -> list[str]:
    """The program of this window."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    beside = Path(sys.executable).with_name("engineroom-desktop")
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "engineroom_ui"]


def _quoted(argument: str) -> str:
    """An argument as the Exec key wants it."""
    escaped = "".join(f"\\{letter}" if letter in _RESERVED else letter for letter in argument).replace("%", "%%")
    # A value of a desktop entry is unescaped once more before it is split.
    return '"' + escaped.replace("\\", "\\\\") + '"' if escaped != argument or " " in argument else argument
