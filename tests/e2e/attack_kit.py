"""Requests as an attacker writes them: byte for byte, on plain sockets."""

import contextlib
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from engine_room import STARTER

UNGUARDED = Path(__file__).parents[1] / "fakes" / "unguarded.py"
CHAT = "/v1/chat/completions"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """``status`` 0: the connection was closed without an answer."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Target:
    """What is attacked, and a key for it that is good."""

    port: int
    key: str = "none"
    model: str = STARTER
    is_ollamas: bool = False


def send(target: Target, data: bytes, *, timeout_s: float = 60.0) -> Answer:
    """The answer to these bytes."""
    received = b""
    with contextlib.suppress(ConnectionError), socket.create_connection(("127.0.0.1", target.port), timeout_s) as wire:
        with contextlib.suppress(ConnectionError):
            wire.sendall(data)
        while block := wire.recv(65536):
            received += block
            if _is_whole(received):
                break
    return _parsed(received)


def get(path: str = "/v1/models", *headers: str, host: str | None = "127.0.0.1:{port}", method: str = "GET") -> str:
    """A request without a body; ``{port}`` and ``{key}`` are filled in for each target."""
    lines = [f"{method} {path} HTTP/1.1", *([] if host is None else [f"Host: {host}"]), *headers, "Connection: close"]
    return "\r\n".join(lines) + "\r\n\r\n"


def post(body: object, *headers: str, path: str = CHAT, kind: str | None = "application/json", **options: str) -> str:
    """A request with a body: an object becomes JSON."""
    text = body if isinstance(body, str) else json.dumps(body)
    types = [] if kind is None else [f"Content-Type: {kind}"]
    length = f"Content-Length: {len(text.encode())}"
    return get(path, *types, length, *headers, method="POST", **options) + text


def filled(template: str, target: Target) -> bytes:
    """The bytes for one target."""
    text = template.replace("{port}", str(target.port)).replace("{key}", target.key)
    return text.encode("utf-8", "surrogateescape")


def chat(**more: object) -> dict[str, object]:
    """A body that is answered by the starter model, quickly."""
    return {"model": STARTER, "max_tokens": 1, "messages": [{"role": "user", "content": "Hi"}], **more}


def picture(url: str) -> dict[str, object]:
    """A chat with a picture from somewhere."""
    return chat(messages=[{"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}])


@contextmanager
def unguarded(folder: Path) -> Iterator[Target]:
    """The gateway that guards nothing."""
    with subprocess.Popen(
        [sys.executable, str(UNGUARDED), str(folder)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        try:
            yield Target(port=int(process.stdout.readline()))
        finally:
            process.terminate()


def _is_whole(data: bytes) -> bool:
    head, mark, body = data.partition(b"\r\n\r\n")
    if not mark:
        return False
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return bool(lengths) and len(body) >= int(lengths[0])


def _parsed(data: bytes) -> Answer:
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    if not first.startswith("HTTP/"):
        return Answer(status=0, body=data)
    headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
    return Answer(status=int(first.split()[1]), headers=headers, body=body)
