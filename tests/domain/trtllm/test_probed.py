"""What an installed version says of itself is believed before the tables."""

import json

import pytest

from domain.trtllm.kit import contract
from engineroom.domain.trtllm.probed import parse_arguments, parse_serve_help

HELP = """\
Usage: trtllm-serve serve [OPTIONS] MODEL

  Running an OpenAI API compatible server

Options:
  --host TEXT                     Hostname of the server.
  --backend [pytorch|tensorrt|_autodeploy]
                                  The backend to use.
  --log_level [internal_error|error|warning|
  info|verbose|debug|trace]
                                  The logging level.
  --tensor_parallel_size, --tp_size INTEGER
                                  Tensor parallelism size. The older
                                  --tp continues to work.
  --extra_llm_api_options, --config TEXT
                                  Path to a YAML file.
  --tool_parser [qwen3|kimi_k2]   Parser of tool calls.
  --trust_remote_code             Flag for HF transformers.
  --help                          Show this message and exit.
"""


def test_options_and_their_choices() -> None:
    options = parse_serve_help(HELP)
    assert set(options) == {
        "--host", "--backend", "--log_level", "--tensor_parallel_size", "--tp_size", "--extra_llm_api_options",
        "--config", "--tool_parser", "--trust_remote_code", "--help",
    }  # fmt: skip
    assert options["--backend"] == ("pytorch", "tensorrt", "_autodeploy")
    assert options["--log_level"] == ("internal_error", "error", "warning", "info", "verbose", "debug", "trace")
    assert options["--host"] == ()


def test_the_probe_is_believed() -> None:
    """Both ways: what this copy has more, and what it has less."""
    probed = contract("1.2.1", options={"--tp_size": (), "--served_model_name": (), "--tool_parser": ("kimi_k2",)})
    assert probed.spelling("--tensor_parallel_size", "--tp_size") == "--tp_size"
    assert probed.spelling("--served_model_name") == "--served_model_name"
    assert probed.spelling("--enable_chunked_prefill") is None
    assert (probed.parser("tool", "kimi_k2"), probed.parser("tool", "qwen3")) == ("kimi_k2", None)


@pytest.mark.parametrize(
    ("version", "spelling"),
    [("1.1.0", "--tp_size"), ("1.2.1", "--tensor_parallel_size"), ("1.4.0rc1", "--tensor_parallel_size")],
)
def test_without_a_probe_the_tables_are(version: str, spelling: str) -> None:
    assert contract(version).spelling("--tensor_parallel_size", "--tp_size") == spelling


def test_keys_below_a_key() -> None:
    told = contract("1.2.1", arguments={"kv_cache_config": ("dtype", "brand_new"), "moe_config": ()})
    assert told.takes("kv_cache_config.brand_new")
    assert not told.takes("kv_cache_config.tokens_per_block")
    assert told.takes("moe_config.backend"), "what lies below was not told"
    assert not told.takes("moe_config.nonesuch")
    assert not told.takes("enable_iter_perf_stats")


def test_what_the_probe_prints() -> None:
    """The runtime greets first, and may say more after."""
    tree = json.dumps({"version": "1.2.1", "fields": {"kv_cache_config": ["dtype"], "model": []}})
    output = f"[TensorRT-LLM] TensorRT-LLM version: 1.2.1\n{{'not': 'it'\n{tree}\n"
    version, arguments = parse_arguments(output.replace("{'not': 'it'\n", ""))
    assert (version, arguments) == ("1.2.1", {"kv_cache_config": ("dtype",), "model": ()})


@pytest.mark.parametrize("output", ["", "Segmentation fault", '{"version": 1, "fields": {}}', '{"fields": []}'])
def test_a_probe_that_failed(output: str) -> None:
    with pytest.raises(ValueError, match="probe"):
        parse_arguments(output)


@pytest.mark.parametrize(("version", "wins"), [("1.1.0", True), ("1.2.1", True), ("1.3.0rc29", False)])
def test_which_place_wins(version: str, wins: bool) -> None:
    found = contract(version)
    assert (found.yaml_wins, found.listens_early) == (wins, not wins)
    assert found.binds_early is (version != "1.1.0")
