"""The official client against the real daemon, the real child process and the real starter model."""

import asyncio
import re

import httpx2
import openai
import psutil
import pytest

from engine_room import STARTER, ask_and_leave, holding, until
from engineroom.contract.control import EngineState
from engineroom.domain.launch import KEY_VARIABLE

PARIS = [{"role": "user", "content": "What is the capital of France?"}]
LONG = [{"role": "user", "content": "Write a very long story about a lighthouse keeper and the sea."}]


def stream_text(client: openai.OpenAI, **options):
    chunks = list(client.chat.completions.create(model=STARTER, messages=PARIS, stream=True, **options))
    text = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
    return text, chunks


def test_streamed_answer_names_paris(client):
    text, chunks = stream_text(client, temperature=0)
    assert "Paris" in text
    assert len(chunks) > 3
    finishes = [choice.finish_reason for chunk in chunks for choice in chunk.choices if choice.finish_reason]
    assert finishes == ["stop"]
    assert {chunk.model for chunk in chunks} == {STARTER}


def test_whole_answer_names_paris_and_counts_tokens(client):
    answer = client.chat.completions.create(model=STARTER, messages=PARIS, temperature=0)
    assert "Paris" in answer.choices[0].message.content
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens
    assert answer.usage.completion_tokens > 3


def test_usage_comes_only_to_those_who_ask(client):
    _, silent = stream_text(client, temperature=0)
    _, asked = stream_text(client, temperature=0, stream_options={"include_usage": True})
    assert all(chunk.usage is None and chunk.choices for chunk in silent)
    assert asked[-1].choices == []
    pieces = sum(bool(chunk.choices and chunk.choices[0].delta.content) for chunk in asked)
    # The token that ends the answer is counted and has no text.
    assert asked[-1].usage.completion_tokens == pieces + 1
    _, refused = stream_text(client, temperature=0, stream_options={"include_usage": False})
    assert all(chunk.usage is None for chunk in refused)


def test_usage_reaches_the_totals_even_when_the_client_did_not_ask(client, served):
    with served.control() as control:
        before = control.snapshot().traffic
        _, chunks = stream_text(client, temperature=0)
        # The token that ends the answer is counted and has no text.
        written = 1 + sum(bool(choice.delta.content) for chunk in chunks for choice in chunk.choices)
        after = until("the request in the totals", lambda: _with_prompt(control, before.prompt_tokens))
    assert after.last.completion_tokens == written
    assert after.completion_tokens - before.completion_tokens >= written
    assert after.last.ttft_s > 0
    assert after.last.tokens_per_s > 0


def _with_prompt(control, prompt_tokens):
    """The totals once a request with a counted prompt came in: one that an earlier test cancelled has none."""
    traffic = control.snapshot().traffic
    return traffic if traffic.prompt_tokens > prompt_tokens and traffic.last.prompt_tokens else None


def test_max_tokens_is_exact_and_ends_with_length(client):
    answer = client.chat.completions.create(model=STARTER, messages=LONG, max_tokens=7, temperature=0)
    assert answer.usage.completion_tokens == 7
    assert answer.choices[0].finish_reason == "length"


def test_stop_sequence_is_honoured(client):
    free = client.completions.create(model=STARTER, prompt="One, two, three,", max_tokens=24, temperature=0)
    stop = free.choices[0].text.strip().split()[2]
    held = client.completions.create(model=STARTER, prompt="One, two, three,", max_tokens=24, temperature=0, stop=stop)
    assert stop not in held.choices[0].text
    assert held.choices[0].finish_reason == "stop"


def test_same_seed_same_answer_other_seed_other_answer(client):
    def told(seed):
        answer = client.chat.completions.create(
            model=STARTER, messages=LONG, max_tokens=24, temperature=1.5, seed=seed,
            extra_body={"cache_prompt": False, "ignore_eos": True},
        )  # fmt: skip
        return answer.choices[0].message.content

    first = told(7)
    assert told(7) == first
    assert {told(8), told(9)} != {first}


def test_streamed_completion_equals_the_whole_one(client):
    options = {"model": STARTER, "prompt": "Once upon a time", "max_tokens": 12, "temperature": 0}
    whole = client.completions.create(**options)
    parts = client.completions.create(**options, stream=True)
    assert "".join(choice.text for part in parts for choice in part.choices) == whole.choices[0].text


def test_models_are_listed_with_the_context_of_one_request(client, served):
    models = client.models.list().data
    assert [model.id for model in models] == [STARTER]
    assert models[0].max_model_len == served.engine().context_tokens == 4096
    assert client.models.retrieve("default").id == STARTER


async def test_four_streams_at_once_all_finish(served):
    async with openai.AsyncOpenAI(base_url=f"{served.connection().address}/v1", api_key="x", max_retries=0) as client:

        async def one(number):
            stream = await client.chat.completions.create(
                model=STARTER, messages=LONG, max_tokens=20 + number, temperature=1, stream=True,
                stream_options={"include_usage": True}, extra_body={"ignore_eos": True},
            )  # fmt: skip
            return [chunk async for chunk in stream][-1].usage.completion_tokens

        assert await asyncio.gather(*(one(number) for number in range(6))) == [20, 21, 22, 23, 24, 25]


def test_bytes_of_the_engine_are_unchanged(served):
    """The same request to the engine itself gives the same bytes, but for the ids and times of each answer."""
    engine = served.engine()
    with served.control() as control:
        log = "\n".join(line.text for line in control.logs(source=STARTER, tail=5000))
    port = re.findall(r"listening on http://127\.0\.0\.1:(\d+)", log)[-1]
    key = psutil.Process(engine.pid).environ()[KEY_VARIABLE]
    body = {
        "model": STARTER, "messages": PARIS, "temperature": 0, "stream": True,
        "stream_options": {"include_usage": True},
    }  # fmt: skip
    direct = httpx2.post(
        f"http://127.0.0.1:{port}/v1/chat/completions",
        json=body,
        headers={"Authorization": f"Bearer {key}"},
        timeout=60,
    )
    through = httpx2.post(f"{served.connection().address}/v1/chat/completions", json=body, timeout=60)
    assert _without_ids(through.content) == _without_ids(direct.content)
    assert through.headers["content-type"].startswith("text/event-stream")


def _without_ids(body: bytes) -> bytes:
    body = re.sub(rb'"timings":\{[^}]*\}', b"", body)
    return re.sub(rb'"(?:created":\d+|id":"[^"]*"|cached_tokens":\d+)', b"", body)


@pytest.mark.parametrize("streaming", [True, False])
def test_a_client_that_leaves_stops_the_engine(client, served, streaming):
    with served.control() as control:
        before = control.snapshot().traffic.cancelled
        if streaming:
            stream = client.chat.completions.create(
                model=STARTER, messages=LONG, max_tokens=3000, temperature=1, stream=True,
                extra_body={"ignore_eos": True},
            )  # fmt: skip
            next(iter(stream))
            stream.close()
        else:
            asked = {"model": STARTER, "messages": LONG, "max_tokens": 3000, "ignore_eos": True}
            ask_and_leave(served, "/v1/chat/completions", asked)
        until("the request to be counted as cancelled", lambda: control.snapshot().traffic.cancelled == before + 1)
        until("the engine to stop generating", lambda: _released(control))
        until("no active request", lambda: control.snapshot().frames[-1].active_requests == 0)


def _released(control):
    lines = [line.text for line in control.logs(source=STARTER, tail=20)]
    return any("stop processing" in line for line in lines[-3:])


def error_of(call):
    with pytest.raises(openai.APIStatusError) as caught:
        call()
    body = caught.value.body
    assert {"message", "type", "param", "code"} <= set(body)
    return caught.value.status_code, body


def test_unknown_model_is_404(client):
    for name in ("nothing", "../../etc/passwd", "/etc/passwd", "C:\\x", "a" * 10_000, "hf:org/x", "\x00"):
        status, body = error_of(lambda name=name: client.chat.completions.create(model=name, messages=PARIS))
        assert (status, body["code"], body["param"]) == (404, "model_not_found", "model")


@pytest.mark.parametrize("streaming", [True, False])
def test_prompt_longer_than_the_context_is_400_with_both_numbers(client, streaming):
    status, body = error_of(
        lambda: client.chat.completions.create(
            model=STARTER, messages=[{"role": "user", "content": "word " * 6000}], stream=streaming
        )
    )
    assert (status, body["code"]) == (400, "context_length_exceeded")
    assert body["facts"]["context_tokens"] == 4096
    assert body["facts"]["prompt_tokens"] > 6000
    assert "4096" in body["message"]
    assert str(body["facts"]["prompt_tokens"]) in body["message"]


@pytest.mark.parametrize(
    "fields",
    [
        {"messages": "text"},
        {"messages": None},
        {"messages": [{"role": "user", "content": 3}]},
        {"temperature": "hot"},
        {"max_tokens": -7},
        {"max_tokens": "many"},
        {"stream": "yes"},
        {"tools": "hammer"},
        {"response_format": {"type": "json_schema", "json_schema": {"schema": {"type": "zzz"}}}},
        {
            "messages": [
                {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,x"}}]}
            ]
        },
        {"n": 100_000},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_wrong_field_is_400_never_500(served, fields):
    body = {"model": STARTER, "messages": PARIS, "max_tokens": 1, **fields}
    answer = httpx2.post(f"{served.connection().address}/v1/chat/completions", json=body, timeout=60)
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert served.engine().state is EngineState.READY


@pytest.mark.parametrize(
    ("route", "asked"),
    [
        ("/v1/chat/completions", {"messages": []}),
        ("/v1/completions", {"prompt": []}),
        ("/v1/embeddings", {"input": []}),
        ("/v1/responses", {"input": []}),
        ("/v1/messages", {"messages": [], "system": "Be brief."}),
    ],
)
def test_who_asks_nothing_is_refused_and_not_answered_at_length(served, route, asked):
    body = {"model": STARTER, "max_tokens": 1, **asked}
    answer = httpx2.post(f"{served.connection().address}{route}", json=body, timeout=60)
    assert answer.status_code == 400, answer.text
    assert f"'{next(iter(asked))}'" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"", "application/json", 400, "invalid_json"),
        (b"{nope", "application/json", 400, "invalid_json"),
        (b"[]", "application/json", 400, "invalid_request"),
        (b'"x"', "application/json", 400, "invalid_request"),
        (b'{"model": 3}', "application/json", 400, "invalid_request"),
        (b"{}", "application/json", 400, "invalid_request"),
        (b'{"model":"default","x":"\xff"}', "application/json", 400, "invalid_json"),
        (b'{"model":"default","x":' + b"[" * 20_000 + b"]" * 20_000 + b"}", "application/json", 400, "invalid_json"),
        (b"{}", "text/plain", 415, "unsupported_media_type"),
        (b"a=b", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
    ],
)
def test_a_body_that_is_not_a_request(served, content, kind, status, code):
    for route in ("/v1/chat/completions", "/v1/completions"):
        answer = httpx2.post(
            f"{served.connection().address}{route}", content=content, headers={"content-type": kind}, timeout=60
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize("chunked", [True, False])
def test_a_body_over_32_mib_is_413(served, chunked):
    block = b"x" * 65_536
    blocks = [b'{"model":"default","prompt":"', *[block] * 520, b'"}']
    answer = httpx2.post(
        f"{served.connection().address}/v1/completions",
        content=iter(blocks) if chunked else b"".join(blocks),
        headers={"content-type": "application/json"},
        timeout=60,
    )
    assert answer.status_code == 413
    assert answer.json()["error"]["facts"]["limit_bytes"] == 32 * 2**20


def test_routes_are_an_allow_list(served):
    address = served.connection().address
    for path in (
        "/slots",
        "/props",
        "/v1/../slots",
        "//v1/models",
        "/docs",
        "/openapi.json",
        "/infill",
        "/apply-template",
        "/V1/models",
    ):
        answer = httpx2.get(f"{address}{path}", timeout=60)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found"), path
    for path in ("/v1/chat/completions", "/v1/responses"):
        answer = httpx2.get(f"{address}{path}", timeout=60)
        assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method_not_allowed"), path
        assert answer.headers["allow"] == "POST"
    answer = httpx2.post(f"{address}/v1/models", json={}, timeout=60)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", ""])
def test_a_foreign_host_header_is_refused(served, host):
    answer = httpx2.get(f"{served.connection().address}/v1/models", headers={"host": host}, timeout=60)
    assert answer.status_code in {400, 403}
    if answer.status_code == 403:
        assert answer.json()["error"]["code"] == "host_not_allowed"


def test_health_and_metrics(client, served):
    stream_text(client, temperature=0)
    address = served.connection().address
    assert httpx2.get(f"{address}/health", timeout=60).json() == {"status": "ok"}
    for wanted in (
        rf'engineroom_tokens_total{{direction="completion",model="{STARTER}"}} [1-9]',
        rf'engineroom_time_to_first_token_seconds_count{{model="{STARTER}"}} [1-9]',
        rf'engineroom_engine_ready{{model="{STARTER}"}} 1\.0',
    ):
        until(wanted, lambda wanted=wanted: re.search(wanted, httpx2.get(f"{address}/metrics", timeout=60).text))


def test_prompts_and_answers_are_in_no_file(client, served):
    canary = "xyzzy-plugh-4711"
    client.chat.completions.create(model=STARTER, messages=[{"role": "user", "content": canary}], max_tokens=8)
    assert any(path.suffix == ".log" for path in served.home.rglob("*"))
    assert holding(served.home, canary) == []
