"""Running the engine room, and ending it in the right order."""

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import psutil

from engineroom import __version__
from engineroom.adapters.clock import SystemClock
from engineroom.adapters.instance import Instance
from engineroom.adapters.machine_reader import ThreadedMachineReader
from engineroom.adapters.model_places import find_models
from engineroom.adapters.places import Places, find_places
from engineroom.adapters.settings_toml import load_settings
from engineroom.contract.connection import Connection
from engineroom.contract.control import API, Hello
from engineroom.daemon.access_build import OpenDoors, build_access, open_doors
from engineroom.daemon.build import Ground, build_parts, stand_on
from engineroom.domain.settings import Settings
from engineroom.gateway.app import make_apps
from engineroom.gateway.parts import Parts
from engineroom.gateway.server import GatewayServer, make_server
from engineroom.services.event_log import EventLog
from engineroom.services.models import DEFAULT_ALIAS, ModelShelf

_log = EventLog("daemon")

FIRST_LOOK_S = 10.0
"""How long nobody is answered because it is not known yet what is here; a disk that hangs shall not hide the daemon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaemonOptions:
    """What the command line may say.

    ``None`` leaves it to the settings; ``auto_port`` takes the next free port; ``plain_http`` is for others
    without TLS.
    """

    host: str | None = None
    port: int | None = None
    auto_port: bool = False
    model: str | None = None
    idle_exit_s: float | None = None
    plain_http: bool = False


class Daemon:
    """One engine room.

    Args:
        started: told once everything answers.
    """

    def __init__(self, options: DaemonOptions, *, started: Callable[[Parts], None]) -> None:
        self._options = options
        self._started = started
        self._clock = SystemClock()
        self._end = asyncio.Event()

    async def run(self) -> None:
        """Serve until told to end. Raises EngineroomError when it cannot begin."""
        places = find_places()
        settings = load_settings(places.settings_file)
        instance = Instance(places)
        instance.claim()
        try:
            shelf = find_models(settings, self._options.model, places.bundled_models)
            doors = self._open(places, settings)
            try:
                await self._serve(stand_on(places, settings, self._clock), shelf, instance, doors)
            finally:
                doors.close()
        finally:
            instance.release()

    def shut_down(self) -> None:
        """Ask it to end; safe to call from a signal handler of the loop, and more than once."""
        self._end.set()

    async def _serve(self, ground: Ground, shelf: ModelShelf, instance: Instance, doors: OpenDoors) -> None:
        hello, reader = self._hello(doors), ground.reader
        make_access = partial(build_access, ground.places, ground.clock, doors=doors)
        parts = build_parts(ground, shelf, hello, make_access=make_access, shut_down=self.shut_down)
        apps = make_apps(parts, *(door.rules for door in doors.open))
        servers = [
            make_server(app, limits=door.limits, tls=door.tls) for app, door in zip(apps, doors.open, strict=True)
        ]
        looking = asyncio.ensure_future(self._look(parts))
        serving = asyncio.ensure_future(_serve_all(servers, doors, after=looking))
        try:
            reader.start(on_machine=parts.cards.accept, on_reading=parts.accounting.reading)
            await asyncio.wait({looking}, timeout=FIRST_LOOK_S)
            if looking.done():
                looking.result()
                self._heed_signals()
            instance.announce(_connection(hello, parts.token))
            await looking
            self._heed_signals()
            _log.info("listening", address=hello.address, network=doors.address, version=__version__)
            self._started(parts)
            await self._until_end(serving, parts)
        finally:
            await self._close(servers, serving, parts, reader)

    async def _look(self, parts: Parts) -> None:
        """See what is here and take up what was going on; whoever asks before would be told that it is not there."""
        await parts.models.library.refresh()
        parts.jobs.restore()
        parts.doctor.follow_ups.resume()
        if self._options.model is not None:
            parts.engines.start(DEFAULT_ALIAS)

    def _heed_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.shut_down)

    async def _until_end(self, serving: asyncio.Task[None], parts: Parts) -> None:
        idle = asyncio.create_task(self._idle_watch(parts), name="idle watch")
        writing = asyncio.create_task(parts.ledger.run(), name="ledger")
        ending = asyncio.create_task(self._end.wait(), name="end")
        for work in (idle, writing, serving):
            work.add_done_callback(_say_crash)
        await asyncio.wait({serving, ending}, return_when=asyncio.FIRST_COMPLETED)
        for task in (idle, ending, writing):
            task.cancel()
        await asyncio.gather(idle, ending, writing, return_exceptions=True)

    async def _close(
        self, servers: list[GatewayServer], serving: asyncio.Task[None], parts: Parts, reader: ThreadedMachineReader
    ) -> None:
        _log.info("ending")
        parts.events.close()
        for server in servers:
            server.should_exit = True
        await asyncio.gather(parts.engines.close(), parts.jobs.close(), serving, return_exceptions=True)
        await asyncio.to_thread(reader.close)
        parts.accounting.energy.flush()
        await parts.ledger.close()
        parts.models.hub.close()
        parts.access.close()
        parts.log_book.close()

    async def _idle_watch(self, parts: Parts) -> None:
        """End a daemon that the window started and nobody uses any more."""
        limit_s = self._options.idle_exit_s
        busy_at_s = self._clock.monotonic_s()
        while limit_s is not None:
            if parts.events.readers or parts.traffic.active or parts.engines.busy or parts.jobs.busy:
                busy_at_s = self._clock.monotonic_s()
            if self._clock.monotonic_s() - busy_at_s >= limit_s:
                _log.info("idle", seconds=limit_s)
                self.shut_down()
            await asyncio.sleep(min(5.0, limit_s / 4))

    def _open(self, places: Places, settings: Settings) -> OpenDoors:
        options, server = self._options, settings.server
        port = None if options.auto_port else options.port or server.port
        return open_doors(places, server, host=options.host or server.host, port=port, plain_http=options.plain_http)

    def _hello(self, doors: OpenDoors) -> Hello:
        host, port = doors.local.getsockname()[:2]
        return Hello(
            product="engineroom",
            version=__version__,
            api=API,
            pid=os.getpid(),
            started_at_s=self._clock.unix_s(),
            address=f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}",
            idle_exit_s=self._options.idle_exit_s,
        )


async def _serve_all(servers: list[GatewayServer], doors: OpenDoors, *, after: asyncio.Future[None]) -> None:
    """All doors, from the first look on; who comes before waits at the door. When one ends, all do."""
    await asyncio.wait({after}, timeout=FIRST_LOOK_S)
    serving = [
        asyncio.create_task(server.serve(sockets=[door.socket]), name="uvicorn")
        for server, door in zip(servers, doors.open, strict=True)
    ]
    try:
        await asyncio.wait(serving, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*serving)


def _say_crash(task: asyncio.Task[Any]) -> None:
    """The task supervisor: a task of the daemon that broke is told in the log."""
    if not task.cancelled() and task.exception() is not None:
        _log.error("task_broke", task=task.get_name(), error=repr(task.exception()))


def _connection(hello: Hello, token: str) -> Connection:
    created_s = psutil.Process().create_time()
    return Connection(
        address=hello.address, token=token, pid=hello.pid, pid_created_s=created_s, api=API, version=__version__
    )
