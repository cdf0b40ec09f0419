"""Putting the services together over the adapters."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import structlog

from engineroom.adapters.clock import SystemClock
from engineroom.adapters.host import engine_threads
from engineroom.adapters.job_store import JsonJobStore
from engineroom.adapters.load_history import JsonLoadHistory
from engineroom.adapters.log import configure_logging
from engineroom.adapters.log_files import LogFile, log_path
from engineroom.adapters.machine_reader import ThreadedMachineReader
from engineroom.adapters.measured import make_lessons, make_measurements
from engineroom.adapters.places import Places
from engineroom.adapters.plan_parts import HubInLine, make_plans
from engineroom.adapters.signatures import load_signatures
from engineroom.adapters.spawn import PosixSpawner
from engineroom.adapters.sqlite.ledger import SqliteLedger
from engineroom.adapters.trtllm_tables import load_trtllm_tables
from engineroom.adapters.upstream import EngineUpstream
from engineroom.contract.control import Hello
from engineroom.daemon.access_build import AccessMaker, in_turn
from engineroom.daemon.engines_build import build_builds, make_launchers
from engineroom.daemon.models_build import build_model_side
from engineroom.daemon.runtimes_build import build_runtimes
from engineroom.domain.job import JobKind
from engineroom.domain.machine import Machine
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.settings import Settings
from engineroom.domain.usage import RequestView
from engineroom.gateway.metrics import Metrics
from engineroom.gateway.parts import Parts
from engineroom.services import hub
from engineroom.services.accounting import Accounting
from engineroom.services.builds import Builds
from engineroom.services.card_watch import CardWatch
from engineroom.services.doctor import Doctor
from engineroom.services.engine_world import EngineOptions, EngineWorld
from engineroom.services.engines import EngineRoom
from engineroom.services.jobs import JobHandler, Jobs
from engineroom.services.ledger import Ledger
from engineroom.services.log_book import LogBook
from engineroom.services.measurements import Measurements
from engineroom.services.model_side import HubSearch, ModelSide
from engineroom.services.models import ModelShelf
from engineroom.services.notices import NoticeBoard
from engineroom.services.plan_gpus import Sight
from engineroom.services.plans import Plans
from engineroom.services.runtimes import Runtimes
from engineroom.services.telemetry import Telemetry
from engineroom.services.traffic import TrafficMonitor

_log = structlog.get_logger("daemon")


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
        measure=measured.loaded,
        launchers=make_launchers(ground.places),
    )


def _ledger(ground: Ground, notices: NoticeBoard) -> Ledger:
    store = SqliteLedger(ground.places.ledger_file)
    return Ledger(store=store, clock=ground.clock, notices=notices, settings=ground.settings.energy)


def _jobs(ground: Ground, log_book: LogBook, handlers: Mapping[JobKind, JobHandler], builds: Builds) -> Jobs:
    jobs = Jobs(
        clock=ground.clock,
        spawner=ground.spawner,
        store=JsonJobStore(ground.places.jobs_file),
        events=ground.events,
        handlers=handlers,
        log=lambda job, line: log_book.write("jobs", f"{job}: {line}"),
    )
    builds.follow(jobs)
    return jobs


def _plans(telemetry: Telemetry, shelf: ModelShelf, hub_side: HubSearch, measured: Measurements) -> Callable[[], Plans]:
    loop = asyncio.get_running_loop()

    def sight() -> Sight:
        frame = telemetry.newest()
        return Sight(machine=telemetry.machine, gpus=() if frame is None else frame.gpus)

    def asked(question: Coroutine[Any, Any, ModelCard]) -> ModelCard:
        return asyncio.run_coroutine_threadsafe(question, loop).result()

    hub_in_line, lessons = HubInLine(hub_side.model_card, asked), make_lessons(measured)
    return cache(lambda: make_plans(sight, shelf, hub_in_line, lessons))


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
    ground: Ground, shelf: ModelShelf, log_book: LogBook, cards: CardWatch, measured: Measurements
) -> EngineRoom:
    settings = ground.settings
    knobs = settings.llama_cpp
    options = EngineOptions(
        context_tokens=knobs.context_tokens,
        slots=knobs.slots,
        threads=knobs.threads or engine_threads(),
        prompt_cache_mib=knobs.prompt_cache_mib,
    )
    world = _world(ground, log_book, cards, measured)
    engines = EngineRoom(shelf=shelf, options=options, world=world, load_on_demand=settings.load_on_demand)
    cards.follow(engines.cards_changed)
    return engines


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
    settled: Callable[[RequestView], None],
) -> Accounting:
    traffic, telemetry, measured = seen
    return Accounting(
        clock=ground.clock,
        traffic=traffic,
        telemetry=telemetry,
        ledger=ledger,
        engine_loaded=lambda: engines.busy,
        settled=settled,
        alone=measured.answered,
    )


def _telemetry(ground: Ground) -> tuple[TrafficMonitor, Telemetry, Callable[[], Machine]]:
    """What is seen of requests and of the computer, and the computer as it last was."""
    machine, traffic = ground.reader.machine(), TrafficMonitor(clock=ground.clock, events=ground.events)
    telemetry = Telemetry(machine=machine, clock=ground.clock, traffic=traffic, events=ground.events)
    return traffic, telemetry, lambda: telemetry.machine


def build_parts(
    ground: Ground, shelf: ModelShelf, hello: Hello, *, make_access: AccessMaker, shut_down: Callable[[], None]
) -> Parts:
    """Every service, wired; nothing has been started yet."""
    events, notices = ground.events, NoticeBoard(ground.events)
    log_book = _log_book(ground, notices)
    traffic, telemetry, machine = _telemetry(ground)
    cards = CardWatch(telemetry=telemetry, notices=notices)
    measured = make_measurements(ground.places.ledger_file, clock=ground.clock, machine=machine)
    engines = _engines(ground, shelf, log_book, cards, measured)
    models = _model_side(ground, shelf, engines, notices)
    runtimes = build_runtimes(ground.places, ground.clock, machine=machine, engines=engines)
    builds = build_builds(ground.places, models, engines, _plans(telemetry, shelf, models.hub, measured), machine)
    metrics = Metrics(frame=telemetry.newest, engines=engines.views)
    ledger, access = _ledger(ground, notices), make_access(notices, log_book)
    seen, settled = (traffic, telemetry, measured), in_turn(metrics.count, access.keys.used)
    accounting = _accounting(ground, ledger, engines, seen=seen, settled=settled)
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
        jobs=_jobs(ground, log_book, _handlers(models, runtimes, builds), builds),
        models=models,
        runtimes=runtimes,
        builds=builds,
        tables=load_trtllm_tables,
        plans=builds.plans,
        access=access,
        shut_down=shut_down,
    )
