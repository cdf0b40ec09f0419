"""The daemon's settings, as they stand in its file."""

from PySide6.QtCore import QObject, Signal

from engineroom.contract.problems import Code
from engineroom.contract.settings import SettingsView, SettingValue, SettingView, StorageView
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.state.asking import Asking


class DaemonSettings(QObject):
    """Nothing here is guessed: a wish changes nothing until the daemon says so.

    Signals:
        changed: read the attributes again.
        written: names that were written.
        refused: names, and the :class:`Failure` of the wish.
    """

    changed = Signal()
    written = Signal(object)
    refused = Signal(object, object)

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._asking = Asking(self.changed.emit)
        self._wishes: list[dict[str, SettingValue]] = []
        self.view: SettingsView | None = None
        self.storage: StorageView | None = None
        self.problem: Failure | None = None

    @property
    def waiting(self) -> tuple[str, ...]:
        """Names of settings that count after a restart."""
        return tuple(one.name for one in self.view.settings if one.waits) if self.view is not None else ()

    def setting(self, name: str) -> SettingView | None:
        """One of them."""
        settings = self.view.settings if self.view is not None else ()
        return next((one for one in settings if one.name == name), None)

    def refresh(self) -> None:
        """Read the file again: somebody may have edited it."""
        self._asking.drop()
        self.problem = None
        self._asking.follow(self._client.get("/control/settings", SettingsView), self._take, self._fail)

    def look_at_storage(self) -> None:
        """Look how much lies where; takes a while where there is much."""
        call = self._client.get("/control/storage", StorageView, slow=True)
        call.done.connect(self._take_storage)
        call.failed.connect(self._fail)

    def forget(self) -> None:
        """Another daemon, or none."""
        self._asking.drop()
        self.view = self.storage = self.problem = None

    def put(self, values: dict[str, SettingValue]) -> None:
        """Ask for settings to be written, to the file as it was last seen."""
        # One at a time: each names the file as the one before left it.
        self._wishes.append(values)
        if len(self._wishes) == 1:
            self._send(values)

    def _send(self, values: dict[str, SettingValue]) -> None:
        body = {"values": values, "revision": self.view.revision if self.view is not None else None}
        call = self._client.patch("/control/settings", SettingsView, body)
        call.done.connect(lambda view: self._written(tuple(values), view))
        call.failed.connect(lambda failure: self._refuse(tuple(values), failure))

    def _next(self) -> None:
        del self._wishes[:1]
        if self._wishes:
            self._send(self._wishes[0])

    def _take(self, view: SettingsView) -> None:
        self.view = view

    def _take_storage(self, storage: StorageView) -> None:
        self.storage = storage
        self.changed.emit()

    def _fail(self, failure: Failure) -> None:
        self.problem = failure

    def _written(self, names: tuple[str, ...], view: SettingsView) -> None:
        self.view = view
        self.changed.emit()
        self.written.emit(names)
        self._next()

    def _refuse(self, names: tuple[str, ...], failure: Failure) -> None:
        self.refused.emit(names, failure)
        if failure.problem.code in {Code.SETTINGS_CHANGED, Code.SETTINGS_BROKEN}:
            self.refresh()
        self._next()
