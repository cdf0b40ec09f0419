"""The control API's side of the settings."""

from engineroom.client.control import ControlClient
from engineroom.contract.settings import SettingsChange, SettingsView, StorageView


class SettingsClient(ControlClient):
    """Requests about what may be set. Errors as :class:`ControlClient`."""

    def settings(self) -> SettingsView:
        """All settings as they stand in the file."""
        return self._get("/control/settings", SettingsView)

    def change_settings(self, change: SettingsChange) -> SettingsView:
        """Write some of them; what is there afterwards."""
        return self._decode(self._ask("PATCH", "/control/settings", body=change), SettingsView)

    def storage(self) -> StorageView:
        """Where things lie, and how much they hold."""
        return self._get("/control/storage", StorageView)
