"""Processes that engines left behind, or that look like it: found by what they inherited and by their command lines."""

import contextlib
import os
import time
from collections.abc import Iterator, Mapping

import psutil

from engineroom.domain.finding import Orphan
from engineroom.domain.launch import FAMILY_VARIABLE, PARENT_VARIABLE
from engineroom.domain.machine import GpuProcess

_MARKS = ("trtllm-serve", "tensorrt_llm.commands.serve", "mpi4py.futures.server")
_FIRST = frozenset({"init", "systemd", "launchd", "tini", "docker-init", "bash-init"})
_ASK_S = 2.0
_KILL_S = 6.0
_LOOK_EVERY_S = 0.02
_SAME_S = 0.05


def find_orphans(held: Mapping[int, tuple[str, GpuProcess]], running: frozenset[int]) -> tuple[Orphan, ...]:
    """Processes with the mark of an engine whose engine room does not run, largest on a card first. Blocks shortly.

    Args:
        held: who holds memory of a card, by pid: the card and what the driver says.
        running: children of this engine room; what they started is no orphan.
    """
    found = (_look(process, held, running) for process in _own_processes())
    return tuple(sorted((one for one in found if one is not None), key=lambda one: -(one.memory_bytes or 0)))


def find_holders(held: Mapping[int, tuple[str, GpuProcess]], running: frozenset[int]) -> tuple[Orphan, ...]:
    """Programs of this user with memory of a card that no engine room started, largest first. Blocks shortly.

    Neither this program nor whatever it runs in is among them.  Arguments as :func:`find_orphans`.
    """
    above = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    found = []
    for pid in held.keys() - above:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            if _is_mine(process) and FAMILY_VARIABLE not in process.environ() and not _belongs(process, running):
                found.append(_orphan(process, "other", held))
    return tuple(sorted(found, key=lambda one: -(one.memory_bytes or 0)))


def find_survivors(held: Mapping[int, tuple[str, GpuProcess]], born: Mapping[int, float]) -> tuple[Orphan, ...]:
    """Those of these processes, by pid and when they were created (Unix time), that still live."""
    found = []
    for pid, created_s in born.items():
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            if _is_mine(process) and abs(process.create_time() - created_s) < _SAME_S:
                found.append(_orphan(process, "survivor", held))
    return tuple(found)


def created_s(pid: int) -> float | None:
    """When the process of a pid was created (Unix time); ``None`` for none, or one that has ended."""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else float(process.create_time())
    return None


def end_orphan(orphan: Orphan) -> bool:
    """SIGTERM, then SIGKILL, to it and to what it started; whether it is gone. Blocks for eight seconds at most."""
    with contextlib.suppress(psutil.Error):
        top = psutil.Process(orphan.pid)
        if abs(top.create_time() - orphan.created_s) > _SAME_S:
            return True
        family = [top, *top.children(recursive=True)]
        for send, patience_s in ((psutil.Process.terminate, _ASK_S), (psutil.Process.kill, _KILL_S)):
            for process in family:
                with contextlib.suppress(psutil.Error):
                    send(process)
            deadline_s = time.monotonic() + patience_s
            while any(map(_lives, family)) and time.monotonic() < deadline_s:
                time.sleep(_LOOK_EVERY_S)
            family = [process for process in family if _lives(process)]
            if not family:
                return True
        return False
    return True


def _lives(process: psutil.Process) -> bool:
    """A zombie holds nothing any more; it is only that nobody has asked how it ended."""
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def _own_processes() -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if _is_mine(process):
                yield process


def _is_mine(process: psutil.Process) -> bool:
    return bool(process.uids().real == os.getuid() and process.status() != psutil.STATUS_ZOMBIE)


def _look(
    process: psutil.Process, held: Mapping[int, tuple[str, GpuProcess]], running: frozenset[int]
) -> Orphan | None:
    with contextlib.suppress(psutil.Error):
        mark = _mark(process, holds=process.pid in held)
        if mark is None or process.pid == os.getpid() or _belongs(process, running):
            return None
        return _orphan(process, mark, held)
    return None


def _orphan(process: psutil.Process, mark: str, held: Mapping[int, tuple[str, GpuProcess]]) -> Orphan:
    card, told = held.get(process.pid, (None, None))
    return Orphan(
        pid=process.pid,
        created_s=process.create_time(),
        program=process.name(),
        mark=mark,
        gpu_uuid=card,
        memory_bytes=None if told is None else told.memory_bytes,
    )


def _mark(process: psutil.Process, *, holds: bool) -> str | None:
    """What it is told by. A command line alone counts only with memory of a card, and without anybody above it."""
    told = process.environ()
    if FAMILY_VARIABLE in told:
        return None if _engine_room_lives(told.get(PARENT_VARIABLE, ""), process) else "family"
    if holds and _is_engine(process) and _is_alone(process):
        return "command"
    return None


def _engine_room_lives(pid: str, process: psutil.Process) -> bool:
    """Whether the engine room that started it is there: another one's engines are nobody's orphans.

    Whatever it is called: the number may be another's by now, but then that one is younger than what was started.
    """
    with contextlib.suppress(psutil.Error, ValueError):
        room = psutil.Process(int(pid))
        return bool(room.status() != psutil.STATUS_ZOMBIE and room.create_time() <= process.create_time())
    return False


def _belongs(process: psutil.Process, running: frozenset[int]) -> bool:
    return process.pid in running or any(parent.pid in running for parent in process.parents())


def _is_engine(process: psutil.Process) -> bool:
    return any(mark in word for word in process.cmdline() for mark in _MARKS)


def _is_alone(process: psutil.Process) -> bool:
    """Whether all above it are engines too, up to the system's first process: no shell and no program waits for it."""
    for parent in process.parents():
        if not _is_engine(parent):
            return parent.pid == 1 or parent.name() in _FIRST
    return True
