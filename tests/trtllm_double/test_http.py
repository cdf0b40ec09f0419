"""The HTTP surface of the double, by version (reference 2)."""

import http.client
import json
import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine_room import gone, until
from fakes.tensorrt_llm_double.kit import part
from fakes.tensorrt_llm_double.started import Started

DRAIN_S = part("api").DRAIN_S
HELLO = {"model": "any", "messages": [{"role": "user", "content": "hello there"}], "max_tokens": 6}
SCHEMA = {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}}
TOOLS = [{"type": "function", "function": {"name": "look", "parameters": SCHEMA}}]
STATS = "enable_iter_perf_stats: true\nreturn_perf_metrics: true\nperf_metrics_max_requests: 10\n"
GUIDED = "guided_decoding_backend: xgrammar\n"


@pytest.fixture
def options(tmp_path: Path) -> Path:
    path = tmp_path / "options.yaml"
    path.write_text(STATS + GUIDED)
    return path


@pytest.fixture
def double(serve, options: Path) -> Iterator[Started]:
    words = serve("--extra_llm_api_options", options, "--tool_parser", "qwen3", "--reasoning_parser", "qwen3",
                  reasoning="let me think")  # fmt: skip
    with Started(words) as started:
        yield started.ready()


def events(text: str) -> list[Any]:
    """The values of a stream, the last one ``[DONE]``."""
    return [
        row[6:] if "[DONE]" in row else json.loads(row[6:]) for row in re.split(r"\n+", text) if row.startswith("data")
    ]


def test_routes_that_are_there_and_that_are_not(double: Started) -> None:
    assert double.ask("/health")[:2] == (200, "")
    assert double.ask("/health_generate")[:2] == (200, "Generation health check OK")
    assert double.get("/version") == {"version": "1.2.1"}
    (row,) = double.get("/v1/models")["data"]
    assert (row["id"], row["owned_by"]) == ("Tiny-Llama", "tensorrt_llm")
    for path in ("/v1/models/Tiny-Llama", "/v1/embeddings", "/tokenize", "/v1/messages", "/nothing"):
        assert double.ask(path, method="POST")[0] == 404, path
    assert double.ask("/v1/models", method="POST")[:2] == (405, '{"detail": "Method Not Allowed"}')
    assert "/v1/chat/completions" in double.get("/openapi.json")["paths"]
    assert double.ask("/kv_cache_events", method="POST")[:2] == (200, "[]")
    assert re.search(r'INFO:     127\.0\.0\.1:\d+ - "GET /health HTTP/1\.1" 200 OK', double.output())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"store": True}, "extra_forbidden"),
        ({"tool_choice": "required", "tools": TOOLS}, "tool_choice"),
        ({"stream_options": {}}, "stream_options"),
        ({"messages": None}, "messages"),
        ({"messages": 5}, "list_type"),
        ({"response_format": {"type": "grammar"}}, "literal_error"),
        ({"messages": [{"role": "user", "content": "word " * 2100}]}, "must be greater than 0"),
    ],
)
def test_refused_requests_are_flat_errors(serve, changes: dict[str, Any], said: str) -> None:
    with Started(serve()) as double:
        body = {key: value for key, value in (HELLO | changes).items() if value is not None}
        status, text, _ = double.ready().ask("/v1/chat/completions", body)
    error = json.loads(text)
    assert status == 400
    assert set(error) == {"object", "message", "type", "param", "code"}
    assert (error["object"], error["type"], error["code"]) == ("error", "BadRequestError", 400)
    assert said in error["message"]


def test_chat_whole_and_streamed_say_the_same(double: Started) -> None:
    whole = double.get("/v1/chat/completions", HELLO | {"n": 2})
    assert [choice["finish_reason"] for choice in whole["choices"]] == ["length", "length"]
    message = whole["choices"][0]["message"]
    assert (message["content"], message["reasoning_content"]) == ("The quick brown fox jumps over", "let me think")
    assert whole["usage"]["completion_tokens"] == 12
    _, text, headers = double.ask("/v1/chat/completions", HELLO | {"stream": True, "stream_options": {}})
    assert headers["content-type"].startswith("text/event-stream")
    assert text.startswith("data: ")
    assert " \n\n" in text.partition("}\n\n")[0] + "}\n\n"
    *chunks, last, done = events(text)
    assert "".join(chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks) == message["content"]
    assert any("reasoning_content" in chunk["choices"][0]["delta"] for chunk in chunks)
    assert (last["choices"], last["usage"]["completion_tokens"], done) == ([], 6, "[DONE]")


def test_completions_and_max_tokens_left_out(double: Started) -> None:
    answer = double.get("/v1/completions", {"model": "m", "prompt": "hello"})
    assert answer["choices"][0]["text"].startswith("The quick brown fox")
    assert answer["choices"][0]["finish_reason"] == "stop"
    assert double.ask("/v1/completions", {"model": "m", "prompt": "a", "suffix": "b"})[0] == 400


def test_several_prompts_have_their_answers_in_a_row_and_in_a_stream_their_counts_apart(double: Started) -> None:
    """``merge_completion_responses``, ``merge_generators`` and ``prompt_idx`` of the original."""
    asked = {"model": "m", "prompt": ["one two", "three"], "n": 2, "max_tokens": 3}
    whole = double.get("/v1/completions", asked)
    assert [choice["index"] for choice in whole["choices"]] == [0, 1, 2, 3]
    assert whole["usage"] == {
        "prompt_tokens": 3, "completion_tokens": 12, "total_tokens": 15, "prompt_tokens_details": {"cached_tokens": 0},
    }  # fmt: skip
    _, text, _ = double.ask("/v1/completions", asked | {"stream": True, "stream_options": {"include_usage": True}})
    *events, done = [line.removeprefix("data: ") for line in text.split("\n\n") if line]
    assert done == "[DONE]"
    chunks = [json.loads(event) for event in events]
    assert {choice["index"] for chunk in chunks for choice in chunk["choices"]} == {0, 1, 2, 3}
    counts = [chunk["usage"] for chunk in chunks if not chunk["choices"]]
    assert [(count["prompt_tokens"], count["completion_tokens"]) for count in counts] == [(2, 6), (1, 6)]
    assert len({chunk["id"] for chunk in chunks}) == 2


def test_schema_binds_only_in_the_engines_own_form(double: Started) -> None:
    def content(form: dict[str, Any]) -> str:
        return double.get("/v1/chat/completions", HELLO | {"response_format": form})["choices"][0]["message"]["content"]

    wrapped = {"name": "person", "schema": SCHEMA, "strict": True}
    instance = {"name": "text", "age": 1}
    assert json.loads(content({"type": "json", "schema": SCHEMA})) == instance
    assert json.loads(content({"type": "json_schema", "json_schema": SCHEMA})) == instance
    assert content({"type": "json_schema", "json_schema": wrapped}).startswith("The quick")


def test_tools_are_called_with_a_parser_only(double: Started, serve) -> None:
    (choice,) = double.get("/v1/chat/completions", HELLO | {"tools": TOOLS, "max_tokens": 90})["choices"]
    assert choice["finish_reason"] == "tool_calls"
    call = choice["message"]["tool_calls"][0]["function"]
    assert (call["name"], json.loads(call["arguments"])) == ("look", {"name": "text", "age": 1})
    _, text, _ = double.ask("/v1/chat/completions", HELLO | {"tools": TOOLS, "max_tokens": 90, "stream": True})
    assert events(text)[-2]["choices"][0]["finish_reason"] == "tool_calls"
    with Started(serve()) as plain:
        (choice,) = plain.ready().get("/v1/chat/completions", HELLO | {"tools": TOOLS, "max_tokens": 90})["choices"]
    assert "<tool_call>" in choice["message"]["content"]


def test_harmony_models_name_reasoning_otherwise(serve, model: Path) -> None:
    config = json.loads((model / "config.json").read_text())
    changed = {"model_type": "gpt_oss", "architectures": ["GptOssForCausalLM"]}
    (model / "config.json").write_text(json.dumps(config | changed))
    with Started(serve(reasoning="hm")) as double:
        message = double.ready().get("/v1/chat/completions", HELLO)["choices"][0]["message"]
    assert message["reasoning"] == "hm"
    assert "reasoning_content" not in message


def test_metrics_are_drained_and_freeze_everything_when_idle(serve, options: Path) -> None:
    with Started(serve("--config", options, time_scale=0.25)) as double:
        double.ready().get("/v1/chat/completions", HELLO)
        records = double.get("/metrics")
        assert len(records) == 6
        assert records[-1]["kvCacheStats"]["tokensPerBlock"] == 32
        poller, other = (http.client.HTTPConnection("127.0.0.1", double.port) for _ in range(2))
        for connection in (poller, other):
            connection.request("GET", "/version")
            connection.getresponse().read()
        began_s = time.monotonic()
        # One after the other on connections that stand: the server takes them in this order.
        poller.request("GET", "/metrics")
        other.request("GET", "/health")
        assert other.getresponse().status == 200
        assert time.monotonic() - began_s >= 0.25 * DRAIN_S
        assert poller.getresponse().read() == b"[]"
        poller.close()
        other.close()


@pytest.mark.parametrize(("version", "prefix"), [("1.1.0", ""), ("1.2.1", "trtllm_"), ("1.4.0rc1", "trtllm_")])
def test_prometheus_names_by_version(serve, options: Path, version: str, prefix: str) -> None:
    options.write_text("return_perf_metrics: true\n")
    with Started(serve("--extra_llm_api_options", options, version=version)) as double:
        double.ready().get("/v1/chat/completions", HELLO)
        text = double.ask("/prometheus/metrics")[1]
    assert f"\n{prefix}time_to_first_token_seconds_count{{" in text
    assert f'{prefix}request_success_total{{model_name="undefined",' in text
    assert ("trtllm_num_requests_running" in text) == (version == "1.4.0rc1")


def test_prometheus_is_not_there_unless_asked_for(serve) -> None:
    with Started(serve()) as double:
        assert double.ready().ask("/prometheus/metrics")[0] == 404
        assert double.get("/perf_metrics") == []


def test_perf_metrics_are_drained(double: Started) -> None:
    double.get("/v1/chat/completions", HELLO)
    (item,) = double.get("/perf_metrics")
    assert item["perf_metrics"]["timing_metrics"]["last_token_time"] > 0
    assert double.get("/perf_metrics") == []


def test_responses_are_kept_from_1_2_on(double: Started, serve) -> None:
    made = double.get("/v1/responses", {"input": "hello", "model": "m", "max_output_tokens": 4})
    assert made["output"][0]["content"][0]["text"] == "The quick brown fox"
    place = f"/v1/responses/{made['id']}"
    assert double.get(place)["id"] == made["id"]
    assert json.loads(double.ask(place, method="DELETE")[1])["deleted"] is True
    status, text, _ = double.ask(place)
    assert (status, json.loads(text)["type"]) == (404, "InvalidRequestError")
    assert "response.completed" in double.ask("/v1/responses", {"input": "hello", "stream": True})[1]
    with Started(serve(version="1.1.0")) as older:
        made = older.ready().get("/v1/responses", {"input": "hello"})
        assert older.ask(f"/v1/responses/{made['id']}")[0] == 404


def test_disconnected_caller_is_noticed_at_the_next_look(serve) -> None:
    with Started(serve(tokens_per_s=5, time_scale=0.05)) as double:
        connection = http.client.HTTPConnection("127.0.0.1", double.ready().port)
        connection.request("POST", "/v1/chat/completions", json.dumps(HELLO | {"stream": True}))
        connection.getresponse().read(10)
        connection.sock.shutdown(socket.SHUT_RDWR)
        connection.close()
        assert "is disconnected, abort " in double.until("is disconnected")


def test_health_lies_until_somebody_asks_for_tokens(serve) -> None:
    with Started(serve()) as double:
        (worker,) = double.ready().workers()
        worker.kill()
        until("its end", lambda: gone([worker]))
        assert double.ask("/health")[0] == 200
        assert double.ask("/health_generate")[0] == 500
        status, text, _ = double.ask("/health")
        assert (status, text) == (503, "LLM is unavailable. Please check the server logs for more details.")
        assert double.process.poll() is None


def test_health_of_1_1_never_learns(serve) -> None:
    with Started(serve(version="1.1.0")) as double:
        (worker,) = double.ready().workers()
        worker.kill()
        until("its end", lambda: gone([worker]))
        assert double.ask("/health_generate")[0] == 500
        assert double.ask("/health")[0] == 200


def test_request_hangs_when_the_worker_dies_under_it(serve) -> None:
    with Started(serve(run_fault="worker_dies", after_requests=1)) as double:
        double.ready().get("/v1/chat/completions", HELLO)
        connection = http.client.HTTPConnection("127.0.0.1", double.port, timeout=0.5)
        connection.request("POST", "/v1/chat/completions", json.dumps(HELLO))
        with pytest.raises(TimeoutError):
            connection.getresponse()
        connection.close()
        assert double.ask("/health")[0] == 200


def test_fatal_executor_error_ends_the_server_by_itself(serve) -> None:
    with Started(serve(run_fault="cpp_executor_error")) as double:
        connection = http.client.HTTPConnection("127.0.0.1", double.ready().port, timeout=60)
        connection.request("POST", "/v1/chat/completions", json.dumps(HELLO))
        assert double.ended() == 1
        connection.close()


def test_crashed_loop_of_newer_versions_is_503_for_ever(serve) -> None:
    with Started(serve(version="1.4.0rc1", run_fault="loop_crash")) as double:
        connection = http.client.HTTPConnection("127.0.0.1", double.ready().port)
        connection.request("POST", "/v1/chat/completions", json.dumps(HELLO))
        double.until("hard-killing all")
        double.until("Uvicorn running", "stderr")
        until("its own word for it", lambda: double.ask("/health")[0] == 503)
        assert double.process.poll() is None
        connection.close()


def test_served_model_name_is_only_in_newer_versions(serve) -> None:
    with Started(serve("--served_model_name", "mine", version="1.4.0rc1")) as double:
        assert double.ready().get("/v1/models")["data"][0]["id"] == "mine"


def test_iteration_lines_when_asked_for(serve, options: Path) -> None:
    options.write_text("print_iter_log: true")
    with Started(serve("--config", options)) as double:
        double.ready().get("/v1/chat/completions", HELLO)
        assert "iter = 1, global_rank = 0" in double.output()


def test_tokens_of_another_engine_are_passed_on(serve) -> None:
    with Started(serve(text="words of the other engine ")) as other:
        other.ready()
        with Started(serve(), TRTLLM_DOUBLE_LLAMA_URL=f"http://127.0.0.1:{other.port}") as double:
            answer = double.ready().get("/v1/chat/completions", HELLO)
    assert answer["choices"][0]["message"]["content"] == "words of the other engine"


def test_interrupt_while_a_stream_runs_ends_in_time(serve) -> None:
    with Started(serve(tokens_per_s=2)) as double:
        connection = http.client.HTTPConnection("127.0.0.1", double.ready().port)
        connection.request("POST", "/v1/chat/completions", json.dumps(HELLO | {"stream": True}))
        connection.getresponse().read(10)
        os.kill(double.process.pid, signal.SIGINT)
        assert double.ended() == 1
        connection.close()
