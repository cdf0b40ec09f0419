"""Ollama's API over chat completions: requests, lines, models."""

import itertools
from math import inf
from typing import Any

import ollama
import pytest

from domain.dialects.kit import Json, chunks, recorded
from engineroom.domain.dialects.chunks import Untranslatable
from engineroom.domain.dialects.ollama_answer import OllamaAnswer
from engineroom.domain.dialects.ollama_models import show_row, shown_name, size_text, tag_row
from engineroom.domain.dialects.ollama_request import demand_context, read_chat, read_embed, read_generate
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.model import ModelSpec
from engineroom.domain.traits import FIM_WORDS, Traits

CASES = recorded("ollama_requests")
HELLO = [{"role": "user", "content": "Hi"}]
STREAMS = recorded("streams")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_requests(case: Json) -> None:
    asked = (read_chat if case["route"] == "chat" else read_generate)(case["body"])
    assert asked.body == case["engine"]
    assert (asked.streaming, list(asked.notes)) == (case["streaming"], case["notes"])
    assert asked.plain == ("prompt" in case["engine"])
    assert not asked.empty


@pytest.mark.parametrize(
    "wrong",
    [
        {"messages": "Hi"}, {"messages": [{"content": "Hi"}]}, {"format": "yaml"}, {"think": "much"}, {"options": []},
        {"options": {"num_predict": "5"}}, {"options": {"num_ctx": 0}}, {"stream": "no"}, {"model": 5},
        {"messages": [{"role": "user", "images": ["http://a/b.png"]}]}, {"messages": [{"role": "user", "images": [1]}]},
        {"messages": [{"role": "assistant", "tool_calls": [{"function": {}}]}]}, {"tools": "look"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused(wrong: Json) -> None:
    with pytest.raises(Rejected):
        read_chat({"model": "m", "messages": HELLO, **wrong})


def test_nothing_asked_means_load_or_unload() -> None:
    assert read_chat({"model": "m", "messages": []}).empty
    loads = read_generate({"model": "m"})
    assert (loads.empty, loads.keep_s) == (True, None)
    for given, seconds in (("0s", 0), (0, 0), (-1, inf), ("1h30m", 5400), ("1.5s", 1.5), (10**400, inf)):
        assert read_generate({"model": "m", "keep_alive": given}).keep_s == seconds
    for odd in (False, "", "soon", "5 m", "m", [5], "5m later"):
        with pytest.raises(Rejected):
            read_generate({"model": "m", "keep_alive": odd})


def test_more_context_than_there_is_is_refused() -> None:
    for wanted, has in ((None, 5), (5, 5), (5, None)):
        demand_context(wanted, has)
    with pytest.raises(Rejected) as refused:
        demand_context(6, 5)
    assert "6" in str(refused.value.problem.facts["reason"])


def answer(*deltas: Json, finish: str | None = "stop", usage: bool = True, **body: Any) -> tuple[list[Json], Json]:
    """The lines of a stream, and the same in one piece. Every look at the clock is a second later."""
    asked = read_chat({"model": "m", "messages": HELLO, **body})
    ticks = itertools.count()
    streamed, whole = (OllamaAnswer(asked, model="m:latest", now=lambda: "now", clock_s=lambda: float(next(ticks)))
                       for _ in range(2))  # fmt: skip
    lines = streamed.begin()
    for made in (streamed, whole):
        made.loaded()
    for chunk in chunks(list(deltas), finish, [16, 3, 0, None] if usage else None):
        lines += streamed.feed(chunk)
        whole.feed(chunk)
    return [*lines, *streamed.finish()], whole.whole()


def test_text_comes_in_lines_and_the_last_one_counts() -> None:
    lines, whole = answer({"role": "assistant", "content": ""}, {"content": "The"}, {"content": " end"})
    assert [line["message"]["content"] for line in lines] == ["The", " end", ""]
    assert [line["done"] for line in lines] == [False, False, True]
    for line in (*lines, whole):
        ollama.ChatResponse.model_validate(line | {"created_at": "2026-01-01T00:00:00Z"})
    last = lines[-1]
    assert (last["done_reason"], last["prompt_eval_count"], last["eval_count"]) == ("stop", 16, 3)
    for name in ("total_duration", "load_duration", "prompt_eval_duration", "eval_duration"):
        assert last[name] > 0, name
        assert last[name] % 10**9 == 0, name
    parts = last["load_duration"] + last["prompt_eval_duration"] + last["eval_duration"]
    assert last["total_duration"] == parts
    assert whole["message"]["content"] == "The end"
    assert (whole["done"], whole["model"]) == (True, "m:latest")


def test_thinking_is_apart_and_may_be_hidden() -> None:
    deltas = ({"reasoning_content": "Hm"}, {"reasoning": "m."}, {"content": "Yes"})
    lines, whole = answer(*deltas)
    assert [line["message"].get("thinking") for line in lines] == ["Hm", "m.", None, None]
    assert whole["message"] == {"role": "assistant", "content": "Yes", "thinking": "Hmm."}
    lines, whole = answer(*deltas, think=False)
    assert whole["message"] == {"role": "assistant", "content": "Yes"}
    assert len(lines) == 2


def test_calls_come_whole_with_arguments_as_an_object() -> None:
    def piece(index: int, name: str | None, text: str) -> Json:
        return {"tool_calls": [{"index": index, "function": {"name": name, "arguments": text}}]}

    lines, whole = answer(piece(0, "look", '{"a'), piece(0, None, '": 1}'), piece(1, "see", ""), finish="tool_calls")
    calls = [{"function": {"index": 0, "name": "look", "arguments": {"a": 1}}},
             {"function": {"index": 1, "name": "see", "arguments": {}}}]  # fmt: skip
    assert [line["message"].get("tool_calls") for line in lines] == [calls, None]
    assert whole["message"]["tool_calls"] == calls
    assert lines[-1]["done_reason"] == "stop"
    for broken in ('{"a', "[1]"):
        with pytest.raises(Untranslatable):
            answer(piece(0, "look", broken), finish="tool_calls")


@pytest.mark.parametrize("stream", STREAMS, ids=[stream["name"] for stream in STREAMS])
def test_recorded_streams(stream: Json) -> None:
    asked = read_chat({"model": "m", "messages": HELLO})
    made = OllamaAnswer(asked, model="m", now=lambda: "now", clock_s=lambda: 0.0)
    lines: list[Json] = []
    try:
        for chunk in chunks(stream["deltas"], stream["finish"], stream["usage"]):
            lines += made.feed(chunk)
        lines += made.finish()
    except Untranslatable:
        assert stream.get("error") or stream["finish"] is None or "broken" in stream["name"] or not lines
        return
    texts = "".join(row[1] for row in stream.get("output", []) if row[0] == "message")
    assert "".join(line["message"]["content"] for line in lines) == texts
    assert [line["done"] for line in lines][-1]


def test_an_engine_that_falls_silent_is_no_answer() -> None:
    with pytest.raises(Untranslatable):
        answer({"content": "The"}, finish=None)


def test_the_engine_knows_best_how_long_it_took() -> None:
    made = OllamaAnswer(read_generate({"model": "m", "prompt": "a"}), model="m", now=str, clock_s=lambda: 0.0)
    lines = made.feed({"choices": [{"index": 0, "text": "b", "finish_reason": "length"}],
                       "timings": {"prompt_ms": 1.5, "predicted_ms": 20}})  # fmt: skip
    assert lines[0]["response"] == "b"
    end = made.whole()
    assert (end["prompt_eval_duration"], end["eval_duration"], end["done_reason"]) == (1_500_000, 20_000_000, "length")
    assert end["response"] == "b"
    assert end["eval_count"] is None


def test_vectors_in_two_forms() -> None:
    assert read_embed({"model": "m", "input": "a"}, legacy=False).texts == ("a",)
    assert read_embed({"model": "m", "input": ["a", "b"], "dimensions": 3}, legacy=False).dimensions == 3
    assert read_embed({"model": "m", "prompt": "a"}, legacy=True).texts == ("a",)
    for wrong in ({"input": []}, {"input": [1]}, {}, {"prompt": "a"}):
        with pytest.raises(Rejected) as refused:
            read_embed({"model": "m", **wrong}, legacy=False)
        assert refused.value.code == Code.INVALID_REQUEST


def test_models_as_clients_read_them() -> None:
    spec = ModelSpec(id="org/m", name="M", path="/m", sha256="a" * 64, file_bytes=10, quantisation="Q4_0")
    traits = Traits(architecture="qwen3", parameters=8_030_000_000, tools=True, fim=FIM_WORDS[0], native_context=900)
    row = tag_row(spec, traits, modified_at="2026-01-01T00:00:00Z")
    assert (row["name"], row["digest"], row["size"]) == ("org/m:latest", "a" * 64, 10)
    assert row["details"]["parameter_size"] == "8.0B"
    ollama.ListResponse.model_validate({"models": [row]})
    assert shown_name("a:b") == "a:b"
    assert size_text(12) == "12"


def test_what_a_model_can_do_and_its_real_context() -> None:
    class Engine:
        context_tokens = 512

    spec, traits = ModelSpec(id="m", name="M", path="/m"), Traits(architecture="llama", tools=True, native_context=900)
    shown = show_row(spec, traits, Engine(), modified_at="2026-01-01T00:00:00Z")  # type: ignore[arg-type]
    assert shown["model_info"]["llama.context_length"] == 512
    assert shown["capabilities"] == ["completion", "tools"]
    ollama.ShowResponse.model_validate(shown)
