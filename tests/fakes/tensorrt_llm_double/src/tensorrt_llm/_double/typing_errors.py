"""Errors that other libraries raise in the original, under the names a traceback shows there."""

from typing import Any

WANTED = {int: "a valid integer", float: "a valid number", bool: "a valid boolean", str: "a valid string",
          dict: "a valid dictionary", list: "a valid list"}  # fmt: skip
CODES = {int: "int_type", float: "float_type", bool: "bool_type", str: "string_type", dict: "dict_type",
         list: "list_type"}  # fmt: skip


class ValidationError(ValueError):
    """pydantic's."""

    @classmethod
    def of(cls, owner: str, name: str, code: str, message: str, value: Any) -> "ValidationError":
        """One wrong value in pydantic's words."""
        shown = f"[type={code}, input_value={value!r}, input_type={type(value).__name__}]"
        return cls(f"1 validation error for {owner}\n{name}\n  {message} {shown}")


class ParserError(Exception):
    """PyYAML's."""


ValidationError.__module__ = "pydantic_core._pydantic_core"
ParserError.__module__ = "yaml.parser"


def type_error(wanted: Any, value: Any) -> tuple[str, str] | None:
    """Pydantic's code and words where ``value`` is not of type ``wanted``; None where it is, or can be made so."""
    wanted = dict if isinstance(wanted, type) and issubclass(wanted, dict) else wanted
    if wanted is object or isinstance(value, wanted):
        return None
    if wanted in {int, float, bool} and _lax(wanted, value):
        return None
    return CODES[wanted], f"Input should be {WANTED[wanted]}"


def _lax(wanted: Any, value: Any) -> bool:
    if wanted is bool:
        return value in {0, 1} if isinstance(value, int) else str(value).lower() in {"true", "false", "yes", "no"}
    try:
        return float(value) == int(float(value)) or wanted is float
    except (TypeError, ValueError):
        return False
