"""What a fix would make that is not there yet: another engine, or another model. Looked up before it is offered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engineroom.domain.errors import Code, EngineroomError, FactValue, Problem
from engineroom.domain.finding import FixBar
from engineroom.domain.fix_steps import FixStep, step
from engineroom.domain.machine import GpuState
from engineroom.domain.model import ModelSpec
from engineroom.domain.planning.candidates import QUANTISED_HERE
from engineroom.domain.planning.question import AUTO, Question
from engineroom.domain.planning.suggest import CARDS
from engineroom.domain.planning.values import Runtime, Support, Verdict
from engineroom.domain.reason import Reason
from engineroom.domain.runtimes.values import Installation
from engineroom.domain.sealed.values import SealedEngine
from engineroom.domain.sealed.wish import BuildWish
from engineroom.domain.trtllm.fixes import FixAction
from engineroom.domain.trtllm.tables import parse_version
from engineroom.services.build_order import name_for
from engineroom.services.build_planner import BuildPlanner
from engineroom.services.build_ports import BuildWorld

PLAINER = ("fp8", "w4a16_awq", "bf16")
"""Precisions to try in turn where the card cannot do the one it was built in; smaller ones where memory is short."""

_NOT_ON_CARD = {Code.PRECISION_NOT_ON_CARD, Code.CARD_NOT_SUPPORTED}
_GGUF = "gguf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """Something to build (``wish``) or to fetch (``repo``, ``variant``); ``does`` says it."""

    does: Reason
    wish: BuildWish | None = None
    repo: str | None = None
    variant: str | None = None


class Prospects:
    """Looks for them. Blocks: it plans."""

    def __init__(self, world: BuildWorld, planner: BuildPlanner) -> None:
        self._world = world
        self._planner = planner

    def of(
        self, spec: ModelSpec, sealed: SealedEngine | None, problem: Problem, action: FixAction
    ) -> Prospect | FixBar | None:
        """What the action would make, or why it cannot; ``None`` for an action that makes nothing."""
        try:
            if action is FixAction.CHOOSE_OTHER_MODEL:
                return self._other_model(spec, sealed)
            if action is FixAction.CHOOSE_OTHER_RUNTIME:
                return self._other_runtime(spec, sealed)
            if action in _OF_ENGINES:
                return FixBar.NOT_KNOWN if sealed is None else self._other_engine(sealed, problem, action)
        except EngineroomError:
            return FixBar.NOTHING_ELSE
        return None

    def again(self, sealed: SealedEngine, runtime: str | None = None) -> BuildWish:
        """The wish for the same engine, with another runtime where one is named."""
        return self._planner.again(sealed, runtime, accept=False)

    def _other_engine(self, sealed: SealedEngine, problem: Problem, action: FixAction) -> Prospect | FixBar:
        wish = self.again(sealed)
        match action:
            case FixAction.PLAN_AGAIN:
                anew = replace(wish, context_tokens=None, kv_dtype=None)
                return FixBar.SAME_ENGINE if self._same(anew, sealed) else _build(FixStep.BUILD_ANEW, anew)
            case FixAction.CHOOSE_OTHER_PRECISION:
                return self._other_precision(wish, sealed, plainer=problem.code in _NOT_ON_CARD)
            case FixAction.MORE_CARDS:
                here = sum(gpu.state is GpuState.OK and sealed.gpu_name in gpu.name
                           for gpu in self._world.machine().gpus)  # fmt: skip
                more = next((count for count in CARDS if wish.gpus < count <= here), None)
                return FixBar.HARDWARE if more is None else _over(replace(wish, gpus=more))
        return _fewer(wish, problem)

    def _other_precision(self, wish: BuildWish, sealed: SealedEngine, *, plainer: bool) -> Prospect | FixBar:
        tried = PLAINER if plainer else QUANTISED_HERE[_after(sealed.precision) :]
        for precision in tried:
            other = replace(wish, precision=precision, kv_dtype=None)
            if precision != sealed.precision and self._fits(other):
                return _build(FixStep.BUILD_IN, other, precision=precision)
        return FixBar.NOTHING_ELSE

    def _same(self, wish: BuildWish, sealed: SealedEngine) -> bool:
        """Whether it would be this very engine: nothing that an engine is known by is another today."""
        entry = self._planner.entry(wish.model)
        plan, site = self._planner.planned(wish, wish.model if entry is None else entry.path)
        repo = self._planner.repo(wish, plan, entry)
        revision = None if entry is None else entry.revision
        return name_for(plan, repo or (wish.model if entry is None else entry.path), revision, site) == sealed.id

    def _fits(self, wish: BuildWish) -> bool:
        entry = self._planner.entry(wish.model)
        plan, _ = self._planner.planned(wish, wish.model if entry is None else entry.path)
        return plan.verdict is not Verdict.NO and plan.support is not Support.BROKEN

    def _other_runtime(self, spec: ModelSpec, sealed: SealedEngine | None) -> Prospect | FixBar:
        """Another installed one, the newest; else the other kind, where the catalogue has weights for it."""
        if sealed is not None:
            others = [one for one in self._usable() if one.id != sealed.runtime]
            if others:
                newest = max(others, key=lambda one: parse_version(one.version)).id
                return _build(FixStep.BUILD_WITH, self.again(sealed, newest), runtime=newest)
        model = spec.source if sealed is None else sealed.repo or sealed.model
        if model is None:
            return FixBar.NOT_KNOWN
        return self._published(model, gguf=sealed is not None, gpu=_card_of(sealed)) or FixBar.NOTHING_ELSE

    def _usable(self) -> Sequence[Installation]:
        here = self._world.runtimes.installations()
        return [one for one in here if one.manifest is not None and (one.gate is None or one.gate.usable)]

    def _other_model(self, spec: ModelSpec, sealed: SealedEngine | None) -> Prospect | FixBar:
        """The best of the catalogue that fits this card and needs nobody's consent."""
        gguf = sealed is None
        runtime = Runtime.LLAMA_CPP if gguf else Runtime.TENSORRT_LLM
        own = {spec.source, None if sealed is None else sealed.repo}
        gpu = _card_of(sealed)
        for row in self._world.plans().rank(Question(gpu=gpu, runtime=runtime)):
            if row.verdict is Verdict.FITS and not row.gated and not own & {row.id, *row.repos}:
                found = self._published(row.id, gguf=gguf, gpu=gpu)
                if found is not None:
                    return found
        return FixBar.NOTHING_ELSE

    def _published(self, model: str, *, gguf: bool, gpu: str) -> Prospect | None:
        """The first way a model of the catalogue is published in that fits and is known to run."""
        # What is there quantised is published otherwise too.
        name = self._world.plans().entry_of(model)
        for row in () if name is None else self._world.plans().checkpoints(Question(model=name, gpu=gpu)):
            if (row.file_format == _GGUF) is gguf and row.verdict is Verdict.FITS and not row.gated:
                wish = BuildWish(model=row.repo, gpu=gpu)
                if gguf:
                    does = step(FixStep.FETCH_GGUF, repo=row.repo, variant=row.variant)
                    return Prospect(does=does, repo=row.repo, variant=row.variant)
                if self._usable() and self._runs_as_it_is(wish, row.precision):
                    return _build(FixStep.BUILD_TRTLLM, wish)
        return None

    def _runs_as_it_is(self, wish: BuildWish, precision: str) -> bool:
        """Nothing is offered that somebody would have to agree to, or that has to be quantised first."""
        plan, _ = self._planner.planned(wish, wish.model)
        ready = (plan.model, plan.precision) == (wish.model, precision)
        return ready and plan.verdict is Verdict.FITS and plan.support is Support.SUPPORTED


_OF_ENGINES = {
    FixAction.PLAN_AGAIN,
    FixAction.CHOOSE_OTHER_PRECISION,
    FixAction.MORE_CARDS,
    FixAction.FEWER_CARDS,
}


def _card_of(sealed: SealedEngine | None) -> str:
    return AUTO if sealed is None else sealed.gpu_name


def _fewer(wish: BuildWish, problem: Problem) -> Prospect | FixBar:
    """As many as there are, or half; less room may mean less context, so that is left to the plan."""
    told = str(problem.facts.get("found") or "")
    most = int(told) if told.isdigit() else wish.gpus // 2
    fewer = next((count for count in (*reversed(CARDS), 1) if count <= most and count < wish.gpus), None)
    if fewer is None:
        return FixBar.HARDWARE
    return _over(replace(wish, gpus=fewer, context_tokens=None, kv_dtype=None))


def _over(wish: BuildWish) -> Prospect:
    if wish.gpus == 1:
        return _build(FixStep.BUILD_OVER_ONE, wish)
    return _build(FixStep.BUILD_OVER, wish, cards=wish.gpus)


def _build(how: FixStep, wish: BuildWish, **facts: FactValue) -> Prospect:
    return Prospect(does=step(how, model=wish.model, **facts), wish=wish)


def _after(precision: str) -> int:
    """Where the smaller ones begin."""
    return QUANTISED_HERE.index(precision) + 1 if precision in QUANTISED_HERE else 0
