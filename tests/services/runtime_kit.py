"""Runtimes over the real uv, the real worker, package indexes on the loopback, and the double of the engine."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from engineroom.adapters.clock import SystemClock
from engineroom.adapters.endpoint_probe import ask_models
from engineroom.adapters.job_store import JsonJobStore
from engineroom.adapters.runtime_sources import load_sources
from engineroom.adapters.runtime_store import RuntimeStore
from engineroom.adapters.runtime_tools import InstallTools
from engineroom.adapters.spawn import PosixSpawner
from engineroom.contract.runtime_sentences import finding_words, gate_words
from engineroom.domain.job import JobKind, JobState, JobView
from engineroom.domain.machine import GpuInfo, HostInfo, Machine, NvmlState
from engineroom.domain.runtimes.preflight import Finding
from engineroom.domain.runtimes.recipe import Source
from engineroom.domain.runtimes.values import GateResult, Installation, RuntimeKind
from engineroom.services.hub import Hub
from engineroom.services.jobs import Jobs
from engineroom.services.runtime_shelf import RuntimeWorld
from engineroom.services.runtimes import Runtimes
from fakes.package_index import PackageIndex
from fakes.tiny_safetensors import config, llama

PATIENCE_S = 90.0
HOST = HostInfo(
    hostname="h", system="s", cpu_name="c", physical_cores=1, logical_cores=1, memory_total_bytes=2**36,
    cpu_power_source=None,
)  # fmt: skip
CARD = GpuInfo(
    uuid="GPU-1", name="NVIDIA GeForce RTX 5090", memory_total_bytes=32 * 2**30, power_limit_w=575.0,
    compute_capability="12.0",
)  # fmt: skip
TORCH = {(1, 2): "2.9.1", (1, 3): "2.14.0", (1, 1): "2.9.1"}


def computer(*cards: GpuInfo) -> Machine:
    """A computer whose cards are made up."""
    return Machine(
        host=HOST, nvml=NvmlState.OK, nvml_detail=None, driver_version="580.95.05", simulated=True, gpus=cards,
        cuda_version="13.0",
    )  # fmt: skip


@dataclass
class Users:
    """Engines that run on runtimes."""

    running: dict[str, str | None] = field(default_factory=dict)

    def using(self, product: str, version: str | None) -> tuple[str, ...]:
        return tuple(name for name, on in self.running.items() if on == version and product == "tensorrt-llm")

    async def stop(self, engines: Iterable[str]) -> None:
        for engine in engines:
            del self.running[engine]


class Stage:
    """Runtimes, their jobs and their world below one folder.

    Args:
        index: where packages come from; an environment cannot be made without one.
    """

    def __init__(self, folder: Path, index: PackageIndex | None = None, *, cards: tuple[GpuInfo, ...] = (CARD,)):
        self.folder = folder
        self.store = RuntimeStore(folder / "runtimes")
        self.users = Users()
        self.machine = computer(*cards)
        self.offline = False
        self.findings: tuple[Finding, ...] = ()
        self.log: list[str] = []
        self.events = Hub()
        self.index = index
        self.spawner = PosixSpawner(folder / "children.json", command=worker_command)
        self.runtimes, self.jobs = self.fresh()

    def fresh(self) -> tuple[Runtimes, Jobs]:
        """As after a restart of the daemon."""
        runtimes = Runtimes(
            RuntimeWorld(
                disk=self.store,
                tools=InstallTools(),
                users=self.users,
                clock=SystemClock(),
                sources=self.sources(),
                machine=lambda: self.machine,
                look=self._look,
                words=lambda found: " ".join(" ".join(finding_words(one)) for one in found),
                gate_words=_gate_words,
                ask_models=ask_models,
                smallest=lambda: None,
                offline=lambda: self.offline,
                llama_cpp_version="1",
            )
        )
        jobs = Jobs(
            clock=SystemClock(),
            spawner=self.spawner,
            store=JsonJobStore(self.folder / "jobs.json"),
            events=self.events,
            handlers={JobKind.INSTALL: runtimes},
            log=lambda _, line: self.log.append(line),
        )
        return runtimes, jobs

    def sources(self) -> tuple[Source, ...]:
        """The bundled table, with the loopback's addresses, and a torch for every version."""
        if self.index is None:
            return load_sources({})
        given = {
            "ENGINEROOM_TORCH_INDEX": self.index.url("torch"),
            "ENGINEROOM_PACKAGE_INDEX": self.index.url("nvidia"),
            "ENGINEROOM_RUNTIME_PYTHON": sys.executable,
        }
        return tuple(replace(row, torch=TORCH[row.version_low]) for row in load_sources(given))

    def _look(self, source: Source, version: str, kind: RuntimeKind) -> tuple[Finding, ...]:
        return self.findings

    def model(self, **changes: object) -> Path:
        """A tiny model whose tool calls the engine can read."""
        folder = self.folder / "Tiny"
        folder.mkdir(exist_ok=True)
        changes = {"model_type": "qwen3", "architectures": ["Qwen3ForCausalLM"]} | changes
        (folder / "config.json").write_bytes(config(**changes))
        (folder / "model.safetensors").write_bytes(llama())
        return folder

    async def installed(self, version: str = "1.2.1", kind: RuntimeKind = RuntimeKind.VENV) -> JobView:
        """Install one and put it through its gate."""
        model = str(self.model())
        return await self.over(await self.runtimes.install(self.jobs, version=version, kind=kind, model=model))

    async def over(self, job: JobView) -> JobView:
        """The job when it runs no more."""
        await self.see(lambda: not self.jobs.job(job.id).active)
        return self.jobs.job(job.id)

    async def done(self, job: JobView) -> JobView:
        """The job, which must have come to its end."""
        ended = await self.over(job)
        assert ended.state is JobState.DONE, (ended.problem, self.log[-30:])
        return ended

    async def see(self, true: Callable[[], bool]) -> None:
        """Look whenever a job has changed, and now and then."""
        async with asyncio.timeout(PATIENCE_S):
            async for _ in self.events.subscribe().batches(idle_s=0.02):
                if true():
                    return

    def place(self, runtime: str, *parts: str) -> Path:
        """A file of a runtime."""
        return Path(self.store.folder(runtime), *parts)

    def installation(self, runtime: str) -> Installation:
        """As it lies on disk."""
        return next(one for one in self.store.installations() if one.id == runtime)

    def gate(self, runtime: str) -> dict[str, str]:
        """What each check of its gate came to, with the reason."""
        found = self.installation(runtime).gate
        assert found is not None
        return {str(check.step): check.reason or str(check.outcome) for check in found.checks}

    def scenario(self, runtime: str, **values: Any) -> None:
        """What the double in an environment does from now on."""
        place = Path(self.store.folder(runtime), "venv", "trtllm_double.json")
        place.write_text(json.dumps({"pace_s": 0.0, "time_scale": 0.02} | values), "utf-8")


def worker_command(arguments: Iterable[str]) -> list[str]:
    """The real worker, from the checkout."""
    return [sys.executable, "-m", "engineroom", "worker", *arguments]


def _gate_words(result: GateResult) -> str:
    return "; ".join(filter(None, map(gate_words, result.checks)))


def left_behind(folder: Path) -> list[int]:
    """Programs that run from below a folder."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(folder) in command and int(place.name) != os.getpid():
            found.append(int(place.name))
    return found
