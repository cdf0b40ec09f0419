"""Values that make no sense are refused on every surface in words of the request, before an engine is loaded for it."""

import json
from collections.abc import Iterator
from typing import Any

import anthropic
import httpx2
import ollama
import openai
import pytest

from e2e.surfaces import CHAT, COMPLETIONS, GENERATE, MESSAGES, OLLAMA, RESPONSES, SURFACES, asking
from e2e.tiny_room import CHAT as MODEL
from e2e.tiny_room import tiny_room
from engine_room import STARTER, EngineRoomProcess
from engineroom.contract.control import EngineState

LENGTH = {RESPONSES: "max_output_tokens", OLLAMA: "num_predict", GENERATE: "num_predict"}
OPENAI = (CHAT, COMPLETIONS, RESPONSES)
OF_OLLAMA = (OLLAMA, GENERATE)
NO_NUMBERS = (True, "1", [1], {})
BAD: dict[str, tuple[tuple[str, ...], tuple[Any, ...]]] = {
    "length": ((*OPENAI, MESSAGES), (0, -2, -100, 1.5)),
    "temperature": ((*OPENAI, MESSAGES), (-0.5, 2.5)),
    "top_p": ((*OPENAI, MESSAGES), (-0.5, 1.5)),
    "presence_penalty": (OPENAI, (-2.5, 2.5)),
    "frequency_penalty": (OPENAI, (-2.5, 2.5)),
    "n": ((CHAT, COMPLETIONS), (0, -1, 1000)),
    "top_k": ((CHAT, COMPLETIONS, MESSAGES), (-2, 0.5)),
    "seed": ((CHAT, COMPLETIONS, *OF_OLLAMA), (0.5,)),
}
"""By field: where it is refused, and what. Whatever is no number is refused wherever there is such a field."""

CASES = [
    (route, LENGTH.get(route, "max_tokens") if name == "length" else name, value)
    for name, (routes, values) in BAD.items()
    for route in SURFACES
    if route in routes or (route in OF_OLLAMA and name != "n")
    for value in (*(values if route in routes else ()), *NO_NUMBERS)
]


@pytest.fixture(scope="module")
def asleep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    """A daemon whose engines start when they are asked; at the end it is seen that none was."""
    with tiny_room(tmp_path_factory.mktemp("refused")) as room:
        yield room
        assert room.engine(MODEL).state is EngineState.STOPPED


def asked_with(route: str, **fields: Any) -> dict[str, Any]:
    """A good request with these fields; Ollama's stand among its options."""
    body = {"model": MODEL, **asking(route, "hello"), "stream": True}
    return {**body, "options": fields} if route in OF_OLLAMA else {**body, **fields}


def refusal(room: EngineRoomProcess, route: str, body: object) -> str:
    """What is said to a request that is refused, if it is said as clients of this surface know it."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    answer = httpx2.post(f"{room.connection().address}{route}", content=data, headers=headers, timeout=60)
    assert answer.status_code == 400, answer.text
    told = answer.json()
    if route in OF_OLLAMA:
        assert set(told) == {"error"}
        return str(told["error"])
    if route == MESSAGES:
        assert (told["type"], told["error"]["type"]) == ("error", "invalid_request_error")
    else:
        assert told["error"].keys() >= {"message", "type", "param", "code"}
        assert told["error"]["type"] == "invalid_request_error"
        assert told["error"]["param"] is None or f"'{told['error']['param']}' " in told["error"]["message"]
    return str(told["error"]["message"])


@pytest.mark.parametrize("route", SURFACES)
def test_no_number_that_makes_no_sense_is_taken(asleep: EngineRoomProcess, route: str) -> None:
    cases = [(name, value) for where, name, value in CASES if where == route]
    assert cases
    for name, value in cases:
        said = refusal(asleep, route, asked_with(route, **{name: value}))
        assert f"'{name}' must be a " in said, (name, value)
        assert ", and is " in said
    assert asleep.engine(MODEL).state is EngineState.STOPPED


@pytest.mark.parametrize("route", SURFACES)
@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_in_json_is_refused(asleep: EngineRoomProcess, route: str, text: str) -> None:
    body = json.dumps(asked_with(route, temperature=0.125)).replace("0.125", text)
    said = refusal(asleep, route, body.encode())
    assert ("NaN and Infinity are no numbers" in said) if text != "1e999" else ("number out of range" in said)


@pytest.mark.parametrize("route", [CHAT, MESSAGES, OLLAMA, RESPONSES])
@pytest.mark.parametrize(
    ("messages", "said"),
    [
        ([{"role": "wizard", "content": "a"}], "role' must be"),
        ([{"role": 5, "content": "a"}], "role' must be"),
        ([{"role": "user", "content": "a"}, {"role": "", "content": "a"}], "role"),
        ([5], "must be"),
        (7, "must be"),
        ({"role": "user", "content": "a"}, "must be a"),
    ],
)
def test_nobody_speaks_whom_no_model_knows(asleep: EngineRoomProcess, route: str, messages: Any, said: str) -> None:
    body = asked_with(route)
    body["input" if route == RESPONSES else "messages"] = messages
    assert said in refusal(asleep, route, body)


@pytest.mark.parametrize("route", [CHAT, COMPLETIONS, MESSAGES, RESPONSES])
def test_nothing_is_no_question(asleep: EngineRoomProcess, route: str) -> None:
    """In Ollama's API it is one: whether the model is there."""
    name = {COMPLETIONS: "prompt", RESPONSES: "input"}.get(route, "messages")
    for nothing in ([], None):
        body = {**asked_with(route, **({"max_tokens": 1} if route == MESSAGES else {})), name: nothing}
        assert f"'{name}' " in refusal(asleep, route, body)
    assert "'max_tokens' is missing" in refusal(asleep, MESSAGES, {**asked_with(MESSAGES), "max_tokens": None})


MANY_VALUES = {"enum": [f"value {number}" for number in range(5000)]}
ENDLESS: dict[str, dict[str, Any]] = {
    "a grammar that is too deep": {"grammar": "root ::= " + "(" * 50_000 + '"a"' + ")" * 50_000},
    "brackets": {"grammar": "root ::= " + "(" * 1000 + '"a"' + ")" * 1000},
    "a grammar of so many ways": {"grammar": "root ::= " + " | ".join(f'"{number}"' for number in range(1000))},
    "a schema beside the messages": {"json_schema": MANY_VALUES},
    "a schema of any object": {"response_format": {"type": "json_object", "schema": MANY_VALUES}},
    "a schema": {"response_format": {"type": "json_schema", "json_schema": {"name": "a", "schema": MANY_VALUES}}},
    "a look back": {"repeat_last_n": 2**31 - 1, "repeat_penalty": 1.1},
    "a look back of another kind": {"dry_penalty_last_n": 2**31 - 1, "dry_multiplier": 0.5},
}
"""Fields of llama.cpp's own: each of these kept it from everybody for minutes, took gigabytes, or ended it."""


@pytest.mark.parametrize("route", [CHAT, COMPLETIONS])
@pytest.mark.parametrize("name", ENDLESS)
def test_what_would_keep_an_engine_from_everybody_is_refused(asleep: EngineRoomProcess, name: str, route: str) -> None:
    body = asked_with(route, **ENDLESS[name])
    said = refusal(asleep, route, body)
    assert "most" in said or "must be" in said or "brackets" in said
    # Names may be written otherwise, and the engine would read them all the same.
    first = next(iter(ENDLESS[name]))
    other = "".join(f"\\u{ord(letter):04x}" for letter in first)
    assert refusal(asleep, route, json.dumps(body).replace(f'"{first}"', f'"{other}"').encode()) == said
    assert asleep.engine(MODEL).state is EngineState.STOPPED


@pytest.mark.parametrize("name", ["tools", "t\\u006f\\u006fls"])
def test_nor_may_a_tool_that_has_to_be_called(asleep: EngineRoomProcess, name: str) -> None:
    function = {"name": "look", "parameters": {"type": "object", "properties": {"at": MANY_VALUES}}}
    body = asked_with(CHAT, tools=[{"type": "function", "function": function}], tool_choice="required")
    said = refusal(asleep, CHAT, json.dumps(body).replace('"tools"', f'"{name}"').encode())
    assert "values, alternatives and optional properties; 500 are the most" in said
    assert asleep.engine(MODEL).state is EngineState.STOPPED


def test_the_official_clients_raise_what_they_raise_for_a_bad_request(asleep: EngineRoomProcess) -> None:
    address = asleep.connection().address
    hello: Any = [{"role": "user", "content": "hello"}]
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        with pytest.raises(
            openai.BadRequestError, match="'temperature' must be a number from 0 to 2, and is 3"
        ) as caught:
            client.chat.completions.create(model=MODEL, messages=hello, temperature=3)
        assert (caught.value.param, caught.value.code) == ("temperature", "invalid_request")
        with pytest.raises(openai.BadRequestError, match="'max_output_tokens' must be a whole number of 1 or more"):
            client.responses.create(model=MODEL, input="hello", max_output_tokens=0)
    with (
        anthropic.Anthropic(base_url=address, api_key="none", max_retries=0) as claude,
        pytest.raises(anthropic.BadRequestError, match="'max_tokens' must be a whole number of 0 or more, and is -1"),
    ):
        claude.messages.create(model=MODEL, messages=hello, max_tokens=-1)
    with (
        ollama.Client(address) as llama,
        pytest.raises(ollama.ResponseError, match="'temperature' must be a number, and is the text 'hot'"),
    ):
        llama.chat(MODEL, hello, options={"temperature": "hot"})


def test_what_clients_at_home_say_is_taken(served: EngineRoomProcess) -> None:
    """-1 for no limit, whole numbers with a point, nulls, and options beyond the range of Ollama's."""
    known: list[tuple[str, dict[str, Any]]] = [
        (CHAT, {"max_tokens": -1, "max_completion_tokens": 2, "top_k": -1, "temperature": 0}),
        (CHAT, {"max_tokens": 2.0, "temperature": None, "top_p": None, "n": None, "seed": -1, "stop": None}),
        (CHAT, {"max_tokens": 2, "messages": [{"role": "control", "content": "a"}, {"role": "user", "content": "b"}]}),
        (COMPLETIONS, {"max_tokens": 2, "top_p": 0, "n": 1.0}),
        (CHAT, {"max_tokens": 1e18, "stop": [" ", "a", "e", "i"]}),
        (OLLAMA, {"options": {"num_predict": 2, "temperature": -1, "top_p": 2, "presence_penalty": 5, "top_k": -1}}),
        (CHAT, {"max_tokens": 2, "grammar": 'root ::= "yes" | "no"'}),
        (CHAT, {"max_tokens": 2, "json_schema": {"enum": ["yes", "no"]}, "repeat_last_n": 64}),
        (OLLAMA, {"options": {"num_predict": 2, "repeat_last_n": -1}}),
        (OLLAMA, {"options": {"num_predict": 2.0}, "messages": [{"role": "User", "content": "a"}]}),
    ]
    for route, fields in known:
        body = {"model": STARTER, **asking(route, "hello"), "stream": False, **fields}
        answer = httpx2.post(f"{served.connection().address}{route}", json=body, timeout=60)
        assert answer.status_code == 200, (route, fields, answer.text)
