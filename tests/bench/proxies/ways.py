"""The programs that are compared: each started over the same engine, each with the processes that it costs."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 2048; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream engine {{ server 127.0.0.1:{engine}; keepalive 256; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://engine; proxy_buffering off; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Authorization "Bearer {key}";
    }}
  }}
}}
"""
LITELLM = """
model_list:
  - model_name: tiny
    litellm_params: {{model: openai/tiny, api_base: "http://127.0.0.1:{engine}/v1", api_key: "{key}"}}
litellm_settings: {{telemetry: false}}
"""
# The program of a model is its to start; that one runs already, and takes the key that the client sends.
LLAMA_SWAP = """
logLevel: error
models:
  tiny: {{cmd: sleep infinity, proxy: "http://127.0.0.1:{engine}", checkEndpoint: none, concurrencyLimit: 1024}}
"""


@dataclass
class Way:
    """One way to the engine. ``pid`` is the program's, ``None`` for the engine itself."""

    name: str
    port: int
    key: str
    pid: int | None = None
    model: str = "tiny"
    cpu_ms: dict[int, list[float]] = field(default_factory=dict)

    def processes(self) -> list[psutil.Process]:
        """What it costs, without the engine, which may be its child."""
        if self.pid is None:
            return []
        me = psutil.Process(self.pid)
        return [me, *(child for child in me.children(recursive=True) if "llama-cpp" not in child.cmdline())]

    def cpu_s(self) -> float:
        """Processor time of its processes so far, in seconds, by the clock of each, which is finer than its ticks."""
        return sum(time.clock_gettime(_clock_of(one.pid)) for one in self.processes())

    def pss_mib(self) -> float:
        """The same, with what is shared with other programs counted by their number."""
        return sum(one.memory_full_info().pss for one in self.processes()) / 2**20

    def rss_mib(self) -> float:
        """Resident memory of its processes, in MiB."""
        return sum(one.memory_info().rss for one in self.processes()) / 2**20


def _clock_of(pid: int) -> int:
    """What ``clock_getcpuclockid`` of Linux gives: all threads of a process, in nanoseconds."""
    return (~pid << 3) | 2


def free_port() -> int:
    """A port that nobody holds now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(way: Way, command: list[str], folder: Path, **environment: str) -> Iterator[Way]:
    """A program, once it listens; ended in the end."""
    log = (folder / f"{way.name.replace(' ', '-')}.log").open("wb")
    with log, subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **environment}) as process:
        try:
            _wait(way.port, process)
            way.pid = process.pid
            yield way
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit(f"{process.args!r} ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"{process.args!r} does not listen")


@contextmanager
def naive(engine: Way, folder: Path) -> Iterator[Way]:
    """FastAPI over httpx."""
    way = Way("FastAPI + httpx", free_port(), engine.key)
    program = Path(__file__).with_name("naive.py")
    with running(way, [sys.executable, str(program), str(way.port), str(engine.port), engine.key], folder):
        yield way


@contextmanager
def litellm(engine: Way, folder: Path, program: str) -> Iterator[Way]:
    """The LiteLLM proxy."""
    way = Way("LiteLLM", free_port(), f"sk-{secrets.token_hex(32)}")
    settings = folder / "litellm.yaml"
    settings.write_text(LITELLM.format(engine=engine.port, key=engine.key))
    command = [program, "--config", str(settings), "--host", "127.0.0.1", "--port", str(way.port)]
    environment = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_LOG": "ERROR", "LITELLM_MASTER_KEY": way.key}
    # Its bytecode is where it was installed.
    environment["PYTHONPYCACHEPREFIX"] = ""
    with running(way, command, folder, **environment):
        yield way


@contextmanager
def nginx(engine: Way, folder: Path, program: str) -> Iterator[Way]:
    """One worker of nginx."""
    way = Way("nginx", free_port(), "none")
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, engine=engine.port, port=way.port, key=engine.key))
    with running(way, [program, "-c", str(settings), "-p", str(folder)], folder):
        yield way


@contextmanager
def llama_swap(engine: Way, folder: Path, program: str) -> Iterator[Way]:
    """llama-swap."""
    way = Way("llama-swap", free_port(), engine.key)
    settings = folder / "llama-swap.yaml"
    settings.write_text(LLAMA_SWAP.format(engine=engine.port))
    with running(way, [program, "-config", str(settings), "-listen", f"127.0.0.1:{way.port}"], folder):
        yield way
