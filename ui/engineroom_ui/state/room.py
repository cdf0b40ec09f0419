"""All the stores, fed by snapshot and events; the commands go the other way, as requests."""

from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal

from engineroom.contract.control import EngineView, Hello, Machine, ModelView, ProblemView, Snapshot, Traffic
from engineroom.contract.events import EventName
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.link.session import LinkView, Phase, Session
from engineroom_ui.state.energy import Energy
from engineroom_ui.state.history import History
from engineroom_ui.state.jobs import Jobs
from engineroom_ui.state.log import LogStore
from engineroom_ui.state.plan import Planner
from engineroom_ui.state.telemetry import TelemetryStore


class Room(QObject):
    """What the daemon last said. Nothing here is guessed: a command changes nothing until the daemon says so.

    Signals:
        link_changed, machine_changed, models_changed, traffic_changed, notices_changed: read the attribute again.
        engine_changed: the id of the engine to read again.
        refused: a :class:`Failure` of a command.
    """

    link_changed = Signal()
    machine_changed = Signal()
    models_changed = Signal()
    traffic_changed = Signal()
    notices_changed = Signal()
    engine_changed = Signal(str)
    refused = Signal(object)

    def __init__(self, client: HttpClient, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.client = client
        self.hello: Hello | None = None
        self.machine: Machine | None = None
        self.models: tuple[ModelView, ...] = ()
        self.engines: dict[str, EngineView] = {}
        self.traffic: Traffic | None = None
        self.notices: tuple[ProblemView, ...] = ()
        self.telemetry = TelemetryStore(self)
        self.log = LogStore(self)
        self.history = History(client, self)
        self.energy = Energy(client, self)
        self.planner = Planner(client, self)
        self.jobs = Jobs(client, self)
        session.changed.connect(self._link)
        session.snapshot.connect(self._take)
        session.happened.connect(self._happened)

    @property
    def link(self) -> LinkView:
        """Where the relation to the daemon stands."""
        return self.session.view

    @property
    def live(self) -> bool:
        """Whether what is shown is true right now."""
        return self.link.phase is Phase.CONNECTED

    def engine_of(self, model_id: str) -> EngineView | None:
        """The engine that serves a model, if the daemon knows one."""
        return next((engine for engine in self.engines.values() if engine.model_id == model_id), None)

    def start_engine(self, engine_id: str) -> None:
        """Ask for an engine to be started."""
        self._command(engine_id, "start")

    def stop_engine(self, engine_id: str) -> None:
        """Ask for an engine to be stopped."""
        self._command(engine_id, "stop")

    def _command(self, engine_id: str, verb: str) -> None:
        name = bytes(QUrl.toPercentEncoding(engine_id).data()).decode()
        call = self.client.post(f"/control/engines/{name}/{verb}", EngineView)
        call.failed.connect(self._refused)

    def _refused(self, failure: Failure) -> None:
        self.refused.emit(failure)

    def _link(self, _view: LinkView) -> None:
        self.link_changed.emit()

    def _take(self, snapshot: Snapshot) -> None:
        self.hello = snapshot.hello
        self.machine = snapshot.machine
        self.models = snapshot.models
        gone = self.engines.keys() - {engine.id for engine in snapshot.engines}
        self.engines = {engine.id: engine for engine in snapshot.engines}
        self.traffic = snapshot.traffic
        self.notices = snapshot.notices
        self.telemetry.replace(snapshot.frames)
        self.log.replace(snapshot.log)
        self.jobs.replace(snapshot.jobs)
        self.machine_changed.emit()
        self.models_changed.emit()
        for engine_id in (*self.engines, *gone):
            self.engine_changed.emit(engine_id)
        self.traffic_changed.emit()
        self.notices_changed.emit()

    def _happened(self, name: str, payload: Any) -> None:
        match name:
            case EventName.TELEMETRY:
                self.telemetry.accept(payload)
            case EventName.LOG:
                self.log.extend(payload)
            case EventName.DROPPED:
                self.log.missed += payload.lines
            case EventName.ENGINE:
                self.engines[payload.id] = payload
                self.engine_changed.emit(payload.id)
            case _:
                self._replaced(name, payload)

    def _replaced(self, name: str, payload: Any) -> None:
        match name:
            case EventName.MACHINE:
                self.machine = payload
                self.machine_changed.emit()
            case EventName.MODELS:
                self._take_models(payload)
            case EventName.JOB:
                self.jobs.accept(payload)
            case EventName.TRAFFIC:
                self.traffic = payload
                self.traffic_changed.emit()
            case EventName.NOTICES:
                self.notices = payload
                self.notices_changed.emit()

    def _take_models(self, models: tuple[ModelView, ...]) -> None:
        """What is no longer on the shelf has no engine either."""
        self.models = models
        gone = self.engines.keys() - {model.id for model in models}
        for engine_id in gone:
            del self.engines[engine_id]
        self.models_changed.emit()
        for engine_id in gone:
            self.engine_changed.emit(engine_id)
