"""From a plan that may be built to the order of its worker: the engine as it will be, and how it is tried."""

import json
import re
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import PurePath

from engineroom.domain.details import Detail, Impossible, because
from engineroom.domain.errors import Broken, Code, FactValue, Rejected
from engineroom.domain.machine import GpuInfo, GpuState, Machine
from engineroom.domain.misread import misread
from engineroom.domain.model_card.requantise import as_precision
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.support import precision_of
from engineroom.domain.planning.values import EngineKind, Plan, Range
from engineroom.domain.runtimes.values import Installation, RuntimeKind
from engineroom.domain.sealed.stale import driver_generation, runtime_print
from engineroom.domain.sealed.start import ENGINE, NAME, TUNING
from engineroom.domain.sealed.values import BACKEND, CHECKPOINT, COMPILED, BuildStage, SealedEngine, stages_of
from engineroom.domain.sealed.wire import to_json
from engineroom.domain.sealed.wish import engine_name
from engineroom.domain.trtllm.command import Command, command_for, remove_argv
from engineroom.domain.trtllm.knobs import Whereabouts, engine_launch
from engineroom.domain.trtllm.launch import Container, TrtLlmLaunch, VirtualEnvironment
from engineroom.domain.trtllm.probed import Contract, ProbedVersion
from engineroom.domain.trtllm.tables import COMPILED as COMPILED_BACKEND
from engineroom.domain.trtllm.tables import PYTORCH, Tables
from engineroom.domain.trtllm.toolbox import (
    CHECKPOINT_AT,
    COMPILED_AT,
    Bench,
    Tool,
    compile_tool,
    convert_tool,
    quantise_tool,
)
from engineroom.services.doctor import Signature

LABEL = "engineroom.engine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where an engine is built, and of what kind it shall be: the runtime, its folder, the cards.

    ``alone`` is the plan of one answer at a time.
    """

    runtime: Installation
    folder: str
    cards: tuple[GpuInfo, ...]
    machine: Machine
    alone: Plan
    kind: str = CHECKPOINT
    weight_sparsity: bool = False

    @property
    def print(self) -> str | None:
        """Tells the runtime from another one of its version."""
        return None if self.runtime.manifest is None else runtime_print(self.runtime.manifest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A model that is here. ``name`` is as it was asked for."""

    name: str
    path: str
    repo: str | None
    revision: str | None
    card: ModelCard

    def is_made(self, plan: Plan) -> bool:
        """Whether the plan wants another precision than it has."""
        return plan.precision != precision_of(self.card)


def cards_for(plan: Plan, machine: Machine, model: str) -> tuple[GpuInfo, ...]:
    """The cards of this computer that the plan is for. Raises Rejected (``build_refused``)."""
    mine = [gpu for gpu in machine.gpus if gpu.state is GpuState.OK and plan.gpu in gpu.name]
    if len(mine) < plan.gpus:
        why = because(Detail.CARD_ELSEWHERE)
        raise Rejected(Code.BUILD_REFUSED, model=model[:200], gpu=plan.gpu, **why)
    return tuple(mine[: plan.gpus])


def name_for(plan: Plan, source: str, revision: str | None, site: Site) -> str:
    """The engine's id."""
    settled: dict[str, FactValue] = {
        "revision": revision,
        "runtime": site.runtime.id,
        "context": plan.context_tokens,
        "concurrency": plan.concurrency,
        "kv": plan.kv_format,
        "cards": ",".join(gpu.uuid for gpu in site.cards),
        # What makes an engine stale makes it another engine, so that it can be built again beside the old one.
        "driver": driver_generation(site.machine.driver_version),
        "print": site.print,
        "kind": site.kind,
        "sparsity": site.weight_sparsity,
    }
    return engine_name(source, plan.precision, settled)


def order_for(
    name: str, plan: Plan, source: Source, site: Site, *, tables: Tables, signatures: tuple[Signature, ...]
) -> str:
    """The order of a build, as its worker reads it.

    Raises:
        Rejected: ``build_refused``, for a plan that this version of the runtime cannot be started with.
    """
    made = Made.of(plan, source, site)
    contract = _contract(site.runtime, tables, made)
    try:
        launch = _launch(plan, source, site, contract, made)
        command, tools = command_for(launch, contract), _tools(launch, contract, plan, source, site)
    except Impossible as error:
        raise Rejected(Code.BUILD_REFUSED, model=source.name[:200], gpu=plan.gpu, **error.facts) from error
    except ValueError as error:
        raise Rejected(Code.BUILD_REFUSED, model=source.name[:200], gpu=plan.gpu, **misread(error)) from error
    engine = _engine(name, plan, source, site, launched=(launch, command))
    engine = replace(engine, steps={stage: tool.argv for stage, tool in tools.items()})
    return json.dumps(
        {
            "engine": json.loads(to_json(engine)),
            "source": source.path,
            "timing": _timing(site),
            "expects": _expected(plan, source) if made is Made.CHECKPOINT else {},
            "tools": {stage: asdict(tool) for stage, tool in tools.items()},
            "markers": [[marker.step, marker.pattern.pattern] for marker in tables.markers],
            "signatures": [[one.pattern.pattern, one.code, [also.pattern for also in one.also]] for one in signatures],
        },
        indent=1,
    )


def _expected(plan: Plan, source: Source) -> dict[str, int]:
    """Of the model in the precision of the plan."""
    card = as_precision(source.card, plan.precision)
    return {"parameters": card.parameters_total, "weight_bytes": card.weight_bytes}


class Made(StrEnum):
    """What of an engine is made here: nothing, a checkpoint, or a compiled engine. The value is where it lies."""

    NOTHING = ""
    CHECKPOINT = CHECKPOINT_AT
    COMPILED = COMPILED_AT

    @classmethod
    def of(cls, plan: Plan, source: Source, site: Site) -> "Made":
        """Which of them."""
        if site.kind == COMPILED:
            return cls.COMPILED
        return cls.CHECKPOINT if source.is_made(plan) else cls.NOTHING


def _tools(launch: TrtLlmLaunch, contract: Contract, plan: Plan, source: Source, site: Site) -> dict[BuildStage, Tool]:
    bench = Bench(
        launch=launch,
        contract=contract,
        source=source.path,
        folder=site.folder,
        weights_format=precision_of(source.card),
        kv_format=plan.kv_format,
        timing=_timing(site),
        weight_sparsity=site.weight_sparsity,
    )
    match Made.of(plan, source, site):
        case Made.CHECKPOINT:
            return {BuildStage.QUANTISE: quantise_tool(bench)}
        case Made.COMPILED:
            return {BuildStage.CONVERT: convert_tool(bench), BuildStage.COMPILE: compile_tool(bench)}
    return {}


def _timing(site: Site) -> str:
    """The compiler's measurements hold for one runtime on one kind of card."""
    name = f"{site.runtime.id}-{site.print}-{site.cards[0].name}.cache"
    return re.sub(r"[^\w.-]+", "-", name)


def _contract(runtime: Installation, tables: Tables, made: Made) -> Contract:
    probed = None if runtime.gate is None else runtime.gate.probed
    backend = COMPILED_BACKEND if made is Made.COMPILED else PYTORCH
    return Contract(probed=probed or ProbedVersion(text=runtime.version), tables=tables, backend=backend)


def _launch(plan: Plan, source: Source, site: Site, contract: Contract, made: Made) -> TrtLlmLaunch:
    where = Whereabouts(
        model_path=made.value or source.path,
        gpu_uuids=tuple(gpu.uuid for gpu in site.cards),
        sm=_sm(site.cards[0]),
        place=_place(site),
        options_path=f"{ENGINE}/options.yaml",
        cache_path=TUNING,
        kind=site.kind,
        tokenizer_path=source.path if made is Made.COMPILED else None,
    )
    return engine_launch(plan, source.card, contract, where)


def _place(site: Site) -> VirtualEnvironment | Container:
    manifest = site.runtime.manifest
    if site.runtime.kind is RuntimeKind.CONTAINER and manifest is not None:
        program, image = manifest.program or "", manifest.image or ""
        labels = {LABEL: site.runtime.id}
        return Container(tool=PurePath(program).name, program=program, image=image, name=NAME, labels=labels)
    return VirtualEnvironment(trtllm_serve=f"{site.folder}/venv/bin/trtllm-serve")


def _engine(
    name: str, plan: Plan, source: Source, site: Site, *, launched: tuple[TrtLlmLaunch, Command]
) -> SealedEngine:
    launch, command = launched
    return SealedEngine(
        id=name,
        kind=site.kind,
        runtime=site.runtime.id,
        runtime_version=site.runtime.version,
        model=source.name,
        model_path=launch.model_path,
        repo=source.repo,
        revision=source.revision,
        architecture=source.card.architecture,
        precision=plan.precision,
        kv_format=plan.kv_format,
        context_tokens=launch.context_tokens,
        concurrency=launch.concurrency,
        gpu_name=plan.gpu,
        gpu_uuids=launch.gpu_uuids,
        sm=launch.sm,
        driver_version=site.machine.driver_version,
        argv=command.argv,
        environment=dict(command.environment),
        not_inherited=command.not_inherited,
        remove=remove_argv(launch.place) if isinstance(launch.place, Container) else (),
        yaml=command.yaml,
        left_out=command.left_out,
        tool_parser=launch.tool_parser,
        reasoning_parser=launch.reasoning_parser,
        plan=_said(plan, site.alone) | _estimated_for(plan),
        runtime_print=site.print,
        tokenizer_path=launch.model.tokenizer_path,
        weight_sparsity=site.weight_sparsity,
        simulated=site.machine.simulated,
        created_unix_s=0.0,
    )


def _estimated_for(plan: Plan) -> dict[str, FactValue]:
    """Until one was tried here, a compiled engine is estimated as the other backend is."""
    return {BACKEND: PYTORCH} if plan.kind is EngineKind.COMPILED and not plan.learned_runs else {}


def _said(plan: Plan, alone: Plan) -> dict[str, FactValue]:
    """What the plans promised, to hold the trial against: of the asked number at once, and of one answer alone."""
    said: dict[str, FactValue] = {"verdict": str(plan.verdict), "support": str(plan.support)}
    if plan.bill is not None:
        bill = plan.bill
        said |= _ends("total_bytes", bill.total_low_bytes, bill.total_bytes, bill.total_high_bytes, times=plan.gpus)
    speeds: dict[str, Range | None] = {}
    if alone.speed is not None:
        one = alone.speed
        speeds |= {"decode": one.decode, "ttft": one.ttft_s, "joules": one.joules_per_token}
    if plan.speed is not None:
        speeds["throughput"] = plan.speed.throughput
    for name, known in speeds.items():
        if known is not None:
            said |= _ends(name, known.low, known.expected, known.high)
    return said


def _ends(name: str, low: float, expected: float, high: float, *, times: int = 1) -> dict[str, FactValue]:
    return {name: expected * times, f"{name}_low": low * times, f"{name}_high": high * times}


def stages_in(order: str) -> tuple[BuildStage, ...]:
    """The stages that an order has, in their order. Raises Broken (``sealed_broken``)."""
    try:
        return stages_of(json.loads(order))
    except (ValueError, KeyError, TypeError) as error:
        raise Broken(Code.SEALED_BROKEN, path="order.json", **misread(error)) from error


def _sm(gpu: GpuInfo) -> int | None:
    major, dot, minor = (gpu.compute_capability or "").partition(".")
    return int(major) * 10 + int(minor) if dot and major.isdigit() and minor.isdigit() else None


def runtime_for(wanted: str | None, here: tuple[Installation, ...], default: str | None) -> Installation:
    """The runtime to build with: the one named, else the default, else the only one. Raises EngineroomError."""
    whole = {one.id: one for one in here if one.manifest is not None}
    name = wanted or default or (next(iter(whole)) if len(whole) == 1 else None)
    if name is None or name not in whole:
        known = ", ".join(whole) or None
        raise Rejected(Code.RUNTIME_NOT_FOUND, runtime=(name or "tensorrt-llm")[:100], known=known)
    if whole[name].gate is not None and not whole[name].gate.usable:  # type: ignore[union-attr]
        raise Broken(Code.RUNTIME_NOT_PROVED, runtime=name, **because(Detail.GATE_REFUSED))
    return whole[name]
