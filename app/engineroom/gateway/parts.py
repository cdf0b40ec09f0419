"""What the HTTP face needs of the daemon."""

from collections.abc import Callable
from dataclasses import dataclass

from engineroom.contract.connect import ClientGuide
from engineroom.contract.control import Hello, Snapshot
from engineroom.contract.settings import StorageView
from engineroom.domain.trtllm.tables import Tables
from engineroom.gateway.metrics import Metrics
from engineroom.services.access import Access
from engineroom.services.accounting import Accounting
from engineroom.services.builds import Builds
from engineroom.services.card_watch import CardWatch
from engineroom.services.doctor_desk import DoctorDesk
from engineroom.services.engines import EngineRoom
from engineroom.services.hub import Hub
from engineroom.services.jobs import Jobs
from engineroom.services.ledger import Ledger
from engineroom.services.log_book import LogBook
from engineroom.services.model_side import ModelSide
from engineroom.services.models import ModelShelf
from engineroom.services.notices import NoticeBoard
from engineroom.services.plans import Plans
from engineroom.services.ports import Clock
from engineroom.services.runtimes import Runtimes
from engineroom.services.settings_desk import SettingsDesk
from engineroom.services.telemetry import Telemetry
from engineroom.services.traffic import TrafficMonitor

SNAPSHOT_S = 300.0
SNAPSHOT_LINES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The services behind the routes. ``token`` opens ``/control``; ``shut_down`` asks the daemon to end.

    ``plans`` reads its tables when first called, which blocks for a moment; ``tables`` are those of TensorRT-LLM.
    """

    hello: Hello
    token: str
    clock: Clock
    shelf: ModelShelf
    engines: EngineRoom
    traffic: TrafficMonitor
    telemetry: Telemetry
    cards: CardWatch
    log_book: LogBook
    notices: NoticeBoard
    events: Hub
    metrics: Metrics
    accounting: Accounting
    ledger: Ledger
    jobs: Jobs
    models: ModelSide
    runtimes: Runtimes
    builds: Builds
    doctor: DoctorDesk
    tables: Callable[[], Tables]
    plans: Callable[[], Plans]
    access: Access
    guides: Callable[[], tuple[ClientGuide, ...]]
    settings: SettingsDesk
    storage: Callable[[], StorageView]
    shut_down: Callable[[], None]

    def snapshot(self) -> Snapshot:
        """Everything a client needs to draw itself."""
        return Snapshot(
            hello=self.hello,
            machine=self.telemetry.machine,
            models=self.shelf.views(),
            engines=self.engines.views(),
            traffic=self.traffic.totals,
            frames=self.telemetry.frames(SNAPSHOT_S),
            log=self.log_book.tail(SNAPSHOT_LINES),
            notices=self.notices.all(),
            jobs=self.jobs.views(),
            routing=self.engines.routing(),
        )
