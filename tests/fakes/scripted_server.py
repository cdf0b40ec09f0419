"""An HTTP server that answers exactly what it is told to, byte for byte."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from typing import Self

Answer = Callable[["Caller"], Awaitable[None]]


class Caller:
    """One connection, seen from the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def request(self) -> bytes:
        """The next request, head and body. Raises IncompleteReadError when the caller has left."""
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = next(int(row[15:]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:"))
        return head + await self._reader.readexactly(length)

    async def send(self, *pieces: bytes, apart: bool = False) -> None:
        """Send; ``apart`` gives the other side time to take each piece on its own."""
        for piece in pieces:
            self._writer.write(piece)
            await self._writer.drain()
            if apart:
                await asyncio.sleep(0)

    async def until_gone(self) -> None:
        """Wait for the caller to leave."""
        try:
            while await self._reader.read(65536):
                pass
        except ConnectionError:
            pass

    def reset(self) -> None:
        """Leave without a goodbye."""
        found = self._writer.get_extra_info("socket")
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


class ScriptedServer:
    """Listens on a loopback port. The first connection gets the first answer, and so on; the last is used again."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = answers
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.connections = 0
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        answer = self._answers[min(self.connections, len(self._answers) - 1)]
        self.connections += 1
        try:
            await answer(Caller(reader, writer))
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the caller has left, or the test is over
        finally:
            writer.close()
            self._tasks.discard(task)


def always(*pieces: bytes, apart: bool = False) -> Answer:
    """The same answer to every request of a connection."""

    async def answer(caller: Caller) -> None:
        while True:
            await caller.request()
            await caller.send(*pieces, apart=apart)

    return answer


def once(*pieces: bytes, apart: bool = False) -> Answer:
    """One answer, then the end of the connection."""

    async def answer(caller: Caller) -> None:
        await caller.request()
        await caller.send(*pieces, apart=apart)

    return answer
