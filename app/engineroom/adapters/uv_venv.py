"""What environments are made with: uv, and the Python that goes into them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_UV = (0, 13)
_TIMEOUT_S = 30.0


def find_uv() -> str | None:
    """Path of uv: from the PATH, beside our interpreter, or what the launch script fetched; ``None`` without one."""
    beside = Path(sys.executable).parent
    fetched = Path(sys.prefix).parent / ".engineroom" / "bin"
    for place in (None, str(beside), str(fetched)):
        found = shutil.which("uv", path=place)
        if found is not None and _is_young_enough(found):
            return found
    return None


def python_state(uv: str | None, python: str) -> str:
    """``here``, ``download`` where uv would fetch it, or ``missing``. ``python`` is a version, or a path."""
    if "/" in python:
        return "here" if Path(python).exists() else "missing"
    if uv is None:
        return "missing"
    if _run(uv, "python", "find", "--no-project", "--no-python-downloads", python) is not None:
        return "here"
    listed = _run(uv, "python", "list", "--only-downloads", python)
    return "download" if listed and listed.strip() else "missing"


def _is_young_enough(uv: str) -> bool:
    numbers = re.findall(r"\d+", _run(uv, "--version") or "")
    return tuple(map(int, numbers[:2])) >= OLDEST_UV


def _run(*command: str) -> str | None:
    """Its output; ``None`` where it fails, is not there or does not answer."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
