"""One connection to ``/control/events``. Reconnecting is :mod:`engineroom_ui.link.session`'s affair."""

import time

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkReply

from engineroom.contract.control import ProblemView
from engineroom.contract.events import PAYLOADS, EventName
from engineroom.contract.problems import Code
from engineroom_ui.link.http import Failure, HttpClient, body_of, failure_of, status_of
from engineroom_ui.link.sse import SseEvent, SseParser

REST_S = 2.0
"""Between two samples of telemetry that are looked into while nobody looks at the window."""
SILENCE_MS = 40_000
"""The daemon writes at least a comment every 15 s; after this long without a byte the connection is taken for dead."""


class EventStream(QObject):
    """Decodes events as they arrive.

    Signals:
        opened: the daemon accepted; events follow.
        received: name (str) and decoded payload of one event.
        closed: the connection ended, with a :class:`Failure`.
    """

    opened = Signal()
    received = Signal(str, object)
    closed = Signal(object)

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._resting = False
        self._looked_s = 0.0
        self._reply: QNetworkReply | None = None
        self._parser = SseParser()
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(SILENCE_MS)
        self._silence.timeout.connect(self._silent)

    def open(self) -> None:
        """Connect. An older connection is dropped without a word."""
        self.close()
        request = self._client.request("/control/events", control=True)
        request.setRawHeader(b"Accept", b"text/event-stream")
        self._parser = SseParser()
        self._reply = self._client.manager.get(request)
        self._reply.metaDataChanged.connect(self._accepted)
        self._reply.readyRead.connect(self._read)
        self._reply.finished.connect(self._finished)
        self._silence.start()

    def close(self) -> None:
        """Drop the connection; no signal follows."""
        self._silence.stop()
        if self._reply is not None:
            reply, self._reply = self._reply, None
            reply.disconnect(self)
            reply.abort()
            reply.deleteLater()

    def rest(self, *, on: bool) -> None:
        """Pass over most samples of telemetry; all else is told as ever."""
        self._resting = on

    def _passed_over(self, name: EventName) -> bool:
        if name is not EventName.TELEMETRY or not self._resting:
            return False
        now_s = time.monotonic()
        if now_s - self._looked_s < REST_S:
            return True
        self._looked_s = now_s
        return False

    def _accepted(self) -> None:
        if self._reply is not None and status_of(self._reply) == 200:
            self.opened.emit()

    def _read(self) -> None:
        if self._reply is None or status_of(self._reply) != 200:
            return
        self._silence.start()
        for event in self._parser.feed(body_of(self._reply)):
            self._deliver(event)

    def _deliver(self, event: SseEvent) -> None:
        if event.name not in PAYLOADS:
            return
        name = EventName(event.name)
        if self._passed_over(name):
            return
        try:
            payload = msgspec.json.decode(event.data, type=PAYLOADS[name])
        except msgspec.MsgspecError:
            # A newer daemon of the same API number may send more; the next snapshot tells what matters.
            return
        self.received.emit(str(name), payload)

    def _silent(self) -> None:
        if self._reply is not None:
            self._reply.abort()

    def _finished(self) -> None:
        if self._reply is None:
            return
        reply, self._reply = self._reply, None
        self._silence.stop()
        failure = _cut_off() if status_of(reply) == 200 else failure_of(reply, body_of(reply))
        reply.deleteLater()
        self.closed.emit(failure)


def _cut_off() -> Failure:
    reason = QCoreApplication.translate("link", "the connection was closed")
    return Failure(problem=ProblemView(code=Code.DAEMON_UNREACHABLE, facts={"reason": reason}), status=200)
