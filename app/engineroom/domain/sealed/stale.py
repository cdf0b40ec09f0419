"""Whether an engine is still what it was when it was built."""

import hashlib
import json
from collections.abc import Iterator

from engineroom.domain.machine import GpuState, Machine, NvmlState
from engineroom.domain.runtimes.values import Installation, Manifest
from engineroom.domain.sealed.values import SealedEngine, Stale, StaleReason


def stale_reasons(engine: SealedEngine, machine: Machine, runtime: Installation | None) -> tuple[StaleReason, ...]:
    """Everything that speaks for building it again; ``runtime`` is the installation of its name, if any is here."""
    return tuple(_reasons(engine, machine, runtime))


def runtime_print(manifest: Manifest) -> str:
    """Tells two installations of one version apart: the image's digest, or what every package of it is.

    >>> from engineroom.domain.runtimes.values import RuntimeKind
    >>> runtime_print(Manifest(id="a", kind=RuntimeKind.VENV, product="p", version="1", installed_unix_s=0.0))
    '4f53cda18c2b'
    """
    if manifest.image_digest is not None:
        return manifest.image_digest.partition(":")[2][:12]
    packages = sorted((one.name, one.version, one.record_sha256) for one in manifest.packages)
    return hashlib.sha256(json.dumps(packages).encode()).hexdigest()[:12]


def driver_generation(version: str | None) -> str | None:
    """The number before the first dot, by which drivers of one branch are known."""
    return None if version is None else version.partition(".")[0] or None


def _reasons(engine: SealedEngine, machine: Machine, runtime: Installation | None) -> Iterator[StaleReason]:
    here = {gpu.uuid: gpu.name for gpu in machine.gpus if gpu.state is not GpuState.LOST}
    missing = [uuid for uuid in engine.gpu_uuids if uuid not in here]
    # A driver that has not told of its cards yet says nothing about them.
    if missing and machine.nvml is not NvmlState.STARTING:
        names = ", ".join(here.values()) or None
        yield StaleReason(code=Stale.CARD, facts={"built": engine.gpu_name, "now": names, "uuid": missing[0]})
    built, now = driver_generation(engine.driver_version), driver_generation(machine.driver_version)
    # A driver that does not answer now says nothing about its version.
    if built is not None and now not in {None, built}:
        yield StaleReason(code=Stale.DRIVER, facts={"built": engine.driver_version, "now": machine.driver_version})
    if runtime is None or runtime.manifest is None:
        yield StaleReason(code=Stale.RUNTIME_GONE, facts={"built": engine.runtime, "now": None})
    elif engine.runtime_print not in {None, print_now := runtime_print(runtime.manifest)}:
        yield StaleReason(
            code=Stale.RUNTIME_CHANGED,
            facts={"built": engine.runtime_print, "now": print_now, "runtime": engine.runtime},
        )
