"""What a model can be asked for, by its file."""

import pytest

from engineroom.domain.traits import FIM_WORDS, FimTokens, Task, Traits, fim_prompt, task_of, traits_of_template


@pytest.mark.parametrize(
    ("keys", "task"),
    [
        ({"general.architecture": "llama"}, Task.TEXT),
        ({"general.architecture": "qwen3", "qwen3.pooling_type": 0}, Task.TEXT),
        ({"general.architecture": "qwen3", "qwen3.pooling_type": 3}, Task.EMBEDDINGS),
        ({"general.architecture": "qwen3", "qwen3.pooling_type": 4}, Task.RANKING),
        ({"general.architecture": "bert"}, Task.EMBEDDINGS),
        ({"general.architecture": "bert", "bert.pooling_type": 4}, Task.RANKING),
        ({"general.architecture": "llama", "bert.pooling_type": 4}, Task.TEXT),
        ({"general.architecture": "llama", "llama.pooling_type": "4"}, Task.TEXT),
        ({}, Task.TEXT),
    ],
)
def test_what_a_file_was_made_for(keys: dict[str, object], task: Task) -> None:
    assert task_of(keys) is task


def test_a_template_tells_of_tools_and_reasoning() -> None:
    assert traits_of_template(None) == {"tools": None, "reasoning": None}
    assert traits_of_template("{{ messages }}") == {"tools": False, "reasoning": False}
    assert traits_of_template("{% if tools %}x{% endif %}<think>") == {"tools": True, "reasoning": True}


def test_capabilities_by_their_names() -> None:
    assert Traits().capabilities == ("completion", "chat")
    able = Traits(tools=True, vision=True, reasoning=True, fim=FIM_WORDS[0])
    assert able.capabilities == ("completion", "chat", "tools", "vision", "insert", "thinking")
    assert Traits(task=Task.EMBEDDINGS, tools=True).capabilities == ("embedding",)
    assert Traits(task=Task.RANKING).capabilities == ("rerank",)


def test_the_prompt_for_a_gap() -> None:
    assert fim_prompt(FimTokens("<P>", "<S>", "<M>"), "a", "b") == "<P>a<S>b<M>"
    assert fim_prompt(FimTokens(7, 8, 9), "a", "b") == [7, "a", 8, "b", 9]
    assert fim_prompt(FimTokens(7, 8, 9, bos=1), "a", "b") == [1, 7, "a", 8, "b", 9]
