"""A gateway that guards nothing: what a test of an attack must see succeed before it may say that ours withstands.

Run as a program: ``python unguarded.py FOLDER``; prints its port.  It answers every host and every page, runs whatever
comes as whatever type, takes model names for paths and addresses for pictures to fetch, and writes prompts down.
"""

import contextlib
import json
import sys
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Open(BaseHTTPRequestHandler):
    """Says yes to everything."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer({"object": "list", "data": []})

    do_OPTIONS = do_HEAD = do_DELETE = do_GET  # noqa: N815 (the library's names)

    def do_POST(self) -> None:
        body = self._body()
        with Path(sys.argv[1], "log.txt").open("ab") as log:
            log.write(f"{self.path} {dict(self.headers)} ".encode() + body[:10_000] + b"\n")
        content = ""
        with contextlib.suppress(ValueError, OSError, AttributeError, TypeError, LookupError, RecursionError):
            content = self._obey(json.loads(body))
        self._answer({"choices": [{"message": {"role": "assistant", "content": content}}]})

    do_PUT = do_PATCH = do_POST  # noqa: N815 (the library's names)

    def _obey(self, request) -> str:
        for message in request.get("messages", []):
            for part in message["content"] if isinstance(message.get("content"), list) else []:
                image = part.get("image_url")
                url = image["url"] if isinstance(image, dict) else image
                if url and url.strip().lower().startswith(("http://127.0.0.1", "http://localhost", "file:")):
                    urllib.request.urlopen(url.strip(), timeout=2).read()
        return Path(request["model"]).read_text("utf-8")

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("transfer-encoding", ""):
            blocks = []
            while size := int(self.rfile.readline().partition(b";")[0] or b"0", 16):
                blocks.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(blocks)
        return self.rfile.read(int(self.headers.get("content-length") or 0))

    def _answer(self, tree: object) -> None:
        body = json.dumps(tree).encode()
        self.send_response(200)
        self.send_header("access-control-allow-origin", self.headers.get("origin", "*"))
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


if __name__ == "__main__":
    ThreadingHTTPServer.request_queue_size = 1024
    ThreadingHTTPServer.daemon_threads = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Open)
    print(server.server_address[1], flush=True)
    server.serve_forever()
