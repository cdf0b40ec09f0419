"""A test of an address as a foreign program does it: no control token, one list of models, one question with a tool."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCryptographicHash, QObject, QUrl, Signal
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkProxy,
    QNetworkReply,
    QNetworkRequest,
    QSslCertificate,
    QSslConfiguration,
)

from engineroom.contract.connect import (
    Api,
    ConnectFacts,
    ProbeAnswer,
    ProbeRequest,
    ProbeStatus,
    judge_answer,
    judge_list,
    list_request,
    tool_request,
)
from engineroom_ui.link.http import body_of, status_of, why

PATIENCE_MS = 300_000


class Prober(QObject):
    """One test at a time.

    Signals:
        told: more :class:`ProbeResult`, as a tuple.
        ended: nothing more will come of this test.
    """

    told = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._manager = QNetworkAccessManager(self)
        self._manager.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        self._reply: QNetworkReply | None = None
        self._first_s: float | None = None
        self._strange = False

    @property
    def busy(self) -> bool:
        """Whether a test is under way."""
        return self._reply is not None

    def start(self, api: Api, facts: ConnectFacts) -> None:
        """Test once; a test under way is given up."""
        self.stop()
        self._api, self._facts = api, facts
        # A connection that is kept from an earlier test would be judged by what was expected then.
        self._manager.clearConnectionCache()
        self._send(list_request(api, facts), then=self._listed)

    def stop(self) -> None:
        """Give up, and say nothing more."""
        if self._reply is not None:
            reply, self._reply = self._reply, None
            reply.abort()

    def _send(self, asked: ProbeRequest, then: Callable[[ProbeAnswer], None]) -> None:
        request = QNetworkRequest(QUrl(self._facts.address + asked.path))
        request.setTransferTimeout(PATIENCE_MS)
        for name, value in asked.headers.items():
            request.setRawHeader(name.encode(), value.encode())
        if (
            self._facts.certificate is not None
            and not self._facts.certificate_host
            and self._facts.address.startswith("https:")
        ):
            request.setSslConfiguration(_trusting(self._facts.certificate))
        self._began_s, self._first_s, self._body = time.monotonic(), None, b""
        self._then = then
        reply = self._manager.get(request) if asked.body is None else self._manager.post(request, asked.body)
        self._reply, self._strange = reply, False
        reply.sslErrors.connect(lambda _errors: self._doubted(reply))
        reply.readyRead.connect(lambda: self._read(reply))
        reply.finished.connect(lambda: self._finished(reply))

    def _doubted(self, reply: QNetworkReply) -> None:
        """A certificate that is signed by nobody known is good if it is the very one; nothing has been sent yet."""
        wanted = self._facts.fingerprint
        if wanted is None:
            return
        shown = reply.sslConfiguration().peerCertificate().digest(QCryptographicHash.Algorithm.Sha256)
        if bytes(shown.data()).hex() == wanted.replace(":", "").lower():
            reply.ignoreSslErrors()
        else:
            self._strange = True

    def _read(self, reply: QNetworkReply) -> None:
        if reply is self._reply:
            self._first_s = self._first_s or time.monotonic()
            self._body += body_of(reply)

    def _finished(self, reply: QNetworkReply) -> None:
        reply.deleteLater()
        if reply is not self._reply:
            return
        self._read(reply)
        self._reply = None
        failed = reply.error() != QNetworkReply.NetworkError.NoError
        answer = ProbeAnswer(
            status=status_of(reply),
            body=self._body,
            reason=why(reply) if failed else "",
            strange=self._strange,
            ms=(time.monotonic() - self._began_s) * 1000,
            first_ms=None if self._first_s is None else (self._first_s - self._began_s) * 1000,
        )
        self._then(answer)

    def _listed(self, answer: ProbeAnswer) -> None:
        steps = judge_list(self._api, self._facts, answer)
        self.told.emit(steps)
        if steps[0].status is ProbeStatus.PASSED:
            self._send(tool_request(self._api, self._facts), then=self._answered)
        else:
            self.ended.emit()

    def _answered(self, answer: ProbeAnswer) -> None:
        self.told.emit(judge_answer(self._api, answer))
        self.ended.emit()


def _trusting(certificate: str) -> QSslConfiguration:
    trusting = QSslConfiguration.defaultConfiguration()
    trusting.addCaCertificates(QSslCertificate.fromPath(certificate))
    return trusting
