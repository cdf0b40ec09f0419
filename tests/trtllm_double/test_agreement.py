"""The product's tables and commands against the double: what one writes, the other takes."""

import json
import subprocess
from pathlib import Path

import pytest

from engineroom.adapters.trtllm_tables import load_trtllm_tables
from engineroom.domain.lines import LineSplitter
from engineroom.domain.trtllm.command import command_for
from engineroom.domain.trtllm.launch import ModelFacts, TrtLlmLaunch, VirtualEnvironment
from engineroom.domain.trtllm.probed import (
    ARGUMENTS_PROBE,
    Contract,
    ProbedVersion,
    parse_arguments,
    parse_serve_help,
)
from engineroom.domain.trtllm.stages import Step, Timeline
from engineroom.domain.trtllm.tables import Option, Tables, parse_version
from fakes.tensorrt_llm_double.kit import VERSIONS, environment, part
from fakes.tensorrt_llm_double.started import Started

KINDS = {"int": int, "float": float, "flag": bool}
TABLES = load_trtllm_tables()
CONFIG = {
    "max_seq_len": 1024, "max_batch_size": 4, "max_num_tokens": 2048, "tensor_parallel_size": 1,
    "kv_cache_config.dtype": "fp8", "kv_cache_config.free_gpu_memory_fraction": 0.8,
    "kv_cache_config.enable_block_reuse": True, "kv_cache_config.max_gpu_total_bytes": 2**30,
    "cuda_graph_config.enable_padding": True, "cuda_graph_config.max_batch_size": 4, "enable_chunked_prefill": True,
}  # fmt: skip


@pytest.fixture
def tables() -> Tables:
    return TABLES


def release(version: str) -> object:
    return part("releases").release(version)


def by_spelling(version: str) -> dict[str, object]:
    command = part("serve_options").serve_command(release(version))
    return {name: option for option in command.options for name in option.names}


@pytest.mark.parametrize("version", VERSIONS)
def test_serve_options_are_the_same(tables: Tables, version: str) -> None:
    numbers = parse_version(version)
    rows = [row for row in tables.serve_options(numbers) if row.kind != "argument"]
    double = by_spelling(version)
    assert {name for row in rows for name in row.spellings(numbers)} == set(double)
    for row in rows:
        option = double[row.name]
        if row.kind in KINDS:
            assert option.kind is KINDS[row.kind], row.name
        if row.default is not None and row.default not in {"on", ""}:
            assert str(option.default) == row.default, row.name
        if row.kind == "choice" and row.choices and not row.choices[0].startswith("@"):
            assert set(option.kind) == set(row.choices), row.name


@pytest.mark.parametrize("version", VERSIONS)
def test_parsers_are_the_same(tables: Tables, version: str) -> None:
    double = by_spelling(version)
    for kind in ("tool", "reasoning"):
        option = double.get(f"--{kind}_parser")
        assert set(option.kind if option else ()) == tables.parser_names(kind, parse_version(version))


@pytest.mark.parametrize("version", VERSIONS)
def test_keys_of_the_option_file_are_the_same(tables: Tables, version: str) -> None:
    fields = part("fields")
    known = tables.yaml_keys(parse_version(version))
    double = fields.torch_fields(release(version))
    assert {path for path in known if "." not in path} == set(double)
    for name in fields.NESTED:
        if name in double:
            below = {path.partition(".")[2] for path in known if path.startswith(f"{name}.")}
            assert below == set(fields.nested_fields(name, release(version))), name


@pytest.mark.parametrize("version", VERSIONS)
def test_defaults_of_the_option_file_are_the_same(tables: Tables, version: str) -> None:
    double = part("fields").torch_fields(release(version))
    for path, row in tables.yaml_keys(parse_version(version)).items():
        if "." not in path and row.default is not None:
            told = double[path].default
            assert str(told).lower() == row.default.lower(), path


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("endpoint", ["chat", "completions"])
def test_fields_of_requests_are_the_same(tables: Tables, version: str, endpoint: str) -> None:
    double = part("protocol").fields_of(endpoint, release(version)) - {"suffix"}
    assert double == tables.request_names(endpoint, parse_version(version)) - {"suffix"}


def names(options: tuple[Option, ...]) -> set[str]:
    return {spelling for row in options for spelling in (row.name, *(alias for alias, _ in row.aliases))}


def test_compiler_and_quantiser_have_the_same_options(tables: Tables) -> None:
    build = {name for option in part("build_options").BUILD.options for name in option.names}
    assert names(tables.build) == build
    assert names(tables.quantise) - {"--no-verbose"} == {name for option in quantiser() for name in option.names}


def quantiser() -> tuple[object, ...]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TENSORRT_LLM_DOUBLE_VERSION", "1.2.1")
        part("quantised")
        import tensorrt_llm.commands.hf_ptq as program

        return program.PROGRAM.options


@pytest.mark.parametrize("version", VERSIONS)
def test_probes_read_what_the_double_says_of_itself(tables: Tables, serve, version: str) -> None:
    program = serve(version=version)[0]
    said = subprocess.run([program, "serve", "--help"], env=environment(), capture_output=True, text=True, check=True)
    options = parse_serve_help(said.stdout)
    assert set(options) - {"--help"} == set(by_spelling(version))
    assert options["--log_level"][-1] == "trace"
    python = program.parent / "python"
    said = subprocess.run(
        [python, "-c", ARGUMENTS_PROBE], env=environment(), capture_output=True, text=True, check=True
    )
    told, arguments = parse_arguments(said.stdout)
    assert told == version
    contract = Contract(probed=ProbedVersion(text=told, options=options, arguments=arguments), tables=tables)
    assert contract.takes("kv_cache_config.dtype")
    assert contract.takes("kv_cache_config.max_gpu_total_bytes") == (version != "1.1.0")
    assert not contract.takes("quant_config")


def launched(serve, tables: Tables, tmp_path: Path, model: Path, version: str, **more: object) -> list[str]:
    """The product's command for the double of that version; its option file is written."""
    program = serve(version=version, **more)[0]
    contract = Contract(probed=ProbedVersion(text=version), tables=tables)
    launch = TrtLlmLaunch(
        model_path=str(model), model=ModelFacts(architecture="Qwen3ForCausalLM", precision="bf16"),
        serve_config=CONFIG, gpu_uuids=("GPU-d0b1e000-0000-4000-8000-000000000000",), sm=120, port=8000,
        place=VirtualEnvironment(trtllm_serve=str(program)), options_path=str(tmp_path / "options.yaml"),
        cache_path=str(tmp_path / "cache"), tool_parser="qwen3", reasoning_parser="qwen3", served_name="mine",
    )  # fmt: skip
    command = command_for(launch, contract)
    Path(command.yaml_path).write_text(command.yaml)
    at = command.argv.index("--port")
    return [*command.argv[:at], *command.argv[at + 2 :]]


@pytest.mark.parametrize("version", VERSIONS)
def test_products_command_is_taken_and_its_log_is_understood(
    serve, tables: Tables, tmp_path: Path, model: Path, version: str
) -> None:
    words = launched(serve, tables, tmp_path, model, version)
    with Started(words) as double:
        double.ready()
        name = double.get("/v1/models")["data"][0]["id"]
        assert name == ("mine" if version == "1.4.0rc1" else "Tiny-Llama")
        text = double.output()
        assert "max_seq_len=1024" in text
        assert "fraction is set 0.8" in text
        seen = steps(double, tables, version)
    wanted = {Step.IMPORTED, Step.ARGUMENTS, Step.WORKERS, Step.CHECKS, Step.ALLOCATED, Step.LOAD, Step.LOADED,
              Step.CACHE, Step.TUNE, Step.GRAPHS, Step.ESTIMATE, Step.CAP, Step.WORKER_READY, Step.GUIDED,
              Step.HTTP, Step.READY, Step.LISTENING}  # fmt: skip
    assert wanted <= seen


def steps(double: Started, tables: Tables, version: str) -> set[Step]:
    """The steps that the product reads from both streams; no line of the double's log may be strange to it."""
    timeline = Timeline(markers=tables.markers, listens_early=version == "1.4.0rc1")
    seen: set[Step] = set()
    strange = []
    for stream in ("stdout", "stderr"):
        splitter = LineSplitter()
        for line in [*splitter.feed(double.output(stream).encode()), *splitter.rest()]:
            event = timeline.feed(line)
            if event is not None:
                seen.add(event.step)
            elif line.strip() and '"GET ' not in line:
                strange.append(line)
    assert strange == []
    return seen


@pytest.mark.parametrize("version", VERSIONS)
def test_shrunk_context_is_noticed(serve, tables: Tables, tmp_path: Path, version: str) -> None:
    path = tmp_path / "options.yaml"
    path.write_text("fail_fast_on_attention_window_too_large: false\n")
    words = serve("--kv_cache_free_gpu_memory_fraction", "0.003", "--extra_llm_api_options", path, version=version,
                  gpus=[{"total_bytes": 2**30}], weights_gib=0.73)  # fmt: skip
    timeline = Timeline(markers=tables.markers)
    with Started(words) as double:
        for line in double.ready().output().splitlines():
            timeline.feed(line)
    assert timeline.shrunk
    assert timeline.shrunk.asked_tokens == 2048
    assert 0 < timeline.shrunk.given_tokens < 2048


def test_answers_of_the_probe_are_json(serve) -> None:
    python = serve()[0].parent / "python"
    program = (
        "import json;from tensorrt_llm.llmapi.llm_args import TorchLlmArgs as T;print(json.dumps(list(T.model_fields)))"
    )
    said = subprocess.run([python, "-c", program], env=environment(), capture_output=True, text=True, check=True)
    first, second = said.stdout.splitlines()
    assert first == "[TensorRT-LLM] TensorRT-LLM version: 1.2.1"
    assert "cuda_graph_config" in json.loads(second)
