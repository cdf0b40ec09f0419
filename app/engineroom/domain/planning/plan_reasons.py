"""Reasons of a plan: what was chosen, what limits it, what is not known and what was followed against advice."""

from collections.abc import Iterator
from dataclasses import dataclass

from engineroom.domain.errors import FactValue
from engineroom.domain.model_card.values import ModelCard, Origin
from engineroom.domain.planning.chooser import LOSS_LIMIT, QUALITY_LIMIT, Choice, support_reason
from engineroom.domain.planning.learned import Corrections
from engineroom.domain.planning.reasons import Why, because
from engineroom.domain.planning.trial import PLAIN_KV, REDUCED_KV, Setting, Trial, version_for
from engineroom.domain.planning.values import Bill, EngineKind, Runtime, Shape, Speed, Support, Verdict
from engineroom.domain.reason import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The winner at the context it would be served with."""

    setting: Setting
    trial: Trial
    shape: Shape
    bill: Bill
    verdict: Verdict
    speed: Speed | None
    context_max: int | None
    limited_by: str | None

    @property
    def card(self) -> ModelCard:
        """Of the winner."""
        return self.trial.candidate.card

    @property
    def corrections(self) -> Corrections:
        """What earlier runs taught of the winner."""
        return self.setting.corrections(self.trial.candidate)


def reasons_of(chosen: Chosen, choice: Choice) -> tuple[Reason, ...]:
    """All of them, what was chosen first."""
    return (
        *_choice(chosen, choice),
        *_cache(chosen),
        *_room(chosen),
        *_others(chosen),
        *_unknowns(chosen),
        *_against_advice(chosen),
    )


def _choice(chosen: Chosen, choice: Choice) -> Iterator[Reason]:
    candidate = choice.winner.candidate
    named: dict[str, FactValue] = {"precision": candidate.precision, "runtime": candidate.runtime.value}
    if choice.losers:
        wish, loss = chosen.setting.request.wish.value, choice.winner.loss_percent
        yield because(Why.CHOSEN, **named, wish=wish, loss_percent=loss, candidates=len(choice.losers) + 1)
    else:
        yield because(Why.ONLY_CANDIDATE, **named)
    if candidate.made_from is not None and candidate.made_from != candidate.precision:
        yield because(
            Why.QUANTISE_HERE,
            precision=candidate.precision,
            from_precision=candidate.made_from,
            model=candidate.card.id,
        )
    elif candidate.made_from is not None:
        yield because(Why.CONVERT_TO_GGUF, precision=candidate.precision, model=candidate.card.id)
    loss, limit = choice.winner.loss_percent, LOSS_LIMIT.get(chosen.setting.request.wish, QUALITY_LIMIT)
    if loss is not None and loss > limit:
        wish = chosen.setting.request.wish.value
        yield because(Why.TOO_LOSSY, loss_percent=loss, limit_percent=limit, wish=wish)
    if choice.winner.support is not Support.SUPPORTED:
        yield support_reason(choice.winner)


def _cache(chosen: Chosen) -> Iterator[Reason]:
    """Why the cache is kept in this format."""
    card, kv_format, runtime = chosen.card, chosen.shape.kv_format, chosen.shape.runtime
    own = card.quantisation.kv_format if card.quantisation else None
    if chosen.setting.request.kv_format is None and own is None and kv_format == REDUCED_KV[runtime]:
        yield because(Why.KV_REDUCED, kv_format=kv_format, instead_of=PLAIN_KV[runtime])
    if own is None or runtime is Runtime.LLAMA_CPP:
        return
    if own == kv_format:
        yield because(Why.KV_OF_CHECKPOINT, kv_format=own)
    else:
        yield because(Why.KV_AGAINST_CHECKPOINT, kv_format=kv_format, checkpoint_format=own)


def _room(chosen: Chosen) -> Iterator[Reason]:
    """What keeps the context from being longer, and whether there is room at all."""
    bill, tokens, native = chosen.bill, chosen.shape.context_tokens, chosen.card.native_context
    if chosen.limited_by == "memory":
        yield because(Why.CONTEXT_LIMITED_BY_MEMORY, context_tokens=tokens, native_context=native)
    elif chosen.limited_by == "model":
        yield because(Why.CONTEXT_LIMITED_BY_MODEL, context_tokens=tokens)
    elif chosen.limited_by is None and chosen.context_max:
        yield because(Why.CONTEXT_MODERATE, context_tokens=tokens, context_max=chosen.context_max)
    available, total = bill.available_bytes, bill.total_bytes
    if available is None:
        return
    if chosen.verdict is Verdict.NO:
        yield because(Why.NO_ROOM, total_bytes=total, available_bytes=available, missing_bytes=total - available)
    if chosen.verdict is Verdict.TIGHT:
        yield because(Why.TIGHT, total_bytes=total, available_bytes=available, margin_bytes=bill.margin_bytes)


def _others(chosen: Chosen) -> Iterator[Reason]:
    """Who else holds memory of the card, the largest first, and what earlier runs taught."""
    held = chosen.bill.held_bytes
    for one in sorted(chosen.setting.gpu.held_by, key=lambda holder: -holder.memory_bytes):
        if one.returns:
            yield because(Why.GIVEN_BACK, program=one.program, returned_bytes=one.memory_bytes)
        else:
            yield because(Why.HELD_BY_OTHERS, program=one.program, memory_bytes=one.memory_bytes, held_bytes=held)
    unnamed = chosen.setting.gpu.held_unnamed_bytes
    if unnamed:
        yield because(Why.HELD_BY_OTHERS, program=None, memory_bytes=unnamed, held_bytes=held)
    compiled, runs = chosen.setting.request.kind is EngineKind.COMPILED, chosen.corrections.runs
    if runs:
        yield because(Why.LEARNED_COMPILED if compiled else Why.LEARNED, runs=runs)
    elif compiled:
        yield because(Why.COMPILED_ESTIMATED)


def _unknowns(chosen: Chosen) -> Iterator[Reason]:
    card, gpu = chosen.card, chosen.setting.gpu
    if "layers" in card.unknowns:
        yield because(Why.LAYERS_UNKNOWN, model=card.id, architecture=card.architecture)
    if not card.weights:
        yield because(Why.WEIGHTS_UNKNOWN, model=card.id)
    if chosen.bill.usable_bytes is None:
        yield because(Why.CARD_MEMORY_UNKNOWN, gpu=gpu.name)
    if card.weights_origin is Origin.CONFIG:
        yield because(Why.WEIGHTS_ESTIMATED, origin=card.weights_origin.value)
    if chosen.speed is None:
        yield because(Why.SPEED_UNKNOWN, gpu=gpu.name)
    elif not chosen.speed.covered:
        yield because(Why.SPEED_NOT_COVERED, gpus=chosen.shape.gpus, runtime=chosen.shape.runtime.value)


def _against_advice(chosen: Chosen) -> Iterator[Reason]:
    """What was asked for and is followed though it will not go well, and whose risk the card is."""
    card, shape, setting = chosen.card, chosen.shape, chosen.setting
    request, native, tokens = setting.request, card.native_context, shape.context_tokens
    if native is not None and tokens > native:
        yield because(Why.CONTEXT_BEYOND_MODEL, context_tokens=tokens, native_context=native)
    if request.depth is not None and request.depth > tokens:
        yield because(Why.DEPTH_BEYOND_CONTEXT, depth=request.depth, context_tokens=tokens)
    if request.batch is not None and request.batch > shape.concurrency:
        yield because(Why.BATCH_BEYOND_CONCURRENCY, batch=request.batch, concurrency=shape.concurrency)
    rule = setting.matrix.rule(shape.runtime.value, version_for(request, shape.runtime))
    if rule is not None and not rule.lists(setting.gpu.name):
        yield because(Why.CARD_NOT_LISTED, gpu=setting.gpu.name, runtime=shape.runtime.value)
    here = setting.platform
    if setting.gpu.owned and shape.runtime is Runtime.LLAMA_CPP and here.llama_cpp_uses_cards is False:
        yield because(Why.BUILT_FOR_CPU, runtime=shape.runtime.value, gpu=setting.gpu.name)
    uneven = _uneven_heads(card, shape)
    if uneven is not None:
        yield because(Why.HEADS_DO_NOT_SPLIT, query_heads=uneven, gpus=shape.gpus)


def _uneven_heads(card: ModelCard, shape: Shape) -> int | None:
    """Query heads of a layer that cannot be dealt out evenly to tensor-parallel ranks."""
    if shape.runtime is not Runtime.TENSORRT_LLM:
        return None
    heads = [group.attention.query_heads for group in card.layers if group.attention is not None]
    return next((count for count in heads if count % shape.gpus), None)
