"""From a plan that may be built to the order of its worker: the engine as it will be, and how it is tried."""

import json
from dataclasses import asdict, dataclass
from pathlib import PurePath

from engineroom.domain.errors import Broken, Code, FactValue, Rejected
from engineroom.domain.machine import GpuInfo, GpuState, Machine
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.support import precision_of
from engineroom.domain.planning.values import Plan
from engineroom.domain.runtimes.values import Installation, RuntimeKind
from engineroom.domain.sealed.start import ENGINE, NAME, TUNING
from engineroom.domain.sealed.values import CHECKPOINT, SealedEngine
from engineroom.domain.sealed.wire import to_json
from engineroom.domain.sealed.wish import engine_name
from engineroom.domain.trtllm.building import Quantise, quantise_argv
from engineroom.domain.trtllm.command import Command, command_for, remove_argv
from engineroom.domain.trtllm.launch import Container, ModelFacts, TrtLlmLaunch, VirtualEnvironment
from engineroom.domain.trtllm.probed import Contract, ProbedVersion
from engineroom.domain.trtllm.tables import Tables
from engineroom.services.doctor import Signature

LABEL = "engineroom.engine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where an engine is built: the runtime, its folder, the cards."""

    runtime: Installation
    folder: str
    cards: tuple[GpuInfo, ...]
    machine: Machine


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
        reason = "that card is not in this computer, and an engine is built where it runs"
        raise Rejected(Code.BUILD_REFUSED, model=model[:200], gpu=plan.gpu, reason=reason)
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
    }
    return engine_name(source, plan.precision, settled)


def order_for(
    name: str, plan: Plan, source: Source, site: Site, *, tables: Tables, signatures: tuple[Signature, ...]
) -> str:
    """The order of a build, as its worker reads it.

    Raises:
        Rejected: ``build_refused``, for a plan that this version of the runtime cannot be started with.
    """
    contract, made = _contract(site.runtime, tables), source.is_made(plan)
    model_path = f"{ENGINE}/checkpoint" if made else source.path
    try:
        launch = _launch(plan, source, site, contract, model_path)
        command = command_for(launch, contract)
        quantise = _quantise(plan, source, site, tables) if made else ()
    except ValueError as error:
        raise Rejected(Code.BUILD_REFUSED, model=source.name[:200], gpu=plan.gpu, reason=str(error)) from error
    engine = _engine(name, plan, source, site, launched=(launch, command))
    return json.dumps(
        {
            "engine": json.loads(to_json(engine)),
            "source": source.path,
            "quantise": quantise,
            "markers": [[marker.step, marker.pattern.pattern] for marker in tables.markers],
            "signatures": [[one.pattern.pattern, one.code, [also.pattern for also in one.also]] for one in signatures],
        },
        indent=1,
    )


def _contract(runtime: Installation, tables: Tables) -> Contract:
    probed = None if runtime.gate is None else runtime.gate.probed
    return Contract(probed=probed or ProbedVersion(text=runtime.version), tables=tables)


def _launch(plan: Plan, source: Source, site: Site, contract: Contract, model_path: str) -> TrtLlmLaunch:
    card, version = source.card, contract.version
    facts = ModelFacts(
        architecture=card.architecture,
        precision=plan.precision,
        hybrid=any(group.state is not None for group in card.layers),
        remote_code=card.remote_code,
    )
    tables = contract.tables
    return TrtLlmLaunch(
        model_path=model_path,
        model=facts,
        serve_config=plan.serve_config,
        gpu_uuids=tuple(gpu.uuid for gpu in site.cards),
        sm=_sm(site.cards[0]),
        port=0,
        place=_place(site),
        options_path=f"{ENGINE}/options.yaml",
        cache_path=TUNING,
        tool_parser=contract.parser("tool", tables.parser_for("tool", card.architecture, version)),
        reasoning_parser=contract.parser("reasoning", tables.parser_for("reasoning", card.architecture, version)),
    )


def _place(site: Site) -> VirtualEnvironment | Container:
    manifest = site.runtime.manifest
    if site.runtime.kind is RuntimeKind.CONTAINER and manifest is not None:
        program, image = manifest.program or "", manifest.image or ""
        labels = {LABEL: site.runtime.id}
        return Container(tool=PurePath(program).name, program=program, image=image, name=NAME, labels=labels)
    return VirtualEnvironment(trtllm_serve=f"{site.folder}/venv/bin/trtllm-serve")


def _quantise(plan: Plan, source: Source, site: Site, tables: Tables) -> tuple[str, ...]:
    if site.runtime.kind is not RuntimeKind.VENV:
        raise ValueError("a precision of one's own is made with a runtime in an environment, not in a container")
    programs = f"{site.folder}/venv/bin"
    asked = Quantise(
        python=f"{programs}/python",
        script=f"{programs}/hf_ptq.py",
        model_path=source.path,
        output_path=f"{ENGINE}/checkpoint",
        precision=plan.precision,
        kv_format=plan.kv_format,
        gpus=plan.gpus,
        remote_code=source.card.remote_code,
    )
    return quantise_argv(asked, tables)


def _engine(
    name: str, plan: Plan, source: Source, site: Site, *, launched: tuple[TrtLlmLaunch, Command]
) -> SealedEngine:
    launch, command = launched
    place = launch.place
    return SealedEngine(
        id=name,
        kind=CHECKPOINT,
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
        remove=remove_argv(place) if isinstance(place, Container) else (),
        yaml=command.yaml,
        left_out=command.left_out,
        tool_parser=launch.tool_parser,
        reasoning_parser=launch.reasoning_parser,
        plan=_said(plan),
        simulated=site.machine.simulated,
        created_unix_s=0.0,
    )


def _said(plan: Plan) -> dict[str, FactValue]:
    """What a plan promised, to hold the trial against."""
    speed = None if plan.speed is None else asdict(plan.speed.decode)
    return {
        "verdict": str(plan.verdict),
        "support": str(plan.support),
        "total_bytes": None if plan.bill is None else plan.bill.total_bytes,
        "decode_tokens_per_s": None if speed is None else speed["expected"],
    }


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
        raise Broken(Code.RUNTIME_NOT_PROVED, runtime=name, reason="Its gate has refused it.")
    return whole[name]
