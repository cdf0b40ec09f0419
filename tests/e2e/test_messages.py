"""Anthropic's Messages API by the official client: on the starter model, and on an engine that says what it is told."""

import json
from collections.abc import Iterator

import anthropic
import httpx2
import pytest

from e2e.scripted import MODEL, TOOL_DELTAS, script, scripted_room, stopped
from engine_room import STARTER, EngineRoomProcess, until

PARIS = [{"role": "user", "content": "What is the capital of France?"}]
LONG = [{"role": "user", "content": "Write a very long story about a lighthouse keeper and the sea."}]
SCHEMA = {"type": "object", "properties": {"place": {"type": "string"}}}
WEB_SEARCH = {"type": "web_search_20250305", "name": "web_search"}
TOOLS = [{"name": "look", "description": "Looks somewhere", "input_schema": SCHEMA}]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    with scripted_room(tmp_path_factory.mktemp("told")) as room:
        yield room


def client_of(room: EngineRoomProcess, **options: object) -> anthropic.Anthropic:
    return anthropic.Anthropic(base_url=room.connection().address, api_key="none", max_retries=0, **options)


@pytest.fixture
def teller(told: EngineRoomProcess) -> Iterator[anthropic.Anthropic]:
    with client_of(told) as client:
        yield client


@pytest.fixture
def claude(served: EngineRoomProcess) -> Iterator[anthropic.Anthropic]:
    with client_of(served) as client:
        yield client


def tell(*deltas: dict[str, object], **fields: object) -> list[dict[str, str]]:
    return [{"role": "user", "content": script(*deltas, **fields)}]


def test_a_message_in_one_piece(claude):
    answer = claude.messages.create(model=STARTER, max_tokens=30, messages=PARIS, extra_body={"temperature": 0})
    assert "Paris" in answer.content[0].text
    assert (answer.stop_reason, answer.role, answer.model) == ("end_turn", "assistant", STARTER)
    assert answer._request_id


def test_a_prompt_is_read_before_it_is_needed(claude: anthropic.Anthropic) -> None:
    """max_tokens 0: nothing is answered, and the next request with that beginning finds it read."""
    asked = {"model": STARTER, "system": "You keep the lighthouse of a small island in the north. " * 20}
    warmed = claude.messages.create(**asked, max_tokens=0, messages=PARIS)
    assert (warmed.content, warmed.stop_reason, warmed.usage.output_tokens) == ([], "max_tokens", 0)
    read = warmed.usage.input_tokens + (warmed.usage.cache_read_input_tokens or 0)
    assert read > 200
    answer = claude.messages.create(**asked, max_tokens=2, messages=PARIS)
    assert (answer.usage.cache_read_input_tokens or 0) >= read // 2
    with pytest.raises(anthropic.BadRequestError, match="'max_tokens' must be a whole number of 1 or more with such a"):
        claude.messages.create(**asked, max_tokens=0, messages=PARIS, stream=True)


def test_a_stream_counts_its_prompt_before_it_begins(claude):
    counted = claude.messages.count_tokens(model=STARTER, messages=PARIS, system="Be brief.").input_tokens
    with claude.messages.stream(
        model=STARTER, max_tokens=30, messages=PARIS, system="Be brief.", extra_body={"temperature": 0}
    ) as stream:  # fmt: skip
        events = list(stream)
        answer = stream.get_final_message()
    start = next(event for event in events if event.type == "message_start")
    assert start.message.usage.input_tokens == counted > 10
    assert answer.usage.input_tokens + answer.usage.cache_read_input_tokens == counted
    assert answer.usage.output_tokens > 3
    assert "".join(event.text for event in events if event.type == "text") == answer.content[0].text


def test_the_limit_and_strings_to_stop_at(claude):
    answer = claude.messages.create(model=STARTER, max_tokens=7, messages=LONG, extra_body={"temperature": 0})
    assert (answer.stop_reason, answer.usage.output_tokens) == ("max_tokens", 7)
    for options in ({}, {"stream": True}):
        answer = claude.messages.create(
            model=STARTER,
            max_tokens=30,
            messages=PARIS,
            extra_body={"temperature": 0},
            stop_sequences=["Paris"],
            **options,
        )
        if options:
            deltas = [event for event in answer if event.type == "message_delta"]
            assert (deltas[0].delta.stop_reason, deltas[0].delta.stop_sequence) == ("stop_sequence", "Paris")
        else:
            assert (answer.stop_reason, answer.stop_sequence) == ("stop_sequence", "Paris")
            assert answer.content[0].text.endswith("France is ")
            # How much of it the engine still had is up to what was asked before.
            assert answer.usage.input_tokens + answer.usage.cache_read_input_tokens > 10


def test_errors_are_raised_as_their_classes(claude, served):
    with pytest.raises(anthropic.NotFoundError) as caught:
        claude.messages.create(model="nothing", max_tokens=5, messages=PARIS)
    assert caught.value.body["error"]["type"] == "not_found_error"
    assert caught.value.body["request_id"].startswith("req-")
    for stream in (False, True):
        with pytest.raises(anthropic.BadRequestError) as caught:
            claude.messages.create(
                model=STARTER, max_tokens=5, messages=[{"role": "user", "content": "word " * 6000}], stream=stream
            )
        assert caught.value.body["error"]["type"] == "invalid_request_error"
        assert "4096" in caught.value.body["error"]["message"]
    with pytest.raises(anthropic.BadRequestError):
        claude.messages.create(model=STARTER, max_tokens=5, messages=[])
    address = served.connection().address
    kind = {"content-type": "text/plain"}
    for answer in (
        httpx2.post(
            f"{address}/v1/messages", content=b"{nope", headers={"content-type": "application/json"}, timeout=60
        ),
        httpx2.post(f"{address}/v1/messages", content=b"{}", headers=kind, timeout=60),
        httpx2.get(f"{address}/v1/messages", timeout=60),
        httpx2.post(f"{address}/v1/messages/batches", json={}, timeout=60),
    ):
        body = answer.json()
        assert body["type"] == "error"
        assert body["error"]["type"] in {"invalid_request_error", "not_found_error"}
        assert body["request_id"] == answer.headers["x-request-id"]


def test_somebody_is_here_and_tells_its_models(claude, served):
    address = served.connection().address
    assert httpx2.head(address, timeout=60).status_code == 200
    (model,) = claude.models.list()
    assert (model.id, model.type, model.max_input_tokens) == (STARTER, "model", 4096)
    assert claude.models.retrieve(STARTER).display_name == model.display_name
    assert httpx2.get(f"{address}/v1/models", timeout=60).json()["object"] == "list"


def test_a_client_that_leaves_stops_the_engine(claude, served):
    with served.control() as control:
        before = control.snapshot().traffic.cancelled
        # Without chance in it the story goes round in circles, and on and on.
        with claude.messages.stream(
            model=STARTER, max_tokens=3000, messages=LONG, extra_body={"temperature": 0}
        ) as stream:
            assert any(event.type == "text" for event in stream)
            stream.close()
        until("the request counted as cancelled", lambda: control.snapshot().traffic.cancelled == before + 1)
        until("the engine to stop", lambda: _released(control))


def _released(control):
    lines = [line.text for line in control.logs(source=STARTER, tail=20)]
    return any("stop processing" in line for line in lines[-3:])


def test_a_string_to_stop_at_stops_the_engine(claude, served):
    """It would have gone on for long; and the request counts as one that went well."""
    with served.control() as control:
        before = control.snapshot().traffic
        claude.messages.create(
            model=STARTER, max_tokens=3000, messages=LONG, stop_sequences=["e"], extra_body={"temperature": 0}
        )
        after = until("the totals", lambda: _newer(control, before.requests))
        until("the engine to stop", lambda: _released(control))
    assert after.last.outcome == "ok"
    assert after.last.prompt_tokens > 10
    assert after.last.completion_tokens > 0


def _newer(control, requests):
    traffic = control.snapshot().traffic
    return traffic if traffic.requests > requests else None


def test_tools_are_called_and_streamed(teller):
    messages = tell(*TOOL_DELTAS, finish="tool_calls")
    with teller.messages.stream(
        model=MODEL,
        max_tokens=2000,
        messages=messages,
        tools=TOOLS,
        thinking={"type": "enabled", "budget_tokens": 1024},
    ) as stream:
        partial = [event.partial_json for event in stream if event.type == "input_json"]
        answer = stream.get_final_message()
    assert partial == ['{"place": "he', 're"}', "{}"]
    assert answer.stop_reason == "tool_use"
    thought, said, first, second = answer.content
    assert (thought.thinking, said.text) == ("Look.", "I look.")
    assert thought.signature
    assert (first.id, first.name, first.input) == ("call_a", "look", {"place": "here"})
    assert (second.id, second.input) == ("call_b", {})
    assert (answer.usage.input_tokens, answer.usage.cache_read_input_tokens) == (20, 10)


def test_tools_in_one_piece(teller):
    call = {"index": 0, "id": "call_a", "type": "function", "function": {"name": "look", "arguments": '{"place": "x"}'}}
    answer = teller.messages.create(
        model=MODEL, max_tokens=20, messages=tell({"tool_calls": [call]}, finish="tool_calls"), tools=TOOLS
    )
    assert (answer.content[0].input, answer.stop_reason) == ({"place": "x"}, "tool_use")
    call["function"]["arguments"] = '{"place'
    with pytest.raises(anthropic.InternalServerError) as caught:
        teller.messages.create(
            model=MODEL, max_tokens=20, messages=tell({"tool_calls": [call]}, finish="tool_calls"), tools=TOOLS
        )
    assert caught.value.body["error"]["type"] == "api_error"


def test_what_the_engine_is_asked(teller):
    """As an agent asks: beta flags, blocks with cache marks, a system message in the middle, a forced tool."""
    raw = teller.beta.messages.with_raw_response.create(
        model="default", max_tokens=20, betas=["some-flag-2026-01-01"],
        system=[{"type": "text", "text": "x-anthropic-billing-header: cc=1; y=2;"}, {"type": "text", "text": "A"}],
        messages=[{"role": "user", "content": [{"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral"}}]},
                  {"role": "assistant", "content": "Well"}, {"role": "system", "content": "B"},
                  {"role": "user", "content": "C"}],
        tools=[*TOOLS, {"name": "other", "input_schema": SCHEMA}, WEB_SEARCH],
        tool_choice={"type": "tool", "name": "look"},
        extra_body={"context_management": {"edits": []}, "n_discard": -1, "top_k": 5},
    )  # fmt: skip
    assert raw.headers["x-engineroom-notes"] == "tool web_search_20250305 left out"
    asked = json.loads(raw.parse().content[0].text)
    shape = asked.pop("response_format")["json_schema"]["schema"]["properties"]
    assert shape["name"] == {"const": "look"}, "the tool that is named is the only one, and the answer is held to it"
    assert [tool["function"]["name"] for tool in asked.pop("tools")] == ["look"]
    assert asked == {
        "model": MODEL,
        "messages": [
            {"role": "system", "content": "A"},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Well"},
            {"role": "user", "content": "<system-reminder>\nB\n</system-reminder>\n\nC"},
        ],
        "max_tokens": 20,
        "top_k": 5,
        "tool_choice": "none",
        "chat_template_kwargs": {"enable_thinking": False},
    }


@pytest.mark.parametrize("fields", [{"die": 1, "pause_s": 0.1}, {"error": {"code": 500, "message": "slot 3"}}])
def test_a_failure_in_the_middle_is_raised(teller, fields):
    messages = tell({"content": "a"}, {"content": "b"}, **fields)
    stream = teller.messages.create(model=MODEL, max_tokens=20, messages=messages, stream=True)
    events: list[object] = []
    with pytest.raises(anthropic.APIStatusError) as caught:
        events.extend(stream)
    assert len(events) > 2
    assert caught.value.body["error"]["type"] in {"api_error", "overloaded_error"}
    assert "slot" not in str(caught.value.body)


def test_a_refusal_of_the_engine_is_told_in_this_api(teller):
    with pytest.raises(anthropic.ServiceUnavailableError) as caught:
        teller.messages.create(model=MODEL, max_tokens=5, messages=[{"role": "user", "content": '{"status": 503}'}])
    assert caught.value.body["error"]["type"] == "overloaded_error"
    assert caught.value.response.headers["retry-after"]


def test_pings_come_from_the_first_second_and_a_guess_says_so(tmp_path):
    """While the engine loads, and while it reads the prompt; this engine cannot count."""
    with scripted_room(tmp_path, wait=False, ENGINEROOM_FAKE_LOAD_S="6", ENGINEROOM_FAKE_COUNTS="no") as room:
        stopped(room)
        address = room.connection().address
        body = {"model": MODEL, "max_tokens": 5, "stream": True, "messages": tell({"content": "a"}, head_s=2.5)}
        with httpx2.stream("POST", f"{address}/v1/messages", json=body, timeout=60) as answer:
            lines = list(answer.iter_lines())
        counted = httpx2.post(
            f"{address}/v1/messages/count_tokens", json={"model": MODEL, "messages": PARIS}, timeout=60
        )
    kinds = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
    begun = kinds.index("message_start")
    assert kinds[:begun] == ["ping"] * begun
    assert begun >= 4, "more than there are seconds in which it reads"
    assert kinds[-2:] == ["message_delta", "message_stop"]
    assert json.loads(lines[-5].removeprefix("data: "))["usage"]["input_tokens"] == 20
    assert counted.json()["input_tokens"] > 5
    assert counted.headers["x-engineroom-notes"].startswith("estimate")
