"""Reading back the option files that :mod:`engineroom.domain.trtllm.yaml_text` writes, and no others."""

import json
import re

from engineroom.domain.trtllm.yaml_text import Scalar

_LINE = re.compile(r'(?P<in>(?:  )*)(?P<key>[A-Za-z_][A-Za-z0-9_]*|"[^"]*"):(?: (?P<value>.*))?\Z')
_WORDS: dict[str, Scalar] = {"null": None, "true": True, "false": False}
_INT = re.compile(r"-?\d+\Z")
_FLOAT = re.compile(r"-?\d+\.\d+(?:e[+-]?\d+)?\Z")
_ESCAPE = re.compile(r"\\x([0-9a-f]{2})")


def flat_of(text: str) -> dict[str, Scalar]:
    r"""Its keys with dots, and their values; two levels.

    >>> flat_of("kv:\n  dtype: fp8\n  share: 0.9\non_time: true\n")
    {'kv.dtype': 'fp8', 'kv.share': 0.9, 'on_time': True}

    Raises:
        ValueError: for lists, deeper levels, and whatever else we never write.
    """
    flat: dict[str, Scalar] = {}
    above = ""
    for line in text.splitlines():
        found = _LINE.match(line)
        depth = len(found["in"]) // 2 if found else 2
        if found is None or depth > 1:
            raise ValueError(f"not a line of ours: {line[:80]}")
        key, value = found["key"].strip('"'), found["value"]
        if value is None:
            above = key
        else:
            flat[f"{above}.{key}" if depth else key] = _value(value)
    return flat


def _value(text: str) -> Scalar:
    if text in _WORDS:
        return _WORDS[text]
    if text.startswith('"'):
        return str(json.loads(_ESCAPE.sub(r"\\u00\1", text)))
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    if text.startswith(("[", "{", "-", ".")):
        raise ValueError(f"not a value of ours: {text[:80]}")
    return text
