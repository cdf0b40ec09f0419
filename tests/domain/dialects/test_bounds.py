"""What numbers and roles may be, in each API."""

from collections.abc import Mapping
from typing import Any

import pytest

from engineroom.domain.dialects.bounds import (
    MESSAGES,
    OLLAMA,
    OLLAMA_TAKEN_AS,
    OPENAI,
    RESPONSES,
    Bound,
    demand_numbers,
    demand_roles,
    numbers,
    within,
)
from engineroom.domain.errors import Code, Rejected

TABLES = {"openai": OPENAI, "responses": RESPONSES, "messages": MESSAGES, "ollama": OLLAMA}
NO_NUMBERS = (True, False, "1", "", [1], {"a": 1}, [], {})


@pytest.mark.parametrize(
    ("bounds", "name", "good", "bad"),
    [
        (OPENAI, "max_tokens", (1, 32_000, 10**9, 5.0, -1), (0, -2, 1.5)),
        (OPENAI, "max_completion_tokens", (1, -1), (0, -2)),
        (OPENAI, "temperature", (0, 0.0, 1, 2, 2.0), (-0.1, 2.1, 100)),
        (OPENAI, "top_p", (0, 0.5, 1), (-0.1, 1.01)),
        (OPENAI, "presence_penalty", (-2, 0, 2), (-2.1, 3)),
        (OPENAI, "frequency_penalty", (-2, 0, 2), (-2.1, 3)),
        (OPENAI, "n", (1, 128, 2.0), (0, -1, 129, 1.5)),
        (OPENAI, "seed", (0, -1, 2**63, 2**70), (0.5,)),
        (OPENAI, "top_k", (0, -1, 40), (-2, 1.5)),
        (OPENAI, "min_p", (0, 1), (-0.1, 1.1)),
        (RESPONSES, "max_output_tokens", (1, 16), (0, -1)),
        (RESPONSES, "temperature", (0, 2), (-1, 2.5)),
        (RESPONSES, "top_p", (0, 1), (-1, 1.5)),
        (MESSAGES, "max_tokens", (0, 1, 32_000), (-1, 1.5)),
        (MESSAGES, "temperature", (0, 1), (-0.1, 1.1, 2)),
        (MESSAGES, "top_p", (0, 1), (-0.1, 1.1)),
        (MESSAGES, "top_k", (0, 5), (-1, 0.5)),
        (OLLAMA, "num_predict", (-2, -1, 0, 1, 128.0), (1.5,)),
        (OLLAMA, "temperature", (-1, 0, 5, 0.7), ()),
        (OLLAMA, "seed", (-1, 0, 42), (0.5,)),
    ],
)
def test_what_is_taken_and_what_is_not(bounds: Mapping[str, Bound], name: str, good: Any, bad: Any) -> None:
    for value in (*good, None):
        demand_numbers(bounds, {name: value})
    for value in (*bad, *NO_NUMBERS):
        with pytest.raises(Rejected) as caught:
            demand_numbers(bounds, {name: value})
        assert caught.value.problem.code == Code.INVALID_REQUEST
        assert str(caught.value.problem.facts["reason"]).startswith(f"'{name}' must be a ")


@pytest.mark.parametrize("name", TABLES)
def test_no_number_of_any_api_may_be_something_else(name: str) -> None:
    for field in TABLES[name]:
        for value in NO_NUMBERS:
            with pytest.raises(Rejected):
                demand_numbers(TABLES[name], {field: value})


def test_what_is_wrong_is_said_with_what_came() -> None:
    def said(bounds: Mapping[str, Bound], **given: Any) -> Any:
        with pytest.raises(Rejected) as caught:
            demand_numbers(bounds, given)
        return caught.value.problem.facts["reason"]

    assert said(OPENAI, temperature=3) == "'temperature' must be a number from 0 to 2, and is 3"
    assert said(OPENAI, top_p="0.7") == "'top_p' must be a number from 0 to 1, and is the text '0.7'"
    assert said(MESSAGES, max_tokens=-1) == "'max_tokens' must be a whole number of 0 or more, and is -1"
    assert said(OPENAI, seed=True) == "'seed' must be a whole number, and is true"
    assert "(or -1 for as many as there is room for), and is 0" in said(OPENAI, max_tokens=0)
    assert len(said(OPENAI, n=10**4000)) < 200
    assert len(said(OPENAI, n="1" * 10_000)) < 200


def test_numbers_are_those_that_are_given() -> None:
    found = numbers(MESSAGES, {"max_tokens": 5.0, "temperature": 1, "top_p": None, "model": "m"})
    assert found == {"max_tokens": 5, "temperature": 1}
    assert isinstance(found["max_tokens"], int)


def test_ollama_takes_what_is_outside_as_the_nearest() -> None:
    far = {"temperature": -1, "top_p": 1.5, "min_p": -2, "presence_penalty": -9, "frequency_penalty": 9, "top_k": -5}
    assert within(OLLAMA_TAKEN_AS, far) == {
        "temperature": 0, "top_p": 1, "min_p": 0, "presence_penalty": -2, "frequency_penalty": 2, "top_k": -5,
    }  # fmt: skip


@pytest.mark.parametrize("role", ["system", "developer", "user", "assistant", "tool", "function"])
def test_everybody_may_speak_whom_openai_knows(role: str) -> None:
    demand_roles([role, "user"])


@pytest.mark.parametrize("role", ["control", "document", "document 1"])
def test_so_may_whom_only_some_templates_know(role: str) -> None:
    demand_roles([role])


@pytest.mark.parametrize("role", ["", "User", "wizard", "x" * 1000])
def test_nobody_else_may(role: str) -> None:
    with pytest.raises(Rejected) as caught:
        demand_roles(["user", role])
    reason = str(caught.value.problem.facts["reason"])
    assert reason.startswith(
        "'messages[1].role' must be system, developer, user, assistant, tool or function, and is '"
    )
    assert len(reason) < 200
