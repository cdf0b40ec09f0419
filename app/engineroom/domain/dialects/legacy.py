"""Requests and answers of chat completions, said in the way that everybody understands."""

import re

from engineroom.domain.dialects.chunks import Json

_TEXT = rb'\s*:\s*("(?:[^"\\]|\\.)*")'
_CONTENT = re.compile(rb'"reasoning_content"' + _TEXT)
_BETWEEN = re.compile(rb"(\r\n\r\n|\n\n|\r\r)")
_REASONING = re.compile(rb'"reasoning"' + _TEXT)


def with_both_names(data: bytes) -> bytes:
    """Whole events, or a whole answer, with the reasoning under both of its names: every client knows but one.

    Quotes inside of texts are escaped, so these bytes are a key wherever they stand.

    >>> with_both_names(b'{"delta":{"reasoning_content":"a"}}')
    b'{"delta":{"reasoning_content":"a","reasoning":"a"}}'
    """
    if b'"reasoning' not in data:
        return data
    content, reasoning = b'"reasoning_content"' in data, b'"reasoning"' in data
    if content and reasoning:
        # Events that came together need not have it under the same name.
        events = _BETWEEN.split(data)
        return data if len(events) == 1 else b"".join(map(with_both_names, events))
    if content:
        return _CONTENT.sub(rb'"reasoning_content":\1,"reasoning":\1', data)
    if reasoning:
        return _REASONING.sub(rb'"reasoning_content":\1,"reasoning":\1', data)
    return data


def with_reasoning_content(tree: Json) -> Json:
    """Earlier answers with their reasoning under the name that engines read."""
    rows = tree.get("messages")
    return {**tree, "messages": [_renamed(row) for row in rows]} if isinstance(rows, list) else tree


def _renamed(row: object) -> object:
    if not isinstance(row, dict) or not isinstance(row.get("reasoning"), str):
        return row
    plain = {name: value for name, value in row.items() if name != "reasoning"}
    return {"reasoning_content": row["reasoning"], **plain}


def with_tools(tree: Json) -> Json:
    """``functions`` and ``function_call``, as they were called before there were tools, as tools."""
    functions, wanted = tree.get("functions"), tree.get("function_call")
    plain = {name: value for name, value in tree.items() if name not in {"functions", "function_call"}}
    if not isinstance(functions, list) or not functions or plain.get("tools"):
        return plain
    plain["tools"] = [{"type": "function", "function": row} for row in functions]
    if isinstance(wanted, dict):
        plain["tool_choice"] = {"type": "function", "function": wanted}
    elif wanted is not None:
        plain["tool_choice"] = wanted
    return plain
