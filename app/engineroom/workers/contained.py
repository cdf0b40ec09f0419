"""The processes inside a container, as this computer sees them: its programs are no children of the client of docker.

Docker's and Podman's ``inspect`` give the first one's number on their host (``State.Pid``).  That may be another
computer or the virtual machine of a desktop version, and then the number is somebody else's here.  So it is believed
only if that process is of the container by its control group (``docker-ID.scope``, ``libpod-ID.scope``), or if ``top``
shows the same command line: Docker's runs ``ps`` on its host (moby, daemon/top_unix.go), Podman's looks there only for
the descriptors that begin with h (podman-top(1)).
"""

import contextlib
import time
from collections.abc import Sequence
from pathlib import Path, PurePath

import psutil

from engineroom.domain.trtllm.command import inspect_argv, top_argv
from engineroom.workers.install.children import Children

ASK_EVERY_S = 1.0
_ASK_TIMEOUT_S = 10.0
_STRANGERS = 5
"""So often its first process may be somebody else here; then its host is another one."""

_COMPARED = 60
"""Letters of a command line that have to agree; ``ps`` may cut it, and separates its words by one space."""


class Contained:
    """Of the container that a command removes; nothing where that is empty. Blocks for the programs it asks."""

    def __init__(self, remove: Sequence[str], *, ask_every_s: float = ASK_EVERY_S) -> None:
        self._remove = tuple(remove)
        self._ask_every_s = ask_every_s
        self._first: psutil.Process | None = None
        self._asked_s = float("-inf")
        self._strangers = 0

    def processes(self) -> list[psutil.Process]:
        """All that run in it; none as long as it is not known."""
        first = self._known()
        if first is None:
            return []
        with contextlib.suppress(psutil.Error):
            return [first, *first.children(recursive=True)]
        return []

    def ask_now(self) -> None:
        """Let the next look ask, however soon after the last: what it runs has just become known to be there."""
        self._asked_s = float("-inf")

    def read_bytes(self) -> int:
        """What it has read from disk; 0 where that cannot be told."""
        return 0 if self._first is None else group_read_bytes(self._first.pid)

    def _known(self) -> psutil.Process | None:
        if self._first is not None and self._first.is_running():
            return self._first
        now_s = time.monotonic()
        if self._remove and self._strangers < _STRANGERS and now_s - self._asked_s >= self._ask_every_s:
            self._asked_s = now_s
            self._first = self._found()
        else:
            self._first = None
        return self._first

    def _found(self) -> psutil.Process | None:
        told = Children.ask(inspect_argv(self._remove), {}, timeout_s=_ASK_TIMEOUT_S).output or ""
        name, _, number = told.strip().partition(" ")
        if not name or not number.isdigit() or int(number) == 0:
            return None
        shown = self._top()
        with contextlib.suppress(psutil.Error):
            first = psutil.Process(int(number))
            if name in _group_of(first.pid) or _agree(first, shown.get(first.pid, "")):
                return first
        # It may just be becoming another program, but not each time that it is looked at.
        self._strangers += bool(shown)
        return None

    def _top(self) -> dict[int, str]:
        """Command lines by number; nothing where the program cannot say."""
        told = Children.ask(top_argv(self._remove), {}, timeout_s=_ASK_TIMEOUT_S).output or ""
        rows = (line.split(maxsplit=1) for line in told.splitlines()[1:])
        return {int(row[0]): row[1] for row in rows if len(row) == 2 and row[0].isdigit()}


def _agree(process: psutil.Process, command: str) -> bool:
    """Whether a process has this command line."""
    here = " ".join(process.cmdline())[:_COMPARED].strip()
    return bool(here) and command[:_COMPARED].strip() == here


def group_read_bytes(pid: int, root: Path = Path("/")) -> int:
    """What the control group of a process has read from all disks (cgroup v2, ``io.stat``); 0 where that is not told.

    What a process of another user has read is nobody's business (``/proc/PID/io``), what its group has is.
    """
    place = PurePath(_group_of(pid, root).strip("/"))
    total = 0
    with contextlib.suppress(OSError, ValueError):
        for word in (root / "sys/fs/cgroup" / place / "io.stat").read_text("ascii").split():
            name, _, number = word.partition("=")
            total += int(number) if name == "rbytes" else 0
    return total


def _group_of(pid: int, root: Path = Path("/")) -> str:
    """The path of its control group; empty where there is none (cgroup v1 has several)."""
    with contextlib.suppress(OSError):
        for line in (root / "proc" / str(pid) / "cgroup").read_text("utf-8").splitlines():
            number, _, rest = line.partition(":")
            if number == "0":
                return rest.partition(":")[2]
    return ""
