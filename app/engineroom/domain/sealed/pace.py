"""How long the stages of a build take on this computer, by what makes them take so long."""

from collections.abc import Callable, Sequence
from math import ceil, log2

from engineroom.domain.job import JobStage

GIB = 2**30


def size_class(weight_bytes: int) -> str:
    """Models about as large: the next power of two in GiB.

    >>> size_class(16 * 2**30), size_class(17 * 2**30), size_class(1000)
    ('16g', '32g', '1g')
    """
    return f"{2 ** max(0, ceil(log2(max(weight_bytes, 1) / GIB)))}g"


def pace_of(runtime: str, card: str, cards: int, weight_bytes: int) -> str:
    """What stages of one pace have in common: the installed runtime, the cards, the size of the model."""
    return f"{runtime}|{cards}x {card}|{size_class(weight_bytes)}"


def stage_key(pace: str, stage: str) -> str:
    """Under which the times of one stage are kept."""
    return f"{pace}|{stage}"


def stages_ahead(stages: Sequence[str], expected_s: Callable[[str], float | None]) -> tuple[JobStage, ...]:
    """The stages of a job before it begins, with what each took before."""
    return tuple(JobStage(name=stage, expected_s=expected_s(stage)) for stage in stages)
