"""The connection file: how a client on this machine finds the running daemon.

``daemon.json`` lies in the runtime directory (mode 0600) from the moment the socket is bound until the daemon ends.
The directory is ``$ENGINEROOM_HOME/run`` when that variable is set, else ``$XDG_RUNTIME_DIR/engineroom``, else ``run``
in the state directory.
"""

import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE_NAME = "daemon.json"
_SAME_S = 2.0


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
        connection = _checked(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return connection if _alive(connection.pid, connection.pid_created_s) else None


def _checked(tree: dict[str, Any]) -> Connection:
    """Raises ValueError, TypeError or KeyError for anything but what a daemon writes."""
    kinds = {"address": str, "token": str, "pid": int, "pid_created_s": float, "api": int, "version": str}
    if set(tree) != set(kinds) or any(type(tree[name]) is not kind for name, kind in kinds.items()):
        raise TypeError(sorted(tree))
    if not 0 < tree["pid"] < 2**31:
        raise ValueError(tree["pid"])
    return Connection(**tree)


def _alive(pid: int, created_s: float) -> bool:
    """Whether this very process still runs; another one may have been given its number since."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False
    began_s = _created_s(pid)
    return began_s is None or abs(began_s - created_s) < _SAME_S


def _created_s(pid: int) -> float | None:
    """Unix time at which a process began; ``None`` where the system does not tell (anything but Linux)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        boot = re.search(r"^btime (\d+)$", Path("/proc/stat").read_text(), re.MULTILINE)
    except OSError:
        return None
    return None if boot is None else int(boot[1]) + int(fields[19]) / os.sysconf("SC_CLK_TCK")
