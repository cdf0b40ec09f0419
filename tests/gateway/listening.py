"""The real server before an application, on a port of its own."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from engineroom.gateway.server import make_server


@asynccontextmanager
async def listening(app: Any, **of_server: Any) -> AsyncIterator[int]:
    """Its port, while it serves."""
    server = make_server(app, **of_server)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await serving
