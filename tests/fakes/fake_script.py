"""What the fake daemon says: a machine, models, an engine in its states, telemetry. Nothing here computes."""

import argparse
import math
import os
import random
import time
from dataclasses import replace
from pathlib import Path

import msgspec
import psutil

from engineroom.contract.connection import Connection, connection_path
from engineroom.contract.control import (
    EngineState,
    EngineView,
    Frame,
    GpuInfo,
    GpuProcess,
    GpuReading,
    GpuState,
    HostInfo,
    HostReading,
    Machine,
    MemoryKind,
    MigInstance,
    ModelView,
    NvmlState,
    Outcome,
    ProblemView,
    RequestView,
    Stage,
    StageStatus,
    StageView,
    Throttle,
)

MODEL = "smollm2-135m-instruct"
GIB = 1024**3
ANSWER = (
    "The capital of France is **Paris**. It lies on the Seine and has been the country's centre of government "
    "for most of its history.\n\n- Population: about 2.1 million\n- River: Seine\n"
)

LAST = RequestView(
    request_id="req-41",
    model_id=MODEL,
    route="/v1/chat/completions",
    outcome=Outcome.OK,
    status=200,
    finished_at_s=time.time(),
    seconds=3.1,
    ttft_s=0.118,
    tokens_per_s=52.4,
    prompt_tokens=37,
    completion_tokens=156,
)


def pieces(asked: str) -> list[str]:
    """What is answered, in the pieces it comes in."""
    return [f"{at} " for at in range(1, 2000)] if "count" in asked else [f"{word} " for word in ANSWER.split(" ")]


def ended(request_id: str, tokens: int, begun_s: float, *, whole: bool, measured: bool) -> RequestView:
    """A request that is over; its energy is told where the machine is ``measured``."""
    return replace(
        LAST,
        request_id=request_id,
        outcome=Outcome.OK if whole else Outcome.CANCELLED,
        finished_at_s=time.time(),
        seconds=time.time() - begun_s,
        completion_tokens=tokens,
        joules_gross=412.0 if measured else None,
    )


def models(number: int) -> tuple[ModelView, ...]:
    first = ModelView(
        id=MODEL,
        name="SmolLM2 135M Instruct",
        runtime="llama.cpp",
        parameters=134_515_008,
        quantisation="Q4_1",
        file_bytes=98_000_000,
        licence="Apache-2.0",
        source=None,
        bundled=True,
        is_default=True,
        problem=None,
    )
    more = (
        replace(first, id=f"other-{at}", name=f"Another model {at}", bundled=False, is_default=False)
        for at in range(1, number)
    )
    return (first, *more)


def machine(gpus: tuple[GpuInfo, ...], *, rapl: bool, simulated: bool, nvml: str | None) -> Machine:
    host = HostInfo(
        hostname="workstation",
        system="Debian GNU/Linux 12",
        cpu_name="AMD Ryzen 9 7950X 16-Core Processor" if gpus else "Intel(R) Xeon(R) Processor @ 2.60GHz",
        physical_cores=16 if gpus else 1,
        logical_cores=32 if gpus else 2,
        memory_total_bytes=64 * GIB if gpus else 8 * GIB,
        cpu_power_source="rapl" if rapl else None,
    )
    return Machine(
        host=host,
        nvml=NvmlState(nvml) if nvml else NvmlState.OK if gpus else NvmlState.LIBRARY_MISSING,
        nvml_detail=None,
        driver_version="580.95.05" if gpus else None,
        simulated=simulated,
        gpus=gpus,
        cuda_version="13.0" if gpus else None,
    )


def stopped(engine_id: str) -> EngineView:
    return EngineView(
        id=engine_id,
        model_id=engine_id,
        runtime="llama.cpp",
        runtime_version="b11549",
        device=None,
        state=EngineState.STOPPED,
        since_s=time.time(),
        stages=tuple(
            StageView(stage=stage, status=StageStatus.PENDING, progress=None, seconds=None) for stage in Stage
        ),
        load_s=None,
        expected_load_s=1.4,
        context_tokens=None,
        context_limit=None,
        slots=None,
        threads=None,
        memory_bytes=None,
        pid=None,
        restarts=0,
        problem=None,
        last_lines=(),
        can_start=True,
        can_stop=False,
    )


def ready(engine_id: str, *, gpu: bool) -> EngineView:
    stages = tuple(
        StageView(stage=stage, status=StageStatus.DONE, progress=1.0, seconds=seconds)
        for stage, seconds in zip(Stage, (0.31, 0.12, 0.88, 0.16), strict=True)
    )
    return replace(
        stopped(engine_id),
        state=EngineState.READY,
        stages=stages,
        device="NVIDIA GeForce RTX 4090" if gpu else "CPU",
        load_s=1.47,
        context_tokens=2048,
        context_limit="settings",
        slots=4,
        threads=2,
        memory_bytes=231 * 1024**2,
        gpu_uuids=("GPU-fake-0",) if gpu else (),
        pid=os.getpid(),
        can_start=False,
        can_stop=True,
    )


def failed(engine: EngineView, code: str) -> EngineView:
    path = "/models/SmolLM2-135M-Instruct.Q4_1.gguf"
    facts = {"path": path, "needs_bytes": 98_000_000, "has_bytes": 41_000_000, "line": "error loading model"}
    problem = ProblemView(code=code, facts={**facts, "signal": 11})
    lines = ("llama_model_load: error loading model", "exiting")
    state = EngineState.FAILED
    return replace(engine, state=state, problem=problem, can_start=True, can_stop=False, last_lines=lines)


def announce(port: int, token: str, api: int) -> Path:
    """Write the connection file, whole or not at all; where it is."""
    here = Connection(
        address=f"http://127.0.0.1:{port}",
        token=token,
        pid=os.getpid(),
        pid_created_s=psutil.Process().create_time(),
        api=api,
        version="0.1.0",
    )
    path = connection_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".new").write_bytes(msgspec.json.encode(here))
    path.with_suffix(".new").replace(path)
    return path


def frame(
    at_s: float, gpus: tuple[GpuInfo, ...], *, load: float, rate: float, active: int, said: argparse.Namespace
) -> Frame:
    host = HostReading(
        cpu_percent=round(100 * load),
        memory_available_bytes=41 * GIB if gpus else int(5.3 * GIB),
        cpu_power_w=round(31 + 60 * load, 1) if said.rapl else None,
    )
    return Frame(
        taken_at_s=at_s,
        tokens_per_s=rate,
        active_requests=active,
        waiting_requests=0,
        host=host,
        gpus=tuple(reading(gpu, load * (1 - 0.1 * at), bare=said.bare) for at, gpu in enumerate(gpus)),
    )


def reading(gpu: GpuInfo, load: float, *, bare: bool) -> GpuReading:
    """``bare``: a card that reports no more than the least."""
    used = int(9.2 * GIB)
    least = GpuReading(
        uuid=gpu.uuid,
        state=gpu.state,
        memory_used_bytes=used,
        memory_total_bytes=gpu.memory_total_bytes,
        power_w=None if bare else round(38 + 330 * load + random.uniform(-6, 6), 1),
        utilisation_percent=None if bare else round(96 * load),
        temperature_c=None if bare else round(41 + 26 * load),
    )
    if gpu.state is not GpuState.OK:
        return replace(least, memory_used_bytes=None, power_w=None, utilisation_percent=None, temperature_c=None)
    if bare:
        return least
    return replace(
        least,
        memory_ours_bytes=int(7.4 * GIB),
        memory_free_bytes=(gpu.memory_total_bytes or used) - used,
        sm_clock_mhz=round(210 + 2310 * load),
        memory_clock_mhz=10_501,
        temperature_margin_c=round(42 - 26 * load),
        fan_percent=None if gpu.memory_kind is MemoryKind.UNIFIED else round(30 + 40 * load),
        throttle=(Throttle.POWER_CAP,) if load > 0.9 else (),
        performance_state=2 if load > 0.1 else 8,
        processes=PROCESSES,
    )


PROCESSES = (
    GpuProcess(pid=4121, program="python", memory_bytes=int(7.4 * GIB), ours=True),
    GpuProcess(pid=1503, program="Xorg", memory_bytes=412 * 1024**2, ours=False),
    GpuProcess(pid=2210, program="gnome-shell", memory_bytes=260 * 1024**2, ours=False),
    GpuProcess(pid=9931, program="blender", memory_bytes=None, ours=False),
)


def wave(at_s: float) -> float:
    """A slow swing between 0 and 1."""
    return 0.5 + 0.5 * math.sin(at_s / 21)


def busy_rate(at_s: float) -> float:
    return round(46 + 9 * wave(at_s) + random.uniform(-2, 2), 1) if wave(at_s) > 0.2 else 0.0


def cards(
    number: int, *, unified: bool = False, bare: bool = False, lost: int = 0, no_access: int = 0
) -> tuple[GpuInfo, ...]:
    """Cards of which the first ``lost`` fell off the bus, and the next ``no_access`` may not be opened."""
    states = [GpuState.LOST] * lost + [GpuState.NO_ACCESS] * no_access + [GpuState.OK] * number
    kind = card if not unified else shared
    made = (replace(kind(at), state=state) for at, state in zip(range(number), states, strict=False))
    return tuple(_bare(gpu) if bare else gpu for gpu in made)


def _bare(gpu: GpuInfo) -> GpuInfo:
    return GpuInfo(uuid=gpu.uuid, name=gpu.name, memory_total_bytes=gpu.memory_total_bytes, power_limit_w=None)


def card(number: int) -> GpuInfo:
    return GpuInfo(
        uuid=f"GPU-fake-{number}",
        name="NVIDIA GeForce RTX 4090",
        memory_total_bytes=24 * GIB,
        power_limit_w=450.0,
        pci_id=f"00000000:{number + 1:02x}:00.0",
        compute_capability="8.9",
        architecture="Ada Lovelace",
        memory_bandwidth_gb_s=1008.0,
        bandwidth_origin="table",
        power_default_limit_w=450.0,
        power_min_limit_w=150.0,
        power_max_limit_w=600.0,
        pcie_generation=4,
        pcie_width=16,
        nvlink_links=0,
        ecc_enabled=False,
        mig_enabled=None,
        compute_mode="default",
        display_active=number == 0,
    )


def shared(number: int) -> GpuInfo:
    return replace(
        card(number),
        name="NVIDIA GB10",
        memory_kind=MemoryKind.UNIFIED,
        memory_total_bytes=128 * GIB,
        host_reserve_bytes=8 * GIB,
        power_limit_w=None,
        compute_capability="12.1",
        architecture="Blackwell",
        memory_bandwidth_gb_s=273.0,
        bandwidth_origin="clocks",
        mig_enabled=True,
        mig_instances=(
            MigInstance(uuid="MIG-1", name="1g.16gb", memory_total_bytes=16 * GIB),
            MigInstance(uuid="MIG-2", name="2g.32gb", memory_total_bytes=32 * GIB),
        ),
        addressing_mode="ATS",
    )
