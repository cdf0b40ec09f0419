"""The control API's side of getting models and having them."""

from urllib.parse import quote

from engineroom.client.control import ControlClient
from engineroom.contract.control import JobView
from engineroom.contract.models import (
    ExportRequest,
    HubAccount,
    HubPage,
    HubQuery,
    ImportRequest,
    LibraryEntry,
    Outgoing,
    PullPreview,
    PullRequest,
    Removed,
    TokenRequest,
)


class ModelsClient(ControlClient):
    """Requests about models. Errors as :class:`ControlClient`."""

    def search(self, query: HubQuery) -> HubPage:
        """A page of repositories."""
        return self._decode(self._ask("POST", "/control/hub/search", body=query), HubPage)

    def look(self, request: PullRequest) -> PullPreview:
        """What a pull would fetch."""
        return self._decode(self._ask("POST", "/control/hub/look", body=request), PullPreview)

    def pull(self, request: PullRequest) -> JobView:
        """Fetch a model."""
        return self._decode(self._ask("POST", "/control/hub/pull", body=request), JobView)

    def library(self, *, look: bool = True) -> tuple[LibraryEntry, ...]:
        """What is here; with ``look`` the disk is looked at first."""
        return self._get("/control/library", tuple[LibraryEntry, ...], {"look": str(look).lower()})

    def import_model(self, path: str) -> tuple[LibraryEntry, ...]:
        """Offer a file or folder where it lies; what is new."""
        body = ImportRequest(path=path)
        return self._decode(self._ask("POST", "/control/library/import", body=body), tuple[LibraryEntry, ...])

    def remove_model(self, model: str, *, force: bool = False) -> Removed:
        """Remove a model."""
        query = {"force": str(force).lower()}
        return self._decode(self._ask("DELETE", f"/control/library/{quote(model)}", query), Removed)

    def verify(self, model: str) -> JobView:
        """Check a model against its hashes."""
        return self._decode(self._ask("POST", f"/control/library/{quote(model)}/verify"), JobView)

    def export(self, models: tuple[str, ...], path: str) -> JobView:
        """Write a bundle."""
        body = ExportRequest(models=models, path=path)
        return self._decode(self._ask("POST", "/control/library/export", body=body), JobView)

    def import_bundle(self, path: str) -> JobView:
        """Take a bundle in."""
        body = ImportRequest(path=path)
        return self._decode(self._ask("POST", "/control/library/import-bundle", body=body), JobView)

    def account(self) -> HubAccount:
        """Which Hub is asked, and where the token lies."""
        return self._get("/control/hub/account", HubAccount)

    def log_in(self, token: str) -> HubAccount:
        """Store a token."""
        return self._decode(self._ask("PUT", "/control/hub/account", body=TokenRequest(token=token)), HubAccount)

    def log_out(self) -> HubAccount:
        """Forget the token stored here."""
        return self._decode(self._ask("DELETE", "/control/hub/account"), HubAccount)

    def outbound(self, *, tail: int) -> tuple[Outgoing, ...]:
        """What left this machine since the daemon started, oldest first."""
        return self._get("/control/outbound", tuple[Outgoing, ...], {"tail": tail})
