"""Putting together what says when engines run."""

from dataclasses import asdict
from functools import cache, partial

from engineroom.adapters.host import available_bytes, engine_threads
from engineroom.adapters.measured import installed_version, make_lessons
from engineroom.adapters.pin_store import JsonPins
from engineroom.adapters.places import Places
from engineroom.adapters.plan_parts import llama_cpp_uses_cards, make_plans
from engineroom.adapters.sqlite.footprints import SqliteFootprints
from engineroom.domain.planning.values import Runtime
from engineroom.domain.settings import Settings
from engineroom.services import hub
from engineroom.services.engine_world import EngineOptions, EngineWorld
from engineroom.services.measurements import Measurements
from engineroom.services.models import ModelShelf
from engineroom.services.plan_gpus import Sight
from engineroom.services.routing.footprints import Footprints
from engineroom.services.routing.needs import Needs
from engineroom.services.routing.parts import Keeping, RoutingParts
from engineroom.services.routing.readings import Readings
from engineroom.services.routing.router import RouterWorld
from engineroom.services.telemetry import Telemetry


def engine_options(settings: Settings) -> EngineOptions:
    """How engines are started, where nothing else is said."""
    knobs = settings.llama_cpp
    return EngineOptions(
        context_tokens=knobs.context_tokens,
        slots=knobs.slots,
        threads=knobs.threads or engine_threads(),
        prompt_cache_mib=knobs.prompt_cache_mib,
    )


def build_routing(
    places: Places,
    settings: Settings,
    world: EngineWorld,
    *,
    seen: tuple[Telemetry, Measurements],
    events: hub.Hub,
) -> RoutingParts:
    """The routing of one daemon; no model has been looked at yet."""
    telemetry, measured = seen
    footprints = _footprints(places, world, telemetry)

    readings = Readings(
        machine=lambda: telemetry.machine,
        frame=telemetry.newest,
        host=available_bytes,
        host_mib=settings.routing.host_memory_mib,
        card_mib=settings.routing.card_memory_mib,
    )
    plans = cache(
        lambda: make_plans(
            partial(_sight, telemetry), ModelShelf((), default=None), None, make_lessons(measured, places.runtimes)
        )
    )
    return RoutingParts(
        kept=settings.keeping.keys,
        world=RouterWorld(
            clock=world.clock,
            rules=settings.routing.rules(),
            keys_keep_s=settings.routing.keys_keep_minutes * 60.0,
            memory=readings.seen,
            priorities=settings.routing.priorities,
            publish=partial(events.publish, hub.ROUTING),
            watched=lambda: events.readers > 0,
            log=world.log,
        ),
        needs=footprints.beside(Needs(plans, lambda: telemetry.machine, llama_cpp_uses_cards).of),
        saw=footprints.saw,
        keeping=partial(_keeping, settings),
        pins=JsonPins(places.pins_file),
    )


def _sight(telemetry: Telemetry) -> Sight:
    frame = telemetry.newest()
    return Sight(machine=telemetry.machine, gpus=() if frame is None else frame.gpus)


def _footprints(places: Places, world: EngineWorld, telemetry: Telemetry) -> Footprints:
    store = SqliteFootprints(places.ledger_file)
    return Footprints(store, world.clock, machine=lambda: telemetry.machine, version=_version)


def _version(runtime: str) -> str | None:
    """Of what comes with us; a sealed engine knows its own."""
    return installed_version(Runtime.LLAMA_CPP) if runtime == Runtime.LLAMA_CPP else None


def _keeping(settings: Settings, model: str) -> Keeping:
    own = settings.keeping.get(model)
    if own is None:
        return Keeping(ttl_minutes=settings.ttl_minutes)
    ttl_minutes = settings.ttl_minutes if own.ttl_minutes is None else own.ttl_minutes
    return Keeping(**{**asdict(own), "ttl_minutes": ttl_minutes})
