"""What a chat can be asked for besides text: probabilities, a shape, calls; and who leaves."""

import json
import math
from collections.abc import Iterator
from typing import Any

import httpx2
import openai
import pytest

from e2e.scripted import MODEL, scripted_room
from e2e.tiny_room import CHAT, tiny_room
from engine_room import STARTER, EngineRoomProcess, ask_and_leave, until
from fakes.tiny_images import GOOD, as_url, png

HELLO: Any = [{"role": "user", "content": "Say hello."}]
LOOK = {"name": "look", "parameters": {"type": "object", "properties": {"at": {"type": "integer"}}, "required": ["at"]}}
WAIT = {"name": "wait", "parameters": {"type": "object", "properties": {"s": {"type": "boolean"}}, "required": ["s"]}}
SEEN = as_url(GOOD["png"])
BARE = SEEN.partition(",")[2]
TOOLS: Any = [{"type": "function", "function": function} for function in (LOOK, WAIT)]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[openai.OpenAI]:
    with tiny_room(tmp_path_factory.mktemp("tiny")) as room, client_of(room) as client:
        yield client


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[openai.OpenAI]:
    with scripted_room(tmp_path_factory.mktemp("told")) as room, client_of(room) as client:
        yield client


def client_of(room: EngineRoomProcess) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{room.connection().address}/v1", api_key="none", max_retries=0)


def test_more_alternatives_than_openai_allows_are_refused_on_every_surface(client: openai.OpenAI) -> None:
    asked: Any = {"model": STARTER, "max_tokens": 1}
    ways: tuple[Any, ...] = (
        lambda: client.chat.completions.create(**asked, messages=HELLO, logprobs=True, top_logprobs=21),
        lambda: client.chat.completions.create(**asked, messages=HELLO, extra_body={"n_probs": 10**6}),
        lambda: client.completions.create(**asked, prompt="One", logprobs=10**6),
        lambda: client.responses.create(model=STARTER, input="Hi", top_logprobs=21),
    )
    for way, name in zip(ways, ("top_logprobs", "n_probs", "logprobs", "top_logprobs"), strict=True):
        with pytest.raises(openai.BadRequestError, match=f"'{name}' must be a whole number from 0 to 20"):
            way()


def test_probabilities_of_tokens(client: openai.OpenAI) -> None:
    options: Any = {"model": STARTER, "messages": HELLO, "max_tokens": 4, "temperature": 0}
    asked: Any = {**options, "logprobs": True, "top_logprobs": 3}
    whole = client.chat.completions.create(**asked).choices[0]
    assert whole.logprobs is not None
    rows = whole.logprobs.content or []
    assert rows[0].token in (whole.message.content or "")
    for row in rows:
        assert row.logprob <= 0
        assert len(row.top_logprobs) == 3
        assert max(one.logprob for one in row.top_logprobs) == pytest.approx(row.logprob, abs=1e-4)
        assert sum(math.exp(one.logprob) for one in row.top_logprobs) <= 1 + 1e-4
    streamed = [
        row
        for chunk in client.chat.completions.create(**asked, stream=True)
        for choice in chunk.choices
        for row in (choice.logprobs.content or [] if choice.logprobs else [])
    ]
    assert [row.token for row in streamed] == [row.token for row in rows]
    assert client.chat.completions.create(**options).choices[0].logprobs is None


def test_probabilities_of_a_text(client: openai.OpenAI) -> None:
    asked: Any = {"model": STARTER, "prompt": "One, two,", "max_tokens": 5, "temperature": 0, "logprobs": 2}
    whole = client.completions.create(**asked).choices[0]
    streamed = [choice for part in client.completions.create(**asked, stream=True) for choice in part.choices]
    for choices in ([whole], streamed):
        told = [choice.logprobs.model_dump() for choice in choices if choice.logprobs]
        tokens, offsets, logs, tops = (
            [row for one in told for row in one[name] or []]
            for name in ("tokens", "text_offset", "token_logprobs", "top_logprobs")
        )
        assert "".join(tokens) == whole.text
        assert [whole.text[at : at + len(token)] for at, token in zip(offsets, tokens, strict=True)] == tokens
        assert [max(top.values()) for top in tops] == pytest.approx(logs, abs=1e-4)
        assert all(len(top) == 2 for top in tops)
    assert client.completions.create(**{**asked, "logprobs": None}).choices[0].logprobs is None


@pytest.mark.parametrize("strict", [True, False, None])
def test_an_answer_has_the_shape_that_was_asked_for(client: openai.OpenAI, strict: bool | None) -> None:
    shape = {
        "type": "object",
        "properties": {"city": {"type": "string", "maxLength": 12}, "sure": {"type": "boolean"},
                       "tries": {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 1, "maxItems": 2}},
        "required": ["city", "sure", "tries"],
        "additionalProperties": False,
    }  # fmt: skip
    named = {"name": "answer", "schema": shape, **({} if strict is None else {"strict": strict})}
    form: Any = {"type": "json_schema", "json_schema": named}
    for streaming in (False, True):
        asked: Any = {"model": STARTER, "messages": HELLO, "max_tokens": 120, "response_format": form}
        if streaming:
            chunks = client.chat.completions.create(**asked, stream=True)
            text = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
        else:
            text = client.chat.completions.create(**asked).choices[0].message.content or ""
        tree = json.loads(text)
        assert set(tree) == {"city", "sure", "tries"}
        assert isinstance(tree["sure"], bool)
        assert len(tree["city"]) <= 12
        assert set(tree["tries"]) <= {"a", "b"}
        assert 1 <= len(tree["tries"]) <= 2


def wish(choice: str) -> Any:
    return choice if choice == "required" else {"type": "function", "function": {"name": choice}}


@pytest.mark.parametrize("choice", ["required", "look", "wait"])
def test_a_call_that_is_demanded_is_demanded_of_the_engine(told: openai.OpenAI, choice: str) -> None:
    """llama.cpp passes over names, and does not hold to the rest: the answer is demanded in the shape of a call."""
    heard = told.chat.completions.create(model=MODEL, messages=HELLO, tools=TOOLS, tool_choice=wish(choice))
    shape = json.loads(heard.choices[0].message.content or "")["response_format"]["json_schema"]["schema"]
    names = [row["properties"]["name"]["const"] for row in shape.get("anyOf", [shape])]
    assert names == (["look", "wait"] if choice == "required" else [choice])


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize("choice", ["required", "look", "wait"])
def test_a_model_that_calls_nothing_by_itself_calls_when_it_must(
    client: openai.OpenAI, choice: str, streaming: bool
) -> None:
    asked: Any = {"model": STARTER, "messages": HELLO, "tools": TOOLS, "max_tokens": 200, "tool_choice": wish(choice)}
    for _ in range(3):
        name, arguments, reason = called(client, asked, streaming=streaming)
        assert name in {"look", "wait"} if choice == "required" else name == choice
        assert reason == "tool_calls"
        assert isinstance(arguments["at" if name == "look" else "s"], int if name == "look" else bool)


def called(client: openai.OpenAI, asked: Any, *, streaming: bool) -> tuple[str, Any, str | None]:
    """The one call of an answer, and why that ended."""
    if not streaming:
        choice = client.chat.completions.create(**asked).choices[0]
        (call,) = choice.message.tool_calls or []
        assert choice.message.content is None
        return call.function.name, json.loads(call.function.arguments), choice.finish_reason  # type: ignore[union-attr]
    with client.chat.completions.stream(**asked) as stream:
        whole = stream.get_final_completion().choices[0]
    (one,) = whole.message.tool_calls or []
    assert not whole.message.content
    return one.function.name, json.loads(one.function.arguments), whole.finish_reason


def test_several_calls_come_where_several_are_asked_for(client: openai.OpenAI) -> None:
    asked: Any = {"model": STARTER, "messages": HELLO, "tools": TOOLS, "tool_choice": "required", "max_tokens": 400}
    whole = client.chat.completions.create(**asked, parallel_tool_calls=True).choices[0]
    assert 1 <= len(whole.message.tool_calls or ()) <= 8
    alone = client.chat.completions.create(**asked, parallel_tool_calls=False).choices[0]
    assert len(alone.message.tool_calls or ()) == 1


@pytest.mark.parametrize("word", [{"multipleOf": 3}, {"not": {"const": 1}}])
def test_a_strict_shape_that_cannot_be_kept_is_refused(client: openai.OpenAI, word: Any) -> None:
    shape = {"type": "object", "properties": {"a": {"type": "integer", **word}}, "required": ["a"]}
    asked: Any = {"model": STARTER, "messages": HELLO, "max_tokens": 60}
    strict: Any = {"type": "json_schema", "json_schema": {"name": "x", "schema": shape, "strict": True}}
    with pytest.raises(openai.BadRequestError) as refused:
        client.chat.completions.create(**asked, response_format=strict)
    assert refused.value.code == "unsupported_parameter"
    assert next(iter(word)) in refused.value.message
    loose: Any = {"type": "json_schema", "json_schema": {"name": "x", "schema": shape}}
    raw = client.chat.completions.with_raw_response.create(**asked, response_format=loose)
    assert raw.headers["x-engineroom-notes"] == f"the answer is not held to: {next(iter(word))}"


def test_tools_are_taken_by_a_model_whose_template_has_them(tiny: openai.OpenAI) -> None:
    alone = tiny.chat.completions.create(model=CHAT, messages=HELLO, max_tokens=1)
    raw = tiny.chat.completions.with_raw_response.create(model=CHAT, messages=HELLO, max_tokens=1, tools=TOOLS)
    assert "x-engineroom-notes" not in raw.headers
    told = raw.parse().usage
    assert told is not None
    assert alone.usage is not None
    assert told.prompt_tokens > alone.usage.prompt_tokens + 100, "the template shows them to the model"
    wanted: Any = {"type": "function", "function": {"name": "fly"}}
    with pytest.raises(openai.BadRequestError) as refused:
        tiny.chat.completions.create(model=CHAT, messages=HELLO, tools=TOOLS, tool_choice=wanted)
    assert "fly" in refused.value.message


def test_calls_that_come_together(told: openai.OpenAI) -> None:
    pieces = [
        {"tool_calls": [{"index": at, "id": f"call_{at}", "type": "function",
                         "function": {"name": "look", "arguments": f'{{"at": {at}}}'}}]}
        for at in range(3)
    ]  # fmt: skip
    script = json.dumps({"deltas": [{"role": "assistant"}, *pieces], "finish": "tool_calls"})
    asked: Any = {"model": MODEL, "messages": [{"role": "user", "content": script}], "tools": TOOLS}
    choices = [choice for chunk in told.chat.completions.create(**asked, stream=True) for choice in chunk.choices]
    pieces_seen = [call for choice in choices for call in choice.delta.tool_calls or ()]
    calls = [(call.index, call.id, call.function and call.function.arguments) for call in pieces_seen]
    assert calls == [(at, f"call_{at}", f'{{"at": {at}}}') for at in range(3)]
    assert choices[-1].finish_reason == "tool_calls"
    heard = told.chat.completions.create(model=MODEL, messages=HELLO, tools=TOOLS, parallel_tool_calls=False)
    assert json.loads(heard.choices[0].message.content or "")["parallel_tool_calls"] is False


def test_a_picture_for_a_model_that_cannot_see_is_refused_clearly(client: openai.OpenAI) -> None:
    part: Any = {"type": "image_url", "image_url": {"url": SEEN}}
    with pytest.raises(openai.BadRequestError) as refused:
        client.chat.completions.create(model=STARTER, messages=[{"role": "user", "content": [part]}])
    assert "image" in refused.value.message
    address = str(client.base_url).removesuffix("/v1/")
    source = {"type": "base64", "media_type": "image/png", "data": BARE}
    turn = [{"role": "user", "content": [{"type": "image", "source": source}]}]
    asked = {"model": STARTER, "messages": turn, "max_tokens": 5}
    for route, body in (
        ("/v1/messages", asked),
        ("/v1/responses", {"model": STARTER, "input": [{"role": "user", "content": [
            {"type": "input_image", "image_url": SEEN}]}]}),
        ("/api/chat", {"model": STARTER, "messages": [{"role": "user", "content": "x", "images": [BARE]}]}),
    ):  # fmt: skip
        answer = httpx2.post(f"{address}{route}", json=body, timeout=60)
        assert (answer.status_code, "image" in answer.text) == (400, True), (route, answer.text)


@pytest.mark.parametrize("streaming", [True, False])
def test_who_leaves_a_text_stops_the_engine(client: openai.OpenAI, served: EngineRoomProcess, streaming: bool) -> None:
    with served.control() as control:
        before = control.snapshot().traffic.cancelled
        asked: Any = {"model": STARTER, "prompt": "One", "max_tokens": 3000}
        if streaming:
            stream = client.completions.create(**asked, stream=True, extra_body={"ignore_eos": True})
            next(iter(stream))
            stream.close()
        else:
            ask_and_leave(served, "/v1/completions", {**asked, "ignore_eos": True})
        until("it is counted as cancelled", lambda: control.snapshot().traffic.cancelled == before + 1)
        until("nothing is answered", lambda: control.snapshot().frames[-1].active_requests == 0)


WITH_PICTURE = [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": as_url(png())}}]}]
NO_SCHEMA: Any = {
    "response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "nonsense"}}}
}
CHAT_ROUTE, COMPLETIONS_ROUTE = "/v1/chat/completions", "/v1/completions"


@pytest.mark.parametrize(
    ("route", "wrong", "said"),
    [
        (CHAT_ROUTE, {"stop": 5}, "'stop' must be text or a list, and is a whole number"),
        (CHAT_ROUTE, {"stop": ["a", 5]}, "'stop[1]' must be text"),
        ("/api/chat", {"options": {"stop": ["a", 5]}}, "'stop' must be a text or a list of texts"),
        (CHAT_ROUTE, {"response_format": {"type": "json_schema"}}, "'response_format.json_schema.schema' must be"),
        (CHAT_ROUTE, {"response_format": {"type": "json_schema", "json_schema": {"name": "x"}}}, "must be an object"),
        (CHAT_ROUTE, {"temperature": "hot"}, "'temperature' must be a number from 0 to 2, and is the text 'hot'"),
        (CHAT_ROUTE, {"response_format": "json"}, "'response_format' must be an object, and is text"),
        (CHAT_ROUTE, {"logit_bias": "x"}, "'logit_bias' must be an object or a list, and is text"),
        (CHAT_ROUTE, {"tools": "x"}, "'tools' must be a list, and is text"),
        (CHAT_ROUTE, {"tools": [5]}, "'tools[0]' must be an object, and is a whole number"),
        (CHAT_ROUTE, {"tool_choice": 5}, "'tool_choice' must be text or an object, and is a whole number"),
        (CHAT_ROUTE, {"messages": WITH_PICTURE}, "the model takes no image input here, only text"),
        ("/api/chat", {"options": {"num_ctx": 0}}, "'num_ctx' must be a whole number of 1 or more"),
        (CHAT_ROUTE, {"grammar": "root ::= ((( "}, "is not valid: its grammar cannot be read: it has to be GBNF"),
        (CHAT_ROUTE, NO_SCHEMA, "is not valid: its JSON schema cannot be used: unrecognized type nonsense, at #"),
        (COMPLETIONS_ROUTE, {}, "'prompt' is missing"),
        ("/detokenize", {"tokens": [10**9]}, "there is no token with such an id"),
        ("/api/chat", {"model": None}, "'model' is missing"),
        ("/api/generate", {"model": ""}, "'model' is missing"),
        ("/api/show", {"model": None}, "'model' is missing"),
        ("/api/embed", {"model": None, "input": "a"}, "'model' is missing"),
    ],
)
def test_what_is_wrong_is_said_in_words_of_the_request(
    served: EngineRoomProcess, route: str, wrong: dict[str, Any], said: str
) -> None:
    """And not in those of a library that an engine is made of; nothing that would not be done is passed over."""
    asked = {"model": STARTER, **({"messages": HELLO, "max_tokens": 1} if "chat" in route else {}), **wrong}
    answer = httpx2.post(f"{served.connection().address}{route}", json=asked, timeout=60)
    error = answer.json()["error"]
    assert answer.status_code == 400, error
    assert said in (error if isinstance(error, str) else error["message"])
    assert "exception" not in answer.text


@pytest.mark.parametrize("good", [None, "a", ["a", "b"], []])
def test_ends_of_every_form_are_taken(client: openai.OpenAI, good: Any) -> None:
    answer = client.chat.completions.create(
        model=STARTER, messages=HELLO, max_tokens=2, extra_body={"stop": good}, temperature=0
    )
    assert answer.choices


def test_a_call_that_is_demanded_without_tools_is_passed_over_and_told(client: openai.OpenAI) -> None:
    asked: Any = {"model": STARTER, "messages": HELLO, "max_tokens": 1}
    named = {"type": "function", "function": {"name": "look"}}
    for choice in ("required", named):
        raw = client.chat.completions.with_raw_response.create(**asked, tool_choice=choice)
        assert raw.headers["x-engineroom-notes"] == "tool_choice ignored: there are no tools"
    quiet = client.chat.completions.with_raw_response.create(**asked, tool_choice="auto")
    assert "x-engineroom-notes" not in quiet.headers
