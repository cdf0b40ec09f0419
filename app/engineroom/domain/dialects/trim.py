"""Leaving out the oldest turns of a conversation, where the client asked for that rather than for a refusal."""

import json
from typing import Any

from engineroom.domain.dialects.chunks import Json

_LEADING = {"system", "developer"}


def without_oldest(messages: list[Json], share: float) -> list[Json] | None:
    """The conversation without its oldest turns, at least one and as many as make up ``share`` of its text.

    What the system says at the beginning and the last turn of the user, with all that followed it, stay.  A turn goes
    as a whole, so that no result is left without its call.  ``None`` where nothing can be left out.
    """
    first = next((at for at, row in enumerate(messages) if row.get("role") not in _LEADING), len(messages))
    turns = _turns(messages[first:])
    if len(turns) < 2:
        return None
    goal, gone, left_out = share * _size(messages), 0, 0
    while left_out < len(turns) - 1 and (not left_out or gone < goal):
        gone += _size(turns[left_out])
        left_out += 1
    return [*messages[:first], *(row for turn in turns[left_out:] for row in turn)]


def _turns(messages: list[Json]) -> list[list[Json]]:
    """Each turn begins with what the user says."""
    turns: list[list[Json]] = []
    for row in messages:
        if not turns or row.get("role") == "user":
            turns.append([])
        turns[-1].append(row)
    return turns


def _size(rows: list[Json]) -> int:
    return sum(len(json.dumps(row, default=_no_text)) for row in rows)


def _no_text(_: Any) -> str:
    return ""
