"""A real daemon in a home of its own, for tests that need the real thing."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from engineroom.client.control import ControlClient
from engineroom.contract.connection import FILE_NAME, Connection, read_connection
from engineroom.contract.control import EngineState, EngineView

STARTER = "smollm2-135m-instruct"
PATIENCE_S = 100.0
"""Nothing takes that long, however busy the computer; a test as a whole has longer."""


def until(what: str, condition: Callable[[], Any], patience_s: float = PATIENCE_S) -> Any:
    """The first true value of ``condition``; fails, saying what was waited for."""
    deadline_s = time.monotonic() + patience_s
    while time.monotonic() < deadline_s:
        if value := condition():
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited {patience_s:.0f} s for: {what}")


class EngineRoomProcess:
    """``engineroom serve`` as a child process.

    Args:
        home: its ENGINEROOM_HOME.
        arguments: after ``serve --port auto``.
    """

    def __init__(self, home: Path, *arguments: str, port: str = "auto", environment: dict[str, str] | None = None):
        self.home = home
        self.environment = {**os.environ, "ENGINEROOM_HOME": str(home), **(environment or {})}
        self.output = home / "output.txt"
        home.mkdir(parents=True, exist_ok=True)
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "engineroom", "serve", "--port", port, *arguments],
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                env=self.environment,
                start_new_session=True,
            )

    def connection(self) -> Connection:
        """Where it is, once it answers."""
        path = self.home / "run" / FILE_NAME

        def found() -> Connection | None:
            assert self.process.poll() is None, f"it ended: {self.text()}"
            return read_connection(path)

        return until("the connection file", found)

    def control(self) -> ControlClient:
        """A client of its control API."""
        return ControlClient(self.connection())

    def text(self) -> str:
        """What it printed."""
        return self.output.read_text("utf-8", "replace")

    def engine(self, model: str = STARTER) -> EngineView:
        """One engine, now."""
        with self.control() as control:
            return next(view for view in control.snapshot().engines if view.id == model)

    def wait_engine(self, state: EngineState, model: str = STARTER) -> EngineView:
        """The engine, once it is in a state."""

        def reached() -> EngineView | None:
            view = self.engine(model)
            return view if view.state is state else None

        return until(f"engine {state}", reached)

    def cli(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run ``engineroom`` against this daemon, once it answers: before, some would start another one."""
        if self.process.poll() is None:
            self.connection()
        return subprocess.run(
            [sys.executable, "-m", "engineroom", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    def family(self) -> list[psutil.Process]:
        """The daemon's process and all below it."""
        me = psutil.Process(self.process.pid)
        return [me, *me.children(recursive=True)]

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signal it and wait for its end; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)


@contextmanager
def engine_room(home: Path, *arguments: str, **options: Any) -> Iterator[EngineRoomProcess]:
    """A daemon that is ended in the end, however the test went."""
    room = EngineRoomProcess(home, *arguments, **options)
    try:
        yield room
    finally:
        if room.process.poll() is None:
            room.process.terminate()
            try:
                room.process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                room.process.kill()
                room.process.wait(PATIENCE_S)


def in_hand(control: ControlClient) -> int:
    """How many requests are answered now, or wait. One that is over here is counted in the totals."""
    routing = control.snapshot().routing
    return 0 if routing is None else sum(route.active + route.waiting for route in routing.routes)


def ask_and_leave(room: EngineRoomProcess, route: str, body: dict[str, Any]) -> None:
    """Ask for something in one piece, and leave while it is being answered."""
    address = urlsplit(room.connection().address)
    asking = http.client.HTTPConnection(str(address.hostname), int(address.port or 0), timeout=PATIENCE_S)
    with room.control() as control, contextlib.closing(asking):
        asking.request("POST", route, json.dumps(body), {"Content-Type": "application/json"})
        until("it to be in hand", lambda: in_hand(control))


def runs(process: psutil.Process) -> bool:
    """Whether it runs, at whatever moment it ends; a zombie does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def gone(processes: list[psutil.Process]) -> bool:
    """Whether none of these runs any more; a zombie counts as gone."""
    return not any(map(runs, processes))


def holding(folder: Path, text: str) -> list[str]:
    """Names of the files below it with this text, those that go away while one looks left out."""
    found = []
    for path in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            if path.is_file() and text.encode() in path.read_bytes():
                found.append(path.name)
    return found


class Told(dict[str, Any]):
    """What a command has told; whoever misses something in it reads what is there instead."""

    def __missing__(self, name: str) -> Any:
        pytest.fail(f"nothing was told of {name!r} but {dict(self)}")


def json_of(result: "subprocess.CompletedProcess[str]") -> Any:
    """The one JSON object a command printed."""
    assert result.stdout.strip(), result.stderr
    return json.loads(result.stdout, object_hook=Told)
