"""What of a JSON schema llama.cpp does not hold an answer to.

Seen with xllamacpp 2026.10.11549: it passes over these words without a complaint, and what comes need not obey them.
Of bounds it keeps those of integers, of patterns those from ``^`` to ``$``, of formats four.  References that lead
nowhere, unknown types and schemas that are just true or false it refuses itself.
"""

from collections.abc import Iterator, Mapping
from typing import Any

MOST_CHOICES = 500
"""Each costs time at every token, for everybody whom the engine answers: 500 values take it a second or more."""

MOST_OPENED = 200
MOST_LETTERS = 8192
"""Of a grammar: its parser goes one level deeper at each bracket, and a hundred thousand of them end the engine."""

_NEVER = frozenset(
    {
        "contains", "dependencies", "dependentRequired", "dependentSchemas", "else", "if", "maxContains",
        "maxProperties", "minContains", "minProperties", "multipleOf", "not", "patternProperties", "propertyNames",
        "then", "unevaluatedItems", "unevaluatedProperties", "uniqueItems",
    }
)  # fmt: skip
_OF_INTEGERS = frozenset({"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum"})
_FORMATS = frozenset({"date", "date-time", "time", "uuid"})
_NAMED = ("$defs", "definitions", "properties")
_LISTED = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE = ("additionalProperties", "items")
_IS_ONE = frozenset({"$ref", "properties"})


def unkept(schema: object) -> tuple[str, ...]:
    """Words of this schema that the engine passes over, each once, in order.

    >>> unkept({"type": "object", "properties": {"not": {"type": "number", "minimum": 1}}})
    ('minimum',)
    """
    return tuple(sorted(set(_found(schema))))


def choices(schema: object) -> int:
    """How many ways on a schema offers: values of enums, alternatives, properties that may be left out.

    >>> choices({"properties": {"a": {"enum": [1, 2]}, "b": {}}, "required": ["a"]})
    3
    """
    if not isinstance(schema, Mapping):
        return 0
    named, needed = schema.get("properties"), _rows(schema.get("required"))
    optional = sum(name not in needed for name in named) if isinstance(named, Mapping) else 0
    own = len(_rows(schema.get("enum"))) + sum(len(_rows(schema.get(name))) for name in ("anyOf", "oneOf"))
    return own + optional + sum(map(choices, _below(schema)))


def too_much(tree: Mapping[str, Any]) -> str | None:
    """What of the engine's own ways to shape an answer would keep it from everybody else; ``None`` if nothing does.

    >>> too_much({"grammar": "root ::= " + "(" * 1000})
    'the grammar has 1000 brackets; 200 are the most'
    """
    grammar, form = tree.get("grammar"), tree.get("response_format")
    if isinstance(grammar, str):
        opened, ways = grammar.count("(") + grammar.count("["), grammar.count("|")
        for what, found, most in (("letters", len(grammar), MOST_LETTERS), ("brackets", opened, MOST_OPENED),
                                  ("alternatives", ways, MOST_CHOICES)):  # fmt: skip
            if found > most:
                return f"the grammar has {found} {what}; {most} are the most"
    asked = form if isinstance(form, Mapping) else {}
    wrapped = asked.get("json_schema")
    inner = wrapped.get("schema") if isinstance(wrapped, Mapping) else None
    found = max(map(choices, (tree.get("json_schema"), asked.get("schema"), inner)))
    if found > MOST_CHOICES:
        return f"the schema has {found} values, alternatives and optional properties; {MOST_CHOICES} are the most"
    return None


def _found(schema: object) -> Iterator[str]:
    if not isinstance(schema, Mapping):
        return
    yield from (word for word in schema if word in _NEVER)
    yield from (word for word in schema if word in _OF_INTEGERS and not _is_integer(schema))
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and not (pattern.startswith("^") and pattern.endswith("$")):
        yield "pattern"
    if "format" in schema and schema["format"] not in _FORMATS:
        yield "format"
    if any(isinstance(one, Mapping) and not _IS_ONE & set(one) for one in _rows(schema.get("allOf"))):
        yield "allOf"
    for below in _below(schema):
        yield from _found(below)


def _is_integer(schema: Mapping[str, Any]) -> bool:
    kinds = schema.get("type")
    return kinds == "integer" or (isinstance(kinds, list) and "integer" in kinds and "number" not in kinds)


def _below(schema: Mapping[str, Any]) -> Iterator[object]:
    for name in _NAMED:
        named = schema.get(name)
        yield from named.values() if isinstance(named, Mapping) else ()
    for name in _LISTED:
        yield from _rows(schema.get(name))
    yield from (schema.get(name) for name in _SINGLE)


def _rows(value: object) -> list[object]:
    return value if isinstance(value, list) else []
