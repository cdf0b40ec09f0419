"""Which of the candidates to serve for a wish, and why each of the others lost.

Candidates are compared by the rungs of a ladder; the first rung on which two differ decides, and names the reason.
What may be promised comes before what fits only just, that before what nobody has tested, and all before what does not
fit or is known not to run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log2

from engineroom.domain.errors import FactValue
from engineroom.domain.planning.reasons import Why, because
from engineroom.domain.planning.support import RANK, worst
from engineroom.domain.planning.trial import Trial
from engineroom.domain.planning.values import Alternative, Runtime, Support, Verdict, Wish
from engineroom.domain.reason import Reason

LOSS_LIMIT = {Wish.BALANCED: 4.0, Wish.SPEED: 6.0, Wish.CONTEXT: 6.0}
"""Per cent of perplexity above which a precision is chosen only where nothing better does. Ours, not measured."""

QUALITY_LIMIT = 4.0
"""For quality the most exact is taken that fits; beyond this it is said."""

LOSS_WEIGHT = 0.17
"""How balanced weighs exactness: one per cent of perplexity is worth 17 % of speed. Ours, not measured."""

MAKING_COST = 0.35
"""What balanced asks of a precision that would have to be made here, in log speed: about 40 % faster than one that is
there. Making it takes the 16-bit checkpoint, a calibration, and a result nobody else has tried. Ours, not measured."""

SPEED_BONUS = 1.15
"""TensorRT-LLM is taken for speed unless another is faster by more: within the estimate's error it keeps its place."""

LOSS_UNKNOWN = 5.0
"""What a precision nobody measured is taken to lose: more than any good one."""

_FEASIBLE = {
    (Support.SUPPORTED, Verdict.FITS): 0,
    (Support.SUPPORTED, Verdict.TIGHT): 1,
    (Support.EXPERIMENTAL, Verdict.FITS): 2,
    (Support.EXPERIMENTAL, Verdict.TIGHT): 2,
    (Support.UNTESTED, Verdict.FITS): 3,
    (Support.UNTESTED, Verdict.TIGHT): 3,
}
_UNKNOWN_RANK, _NO_RANK = 4, 5

_SPEEDS = ("decode_tokens_per_s", "chosen_tokens_per_s")
_LOSSES = ("loss_percent", "chosen_loss_percent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The winner and the losers, best first, each with its reason."""

    winner: Trial
    losers: tuple[tuple[Trial, Reason], ...]


def choose(trials: Sequence[Trial], wish: Wish) -> Choice:
    """Ranks at least one trial. Equals keep their order, so that ready checkpoints come before those to be made."""
    order = sorted(trials, key=lambda trial: [value for _, value in rungs(trial, wish)])
    winner = order[0]
    return Choice(winner=winner, losers=tuple((loser, lost_because(loser, winner, wish)) for loser in order[1:]))


def rungs(trial: Trial, wish: Wish) -> list[tuple[str, float]]:
    """The ladder: name and value of each rung, less is better."""
    loss = _loss(trial)
    runtime = float(trial.candidate.runtime is not Runtime.TENSORRT_LLM)
    feasible = _feasible(trial)
    ladder = [("feasible", float(feasible))]
    if feasible == _NO_RANK:
        faults = sum(one.support is Support.BROKEN for one in trial.found)
        ladder += [("support", float(_promise(trial))), ("faults", float(faults))]
        ladder += [("room", float(trial.verdict is Verdict.NO)), ("bytes", float(trial.bill.total_bytes))]
        return [*ladder, ("runtime", runtime)]
    ladder += [("reach", float(not trial.reaches)), ("limit", float(loss > LOSS_LIMIT.get(wish, loss)))]
    speed = trial.decode_tokens_per_s or 0.0
    making = MAKING_COST if trial.candidate.made_from is not None else 0.0
    balance = loss * LOSS_WEIGHT - log(max(speed, 1e-3))
    ladder += {
        Wish.QUALITY: [("loss", round(loss, 1)), ("runtime", runtime), ("speed", -speed)],
        Wish.BALANCED: [("runtime", runtime), ("balance", balance + making)],
        Wish.SPEED: [("speed", -speed * (1.0 if runtime else SPEED_BONUS))],
        Wish.CONTEXT: [("context", -_stretch(trial)), ("runtime", runtime), ("balance", balance)],
    }[wish]
    return ladder


def lost_because(loser: Trial, winner: Trial, wish: Wish) -> Reason:
    """The first rung on which the two differ, in words' codes."""
    for (name, mine), (other_name, theirs) in zip(rungs(loser, wish), rungs(winner, wish), strict=False):
        if name != other_name or mine != theirs:
            faster = (loser.decode_tokens_per_s or 0.0) > (winner.decode_tokens_per_s or 0.0)
            return _reason("runtime" if name == "speed" and faster else name, loser, winner, wish)
    return because(Why.SAME_AS_CHOSEN, model=winner.candidate.card.id)


def alternative_of(loser: Trial, reason: Reason, *, model: str) -> Alternative:
    """What a loser would have been, with the changes to the request that would force it."""
    candidate = loser.candidate
    change = {"precision": candidate.precision, "runtime": candidate.runtime.value, "kv_format": loser.shape.kv_format}
    if candidate.card.id != model:
        change["model"] = candidate.card.id
    return Alternative(
        change={**change},
        verdict=loser.verdict,
        total_bytes=loser.bill.total_bytes,
        reason=reason,
        decode_tokens_per_s=loser.decode_tokens_per_s,
    )


def support_reason(trial: Trial) -> Reason:
    """What is known to speak against a trial."""
    found = worst(trial.found)
    why = {Support.EXPERIMENTAL: Why.EXPERIMENTAL, Support.UNTESTED: Why.UNTESTED}.get(found.support, Why.BROKEN)
    if found.subject == "checkpoint":
        why = Why.NOT_RECOGNISED
    if found.subject == "driver":
        why = Why.DRIVER_TOO_OLD
    more = {"part": found.part, "needs": found.needs} if why is Why.DRIVER_TOO_OLD else {}
    return because(why, subject=found.subject, name=found.name, note=found.note, source=found.source, **more)


def _feasible(trial: Trial) -> int:
    if trial.support is Support.BROKEN or trial.verdict is Verdict.NO:
        return _NO_RANK
    return _FEASIBLE.get((trial.support, trial.verdict), _UNKNOWN_RANK)


def _promise(trial: Trial) -> int:
    return RANK[trial.support]


def _stretch(trial: Trial) -> float:
    """Context in steps of a fifth: less of a difference is none."""
    return round(4 * log2(max(trial.context_max or 1, 1)))


def _loss(trial: Trial) -> float:
    return LOSS_UNKNOWN if trial.loss_percent is None else trial.loss_percent


def _reason(rung: str, loser: Trial, winner: Trial, wish: Wish) -> Reason:
    if rung in ("feasible", "support", "faults", "room"):
        return _infeasible(loser, winner)
    why, facts = {
        "reach": (Why.CONTEXT_TOO_SHORT, ("wanted_tokens",)),
        "limit": (Why.TOO_LOSSY, ("loss_percent", "limit_percent", "wish")),
        "runtime": (Why.OTHER_RUNTIME, ("runtime", "chosen_runtime")),
        "speed": (Why.SLOWER, _SPEEDS),
        "loss": (Why.LESS_EXACT, _LOSSES),
        "balance": (Why.WORSE_BALANCE, (*_LOSSES, *_SPEEDS)),
        "context": (Why.LESS_CONTEXT, ("context_max", "chosen_context_max")),
        "bytes": (Why.LARGER, ("total_bytes", "chosen_total_bytes")),
    }[rung]
    known: dict[str, FactValue] = {
        "wanted_tokens": winner.shape.context_tokens,
        "limit_percent": LOSS_LIMIT.get(wish),
        "wish": wish.value,
    }
    for prefix, trial in (("", loser), ("chosen_", winner)):
        decode = trial.decode_tokens_per_s
        known[f"{prefix}runtime"] = trial.candidate.runtime.value
        known[f"{prefix}loss_percent"] = trial.loss_percent
        known[f"{prefix}context_max"] = trial.context_max
        known[f"{prefix}total_bytes"] = trial.bill.total_bytes
        known[f"{prefix or 'decode_'}tokens_per_s"] = None if decode is None else round(decode, 1)
    return because(why, **{name: known[name] for name in facts})


def _infeasible(loser: Trial, winner: Trial) -> Reason:
    """Support counts before memory: a card that cannot run it is not helped by room."""
    bill = loser.bill
    sizes = {"total_bytes": bill.total_bytes, "available_bytes": bill.available_bytes}
    if _promise(loser) > _promise(winner) or loser.support is Support.BROKEN:
        return support_reason(loser)
    if loser.verdict is Verdict.NO:
        return because(Why.DOES_NOT_FIT, **sizes)
    if loser.verdict is Verdict.UNKNOWN:
        return because(Why.FIT_UNKNOWN, model=loser.candidate.card.id)
    return because(Why.FITS_TIGHTLY, **sizes)
