"""One launch as options and a file, by version; what the engine would refuse is refused here."""

import pytest
import yaml

from domain.trtllm.kit import CONFIG, OTHER, TABLES, UUID, contract, launch
from engineroom.domain.trtllm.launch import ModelFacts, serve

VERSIONS = ("1.1.0", "1.2.1", "1.3.0rc29", "1.4.0rc1")


def pairs(options: tuple[str, ...]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for word in options:
        if word.startswith("--"):
            found[word] = None
        else:
            found[list(found)[-1]] = word
    return found


def paths(tree: dict, before: str = "") -> set[str]:
    return {
        path
        for key, value in tree.items()
        for path in (paths(value, f"{before}{key}.") if isinstance(value, dict) else {f"{before}{key}"})
    }


def test_options_and_file_of_1_2() -> None:
    served = serve(launch(), contract("1.2.1"))
    assert pairs(served.options) == {
        "--host": "127.0.0.1",
        "--port": "18411",
        "--max_batch_size": "4",
        "--max_num_tokens": "2048",
        "--max_seq_len": "16384",
        "--fail_fast_on_attention_window_too_large": None,
        "--reasoning_parser": "qwen3",
        "--tool_parser": "qwen3",
    }
    assert yaml.safe_load(served.yaml) == {
        "enable_iter_perf_stats": True,
        "return_perf_metrics": True,
        "perf_metrics_max_requests": 1000,
        "guided_decoding_backend": "xgrammar",
        "kv_cache_config": {"dtype": "fp8", "tokens_per_block": 32, "free_gpu_memory_fraction": 0.61},
        "cuda_graph_config": {"enable_padding": True, "max_batch_size": 4},
        "enable_chunked_prefill": True,
    }
    assert served.left_out == ()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("gpus", [1, 2])
def test_every_knob_is_in_one_place_and_known(version: str, gpus: int) -> None:
    asked = launch(config={"tensor_parallel_size": gpus}, gpu_uuids=(UUID, OTHER)[:gpus])
    found = contract(version)
    served = serve(asked, found)
    options, file = pairs(served.options), paths(yaml.safe_load(served.yaml))
    known = {name for one in TABLES.serve_options(found.version) for name in one.spellings(found.version)}
    assert set(options) <= known
    assert file <= set(TABLES.yaml_keys(found.version))
    knobs = {name.strip("-") for name in options}
    leaves = {path.rpartition(".")[2] for path in file if not path.startswith("cuda_graph_config.")}
    assert not knobs & leaves
    assert "kv_cache_free_gpu_memory_fraction" not in knobs
    assert not {"--kv_cache_dtype", "--enable_chunked_prefill"} & set(options)


@pytest.mark.parametrize(("version", "spelling"), [("1.1.0", "--tp_size"), ("1.2.1", "--tensor_parallel_size")])
def test_several_cards(version: str, spelling: str) -> None:
    asked = launch(config={"tensor_parallel_size": 2}, gpu_uuids=(UUID, OTHER))
    assert pairs(serve(asked, contract(version)).options)[spelling] == "2"


@pytest.mark.parametrize(
    ("version", "given"), [("1.1.0", True), ("1.2.1", True), ("1.3.0rc3", True), ("1.4.0rc1", False)]
)
def test_a_context_too_large_is_an_error(version: str, given: bool) -> None:
    """Later versions do it by themselves and call the option deprecated."""
    assert ("--fail_fast_on_attention_window_too_large" in serve(launch(), contract(version)).options) is given


def test_what_a_version_does_not_have_is_left_out_and_said() -> None:
    served = serve(launch(), contract("1.1.0"))
    assert served.left_out == ("tool_parser", "perf_metrics_max_requests")
    assert "--tool_parser" not in served.options
    assert "perf_metrics_max_requests" not in served.yaml


def test_only_what_the_probe_found_is_written() -> None:
    arguments = {"kv_cache_config": ("dtype",), "enable_iter_perf_stats": ()}
    served = serve(launch(), contract("1.2.1", arguments=arguments))
    assert yaml.safe_load(served.yaml) == {"enable_iter_perf_stats": True, "kv_cache_config": {"dtype": "fp8"}}
    assert "cuda_graph_config.max_batch_size" in served.left_out


def test_a_version_that_takes_nothing_is_no_empty_file() -> None:
    with pytest.raises(ValueError, match="empty"):
        serve(launch(), contract("1.2.1", arguments={}))


def test_telemetry_and_the_served_name_where_there_are_options() -> None:
    later = serve(launch(served_name="qwen3-8b"), contract("1.4.0rc1")).options
    assert pairs(later)["--served_model_name"] == "qwen3-8b"
    assert "--no-telemetry" in later
    assert not {"--served_model_name", "--no-telemetry"} & set(
        serve(launch(served_name="q"), contract("1.2.1")).options
    )


def test_bytes_for_unified_memory_or_tokens_instead() -> None:
    config = {"kv_cache_config.max_gpu_total_bytes": 2**30}
    new = yaml.safe_load(serve(launch(config=config, sm=121), contract("1.2.1")).yaml)
    old = yaml.safe_load(serve(launch(config=config, sm=121), contract("1.1.0")).yaml)
    assert new["kv_cache_config"]["max_gpu_total_bytes"] == 2**30
    assert new["disable_overlap_scheduler"] is True
    assert old["kv_cache_config"]["max_tokens"] == 4 * 16_384


def test_models_with_a_state_do_not_share_blocks() -> None:
    model = ModelFacts(architecture="NemotronHForCausalLM", precision="fp8", hybrid=True, remote_code=True)
    served = serve(launch(model=model), contract("1.2.1"))
    assert yaml.safe_load(served.yaml)["kv_cache_config"]["enable_block_reuse"] is False
    assert "--trust_remote_code" in served.options


def test_a_compiled_engine() -> None:
    """Without what only PyTorch has, and without what was decided when it was compiled."""
    model = ModelFacts(architecture="LlamaForCausalLM", precision="fp8", tokenizer_path="/models/llama")
    asked = launch(
        kind="compiled", model=model, model_path="/engines/e/engine", config={"kv_cache_config.dtype": "auto"}
    )
    served = serve(asked, contract("1.2.1", "tensorrt"))
    options = pairs(served.options)
    assert (options["--backend"], options["--tokenizer"]) == ("tensorrt", "/models/llama")
    assert set(yaml.safe_load(served.yaml)["kv_cache_config"]) == {"free_gpu_memory_fraction"}
    assert "cuda_graph_config" not in served.yaml
    assert "enable_iter_perf_stats" not in served.yaml


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"kv_cache_config.dtype": "bfloat16"}, "dtype"),
        ({"kv_cache_config.dtype": "nvfp4"}, "no nvfp4 cache on cards of SM 89"),
        ({"kv_cache_config.free_gpu_memory_fraction": 1.0}, "fraction"),
        ({"kv_cache_config.free_gpu_memory_fraction": -0.1}, "fraction"),
        ({"cuda_graph_config.batch_sizes": "1,2"}, "batch_sizes"),
        ({"tensor_parallel_size": 2}, "cards"),
        ({"max_seq_len": None}, "max_seq_len"),
        ({"max_batch_size": 0}, "max_batch_size"),
        ({"max_batch_size": True}, "max_batch_size"),
    ],
)
def test_what_the_engine_would_refuse_is_refused(config: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        serve(launch(config=config), contract("1.2.1"))


def test_a_compiled_engine_needs_a_version_that_has_them() -> None:
    with pytest.raises(ValueError, match="gone"):
        serve(launch(kind="compiled"), contract("1.3.0", "tensorrt"))
    with pytest.raises(ValueError, match="contract"):
        serve(launch(kind="compiled"), contract("1.2.1"))


def test_a_repair_takes_an_option_away() -> None:
    served = serve(launch(without=frozenset({"cuda_graph_config", "tool_parser"})), contract("1.2.1"))
    assert "cuda_graph_config" not in served.yaml
    assert "--tool_parser" not in served.options


def test_what_the_launch_says_of_itself() -> None:
    assert (launch().context_tokens, launch().concurrency, launch().gpus) == (16_384, 4, 1)
    assert launch(model_path="/m/Qwen3-8B-FP8/").id_there == "Qwen3-8B-FP8"
    assert CONFIG["max_seq_len"] == 16_384
