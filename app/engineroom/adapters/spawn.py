"""Starting workers as children of the daemon, in process groups of their own, and ending them in bounded time."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

import psutil

from engineroom.adapters.families import end_family, family_prefix, new_family
from engineroom.domain.launch import FAMILY_VARIABLE, PARENT_VARIABLE
from engineroom.domain.lines import LineSplitter

_DRAIN_S = 2.0


class _Protocol(asyncio.SubprocessProtocol):
    def __init__(self, on_line: Callable[[str], None], on_log: Callable[[str], None]) -> None:
        self._sinks = {1: (LineSplitter(), on_line), 2: (LineSplitter(), on_log)}
        self._open = {1, 2}
        self.exited = asyncio.get_running_loop().create_future()
        self.drained = asyncio.get_running_loop().create_future()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        splitter, sink = self._sinks[fd]
        for line in splitter.feed(data):
            sink(line)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: ARG002
        if fd not in self._open:
            return
        splitter, sink = self._sinks[fd]
        for line in splitter.rest():
            sink(line)
        self._open.discard(fd)
        if not self._open and not self.drained.done():
            self.drained.set_result(None)

    def process_exited(self) -> None:
        if not self.exited.done():
            self.exited.set_result(None)


class PosixChild:
    """A running worker."""

    def __init__(
        self,
        transport: asyncio.SubprocessTransport,
        protocol: _Protocol,
        forget: Callable[[int], None],
        family: str,
    ) -> None:
        self._family = family
        self._transport = transport
        self._protocol = protocol
        self._forget = forget
        self._ending: asyncio.Task[int] | None = None
        self.pid = transport.get_pid()
        with contextlib.suppress(psutil.NoSuchProcess):
            self._process = psutil.Process(self.pid)

    @property
    def returncode(self) -> int | None:
        """Exit code, or minus the signal; ``None`` while it runs."""
        return self._transport.get_returncode()

    def ended(self) -> Awaitable[int]:
        """Wait for the end, and at most two seconds for output that a grandchild may hold open."""
        if self._ending is None:
            self._ending = asyncio.ensure_future(self._wait())
        return asyncio.shield(self._ending)

    def memory_bytes(self) -> int | None:
        """Resident bytes of the worker."""
        try:
            return int(self._process.memory_info().rss)
        except (psutil.Error, AttributeError):
            return None

    async def stop(self, *, ask_s: float, kill_s: float) -> bool:
        """SIGTERM to the group, then SIGKILL to the group; false if it is still there after both.

        Nothing for one that has ended: its number may be somebody else's by now, and :meth:`ended` sees to its group.
        """
        if self._protocol.exited.done():
            return True
        for number, patience_s in ((signal.SIGTERM, ask_s), (signal.SIGKILL, kill_s)):
            self._signal_group(number)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._protocol.exited), patience_s)
                return True
        return False

    def _signal_group(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)

    async def _wait(self) -> int:
        await self._protocol.exited
        # Whatever the worker started belongs to its group and must not outlive it. As long as anybody is left of that,
        # nobody else can have its number.
        if not psutil.pid_exists(self.pid):
            self._signal_group(signal.SIGKILL)
        await asyncio.to_thread(end_family, self._family)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._protocol.drained), _DRAIN_S)
        self._transport.close()
        self._forget(self.pid)
        code = self._transport.get_returncode()
        return code if code is not None else -signal.SIGKILL


class PosixSpawner:
    """Starts workers and keeps a file of who runs, so that the next daemon can end what a crash left behind.

    Args:
        record: path of the file; its directory exists.
        command: turns a worker's arguments into a command line.
    """

    def __init__(self, record: Path, *, command: Callable[[Sequence[str]], list[str]] | None = None) -> None:
        self._record = record
        self._command = command or worker_command
        self._running: dict[int, float] = {}

    async def start(
        self,
        arguments: Sequence[str],
        *,
        environment: Mapping[str, str],
        on_line: Callable[[str], None],
        on_log: Callable[[str], None],
    ) -> PosixChild:
        """Start a worker in a session of its own.

        The parent-death signal follows the forking thread, so this must run on the daemon's loop thread.
        """
        loop = asyncio.get_running_loop()
        family = new_family(self._record)
        transport, protocol = await loop.subprocess_exec(
            lambda: _Protocol(on_line, on_log),
            *self._command(arguments),
            env={**os.environ, **environment, PARENT_VARIABLE: str(os.getpid()), FAMILY_VARIABLE: family},
            start_new_session=True,
        )
        child = PosixChild(transport, protocol, self._forgotten, family)
        with contextlib.suppress(psutil.NoSuchProcess):
            self._running[child.pid] = psutil.Process(child.pid).create_time()
        self._save()
        return child

    def pids(self) -> frozenset[int]:
        """Children that run now; may be asked from another thread."""
        return frozenset(tuple(self._running))

    def reap(self) -> list[int]:
        """End what an earlier daemon left behind: same pid *and* same creation time. Returns the pids."""
        reaped = []
        for pid, created in _read_record(self._record).items():
            try:
                if abs(psutil.Process(pid).create_time() - created) < 0.5:
                    os.killpg(pid, signal.SIGKILL)
                    reaped.append(pid)
            except (psutil.NoSuchProcess, ProcessLookupError, PermissionError):
                continue
        reaped += [pid for pid in end_family(family_prefix(self._record)) if pid not in reaped]
        self._save()
        return reaped

    def _forgotten(self, pid: int) -> None:
        self._running.pop(pid, None)
        self._save()

    def _save(self) -> None:
        # Losing the record only loses a second safety net, so an unwritable disk is no reason to stop.
        with contextlib.suppress(OSError):
            self._record.write_text(json.dumps({str(pid): made for pid, made in self._running.items()}), "utf-8")


def worker_command(arguments: Sequence[str]) -> list[str]:
    """The command line of a worker: this very program. A frozen build has no ``-m``."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "worker", *arguments]
    return [sys.executable, "-m", "engineroom", "worker", *arguments]


def _read_record(path: Path) -> dict[int, float]:
    try:
        tree = json.loads(path.read_text("utf-8"))
        return {int(pid): float(created) for pid, created in tree.items() if 0 < int(pid) < 2**31}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
