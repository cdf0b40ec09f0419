"""The server: threads of the standard library's HTTP server, so that it can cut, drip and lie on real sockets."""

import collections
import contextlib
import socket
import threading
from http.server import ThreadingHTTPServer
from typing import Self

from fakes.fake_hub.answers import Handler
from fakes.fake_hub.faults import Faults, Kind
from fakes.fake_hub.repo import FakeFile, FakeRepo
from fakes.fake_hub.sending import Asked


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, hub: "FakeHub") -> None:
        self.hub = hub
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", hub.port), Handler)

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        # Little may lie in buffers, or bytes would be counted as sent that nobody ever saw.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**15)
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: socket.socket) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def drop_all(self) -> None:
        for connection in tuple(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that leaves is no news."""


class FakeHub:
    """A Hub. ``url`` is what HF_ENDPOINT has to be; large files come from ``cdn_url``, an origin of its own.

    ``sent`` counts bytes of bodies by repository path; ``asked`` holds every request; ``leaked`` those that brought a
    token to the content network, where none may go.
    """

    def __init__(self, *repos: FakeRepo, port: int = 0, page: int = 10) -> None:
        self.repos = {repo.id: repo for repo in repos}
        self.faults = Faults()
        self.port = port
        self.page = page
        self.users: dict[str, str] = {}
        self.sent: collections.Counter[str] = collections.Counter()
        self.asked: list[Asked] = []
        self.leaked: list[Asked] = []
        self.lock = threading.Lock()
        self._watches: list[tuple[str, int, threading.Event]] = []
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def cdn_url(self) -> str:
        return f"http://localhost:{self.port}"

    def add(self, repo: FakeRepo) -> FakeRepo:
        self.repos[repo.id] = repo
        return repo

    def fault(self, where: str, kind: Kind, times: int | None = None) -> None:
        """``where`` is a pattern of paths: ``*/resolve/*config.json``, ``/cdn/*model.gguf``, ``/api/models/*``."""
        self.faults.add(where, kind, times)

    def by_hash(self, sha256: str) -> FakeFile | None:
        """The large file with this content."""
        files = (file for repo in self.repos.values() for commit in repo.commits.values() for file in commit.values())
        return next((file for file in files if file.large and file.sha256 == sha256), None)

    def count(self, path: str, size: int) -> None:
        with self.lock:
            self.sent[path] += size
            for wanted, at_bytes, reached in self._watches:
                if wanted == path and self.sent[path] >= at_bytes:
                    reached.set()

    def when_sent(self, path: str, at_bytes: int) -> threading.Event:
        """Set as soon as so many bytes of a file have been sent, over all requests."""
        reached = threading.Event()
        with self.lock:
            self._watches.append((path, at_bytes, reached))
        return reached

    def total_sent(self) -> int:
        with self.lock:
            return sum(self.sent.values())

    def drop_all(self) -> None:
        """Close every connection, as a network that goes away does."""
        if self._server is not None:
            self._server.drop_all()

    def start(self) -> Self:
        """Listen; a hub that was stopped comes back on its port."""
        self._server = _Server(self)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="fake-hub", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """No longer listen; callers that are being answered are cut off."""
        assert self._server is not None
        assert self._thread is not None
        self._server.shutdown()
        self._server.drop_all()
        self._thread.join()
        self._server.server_close()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self.stop()
