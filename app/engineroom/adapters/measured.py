"""What was measured on this computer, over its database; and which versions measure."""

from collections.abc import Callable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from engineroom.adapters.engine_store import EngineStore
from engineroom.adapters.gpu_table import load_gpu_table
from engineroom.adapters.model_folder import read_model_card
from engineroom.adapters.places import Places
from engineroom.adapters.repair_store import RepairStore
from engineroom.adapters.runtime_store import RuntimeStore
from engineroom.adapters.sqlite.measurements import SqliteMeasurements
from engineroom.domain.machine import Machine
from engineroom.domain.planning.log_figures import MeasuredTerms
from engineroom.domain.planning.values import EngineKind, Gpu, Runtime
from engineroom.domain.sealed.values import COMPILED, SealedEngine
from engineroom.services.measurements import Load, Measurements
from engineroom.services.plan_gpus import processor
from engineroom.services.plan_lessons import PlanLessons
from engineroom.services.ports import Clock

_PACKAGES = {Runtime.LLAMA_CPP: "xllamacpp"}
_NO_CARD = "CPU"


def make_measurements(path: Path, *, clock: Clock, machine: Callable[[], Machine]) -> Measurements:
    """Measurements kept in the ledger's database. ``machine`` is as it is now."""
    table = cache(load_gpu_table)

    def gpu_of(load: Load) -> Gpu | None:
        info = next((one for one in machine().gpus if one.uuid in load.gpu_uuids), None)
        if info is not None:
            return table().enrich(info)
        return processor(machine()) if load.device == _NO_CARD and not load.gpu_uuids else None

    return Measurements(
        store=SqliteMeasurements(path), clock=clock, card_of=lambda file: read_model_card(Path(file)), gpu_of=gpu_of
    )


def make_lessons(measurements: Measurements, runtimes: Path) -> PlanLessons:
    """What plans for this computer are told; ``runtimes`` is the folder of those that were installed."""
    store = RuntimeStore(runtimes)
    return PlanLessons(measurements, lambda runtime: installed_version(runtime) or _default_version(runtime, store))


def measured_by(measurements: Measurements, places: Places) -> Callable[[Load], None]:
    """Takes every load that went well, of whichever runtime; sealed engines are known by their checkpoint.

    One that a fix has changed is served in another way than plans speak of: it teaches nothing.
    """
    engines, repairs = EngineStore(places.engines), RepairStore(places.repairs)

    def sealed(load: Load) -> Load | None:
        engine = engines.engine(load.model_id)
        return None if repairs.of(engine.id) else _load_of(engine, engines.folder(engine.id), load.load_s)

    def measure(load: Load) -> None:
        if load.runtime == Runtime.TENSORRT_LLM:
            measurements.serving(lambda: sealed(load))
        else:
            measurements.loaded(load)

    return measure


def learn(measurements: Measurements, engine: SealedEngine, folder: str) -> None:
    """Pass on what the trial of a sealed engine measured."""
    measured = engine.measured
    numbers: dict[str, Any] = dict(measured.log_bytes)
    load = _load_of(engine, folder, measured.load_s)
    measurements.tried(load, MeasuredTerms(**numbers), measured.alone_tokens_per_s, measured.alone_depth or 0)


def _load_of(engine: SealedEngine, folder: str, load_s: float | None) -> Load:
    """A compiled engine is known by the checkpoint that it was compiled from, whose tokenizer it serves with."""
    compiled = engine.kind == COMPILED
    source = engine.tokenizer_path if compiled else engine.model_path
    return Load(
        model_id=engine.id,
        path=(source or "").replace("{engine}", folder),
        runtime=Runtime.TENSORRT_LLM,
        runtime_version=engine.runtime_version,
        device=engine.gpu_name,
        gpu_uuids=engine.gpu_uuids,
        context_tokens=engine.context_tokens,
        slots=engine.concurrency,
        lines=(),
        kv_format=engine.kv_format,
        kind=EngineKind(engine.kind),
        precision=engine.precision if compiled else None,
        load_s=load_s,
    )


def _default_version(runtime: Runtime, store: RuntimeStore) -> str | None:
    if runtime is not Runtime.TENSORRT_LLM:
        return None
    whole = {one.id: one.version for one in store.installations() if one.manifest is not None}
    # As builds choose it: the default, or the only one there is.
    return whole.get(store.default() or (next(iter(whole)) if len(whole) == 1 else ""))


@cache
def installed_version(runtime: Runtime) -> str | None:
    """The version of a runtime that comes with us."""
    package = _PACKAGES.get(runtime)
    try:
        return None if package is None else version(package)
    except PackageNotFoundError:
        return None
