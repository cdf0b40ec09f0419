"""The control API's side of keys, network and capture."""

from urllib.parse import quote

from engineroom.client.control import ControlClient
from engineroom.contract.keys import CaptureRequest, CaptureView, KeyRequest, KeyView, NetworkView, NewKey


class AccessClient(ControlClient):
    """Requests about who may use the engine room. Errors as :class:`ControlClient`."""

    def keys(self) -> tuple[KeyView, ...]:
        """All keys, oldest first."""
        return self._get("/control/keys", tuple[KeyView, ...])

    def create_key(self, request: KeyRequest) -> NewKey:
        """Make a key."""
        return self._decode(self._ask("POST", "/control/keys", body=request), NewKey)

    def revoke_key(self, key: str) -> KeyView:
        """Make a key, by name or id, worthless."""
        return self._decode(self._ask("DELETE", f"/control/keys/{quote(key, safe='')}"), KeyView)

    def network(self) -> NetworkView:
        """Who can reach the engine room."""
        return self._get("/control/network", NetworkView)

    def capture(self) -> CaptureView:
        """Whether prompts and answers are being written down."""
        return self._get("/control/capture", CaptureView)

    def turn_capture(self, minutes: float) -> CaptureView:
        """Write prompts and answers down for some minutes; 0 ends it."""
        return self._decode(self._ask("POST", "/control/capture", body=CaptureRequest(minutes=minutes)), CaptureView)
