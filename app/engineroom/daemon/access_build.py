"""The doors of the daemon and who may come in: sockets, certificate, keys, capture."""

import os
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from engineroom.adapters import reach
from engineroom.adapters.certificate import Certificate, given_certificate, own_certificate
from engineroom.adapters.listener import address_of, is_wildcard, listen, listen_for_others
from engineroom.adapters.places import Places
from engineroom.adapters.sqlite.keys import SqliteKeys
from engineroom.domain.errors import Code, EngineroomError, Problem, Rejected
from engineroom.domain.network import NetworkView
from engineroom.domain.settings import ServerSettings
from engineroom.domain.settings_table import DEFAULT_PORT
from engineroom.domain.usage import RequestView
from engineroom.gateway.auth import Door
from engineroom.gateway.limits import ConnectionLimits
from engineroom.gateway.problems import bare_answer
from engineroom.services.access import Access
from engineroom.services.capture import Capture
from engineroom.services.event_log import EventLog
from engineroom.services.keys import Keys
from engineroom.services.log_book import LogBook
from engineroom.services.notices import NoticeBoard
from engineroom.services.ports import Clock, LogSink

# All programs of this computer come from one address, and share what is one peer's.
LOCAL_CONNECTIONS = 512
OLLAMA_ROOMS = ("/api/", "/v1/")
"""What programs that look for Ollama find at its port; it has ``/v1`` there too."""
SPEAKS_HTTPS = Problem(
    code=Code.INVALID_REQUEST,
    facts={"reason": "this port speaks https and got plain http; begin the address with https://"},
)
"""Told to who asks an encrypted door in the open."""

_log = EventLog("daemon")


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A socket that listens, the rules of who comes in by it, and what one connection may cost."""

    socket: socket.socket
    rules: Door
    limits: ConnectionLimits = field(default_factory=ConnectionLimits)
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDoors:
    """Listening sockets.

    ``local`` always for this computer alone, ``ollama`` too where its port is asked for; ``network`` for others, where
    that is asked for. ``problems``: what is not at the port where it was wanted.
    """

    local: socket.socket
    network: socket.socket | None
    certificate: Certificate | None
    tls: ssl.SSLContext | None
    settings: ServerSettings
    host: str
    ollama: socket.socket | None = None
    problems: tuple[Problem, ...] = ()

    def close(self) -> None:
        """Close the sockets."""
        self.local.close()
        if self.ollama is not None:
            self.ollama.close()
        if self.network is not None:
            self.network.close()

    @property
    def open(self) -> tuple["OpenDoor", ...]:
        """Those that are open, ``local`` first."""
        settings, bound = self.settings, _in_url(self.local.getsockname()[0])
        hosts = frozenset({"127.0.0.1", "localhost", "[::1]", bound, *settings.hosts})
        local = Door(hosts=hosts, keyless=settings.keyless_loopback, origins=settings.origins)
        doors = [OpenDoor(self.local, local, limits=ConnectionLimits(per_peer=LOCAL_CONNECTIONS))]
        if self.ollama is not None:
            doors.append(OpenDoor(self.ollama, replace(local, control=False, rooms=OLLAMA_ROOMS)))
        if self.network is not None:
            names = frozenset(map(_in_url, _names(self.host, settings)))
            others = Door(hosts=names, control=False, keyless=False, origins=settings.origins)
            doors.append(OpenDoor(self.network, others, tls=self.tls))
        return tuple(doors)

    @property
    def address(self) -> str | None:
        """Where others find us."""
        if self.network is None:
            return None
        port = self.network.getsockname()[1]
        named = next(iter(reach.addresses()), socket.gethostname()) if is_wildcard(self.host) else self.host
        return f"{'http' if self.tls is None else 'https'}://{_in_url(named)}:{port}"

    def look(self) -> NetworkView:
        """Who can reach us, tried out. Blocks for a moment."""
        host, port = self.local.getsockname()[:2]
        ports = {door.socket.getsockname()[1] for door in self.open}
        found = tuple(
            address for one in sorted(ports, key=lambda one: (one != port, one)) for address in reach.look(one)
        )
        return NetworkView(
            local=f"http://{_in_url(host)}:{port}",
            keyless=self.settings.keyless_loopback,
            network=self.address,
            tls=self.tls is not None,
            fingerprint=None if self.certificate is None else self.certificate.fingerprint,
            certificate=None if self.certificate is None else str(self.certificate.certificate),
            interfaces=found,
        )


def open_doors(places: Places, settings: ServerSettings, *, host: str, port: int | None, plain_http: bool) -> OpenDoors:
    """Listen where it is asked for; ``port`` ``None`` is that of the settings if it can be had, else another.

    A port of Ollama's that is taken does not hinder the rest.

    Raises:
        EngineroomError: ``bind_needs_key`` if others would be let in and no key exists, ``certificate_broken``, and
            as :func:`engineroom.adapters.listener.listen`.
    """
    doors = _open(places, settings, host=host, port=port, plain_http=plain_http)
    found = doors.local.getsockname()[1]
    # The usual port is nobody's wish; whoever wrote another one has set programs to it.
    if port is None and settings.port not in {None, DEFAULT_PORT, found}:
        facts = {"wanted": settings.port, "port": found}
        doors = replace(doors, problems=(Problem(code=Code.PORT_ELSEWHERE, facts=facts),))
    if settings.ollama_port is None:
        return doors
    try:
        return replace(doors, ollama=listen("127.0.0.1", settings.ollama_port))
    except EngineroomError as error:
        facts = {"port": settings.ollama_port, "program": error.problem.facts.get("program")}
        return replace(doors, problems=(*doors.problems, Problem(code=Code.OLLAMA_PORT_TAKEN, facts=facts)))


def _open(places: Places, settings: ServerSettings, *, host: str, port: int | None, plain_http: bool) -> OpenDoors:
    if address_of(host).is_loopback:
        local = listen(host, port, first=settings.port)
        return OpenDoors(local=local, network=None, certificate=None, tls=None, settings=settings, host=host)
    if not _any_key(places):
        raise Rejected(Code.BIND_NEEDS_KEY, host=host)
    certificate = None if plain_http else _certificate(places, settings, host)
    tls = None if certificate is None else certificate.context(bare_answer(SPEAKS_HTTPS))
    local = listen("127.0.0.1", port, first=settings.port, beside_all=is_wildcard(host))
    try:
        network = listen_for_others(host, local.getsockname()[1])
    except BaseException:
        local.close()
        raise
    return OpenDoors(local=local, network=network, certificate=certificate, tls=tls, settings=settings, host=host)


def build_access(places: Places, clock: Clock, notices: NoticeBoard, log_book: LogBook, doors: OpenDoors) -> Access:
    """Keys, capture and the self-test. Reads the keys, which blocks for a moment."""
    keys = Keys(store=SqliteKeys(places.ledger_file), clock=clock, notices=notices)
    keys.load()
    for problem in doors.problems:
        notices.put(problem)
        _log.warning(str(problem.code), **problem.facts)
    if doors.network is not None and doors.tls is None:
        address = doors.address or doors.host
        notices.put(Problem(code=Code.PLAIN_HTTP, facts={"address": address}))
        _log.warning("plain_http", address=address)
    elif doors.certificate is not None:
        log_book.write("daemon", f"certificate SHA-256 {doors.certificate.fingerprint}")
    capture = Capture(clock=clock, notices=notices, sink=partial(_capture_file, places))
    return Access(keys=keys, capture=capture, reach=doors.look, network=doors.address)


def _any_key(places: Places) -> bool:
    store = SqliteKeys(places.ledger_file)
    try:
        return any(key.is_valid(time.time()) for key in store.all())
    finally:
        store.close()


def _certificate(places: Places, settings: ServerSettings, host: str) -> Certificate:
    if settings.certificate is not None and settings.certificate_key is not None:
        return given_certificate(Path(settings.certificate), Path(settings.certificate_key))
    return own_certificate(places.certificates, _names(host, settings))


def _names(host: str, settings: ServerSettings) -> list[str]:
    """What others may call us: the bound address, or all addresses and the name of this computer."""
    if not is_wildcard(host):
        return [str(address_of(host)), *settings.hosts]
    name = socket.gethostname().lower()
    return [*reach.addresses(), name, f"{name}.local", *settings.hosts]


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


class _CaptureFile:
    """A file that only this user can read."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8")

    def write(self, line: str) -> None:
        self._file.write(line + "\n")
        self._file.flush()

    def close(self) -> None:
        self._file.close()


def _capture_file(places: Places) -> tuple[LogSink, str]:
    path = places.captures / f"{time.strftime('%Y-%m-%d-%H%M%S')}.txt"
    return _CaptureFile(path), str(path)


AccessMaker = Callable[[NoticeBoard, LogBook], Access]


def in_turn(*told: Callable[[RequestView], None]) -> Callable[[RequestView], None]:
    """One that tells each of them."""

    def tell(request: RequestView) -> None:
        for one in told:
            one(request)

    return tell
