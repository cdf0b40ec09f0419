"""The library, the catalogue for the best card, and the Hub's account, as the daemon last told of them."""

from PySide6.QtCore import QObject, QUrl, Signal

from engineroom.contract.control import CatalogueRow
from engineroom.contract.models import HubAccount, LibraryEntry, Removed
from engineroom_ui.link.http import Call, Failure, HttpClient
from engineroom_ui.state.asking import Asking


class Library(QObject):
    """Asked for when somebody looks, and again when something changed.

    Signals:
        changed: ``entries``, ``catalogue``, ``account`` or a failure is another.
        imported: the entries that are new (tuple).
        removed: a :class:`Removed`.
        refused: a :class:`Failure` of a wish.
    """

    changed = Signal()
    imported = Signal(object)
    removed = Signal(object)
    refused = Signal(object)

    def __init__(self, client: HttpClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._asking = Asking(self.changed.emit)
        self.forget()

    def forget(self) -> None:
        """The daemon is another or away: what it said is void."""
        self._asking.drop()
        self.entries: tuple[LibraryEntry, ...] | None = None
        self.entries_failure: Failure | None = None
        self.catalogue: tuple[CatalogueRow, ...] | None = None
        self.catalogue_failure: Failure | None = None
        self.account: HubAccount | None = None
        self._ranked_for = ""
        self._looking = False
        self._look_again = False

    @property
    def models_bytes(self) -> int:
        """What the models of the shared cache take."""
        return sum(entry.size_bytes for entry in self.entries or () if entry.source == "hub")

    def refresh(self, *, look: bool = True) -> None:
        """Ask for library and account again, with a look at the disk; while that goes on, once more afterwards."""
        if self._looking:
            self._look_again = True
            return
        self._looking = True
        path = "/control/library" if look else "/control/library?look=false"
        call = self._client.get(path, tuple[LibraryEntry, ...], slow=True)
        self._asking.follow(call, self._take, self._no_entries)
        self.ask_account()

    def ask_account(self) -> None:
        """Which Hub, where the token lies, and how much room there is."""
        call = self._client.get("/control/hub/account", HubAccount)
        self._asking.follow(call, self._take_account, lambda _failure: None)

    def rank(self, gpu: str) -> None:
        """The catalogue for a card, once per card, or again after a failure."""
        if gpu == self._ranked_for and self.catalogue_failure is None:
            return
        self._ranked_for, self.catalogue_failure = gpu, None
        name = _quoted(gpu)
        call = self._client.get(f"/control/plan/catalogue?gpu={name}", tuple[CatalogueRow, ...], slow=True)

        def take(rows: tuple[CatalogueRow, ...]) -> None:
            if gpu == self._ranked_for:
                self.catalogue = rows

        def miss(failure: Failure) -> None:
            if gpu == self._ranked_for:
                self.catalogue_failure = failure

        self._asking.follow(call, take, miss)

    def import_path(self, path: str) -> None:
        """Offer a GGUF file, or those of a folder, where they lie."""
        call = self._client.post("/control/library/import", tuple[LibraryEntry, ...], {"path": path}, slow=True)
        call.done.connect(self._imported)
        call.failed.connect(self.refused)

    def remove(self, model: str, *, even_if_used: bool = False) -> None:
        """Remove a model; an engine that uses it is stopped first, where that was said to be right."""
        force = "?force=true" if even_if_used else ""
        call = self._client.delete(f"/control/library/{_quoted(model)}{force}", Removed)
        call.done.connect(self._removed)
        call.failed.connect(self.refused)

    def put_token(self, token: str) -> Call:
        """Store an access token; the answer is a :class:`HubAccount`."""
        call = self._client.put("/control/hub/account", HubAccount, {"token": token})
        self._asking.follow(call, self._take_account, lambda _failure: None)
        return call

    def drop_token(self) -> Call:
        """Forget the token stored here."""
        call = self._client.delete("/control/hub/account", HubAccount)
        self._asking.follow(call, self._take_account, lambda _failure: None)
        return call

    def _take(self, entries: tuple[LibraryEntry, ...]) -> None:
        self.entries, self.entries_failure = entries, None
        self._looked()

    def _no_entries(self, failure: Failure) -> None:
        self.entries_failure = failure
        self._looked()

    def _looked(self) -> None:
        self._looking = False
        if self._look_again:
            self._look_again = False
            self.refresh()

    def _take_account(self, account: HubAccount) -> None:
        self.account = account

    def _imported(self, new: tuple[LibraryEntry, ...]) -> None:
        self.imported.emit(new)
        self.refresh()

    def _removed(self, removed: Removed) -> None:
        self.removed.emit(removed)
        self.refresh()


def _quoted(text: str) -> str:
    return bytes(QUrl.toPercentEncoding(text).data()).decode()
