"""The one place where a plan and a model become the knobs of an engine, wherever that will run."""

from dataclasses import dataclass

from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.values import Plan
from engineroom.domain.sealed.values import CHECKPOINT
from engineroom.domain.trtllm.launch import Container, ModelFacts, TrtLlmLaunch, VirtualEnvironment
from engineroom.domain.trtllm.probed import Contract


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What of a launch is of its place alone; ``gpu_uuids`` are as many as the plan has cards."""

    model_path: str
    gpu_uuids: tuple[str, ...]
    sm: int | None
    place: VirtualEnvironment | Container
    options_path: str
    cache_path: str
    port: int = 0
    kind: str = CHECKPOINT
    tokenizer_path: str | None = None


def engine_launch(plan: Plan, card: ModelCard, contract: Contract, where: Whereabouts) -> TrtLlmLaunch:
    """The launch of a model as planned: sizes from the plan, parsers by the model and what this version has."""
    tables, version = contract.tables, contract.version
    facts = ModelFacts(
        architecture=card.architecture,
        precision=plan.precision,
        hybrid=any(group.state is not None for group in card.layers),
        remote_code=card.remote_code,
        tokenizer_path=where.tokenizer_path,
    )
    return TrtLlmLaunch(
        model_path=where.model_path,
        model=facts,
        kind=where.kind,
        serve_config=plan.serve_config,
        gpu_uuids=where.gpu_uuids,
        sm=where.sm,
        port=where.port,
        place=where.place,
        options_path=where.options_path,
        cache_path=where.cache_path,
        tool_parser=contract.parser("tool", tables.parser_for("tool", card.architecture, version)),
        reasoning_parser=contract.parser("reasoning", tables.parser_for("reasoning", card.architecture, version)),
    )
