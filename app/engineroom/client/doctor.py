"""The control API's side of engines that failed."""

from urllib.parse import quote

from engineroom.client.control import ControlClient
from engineroom.contract.control import EngineView
from engineroom.contract.doctor import EndRequest, EngineFinding, FixAction, FixRequest, FixResult, Orphan


class DoctorClient(ControlClient):
    """Requests to the doctor. Errors as :class:`ControlClient`."""

    def findings(self) -> tuple[EngineFinding, ...]:
        """What was found of every engine that failed."""
        return self._get("/control/doctor", tuple[EngineFinding, ...])

    def finding(self, engine: str) -> EngineFinding:
        """What was found of one."""
        return self._get(_place(engine), EngineFinding)

    def fix(
        self,
        engine: str,
        fix: FixAction,
        *,
        dry_run: bool = False,
        accept: bool = False,
        end: tuple[int, ...] = (),
    ) -> FixResult:
        """Do what it offers, or say what that would do; ``accept`` and ``end`` as in the request."""
        body = FixRequest(fix=fix, dry_run=dry_run, accept=accept, end=end)
        return self._decode(self._ask("POST", f"{_place(engine)}/fix", body=body), FixResult)

    def undo_repairs(self, engine: str) -> EngineView:
        """Forget what fixes have changed."""
        return self._decode(self._ask("DELETE", f"{_place(engine)}/repairs"), EngineView)

    def orphans(self) -> tuple[Orphan, ...]:
        """What earlier lives left."""
        return self._get("/control/orphans", tuple[Orphan, ...])

    def end_orphan(self, orphan: Orphan) -> Orphan:
        """End one, as the list told it."""
        body = EndRequest(created_s=orphan.created_s)
        return self._decode(self._ask("POST", f"/control/orphans/{orphan.pid}/end", body=body), Orphan)


def _place(engine: str) -> str:
    return f"/control/doctor/{quote(engine)}"
