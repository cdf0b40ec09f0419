"""A model on several machines: planned, and written out as a script for a person to read. Nothing is run here."""

from dataclasses import dataclass, replace

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.library import LibraryEntry
from engineroom.domain.misread import misread
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.parse_faults import Unread
from engineroom.domain.planning.question import Question
from engineroom.domain.planning.values import Gpu, Plan, Runtime
from engineroom.domain.sealed.wish import BuildWish, NodesScript, NodesWish, check_plan
from engineroom.domain.trtllm.command import rank_environment
from engineroom.domain.trtllm.knobs import Whereabouts, engine_launch
from engineroom.domain.trtllm.launch import VirtualEnvironment, serve
from engineroom.domain.trtllm.nodes import Nodes, check_nodes, script_for, world_size
from engineroom.domain.trtllm.probed import Contract, ProbedVersion
from engineroom.services.build_order import runtime_for
from engineroom.services.build_ports import BuildWorld

IMAGE = "nvcr.io/nvidia/tensorrt-llm/release"
SPARK_SM = 121
SPARKS = "NVIDIA validated TensorRT-LLM 1.2 on a single machine of this kind only, not on several."
_GIVEN_BY_MPI = frozenset({"--port", "--tensor_parallel_size", "--tp_size"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a script is for beside its plan: the model, the card of each rank, and the image that has the runtime."""

    card: ModelCard
    gpu: Gpu
    image: str


def node_script(world: BuildWorld, wish: NodesWish, here: LibraryEntry | None = None) -> NodesScript:
    """The script and the option file of a model on several machines. Blocks.

    Args:
        world: of builds.
        wish: what is asked for.
        here: the model, where it is on this computer; else it is looked up as a plan does.

    Raises:
        EngineroomError: ``build_refused``, ``build_needs_yes``, ``runtime_not_found``, and all that a plan may raise.
    """
    asked = wish.build
    runtime = runtime_for(asked.runtime, world.runtimes.installations(), world.runtimes.default())
    probed = None if runtime.gate is None else runtime.gate.probed
    contract = Contract(probed=probed or ProbedVersion(text=runtime.version), tables=world.tables())
    question = Question(
        model=asked.model if here is None else here.path,
        gpu=asked.gpu,
        gpus=len(wish.hosts) * wish.gpus_per_host,
        context_tokens=asked.context_tokens,
        concurrency=asked.concurrency,
        precision=asked.precision,
        kv_dtype=asked.kv_dtype,
        runtime=Runtime.TENSORRT_LLM,
        runtime_version=runtime.version,
    )
    try:
        check_nodes(wish.hosts, wish.gpus_per_host, contract.version, asked.kind)
    except ValueError as error:
        raise _refused(asked, asked.gpu, error) from error
    plan = world.plans().plan(question)
    if here is not None:
        plan = replace(plan, model=here.repo or here.path)
    check_plan(plan, asked)
    manifest = runtime.manifest
    image = (manifest.image if manifest is not None else None) or f"{IMAGE}:{runtime.version}"
    card, gpu = world.plans().basis(question)
    try:
        return written(plan, wish, contract, Basis(card=card, gpu=gpu, image=image))
    except ValueError as error:
        raise _refused(asked, plan.gpu, error) from error


def written(plan: Plan, wish: NodesWish, contract: Contract, basis: Basis) -> NodesScript:
    """The script of a plan. Raises ValueError for a machine's name or a figure that cannot be."""
    name = plan.model.rstrip("/").rpartition("/")[2]
    folder, capability = wish.models_path.rstrip("/"), basis.gpu.compute_capability
    where = Whereabouts(
        model_path=f"{folder}/{name}",
        gpu_uuids=tuple(f"rank {rank}" for rank in range(plan.gpus)),
        sm=None if capability is None else capability[0] * 10 + capability[1],
        place=VirtualEnvironment(trtllm_serve="trtllm-serve"),
        options_path=f"{folder}/{name}.yaml",
        cache_path=folder,
        port=wish.port,
    )
    heads = {group.attention.query_heads for group in basis.card.layers if group.attention is not None}
    if odd := next((count for count in sorted(heads) if count % plan.gpus), None):
        raise Unread("nodes_heads", heads=odd, count=plan.gpus)
    launch = engine_launch(plan, basis.card, contract, where)
    served = serve(launch, contract)
    nodes = Nodes(
        hosts=wish.hosts,
        gpus_per_host=wish.gpus_per_host,
        interfaces=wish.interfaces,
        image=basis.image,
        model=launch.model_path,
        models_path=folder,
        options_path=launch.options_path,
        entry_script=wish.entry_script,
        options=_without(served.options),
        environment=rank_environment(launch),
        remarks=(SPARKS,) if where.sm == SPARK_SM else (),
        port=wish.port,
    )
    return NodesScript(
        script=script_for(nodes),
        options_path=launch.options_path,
        options=served.yaml,
        model=plan.model,
        gpus=world_size(nodes),
        verdict=str(plan.verdict),
    )


def _without(options: tuple[str, ...]) -> tuple[str, ...]:
    """Less what the script itself says of port and ranks."""
    kept: list[str] = []
    words = iter(options)
    for word in words:
        if word in _GIVEN_BY_MPI:
            next(words, None)
        else:
            kept.append(word)
    return tuple(kept)


def _refused(wish: BuildWish, gpu: str, why: ValueError) -> Rejected:
    return Rejected(Code.BUILD_REFUSED, model=wish.model[:200], gpu=gpu, **misread(why))
