"""Runtimes over the real uv, the real worker, package indexes on the loopback, and the double of the engine."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil
import pytest

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
from engineroom.services.hub import Hub, Topic
from engineroom.services.jobs import Jobs
from engineroom.services.runtime_shelf import RuntimeWorld
from engineroom.services.runtimes import Runtimes
from fakes.package_index import PackageIndex
from fakes.tiny_safetensors import config, llama
from fakes.whole_files import write_whole

PATIENCE_S = 90.0
SLOW = 50.0
"""Tokens per second of an engine that is slower than the other on a busy computer too."""
HOST = HostInfo(
    hostname="h", system="s", cpu_name="c", physical_cores=1, logical_cores=1, memory_total_bytes=2**36,
    cpu_power_source=None,
)  # fmt: skip
CARD = GpuInfo(
    uuid="GPU-d0b1e000-0000-4000-8000-000000000000", name="NVIDIA GeForce RTX 5090", memory_total_bytes=32 * 2**30,
    power_limit_w=575.0, compute_capability="12.0",
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
    pids: dict[int, str] = field(default_factory=dict)

    def using(self, product: str, version: str | None, runtime: str | None = None) -> tuple[str, ...]:
        return tuple(name for name, on in self.running.items() if on == version and product == "tensorrt-llm")

    def on_cards(self) -> dict[int, str]:
        return self.pids

    async def stop(self, engines: Iterable[str]) -> None:
        for engine in engines:
            del self.running[engine]


class ToldJobs(Hub):
    """Keeps every word of jobs."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs: list[JobView] = []

    def publish(self, topic: Topic, payload: object) -> None:
        if isinstance(payload, JobView):
            self.jobs.append(payload)
        super().publish(topic, payload)

    def counted(self, job: str) -> JobView:
        """The job as it last had bytes."""
        return next(one for one in reversed(self.jobs) if one.id == job and one.total_bytes)


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
        self.cards_known = asyncio.Event()
        self.cards_known.set()
        self.offline = False
        self.card_patience_s = 0.5
        self.findings: tuple[Finding, ...] = ()
        self.log: list[str] = []
        self.events = ToldJobs()
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
                cards_known=self.cards_known.wait,
                look=self._look,
                words=lambda found: " ".join(" ".join(finding_words(one)) for one in found),
                gate_words=_gate_words,
                ask_models=ask_models,
                smallest=lambda: None,
                offline=lambda: self.offline,
                llama_cpp_version="1",
                card_patience_s=self.card_patience_s,
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

    async def kill_worker(self, job: JobView) -> None:
        """``kill -9`` to the worker of a job, and see it through."""
        (worker,) = self.spawner.pids()
        os.kill(worker, signal.SIGKILL)
        await self.over(job)

    async def kill_in(self, job: JobView, among: Collection[str]) -> str | None:
        """Kill the worker in the next of some stages; which it was, ``None`` if the job came to its end before."""

        def over_or_there() -> bool:
            now = self.jobs.job(job.id)
            return not now.active or (now.stage in among and len(self.spawner.pids()) == 1)

        await self.see(over_or_there)
        now = self.jobs.job(job.id)
        if not now.active:
            return None
        await self.kill_worker(job)
        assert self.jobs.job(job.id).state is JobState.FAILED
        return str(now.stage)

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
        write_whole(place, json.dumps({"pace_s": 0.0, "time_scale": 0.02} | values))


def worker_command(arguments: Iterable[str]) -> list[str]:
    """The real worker, from the checkout."""
    return [sys.executable, "-m", "engineroom", "worker", *arguments]


def _gate_words(result: GateResult) -> str:
    return "; ".join(filter(None, map(gate_words, result.checks)))


async def nothing_left_behind(folder: Path) -> None:
    """Wait until no program runs from below a folder: what was told to end, or ends by itself, takes its moment."""
    deadline_s = asyncio.get_running_loop().time() + PATIENCE_S
    while left := left_behind(folder):
        if asyncio.get_running_loop().time() > deadline_s:
            pytest.fail("\n".join(["left behind:", *map(_told, left)]))
        await asyncio.sleep(0.02)


def _told(pid: int) -> str:
    with contextlib.suppress(psutil.Error):
        return f"{pid}: {' '.join(psutil.Process(pid).cmdline())}"
    return f"{pid}: gone by now"


def left_behind(folder: Path) -> list[int]:
    """Programs that run from below a folder; of one that has ended, and waits to be reaped, no words are left."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(folder) in command and int(place.name) != os.getpid():
            found.append(int(place.name))
    return found
