"""Our commands, stages and the doctor on a program that behaves as TensorRT-LLM is documented to."""

from pathlib import Path
from typing import Any

import pytest

from domain.trtllm.kit import TABLES, contract, launch
from engineroom.adapters.signatures import load_signatures
from engineroom.domain.errors import Code
from engineroom.domain.lines import LineSplitter
from engineroom.domain.trtllm.command import Command, command_for
from engineroom.domain.trtllm.launch import VirtualEnvironment
from engineroom.domain.trtllm.stages import Port, Step, Timeline
from engineroom.services.doctor import Doctor
from fakes.tensorrt_llm_double.kit import VERSIONS, make_runtime
from fakes.tensorrt_llm_double.started import Started
from fakes.tiny_safetensors import config, llama

QUICK = {"pace_s": 0.0, "time_scale": 0.02}


def command(folder: Path, version: str, **scenario: Any) -> Command:
    model = folder / "Tiny-Llama"
    model.mkdir()
    (model / "config.json").write_bytes(config())
    (model / "model.safetensors").write_bytes(llama())
    programs = make_runtime(folder / version, version, **{**QUICK, "state": str(folder / "state"), **scenario})
    asked = launch(
        model_path=str(model),
        place=VirtualEnvironment(trtllm_serve=str(programs / "trtllm-serve")),
        options_path=str(folder / "options.yaml"),
        cache_path=str(folder),
        config={"max_seq_len": 2048, "kv_cache_config.dtype": "auto"},
    )
    made = command_for(asked, contract(version))
    Path(made.yaml_path).write_text(made.yaml, "utf-8")
    return made


def started(made: Command) -> Started:
    """Without our port and card: the double has a free port and its own cards."""
    words = list(made.argv)
    at = words.index("--port")
    environment = {name: value for name, value in made.environment.items() if name != "CUDA_VISIBLE_DEVICES"}
    return Started(words[:at] + words[at + 2 :], **environment)


def lines_of(double: Started) -> list[str]:
    lines: list[str] = []
    for name in ("stdout", "stderr"):
        splitter = LineSplitter()
        lines += [*splitter.feed(double.output(name).encode()), *splitter.rest()]
    return lines


@pytest.mark.parametrize("version", VERSIONS)
def test_our_command_is_taken_and_its_stages_are_understood(tmp_path: Path, version: str) -> None:
    known = contract(version)
    timeline = Timeline(markers=TABLES.markers, listens_early=known.listens_early, binds_early=known.binds_early)
    with started(command(tmp_path, version)) as double:
        double.until("get signal from executor worker")
        double.ready()
        lines = lines_of(double)
    events = [timeline.feed(line) for line in lines]
    recognised = [event for event in events if event is not None]
    assert len(recognised) / len(lines) >= 0.95
    steps = {event.step for event in recognised}
    assert {Step.ARGUMENTS, Step.ALLOCATED, Step.LOADED, Step.CACHE, Step.GRAPHS, Step.WORKER_READY} <= steps
    assert timeline.port is Port.LISTENING
    assert timeline.ready is not known.listens_early
    assert timeline.shrunk is None


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("oom_kv_cache", Code.OUT_OF_MEMORY),
        ("arch_fp4", Code.PRECISION_NOT_ON_CARD),
        ("driver_banner", Code.DRIVER_TOO_OLD),
        ("gated", Code.GATED_TERMS),
        ("slots", Code.MPI_ENVIRONMENT),
        ("mpi4py_build", Code.LIBRARY_MISSING),
        ("hub_permission", Code.CACHE_UNWRITABLE),
        ("host_oom", Code.HOST_MEMORY_SHORT),
    ],
)
def test_the_cause_of_an_end(tmp_path: Path, fault: str, code: Code) -> None:
    with started(command(tmp_path, "1.2.1", fail=fault)) as double:
        status = double.ended()
        found = Doctor(load_signatures()).examine(said=None, returncode=status, lines=lines_of(double))
    assert (found.known, found.problem.code) == (True, code)
    assert found.fixes
    assert "returned error" not in str(found.problem.facts.get("line"))
