"""Programs that the worker runs: their lines as they come, and a sure end of all that they started."""

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

import psutil

from engineroom.domain.launch import FAMILY_VARIABLE
from engineroom.domain.lines import LineSplitter
from engineroom.domain.runtimes.gate import Ran
from engineroom.domain.trtllm.command import FOREIGN_PREFIXES

_PR_SET_PDEATHSIG = 1
_KEPT_LINES = 200
REMOVE_S = 60.0
_GONE_S = 5.0
_GUARD = 'read -r word && exit; for again in 1 2 3 4; do "$@"; sleep 1; done'
"""Several times: a container whose client was killed may appear a moment after that."""

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    # The worker itself may be killed by surprise; what it started stays in its group and must not go on alone.
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Guard:
    """A process that removes a container when we are gone, however we went: SIGKILL too closes our end of its input."""

    def __init__(self, remove: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            ("sh", "-c", _GUARD, "sh", *remove),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Whoever ends all that we started must not end this one: it is there for that very moment.
            env={name: value for name, value in os.environ.items() if name != FAMILY_VARIABLE},
            start_new_session=True,
        )

    def relieve(self) -> None:
        """The container is gone."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            self._process.stdin.write(b"gone\n")
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GONE_S)


class Program:
    """A running program, both of its outputs read as one, line by line."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        on_line: Callable[[str], None],
        *,
        cwd: Path | None,
        mute: re.Pattern[str] | None,
        remove: Sequence[str],
    ) -> None:
        self._mute = mute
        self._remove = remove
        # Before the program: a container has to have somebody who ends it from its first moment on.
        self._guard = Guard(remove) if remove else None
        self.lines: list[str] = []
        self.last_line_s = time.monotonic()
        self._on_line = on_line
        self._known: dict[int, psutil.Process] = {}
        self._process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=_inherited() | dict(environment),
            cwd=cwd,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 (the call is made before any of our threads matters)
        )
        self._reader = threading.Thread(target=self._read, name=f"output of {command[0]}", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Of the program itself."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """``None`` while it runs."""
        return self._process.poll()

    def wait(self, timeout_s: float | None = None) -> int:
        """Its end, and the last of its output. Raises TimeoutExpired."""
        status = self._process.wait(timeout_s)
        self._reader.join(2.0)
        return status

    def know_family(self) -> None:
        """Remember who belongs to it: workers of MPI outlive their parent and are then nobody's children."""
        with contextlib.suppress(psutil.Error):
            for child in psutil.Process(self._process.pid).children(recursive=True):
                self._known[child.pid] = child

    def stop(self, *, ask_s: float = 30.0) -> None:
        """SIGINT, as its makers advise; then SIGKILL for all that it started. A container is removed at once."""
        self.know_family()
        if self._guard is not None:
            # Its own processes end with it, and nobody has a minute to ask them first.
            Children.ask(self._remove, {}, timeout_s=REMOVE_S)
        elif self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(ask_s)
        for process in self._known.values():
            with contextlib.suppress(psutil.Error):
                process.kill()
        self._process.kill()
        # Never an unbounded wait: a signal that has come in the middle of a poll would wait for its lock for ever.
        with contextlib.suppress(psutil.Error):
            _await_end([psutil.Process(self.pid), *self._known.values()])
        self._process.poll()
        if self._guard is not None:
            self._guard.relieve()
            self._guard = None

    def _read(self) -> None:
        splitter = LineSplitter()
        assert self._process.stdout is not None
        while data := os.read(self._process.stdout.fileno(), 65_536):
            self._take(splitter.feed(data))
        self._take(splitter.rest())

    def _take(self, lines: Iterable[str]) -> None:
        for line in lines:
            if self._mute is not None and self._mute.search(line):
                continue
            self.last_line_s = time.monotonic()
            self.lines[:] = [*self.lines[-_KEPT_LINES:], line]
            print(line, file=sys.stderr, flush=True)  # noqa: T201 (the job's log)
            self._on_line(line)


def _await_end(processes: list[psutil.Process]) -> None:
    """Until none of them runs. A zombie holds nothing, and whoever inherits it may take seconds to reap it."""
    deadline_s = time.monotonic() + _GONE_S
    while any(map(_runs, processes)) and time.monotonic() < deadline_s:
        time.sleep(0.01)


def _runs(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


class Children:
    """All that run; none does after the block."""

    def __init__(self) -> None:
        self._running: list[Program] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end(ask_s=2.0)

    def end(self, *, ask_s: float) -> None:
        """End them all."""
        for program in self._running:
            program.stop(ask_s=ask_s)

    def start(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        on_line: Callable[[str], None] = lambda _: None,
        *,
        cwd: Path | None = None,
        mute: re.Pattern[str] | None = None,
        remove: Sequence[str] = (),
    ) -> Program:
        """Start one; lines that ``mute`` finds something in are nobody's. Raises OSError.

        ``remove`` ends the container that the command runs: it outlives its client, and must not outlive us.
        """
        program = Program(command, environment, on_line, cwd=cwd, mute=mute, remove=remove)
        self._running.append(program)
        return program

    @staticmethod
    def ask(command: Sequence[str], environment: Mapping[str, str], *, timeout_s: float = 300.0) -> Ran:
        """Run a program to its end and take its output."""
        try:
            done = subprocess.run(
                command, env=_inherited() | dict(environment), capture_output=True, stdin=subprocess.DEVNULL,
                timeout=timeout_s, check=False, preexec_fn=_die_with_parent,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Ran(None, f"no answer within {timeout_s:.0f} s")
        except OSError as error:
            return Ran(None, f"{command[0]}: {error.strerror or error}")
        errors = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
        last = errors[-1] if errors else f"it ended with status {done.returncode}"
        return Ran(done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None, last)


def _inherited() -> dict[str, str]:
    """Our environment, without what makes an engine's own MPI hang, and without our own environment's Python."""
    lost = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    return {
        name: value for name, value in os.environ.items() if not name.startswith(FOREIGN_PREFIXES) and name not in lost
    }
