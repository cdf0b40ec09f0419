"""YAML for the runtime's option file: plain enough that every reader of YAML 1.1 gets back what was put in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite, isnan

Scalar = str | int | float | bool | None
Node = Scalar | Sequence["Node"] | Mapping[str, "Node"]

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_NOT_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"})
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def yaml_text(tree: Mapping[str, Node]) -> str:
    """The file's text.

    Raises:
        ValueError: for a file without a key: the server crashes on one.
    """
    if not tree:
        raise ValueError("an empty option file makes the server fail")
    return "".join(f"{line}\n" for line in _mapping(tree, 0))


def nested(flat: Mapping[str, Scalar]) -> dict[str, Node]:
    """A tree from keys that are written with dots, in their order.

    >>> nested({"a.b": 1, "c": True, "a.d": None})
    {'a': {'b': 1, 'd': None}, 'c': True}
    """
    tree: dict[str, Node] = {}
    for path, value in flat.items():
        top, _, below = path.partition(".")
        if not below:
            tree[top] = value
            continue
        branch = tree.setdefault(top, {})
        if not isinstance(branch, dict):
            raise TypeError(f"{top} is both a value and a branch")
        branch[below] = value
    return tree


def _mapping(tree: Mapping[str, Node], depth: int) -> Iterator[str]:
    for key, value in tree.items():
        yield from _entry(f"{'  ' * depth}{_key(key)}:", value, depth)


def _entry(head: str, value: Node, depth: int) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield head
        yield from _mapping(value, depth + 1)
    else:
        yield f"{head} {_flow(value)}"


def _flow(value: Node) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quoted(key)}: {_flow(below)}" for key, below in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    return _scalar(value)


def _scalar(value: Scalar) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    return str(value) if isinstance(value, int) else _string(value)


def _float(value: float) -> str:
    """With a point before the exponent: YAML 1.1 takes ``1e-05`` for text."""
    if not isfinite(value):
        return ".nan" if isnan(value) else ".inf" if value > 0 else "-.inf"
    digits, exponent, power = repr(value).partition("e")
    if not exponent:
        return digits
    sign = "" if power.startswith("-") else "+"
    return f"{digits if '.' in digits else digits + '.0'}e{sign}{power.lstrip('+')}"


def _key(key: str) -> str:
    return key if _PLAIN_KEY.match(key) and key.lower() not in _NOT_TEXT else _quoted(key)


def _string(text: str) -> str:
    return _key(text) if text else '""'


def _quoted(text: str) -> str:
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable():
        return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
