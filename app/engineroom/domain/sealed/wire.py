"""Sealed engines as JSON, and back. What something newer wrote is refused whole."""

import json
from dataclasses import asdict
from typing import Any

from engineroom.domain.sealed.values import FileFact, Measured, SealedEngine

SCHEMA = 1
_LISTS = ("gpu_uuids", "argv", "not_inherited", "remove", "left_out")


def to_json(engine: SealedEngine) -> str:
    """With the number of the form."""
    return json.dumps({"schema": SCHEMA, **asdict(engine)}, indent=1)


def sealed_of(text: str) -> SealedEngine:
    """Raises ValueError for anything else."""
    tree = json.loads(text)
    if not isinstance(tree, dict) or tree.pop("schema", None) != SCHEMA:
        raise ValueError("not of this form")
    try:
        lists = {name: tuple(tree[name]) for name in _LISTS}
        files = {name: tuple(FileFact(**one) for one in tree[name]) for name in ("files", "model_files")}
        steps = {str(stage): tuple(map(str, words)) for stage, words in tree.get("steps", {}).items()}
        return SealedEngine(**(tree | lists | files | {"measured": _measured(tree["measured"]), "steps": steps}))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error


def measured_of(tree: dict[str, Any]) -> Measured:
    """What a trial measured. Raises ValueError."""
    try:
        return _measured(tree)
    except (TypeError, KeyError, ValueError) as error:
        raise ValueError(str(error)) from error


def _measured(tree: dict[str, Any]) -> Measured:
    stages = tuple((str(name), float(seconds)) for name, seconds in tree["stages"])
    alone = tuple(map(float, tree.get("alone_tokens_per_s", ())))
    return Measured(**(tree | {"stages": stages, "alone_tokens_per_s": alone}))
