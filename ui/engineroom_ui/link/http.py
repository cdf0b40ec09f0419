"""JSON over HTTP on ``QNetworkAccessManager``: nothing here waits."""

from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkProxy, QNetworkReply, QNetworkRequest

from engineroom.contract.control import ProblemView
from engineroom.contract.problems import MESSAGE, Code, ErrorBody, ErrorEnvelope

translate = QCoreApplication.translate

CALL_TIMEOUT_MS = 15_000
SLOW_TIMEOUT_MS = 75_000
"""For what the daemon asks of the Hub first: its own patience, several times over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a call failed. ``status`` is the HTTP status, None when no answer came; ``message`` the daemon's sentence."""

    problem: ProblemView
    status: int | None = None
    message: str | None = None


def body_of(reply: QNetworkReply) -> bytes:
    """What has arrived and was not read yet."""
    return bytes(reply.readAll().data())


def status_of(reply: QNetworkReply) -> int | None:
    """HTTP status, or None when no answer came."""
    status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    return status if isinstance(status, int) else None


def why(reply: QNetworkReply) -> str:
    """Why no answer came, in a few words."""
    late = {QNetworkReply.NetworkError.OperationCanceledError, QNetworkReply.NetworkError.TimeoutError}
    return translate("link", "no answer came in time") if reply.error() in late else reply.errorString()


def failure_of(reply: QNetworkReply, body: bytes) -> Failure:
    """The failure an unsuccessful reply stands for."""
    status = status_of(reply)
    try:
        error = msgspec.json.decode(body, type=ErrorEnvelope).error
    except msgspec.MsgspecError:
        reason = f"HTTP {status}" if status is not None else why(reply)
        return Failure(problem=ProblemView(code=Code.DAEMON_UNREACHABLE, facts={"reason": reason}), status=status)
    return Failure(problem=problem_in(error), status=status, message=error.message)


def problem_in(error: ErrorBody) -> ProblemView:
    """The problem of an error answer; a code that is not known here keeps the daemon's sentence."""
    code = error.code or error.type
    kept = {} if code in set(Code) else {MESSAGE: error.message}
    return ProblemView(code=code, facts={**error.facts, **kept})


class Call(QObject):
    """One request under way. Exactly one of the signals comes, later than the call that made this object.

    Signals:
        done: the decoded answer.
        failed: a :class:`Failure`.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, reply: QNetworkReply, kind: Any, under_way: "set[Call]") -> None:
        super().__init__(reply)
        self._reply = reply
        self._kind = kind
        # Reply and call know each other: nothing else would keep the garbage collector from the Python side of both.
        self._under_way = under_way
        under_way.add(self)
        reply.finished.connect(self._finish)

    def abort(self) -> None:
        """Give it up: ``failed`` comes at once, unless an answer is here already."""
        if self._reply.isRunning():
            self._reply.abort()

    def _finish(self) -> None:
        self._under_way.discard(self)
        body = body_of(self._reply) if self._reply.isOpen() else b""
        self._reply.deleteLater()
        if self._reply.error() != QNetworkReply.NetworkError.NoError:
            self.failed.emit(failure_of(self._reply, body))
            return
        if self._kind is bytes:
            self.done.emit(body)
            return
        try:
            answer = msgspec.json.decode(body, type=self._kind)
        except msgspec.MsgspecError as error:
            reason = translate("link", "its answer cannot be read ({said})").format(said=error)
            problem = ProblemView(code=Code.DAEMON_UNREACHABLE, facts={"reason": reason})
            self.failed.emit(Failure(problem=problem, status=status_of(self._reply)))
            return
        self.done.emit(answer)


class HttpClient(QObject):
    """Requests to one daemon at a time; the token goes only where it is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.manager = QNetworkAccessManager(self)
        # Six connections are all that one manager opens: a button must not wait for answers of the Hub.
        self._slow = QNetworkAccessManager(self)
        for manager in (self.manager, self._slow):
            # A system proxy must never see loopback traffic.
            manager.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        self.address = ""
        self._token = ""
        self._under_way: set[Call] = set()

    def aim(self, address: str, token: str) -> None:
        """Send what follows to ``address`` with ``token``."""
        self.address = address.rstrip("/")
        self._token = token

    def close(self) -> None:
        """Give up what is under way and tell nobody: who asked may be gone when the answer comes."""
        for call in tuple(self._under_way):
            call.blockSignals(True)  # noqa: FBT003
            call.abort()

    def request(self, path: str, *, control: bool) -> QNetworkRequest:
        """A request for ``path``; the control token is added for ``control`` only."""
        request = QNetworkRequest(QUrl(self.address + path))
        request.setAttribute(
            QNetworkRequest.Attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy
        )
        if control:
            request.setRawHeader(b"Authorization", b"Bearer " + self._token.encode())
        return request

    def get(self, path: str, kind: Any, *, slow: bool = False) -> Call:
        """GET a control path; the answer is decoded into ``kind``, or left as it is for ``bytes``."""
        request = self.request(path, control=True)
        return Call(self._way(request, slow=slow).get(request), kind, self._under_way)

    def post(self, path: str, kind: Any, body: dict[str, Any] | None = None, *, slow: bool = False) -> Call:
        """POST an object (empty if there is none) to a control path; the answer is decoded into ``kind``."""
        request = self.request(path, control=True)
        request.setRawHeader(b"Content-Type", b"application/json")
        return Call(self._way(request, slow=slow).post(request, msgspec.json.encode(body or {})), kind, self._under_way)

    def put(self, path: str, kind: Any, body: dict[str, Any]) -> Call:
        """PUT an object to a control path; the answer is decoded into ``kind``."""
        request = self.request(path, control=True)
        request.setTransferTimeout(CALL_TIMEOUT_MS)
        request.setRawHeader(b"Content-Type", b"application/json")
        return Call(self.manager.put(request, msgspec.json.encode(body)), kind, self._under_way)

    def patch(self, path: str, kind: Any, body: dict[str, Any]) -> Call:
        """PATCH a control path with an object; the answer is decoded into ``kind``."""
        request = self.request(path, control=True)
        request.setTransferTimeout(CALL_TIMEOUT_MS)
        request.setRawHeader(b"Content-Type", b"application/json")
        return Call(self.manager.sendCustomRequest(request, b"PATCH", msgspec.json.encode(body)), kind, self._under_way)

    def delete(self, path: str, kind: Any) -> Call:
        """DELETE a control path; the answer is decoded into ``kind``."""
        request = self.request(path, control=True)
        request.setTransferTimeout(CALL_TIMEOUT_MS)
        return Call(self.manager.deleteResource(request), kind, self._under_way)

    def _way(self, request: QNetworkRequest, *, slow: bool) -> QNetworkAccessManager:
        request.setTransferTimeout(SLOW_TIMEOUT_MS if slow else CALL_TIMEOUT_MS)
        return self._slow if slow else self.manager
