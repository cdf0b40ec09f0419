"""The Responses API by the official client: on the starter model, and on an engine that says what it is told."""

import json
from collections.abc import Iterator

import httpx2
import openai
import openresponses_types.types as schema
import pytest

from e2e.scripted import MODEL, TOOL_DELTAS, script, scripted_room, stopped
from engine_room import STARTER, EngineRoomProcess, until

TOOLS = [
    {"type": "function", "name": "look", "parameters": {"type": "object", "properties": {"place": {"type": "string"}}}}
]
PARIS = "What is the capital of France?"
LONG = "Write a very long story about a lighthouse keeper and the sea."


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoomProcess]:
    with scripted_room(tmp_path_factory.mktemp("told")) as room:
        yield room


@pytest.fixture
def teller(told: EngineRoomProcess) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{told.connection().address}/v1", api_key="none", max_retries=0) as client:
        yield client


def test_an_answer_in_one_piece(client):
    answer = client.responses.create(model=STARTER, input=PARIS, temperature=0)
    assert "Paris" in answer.output_text
    assert (answer.status, answer.model, answer.error) == ("completed", STARTER, None)
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens
    schema.ResponseResource.model_validate(answer.to_dict())


def test_a_stream_and_its_helper(client):
    events = list(client.responses.create(model=STARTER, input=PARIS, temperature=0, stream=True))
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert events[-1].type == "response.completed"
    text = "".join(event.delta for event in events if event.type == "response.output_text.delta")
    assert text == events[-1].response.output_text
    with client.responses.stream(model=STARTER, input=PARIS, temperature=0) as stream:
        for _ in stream:
            pass
        assert stream.get_final_response().output_text == text


def test_the_limit_makes_it_incomplete(client):
    answer = client.responses.create(model=STARTER, input=LONG, max_output_tokens=7, temperature=0)
    assert (answer.status, answer.incomplete_details.reason) == ("incomplete", "max_output_tokens")
    assert answer.usage.output_tokens == 7
    *_, last = client.responses.create(model=STARTER, input=LONG, max_output_tokens=7, temperature=0, stream=True)
    assert last.type == "response.incomplete"


def test_a_conversation_goes_on(client):
    first = client.responses.create(model=STARTER, input=PARIS, temperature=0)
    then = client.responses.create(model=STARTER, input="Say it again.", temperature=0, previous_response_id=first.id)
    assert then.previous_response_id == first.id
    assert then.usage.input_tokens > first.usage.total_tokens
    assert client.responses.retrieve(first.id).output_text == first.output_text
    client.responses.delete(first.id)
    for call in (
        lambda: client.responses.retrieve(first.id),
        lambda: client.responses.create(model=STARTER, input="?", previous_response_id=first.id),
        lambda: client.responses.create(model=STARTER, input="?", previous_response_id=then.id),
    ):
        with pytest.raises(openai.NotFoundError) as caught:
            call()
        assert caught.value.code == "response_not_found"


def test_what_is_not_to_be_stored_is_not(client):
    answer = client.responses.create(model=STARTER, input=PARIS, max_output_tokens=4, store=False)
    assert answer.store is False
    with pytest.raises(openai.NotFoundError):
        client.responses.retrieve(answer.id)


def test_an_answer_of_a_form(client):
    form = {
        "type": "json_schema", "name": "capital", "strict": True,
        "schema": {
            "type": "object", "properties": {"city": {"type": "string", "maxLength": 20}}, "required": ["city"],
            "additionalProperties": False,
        },
    }  # fmt: skip
    answer = client.responses.create(model=STARTER, input=PARIS, temperature=0, text={"format": form})
    assert set(json.loads(answer.output_text)) == {"city"}
    assert answer.text.format.name == "capital"


def test_errors_are_those_of_the_api(client):
    with pytest.raises(openai.NotFoundError) as caught:
        client.responses.create(model="nothing", input="Hi")
    assert caught.value.code == "model_not_found"
    for stream in (False, True):
        with pytest.raises(openai.BadRequestError) as caught:
            client.responses.create(model=STARTER, input="word " * 6000, stream=stream)
        assert caught.value.code == "context_length_exceeded"
        assert "4096" in caught.value.message
    with pytest.raises(openai.BadRequestError) as caught:
        client.responses.create(model=STARTER, input="Hi", background=True)
    assert caught.value.code == "unsupported_parameter"
    with pytest.raises(openai.BadRequestError):
        client.responses.create(model=STARTER, input="Hi", temperature=99)


def test_a_client_that_leaves_stops_the_engine(client, served):
    with served.control() as control:
        before = control.snapshot().traffic.cancelled
        # Without chance in it the story goes round in circles, and on and on.
        stream = client.responses.create(model=STARTER, input=LONG, max_output_tokens=3000, temperature=0, stream=True)
        assert any(event.type == "response.output_text.delta" for event in stream)
        stream.close()
        until("the request counted as cancelled", lambda: control.snapshot().traffic.cancelled == before + 1)
        until("the engine to stop", lambda: _released(control))
        last = control.snapshot().traffic.last
        assert (last.route, last.outcome) == ("/v1/responses", "cancelled")


def _released(control):
    lines = [line.text for line in control.logs(source=STARTER, tail=20)]
    return any("stop processing" in line for line in lines[-3:])


def test_it_is_counted_like_a_chat(client, served):
    with served.control() as control:
        before = control.snapshot().traffic
        answer = list(client.responses.create(model=STARTER, input=PARIS, temperature=0, stream=True))[-1].response
        after = until("the totals", lambda: _newer(control, before.requests))
    assert after.last.completion_tokens == answer.usage.output_tokens
    assert after.last.prompt_tokens == answer.usage.input_tokens
    assert after.last.ttft_s > 0
    assert after.last.tokens_per_s > 0


def _newer(control, requests):
    traffic = control.snapshot().traffic
    return traffic if traffic.requests > requests else None


def test_tools_are_called_and_streamed(teller):
    with teller.responses.stream(model=MODEL, input=script(*TOOL_DELTAS, finish="tool_calls"), tools=TOOLS) as stream:
        arguments = [event.snapshot for event in stream if event.type == "response.function_call_arguments.delta"]
        answer = stream.get_final_response()
    assert arguments == ['{"place": "he', '{"place": "here"}', "{}"]
    thought, said, first, second = answer.output
    assert (thought.summary[0].text, said.content[0].text) == ("Look.", "I look.")
    assert (first.call_id, first.name, first.arguments) == ("call_a", "look", '{"place": "here"}')
    assert (second.call_id, second.arguments) == ("call_b", "{}")
    assert answer.usage.input_tokens_details.cached_tokens == 10


def test_what_the_engine_is_asked(teller):
    answer = teller.responses.with_raw_response.create(
        model="default", input=[{"role": "user", "content": "Hi"}], instructions="Be brief.", tool_choice="required",
        tools=[*TOOLS, {"type": "web_search"}], extra_body={"client_metadata": {"x": 1}, "n_discard": -1},
    )  # fmt: skip
    assert answer.headers["x-engineroom-notes"] == "tool web_search left out"
    asked = json.loads(answer.parse().output_text)
    assert asked.pop("tools")[0]["function"]["name"] == "look"
    shape = asked.pop("response_format")["json_schema"]["schema"]["properties"]
    assert shape["name"] == {"const": "look"}, "a call is demanded in the shape of the answer"
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]
    assert asked == {"model": MODEL, "messages": messages, "tool_choice": "none"}


@pytest.mark.parametrize(
    "fields",
    [{"die": 1, "pause_s": 0.1}, {"error": {"code": 500, "message": "slot 3 in /secret", "type": "x"}}],
    ids=["the connection breaks", "the engine says so"],
)
def test_a_failure_in_the_middle_is_raised(teller, fields):
    stream = teller.responses.create(
        model=MODEL, input=script({"content": "a"}, {"content": "b"}, **fields), stream=True
    )
    events: list[object] = []
    with pytest.raises(openai.APIError) as caught:
        events.extend(stream)
    assert events[-1].type == "response.failed"
    assert events[-1].response.error.message == caught.value.message
    assert "secret" not in caught.value.message


def test_a_client_that_waits_gets_events_from_the_first_second(tmp_path):
    """While the engine loads, and while it reads the prompt."""
    with scripted_room(tmp_path, wait=False, ENGINEROOM_FAKE_LOAD_S="6") as room:
        stopped(room)
        address = room.connection().address
        with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
            asked = script({"content": "a"}, head_s=2.5)
            kinds = [event.type for event in client.responses.create(model=MODEL, input=asked, stream=True)]
    assert kinds[0] == "response.created"
    assert kinds.count("response.in_progress") >= 4, "more than there are seconds in which it reads"
    assert kinds[-1] == "response.completed"


def test_an_engine_that_dies_while_it_loads_is_a_failed_response(tmp_path):
    with scripted_room(tmp_path, wait=False, ENGINEROOM_FAKE_LOAD_S="600") as room:
        engine = until("the engine", lambda: room.engine(MODEL).pid)
        with httpx2.stream(
            "POST", f"{room.connection().address}/v1/responses", json={"model": MODEL, "input": "x", "stream": True},
            timeout=60,
        ) as answer:  # fmt: skip
            lines = answer.iter_lines()
            assert next(lines) == "event: response.created"
            with room.control() as control:
                control.stop_engine(MODEL)
            assert engine
            rest = list(lines)
    assert "event: response.failed" in rest
    assert rest[-3] == "event: error" or "event: error" in rest[-4:]
