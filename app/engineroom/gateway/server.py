"""uvicorn, set up for a daemon that decides itself when and in which order things end."""

import contextlib
from collections.abc import Iterator

import uvicorn

from engineroom.gateway.asgi import App

DRAIN_S = 2


class GatewayServer(uvicorn.Server):
    """uvicorn without signal handlers of its own."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the daemon."""
        yield


def make_server(app: App) -> GatewayServer:
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
    return GatewayServer(config)
