"""Starting a daemon in the background, for a command that needs one."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from engineroom.client.control import find_daemon
from engineroom.contract.connection import Connection
from engineroom.contract.problems import Exit
from engineroom.domain.errors import Broken, Code, EngineroomError

IDLE_EXIT_S = 600
_PATIENCE_S = 60.0
"""As long as it runs it may still come: a computer that is busy is slow to start one."""


def find_or_start_daemon() -> tuple[Connection, bool]:
    """The running daemon, or a new one that ends after ten idle minutes; and whether it is new.

    Raises:
        Broken: ``daemon_did_not_start`` with its last line.
    """
    try:
        return find_daemon(), False
    except EngineroomError as error:
        if error.code != Code.NOT_RUNNING:
            raise
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            _command(), stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True, cwd=Path("/")
        )
        deadline_s = time.monotonic() + _PATIENCE_S
        # One that somebody else has begun to start is not to be found yet, and keeps ours from starting.
        while (code := process.poll()) in {None, Exit.ALREADY_RUNNING} and time.monotonic() < deadline_s:
            try:
                return find_daemon(), code is None
            except EngineroomError:
                time.sleep(0.05)
        output.seek(0)
        lines = output.read().decode("utf-8", "replace").strip().splitlines()
    raise Broken(Code.DAEMON_DID_NOT_START, line=lines[-1] if lines else None)


def _command() -> list[str]:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "engineroom"]
    return [*program, "serve", "--headless", "--port", "auto", "--idle-exit", str(IDLE_EXIT_S)]
