"""What can serve, what an installation would find here, and wishes about both."""

from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal

from engineroom.contract.control import JobKind, JobView
from engineroom.contract.problems import Code
from engineroom.contract.runtimes import RuntimeKind, RuntimeLook, RuntimeView
from engineroom_ui.link.http import Call, Failure, HttpClient
from engineroom_ui.state.asking import Asking


class RuntimeShelf(QObject):
    """Asked when somebody looks, and when an installation ends.

    Signals:
        changed: read the attributes again.
        refused: a :class:`Failure` of a wish.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._asking = Asking(self.changed.emit)
        self.runtimes: tuple[RuntimeView, ...] | None = None
        self.looks: tuple[RuntimeLook, ...] | None = None
        self.problem: Failure | None = None

    def refresh(self) -> None:
        """Ask what is here; attached ones are asked by the daemon, which may take a moment."""
        self._asking.drop()
        self.problem = None
        listed = self._client.get("/control/runtimes", tuple[RuntimeView, ...], slow=True)
        self._asking.follow(listed, self._take, self._fail)

    def look(self) -> None:
        """Ask what an installation would find here."""
        found = self._client.get("/control/runtimes/look", tuple[RuntimeLook, ...], slow=True)
        self._asking.follow(found, self._take_looks, self.refused.emit)

    def forget(self) -> None:
        """Another daemon, or none."""
        self._asking.drop()
        self.runtimes = self.looks = self.problem = None

    def note(self, job: JobView) -> None:
        """A job has ended."""
        if job.kind is JobKind.INSTALL:
            self.refresh()

    def install(self, *, version: str | None, kind: str | None) -> None:
        """Ask for an installation, or go on with one that was cut off."""
        body = {"version": version, "kind": kind}
        self._wish(self._client.post("/control/runtimes/install", JobView, body, slow=True))

    def update(self, kind: RuntimeKind) -> None:
        """Ask for the version that is known best, beside the one in use; that it is here already is no refusal."""
        body = {"version": None, "kind": str(kind)}
        call = self._client.post("/control/runtimes/install", JobView, body, slow=True)
        call.done.connect(lambda _answer: self.refresh())
        call.failed.connect(self._not_updated)

    def attach(self, address: str) -> None:
        """Ask to remember somebody else's server."""
        self._wish(self._client.post("/control/runtimes/attach", RuntimeView, {"address": address}, slow=True))

    def gate(self, runtime: str) -> None:
        """Ask for a runtime to be tried out."""
        self._wish(self._client.post(f"{_path(runtime)}/gate", JobView, {}))

    def reinstall(self, runtime: str) -> None:
        """Ask for a runtime to be installed anew; it is replaced when the new one has passed its gate."""
        self._wish(self._client.post(f"{_path(runtime)}/reinstall", JobView, {}, slow=True))

    def use(self, runtime: str) -> None:
        """Ask for a runtime to become the default."""
        self._wish(self._client.post(f"{_path(runtime)}/use", RuntimeView))

    def remove(self, runtime: str) -> None:
        """Ask for a runtime to be removed."""
        self._wish(self._client.delete(_path(runtime), RuntimeView))

    def _wish(self, call: Call) -> None:
        call.done.connect(lambda _answer: self.refresh())
        call.failed.connect(self.refused)

    def _not_updated(self, failure: Failure) -> None:
        if failure.problem.code == Code.RUNTIME_EXISTS:
            self.refresh()
        else:
            self.refused.emit(failure)

    def _take(self, runtimes: tuple[RuntimeView, ...]) -> None:
        self.runtimes = runtimes

    def _take_looks(self, looks: tuple[RuntimeLook, ...]) -> None:
        self.looks = looks

    def _fail(self, failure: Any) -> None:
        self.problem = failure


def _path(runtime: str) -> str:
    return f"/control/runtimes/{bytes(QUrl.toPercentEncoding(runtime).data()).decode()}"
