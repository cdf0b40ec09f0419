"""The control API's description is committed, so that every change of the contract shows in review.

Write it anew with ``python tests/gateway/test_openapi.py``.
"""

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from engineroom.adapters.clock import SystemClock
from engineroom.contract.control import Hello
from engineroom.domain.machine import HostInfo, Machine, NvmlState
from engineroom.domain.network import NetworkView
from engineroom.domain.settings import EnergySettings
from engineroom.domain.traits import Traits
from engineroom.gateway.app import api_description
from engineroom.gateway.metrics import Metrics
from engineroom.gateway.parts import Parts
from engineroom.services import hub
from engineroom.services.access import Access
from engineroom.services.accounting import Accounting
from engineroom.services.capture import Capture
from engineroom.services.card_watch import CardWatch
from engineroom.services.engine_world import EngineOptions
from engineroom.services.engines import EngineRoom
from engineroom.services.jobs import Jobs
from engineroom.services.keys import Keys
from engineroom.services.ledger import Ledger
from engineroom.services.log_book import LogBook
from engineroom.services.model_side import ModelSide
from engineroom.services.models import ModelShelf
from engineroom.services.notices import NoticeBoard
from engineroom.services.telemetry import Telemetry
from engineroom.services.traffic import TrafficMonitor
from engineroom.services.trait_book import TraitBook

COMMITTED = Path(__file__).with_name("openapi.json")


CONTROL_ROUTES = {
    "/control/hello",
    "/control/snapshot",
    "/control/events",
    "/control/routing",
    "/control/engines/{model}",
    "/control/engines/{model}/pin",
    "/control/engines/{model}/unpin",
    "/control/logs",
    "/control/energy",
    "/control/energy/export",
    "/control/series",
    "/control/plan",
    "/control/plan/catalogue",
    "/control/plan/checkpoints",
    "/control/builds",
    "/control/builds/script",
    "/control/sealed",
    "/control/sealed/{engine}",
    "/control/sealed/{engine}/export",
    "/control/sealed/{engine}/verify",
    "/control/sealed/{engine}/rebuild",
    "/control/sealed-compare",
    "/control/runtimes",
    "/control/runtimes/look",
    "/control/runtimes/install",
    "/control/runtimes/attach",
    "/control/runtimes/{runtime}",
    "/control/runtimes/{runtime}/gate",
    "/control/runtimes/{runtime}/reinstall",
    "/control/runtimes/{runtime}/use",
    "/control/clients",
    "/control/settings",
    "/control/storage",
    "/control/shutdown",
    "/control/library",
    "/control/library/import",
    "/control/library/import-bundle",
    "/control/library/export",
    "/control/library/{model}/verify",
    "/control/library/{model}",
    "/control/hub/search",
    "/control/hub/look",
    "/control/hub/pull",
    "/control/hub/account",
    "/control/hub/readme",
    "/control/library/readme",
    "/control/outbound",
    "/control/keys",
    "/control/keys/{key}",
    "/control/network",
    "/control/capture",
    "/control/jobs",
    "/control/jobs/clear",
    "/control/jobs/{job}",
    "/control/jobs/{job}/pause",
    "/control/jobs/{job}/resume",
    "/control/jobs/{job}/cancel",
    "/control/orphans",
    "/control/orphans/{pid}/end",
    "/control/doctor",
    "/control/doctor/{engine}",
    "/control/doctor/{engine}/fix",
    "/control/doctor/{engine}/repairs",
    "/control/engines/{model}/start",
    "/control/engines/{model}/stop",
}
"""Routes of the window and the command line."""


class NoFile:
    """A log that keeps nothing."""

    def write(self, line: str) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


def access(clock: SystemClock, notices: NoticeBoard) -> Access:
    """No keys, nothing captured."""
    return Access(
        keys=Keys(store=None, clock=clock, notices=notices),  # type: ignore[arg-type]
        capture=Capture(clock=clock, notices=notices, sink=lambda: (NoFile(), "")),
        reach=lambda: NetworkView(local="", keyless=True),
    )


def parts() -> Parts:
    """Services without an engine: enough to describe the routes."""
    clock, events = SystemClock(), hub.Hub()
    shelf = ModelShelf([], default=None)
    options = EngineOptions(context_tokens=1, slots=1, threads=1, prompt_cache_mib=0)
    engines = EngineRoom(shelf=shelf, options=options, world=SimpleNamespace(clock=clock, log=print))  # type: ignore[arg-type]
    traffic = TrafficMonitor(clock=clock, events=events)
    host = HostInfo(
        hostname="h", system="s", cpu_name="c", physical_cores=1, logical_cores=1, memory_total_bytes=1,
        cpu_power_source=None,
    )  # fmt: skip
    machine = Machine(
        host=host, nvml=NvmlState.STARTING, nvml_detail=None, driver_version=None, simulated=False, gpus=()
    )
    telemetry = Telemetry(machine=machine, clock=clock, traffic=traffic, events=events)
    notices = NoticeBoard(events)
    metrics = Metrics(frame=telemetry.newest, engines=engines.views)
    ledger = Ledger(store=None, clock=clock, notices=notices, settings=EnergySettings())  # type: ignore[arg-type]
    accounting = Accounting(
        clock=clock, traffic=traffic, telemetry=telemetry, ledger=ledger, engine_loaded=lambda: False,
        settled=metrics.count,
    )  # fmt: skip
    jobs = Jobs(clock=clock, spawner=None, store=None, events=events, handlers={}, log=print)  # type: ignore[arg-type]
    side = ModelSide(
        traits=TraitBook(lambda _: Traits()),
        library=None, pulls=None, verifies=None, exports=None, imports=None, hub=None,  # type: ignore[arg-type]
        outbound=None, vault=None, readme_near=None, endpoint="", offline=False,  # type: ignore[arg-type]
    )  # fmt: skip
    return Parts(
        hello=Hello(
            product="engineroom", version="0", api=1, pid=1, started_at_s=0.0, address="http://127.0.0.1:1",
            idle_exit_s=None,
        ),
        token="t", clock=clock, shelf=shelf, engines=engines, traffic=traffic, telemetry=telemetry,
        cards=CardWatch(telemetry=telemetry, notices=notices),
        log_book=LogBook(clock=clock, events=events, sink_for=lambda _: NoFile()), notices=notices,
        events=events, metrics=metrics, accounting=accounting, ledger=ledger, jobs=jobs, models=side,
        runtimes=None, builds=None, doctor=None, tables=None, plans=None,  # type: ignore[arg-type]
        guides=lambda: (), settings=None, storage=None,  # type: ignore[arg-type]
        access=access(clock, notices), shut_down=lambda: None,
    )  # fmt: skip


def described() -> dict[str, Any]:
    """The description as it is now, without the version."""
    description = api_description(parts())
    description["info"].pop("version")
    return description


def test_the_contract_is_the_committed_one() -> None:
    """A change of the contract must be written down by running this file."""
    assert described() == json.loads(COMMITTED.read_text("utf-8"))


def test_every_control_route_is_described() -> None:
    """Routes of the window and the command line."""
    paths = {path for path in described()["paths"] if path.startswith("/control")}
    assert paths == CONTROL_ROUTES


if __name__ == "__main__":
    COMMITTED.write_text(json.dumps(described(), indent=1, sort_keys=True) + "\n", "utf-8")
    sys.exit(0)
