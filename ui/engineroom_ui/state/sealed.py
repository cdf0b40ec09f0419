"""Engines that were built here, and wishes about them."""

from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal

from engineroom.contract.control import JobKind, JobView
from engineroom.contract.engines import Comparison, ExportView, SealedCheck, SealedView
from engineroom.contract.problems import Code
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.asking import Asking


class Sealed(QObject):
    """Asked when somebody looks, and when a build ends.

    Signals:
        changed: read the attributes again.
        compared: a :class:`Comparison`.
        checked: a :class:`SealedCheck`.
        exported: an :class:`ExportView`.
        doubted: a :class:`Failure` of a build that may not work, and the wish, to be made again with ``accept``.
        refused: a :class:`Failure` of any other wish.
    """

    changed = Signal()
    compared = Signal(object)
    checked = Signal(object)
    exported = Signal(object)
    doubted = Signal(object, object)
    refused = Signal(object)

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._asking = Asking(self.changed.emit)
        self.engines: tuple[SealedView, ...] | None = None
        self.problem: Failure | None = None

    def refresh(self) -> None:
        """Ask what is here."""
        self._asking.drop()
        self.problem = None
        listed = self._client.get("/control/sealed", tuple[SealedView, ...], slow=True)
        self._asking.follow(listed, self._take, self._fail)

    def forget(self) -> None:
        """Another daemon, or none."""
        self._asking.drop()
        self.engines = self.problem = None

    def note(self, job: JobView) -> None:
        """A job has ended."""
        if job.kind is JobKind.BUILD:
            self.refresh()

    def engine(self, engine_id: str) -> SealedView | None:
        """One of them."""
        return next((one for one in self.engines or () if one.engine.id == engine_id), None)

    def build(self, wish: dict[str, Any]) -> None:
        """Ask for an engine to be built."""
        self._begin("/control/builds", wish)

    def rebuild(self, engine_id: str) -> None:
        """Ask for an engine like it, with what is here today. The old one stays."""
        self._begin(f"{_path(engine_id)}/rebuild", {})

    def _begin(self, path: str, wish: dict[str, Any]) -> None:
        call = self._client.post(path, JobView, wish, slow=True)
        call.failed.connect(lambda failure: self._doubt(path, wish, failure))

    def again(self, wish: tuple[str, dict[str, Any]]) -> None:
        """The same wish, by somebody who knows that it may not work."""
        path, body = wish
        self._begin(path, {**body, "accept": True})

    def verify(self, engine_id: str) -> None:
        """Ask for every file to be read again."""
        call = self._client.post(f"{_path(engine_id)}/verify", SealedCheck, slow=True)
        call.done.connect(self.checked)
        call.failed.connect(self.refused)

    def export(self, engine_id: str, path: str) -> None:
        """Ask for it to be written as a tar file."""
        call = self._client.post(f"{_path(engine_id)}/export", ExportView, {"path": path}, slow=True)
        call.done.connect(self.exported)
        call.failed.connect(self.refused)

    def remove(self, engine_id: str) -> None:
        """Ask for it to be removed; refused while it runs."""
        call = self._client.delete(_path(engine_id), SealedView)
        call.done.connect(lambda _view: self.refresh())
        call.failed.connect(self.refused)

    def compare(self, engine_ids: list[str]) -> None:
        """Ask for engines side by side."""
        query = "&".join(f"engine={_quoted(one)}" for one in engine_ids)
        call = self._client.get(f"/control/sealed-compare?{query}", Comparison)
        call.done.connect(self.compared)
        call.failed.connect(self.refused)

    def _doubt(self, path: str, wish: dict[str, Any], failure: Failure) -> None:
        if failure.problem.code == Code.BUILD_NEEDS_YES and not wish.get("accept"):
            self.doubted.emit(failure, (path, wish))
        else:
            self.refused.emit(failure)

    def _take(self, engines: tuple[SealedView, ...]) -> None:
        self.engines = engines

    def _fail(self, failure: Failure) -> None:
        self.problem = failure


def _quoted(text: str) -> str:
    return bytes(QUrl.toPercentEncoding(text).data()).decode()


def _path(engine_id: str) -> str:
    return f"/control/sealed/{_quoted(engine_id)}"
