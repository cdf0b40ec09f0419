"""Sealed engines of TensorRT-LLM in an engine room without a daemon: the real actor and worker, the double behind."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from domain.sealed.kit import sealed_engine
from engineroom.adapters.finding_store import FindingStore
from engineroom.adapters.load_history import JsonLoadHistory
from engineroom.adapters.repair_store import RepairStore
from engineroom.adapters.signatures import load_signatures
from engineroom.adapters.spawn import PosixSpawner
from engineroom.adapters.upstream import EngineUpstream
from engineroom.daemon.engines_build import timeline_of
from engineroom.domain.engine import EngineState, EngineView
from engineroom.domain.machine import GpuInfo, GpuReading, HostReading
from engineroom.domain.model import ModelSpec
from engineroom.domain.runtimes.values import TENSORRT_LLM
from engineroom.domain.sealed.values import SealedEngine
from engineroom.domain.sealed.wire import to_json
from engineroom.services.card_watch import CardWatch
from engineroom.services.doctor import Doctor
from engineroom.services.doctor_desk import DoctorDesk
from engineroom.services.engine_world import EngineOptions, EngineWorld
from engineroom.services.engines import EngineRoom
from engineroom.services.hub import Hub
from engineroom.services.launchers import TrtLlmLauncher
from engineroom.services.models import ModelShelf
from engineroom.services.notices import NoticeBoard
from engineroom.services.ports import Clock
from engineroom.services.telemetry import Telemetry
from engineroom.services.traffic import TrafficMonitor
from fakes.tensorrt_llm_double.kit import make_runtime, set_scenario
from fakes.tiny_safetensors import config, llama
from services.conftest import PATIENCE_S, machine_with

QUICK = {"pace_s": 0.0, "time_scale": 0.02}
CARD = "GPU-5f5c9bd4-0000-4000-8000-000000000001"
OPTIONS = EngineOptions(context_tokens=4096, slots=1, threads=1, prompt_cache_mib=0)


class TrtLlmStage:
    """An engine room of sealed engines, one for each scenario, all of one version."""

    def __init__(self, folder: Path, clock: Clock, version: str, scenarios: dict[str, dict[str, Any]]) -> None:
        self.folder, self.clock, self.version = folder, clock, version
        self.views: list[EngineView] = []
        self.lines: list[str] = []
        self.sealed = {name: self._seal(name, scenario) for name, scenario in scenarios.items()}
        self.spawner = PosixSpawner(folder / "children.json")
        events = Hub()
        gpu = GpuInfo(uuid=CARD, name="NVIDIA GeForce RTX 5090", memory_total_bytes=34_190_917_632, power_limit_w=None)
        self.telemetry = Telemetry(
            machine=machine_with(gpu), clock=clock, traffic=TrafficMonitor(clock=clock, events=events), events=events
        )
        repairs = RepairStore(folder / "repairs")
        self.desk = DoctorDesk(
            clock=clock,
            repairs=repairs,
            findings=FindingStore(folder / "findings"),
            sealed=lambda spec: self.sealed[spec.id],
            frame=self.telemetry.newest,
        )
        world = EngineWorld(
            clock=clock,
            spawner=self.spawner,
            upstreams=EngineUpstream,
            history=JsonLoadHistory(folder / "history.json"),
            doctor=Doctor(load_signatures()),
            cards=CardWatch(telemetry=self.telemetry, notices=NoticeBoard(events)),
            publish=self._shown,
            log=lambda _, line: self.lines.append(line),
            launchers={TENSORRT_LLM: TrtLlmLauncher(
                timeline=timeline_of, tuning=lambda name: str(folder / "tuning" / name), repair=repairs.path
            )},
            diagnosed=self.desk.failed,
            repair_of=repairs.of,
        )  # fmt: skip
        self.room = EngineRoom(
            shelf=ModelShelf([self._spec(name) for name in scenarios], default=None), options=OPTIONS, world=world
        )
        self.desk.attend(self.room)

    def scenario(self, name: str, **values: Any) -> None:
        """What this engine does from now on."""
        card = {"uuid": CARD, "total_bytes": 34_190_917_632}
        set_scenario(self.folder / f"venv-{name}", **({**QUICK, "gpus": [card]} | values))

    def work(self, *, percent: float) -> None:
        """How busy the card is from now on."""
        reading = GpuReading(
            uuid=CARD, memory_used_bytes=None, memory_total_bytes=None, power_w=None, utilisation_percent=percent,
            temperature_c=None,
        )  # fmt: skip
        self.telemetry.accept_reading(
            HostReading(cpu_percent=None, memory_available_bytes=None, cpu_power_w=None), (reading,)
        )

    async def until(self, name: str, *states: EngineState, advance_s: float = 0.0) -> EngineView:
        """Wait for a state; the clock goes on meanwhile if it is one of ours."""
        async with asyncio.timeout(PATIENCE_S):
            while self.room.view(name).state not in states:
                if advance_s:
                    self.clock.advance(advance_s)  # type: ignore[attr-defined]
                await asyncio.sleep(0.05)
        return self.room.view(name)

    def _shown(self, view: EngineView) -> None:
        self.desk.seen(view)
        self.views.append(view)

    def _spec(self, name: str) -> ModelSpec:
        sealed = self.sealed[name]
        return ModelSpec(
            id=name, name=name, runtime=TENSORRT_LLM, path=str(self.folder / "engines" / name),
            runtime_version=self.version, context_tokens=sealed.context_tokens, slots=sealed.concurrency,
        )  # fmt: skip

    def _seal(self, name: str, scenario: dict[str, Any]) -> SealedEngine:
        model = self.folder / "Tiny-Llama"
        if not model.exists():
            model.mkdir()
            (model / "config.json").write_bytes(config())
            (model / "model.safetensors").write_bytes(llama())
        programs = make_runtime(self.folder / f"venv-{name}", self.version)
        self.scenario(name, **scenario)
        made = sealed_engine(self.version, max_seq_len=4096, max_batch_size=2)
        argv = (str(programs / "trtllm-serve"), "serve", str(model), *made.argv[3:])
        sealed = replace(made, id=name, argv=argv, model_path=str(model))
        home = self.folder / "engines" / name
        home.mkdir(parents=True)
        (home / "options.yaml").write_text(sealed.yaml, "utf-8")
        (home / "manifest.json").write_text(to_json(sealed), "utf-8")
        assert json.loads((home / "manifest.json").read_text("utf-8"))["id"] == name
        return sealed
