"""An engine that speaks the worker's JSON lines and a little HTTP, and behaves as badly as its options say.

``python fake_worker.py [OPTIONS] -- <the arguments of a real worker>``.  It computes nothing.
"""

import argparse
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import TextIO

from engineroom.domain.launch import KEY_VARIABLE
from engineroom.workers.json_lines import open_voice, say
from engineroom.workers.tether import tether

ANSWER = b'{"choices":[{"text":"!"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}'


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--verify-steps", type=int, default=0)
    parser.add_argument("--load-s", type=float, default=0.0)
    parser.add_argument("--native-context", type=int, default=8192)
    parser.add_argument("--log", action="append", default=[], help="a line on standard error")
    parser.add_argument("--noise", action="store_true", help="lines on standard output that are no events of ours")
    parser.add_argument("--never-ready", action="store_true", help="says nothing more once it loads")
    parser.add_argument("--reads", action="store_true", help="says all the time that it reads from disk")
    parser.add_argument("--problem", help="CODE:FACT=VALUE instead of loading")
    parser.add_argument("--end", help="instead of loading: an exit code, or the name of a signal")
    parser.add_argument("--end-after-ready-s", type=float, help="end (as --end says) this long after the first answer")
    parser.add_argument("--probe-status", type=int, default=200)
    parser.add_argument("--deaf", action="store_true", help="ignores SIGTERM")
    parser.add_argument("--grandchild", action="store_true", help="starts a process of its own; logs its pid")
    parser.add_argument("real", nargs=argparse.REMAINDER)
    return parser.parse_args()


def main() -> int:
    tether()
    wanted = options()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if wanted.deaf:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    voice = open_voice()
    for line in wanted.log:
        print(line, file=sys.stderr, flush=True)
    if wanted.grandchild:
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        print(f"grandchild {child.pid}", file=sys.stderr, flush=True)
    if wanted.problem:
        code, _, fact = wanted.problem.partition(":")
        name, _, value = fact.partition("=")
        say(voice, "problem", code=code, facts={name: value} if name else {})
        return 1
    load(voice, wanted)
    serve(voice, wanted)
    return 0


def load(voice: TextIO, wanted: argparse.Namespace) -> None:
    for step in range(wanted.verify_steps):
        say(voice, "stage", stage="verify", done_bytes=step + 1, total_bytes=wanted.verify_steps)
    say(voice, "model", native_context=wanted.native_context)
    say(voice, "stage", stage="load")
    if wanted.noise:
        voice.write('llama: ready\n[1, 2]\n{"no": "event"}\n{"event": "of another version"}\n\xff{\n')
        voice.flush()
    if wanted.end and wanted.end_after_ready_s is None:
        end(wanted.end)
    time.sleep(wanted.load_s)
    if wanted.never_ready:
        while not threading.Event().wait(0.05 if wanted.reads else None):
            say(voice, "reading", read_bytes=2**30)


def serve(voice: TextIO, wanted: argparse.Namespace) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    say(voice, "listening", port=listener.getsockname()[1], device="Fake", runtime_version="0.0")
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=answer, args=(connection, wanted), daemon=True).start()


def answer(connection: socket.socket, wanted: argparse.Namespace) -> None:
    """One request after the other, until the caller leaves."""
    with connection, connection.makefile("rb") as asked:
        while request := asked.readline():
            headers = {}
            while line := asked.readline().strip():
                name, _, value = line.partition(b":")
                headers[name.lower()] = value.strip()
            asked.read(int(headers.get(b"content-length", 0)))
            keyed = headers.get(b"authorization") == f"Bearer {os.environ.get(KEY_VARIABLE)}".encode()
            status = (wanted.probe_status if keyed else 401) if request.startswith(b"POST") else 404
            body = ANSWER if status == 200 else b'{"error":{"message":"the fake says no"}}'
            head = f"HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            connection.sendall(head.encode() + body)
            if wanted.end_after_ready_s is not None:
                threading.Timer(wanted.end_after_ready_s, end, [wanted.end]).start()


def end(how: str) -> None:
    """Exit with a code, or die of a signal."""
    if how.isdigit():
        os._exit(int(how))
    os.kill(os.getpid(), signal.Signals[how])
    threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
