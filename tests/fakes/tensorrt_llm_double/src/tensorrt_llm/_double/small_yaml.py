"""Reads the part of YAML that option files use: block and flow collections, plain and quoted scalars, comments.

The double has no requirements, so it brings its own; ``tests/trtllm_double`` compares it with PyYAML.
"""

import re
from typing import Any

WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
TRUE = {"true", "yes", "on"}
FALSE = {"false", "no", "off"}
NUMBER = re.compile(r"[-+]?[0-9][0-9_]*$")
FLOAT = re.compile(r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$")
KEY = re.compile(r"""(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#{}\[\],&*!|>'"%@`][^#]*?)\s*:(?:\s+|$)""")


class YamlError(Exception):
    """The text is not YAML, or of a kind this reader does not know."""


def load(text: str) -> Any:
    """The value in ``text``; None for a text without content."""
    rows = [row for row in map(_row, text.splitlines()) if row is not None and row[1] != "---"]
    if not rows:
        return None
    value, rest = _block(rows, 0)
    if rest != len(rows):
        raise YamlError(f"expected <block end>, but found {rows[rest][1]!r}")
    return value


def _row(line: str) -> tuple[int, str] | None:
    """Indentation and content, without comment; None for nothing."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        raise YamlError("found character '\\t' that cannot start any token")
    content = _without_comment(line).rstrip()
    stripped = content.lstrip(" ")
    return (len(content) - len(stripped), stripped) if stripped else None


def _without_comment(line: str) -> str:
    quote = ""
    for at, letter in enumerate(line):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'" and (at == 0 or line[at - 1] in " [{,:"):
            quote = letter
        elif letter == "#" and (at == 0 or line[at - 1] == " "):
            return line[:at]
    return line


def _block(rows: list[tuple[int, str]], at: int) -> tuple[Any, int]:
    """The value that begins at row ``at``, and the row after it."""
    indent, content = rows[at]
    if content == "-" or content.startswith("- "):
        return _sequence(rows, at, indent)
    if content[0] not in "[{" and KEY.match(content):
        return _mapping(rows, at, indent)
    joined, end = content, at + 1
    while end < len(rows) and content[0] in "[{" and _depth(joined) > 0:
        joined, end = f"{joined} {rows[end][1]}", end + 1
    return _flow_whole(joined), end


def _mapping(rows: list[tuple[int, str]], at: int, indent: int) -> tuple[dict[Any, Any], int]:
    found: dict[Any, Any] = {}
    while at < len(rows) and rows[at][0] == indent:
        match = KEY.match(rows[at][1])
        if match is None:
            raise YamlError(f"could not find expected ':' in {rows[at][1]!r}")
        rest = rows[at][1][match.end() :].strip()
        if rest:
            rows[at] = (indent + 1, rest)
            if rest[0] not in "[{":
                found[_scalar(match["key"])], at = _scalar(rest), at + 1
            else:
                found[_scalar(match["key"])], at = _block(rows, at)
        else:
            found[_scalar(match["key"])], at = _nested(rows, at + 1, indent)
    if at < len(rows) and rows[at][0] > indent:
        raise YamlError("mapping values are not allowed here")
    return found, at


def _nested(rows: list[tuple[int, str]], at: int, indent: int) -> tuple[Any, int]:
    """What belongs to a key without a value on its line; a sequence may stand at the key's own indentation."""
    if at < len(rows) and (rows[at][0] > indent or (rows[at][0] == indent and rows[at][1].startswith("-"))):
        return _block(rows, at)
    return None, at


def _sequence(rows: list[tuple[int, str]], at: int, indent: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while at < len(rows) and rows[at][0] == indent and rows[at][1].startswith("-"):
        rest = rows[at][1][1:].lstrip()
        if rest:
            rows[at] = (indent + len(rows[at][1]) - len(rest), rest)
            value, at = _block(rows, at)
        else:
            value, at = _nested(rows, at + 1, indent)
        found.append(value)
    return found, at


def _depth(text: str) -> int:
    return sum(text.count(letter) for letter in "[{") - sum(text.count(letter) for letter in "]}")


def _flow_whole(text: str) -> Any:
    if text[0] not in "[{":
        return _scalar(text)
    value, at = _flow(text, 0)
    if text[at:].strip():
        raise YamlError(f"expected <block end>, but found {text[at:]!r}")
    return value


def _flow(text: str, at: int) -> tuple[Any, int]:
    """The flow value at ``at`` and the place after it."""
    at = _skip(text, at)
    if at >= len(text):
        raise YamlError("expected the node content, but found '<stream end>'")
    if text[at] == "{":
        return _flow_mapping(text, at + 1)
    if text[at] == "[":
        return _flow_sequence(text, at + 1)
    end = _scalar_end(text, at)
    return _scalar(text[at:end].strip()), end


def _flow_mapping(text: str, at: int) -> tuple[dict[Any, Any], int]:
    found: dict[Any, Any] = {}
    while (at := _skip(text, at)) < len(text):
        if text[at] == "}":
            return found, at + 1
        end = _scalar_end(text, at, ",}:")
        key, at = _scalar(text[at:end].strip()), _skip(text, end)
        value = None
        if at < len(text) and text[at] == ":":
            value, at = _flow(text, at + 1)
        found[key] = value
        at = _separator(text, at, "}")
    raise YamlError("while parsing a flow mapping: expected ',' or '}'")


def _flow_sequence(text: str, at: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while (at := _skip(text, at)) < len(text):
        if text[at] == "]":
            return found, at + 1
        value, at = _flow(text, at)
        found.append(value)
        at = _separator(text, at, "]")
    raise YamlError("while parsing a flow sequence: expected ',' or ']'")


def _separator(text: str, at: int, end: str) -> int:
    at = _skip(text, at)
    if at < len(text) and text[at] == ",":
        return at + 1
    if at < len(text) and text[at] == end:
        return at
    raise YamlError(f"expected ',' or '{end}'")


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _scalar_end(text: str, at: int, stops: str = ",]}") -> int:
    if text[at] in "\"'":
        end = at + 1
        while end < len(text) and text[end] != text[at]:
            end += 2 if text[end] == "\\" and text[at] == '"' else 1
        return min(end + 1, len(text))
    while at < len(text) and text[at] not in stops:
        at += 1
    return at


def _scalar(text: str) -> Any:
    if text[:1] == '"':
        if len(text) < 2 or text[-1] != '"':
            raise YamlError("found unexpected end of stream while scanning a quoted scalar")
        return text[1:-1].replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\").replace("\\/", "/")
    if text[:1] == "'":
        return text[1:-1].replace("''", "'")
    if text in WORDS:
        return None
    if text.lower() in TRUE | FALSE and text in {text.lower(), text.upper(), text.capitalize()}:
        return text.lower() in TRUE
    if NUMBER.match(text):
        return int(text.replace("_", ""), 8 if re.match(r"[-+]?0[0-7]", text) else 10)
    return float(text.replace("_", "")) if FLOAT.match(text) else text
