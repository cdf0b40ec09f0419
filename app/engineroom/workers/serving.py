"""A sealed engine as a running server: started, watched until it answers, ended with everything that it started."""

import contextlib
import http.client
import json
import os
import re
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import psutil

from engineroom.domain.sealed.start import start_of
from engineroom.domain.sealed.values import SealedEngine
from engineroom.domain.trtllm.stages import STALLED_AFTER_S, answers
from engineroom.workers.contained import Contained
from engineroom.workers.install.children import Children, Program
from engineroom.workers.ports import free_port

LOOK_EVERY_S = 0.1
FAMILY_EVERY_S = 1.0
OUR_QUESTIONS = re.compile(r'"GET /(?:health|health_generate|metrics|prometheus/metrics/?) HTTP/1\.[01]" \d+')
"""What the server writes of each look at its health: no sign of life, for it is an echo of ours."""

RANK = "mpi4py.futures.server"
"""How a worker of MPI shows in its command line (reference, section 7.5)."""

_HEALTH_S = 5.0


class Serving:
    """One server.

    Args:
        engine: what to serve; ``folder`` is where it lies, ``tuning`` where it keeps what it learns.
        children: ends it, whatever happens.
        on_line: takes every line of both of its streams.

    Raises:
        OSError: its program cannot be started.
    """

    def __init__(
        self, engine: SealedEngine, folder: Path, tuning: Path, children: Children, on_line: Callable[[str], None]
    ) -> None:
        self.port = free_port()
        name = f"engineroom-{engine.id[:40]}-{os.getpid()}"
        start = start_of(engine, folder=str(folder), tuning=str(tuning), port=self.port, name=name)
        tuning.mkdir(parents=True, exist_ok=True)
        self._inside = Contained(start.remove)
        self._seen_s = 0.0
        self.peak_bytes: int | None = None
        self.program: Program = children.start(
            start.argv, start.environment, on_line, mute=OUR_QUESTIONS, remove=start.remove
        )

    @property
    def lines(self) -> list[str]:
        """Its last lines."""
        return self.program.lines

    def look(self, *, now: bool = False) -> None:
        """Remember who belongs to it and what they hold, every second or ``now``."""
        now_s = time.monotonic()
        if now_s - self._seen_s < FAMILY_EVERY_S and not now:
            return
        self._seen_s = now_s
        self.program.know_family()
        held = self.tree_bytes()
        if held is not None:
            self.peak_bytes = max(held, self.peak_bytes or 0)

    def tree_bytes(self) -> int | None:
        """Resident memory of the server and all below it."""
        family = self._family()
        return sum(map(_resident, family)) if family else None

    def read_bytes(self) -> int:
        """What those of them that live have read from disk."""
        return max(sum(map(_read_bytes, self._family())), self._inside.read_bytes())

    def ranks(self) -> frozenset[int]:
        """The workers of MPI."""
        return frozenset(process.pid for process in self._family() if _is_rank(process))

    def pids(self) -> frozenset[int]:
        """The server and all below it."""
        return frozenset(process.pid for process in self._family())

    def born(self) -> dict[int, float]:
        """When the server and all below it were created (Unix time), by pid: a pid alone may be another's later."""
        found = {}
        for process in self._family():
            with contextlib.suppress(psutil.Error):
                found[process.pid] = process.create_time()
        return found

    def _family(self) -> list[psutil.Process]:
        """The program and all below it, and all that runs in its container."""
        found = {one.pid: one for one in self._inside.processes()}
        with contextlib.suppress(psutil.Error):
            top = psutil.Process(self.program.pid)
            found |= {one.pid: one for one in (top, *top.children(recursive=True))}
        return list(found.values())

    def until_ready(
        self, seen: Callable[[], None] = lambda: None, *, patience_s: float | None = STALLED_AFTER_S
    ) -> bool:
        """Wait until it answers; false if it ended or has been silent for so long (``None``: for ever).

        Up to 1.2 its port refuses until then, later it answers 503: neither is an end.
        """
        while self.program.returncode is None:
            self.look()
            seen()
            if answers(self.health()):
                self._inside.ask_now()
                self.look(now=True)
                return True
            if patience_s is not None and time.monotonic() - self.program.last_line_s > patience_s:
                return False
            time.sleep(LOOK_EVERY_S)
        self.program.wait()
        return False

    def health(self) -> int | None:
        """Status of ``/health``; ``None`` where nobody listens."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            return exchange(self.port, "GET", "/health", None, _HEALTH_S)[0]
        return None

    def stop(self, *, ask_s: float) -> None:
        """End it and all that it started, within ``ask_s`` seconds and a few more."""
        self.program.stop(ask_s=ask_s)


def exchange(port: int, method: str, path: str, body: object, timeout_s: float) -> tuple[int, bytes]:
    """One request and its answer, whole. Raises OSError or HTTPException."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    try:
        content = None if body is None else json.dumps(body)
        connection.request(method, path, content, {"Content-Type": "application/json"} if content else {})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def answer_of(port: int, path: str, body: object, *, timeout_s: float = 120.0) -> Any:
    """The JSON answer to a POST. Raises ValueError for any other status, OSError or HTTPException."""
    status, text = exchange(port, "POST", path, body, timeout_s)
    if status != HTTPStatus.OK:
        raise ValueError(f"status {status}: {text[:200]!r}")
    return json.loads(text)


def _resident(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0


def _read_bytes(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error, AttributeError):
        return int(process.io_counters().read_bytes)
    return 0


def _is_rank(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.status() != psutil.STATUS_ZOMBIE and RANK in process.cmdline()
    return False
