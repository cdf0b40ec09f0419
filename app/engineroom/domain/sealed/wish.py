"""What somebody wants built, and what of it may be built."""

import hashlib
import json
import re
from dataclasses import dataclass

from engineroom.domain.errors import Code, FactValue, Rejected
from engineroom.domain.planning.question import AUTO
from engineroom.domain.planning.values import Plan, Support, Verdict

_NOT_IN_NAMES = re.compile(r"[^a-z0-9.]+")
_MOST_LETTERS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildWish:
    """What to build. ``None`` leaves the choice to the plan.

    ``model`` is a name as :class:`~engineroom.domain.planning.question.Question` knows it, or the id of one that is
    here.  ``runtime`` is the id of an installed one, the default where none is named.  ``accept`` says that a plan
    which may not work is wanted all the same.
    """

    model: str
    runtime: str | None = None
    gpu: str = AUTO
    gpus: int = 1
    context_tokens: int | None = None
    concurrency: int = 1
    precision: str | None = None
    kv_dtype: str | None = None
    accept: bool = False


def check_plan(plan: Plan, wish: BuildWish, *, remote_code: bool = False) -> None:
    """Refuse what cannot work, and ask where it may not.

    Raises:
        Rejected: ``build_refused``, ``build_needs_yes``.
    """
    told: dict[str, FactValue] = {"model": wish.model[:200], "gpu": plan.gpu}
    if plan.verdict is Verdict.NO:
        raise Rejected(Code.BUILD_REFUSED, **told, reason="it does not fit the memory of the card")
    if plan.support is Support.BROKEN:
        reason = f"{plan.precision} is known not to run on this card with this runtime"
        raise Rejected(Code.BUILD_REFUSED, **told, reason=reason)
    doubts = list(_doubts(plan, remote_code=remote_code))
    if doubts and not wish.accept:
        raise Rejected(Code.BUILD_NEEDS_YES, **told, reason="; ".join(doubts))


def _doubts(plan: Plan, *, remote_code: bool) -> list[str]:
    found = []
    if plan.verdict is Verdict.TIGHT:
        found.append("it is within the error of the estimate whether it fits the memory of the card")
    if plan.verdict is Verdict.UNKNOWN:
        found.append("its layers are not known, so nobody can say whether it fits")
    if plan.support in {Support.EXPERIMENTAL, Support.UNTESTED}:
        found.append(f"{plan.precision} is {plan.support} on this card with this runtime")
    if remote_code:
        found.append("it runs program code of its publisher")
    return found


def engine_name(model: str, precision: str, settled: dict[str, FactValue]) -> str:
    """The id of an engine: readable, the same for the same wish, and another for any other.

    >>> engine_name("Org/Tiny-Llama", "bf16", {"context": 2048})
    'tiny-llama-bf16-920701'
    """
    words = model.rstrip("/").rpartition("/")[2]
    slug = _NOT_IN_NAMES.sub("-", words.lower()).strip("-.")[:_MOST_LETTERS] or "model"
    digest = hashlib.sha256(json.dumps([model, precision, settled], sort_keys=True).encode()).hexdigest()[:6]
    return f"{slug}-{precision}-{digest}"
