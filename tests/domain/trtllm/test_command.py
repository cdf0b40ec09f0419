"""The whole command: program, environment, container."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from domain.trtllm.kit import DOCKER, OTHER, UUID, contract, launch
from engineroom.domain.details import FACT, Detail, Impossible
from engineroom.domain.trtllm.command import FOREIGN_PREFIXES, TELEMETRY_OFF, command_for, remove_argv, stop_argv
from engineroom.domain.trtllm.launch import Container, ModelFacts

PODMAN = replace(DOCKER, tool="podman", program="/usr/bin/podman")


def after(argv: tuple[str, ...], option: str) -> list[str]:
    return [argv[index + 1] for index, word in enumerate(argv) if word == option]


def test_in_a_virtual_environment() -> None:
    made = command_for(launch(), contract("1.2.1"))
    assert made.argv[:3] == ("/runtimes/trt/bin/trtllm-serve", "serve", "/models/Qwen3-8B-FP8")
    assert made.argv[-2:] == ("--extra_llm_api_options", "/engines/e/options.yaml")
    assert made.environment == {
        "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
        "CUDA_VISIBLE_DEVICES": UUID,
        "TLLM_LOG_LEVEL": "info",
        "HF_HUB_OFFLINE": "1",
        "TLLM_AUTOTUNER_CACHE_PATH": "/engines/e/cache/autotuner.json",
        **TELEMETRY_OFF,
    }
    assert "OMPI_" in made.not_inherited


@pytest.mark.parametrize("version", ["1.1.0", "1.2.1", "1.4.0rc1"])
@pytest.mark.parametrize("place", [None, DOCKER, PODMAN])
def test_telemetry_is_always_off(version: str, place: Container | None) -> None:
    made = command_for(launch(**({"place": place} if place else {})), contract(version))
    told = {**made.environment, **dict(pair.split("=", 1) for pair in after(made.argv, "--env"))}
    assert told.items() >= TELEMETRY_OFF.items()


def test_in_docker() -> None:
    made = command_for(launch(place=DOCKER), contract("1.2.1"))
    argv = made.argv
    image = argv.index(DOCKER.image)
    outside, inside = argv[:image], argv[image + 1 :]
    assert outside[:2] == ("/usr/bin/docker", "run")
    assert {"--rm", "--init"} <= set(outside)
    assert not {"-t", "-it", "--tty", "--interactive", "--privileged"} & set(outside)
    assert after(outside, "--publish") == ["127.0.0.1:18411:18411"]
    assert after(outside, "--gpus") == [f"device={UUID}"]
    assert after(outside, "--ipc") == ["host"]
    assert after(outside, "--ulimit") == ["memlock=-1", "stack=67108864"]
    assert after(outside, "--pull") == ["never"]
    assert after(outside, "--stop-timeout") == ["60"]
    assert after(outside, "--label") == ["engineroom.engine=e"]
    mounts = after(outside, "--mount")
    assert mounts[0] == "type=bind,source=/models/Qwen3-8B-FP8,target=/engineroom/models/Qwen3-8B-FP8,readonly"
    assert mounts[1].endswith("target=/engineroom/options.yaml,readonly")
    assert mounts[2] == "type=bind,source=/engines/e/cache,target=/engineroom/cache"
    assert inside[:3] == ("trtllm-serve", "serve", "/engineroom/models/Qwen3-8B-FP8")
    assert after(inside, "--host") == ["0.0.0.0"]
    assert after(inside, "--extra_llm_api_options") == ["/engineroom/options.yaml"]
    assert not any(pair.startswith("CUDA_VISIBLE_DEVICES") for pair in after(outside, "--env"))
    assert made.environment == {}


def test_several_cards_in_docker_need_quotes_of_their_own() -> None:
    asked = launch(place=DOCKER, config={"tensor_parallel_size": 2}, gpu_uuids=(UUID, OTHER))
    argv = command_for(asked, contract("1.2.1")).argv
    assert after(argv, "--gpus") == [f'"device={UUID},{OTHER}"']


def test_in_podman() -> None:
    asked = launch(place=PODMAN, config={"tensor_parallel_size": 2}, gpu_uuids=(UUID, OTHER))
    argv = command_for(asked, contract("1.2.1")).argv
    assert after(argv, "--device") == [f"nvidia.com/gpu={UUID}", f"nvidia.com/gpu={OTHER}"]
    assert "--gpus" not in argv


def test_a_token_is_passed_by_name_only() -> None:
    argv = command_for(launch(place=DOCKER, token_in_environment=True), contract("1.2.1")).argv
    assert "HF_TOKEN" in after(argv, "--env")
    assert not any(word.startswith("HF_TOKEN=") for word in argv)


def test_vocabulary_and_tokenizer_are_mounted() -> None:
    model = ModelFacts(
        architecture="L", precision="fp8", tokenizer_path="/models/llama", encodings_path="/engineroom-cache/harmony"
    )
    asked = launch(place=DOCKER, kind="compiled", model=model, config={"kv_cache_config.dtype": "auto"})
    argv = command_for(asked, contract("1.2.1", "tensorrt")).argv
    assert after(argv, "--tokenizer") == ["/engineroom/tokenizer"]
    assert "TIKTOKEN_ENCODINGS_BASE=/engineroom/encodings" in after(argv, "--env")
    targets = [mount.split("target=")[1].split(",")[0] for mount in after(argv, "--mount")]
    assert {"/engineroom/tokenizer", "/engineroom/encodings"} <= set(targets)


@pytest.mark.parametrize("path", ["/models/a,b", '/models/a"b', "/models/a\nb"])
def test_a_path_that_a_mount_cannot_say(path: str) -> None:
    with pytest.raises(Impossible, match="mount") as refused:
        command_for(launch(place=DOCKER, model_path=path), contract("1.2.1"))
    assert (refused.value.facts[FACT], refused.value.facts["path"]) == (Detail.PATH_NOT_MOUNTABLE, path)


def test_no_other_tool() -> None:
    with pytest.raises(ValueError, match="tool"):
        command_for(launch(place=replace(DOCKER, tool="nerdctl")), contract("1.2.1"))


def test_what_a_repair_adds_reaches_the_engine() -> None:
    added = {"NCCL_P2P_DISABLE": "1"}
    assert command_for(launch(extra_environment=added), contract("1.2.1")).environment["NCCL_P2P_DISABLE"] == "1"
    argv = command_for(launch(extra_environment=added, place=DOCKER), contract("1.2.1")).argv
    assert "NCCL_P2P_DISABLE=1" in after(argv, "--env")


def test_arguments_arrive_as_they_are() -> None:
    """A model's folder with spaces, quotes and dollars in its name."""
    path = "/models/a $HOME 'b' -x"
    argv = command_for(launch(model_path=path), contract("1.2.1")).argv
    echo = [sys.executable, "-c", "import sys; print(sys.argv[2])", *argv[1:]]
    assert subprocess.run(echo, capture_output=True, text=True, env=os.environ, check=True).stdout == f"{path}\n"


def test_ending_a_container() -> None:
    assert stop_argv(DOCKER) == ("/usr/bin/docker", "stop", "--time", "60", "engineroom-e")
    assert remove_argv(PODMAN) == ("/usr/bin/podman", "rm", "--force", "engineroom-e")


@pytest.mark.parametrize("version", ["1.1.0", "1.2.1", "1.4.0rc1"])
def test_every_variable_is_in_the_table(version: str) -> None:
    found = contract(version)
    known = {one.name for one in found.tables.variables if one.span.has(found.version)}
    assert set(command_for(launch(), found).environment) <= known


def test_variables_of_a_cluster_are_not_inherited() -> None:
    assert {"OMPI_", "PMIX_", "SLURM_"} <= set(FOREIGN_PREFIXES)
