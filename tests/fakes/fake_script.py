"""What the fake daemon says: a machine, models, an engine in its states, telemetry. Nothing here computes."""

import math
import os
import random
import time
from dataclasses import replace

from engineroom.contract.control import (
    EngineState,
    EngineView,
    Frame,
    GpuInfo,
    GpuReading,
    HostInfo,
    HostReading,
    Machine,
    ModelView,
    NvmlState,
    Outcome,
    RequestView,
    Stage,
    StageStatus,
    StageView,
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


def machine(gpus: tuple[GpuInfo, ...], *, rapl: bool, simulated: bool) -> Machine:
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
        nvml=NvmlState.OK if gpus else NvmlState.LIBRARY_MISSING,
        nvml_detail=None,
        driver_version="580.95.05" if gpus else None,
        simulated=simulated,
        gpus=gpus,
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
        pid=os.getpid(),
        can_start=False,
        can_stop=True,
    )


def frame(at_s: float, gpus: tuple[GpuInfo, ...], *, load: float, rate: float, active: int, rapl: bool) -> Frame:
    readings = tuple(
        GpuReading(
            uuid=gpu.uuid,
            memory_used_bytes=int(9.2 * GIB),
            memory_total_bytes=gpu.memory_total_bytes,
            power_w=round(38 + 330 * load + random.uniform(-6, 6), 1),
            utilisation_percent=round(96 * load),
            temperature_c=round(41 + 26 * load),
        )
        for gpu in gpus
    )
    host = HostReading(
        cpu_percent=round(100 * load),
        memory_available_bytes=41 * GIB if gpus else int(5.3 * GIB),
        cpu_power_w=round(31 + 60 * load, 1) if rapl else None,
    )
    return Frame(
        taken_at_s=at_s, tokens_per_s=rate, active_requests=active, waiting_requests=0, host=host, gpus=readings
    )


def wave(at_s: float) -> float:
    """A slow swing between 0 and 1."""
    return 0.5 + 0.5 * math.sin(at_s / 21)


def busy_rate(at_s: float) -> float:
    return round(46 + 9 * wave(at_s) + random.uniform(-2, 2), 1) if wave(at_s) > 0.2 else 0.0


def cards(number: int) -> tuple[GpuInfo, ...]:
    return tuple(
        GpuInfo(uuid=f"GPU-fake-{at}", name="NVIDIA GeForce RTX 4090", memory_total_bytes=24 * GIB, power_limit_w=450.0)
        for at in range(number)
    )
