"""uvicorn, set up for a daemon that decides itself when and in which order things end."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from functools import partial

import uvicorn

from engineroom.gateway.asgi import App
from engineroom.gateway.limits import ConnectionLimits, LimitedProtocol, Watch
from engineroom.services.beat import until_beat_s

DRAIN_S = 2
HANDSHAKE_S = 15.0
_DATE_EVERY_S = 1.0
_QUIET_AFTER_S = 0.02


class _MadeAhead:
    """Makes connections, of which one is always ready: a client does not wait for what was done in a quiet moment."""

    def __init__(self, make: Callable[[], LimitedProtocol]) -> None:
        self._make = make
        self._ready: LimitedProtocol | None = None
        self._due: asyncio.TimerHandle | None = None

    def __call__(self) -> LimitedProtocol:
        """One that nobody has had."""
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(_QUIET_AFTER_S, self._make_one)
        one, self._ready = self._ready or self._make(), None
        return one

    def _make_one(self) -> None:
        self._due, self._ready = None, self._make()


class GatewayServer(uvicorn.Server):
    """uvicorn without signal handlers of its own, with connections that are watched.

    Args:
        tls: encrypts, if given.
    """

    def __init__(self, config: uvicorn.Config, limits: ConnectionLimits, tls: ssl.SSLContext | None) -> None:
        self._ending = asyncio.Event()
        super().__init__(config)
        self._watch = Watch(limits)
        self._tls = tls

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen. uvicorn's own has no limit for a handshake that does not end."""
        connection = partial(
            LimitedProtocol, watch=self._watch, config=self.config, server_state=self.server_state, app_state={}
        )
        patience_s = None if self._tls is None else HANDSHAKE_S
        loop = asyncio.get_running_loop()
        self.servers = [
            await loop.create_server(
                _MadeAhead(connection),
                sock=listener,
                ssl=self._tls,
                ssl_handshake_timeout=patience_s,
                backlog=self.config.backlog,
            )
            for listener in sockets or []
        ]
        self.started = True

    @property
    def should_exit(self) -> bool:
        """Whether it was told to end."""
        return self._ending.is_set()

    @should_exit.setter
    def should_exit(self, wished: bool) -> None:
        if wished:
            self._ending.set()

    async def main_loop(self) -> None:
        """Until told to end. uvicorn's own looks ten times a second, which a computer at rest would feel."""
        loop = asyncio.get_running_loop()
        ending = asyncio.create_task(self._ending.wait())
        try:
            while not await self.on_tick(0):
                await asyncio.wait({ending}, timeout=until_beat_s(loop.time(), _DATE_EVERY_S))
        finally:
            ending.cancel()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the daemon."""
        yield


def make_server(
    app: App, *, limits: ConnectionLimits | None = None, tls: ssl.SSLContext | None = None
) -> GatewayServer:
    """A server for ``serve(sockets=[…])``. Open answers get two seconds to finish when it is told to end."""
    config = uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=DRAIN_S,
        interface="asgi3",
    )
    return GatewayServer(config, limits or ConnectionLimits(), tls)
