"""The control API, from a process that may wait: the command line and the tests."""

import ssl
from collections.abc import Callable, Iterator
from typing import Any, Literal, Self, TypeVar

import httpx2
import msgspec

from engineroom.contract.connection import Connection, connection_path, read_connection
from engineroom.contract.control import (
    API,
    CatalogueRow,
    EnergyTable,
    EngineView,
    GroupBy,
    Hello,
    JobView,
    LogLine,
    PlanRequest,
    Series,
    Snapshot,
)
from engineroom.contract.events import PAYLOADS, EventName
from engineroom.contract.problems import ErrorEnvelope
from engineroom.contract.routing import RouteView
from engineroom.domain.errors import Broken, Code, EngineroomError, Rejected

Answer = TypeVar("Answer")
_TIMEOUT = httpx2.Timeout(10.0, read=60.0)


def trusted(address: str) -> ssl.SSLContext | bool:
    """Whose certificates are believed at an address: over plain HTTP nobody's, so that the system's need not be read.

    Reading them takes 30 ms, a tenth of what a command has.
    """
    return True if address.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def find_daemon() -> Connection:
    """The running daemon of this user.

    Raises:
        Broken: ``not_running``.
        Rejected: ``daemon_too_different``.
    """
    connection = read_connection(connection_path())
    if connection is None:
        raise Broken(Code.NOT_RUNNING)
    if connection.api != API:
        raise Rejected(Code.DAEMON_TOO_DIFFERENT, theirs=connection.api, ours=API)
    return connection


class ControlClient:
    """Requests to one daemon. Every error answer is raised as the problem it carries.

    Raises (all methods):
        EngineroomError: the daemon's problem, or ``daemon_unreachable``.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._http = httpx2.Client(
            base_url=connection.address,
            headers={"Authorization": f"Bearer {connection.token}"},
            timeout=_TIMEOUT,
            trust_env=False,
            verify=trusted(connection.address),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def hello(self) -> Hello:
        """Who answers."""
        return self._get("/control/hello", Hello)

    def snapshot(self) -> Snapshot:
        """Everything."""
        return self._get("/control/snapshot", Snapshot)

    def logs(self, *, source: str | None, tail: int) -> tuple[LogLine, ...]:
        """The newest lines, oldest first."""
        query = {"tail": tail} | ({"source": source} if source else {})
        return self._get("/control/logs", tuple[LogLine, ...], query)

    def energy(self, by: GroupBy, *, days: float) -> EnergyTable:
        """What requests used."""
        return self._get("/control/energy", EnergyTable, {"by": str(by), "days": days})

    def series(self, *, seconds: float) -> Series:
        """The past of the charts."""
        return self._get("/control/series", Series, {"seconds": seconds})

    def plan(self, request: PlanRequest) -> dict[str, Any]:
        """What fits, how fast, and why."""
        return self._decode(self._ask("POST", "/control/plan", body=request), dict[str, Any])

    def rank(self, *, gpu: str, use: str | None = None) -> tuple[CatalogueRow, ...]:
        """The catalogue for a card."""
        query = {"gpu": gpu} | ({"use": use} if use else {})
        return self._get("/control/plan/catalogue", tuple[CatalogueRow, ...], query)

    def start_engine(self, model: str) -> EngineView:
        """Wish an engine started."""
        return self._decode(self._ask("POST", f"/control/engines/{model}/start"), EngineView)

    def stop_engine(self, model: str) -> EngineView:
        """Stop an engine and wait for it."""
        return self._decode(self._ask("POST", f"/control/engines/{model}/stop"), EngineView)

    def pin_engine(self, model: str, *, pinned: bool) -> RouteView:
        """Keep an engine, or let go of it."""
        return self._decode(self._ask("POST", f"/control/engines/{model}/{'pin' if pinned else 'unpin'}"), RouteView)

    def jobs(self) -> tuple[JobView, ...]:
        """All jobs, oldest first."""
        return self._get("/control/jobs", tuple[JobView, ...])

    def job(self, job: str) -> JobView:
        """One job."""
        return self._get(f"/control/jobs/{job}", JobView)

    def turn_job(self, job: str, wish: Literal["pause", "resume", "cancel"]) -> JobView:
        """Pause, resume or cancel a job; answers when its worker has ended."""
        return self._decode(self._ask("POST", f"/control/jobs/{job}/{wish}"), JobView)

    def clear_jobs(self) -> tuple[JobView, ...]:
        """Forget the jobs that have ended; the rest."""
        return self._decode(self._ask("POST", "/control/jobs/clear"), tuple[JobView, ...])

    def shut_down(self) -> None:
        """Ask the daemon to end."""
        self._ask("POST", "/control/shutdown")

    def events(self, begun: Callable[[], None] = lambda: None) -> Iterator[tuple[EventName, Any]]:
        """Events as they come, until the daemon ends or the connection is lost.

        ``begun`` is called once none is missed any more; what is asked for there is older than every event.
        """
        try:
            with self._http.stream("GET", "/control/events", timeout=httpx2.Timeout(10.0, read=60.0)) as response:
                lines = response.iter_lines()
                next(lines, None)
                begun()
                yield from _events(lines)
        except httpx2.HTTPError as error:
            raise Broken(Code.DAEMON_UNREACHABLE, reason=str(error)) from error

    def _get(self, path: str, kind: type[Answer], query: dict[str, Any] | None = None) -> Answer:
        return self._decode(self._ask("GET", path, query), kind)

    def _ask(self, method: str, path: str, query: dict[str, Any] | None = None, *, body: object = None) -> bytes:
        content = msgspec.json.encode(body or {}) if method in {"POST", "PUT", "PATCH"} else None
        headers = {"Content-Type": "application/json"} if content else {}
        try:
            response = self._http.request(method, path, params=query, content=content, headers=headers)
        except httpx2.HTTPError as error:
            raise Broken(Code.DAEMON_UNREACHABLE, reason=str(error)) from error
        if response.is_error:
            raise problem_of(response.content)
        return response.content

    @staticmethod
    def _decode(body: bytes, kind: type[Answer]) -> Answer:
        try:
            return msgspec.json.decode(body, type=kind)
        except msgspec.DecodeError as error:
            raise Broken(Code.DAEMON_UNREACHABLE, reason=f"unexpected answer: {error}") from error


def problem_of(body: bytes) -> EngineroomError:
    """The problem in an error answer."""
    try:
        error = msgspec.json.decode(body, type=ErrorEnvelope).error
        code = Code(error.code or "")
    except (msgspec.DecodeError, ValueError):
        return Broken(Code.DAEMON_UNREACHABLE, reason=body[:200].decode("utf-8", "replace"))
    return Rejected(code, **error.facts)


def _events(lines: Iterator[str]) -> Iterator[tuple[EventName, Any]]:
    name = ""
    for line in lines:
        key, _, value = line.partition(": ")
        if key == "event":
            name = value
        elif key == "data" and name in set(EventName):
            yield EventName(name), msgspec.json.decode(value, type=PAYLOADS[EventName(name)])
