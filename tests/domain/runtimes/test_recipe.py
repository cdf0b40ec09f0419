"""Commands that install, what they say, and what is written down."""

import json
from dataclasses import replace

import pytest

from engineroom.adapters.runtime_sources import load_sources
from engineroom.domain.errors import Code, Rejected
from engineroom.domain.runtimes.attach import endpoint_for
from engineroom.domain.runtimes.enter import Inside
from engineroom.domain.runtimes.recipe import StepName, Tools, source_for, steps_for
from engineroom.domain.runtimes.uv_output import (
    InstallStage,
    PullProgress,
    UvProgress,
    at_digest,
    digest_for,
    layer_sizes,
)
from engineroom.domain.runtimes.values import Manifest, Package, RuntimeKind
from engineroom.domain.runtimes.wire import manifest_of, steps_json, steps_of, to_json
from engineroom.domain.trtllm.command import TELEMETRY_OFF

SOURCES = load_sources({})
UV = """\
Using Python 3.12.1 environment at: venv
Resolved 97 packages in 3.2s
Downloading torch (846.7MiB)
Downloading tensorrt-llm (1.5GiB)
 Downloaded torch
 Downloaded tensorrt-llm
Prepared 97 packages in 5m 12s
Installed 97 packages in 4.1s
 + torch==2.9.1+cu130
"""
DOCKER = """\
1.2.1: Pulling from nvidia/tensorrt-llm/release
0123456789ab: Pulling fs layer
aaaaaaaaaaaa: Pulling fs layer
0123456789ab: Verifying Checksum
0123456789ab: Download complete
0123456789ab: Pull complete
aaaaaaaaaaaa: Already exists
Digest: sha256:{digest}
Status: Downloaded newer image for nvcr.io/nvidia/tensorrt-llm/release:1.2.1
""".format(digest="f" * 64)


def test_the_commands_of_an_environment() -> None:
    source, version = source_for(SOURCES, None)
    tools = Tools(uv="uv", python=source.python, cache="/data/cache")
    environment, torch, engine = steps_for(source, version, RuntimeKind.VENV, "/data/it", tools)
    assert environment.command == ("uv", "venv", "--clear", "--relocatable", "--python", "3.12", "/data/it/venv")
    assert torch.name is StepName.TORCH
    assert torch.command[-4:] == ("--default-index", "https://download.pytorch.org/whl/cu130", "torch==2.9.1",
                                  "torchvision")  # fmt: skip
    assert engine.command[-1] == "tensorrt_llm==1.2.1"
    assert engine.command[engine.command.index("--index") + 1] == "https://pypi.nvidia.com"
    assert engine.command[engine.command.index("--constraint") + 1] == "/data/it/constraint.txt"
    for step in (environment, torch, engine):
        assert TELEMETRY_OFF.items() <= step.environment.items()
        assert step.environment["UV_CACHE_DIR"] == "/data/cache"
    assert steps_of(steps_json((environment, torch, engine))) == (environment, torch, engine)


def test_the_table_has_a_source_and_a_date_per_row() -> None:
    assert [row.preferred for row in SOURCES].count(True) == 1
    assert all(row.source and row.read_on and row.bytes_source for row in SOURCES)
    (row,) = (row for row in load_sources({"ENGINEROOM_RUNTIME_IMAGE": "here/it"}) if row.preferred)
    assert row.image == "here/it"


@pytest.mark.parametrize("version", ["1.2", "1.2.1", "1.1.0", "1.4.0rc1", "1.3.0.post1"])
def test_versions_of_the_table(version: str) -> None:
    assert source_for(SOURCES, version)[1] == version


@pytest.mark.parametrize(
    "version", ["", "1", "1.0.0", "2.0", "latest", "1.2.1\n", "1.2.1 --x", "1.2.1/..", "\uff11.2.1"]
)
def test_anything_else_is_refused(version: str) -> None:
    with pytest.raises(Rejected) as refused:
        source_for(SOURCES, version)
    assert refused.value.code == Code.RUNTIME_VERSION


def test_what_uv_says_is_progress() -> None:
    progress = UvProgress()
    seen = [
        (str(progress.stage), progress.done_bytes // 2**20, progress.total_bytes // 2**20)
        for line in UV.splitlines()
        if progress.feed(line)
    ]
    assert seen == [
        ("download", 0, 0), ("download", 0, 846), ("download", 0, 2382), ("download", 846, 2382),
        ("download", 2382, 2382), ("install", 2382, 2382), ("install", 2382, 2382),
    ]  # fmt: skip
    assert progress.packages == 97


def test_what_docker_says_is_progress() -> None:
    progress = PullProgress(sizes={"0123456789ab": 10, "aaaaaaaaaaaa": 5})
    done = [progress.done_bytes for line in DOCKER.splitlines() if progress.feed(line)]
    assert done == [0, 0, 10, 10, 15, 15]
    assert progress.stage is InstallStage.INSTALL
    assert progress.digest == f"sha256:{'f' * 64}"


def test_an_image_for_several_machines_has_its_layers_in_one_manifest_of_each() -> None:
    rows = [
        {"digest": f"sha256:{name}", "platform": {"os": "linux", "architecture": name}} for name in ("arm64", "amd64")
    ]
    rows.append({"digest": "sha256:x", "platform": {"os": "unknown", "architecture": "unknown"}})
    index = json.dumps({"manifests": rows})
    assert digest_for(index, "x86_64") == "sha256:amd64"
    assert digest_for(index, "aarch64") == "sha256:arm64"
    assert digest_for(index, "riscv64") is None
    own = json.dumps({"layers": [{"digest": "sha256:0123456789abcdef", "size": 7}]})
    assert digest_for(own, "x86_64") is None
    assert layer_sizes(own) == {"0123456789ab": 7}
    assert at_digest("nvcr.io/a/b:1.2", "sha256:ab") == "nvcr.io/a/b@sha256:ab"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"manifests": 3, "layers": 3}', '{"manifests": [3], "layers": [{}]}'])
def test_a_strange_manifest_of_an_image_tells_nothing(text: str) -> None:
    assert (digest_for(text, "x86_64"), layer_sizes(text)) == (None, {})


def test_what_podman_says_is_progress() -> None:
    progress = PullProgress()
    assert progress.feed("Copying blob sha256:0123456789ab0000 done   |")
    assert not progress.feed("Writing manifest to image destination")
    assert list(progress.layers) == ["0123456789ab"]


def test_a_manifest_survives_being_written_down() -> None:
    manifest = Manifest(
        id="it", kind=RuntimeKind.VENV, product="tensorrt-llm", version="1.2.1", installed_unix_s=1.5,
        packages=(Package(name="torch", version="2.9.1+cu130", record_sha256="f" * 64),), sources=("a",),
    )  # fmt: skip
    assert manifest_of(to_json(manifest)) == manifest


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": 2}', '{"schema": 1, "packages": [], "kind": "venv"}'])
def test_a_strange_manifest_is_none(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        manifest_of(text)


def test_a_container_is_asked_without_network_and_never_pulled() -> None:
    inside = Inside(kind=RuntimeKind.CONTAINER, folder="", program="podman", image="it@sha256:1", gpus=True)
    words = inside.serve_help()
    assert words[-4:] == ("it@sha256:1", "trtllm-serve", "serve", "--help")
    assert words[words.index("--network") : words.index("--network") + 2] == ("--network", "none")
    assert "nvidia.com/gpu=all" in words
    assert words[words.index("--pull") + 1] == "never"


def test_a_runtime_sees_only_the_card_it_is_tried_on() -> None:
    inside = Inside(kind=RuntimeKind.CONTAINER, folder="/rt", program="docker", image="it", gpus=True, card="GPU-1")
    words = inside.serve("/model", 8001, "one")
    assert words[words.index("--gpus") + 1] == "device=GPU-1"
    assert words[words.index("-p") + 1] == "127.0.0.1:8001:8001"
    assert "nvidia.com/gpu=GPU-1" in replace(inside, program="podman").serve("/model", 8001, "one")
    assert replace(inside, kind=RuntimeKind.VENV).environment["CUDA_VISIBLE_DEVICES"] == "GPU-1"
    assert "CUDA_VISIBLE_DEVICES" not in replace(inside, kind=RuntimeKind.VENV, card=None).environment


@pytest.mark.parametrize(
    ("given", "address", "name"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/v1", "attached-127-0-0-1-8000"),
        (" https://Box.local/v1/ ", "https://box.local/v1", "attached-box-local"),
        ("http://box/engines/a/v1", "http://box/engines/a/v1", "attached-box-engines-a-v1"),
        ("http://[::1]:9/v1", "http://[::1]:9/v1", "attached-1-9"),
    ],
)
def test_addresses(given: str, address: str, name: str) -> None:
    endpoint = endpoint_for(given, 1.0)
    assert (endpoint.address, endpoint.id) == (address, name)


@pytest.mark.parametrize(
    "given", ["", "box:80", "ftp://box", "http://", "http://me:secret@box", "http://box:x", "http://b?q"]
)
def test_what_is_no_address(given: str) -> None:
    with pytest.raises(Rejected) as refused:
        endpoint_for(given, 1.0)
    assert refused.value.code == Code.ENDPOINT_UNUSABLE
    assert "secret" not in str(refused.value.problem.facts)
