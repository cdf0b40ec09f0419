"""What was measured on this computer, over its database; and which versions measure."""

from collections.abc import Callable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engineroom.adapters.gpu_table import load_gpu_table
from engineroom.adapters.model_folder import read_model_card
from engineroom.adapters.sqlite.measurements import SqliteMeasurements
from engineroom.domain.machine import Machine
from engineroom.domain.planning.values import Gpu, Runtime
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


def make_lessons(measurements: Measurements) -> PlanLessons:
    """What plans for this computer are told."""
    return PlanLessons(measurements, installed_version)


@cache
def installed_version(runtime: Runtime) -> str | None:
    """The version of a runtime that comes with us."""
    package = _PACKAGES.get(runtime)
    try:
        return None if package is None else version(package)
    except PackageNotFoundError:
        return None
