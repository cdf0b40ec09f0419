"""The plan: everything chosen, its bill, its speed and the reasons. What a request names is followed exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engineroom.domain.model_card.requantise import as_precision
from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.bill import make_bill, plain_bill, usable_of
from engineroom.domain.planning.candidates import candidates_of, source_of
from engineroom.domain.planning.chooser import Choice, alternative_of, choose
from engineroom.domain.planning.experience import Lessons, nothing_learned
from engineroom.domain.planning.formats import kv_name, precision_name
from engineroom.domain.planning.kv import BLOCK_TOKENS
from engineroom.domain.planning.matrix import Matrix
from engineroom.domain.planning.plan_json import plan_json
from engineroom.domain.planning.plan_reasons import Chosen, reasons_of
from engineroom.domain.planning.reasons import Why, because
from engineroom.domain.planning.serve_config import serve_config
from engineroom.domain.planning.solver import largest_concurrency, largest_context
from engineroom.domain.planning.suggest import SMALLER_KV, ways_to_fit
from engineroom.domain.planning.support import precision_of, worst
from engineroom.domain.planning.trial import (
    PLAIN_KV,
    Candidate,
    Setting,
    Trial,
    found_of,
    kv_runs,
    setting_of,
    speed_of,
    try_candidate,
    version_for,
)
from engineroom.domain.planning.values import Alternative, Gpu, Plan, Platform, Request, Runtime, Support, Verdict, Wish
from engineroom.domain.planning.verdict import verdict_of

__all__ = ["MODERATE_CONTEXT", "make_plan", "plan_json"]

MODERATE_CONTEXT = 32_768
"""Tokens per sequence when nobody says and there is room for more: the rest stays free for more at once."""


def make_plan(
    request: Request,
    cards: Sequence[ModelCard],
    gpu: Gpu,
    platform: Platform,
    matrix: Matrix,
    *,
    lessons: Lessons = nothing_learned,
    smaller: Sequence[ModelCard] = (),
    brief: bool = False,
) -> Plan:
    """What to serve of ``cards`` on ``gpu``, and why.

    Args:
        request: what it names is followed, even where it does not fit or is known not to run; the rest is chosen.
        cards: checkpoints of one model, at least one: the model itself first, then ready-quantised siblings.
        gpu: one card; a request for several means several like it.
        platform: where the engine would run.
        matrix: what is known to run.
        lessons: what earlier runs taught, of each candidate.
        smaller: smaller models of the same family, offered where this one does not fit.
        brief: for lists of many models: without other ways to fit and without what is known not to run.
    """
    setting = setting_of(_in_our_names(request), gpu, platform, matrix, lessons=lessons, brief=brief)
    choice = choose(_trials(cards, setting), request.wish)
    chosen = _chosen(setting, choice.winner)
    candidate, shape = choice.winner.candidate, chosen.shape
    return Plan(
        model=candidate.card.id,
        gpu=gpu.name,
        gpus=shape.gpus,
        runtime=shape.runtime,
        runtime_version=_version(request, matrix, shape.runtime),
        precision=candidate.precision,
        kv_format=shape.kv_format,
        context_tokens=shape.context_tokens,
        concurrency=shape.concurrency,
        verdict=chosen.verdict,
        support=choice.winner.support,
        bill=chosen.bill,
        speed=chosen.speed,
        serve_config={} if _unknown(candidate.card) else serve_config(candidate.card, gpu, shape, chosen.bill),
        context_max=chosen.context_max,
        concurrency_max=_concurrency_max(chosen),
        context_limited_by=chosen.limited_by,
        reasons=reasons_of(chosen, choice),
        alternatives=(*_ways(chosen, cards, smaller), *_losers(choice, cards[0].id)),
        learned_runs=chosen.corrections.runs,
        kind=request.kind,
        native_context=candidate.card.native_context,
        gpu_memory_bytes=gpu.memory_total_bytes,
    )


def _trials(cards: Sequence[ModelCard], setting: Setting) -> list[Trial]:
    candidates = candidates_of(cards, setting.request)
    if setting.brief:
        candidates = _promising(candidates, setting)
    return [try_candidate(candidate, setting) for candidate in candidates]


def _promising(candidates: list[Candidate], setting: Setting) -> list[Candidate]:
    """Without those known not to run and those whose weights alone do not fit; the smallest at least stays."""
    runs = [
        one for one in candidates if worst(found_of(one, setting, PLAIN_KV[one.runtime])).support is not Support.BROKEN
    ]
    room = usable_of(setting.gpu)
    fit = [one for one in runs if room is None or one.card.weight_bytes // setting.request.gpus <= room]
    return fit or [min(runs or candidates, key=lambda one: one.card.weight_bytes)]


def _version(request: Request, matrix: Matrix, runtime: Runtime) -> str | None:
    version = version_for(request, runtime)
    rule = matrix.rule(runtime.value, version)
    return version or (rule.default_version if rule else None)


def _in_our_names(request: Request) -> Request:
    precision, kv_format = request.precision, request.kv_format
    return replace(
        request,
        precision=None if precision in (None, "auto") else precision_name(precision) or precision,
        kv_format=None if kv_format in (None, "auto") else kv_name(kv_format) or kv_format,
    )


def _unknown(card: ModelCard) -> bool:
    return "layers" in card.unknowns or not card.weights


def _chosen(setting: Setting, trial: Trial) -> Chosen:
    card, request, corrections = trial.candidate.card, setting.request, setting.corrections(trial.candidate)
    most = None
    if trial.verdict is not Verdict.UNKNOWN:
        most = largest_context(card, setting.gpu, trial.shape, corrections=corrections)
    context, limited_by = _context(card, request, trial, most)
    shape = replace(trial.shape, context_tokens=context)
    draw_up = plain_bill if setting.brief else make_bill
    bill = draw_up(card, setting.gpu, shape, corrections=corrections)
    return Chosen(
        setting=setting,
        trial=trial,
        shape=shape,
        bill=bill,
        verdict=verdict_of(bill, card),
        speed=speed_of(trial.candidate, setting, shape),
        context_max=most,
        limited_by=limited_by,
    )


def _context(card: ModelCard, request: Request, trial: Trial, most: int | None) -> tuple[int, str | None]:
    """Tokens per sequence, and what kept it from being more."""
    if request.context_tokens is not None:
        return request.context_tokens, "request"
    native = card.native_context
    wished = None if request.wish is Wish.CONTEXT else MODERATE_CONTEXT
    if not most:
        return trial.shape.context_tokens, "memory" if most == 0 else None
    known = [tokens for tokens in (native, wished) if tokens is not None]
    target = max(min(known, default=most) // BLOCK_TOKENS * BLOCK_TOKENS, BLOCK_TOKENS)
    if most < target:
        return most, "memory"
    return target, "model" if native is not None and target >= native // BLOCK_TOKENS * BLOCK_TOKENS else None


def _concurrency_max(chosen: Chosen) -> int | None:
    if chosen.context_max is None or chosen.setting.brief:
        return None
    setting = chosen.setting
    return largest_concurrency(chosen.card, setting.gpu, chosen.shape, corrections=chosen.corrections)


def _ways(chosen: Chosen, cards: Sequence[ModelCard], smaller: Sequence[ModelCard]) -> Iterator[Alternative]:
    """What would make it fit, where it does not."""
    setting = chosen.setting
    if setting.brief or chosen.verdict not in (Verdict.NO, Verdict.TIGHT):
        return
    yield from ways_to_fit(
        chosen.card,
        setting.gpu,
        chosen.shape,
        precisions=_other_precisions(chosen, cards),
        requantise=lambda _, precision: _in_precision(cards, precision),
        kv_formats=_kv_that_run(chosen),
        corrections=chosen.corrections,
    )
    for card in smaller:
        trials = [try_candidate(one, setting) for one in candidates_of([card], setting.request)]
        best = choose(trials, setting.request.wish).winner
        if best.verdict is Verdict.FITS and best.support in (Support.SUPPORTED, Support.EXPERIMENTAL):
            total = best.bill.total_bytes
            yield alternative_of(best, because(Why.SMALLER_MODEL, model=card.id, total_bytes=total), model=cards[0].id)


def _other_precisions(chosen: Chosen, cards: Sequence[ModelCard]) -> list[str]:
    """Those that run here, the most exact first."""
    candidate, losses = chosen.trial.candidate, chosen.setting.matrix.losses
    offered = candidates_of(cards, replace(chosen.setting.request, precision=None, runtime=candidate.runtime))
    runs = {
        one.precision
        for one in offered
        if worst(found_of(one, chosen.setting, chosen.shape.kv_format)).support is Support.SUPPORTED
    }
    return sorted(runs - {candidate.precision}, key=lambda name: losses.get(name, 100.0))


def _in_precision(cards: Sequence[ModelCard], precision: str) -> ModelCard | None:
    ready = next((card for card in cards if precision_of(card) == precision), None)
    source = source_of(cards)
    return ready or (as_precision(source, precision) if source is not None else None)


def _kv_that_run(chosen: Chosen) -> list[str]:
    candidate = chosen.trial.candidate
    return [name for name in SMALLER_KV[candidate.runtime] if kv_runs(candidate, chosen.setting, name)]


def _losers(choice: Choice, model: str) -> Iterator[Alternative]:
    for loser, reason in choice.losers:
        yield alternative_of(loser, reason, model=model)
