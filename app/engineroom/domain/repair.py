"""What fixes changed of how an engine is started: kept beside it, never in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from engineroom.domain.errors import FactValue
from engineroom.domain.trtllm.fixes import Change

CONTEXT, SLOTS = "context_tokens", "slots"
"""Knobs of an engine that has no names of its own for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Knobs by the runtime's names, variables of the environment, and options that are left out."""

    knobs: Mapping[str, FactValue] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.knobs or self.environment or self.without)

    def context_tokens(self) -> int | None:
        """The context it asks for, if it does."""
        return _whole(self.knobs.get("max_seq_len", self.knobs.get(CONTEXT)))

    def slots(self) -> int | None:
        """The requests at once it asks for, if it does."""
        return _whole(self.knobs.get("max_batch_size", self.knobs.get(SLOTS)))


NO_REPAIR = Repair()


def together(first: Repair, then: Repair) -> Repair:
    """One after the other; of each knob what it was before them all, and is after."""
    return Repair(
        knobs={**first.knobs, **then.knobs},
        environment={**first.environment, **then.environment},
        without=tuple(sorted({*first.without, *then.without})),
        changes=_merged((*first.changes, *then.changes)),
    )


def _merged(changes: Sequence[Change]) -> tuple[Change, ...]:
    found: dict[str, Change] = {}
    for one in changes:
        before = found[one.knob].before if one.knob in found else one.before
        found[one.knob] = Change(knob=one.knob, before=before, after=one.after)
    return tuple(one for one in found.values() if one.before != one.after)


def to_json(repair: Repair) -> str:
    """To be read by :func:`repair_of`."""
    return json.dumps(asdict(repair), indent=1)


def repair_of(text: str) -> Repair:
    """Raises ValueError for anything else."""
    tree = json.loads(text)
    try:
        changes = tuple(Change(**one) for one in tree["changes"])
        return Repair(**(tree | {"changes": changes, "without": tuple(tree["without"])}))
    except (TypeError, KeyError) as error:
        raise ValueError(str(error)) from error


def _whole(value: FactValue) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
