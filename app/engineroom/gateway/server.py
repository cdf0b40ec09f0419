"""uvicorn, set up for a daemon that decides itself when and in which order things end."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Iterator
from functools import partial

import uvicorn

from engineroom.gateway.asgi import App
from engineroom.gateway.limits import ConnectionLimits, LimitedProtocol, Watch

DRAIN_S = 2
HANDSHAKE_S = 15.0


class GatewayServer(uvicorn.Server):
    """uvicorn without signal handlers of its own, with connections that are watched.

    Args:
        tls: encrypts, if given.
    """

    def __init__(self, config: uvicorn.Config, limits: ConnectionLimits, tls: ssl.SSLContext | None) -> None:
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
                connection, sock=listener, ssl=self._tls, ssl_handshake_timeout=patience_s, backlog=self.config.backlog
            )
            for listener in sockets or []
        ]
        self.started = True

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
        timeout_keep_alive=75,
        timeout_graceful_shutdown=DRAIN_S,
        interface="asgi3",
    )
    return GatewayServer(config, limits or ConnectionLimits(), tls)
