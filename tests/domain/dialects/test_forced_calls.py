"""A demanded call: what the engine is asked for, and how its answer is read, whole and in any pieces."""

import json
from itertools import pairwise
from typing import Any

import pytest

from engineroom.domain.dialects.called import Called, Calls
from engineroom.domain.dialects.forced_calls import MOST_CALLS, call_schema, forced_call
from engineroom.domain.dialects.schema_limits import unkept
from engineroom.domain.errors import Rejected

AT = {"type": "object", "properties": {"at": {"type": "integer"}}, "required": ["at"]}
LOOK: Any = {"type": "function", "function": {"name": "look", "parameters": AT}}
WAIT: Any = {"type": "function", "function": {"name": "wait"}}
HELLO = [{"role": "user", "content": "hello"}]
NAMED: Any = {"type": "function", "function": {"name": "wait"}}


def asked(**more: Any) -> dict[str, Any]:
    return {"model": "m", "messages": HELLO, "tools": [LOOK, WAIT], **more}


def names_in(schema: Any) -> list[str]:
    rows = schema.get("items", schema)
    return [row["properties"]["name"]["const"] for row in rows.get("anyOf", [rows])]


@pytest.mark.parametrize("choice", [None, "auto", "none"])
def test_what_demands_nothing_is_left_alone(choice: str | None) -> None:
    assert forced_call(asked(tool_choice=choice), shown=True) is None
    assert forced_call({"messages": HELLO, "tool_choice": "required"}, shown=True) is None
    assert forced_call(asked(tools=[], tool_choice="required"), shown=True) is None


@pytest.mark.parametrize(("choice", "names"), [("required", ["look", "wait"]), (NAMED, ["wait"])])
def test_a_demanded_call_is_a_shape_of_the_answer(choice: Any, names: list[str]) -> None:
    found = forced_call(asked(tool_choice=choice, response_format={"type": "text"}), shown=True)
    assert found is not None
    assert not found.several
    form = found.body["response_format"]
    assert form["type"] == "json_schema"
    assert names_in(form["json_schema"]["schema"]) == names
    assert [tool["function"]["name"] for tool in found.body["tools"]] == names
    assert found.body["tool_choice"] == "none"
    assert found.body["messages"] == HELLO


def test_a_template_without_tools_has_them_told() -> None:
    for before in ([], [{"role": "system", "content": "Be brief."}]):
        found = forced_call(asked(messages=[*before, *HELLO], tool_choice="required"), shown=False)
        assert found is not None
        assert not {"tools", "tool_choice"} & set(found.body)
        system, *rest = found.body["messages"]
        assert rest == HELLO
        assert system["role"] == "system"
        assert system["content"].startswith("Be brief.") is bool(before)
        assert '"name":"look"' in system["content"]


def test_several_calls_only_where_they_are_asked_for() -> None:
    for parallel, choice, several in ((True, "required", True), (False, "required", False), (True, NAMED, False)):
        found = forced_call(asked(tool_choice=choice, parallel_tool_calls=parallel), shown=True)
        assert found is not None
        assert found.several is several
        schema = found.body["response_format"]["json_schema"]["schema"]
        assert (schema.get("maxItems") == MOST_CALLS) is several
        assert "parallel_tool_calls" not in found.body


def test_a_tool_that_is_not_there_cannot_be_demanded() -> None:
    fly = {"type": "function", "function": {"name": "fly"}}
    for wrong in (asked(tool_choice=fly), asked(tools=[{"type": "function"}], tool_choice="required")):
        with pytest.raises(Rejected):
            forced_call(wrong, shown=True)


def test_references_still_lead_where_they_did() -> None:
    """Pydantic's schemas have definitions, and two tools may have different ones of one name."""

    def tool(kind: str) -> Any:
        parameters = {"type": "object", "properties": {"x": {"$ref": "#/$defs/Point"}, "again": {"$ref": "#"},
                      "same": {"$ref": "#/properties/x"}}, "$defs": {"Point": {"type": kind}}}  # fmt: skip
        return {"function": {"name": kind, "parameters": parameters}}

    schema = call_schema([tool("string"), tool("integer")], several=False)

    def follow(reference: str) -> Any:
        found: Any = schema
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        return found

    for row, kind in zip(schema["anyOf"], ("string", "integer"), strict=True):
        arguments = follow(row["properties"]["arguments"]["$ref"])
        assert follow(arguments["properties"]["x"]["$ref"]) == {"type": kind}
        assert follow(arguments["properties"]["again"]["$ref"]) is arguments
        assert follow(arguments["properties"]["same"]["$ref"]) is arguments["properties"]["x"]


ONE = ' {"name": "look", "arguments": {"at": 3, "why": "a \\"}{\\\\", "more": [{"x": {}}]}}\n\n'
TWO = '[{"name":"look","arguments":{"at":1}} ,\n {"name":"wait","arguments":{}}]  '


@pytest.mark.parametrize(("text", "several"), [(ONE, False), (TWO, True)])
def test_calls_are_the_same_however_they_are_cut(text: str, several: bool) -> None:
    rows = json.loads(text)
    wanted = [(row["name"], row["arguments"]) for row in (rows if several else [rows])]
    for first in range(len(text)):
        for cuts in ((first,), (first, (first + len(text)) // 2), tuple(range(len(text)))):
            calls, pieces = Calls(several=several), []
            edges = [0, *sorted(set(cuts)), len(text)]
            for start, end in pairwise(edges):
                found, plain = calls.feed(text[start:end])
                assert plain == ""
                pieces += found
            assert calls.end() == ""
            assert told(pieces) == wanted


def told(pieces: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    names: list[str] = []
    arguments: list[str] = []
    for piece in pieces:
        if "id" in piece:
            assert piece["index"] == len(names)
            names.append(piece["function"]["name"])
            arguments.append("")
        arguments[piece["index"]] += piece["function"]["arguments"]
    return [(name, json.loads(written)) for name, written in zip(names, arguments, strict=True)]


@pytest.mark.parametrize("text", ["Paris is nice.", '{"city": "x"}', "[1, 2]", '{"name": "look"', "{", ""])
def test_what_is_no_call_stays_text(text: str) -> None:
    for step in (1, 3, 100):
        calls, said = Calls(several=False), ""
        for start in range(0, len(text), step):
            pieces, plain = calls.feed(text[start : start + step])
            assert pieces == []
            said += plain
        assert said + calls.end() == text


def test_a_second_call_is_not_told_where_one_was_demanded() -> None:
    pieces, plain = Calls(several=False).feed(ONE + ONE)
    assert len([piece for piece in pieces if "id" in piece]) == 1
    assert plain == ""


def event(**choice: Any) -> bytes:
    return b"data: " + json.dumps({"id": "x", "choices": [{"index": 0, "finish_reason": None, **choice}]}).encode()


def test_a_stream_of_text_is_a_stream_of_calls() -> None:
    deltas = [{"role": "assistant", "content": None}, {"reasoning_content": "hm"}, *({"content": c} for c in ONE)]
    blocks = [event(delta=delta) for delta in deltas] + [event(delta={}, finish_reason="stop"), b"data: [DONE]"]
    called = Called(several=False)
    data = b"".join(called.events(block + b"\n\n") for block in blocks)
    rows = [json.loads(part[6:])["choices"][0] for part in data.split(b"\n\n") if part and b"DONE" not in part]
    assert data.endswith(b"data: [DONE]\n\n")
    assert rows[1]["delta"]["reasoning_content"] == "hm"
    assert not any("content" in row["delta"] and row["delta"]["content"] for row in rows)
    assert told([call for row in rows for call in row["delta"].get("tool_calls", [])])[0][0] == "look"
    assert rows[-1]["finish_reason"] == "tool_calls"


@pytest.mark.parametrize(("reason", "wanted"), [("stop", "tool_calls"), ("length", "length")])
def test_a_whole_answer_is_calls(reason: str, wanted: str) -> None:
    message = {"role": "assistant", "content": ONE}
    whole = {"choices": [{"index": 0, "message": message, "finish_reason": reason}], "usage": {"prompt_tokens": 1}}
    tree = json.loads(Called(several=False).whole(json.dumps(whole).encode()))
    (choice,) = tree["choices"]
    assert choice["message"]["content"] is None
    assert json.loads(choice["message"]["tool_calls"][0]["function"]["arguments"]) == json.loads(ONE)["arguments"]
    assert choice["finish_reason"] == wanted
    assert tree["usage"] == {"prompt_tokens": 1}


def test_calls_of_the_engines_own_are_left_alone() -> None:
    call = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "look", "arguments": "{}"}}
    chunk = {"choices": [{"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": None}]}
    assert Called(several=False).chunk(chunk) == chunk
    for odd in (b"", b"no JSON", b'{"choices": 3}', b'{"choices": [4, {"message": 5}]}', b"[]"):
        assert json_or_none(Called(several=False).whole(odd)) == json_or_none(odd)


def json_or_none(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return data


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "object", "properties": {"not": {"type": "string"}, "format": {"const": 1}}}, ()),
        ({"type": "integer", "minimum": 1, "exclusiveMaximum": 4}, ()),
        ({"type": ["integer", "null"], "minimum": 1}, ()),
        ({"type": "number", "minimum": 1}, ("minimum",)),
        ({"type": "string", "pattern": "^a$", "minLength": 2, "format": "date"}, ()),
        ({"type": "string", "pattern": "^a"}, ("pattern",)),
        ({"type": "string", "format": "email"}, ("format",)),
        ({"items": {"anyOf": [{"not": {}}, {"uniqueItems": True}]}}, ("not", "uniqueItems")),
        ({"$defs": {"x": {"multipleOf": 3}}, "$ref": "#/$defs/x"}, ("multipleOf",)),
        ({"allOf": [{"type": "string"}, {"maxLength": 2}]}, ("allOf",)),
        ({"allOf": [{"properties": {}}, {"$ref": "#/$defs/x"}]}, ()),
        ({"additionalProperties": {"if": {}}}, ("if",)),
        (True, ()),
        ({"properties": [1], "items": False, "anyOf": 3}, ()),
    ],
)
def test_what_the_engine_passes_over_is_known(schema: object, words: tuple[str, ...]) -> None:
    assert unkept(schema) == words
