"""What a test may leave behind by mistake: threads, child processes, listening sockets, asyncio tasks.

Looking is cheap (a directory listing or two), so that it can be done around every test.
"""

import asyncio
import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

_TASKS = Path("/proc/self/task")
_DESCRIPTORS = "/proc/self/fd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What this process has at one moment. ``sockets`` are the kernel's names of all open sockets."""

    threads: frozenset[threading.Thread]
    children: frozenset[int]
    sockets: frozenset[str]


def standing() -> Standing:
    """What there is now."""
    return Standing(
        threads=frozenset(threading.enumerate()),
        children=frozenset(_children()),
        sockets=frozenset(name for _, name in _sockets()),
    )


def left_since(before: Standing, *, patience_s: float) -> list[str]:
    """What is new, in words; something that is about to end has ``patience_s`` seconds to do so."""
    deadline_s = time.monotonic() + patience_s
    while (left := list(_new(before))) and time.monotonic() < deadline_s:
        time.sleep(0.01)
    return left


async def tasks_left_since(before: set[asyncio.Task[object]], *, patience_s: float) -> list[str]:
    """Tasks of the running loop that are new, in words; the asking task does not count."""
    known = before | {asyncio.current_task()}
    deadline_s = time.monotonic() + patience_s
    while (left := asyncio.all_tasks() - known) and time.monotonic() < deadline_s:
        await asyncio.wait(left, timeout=max(0.0, deadline_s - time.monotonic()))
    return [f"asyncio task {task!r}" for task in left]


def _new(before: Standing) -> Iterator[str]:
    for thread in threading.enumerate():
        if thread not in before.threads and not thread.daemon and not _of_a_loop(thread):
            yield f"thread {thread.name!r}"
    for pid in _children():
        if pid not in before.children:
            yield f"child process {_process(pid)}"
    for descriptor, name in _sockets():
        if name not in before.sockets and (address := _listens_at(descriptor)) is not None:
            yield f"listening socket at {address}"


def _of_a_loop(thread: threading.Thread) -> bool:
    """Threads of a loop's default executor, which end with their loop; that is closed after the test's fixtures."""
    return thread.name.startswith(("asyncio_", "uvloop_"))


def _children() -> list[int]:
    """Pids of the children, zombies included."""
    try:
        return [int(pid) for task in _TASKS.iterdir() for pid in (task / "children").read_text().split()]
    except OSError:
        return [child.pid for child in psutil.Process().children()]


def _process(pid: int) -> str:
    try:
        process = psutil.Process(pid)
        return f"{pid} ({process.status()}): {' '.join(process.cmdline())[:300]}"
    except psutil.Error:
        return str(pid)


def _sockets() -> Iterator[tuple[int, str]]:
    try:
        descriptors = os.listdir(_DESCRIPTORS)  # noqa: PTH208 (a listing of names is all that is wanted, and fast)
    except OSError:
        return
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            target = os.readlink(f"{_DESCRIPTORS}/{descriptor}")  # noqa: PTH115 (as above)
            if target.startswith("socket:"):
                yield int(descriptor), target


def _listens_at(descriptor: int) -> str | None:
    try:
        with socket.socket(fileno=os.dup(descriptor)) as found:
            if not found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                return None
            return str(found.getsockname())
    except OSError:
        return None
