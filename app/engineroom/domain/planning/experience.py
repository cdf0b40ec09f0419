"""What was measured on this computer: loads and speeds, and under what they are remembered."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

from engineroom.domain.model_card.values import ModelCard
from engineroom.domain.planning.learned import Corrections, Run
from engineroom.domain.planning.values import EngineKind, Range, Runtime

PROCESSOR = "cpu"
"""Stands for the card where an engine computes on the processor."""

KEPT = 20
"""Measurements that are kept under each key, the newest."""

SURE_AFTER = 5
"""Answers measured before their median replaces the estimate."""

_HEADS = re.compile(r"(for)?(causallm|conditionalgeneration|lmheadmodel)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a measurement holds for. ``version`` is the runtime's; ``card`` a card's name, or :data:`PROCESSOR`.

    ``model_class`` is that of what is served, so for a compiled engine in the precision that it was compiled in.
    """

    runtime: Runtime
    version: str
    card: str
    model_class: str
    kind: EngineKind = EngineKind.CHECKPOINT


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRecord:
    """One load."""

    key: Key
    at_s: float
    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedRecord:
    """One answer of an engine that had nothing else to do. ``depth``: tokens in its cache, halfway through.

    ``weight_bytes`` are the checkpoint's; of a compiled engine those of the checkpoint that it was compiled from.
    """

    key: Key
    weight_bytes: int
    at_s: float
    tokens_per_s: float
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRecord:
    """How long one start took, in seconds. ``weight_bytes`` as in :class:`SpeedRecord`."""

    key: Key
    weight_bytes: int
    at_s: float
    load_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredStart:
    """The median of ``starts`` starts, in seconds."""

    load_s: float
    starts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredSpeed:
    """Decode speed of one stream in tokens/s, over ``answers`` answers; the range is theirs, its middle the median."""

    decode: Range
    answers: int
    depth: int

    @property
    def sure(self) -> bool:
        """Whether there are enough of them to believe them more than an estimate."""
        return self.answers >= SURE_AFTER


Lessons = Callable[[Runtime, ModelCard, str], Corrections]
"""What was learned of a checkpoint in a precision on a runtime; of the card a plan is for."""


def nothing_learned(runtime: Runtime, card: ModelCard, precision: str) -> Corrections:  # noqa: ARG001
    """Lessons of a computer on which nothing has run."""
    return Corrections()


def model_class(card: ModelCard, precision: str) -> str:
    """Models that a runtime lays out alike: ``llama q4_1``, whoever names the architecture."""
    name = re.sub(r"[^a-z0-9]", "", (card.architecture or "unknown").lower())
    return f"{_HEADS.sub('', name) or name} {precision}"


def speed_of(records: Iterable[SpeedRecord]) -> MeasuredSpeed | None:
    """The answers together; ``None`` without any."""
    seen = list(records)
    if not seen:
        return None
    rates = sorted(one.tokens_per_s for one in seen)
    return MeasuredSpeed(
        decode=Range(low=rates[0], expected=median(rates), high=rates[-1]),
        answers=len(rates),
        depth=round(median(one.depth for one in seen)),
    )


def start_of(records: Iterable[StartRecord]) -> MeasuredStart | None:
    """The starts together; ``None`` without any."""
    seen = [one.load_s for one in records]
    return MeasuredStart(load_s=median(seen), starts=len(seen)) if seen else None
