"""All the stores, fed by snapshot and events; the commands go the other way, as requests."""

from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal

from engineroom.contract.control import (
    EngineState,
    EngineView,
    Hello,
    Machine,
    ModelView,
    ProblemView,
    Snapshot,
    Traffic,
)
from engineroom.contract.events import EventName
from engineroom.contract.routing import RouteView, RoutingView
from engineroom_ui.link.http import Failure, HttpClient
from engineroom_ui.link.session import LinkView, Phase, Session
from engineroom_ui.state.at_rest import engine_at_rest
from engineroom_ui.state.energy import Energy
from engineroom_ui.state.history import History
from engineroom_ui.state.jobs import Jobs
from engineroom_ui.state.log import LogStore
from engineroom_ui.state.plan import Planner
from engineroom_ui.state.telemetry import TelemetryStore


class Room(QObject):
    """What the daemon last said. Nothing here is guessed: a command changes nothing until the daemon says so.

    Signals:
        link_changed, machine_changed, models_changed, traffic_changed, routing_changed, notices_changed: read the
            attribute again.
        engine_changed: the id of the engine to read again.
        refused: a :class:`Failure` of a command.
    """

    link_changed = Signal()
    machine_changed = Signal()
    models_changed = Signal()
    traffic_changed = Signal()
    routing_changed = Signal()
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
        self.shelf: dict[str, ModelView] = {}
        self.engines: dict[str, EngineView] = {}
        self.traffic: Traffic | None = None
        self.routing: RoutingView | None = None
        self.notices: tuple[ProblemView, ...] = ()
        self._again: list[str] = []
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
        """The engine that serves a model; one at rest where the daemon lists none for a model it has."""
        listed = next((engine for engine in self.engines.values() if engine.model_id == model_id), None)
        model = self.shelf.get(model_id)
        return engine_at_rest(model) if listed is None and model is not None else listed

    def route_of(self, engine_id: str) -> RouteView | None:
        """Where the scheduler stands with an engine, if the daemon told."""
        routes = self.routing.routes if self.routing is not None else ()
        return next((route for route in routes if route.id == engine_id), None)

    @property
    def foremost(self) -> EngineView | None:
        """The engine that says most about the room: one that failed, else that starts, else that serves."""
        order = (EngineState.FAILED, EngineState.STARTING, EngineState.READY, EngineState.STOPPING)
        known = [engine for engine in self.engines.values() if engine.state in order]
        return min(known, key=lambda engine: order.index(engine.state), default=None)

    def model_name(self, model_id: str) -> str:
        """What people call a model; its id where the daemon does not list it."""
        model = self.shelf.get(model_id)
        return model_id if model is None else model.name

    def restart(self) -> None:
        """Restart the daemon; what it serves now is asked for again when it answers."""
        served = {EngineState.STARTING, EngineState.READY}
        self._again = [engine.id for engine in self.engines.values() if engine.state in served]
        self.session.restart_daemon()

    def start_engine(self, engine_id: str) -> None:
        """Ask for an engine to be started."""
        self._command(engine_id, "start")

    def stop_engine(self, engine_id: str) -> None:
        """Ask for an engine to be stopped."""
        self._command(engine_id, "stop")

    def pin_engine(self, engine_id: str, *, pinned: bool) -> None:
        """Ask for an engine to be kept, or to be let go of."""
        self._command(engine_id, "pin" if pinned else "unpin", RouteView)

    def _command(self, engine_id: str, verb: str, answer: type = EngineView) -> None:
        name = bytes(QUrl.toPercentEncoding(engine_id).data()).decode()
        call = self.client.post(f"/control/engines/{name}/{verb}", answer)
        call.failed.connect(self._refused)

    def _refused(self, failure: Failure) -> None:
        self.refused.emit(failure)

    def _link(self, view: LinkView) -> None:
        self.link_changed.emit()
        if view.phase is Phase.CONNECTED:
            again, self._again = self._again, []
            for engine_id in filter(self.shelf.__contains__, again):
                self.start_engine(engine_id)

    def _take(self, snapshot: Snapshot) -> None:
        self.hello = snapshot.hello
        self.machine = snapshot.machine
        self._put_on_shelf(snapshot.models)
        gone = self.engines.keys() - {engine.id for engine in snapshot.engines}
        self.engines = {engine.id: engine for engine in snapshot.engines}
        self.traffic = snapshot.traffic
        self.routing = snapshot.routing
        self.notices = snapshot.notices
        self.telemetry.replace(snapshot.frames)
        self.log.replace(snapshot.log)
        self.jobs.replace(snapshot.jobs)
        self.machine_changed.emit()
        self.models_changed.emit()
        for engine_id in (*self.engines, *gone):
            self.engine_changed.emit(engine_id)
        self.traffic_changed.emit()
        self.routing_changed.emit()
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
            case EventName.ROUTING:
                self.routing = payload
                self.routing_changed.emit()
            case EventName.NOTICES:
                self.notices = payload
                self.notices_changed.emit()

    def _put_on_shelf(self, models: tuple[ModelView, ...]) -> None:
        self.models = models
        self.shelf = {model.id: model for model in models}

    def _take_models(self, models: tuple[ModelView, ...]) -> None:
        """What is no longer on the shelf has no engine either."""
        self._put_on_shelf(models)
        gone = self.engines.keys() - self.shelf.keys()
        for engine_id in gone:
            del self.engines[engine_id]
        self.models_changed.emit()
        for engine_id in gone:
            self.engine_changed.emit(engine_id)
