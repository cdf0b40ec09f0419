"""Sealed engines as values: written down and read back, started from a template, figures of a trial."""

from dataclasses import replace

import pytest

from engineroom.domain.sealed.figures import Answered, decode_rate, fits_schema, together
from engineroom.domain.sealed.start import start_of, with_port
from engineroom.domain.sealed.values import CHECKPOINT, FileFact, Measured, SealedEngine
from engineroom.domain.sealed.wire import measured_of, sealed_of, to_json
from engineroom.domain.sealed.wish import engine_name

ENGINE = SealedEngine(
    id="tiny-bf16-000000", kind=CHECKPOINT, runtime="tensorrt-llm-1.2.1-venv", runtime_version="1.2.1",
    model="Org/Tiny",
    model_path="/models/tiny", repo="Org/Tiny", revision="abc", architecture="LlamaForCausalLM", precision="bf16",
    kv_format="bf16", context_tokens=2048, concurrency=4, gpu_name="NVIDIA GeForce RTX 5090",
    gpu_uuids=("GPU-1",), sm=120,
    driver_version="590.48.01",
    argv=("serve", "/models/tiny", "--port", "0", "--extra_llm_api_options", "{engine}/options.yaml"),
    environment={"TLLM_AUTOTUNER_CACHE_PATH": "{tuning}/autotuner.json"}, not_inherited=("OMPI_",), remove=(),
    yaml="a: 1\n", left_out=(), tool_parser="qwen3", reasoning_parser=None,
    plan={"verdict": "fits", "total_bytes": None},
    simulated=True, created_unix_s=1.0,
    measured=Measured(load_s=2.0, stages=(("imported", 0.5),)),
    files=(FileFact(path="options.yaml", size_bytes=5, sha256="f" * 64),),
)  # fmt: skip


def test_what_is_written_is_read_back_whole() -> None:
    assert sealed_of(to_json(ENGINE)) == ENGINE


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", to_json(ENGINE).replace('"schema": 1', '"schema": 2'), to_json(ENGINE)[:200],
             to_json(ENGINE).replace('"kind"', '"sort"')],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        sealed_of(text)


def test_a_trial_that_is_no_trial_is_refused() -> None:
    with pytest.raises(ValueError, match="speed"):
        measured_of({"speed": 1, "stages": []})


def test_a_start_fills_in_folder_tuning_and_port() -> None:
    start = start_of(ENGINE, folder="/e", tuning="/t", port=8123, name="n")
    assert start.argv == ("serve", "/models/tiny", "--port", "8123", "--extra_llm_api_options", "/e/options.yaml")
    assert start.environment == {"TLLM_AUTOTUNER_CACHE_PATH": "/t/autotuner.json"}


def test_a_container_publishes_the_port_it_serves() -> None:
    argv = ("docker", "run", "--name", "{name}", "--publish", "127.0.0.1:0:0", "image", "--port", "0")
    engine = replace(ENGINE, argv=argv, remove=("docker", "rm", "--force", "{name}"))
    start = start_of(engine, folder="/e", tuning="/t", port=9, name="mine")
    assert start.argv == ("docker", "run", "--name", "mine", "--publish", "127.0.0.1:9:9", "image", "--port", "9")
    assert start.remove == ("docker", "rm", "--force", "mine")
    assert with_port(("a", "--port"), 1) == ("a", "--port")


def test_names_are_readable_and_tell_wishes_apart() -> None:
    one = engine_name("Org/Tiny Llama!", "fp8", {"context": 2048})
    assert one.startswith("tiny-llama-fp8-")
    assert one == engine_name("Org/Tiny Llama!", "fp8", {"context": 2048})
    assert one != engine_name("Org/Tiny Llama!", "fp8", {"context": 4096})
    assert engine_name("../..", "fp8", {}).startswith("model-fp8-")


def test_rates_are_of_the_time_that_was_answered_in() -> None:
    answer = Answered(began_s=1.0, first_s=2.0, ended_s=4.0, tokens=21)
    assert answer.ttft_s == 1.0
    assert decode_rate(answer) == 10.0
    assert decode_rate(replace(answer, first_s=None)) is None
    assert decode_rate(replace(answer, tokens=1)) is None
    assert together([answer, replace(answer, began_s=0.0, ended_s=6.0)]) == 7.0
    assert together([]) is None


@pytest.mark.parametrize(
    ("text", "fits"),
    [('{"city": "Lagos", "people": 15}', True), ('```json\n{"city": "Lagos", "people": 15}\n```', True),
     ('{"city": "Lagos", "people": "many"}', False), ('{"city": "Lagos", "people": true}', False),
     ('{"city": "Lagos"}', False), ("Lagos", False), (None, False)],
)  # fmt: skip
def test_an_answer_fits_the_schema_or_not(text: object, fits: bool) -> None:
    assert fits_schema(text) is fits
