"""The connection file: how a client on this machine finds the running daemon.

``daemon.json`` lies in the runtime directory (mode 0600) from the moment the socket is bound until the daemon ends.
The directory is ``$ENGINEROOM_HOME/run`` when that variable is set, else ``$XDG_RUNTIME_DIR/engineroom``, else ``run``
in the state directory.
"""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

FILE_NAME = "daemon.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What a client needs: where, with which token, and which process to check. ``pid_created_s`` is Unix time."""

    address: str
    token: str
    pid: int
    pid_created_s: float
    api: int
    version: str


def runtime_dir() -> Path:
    """Directory of the connection file and the lock. It may not exist yet."""
    home = os.environ.get("ENGINEROOM_HOME")
    if home:
        return Path(home) / "run"
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(base) / "engineroom" / "run"
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and Path(runtime).is_dir():
        return Path(runtime) / "engineroom"
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "engineroom" / "run"


def connection_path() -> Path:
    """Where the connection file of this user's daemon lies, if one runs."""
    return runtime_dir() / FILE_NAME


def read_connection(path: Path) -> Connection | None:
    """The connection of a daemon that is alive; ``None`` if there is none or the file is a leftover."""
    try:
        connection = Connection(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return connection if _alive(connection.pid) else None


def _alive(pid: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
