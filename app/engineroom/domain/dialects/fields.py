"""Fields of a request as they should be; anything else is ``invalid_request`` with the name of the field."""

from collections.abc import Mapping
from typing import Any

from engineroom.domain.dialects.chunks import Json
from engineroom.domain.errors import Code, Rejected

Tree = Mapping[str, Any]
MOST = 2**31 - 1
"""As many as engines can count to."""


def wrong(name: str, wanted: str) -> Rejected:
    """The refusal of a field."""
    return Rejected(Code.INVALID_REQUEST, reason=f"'{name[:100]}' must be {wanted}")


def text(tree: Tree, name: str) -> str | None:
    """A string, or nothing."""
    value = tree.get(name)
    if value is not None and not isinstance(value, str):
        raise wrong(name, "a string")
    return value


def needed_text(tree: Tree, name: str) -> str:
    """A string that has to be there."""
    value = text(tree, name)
    if not value:
        raise Rejected(Code.INVALID_REQUEST, reason=f"'{name}' is missing")
    return value


def model_name(tree: Tree) -> str:
    """The model that a request of Ollama's API names, as it is called now or was called before."""
    return text(tree, "model") or text(tree, "name") or needed_text(tree, "model")


def flag(tree: Tree, name: str) -> bool | None:
    """True, false, or nothing."""
    value = tree.get(name)
    if value is not None and not isinstance(value, bool):
        raise wrong(name, "true or false")
    return value


def number(tree: Tree, name: str, *, low: float, high: float) -> float | None:
    """A number within bounds, or nothing."""
    value = tree.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise wrong(name, f"a number from {low:g} to {high:g}")
    return value


def count(tree: Tree, name: str, *, low: int = 1, high: int = MOST) -> int | None:
    """A whole number within bounds, or nothing."""
    value = tree.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise wrong(
            name, f"a whole number of {low} or more" if high == MOST else f"a whole number from {low} to {high}"
        )
    return value


def mapping(tree: Tree, name: str) -> Json | None:
    """An object, or nothing."""
    value = tree.get(name)
    if value is not None and not isinstance(value, dict):
        raise wrong(name, "an object")
    return value


def rows(tree: Tree, name: str) -> list[Json]:
    """A list of objects; empty when it is not there."""
    value = tree.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise wrong(name, "a list of objects")
    return value


def given(**fields: object) -> Json:
    """Those that are not ``None``."""
    return {name: value for name, value in fields.items() if value is not None}
