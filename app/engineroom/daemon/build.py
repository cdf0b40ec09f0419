"""Putting the services together over the adapters."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from engineroom.adapters.clock import SystemClock
from engineroom.adapters.job_store import JsonJobStore
from engineroom.adapters.load_history import JsonLoadHistory
from engineroom.adapters.log import configure_logging
from engineroom.adapters.log_files import LogFile, log_path
from engineroom.adapters.machine_reader import ThreadedMachineReader
from engineroom.adapters.measured import make_lessons, make_measurements, measured_by
from engineroom.adapters.places import Places
from engineroom.adapters.plan_parts import HubInLine, make_plans
from engineroom.adapters.signatures import load_signatures
from engineroom.adapters.spawn import PosixSpawner
from engineroom.adapters.sqlite.ledger import SqliteLedger
from engineroom.adapters.upstream import EngineUpstream
from engineroom.contract.control import Hello
from engineroom.daemon.access_build import AccessMaker, in_turn
from engineroom.daemon.desk_build import desk_parts
from engineroom.daemon.doctor_build import build_doctor, put_to_work, with_doctor
from engineroom.daemon.engines_build import build_builds, make_launchers
from engineroom.daemon.models_build import build_model_side
from engineroom.daemon.routing_build import build_routing, engine_options
from engineroom.daemon.runtimes_build import build_runtimes
from engineroom.domain.job import JobKind
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.settings import Settings
from engineroom.gateway.metrics import Metrics
from engineroom.gateway.parts import Parts
from engineroom.services import hub
from engineroom.services.accounting import Accounting
from engineroom.services.builds import Builds
from engineroom.services.card_watch import CardWatch
from engineroom.services.doctor import Doctor
from engineroom.services.doctor_desk import DoctorDesk
from engineroom.services.engine_world import EngineWorld
from engineroom.services.engines import EngineRoom
from engineroom.services.event_log import EventLog
from engineroom.services.jobs import JobHandler, Jobs
from engineroom.services.keys import Keys
from engineroom.services.ledger import Ledger
from engineroom.services.log_book import LogBook
from engineroom.services.measurements import Measurements
from engineroom.services.model_side import HubSearch, ModelSide
from engineroom.services.models import ModelShelf
from engineroom.services.notices import NoticeBoard
from engineroom.services.plan_gpus import Sight
from engineroom.services.plan_lessons import PlanLessons
from engineroom.services.plans import Plans
from engineroom.services.runtimes import Runtimes
from engineroom.services.telemetry import Telemetry
from engineroom.services.traffic import TrafficMonitor

_log = EventLog("daemon")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the services stand on."""

    places: Places
    settings: Settings
    clock: SystemClock
    events: hub.Hub
    spawner: PosixSpawner
    reader: ThreadedMachineReader


def stand_on(places: Places, settings: Settings, clock: SystemClock) -> Ground:
    """The ground of one daemon."""
    events, spawner = hub.Hub(), PosixSpawner(places.children_file)
    reader = ThreadedMachineReader(ours=spawner.pids, watched=lambda: events.readers > 0)
    return Ground(places=places, settings=settings, clock=clock, events=events, spawner=spawner, reader=reader)


def _world(ground: Ground, log_book: LogBook, cards: CardWatch, measured: Measurements) -> EngineWorld:
    for pid in ground.spawner.reap():
        _log.warning("left_behind_child_ended", pid=pid)
    return EngineWorld(
        clock=ground.clock,
        spawner=ground.spawner,
        upstreams=EngineUpstream,
        history=JsonLoadHistory(ground.places.load_history_file),
        doctor=Doctor(load_signatures()),
        cards=cards,
        publish=partial(ground.events.publish, hub.ENGINE),
        log=log_book.write,
        measure=measured_by(measured, ground.places),
        launchers=make_launchers(ground.places),
    )


def _ledger(ground: Ground, notices: NoticeBoard) -> Ledger:
    store = SqliteLedger(ground.places.ledger_file)
    return Ledger(store=store, clock=ground.clock, notices=notices, settings=ground.settings.energy)


def _jobs(ground: Ground, log_book: LogBook, handlers: Mapping[JobKind, JobHandler]) -> Jobs:
    return Jobs(
        clock=ground.clock,
        spawner=ground.spawner,
        store=JsonJobStore(ground.places.jobs_file),
        events=ground.events,
        handlers=handlers,
        log=lambda job, line: log_book.write("jobs", f"{job}: {line}"),
    )


def _plans(telemetry: Telemetry, shelf: ModelShelf, hub_side: HubSearch, lessons: PlanLessons) -> Callable[[], Plans]:
    loop = asyncio.get_running_loop()

    def sight() -> Sight:
        frame = telemetry.newest()
        return Sight(machine=telemetry.machine, gpus=() if frame is None else frame.gpus)

    def asked(question: Coroutine[Any, Any, ModelCard]) -> ModelCard:
        return asyncio.run_coroutine_threadsafe(question, loop).result()

    return cache(lambda: make_plans(sight, shelf, HubInLine(hub_side.model_card, asked), lessons))


def _model_side(ground: Ground, shelf: ModelShelf, engines: EngineRoom, notices: NoticeBoard) -> ModelSide:
    sink = _log_file(ground.places, notices, "outbound")
    return build_model_side(
        ground.places, ground.settings, shelf=shelf, engines=engines, events=ground.events, sink=sink
    )


def _handlers(models: ModelSide, runtimes: Runtimes, builds: Builds) -> dict[JobKind, JobHandler]:
    return {
        JobKind.BUILD: builds,
        JobKind.PULL: models.pulls,
        JobKind.VERIFY: models.verifies,
        JobKind.EXPORT: models.exports,
        JobKind.IMPORT: models.imports,
        JobKind.INSTALL: runtimes,
    }


def _engines(
    ground: Ground, shelf: ModelShelf, world: EngineWorld, board: NoticeBoard, *, seen: Telemetry, learned: Measurements
) -> tuple[EngineRoom, DoctorDesk]:
    settings = ground.settings
    doctor = build_doctor(ground.places, ground.clock, seen.newest, ground.spawner.pids)
    doctored = with_doctor(world, doctor, ground.places, telemetry=seen, notices=board)
    engines = EngineRoom(
        shelf=shelf,
        options=engine_options(settings),
        world=doctored,
        load_on_demand=settings.load_on_demand,
        routing=build_routing(ground.places, settings, world, seen=(seen, learned), events=ground.events),
    )
    doctor.attend(engines)
    seen.follow(engines.see_memory)
    world.cards.follow(engines.cards_changed)
    return engines, doctor


def _log_file(places: Places, notices: NoticeBoard, source: str) -> LogFile:
    path = log_path(places.logs, source)
    return LogFile(path, on_trouble=partial(notices.put, key=path.name), on_recovery=partial(notices.clear, path.name))


def _log_book(ground: Ground, notices: NoticeBoard) -> LogBook:
    """The log book, with our own lines in it."""
    sink_for = partial(_log_file, ground.places, notices)
    log_book = LogBook(clock=ground.clock, events=ground.events, sink_for=sink_for)
    configure_logging(partial(log_book.write, "daemon"))
    return log_book


def _accounting(
    ground: Ground,
    ledger: Ledger,
    engines: EngineRoom,
    *,
    seen: tuple[TrafficMonitor, Telemetry, Measurements],
    told: tuple[Metrics, Keys],
) -> Accounting:
    (traffic, telemetry, measured), (metrics, keys) = seen, told
    traffic.follow(keys.over)
    return Accounting(
        clock=ground.clock,
        traffic=traffic,
        telemetry=telemetry,
        ledger=ledger,
        engine_loaded=lambda: engines.busy,
        settled=in_turn(metrics.count, keys.settled),
        alone=measured.answered,
    )


def _seen(ground: Ground, notices: NoticeBoard) -> tuple[TrafficMonitor, Telemetry, CardWatch, Measurements]:
    """What is seen of requests, of the computer and of its cards, and what is learned from it."""
    machine, traffic = ground.reader.machine(), TrafficMonitor(clock=ground.clock, events=ground.events)
    telemetry = Telemetry(machine=machine, clock=ground.clock, traffic=traffic, events=ground.events)
    cards = CardWatch(telemetry=telemetry, notices=notices)
    measured = make_measurements(ground.places.ledger_file, clock=ground.clock, machine=cards.machine)
    return traffic, telemetry, cards, measured


def build_parts(
    ground: Ground, shelf: ModelShelf, hello: Hello, *, make_access: AccessMaker, shut_down: Callable[[], None]
) -> Parts:
    """Every service, wired; nothing has been started yet."""
    events, notices = ground.events, NoticeBoard(ground.events)
    log_book, (traffic, telemetry, cards, measured) = _log_book(ground, notices), _seen(ground, notices)
    world = _world(ground, log_book, cards, measured)
    engines, doctor = _engines(ground, shelf, world, notices, seen=telemetry, learned=measured)
    models = _model_side(ground, shelf, engines, notices)
    runtimes = build_runtimes(ground.places, ground.clock, cards=cards, engines=engines, library=models.library)
    plans = _plans(telemetry, shelf, models.hub, make_lessons(measured, ground.places.runtimes))
    builds = build_builds(ground.places, models, engines, plans, (cards, measured))
    staff, metrics = (models, runtimes, builds), Metrics(frame=telemetry.newest, engines=engines.views)
    ledger, access = _ledger(ground, notices), make_access(notices, log_book)
    seen, told = (traffic, telemetry, measured), (metrics, access.keys)
    accounting = _accounting(ground, ledger, engines, seen=seen, told=told)
    return Parts(
        hello=hello,
        token=secrets.token_urlsafe(32),
        clock=ground.clock,
        shelf=shelf,
        engines=engines,
        traffic=traffic,
        telemetry=telemetry,
        cards=cards,
        log_book=log_book,
        notices=notices,
        events=events,
        metrics=metrics,
        accounting=accounting,
        ledger=ledger,
        jobs=put_to_work(_jobs(ground, log_book, _handlers(*staff)), doctor, *staff),
        models=models,
        runtimes=runtimes,
        builds=builds,
        doctor=doctor,
        plans=builds.plans,
        access=access,
        **desk_parts(ground.places, ledger),
        shut_down=shut_down,
    )
