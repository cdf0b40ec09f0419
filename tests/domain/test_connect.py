"""Programs that can ask this engine room: their table, their texts, and how an answer to the test is judged."""

import json
import tomllib

import pytest

from engineroom.adapters.client_guides import load_guides
from engineroom.contract.connect import (
    FACTS_OF,
    Api,
    ClientKind,
    ConnectFacts,
    ProbeAnswer,
    ProbeStatus,
    ProbeStep,
    SnippetKind,
    ToolNeed,
    fill,
    judge_answer,
    judge_list,
    list_request,
    too_small,
    tool_request,
    trust,
)
from engineroom.contract.connect_sentences import PROBE, STEPS, probe_words

HERE = ConnectFacts(address="http://127.0.0.1:8411", model="qwen3-8b", key="er-1", context_tokens=40_000)
CALL = {"name": "get_weather", "arguments": '{"city": "Paris"}'}


def sse(*events: dict) -> bytes:
    return b"".join(b"data: " + json.dumps(event).encode() + b"\n\n" for event in events)


def chat(*deltas: dict, reason: str = "stop", done: bool = True) -> bytes:
    chunks = [{"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
    last = {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}
    return sse(*chunks, last) + (b"data: [DONE]\n\n" if done else b"")


CALLED = {
    Api.CHAT: chat(
        {
            "tool_calls": [
                {"index": 0, "id": "c", "type": "function", "function": {"name": "get_weather", "arguments": ""}}
            ]
        },
        {"tool_calls": [{"index": 0, "function": {"arguments": CALL["arguments"]}}]},
        reason="tool_calls",
    ),
    Api.RESPONSES: sse(
        {"type": "response.created", "response": {}},
        {"type": "response.output_item.done", "item": {"type": "function_call", "call_id": "c", **CALL}},
        {"type": "response.completed", "response": {}},
    ),
    Api.MESSAGES: sse(
        {
            "type": "content_block_start",
            "index": 0,
            "content_block": {"type": "tool_use", "id": "t", "name": "get_weather"},
        },
        {"type": "content_block_delta", "delta": {"type": "input_json_delta", "partial_json": '{"city": '}},
        {"type": "content_block_delta", "delta": {"type": "input_json_delta", "partial_json": '"Paris"}'}},
        {"type": "message_delta", "delta": {"stop_reason": "tool_use"}},
        {"type": "message_stop"},
    ),
    Api.OLLAMA: b'{"message": {"content": "", "tool_calls": [{"function": {"name": "get_weather", '
    b'"arguments": {"city": "Paris"}}}]}, "done": false}\n{"message": {"content": ""}, "done": true}\n',
}
SAID = {
    Api.CHAT: chat({"role": "assistant", "content": "It "}, {"content": "is warm."}),
    Api.RESPONSES: sse(
        {"type": "response.output_text.delta", "delta": "It is warm."}, {"type": "response.completed", "response": {}}
    ),
    Api.MESSAGES: sse(
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "It is warm."}},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}},
        {"type": "message_stop"},
    ),
    Api.OLLAMA: b'{"message": {"content": "It is warm."}, "done": false}\n{"done": true, "done_reason": "stop"}\n',
}


def test_every_program_has_what_is_needed() -> None:
    """A source, a date and a text; one that cannot be used has the reason instead."""
    guides = load_guides()
    assert len(guides) >= 30
    assert len({guide.id for guide in guides}) == len(guides)
    assert {guide.kind for guide in guides} == set(ClientKind)
    for guide in guides:
        assert guide.source, guide.id
        assert guide.date >= "2026", guide.id
        assert guide.snippet if guide.works else guide.notes, guide.id
        assert guide.prompt_tokens is None or guide.evidence == "ran" or guide.notes, guide.id


@pytest.mark.parametrize("guide", load_guides(), ids=lambda guide: guide.id)
def test_texts_are_whole_when_filled(guide) -> None:
    """Nothing is left to fill in, and files of a known kind can be read by their program."""
    for snippet in guide.snippet:
        text = fill(snippet.text, HERE)
        assert not any(name in text for name in ("{{address", "{{base_url", "{{model", "{{key"))
        assert "{{" not in text or "secrets" in text or snippet.kind is SnippetKind.CODE
        if snippet.kind is SnippetKind.FILE and ".json" in snippet.where:
            json.loads(text)
        if snippet.kind is SnippetKind.FILE and ".toml" in snippet.where:
            tomllib.loads(text)
        if snippet.kind is SnippetKind.CODE and snippet.where == "Python":
            compile(text, guide.id, "exec")
    if guide.works:
        whole = "\n".join(fill(snippet.text, HERE) for snippet in guide.snippet)
        assert "127.0.0.1:8411" in whole, guide.id


def test_a_text_says_the_context_that_there_is() -> None:
    """An answer gets an eighth, at most 8,192; an unknown context is stood in for."""
    text = "{{context_tokens}} {{input_tokens}} {{output_tokens}} {{base_url}} {{key}}"
    assert fill(text, HERE) == "40000 35000 5000 http://127.0.0.1:8411/v1 er-1"
    assert fill(text, ConnectFacts(address="http://h", model="m")) == "32768 28672 4096 http://h/v1 none"


def test_agents_need_room() -> None:
    """32 k for those that call tools; not known is not too small."""
    agent = next(guide for guide in load_guides() if guide.id == "claude-code")
    assert too_small(agent, 4096)
    assert not too_small(agent, 32_768)
    assert not too_small(agent, None)
    plain = next(guide for guide in load_guides() if guide.tools is ToolNeed.NONE and guide.id == "curl")
    assert not too_small(plain, 4096)


def test_a_certificate_is_named_only_where_there_is_tls() -> None:
    """At this computer's own address nothing has to be trusted."""
    assert trust(HERE) is None
    there = ConnectFacts(address="https://10.0.0.5:8411", model="m", certificate="/c.pem")
    assert "SSL_CERT_FILE=/c.pem" in (trust(there) or "")


@pytest.mark.parametrize("api", list(CALLED))
def test_a_tool_call_is_heard_in_every_interface(api: Api) -> None:
    """Name and arguments, however they are streamed."""
    said, tool = judge_answer(api, ProbeAnswer(status=200, body=CALLED[api], ms=12.0, first_ms=3.0))
    assert (said.step, said.status) == (ProbeStep.ANSWERED, ProbeStatus.PASSED)
    assert (tool.status, tool.code, tool.facts["name"]) == (ProbeStatus.PASSED, "called", "get_weather")
    assert json.loads(str(tool.facts["arguments"])) == {"city": "Paris"}


@pytest.mark.parametrize("api", list(SAID))
def test_words_are_no_tool_call(api: Api) -> None:
    """A model that cannot call tools answers, and lacks them."""
    said, tool = judge_answer(api, ProbeAnswer(status=200, body=SAID[api], ms=12.0, first_ms=3.0))
    assert (said.status, said.facts["text"]) == (ProbeStatus.PASSED, "It is warm.")
    assert (tool.status, tool.code) == (ProbeStatus.LACKING, "in_words")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (chat({"content": '<tool_call>{"name": "get_weather"}'}), "as_text"),
        (chat({"content": "<think>Let me see"}, reason="length"), "ran_out"),
        (chat({"reasoning_content": "Let me see"}, reason="length"), "ran_out"),
        (chat({"content": "Paris is a city"}, reason="length"), "in_words"),
        (chat({"tool_calls": [{"index": 0, "function": {"name": "other", "arguments": "{}"}}]}), "other_tool"),
        (
            chat({"tool_calls": [{"index": 0, "function": {"name": "get_weather", "arguments": "{"}}]}),
            "arguments_broken",
        ),
        (
            chat({"tool_calls": [{"index": 0, "function": {"name": "get_weather", "arguments": "{}"}}]}),
            "arguments_broken",
        ),
    ],
)
def test_why_there_was_no_call(body: bytes, code: str) -> None:
    """What was wrong with it, not only that it was."""
    assert judge_answer(Api.CHAT, ProbeAnswer(status=200, body=body))[1].code == code


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (ProbeAnswer(status=200, body=chat({"content": "It"}, done=False)), "cut"),
        (ProbeAnswer(status=200, body=sse({"error": {"message": "gone"}})), "cut"),
        (ProbeAnswer(status=200, body=chat()), "empty"),
        (ProbeAnswer(status=503, body=b'{"error": {"message": "loading", "code": "engine_unavailable"}}'), "refused"),
        (ProbeAnswer(status=404, body=b'{"error": {"message": "There is nothing at /api/chat.", "code": "not_found"}}'),
         "no_route"),
        (ProbeAnswer(status=404, body=b'{"error": {"message": "no model x", "code": "model_not_found"}}'), "refused"),
        (ProbeAnswer(status=None, reason="connection reset"), "cut"),
    ],
)  # fmt: skip
def test_answers_that_are_none(answer: ProbeAnswer, code: str) -> None:
    """Each with its reason, and the tool is not spoken of."""
    said, tool = judge_answer(Api.CHAT, answer)
    assert (said.status, said.code) == (ProbeStatus.FAILED, code)
    assert tool.status is ProbeStatus.NOT_RUN


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        (ProbeAnswer(status=200, body=b'{"data": [{"id": "qwen3-8b"}]}'), ["reached", "listed"]),
        (ProbeAnswer(status=200, body=b'{"data": []}'), ["reached", "not_listed"]),
        (ProbeAnswer(status=401), ["key_refused", "not_asked", "not_asked", "not_asked"]),
        (ProbeAnswer(status=None, reason="refused"), ["unreachable", "not_asked", "not_asked", "not_asked"]),
        (ProbeAnswer(status=404), ["reached", "no_route"]),
        (ProbeAnswer(status=502), ["odd_status", "not_asked", "not_asked", "not_asked"]),
    ],
)
def test_what_the_list_of_models_tells(answer: ProbeAnswer, codes: list[str]) -> None:
    """Reached or not, and whether the model is there."""
    assert [result.code for result in judge_list(Api.CHAT, HERE, answer)] == codes


@pytest.mark.parametrize("api", list(Api))
def test_requests_are_those_of_the_interface(api: Api) -> None:
    """The route, the key where it belongs, a stream, and a tool where the interface has tools."""
    request = tool_request(api, HERE)
    body = json.loads(request.body or b"")
    assert (body["stream"], body["model"]) == (True, "qwen3-8b")
    assert ("tools" in body) == (api is not Api.COMPLETIONS)
    key = request.headers.get("x-api-key" if api is Api.MESSAGES else "Authorization", "")
    assert "er-1" in key
    assert list_request(api, HERE).body is None
    bare = ConnectFacts(address="http://h", model="m")
    assert "Authorization" not in tool_request(api, bare).headers


def test_every_code_has_a_sentence() -> None:
    """And no sentence wants a fact that does not come."""
    assert set(PROBE) == set(FACTS_OF)
    assert set(STEPS) == set(ProbeStep)
    for code, names in FACTS_OF.items():
        PROBE[code].format(**dict.fromkeys(names, "x"))
    assert "Paris" in probe_words(judge_answer(Api.CHAT, ProbeAnswer(status=200, body=CALLED[Api.CHAT]))[1])
