"""What refusals say to whoever asked."""

import pytest

from engineroom.contract.sentences import sentence
from engineroom.domain.errors import Code, FactValue, Problem


@pytest.mark.parametrize(
    ("limit", "wait_s", "said"),
    [
        ("requests_per_minute", 58, "its limit of 2 requests a minute. Ask again in 58 s, or use another key."),
        ("tokens_per_day", 49182, "its limit of 2 tokens a day. Ask again in 13 h 40 min, or use another key."),
        ("joules_per_day", 600, "its limit of 2 joules a day. Ask again in 10 min, or use another key."),
    ],
)
def test_a_limit_of_a_key_is_said_in_words(limit: str, wait_s: int, said: str) -> None:
    facts: dict[str, FactValue] = {"limit": limit, "allowed": 2, "retry_after_s": wait_s}
    assert sentence(Problem(code=Code.KEY_LIMIT, facts=facts)).endswith(said)


def test_a_key_that_opens_nothing_any_more_is_told_that_it_may_be_so() -> None:
    assert "not known, revoked or no longer valid" in sentence(Problem(code=Code.INVALID_KEY, facts={}))
