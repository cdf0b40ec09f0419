"""Where the window keeps what is its own: geometry, theme, crash notes. All else is the daemon's."""

import os
from pathlib import Path

import platformdirs
from PySide6.QtCore import QSettings

_NAME = "engineroom"


def _home() -> Path | None:
    home = os.environ.get("ENGINEROOM_HOME")
    return Path(home) if home else None


def _config() -> Path:
    home = _home()
    return home / "config" if home is not None else Path(platformdirs.user_config_path(_NAME))


def settings() -> QSettings:
    """The window's own settings, an INI file."""
    return QSettings(str(_config() / "window.ini"), QSettings.Format.IniFormat)


def known_hosts() -> Path:
    """Keys of the other computers a window here was connected to; it may not exist yet."""
    return _config() / "known_hosts"


def chats_dir() -> Path:
    """Directory of the conversations that a person wished to keep; it may not exist yet."""
    home = _home()
    data = home / "data" if home is not None else Path(platformdirs.user_data_path(_NAME))
    return data / "chats"


def crash_dir() -> Path:
    """Directory of the notes a dying window leaves; it may not exist yet."""
    home = _home()
    state = home / "state" if home is not None else Path(platformdirs.user_state_path(_NAME))
    return state / "crash"
