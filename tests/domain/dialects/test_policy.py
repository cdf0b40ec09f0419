"""What becomes of each field, and how requests are said in the way that engines understand."""

import json

import pytest

from engineroom.domain.dialects.legacy import with_both_names, with_reasoning_content, with_tools
from engineroom.domain.dialects.policy import (
    LLAMA_CPP_CHAT,
    LLAMA_CPP_COMPLETIONS,
    TENSORRT_LLM_CHAT,
    Fate,
    first_refused,
)
from engineroom.domain.dialects.trim import without_oldest

DOCUMENTED = [
    "audio", "frequency_penalty", "function_call", "functions", "logit_bias", "logprobs", "max_completion_tokens",
    "max_tokens", "messages", "metadata", "modalities", "model", "moderation", "n", "parallel_tool_calls",
    "prediction", "presence_penalty", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention",
    "reasoning_effort", "response_format", "safety_identifier", "seed", "service_tier", "stop", "store", "stream",
    "stream_options", "temperature", "tool_choice", "tools", "top_logprobs", "top_p", "user", "verbosity",
    "web_search_options",
]  # fmt: skip
LOOK = {"type": "function", "function": {"name": "look"}}
GO = {"type": "function", "function": {"name": "go"}}


def say(role: str, text: str = "words", **more: object) -> dict[str, object]:
    return {"role": role, "content": text, **more}


def test_every_documented_field_has_a_fate() -> None:
    for table in (LLAMA_CPP_CHAT, TENSORRT_LLM_CHAT):
        assert {table.fate(name) for name in DOCUMENTED} == {Fate.HONOURED, Fate.DROPPED, Fate.REFUSED}
    assert LLAMA_CPP_CHAT.fate("min_p") is Fate.PASSED
    assert TENSORRT_LLM_CHAT.fate("something_new") is Fate.DROPPED


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({}, None),
        ({"audio": None, "modalities": ["text"]}, None),
        ({"audio": {"voice": "a"}}, "audio"),
        ({"modalities": ["text", "audio"]}, "modalities"),
        ({"web_search_options": {}}, "web_search_options"),
        ({"store": True}, None),
    ],
)
def test_what_cannot_be_ignored_is_refused(fields: dict[str, object], refused: str | None) -> None:
    assert first_refused(LLAMA_CPP_CHAT, fields) == refused


def test_completions_have_their_own_table() -> None:
    assert first_refused(LLAMA_CPP_COMPLETIONS, {"best_of": 1, "echo": False}) is None
    assert first_refused(LLAMA_CPP_COMPLETIONS, {"best_of": 2}) == "best_of"
    assert first_refused(LLAMA_CPP_COMPLETIONS, {"echo": True}) == "echo"


@pytest.mark.parametrize("text", ["a", "", 'a "quoted" \\ end', "{}", "snow ☃ 🎉", '"reasoning": "x"'])
@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
@pytest.mark.parametrize("spaced", [(",", ":"), (", ", ": ")])
def test_reasoning_goes_out_under_both_names(text: str, name: str, spaced: tuple[str, str]) -> None:
    tree = {"choices": [{"delta": {name: text, "content": "and"}}]}
    data = with_both_names(json.dumps(tree, separators=spaced).encode())
    assert json.loads(data) == {
        "choices": [{"delta": {"reasoning_content": text, "reasoning": text, "content": "and"}}]
    }
    assert with_both_names(data) == data


def test_what_has_no_reasoning_is_the_same() -> None:
    for data in (b'{"a":"reasoning_content"}', b'{"reasoning_content":null}', b""):
        assert with_both_names(data) == data


def test_reasoning_of_earlier_answers_under_the_name_engines_read() -> None:
    tree = {"messages": [say("user"), say("assistant", reasoning="hm")], "reasoning": {"effort": "low"}}
    assert with_reasoning_content(tree)["messages"][1] == say("assistant", reasoning_content="hm")
    both = {"messages": [say("assistant", reasoning="a", reasoning_content="b")]}
    assert with_reasoning_content(both)["messages"] == [say("assistant", reasoning_content="b")]


def test_functions_are_tools() -> None:
    old = {"functions": [{"name": "look"}], "function_call": {"name": "look"}}
    assert with_tools(old) == {"tools": [LOOK], "tool_choice": LOOK}
    assert with_tools({**old, "function_call": "auto"}) == {"tools": [LOOK], "tool_choice": "auto"}
    assert with_tools({"functions": [{"name": "x"}], "tools": [LOOK]}) == {"tools": [LOOK]}


def test_the_oldest_turns_go_first_and_whole() -> None:
    system, first, second = say("system"), [say("user", "one"), say("assistant", "1")], [say("user", "two" * 50)]
    call = [say("user", "three"), say("assistant", "", tool_calls=[LOOK]), say("tool", "r"), say("assistant", "3")]
    last = [say("user", "four")]
    whole = [system, *first, *second, *call, *last]
    assert without_oldest(whole, 0.01) == [system, *second, *call, *last]
    assert without_oldest(whole, 0.3) == [system, *call, *last]
    assert without_oldest(whole, 1.0) == [system, *last]
    assert without_oldest([system, *last], 0.5) is None
    assert without_oldest([], 0.5) is None
    assert without_oldest([say("assistant", "hello"), *last], 0.1) == last
