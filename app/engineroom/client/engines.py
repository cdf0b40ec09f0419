"""The control API's side of building engines."""

from collections.abc import Sequence
from urllib.parse import quote

from engineroom.client.control import ControlClient
from engineroom.contract.control import JobView
from engineroom.contract.engines import (
    BuildWish,
    Comparison,
    ExportRequest,
    ExportView,
    NodesScript,
    NodesWish,
    RebuildRequest,
    SealedCheck,
    SealedView,
)


class EnginesClient(ControlClient):
    """Requests about engines that are built here. Errors as :class:`ControlClient`."""

    def build(self, wish: BuildWish) -> JobView:
        """Build one, or go on with one that was cut off."""
        return self._decode(self._ask("POST", "/control/builds", body=wish), JobView)

    def nodes_script(self, wish: NodesWish) -> NodesScript:
        """What would be run on several machines."""
        return self._decode(self._ask("POST", "/control/builds/script", body=wish), NodesScript)

    def sealed(self) -> tuple[SealedView, ...]:
        """Those that were sealed."""
        return self._get("/control/sealed", tuple[SealedView, ...])

    def sealed_one(self, engine: str) -> SealedView:
        """One of them."""
        return self._get(_place(engine), SealedView)

    def compare_sealed(self, engines: Sequence[str]) -> Comparison:
        """Some of them side by side."""
        return self._get("/control/sealed-compare", Comparison, {"engine": list(engines)})

    def rebuild(self, engine: str, request: RebuildRequest) -> JobView:
        """Build one like it anew."""
        return self._decode(self._ask("POST", f"{_place(engine)}/rebuild", body=request), JobView)

    def verify_sealed(self, engine: str) -> SealedCheck:
        """Read all of it again."""
        return self._decode(self._ask("POST", f"{_place(engine)}/verify"), SealedCheck)

    def export_sealed(self, engine: str, path: str) -> ExportView:
        """Write it as a tar file."""
        return self._decode(self._ask("POST", f"{_place(engine)}/export", body=ExportRequest(path=path)), ExportView)

    def remove_sealed(self, engine: str, *, force: bool) -> SealedView:
        """Remove it; what it was."""
        return self._decode(self._ask("DELETE", _place(engine), {"force": str(force).lower()}), SealedView)


def _place(engine: str) -> str:
    return f"/control/sealed/{quote(engine, safe='')}"
