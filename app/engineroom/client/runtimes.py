"""The control API's side of the runtimes."""

from urllib.parse import quote

from engineroom.client.control import ControlClient
from engineroom.contract.control import JobView
from engineroom.contract.runtimes import AttachRequest, GateRequest, InstallRequest, RuntimeLook, RuntimeView


class RuntimesClient(ControlClient):
    """Requests about runtimes. Errors as :class:`ControlClient`."""

    def runtimes(self) -> tuple[RuntimeView, ...]:
        """What is here, the default first."""
        return self._get("/control/runtimes", tuple[RuntimeView, ...])

    def look_before(self, *, version: str | None, kind: str | None) -> tuple[RuntimeLook, ...]:
        """What an installation would find here."""
        query = {name: value for name, value in (("version", version), ("kind", kind)) if value is not None}
        return self._get("/control/runtimes/look", tuple[RuntimeLook, ...], query)

    def install(self, request: InstallRequest) -> JobView:
        """Install one, or go on with one that was cut off."""
        return self._decode(self._ask("POST", "/control/runtimes/install", body=request), JobView)

    def gate(self, runtime: str, model: str | None) -> JobView:
        """Try an installed one out."""
        body = GateRequest(model=model)
        return self._decode(self._ask("POST", f"/control/runtimes/{quote(runtime, safe='')}/gate", body=body), JobView)

    def reinstall(self, runtime: str, model: str | None) -> JobView:
        """Install one anew beside itself."""
        body = GateRequest(model=model)
        place = f"/control/runtimes/{quote(runtime, safe='')}/reinstall"
        return self._decode(self._ask("POST", place, body=body), JobView)

    def use(self, runtime: str) -> RuntimeView:
        """Make one the default."""
        return self._decode(self._ask("POST", f"/control/runtimes/{quote(runtime, safe='')}/use"), RuntimeView)

    def remove_runtime(self, runtime: str, *, force: bool) -> RuntimeView:
        """Remove one; what it was."""
        query = {"force": str(force).lower()}
        return self._decode(self._ask("DELETE", f"/control/runtimes/{quote(runtime, safe='')}", query), RuntimeView)

    def attach(self, address: str) -> RuntimeView:
        """Remember somebody else's server."""
        body = AttachRequest(address=address)
        return self._decode(self._ask("POST", "/control/runtimes/attach", body=body), RuntimeView)
