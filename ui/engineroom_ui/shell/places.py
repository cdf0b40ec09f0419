"""Where the window keeps what is its own: geometry, theme, crash notes. All else is the daemon's."""

import os
from pathlib import Path

import platformdirs
from PySide6.QtCore import QSettings

_NAME = "engineroom"


def _home() -> Path | None:
    home = os.environ.get("ENGINEROOM_HOME")
    return Path(home) if home else None


def settings() -> QSettings:
    """The window's own settings, an INI file."""
    home = _home()
    folder = home / "config" if home is not None else Path(platformdirs.user_config_path(_NAME))
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def crash_dir() -> Path:
    """Directory of the notes a dying window leaves; it may not exist yet."""
    home = _home()
    state = home / "state" if home is not None else Path(platformdirs.user_state_path(_NAME))
    return state / "crash"
