"""Translated requests and figures, on a server that refuses what TensorRT-LLM is documented to refuse."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.trtllm.kit import TABLES
from engineroom.domain.trtllm.dialect import chat_request, completion_request, dialect_of, openai_error, problem_of
from engineroom.domain.trtllm.serving_stats import latencies, serving_stats
from engineroom.domain.trtllm.tables import parse_version
from fakes.tensorrt_llm_double.kit import VERSIONS, make_runtime
from fakes.tensorrt_llm_double.started import Started
from fakes.tiny_safetensors import config, llama

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
CAME = {
    "model": "m",
    "messages": [{"role": "user", "content": "hello"}],
    "max_completion_tokens": 8,
    "store": True,
    "metadata": {},
    "service_tier": "auto",
    "parallel_tool_calls": True,
    "stream_options": {"include_usage": True},
    "tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}, "x": 1}}],
    "tool_choice": "required",
    "response_format": {"type": "json_schema", "json_schema": {"name": "n", "strict": True, "schema": SCHEMA}},
    "reasoning_effort": "xhigh",
}


@pytest.fixture(scope="module", params=VERSIONS)
def server(request, tmp_path_factory) -> Iterator[tuple[str, Started]]:
    folder: Path = tmp_path_factory.mktemp("double")
    (folder / "config.json").write_bytes(config())
    (folder / "model.safetensors").write_bytes(llama())
    (folder / "options.yaml").write_text("enable_iter_perf_stats: true\nreturn_perf_metrics: true\n", "utf-8")
    scenario = {"pace_s": 0.0, "time_scale": 0.02, "state": str(folder / "state")}
    programs = make_runtime(folder / "runtime", request.param, **scenario)
    words = [programs / "trtllm-serve", "serve", folder, "--max_batch_size", "4"]
    with Started([*words, "--extra_llm_api_options", folder / "options.yaml"]) as double:
        double.until("get signal from executor worker")
        yield request.param, double.ready()


def test_what_was_refused_is_taken(server: tuple[str, Started]) -> None:
    version, double = server
    asked = chat_request(CAME, dialect_of(TABLES, parse_version(version)))
    assert double.ask("/v1/chat/completions", CAME)[0] == 400
    status, text, _ = double.ask("/v1/chat/completions", dict(asked.body))
    assert status == 200, text
    assert asked.must_call


def test_completions_too(server: tuple[str, Started]) -> None:
    version, double = server
    came = {"model": "m", "prompt": "p", "max_tokens": 4, "suffix": "s", "store": True}
    asked = completion_request(came, dialect_of(TABLES, parse_version(version)))
    assert double.ask("/v1/completions", came)[0] == 400
    assert double.ask("/v1/completions", dict(asked.body))[0] == 200


def test_its_errors_in_openai_s_form(server: tuple[str, Started]) -> None:
    _, double = server
    status, text, _ = double.ask("/v1/chat/completions", {**CAME, "nonesuch": 1})
    made = openai_error(status, json.loads(text))["error"]
    assert set(made) == {"message", "type", "param", "code"}
    assert problem_of(status, json.loads(text)).code == "invalid_request"


def test_its_figures(server: tuple[str, Started]) -> None:
    """1.1 has no prefix."""
    _, double = server
    double.ask("/v1/completions", {"model": "m", "prompt": "p", "max_tokens": 4})
    stats = serving_stats(json.loads(double.ask("/metrics")[1]))
    assert stats.kv_tokens_max > 0
    assert stats.device_used_bytes > 0
    assert 0 <= stats.kv_use <= 1
    found = latencies(double.ask("/prometheus/metrics")[1])
    assert found.first_token.count >= 1
    assert found.end_to_end.mean_s > 0
