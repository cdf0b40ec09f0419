"""The window's one relation to a daemon: find it, greet it, follow it, find it again."""

import random
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from engineroom import __version__
from engineroom.contract.connection import Connection
from engineroom.contract.control import API, Hello, ProblemView, Snapshot
from engineroom.contract.events import EventName
from engineroom.contract.link import VersionCode
from engineroom.contract.problems import Code
from engineroom_ui.link.daemon import Local
from engineroom_ui.link.events import EventStream
from engineroom_ui.link.http import Call, Failure, HttpClient
from engineroom_ui.link.remote import Remote

FIRST_RETRY_S = 0.5
LAST_RETRY_S = 8.0


class Phase(StrEnum):
    """Where the relation stands."""

    SEARCHING = "searching"
    STARTING = "starting"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    LOST = "lost"
    ABSENT = "absent"
    REFUSED = "refused"
    START_FAILED = "start_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """The phase, who answers, and what is wrong."""

    phase: Phase
    hello: Hello | None = None
    problem: ProblemView | None = None


class Session(QObject):
    """Reconnects by itself, 0.5 to 8 s apart; takes a snapshot after every connect.

    Signals:
        changed: the :class:`LinkView` is another.
        snapshot: a whole :class:`Snapshot`; what is known so far is void.
        happened: name and payload of what changed since.
    """

    changed = Signal(object)
    snapshot = Signal(object)
    happened = Signal(str, object)

    def __init__(self, client: HttpClient, where: Local | Remote, parent: QObject | None = None) -> None:
        super().__init__(parent)
        where.setParent(self)
        self._where = where
        self.view = LinkView(phase=Phase.SEARCHING)
        self._client = client
        self._may_start = where.here
        self._seen_once = False
        self._round = 0
        self._leaving_pid = 0
        self._pid = 0
        self._address = ""
        self._retry_s = FIRST_RETRY_S
        self._early: list[tuple[str, Any]] | None = None
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._look)
        self._events = EventStream(client, self)
        self._events.opened.connect(self._subscribed)
        self._events.received.connect(self._received)
        self._events.closed.connect(self._closed)
        where.found.connect(self._found)
        where.missing.connect(self._missing)
        where.started.connect(self._look)
        where.start_failed.connect(self._start_failed)

    @property
    def here(self) -> bool:
        """Whether the daemon looked for is one of this computer."""
        return self._where.here

    @property
    def machine(self) -> str:
        """The computer it is of, as the person named it; empty for this one."""
        return self._where.name

    def open(self) -> None:
        """Find the daemon, or start one if none runs."""
        if self.view.phase is Phase.LOST:
            self._show(Phase.CONNECTING)
        self._look()

    def start_daemon(self) -> None:
        """Start a daemon now, or find the one that runs."""
        self._may_start = True
        self.open()

    def restart_daemon(self) -> None:
        """Ask the daemon that runs to end, then start one of this version."""
        self._round += 1
        self._events.close()
        self._retry.stop()
        self._leaving_pid = self._pid
        self._may_start = True
        self._retry_s = FIRST_RETRY_S
        self._show(Phase.STARTING)
        call = self._client.post("/control/shutdown", Any)
        call.done.connect(self._retry_later)
        call.failed.connect(self._retry_later)

    def rest(self, *, on: bool) -> None:
        """Whether nobody looks: then little is made of telemetry."""
        self._events.rest(on=on)

    def close(self) -> None:
        """Let go of the daemon; it goes on without this window."""
        self._round += 1
        self._retry.stop()
        self._where.forget()
        self._events.close()

    def _look(self) -> None:
        self._round += 1
        self._retry.stop()
        self._events.close()
        self._where.look()

    def _found(self, found: Connection) -> None:
        if found.pid == self._leaving_pid:
            self._where.forget()
            self._retry_later()
            return
        self._pid, self._address = found.pid, found.address
        if self.view.phase not in {Phase.LOST, Phase.REFUSED}:
            self._show(Phase.CONNECTING)
        self._client.aim(found.address, found.token)
        self._ask("/control/hello", Hello, self._greeted)

    def _missing(self, problem: ProblemView) -> None:
        if self._may_start:
            self._may_start = False
            self._show(Phase.STARTING)
            self._where.start()
            return
        if self.view.phase is not Phase.START_FAILED:
            self._show(Phase.LOST if self._seen_once else Phase.ABSENT, problem=problem)
        self._retry_later()

    def _ask(self, path: str, kind: Any, then: Any) -> None:
        call: Call = self._client.get(path, kind)
        asked = self._round
        call.done.connect(lambda answer: then(answer) if asked == self._round else None)
        call.failed.connect(lambda failure: self._failed(failure) if asked == self._round else None)

    def _greeted(self, hello: Hello) -> None:
        self._may_start = False
        if hello.api != API:
            facts = {"theirs": f"{hello.version}, API {hello.api}", "ours": f"{__version__}, API {API}"}
            code = VersionCode.NEWER if hello.api > API else VersionCode.OLDER
            self._show(Phase.REFUSED, hello, ProblemView(code=code, facts={**facts}))
            self._retry_later()
            return
        self._early = []
        self._events.open()

    def _subscribed(self) -> None:
        self._ask("/control/snapshot", Snapshot, self._complete)

    def _complete(self, snapshot: Snapshot) -> None:
        early, self._early = self._early or [], None
        self._retry_s = FIRST_RETRY_S
        self._seen_once = True
        if not self.here:
            # From here it is reached at the near end of the tunnel, not at the address it gives itself.
            snapshot = replace(snapshot, hello=replace(snapshot.hello, address=self._address))
        self.snapshot.emit(snapshot)
        for name, payload in early:
            self.happened.emit(name, payload)
        self._show(Phase.CONNECTED, snapshot.hello)

    def _received(self, name: str, payload: object) -> None:
        if name == EventName.GOODBYE:
            self._lost(ProblemView(code=Code.NOT_RUNNING, facts={}))
        elif self._early is not None:
            # What happens between subscribing and the snapshot must not be lost, nor come before it.
            self._early.append((name, payload))
        else:
            self.happened.emit(name, payload)

    def _closed(self, failure: Failure) -> None:
        self._failed(failure)

    def _failed(self, failure: Failure) -> None:
        if not self.here:
            self._where.forget()
        if failure.problem.code == Code.INVALID_TOKEN:
            self._show(Phase.REFUSED, problem=failure.problem)
            self._retry_later()
            return
        self._lost(failure.problem)

    def _lost(self, problem: ProblemView) -> None:
        self._round += 1
        self._events.close()
        if self._where.gone():
            problem = ProblemView(code=Code.NOT_RUNNING, facts={})
        self._show(Phase.LOST, problem=problem)
        self._retry_later()

    def _start_failed(self, problem: ProblemView) -> None:
        self._show(Phase.START_FAILED, problem=problem)
        self._retry_later()

    def _retry_later(self, _answer: object = None) -> None:
        self._retry.start(round(self._retry_s * random.uniform(0.8, 1.2) * 1000))  # noqa: S311
        self._retry_s = min(self._retry_s * 2, LAST_RETRY_S)

    def _show(self, phase: Phase, hello: Hello | None = None, problem: ProblemView | None = None) -> None:
        view = LinkView(phase=phase, hello=hello, problem=problem)
        if view != self.view:
            self.view = view
            self.changed.emit(view)
