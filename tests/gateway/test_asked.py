"""What a usual request asks is found out in one go, and is what judging it field by field would have found."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engineroom.domain.errors import Rejected
from engineroom.gateway import asked as reading
from engineroom.gateway.asked import Usual, Wanted, asked, dropped_of, is_given, numbers_of, several_in
from engineroom.gateway.shaped import CHAT, COMPLETIONS

USUAL = {
    CHAT: {"model": "m", "messages": [{"role": "user", "content": "Hi."}]},
    COMPLETIONS: {"model": "m", "prompt": "Hi."},
}
VALUES = (
    None,
    True,
    0,
    1,
    -1,
    2,
    300,
    0.5,
    2.5,
    10**30,
    1e30,
    5.0,
    "",
    "x",
    [],
    ["x"],
    ["a", "b"],
    [1, 2],
    {},
    {"a": 1},
)
SAID = ("role", "content")
CONTENTS = ("x", [{"type": "text", "text": "x"}], [{"type": "image_url", "image_url": {"url": "http://x/y"}}])
TURNS = ("user", "user", "user", "system", "tool", "document x", "nobody", 3, None)
NAMES = (
    "model", "messages", "prompt", "stream", "stream_options", "stop", "n", "max_tokens", "max_completion_tokens",
    "temperature", "top_p", "seed", "top_k", "min_p", "presence_penalty", "repeat_last_n", "tools", "tool_choice",
    "response_format", "parallel_tool_calls", "reasoning_effort", "suffix", "functions", "logprobs", "top_logprobs",
    "n_probs", "logit_bias", "user", "store", "audio", "modalities", "best_of", "echo", "verbosity", "lora", "id_slot",
    "cache_prompt", "anything",
)  # fmt: skip


def bodies(route: str) -> st.SearchStrategy[bytes]:
    turn = st.tuples(st.sampled_from(TURNS), st.sampled_from(CONTENTS)).map(
        lambda said: dict(zip(SAID, said, strict=True))
    )
    turns = st.lists(turn, max_size=2)
    options = st.sampled_from(({"include_usage": True}, {"include_usage": None}, {"include_usage": 1}, {"other": 1}))
    values = st.one_of(st.sampled_from(VALUES), turns, options)
    more = st.dictionaries(st.sampled_from(NAMES), values, max_size=4)
    talks = st.one_of(st.just({}), turns.map(lambda said: {"messages": said}))
    trees = st.tuples(talks, more).map(lambda found: {**USUAL[route], **found[0], **found[1]})
    texts = st.one_of(trees.map(json.dumps), st.tuples(trees.map(json.dumps), st.integers(1, 40)).map(cut_short))
    return texts.map(str.encode)


def cut_short(text: tuple[str, int]) -> str:
    return text[0][: -text[1]]


def found(body: bytes, route: str, *, own_words: bool) -> Any:
    """All that a call makes of it, or why it refuses."""
    try:
        left, wanted = asked(body, route)
        usage = wanted.stream_options is not None and bool(wanted.stream_options.include_usage)
        told = (left, wanted.model, bool(wanted.stream), usage)
        if isinstance(wanted, Usual):
            return *told, wanted.answers, [], False, False, False
        answers = int(numbers_of(wanted, route).get("n") or 1)
        dropped, old_names = dropped_of(wanted, route, own_words=own_words), is_given(wanted.functions)
        chances = route == COMPLETIONS and is_given(wanted.logprobs)
        return *told, answers, dropped, chances, several_in(wanted.prompt), old_names
    except Rejected as error:
        return error.problem


class _Never:
    """Takes no request for a usual one."""

    def decode(self, _body: bytes) -> Any:
        raise reading.msgspec.ValidationError


@pytest.mark.parametrize("own_words", [False, True])
@pytest.mark.parametrize("route", [CHAT, COMPLETIONS])
def test_judged_in_one_go_or_field_by_field_is_the_same(route: str, own_words: bool) -> None:
    usual = set()

    @settings(max_examples=400, deadline=None)
    @given(bodies(route))
    def check(body: bytes) -> None:
        at_once = found(body, route, own_words=own_words)
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(reading._USUAL, route, _Never())
            assert at_once == found(body, route, own_words=own_words)
        with contextlib.suppress(Rejected):
            usual.add(isinstance(asked(body, route)[1], Usual))

    check()
    assert usual == {True, False}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"stream": True, "stream_options": {"include_usage": True}, "max_tokens": 64, "temperature": 0.2, "seed": 7},
        {
            "tools": [{"type": "function", "function": {"name": "f"}}],
            "tool_choice": "auto",
            "parallel_tool_calls": False,
        },
        {"stop": ["a"], "n": 1, "top_p": 0.9, "response_format": {"type": "json_object"}, "reasoning_effort": "low"},
    ],
)
def test_what_clients_usually_send_is_usual(more: dict[str, Any]) -> None:
    _, wanted = asked(json.dumps({**USUAL[CHAT], **more}).encode(), CHAT)
    assert isinstance(wanted, Usual)


@pytest.mark.parametrize("name", ["cache_salt", "user", "logprobs", "functions", "audio", "lora", "logit_bias"])
def test_what_has_to_be_looked_at_is_not(name: str) -> None:
    _, wanted = asked(json.dumps({**USUAL[CHAT], name: None}).encode(), CHAT)
    assert isinstance(wanted, Wanted)
