"""A llama.cpp that says what the caller tells it to; it computes nothing.

Put this folder first in PYTHONPATH of the daemon.  The last user message of a chat, or the prompt of a completion, is a
script in JSON: ``deltas`` (of the stream, in order), ``finish``, ``usage``, ``pause_s`` before each delta, ``first_s``
before the first, ``head_s`` before the answer, ``die`` (the number of deltas after which the connection breaks),
``error`` (sent in the middle), ``status`` (of a refusal).  What is no script is answered with the request itself, as
text.  ``kills`` names a file with a number: as often as that says, its process ends at once.  ENGINEROOM_FAKE_LOAD_S is
how long it loads, or a file that says so; ENGINEROOM_FAKE_COUNTS=no takes its route for counting away.
"""

import json
import os
import signal
import socket
import sys
import threading
import time
from enum import IntEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

xllamacpp = SimpleNamespace(__file__=None)


class ggml_backend_dev_type(IntEnum):  # noqa: N801 (the runtime's name)
    """Kinds of devices."""

    GGML_BACKEND_DEVICE_TYPE_CPU = 0


class ggml_type(IntEnum):  # noqa: N801 (the runtime's name)
    """Types of caches."""

    GGML_TYPE_F16 = 1


def get_device_info() -> list[dict[str, Any]]:
    """The processor."""
    return [{"name": "CPU", "type": ggml_backend_dev_type.GGML_BACKEND_DEVICE_TYPE_CPU}]


class CommonParams(SimpleNamespace):
    """Takes whatever is set."""

    def __init__(self) -> None:
        parts = {name: SimpleNamespace() for name in ("model", "sampling", "cpuparams", "cpuparams_batch")}
        super().__init__(n_batch=0, **parts)


class Server:
    """Serves on a free port until the process ends."""

    def __init__(self, params: CommonParams) -> None:
        del params
        _load()
        server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.listening_address = f"http://127.0.0.1:{server.server_port}"


def _load() -> None:
    """Takes as long as is said; a file may change its mind meanwhile."""
    said = os.environ.get("ENGINEROOM_FAKE_LOAD_S", "0")
    file = Path(said) if Path(said).is_file() else None
    began_s = time.monotonic()
    while time.monotonic() - began_s < float((file.read_text() or "inf") if file is not None else said):
        time.sleep(0.02)


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """What the script says."""
        asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        if self.path.endswith("/input_tokens"):
            counts = os.environ.get("ENGINEROOM_FAKE_COUNTS") != "no"
            self.whole(200 if counts else 404, {"input_tokens": len(json.dumps(asked["messages"]).split())})
            return
        script = script_of(asked)
        time.sleep(script.get("head_s", 0))
        if "kills" in script:
            end_if_told(Path(script["kills"]))
        if "status" in script:
            self.whole(script["status"], {"error": {"message": "the script says no", "type": "x"}})
        elif asked.get("stream"):
            self.stream(script)
        else:
            message: dict[str, Any] = {"role": "assistant", "content": ""}
            for delta in script["deltas"]:
                message.update(delta)
            choice = {"index": 0, "message": message, "finish_reason": script.get("finish", "stop")}
            self.whole(200, {"choices": [choice], "usage": script.get("usage")})

    def whole(self, status: int, tree: object) -> None:
        """One JSON answer."""
        body = json.dumps(tree).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def stream(self, script: dict[str, Any]) -> None:
        """The deltas, the finish, the usage."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for number, delta in enumerate(script["deltas"]):
                time.sleep(script.get("pause_s", 0) if number else script.get("first_s", script.get("pause_s", 0)))
                if number == script.get("die"):
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.say({"choices": [{"index": 0, **self.said(delta), "finish_reason": None}]})
            if "error" in script:
                self.say({"error": script["error"]})
                return
            self.say({"choices": [{"index": 0, **self.said({}), "finish_reason": script.get("finish", "stop")}]})
            self.say({"choices": [], "usage": script.get("usage")})
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            print("the caller left", file=sys.stderr, flush=True)
        self.close_connection = True

    def said(self, delta: dict[str, Any]) -> dict[str, Any]:
        """A delta as the route has it."""
        return {"delta": delta} if self.path.endswith("/chat/completions") else {"text": delta.get("content", "")}

    def say(self, tree: object) -> None:
        """One event."""
        self.wfile.write(b"data: " + json.dumps(tree).encode() + b"\n\n")

    def log_message(self, *words: object) -> None:
        """Nothing."""


def end_if_told(file: Path) -> None:
    """End like one that the system killed."""
    left = int(file.read_text())
    if left > 0:
        file.write_text(str(left - 1))
        os.kill(os.getpid(), signal.SIGKILL)


def script_of(asked: dict[str, Any]) -> dict[str, Any]:
    """The script in the last user message, or one that repeats the request."""
    texts = [row["content"] for row in asked.get("messages", []) if row["role"] == "user"] or [asked.get("prompt")]
    try:
        script = json.loads(texts[-1])
    except (ValueError, IndexError, TypeError):
        script = None
    if isinstance(script, dict) and ("deltas" in script or "status" in script):
        return script
    return {"deltas": [{"content": json.dumps(asked)}], "usage": {"prompt_tokens": 3, "completion_tokens": 2}}
