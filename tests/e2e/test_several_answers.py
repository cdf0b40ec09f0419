"""Several answers to one question, or to several: as many as asked for, and all their tokens in the books."""

from typing import Any

import openai
import pytest

from engine_room import STARTER, EngineRoomProcess, until
from engineroom.client.access import AccessClient
from engineroom.contract.keys import KeyLimits, KeyRequest
from engineroom.domain.ledger import GroupBy

HELLO: Any = [{"role": "user", "content": "Say hello."}]
PROMPTS = ["One, two,", "The capital of France is"]


def test_several_answers_to_one_question(client: openai.OpenAI, served: EngineRoomProcess) -> None:
    """llama.cpp counts one of them, or each for itself: here their tokens are those of all, also in the books."""
    options: Any = {"model": STARTER, "messages": HELLO, "n": 3, "max_tokens": 8, "temperature": 1.5, "seed": 5,
                    "extra_body": {"ignore_eos": True}}  # fmt: skip
    alone = client.chat.completions.create(**{**options, "n": 1}).usage
    with AccessClient(served.connection()) as control:
        key = control.create_key(KeyRequest(name="several", limits=KeyLimits(tokens_per_day=60))).key
    keyed = client.with_options(api_key=key)
    whole = keyed.chat.completions.create(**options)
    assert [choice.index for choice in whole.choices] == [0, 1, 2]
    assert all(choice.message.content for choice in whole.choices)
    assert {choice.finish_reason for choice in whole.choices} == {"length"}
    assert whole.object == "chat.completion"
    assert whole.usage is not None
    assert alone is not None
    assert (whole.usage.prompt_tokens, whole.usage.completion_tokens) == (alone.prompt_tokens, 24)
    assert whole.usage.total_tokens == alone.prompt_tokens + 24
    texts: dict[int, str] = {}
    counts = []
    asked: Any = {**options, "stream": True, "stream_options": {"include_usage": True}}
    chunks = list(keyed.chat.completions.create(**asked))
    for chunk in chunks:
        counts += [chunk.usage] if chunk.usage else []
        for choice in chunk.choices:
            texts[choice.index] = texts.get(choice.index, "") + (choice.delta.content or "")
    assert sorted(texts) == [0, 1, 2]
    assert all(texts.values())
    assert [count.completion_tokens for count in counts] == [24], "one chunk of counts"
    assert chunks[-1].usage == counts[0], "and that is the last"
    assert not any(chunk.usage for chunk in client.chat.completions.create(**options, stream=True))
    with served.control() as control:
        rows = lambda: [row for row in control.energy(GroupBy.KEY, days=1).rows if row.group == "several"]  # noqa: E731
        until("they are in the books", lambda: [row.completion_tokens for row in rows()] == [48])
        assert rows()[0].prompt_tokens == 2 * alone.prompt_tokens
    with pytest.raises(openai.RateLimitError):
        keyed.chat.completions.create(**options)


def test_tokens_of_a_day_count_once_the_answer_is_there(client: openai.OpenAI, served: EngineRoomProcess) -> None:
    """Their joules are not known before the next reading of the machine, which the next request need not wait for."""
    options: Any = {"model": STARTER, "messages": HELLO, "max_tokens": 2}
    for limit in range(3):
        with AccessClient(served.connection()) as control:
            limits = KeyLimits(tokens_per_day=1)
            key = control.create_key(KeyRequest(name=f"little {limit}", limits=limits)).key
        keyed = client.with_options(api_key=key)
        keyed.chat.completions.create(**options)
        with pytest.raises(openai.RateLimitError, match="its limit of 1 tokens a day"):
            keyed.chat.completions.create(**options)


def test_more_answers_than_slots_are_refused_with_both_numbers(
    client: openai.OpenAI, served: EngineRoomProcess
) -> None:
    slots = served.engine().slots
    assert slots is not None
    asked: Any = {"model": STARTER, "max_tokens": 1, "n": slots + 1}
    ways: tuple[Any, ...] = (
        lambda **more: client.chat.completions.create(**asked, messages=HELLO, **more),
        lambda **more: client.completions.create(**asked, prompt="One", **more),
    )
    for way in ways:
        for more in ({}, {"stream": True}):
            with pytest.raises(
                openai.BadRequestError, match=f"'n' must be {slots} or less, and is {slots + 1}:"
            ) as caught:
                way(**more)
            assert caught.value.param == "n"
        with pytest.raises(openai.BadRequestError, match="n_cmpl"):
            way(extra_body={"n": None, "n_cmpl": 2})
    assert len(client.completions.create(**{**asked, "n": slots}, prompt="One").choices) == slots


def test_several_prompts_and_their_answers(client: openai.OpenAI) -> None:
    """The tokens of all of them count, and no event is without a choice."""
    asked: Any = {"model": STARTER, "max_tokens": 4, "temperature": 0, "extra_body": {"ignore_eos": True}}
    alone = [client.completions.create(**asked, prompt=prompt) for prompt in PROMPTS]
    tokens = sum(one.usage.prompt_tokens for one in alone if one.usage)
    for answers in (1, 2):
        whole = client.completions.create(**asked, prompt=PROMPTS, n=answers)
        assert [choice.index for choice in whole.choices] == list(range(2 * answers))
        assert all(choice.text for choice in whole.choices)
        assert whole.usage is not None
        assert (whole.usage.prompt_tokens, whole.usage.completion_tokens) == (tokens, 8 * answers)
        options: Any = {"stream": True, "stream_options": {"include_usage": True}}
        chunks = list(client.completions.create(**asked, prompt=PROMPTS, n=answers, **options))
        assert all(chunk is not None for chunk in chunks)
        assert {choice.index for chunk in chunks for choice in chunk.choices} == set(range(2 * answers))
        assert chunks[-1].usage is not None
        assert chunks[-1].usage.total_tokens == whole.usage.total_tokens


def test_several_texts_with_their_probabilities(client: openai.OpenAI) -> None:
    asked: Any = {"model": STARTER, "prompt": "One, two,", "max_tokens": 4, "n": 2, "logprobs": 1, "temperature": 0}
    whole = client.completions.create(**asked, extra_body={"ignore_eos": True})
    assert [len(choice.logprobs.tokens or ()) for choice in whole.choices if choice.logprobs] == [4, 4]
    assert ["".join(choice.logprobs.tokens or ()) for choice in whole.choices if choice.logprobs] == [
        choice.text for choice in whole.choices
    ]
    assert whole.usage is not None
    assert whole.usage.completion_tokens == 8
