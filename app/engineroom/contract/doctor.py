"""Objects of ``/control/doctor`` and ``/control/orphans``: why an engine failed, and what can be done.

A finding is there from the moment an engine's state becomes ``failed`` (an ``engine`` event) until it is ready again.
"""

from dataclasses import dataclass

from engineroom.domain.finding import EngineFinding, FixBar, FixMode, FixResult, FixView, Orphan
from engineroom.domain.fix_steps import STEPS, FixStep
from engineroom.domain.trtllm.fixes import Change, FixAction, shown

__all__ = [
    "STEPS",
    "Change",
    "EndRequest",
    "EngineFinding",
    "FixAction",
    "FixBar",
    "FixMode",
    "FixRequest",
    "FixResult",
    "FixStep",
    "FixView",
    "Orphan",
    "shown",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FixRequest:
    """What to do; with ``dry_run`` it is only said what would be done.

    ``accept`` says that an engine which may not work is wanted all the same; ``end`` names the programs of the user,
    of those the offer lists, that may be ended.
    """

    fix: FixAction
    dry_run: bool = False
    accept: bool = False
    end: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRequest:
    """Which process is meant: ``created_s`` as the list told it."""

    created_s: float
