"""Why a text could not be read, by the error of whoever read it."""

import json
import re
import tomllib
from collections.abc import Callable

from engineroom.domain.errors import FactValue
from engineroom.domain.os_errors import caused
from engineroom.domain.parse_faults import fault

_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TOML: tuple[tuple[str, str], ...] = (
    ("Invalid statement", "toml_start"),
    ("Invalid initial character for a key", "toml_start"),
    ("Expected '='", "toml_equals"),
    ("Invalid value", "toml_value"),
    ("Expected newline", "toml_line_end"),
    ("Cannot ", "toml_twice"),
    ("Duplicate ", "toml_twice"),
    ("Expected ']", "toml_bracket"),
    ("Illegal character '\\n'", "toml_text_open"),
    ("Unterminated string", "toml_text_open"),
    ("Unclosed ", "toml_list_open"),
    ("Unescaped ", "toml_backslash"),
    ("Invalid hex value", "toml_backslash"),
    ("Escaped character", "toml_backslash"),
    ("Found invalid character", "toml_letter"),
    ("Illegal character", "toml_letter"),
    ("Invalid date", "toml_date"),
)
_PART = " - at `"
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Expected `(?P<expected>[^`]+)`, got `(?P<got>[^`]+)`"), "part_kind"),
    (re.compile(r"Object missing required field `(?P<name>[^`]+)`"), "part_missing"),
    (re.compile(r"Object contains unknown field `(?P<field>[^`]+)`"), "part_unknown"),
    (re.compile(r"Invalid enum value (?P<got>.+)"), "part_value"),
    (re.compile(r"Expected (?P<expected>`[^`]+` .+)"), "part_bound"),
)
_MOST_SAID = 200


def misread(error: Exception, text: str = "") -> dict[str, FactValue]:
    """Facts of a problem that leaves its ``reason`` open: of TOML, JSON, UTF-8, or the file itself.

    ``text`` is what was read; by it one knows which line is the last.

    >>> misread(json.JSONDecodeError("Expecting value", "[", 1))["reason"]
    'line 1, column 2 is no JSON'
    """
    if facts := getattr(error, "facts", None):
        return dict(facts)
    for kind, told in _READERS:
        if isinstance(error, kind):
            return told(error, text)
    if isinstance(error, OSError):
        return caused(error)
    return _form(str(error) or type(error).__name__)


def _toml(error: Exception, text: str) -> dict[str, FactValue]:
    said = str(error)
    place = _TOML_PLACE.search(said)
    what = _TOML_PLACE.sub("", said)
    row, column = (place.group(1), place.group(2)) if place else (None, None)
    if row is None:
        ended = text.rstrip("\n")
        row, column = ended.count("\n") + 1, len(ended) - ended.rfind("\n")
    code = next((code for begin, code in _TOML if what.startswith(begin)), "toml_other")
    return fault(code, row=int(row), column=int(column or 1), said=what)


def _json(error: Exception, _text: str) -> dict[str, FactValue]:
    assert isinstance(error, json.JSONDecodeError)
    return fault("json_at", row=error.lineno, column=error.colno, said=error.msg)


def _missing(error: Exception, _text: str) -> dict[str, FactValue]:
    return fault("part_missing", name=str(error.args[0])[:_MOST_SAID] if error.args else "?")


def _form(said: str) -> dict[str, FactValue]:
    """What the decoder of messages says, such as ``Expected `int`, got `str` - at `$.port```."""
    what, _, place = said.partition(_PART)
    for pattern, code in _FORMS:
        if found := pattern.match(what):
            field = place.rstrip("`").removeprefix("$").lstrip(".") or "$"
            return fault(code, **{"field": field, "said": said[:_MOST_SAID], **found.groupdict()})
    return fault("form_other", said=said[:_MOST_SAID])


_READERS: tuple[tuple[type[Exception], Callable[[Exception, str], dict[str, FactValue]]], ...] = (
    (tomllib.TOMLDecodeError, _toml),
    (json.JSONDecodeError, _json),
    (UnicodeDecodeError, lambda _error, _text: fault("not_utf8")),
    (RecursionError, lambda _error, _text: fault("json_deep")),
    (KeyError, _missing),
)
