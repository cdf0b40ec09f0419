"""A started double, for tests: its lines as they come, its port, its workers, and a sure end."""

import contextlib
import json
import os
import select
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Self

import psutil

from engine_room import gone, until
from engineroom.workers.ports import free_port
from fakes.tensorrt_llm_double.kit import environment

PATIENCE_S = 60.0


class Started:
    """One ``trtllm-serve``. Leaving the block kills every process it began, orphans too."""

    def __init__(self, words: list[str | Path], *, port: int | None = None, **more: str) -> None:
        self.port = port or free_port()
        self._words = [*map(str, words), "--port", str(self.port)]
        self._environment = environment(**more)
        self._blocks: dict[str, list[bytes]] = {"stdout": [], "stderr": []}
        self._turns = {name: threading.Lock() for name in self._blocks}
        self._over: set[str] = set()
        self._seen: set[psutil.Process] = set()

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            self._words, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        self._threads = [
            threading.Thread(target=self._read, args=(name, getattr(self.process, name)), daemon=True)
            for name in self._blocks
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.workers()
        with contextlib.suppress(psutil.NoSuchProcess):
            self._seen.update(psutil.Process(self.process.pid).children(recursive=True))
        for process in self._seen:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        # Whoever inherits a rank may take a second or two to reap it; it holds nothing meanwhile.
        until("the end of its ranks", lambda: gone(list(self._seen)), PATIENCE_S)
        for thread in self._threads:
            thread.join(timeout=PATIENCE_S)
        self.process.stdout.close()
        self.process.stderr.close()

    def _read(self, name: str, stream: Any) -> None:
        while True:
            _readable(stream, None)
            with self._turns[name]:
                block = os.read(stream.fileno(), 65536)
                if not block:
                    self._over.add(name)
                    return
                self._blocks[name].append(block)

    def output(self, name: str = "stdout") -> str:
        """All that it has written so far to ``stdout`` or ``stderr``: who has its answer has the line about it, too."""
        deadline_s = time.monotonic() + PATIENCE_S
        while not self._taken(name) and time.monotonic() < deadline_s:
            time.sleep(0.001)
        return b"".join(self._blocks[name]).decode()

    def _taken(self, name: str) -> bool:
        """Whether nothing of it lies in the pipe, for the thread to read."""
        with self._turns[name]:
            return name in self._over or not _readable(getattr(self.process, name), 0)

    def workers(self) -> list[psutil.Process]:
        """The ranks that live, also those whose server does not any more."""
        with contextlib.suppress(psutil.NoSuchProcess):
            self._seen.update(psutil.Process(self.process.pid).children(recursive=True))
        return [each for each in self._seen if each.is_running() and "mpi4py.futures.server" in _words(each)]

    def until(self, text: str, name: str = "stdout") -> str:
        """Wait for ``text`` on a stream. Fails when the process ends or nothing comes."""
        deadline_s = time.monotonic() + PATIENCE_S
        while text not in self.output(name):
            ended = self.process.poll() is not None and not any(thread.is_alive() for thread in self._threads)
            if (ended and text not in self.output(name)) or time.monotonic() > deadline_s:
                raise AssertionError(f"no {text!r} in:\n{self.output()}\n{self.output('stderr')}")
            time.sleep(0.005)
        return self.output(name)

    def ready(self) -> Self:
        """Wait until it serves."""
        self.until("Uvicorn running on", "stderr")
        self.workers()
        return self

    def ended(self) -> int:
        """Wait for the exit status."""
        return self.process.wait(timeout=PATIENCE_S)

    def interrupt(self, number: int = signal.SIGINT) -> int:
        """Send a signal and wait for the end."""
        self.process.send_signal(number)
        return self.ended()

    def ask(self, path: str, body: Any = None, *, method: str | None = None) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers of one answer."""
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, method=method)
        asked.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers.items())
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), dict(error.headers.items())

    def get(self, path: str, body: Any = None) -> Any:
        """The JSON of an answer that has to be a good one."""
        status, text, _ = self.ask(path, body)
        assert status == 200, text
        return json.loads(text)


def _readable(stream: Any, within_ms: int | None) -> bool:
    poll = select.poll()
    poll.register(stream, select.POLLIN)
    return bool(poll.poll(within_ms))


def _words(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
        return " ".join(process.cmdline())
    return ""
