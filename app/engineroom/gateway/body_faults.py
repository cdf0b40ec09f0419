"""What is wrong with the body of one to the control API, as a code and facts; the framework says it in English."""

from collections.abc import Mapping, Sequence
from typing import Any

from engineroom.domain.errors import Code, FactValue, Problem
from engineroom.domain.parse_faults import fault

_BOUNDS = {"greater_than": ">", "greater_than_equal": ">=", "less_than": "<", "less_than_equal": "<="}
_CODES = {
    "missing": "part_missing",
    "extra_forbidden": "part_unknown",
    "unexpected_keyword_argument": "part_unknown",
    "enum": "part_value",
    "literal_error": "part_value",
}
_KINDS = ("_type", "_parsing", "_from_float")
_MOST_SHOWN = 100


def invalid_body(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """The problem of the first of the errors that the framework lists; its ``reason`` are the framework's words."""
    first = errors[0]
    if first["type"] == "json_invalid":
        said = str((first.get("ctx") or {}).get("error", first["msg"]))
        return Problem(code=Code.INVALID_JSON, facts={"reason": said})
    place = ".".join(str(part) for part in first["loc"] if part != "body") or "body"
    told = _told(first, place[:_MOST_SHOWN])
    return Problem(code=Code.INVALID_REQUEST, facts={**told, "reason": f"{place}: {first['msg']}"})


def _told(first: Mapping[str, Any], place: str) -> dict[str, FactValue]:
    kind, context, got = str(first["type"]), first.get("ctx") or {}, repr(first.get("input"))[:_MOST_SHOWN]
    if kind in _CODES:
        return fault(_CODES[kind], name=place, field=place, got=got)
    if kind in _BOUNDS:
        limit = next(iter(context.values()), "?")
        return fault("part_bound", field=place, expected=f"{_BOUNDS[kind]} {limit}")
    if kind.endswith(_KINDS):
        return fault("part_kind", field=place, expected=kind.partition("_")[0], got=got)
    return fault("part_other", field=place, said=str(first["msg"]))
