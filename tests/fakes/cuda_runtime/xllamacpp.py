"""A llama.cpp built for CUDA, as far as the worker and the daemon can tell; it computes nothing.

Put this folder first in PYTHONPATH of the daemon.  It has a device per entry of CUDA_VISIBLE_DEVICES, loads onto the
first (or those that ENGINEROOM_FAKE_LOADS_ON numbers), says so in its log as llama.cpp does, and answers every request.
"""

import os
import sys
import threading
from enum import IntEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

ANSWER = b'{"choices":[{"text":"!"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}'


class ggml_backend_dev_type(IntEnum):  # noqa: N801 (the runtime's name)
    """Kinds of devices."""

    GGML_BACKEND_DEVICE_TYPE_CPU = 0
    GGML_BACKEND_DEVICE_TYPE_GPU = 1


class ggml_type(IntEnum):  # noqa: N801 (the runtime's name)
    """Types of the caches."""

    GGML_TYPE_F16 = 1
    GGML_TYPE_Q8_0 = 8


def visible() -> list[str]:
    """UUIDs of the cards this process may see."""
    return [uuid for uuid in os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",") if uuid]


def get_device_info() -> list[dict[str, Any]]:
    """The cards, then the processor."""
    gpu, cpu = ggml_backend_dev_type.GGML_BACKEND_DEVICE_TYPE_GPU, ggml_backend_dev_type.GGML_BACKEND_DEVICE_TYPE_CPU
    cards = [{"name": f"CUDA{index}", "type": gpu} for index, _ in enumerate(visible())]
    return [*cards, {"name": "CPU", "type": cpu}]


class CommonParams(SimpleNamespace):
    """Takes whatever is set."""

    def __init__(self) -> None:
        super().__init__(
            model=SimpleNamespace(),
            sampling=SimpleNamespace(),
            cpuparams=SimpleNamespace(),
            cpuparams_batch=SimpleNamespace(),
            n_batch=2048,
        )


class Server:
    """Serves on a free port until the process ends."""

    def __init__(self, params: CommonParams) -> None:
        del params
        wanted = os.environ.get("ENGINEROOM_FAKE_LOADS_ON", "0").split()
        for index in [int(number) for number in wanted if int(number) < len(visible())]:
            print(f"load_tensors:        CUDA{index} model buffer size =   512.25 MiB", file=sys.stderr, flush=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.listening_address = f"http://127.0.0.1:{server.server_port}"


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Every question has the same answer."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *words: object) -> None:
        """Nothing."""
