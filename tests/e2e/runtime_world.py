"""A computer on which TensorRT-LLM can be installed: card, Open MPI, docker and package index all stand in."""

import json
import os
import sys
from pathlib import Path

import pytest

from fakes.fake_docker.kit import FakeDocker
from fakes.nvml_library import FAKES, build_fake_nvml
from fakes.package_index import PackageIndex, build_double, wheel

CARD = "GPU-50900000-0000-0000-0000-000000000001"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory):
    built = build_double("1.2.1", tmp_path_factory.mktemp("wheels"))
    with PackageIndex.of_runtimes(built, torch_padding_bytes=2 * 2**20) as serving:
        serving.indexes["torch"].update([wheel("torchvision", "0.24.1", {"torchvision/__init__.py": ""})])
        yield serving


@pytest.fixture
def world(tmp_path: Path, index: PackageIndex) -> dict[str, str]:
    """A computer with a card, Open MPI and a docker without its toolkit."""
    library = tmp_path / "lib"
    library.mkdir()
    (library / "libmpi.so.40").touch()
    docker = FakeDocker(tmp_path / "docker", toolkit=False)
    (docker.bin / "mpirun").symlink_to("/bin/true")
    return {
        "PATH": f"{docker.bin}:{os.environ['PATH']}",
        "LD_LIBRARY_PATH": str(build_fake_nvml(library)),
        "ENGINEROOM_FAKE_NVML": str(FAKES / "scenarios" / "rtx5090.txt"),
        "TRTLLM_DOUBLE_GPUS": json.dumps([{"uuid": CARD}]),
        "ENGINEROOM_TORCH_INDEX": index.url("torch"),
        "ENGINEROOM_PACKAGE_INDEX": index.url("nvidia"),
        "ENGINEROOM_RUNTIME_PYTHON": sys.executable,
        "UV_DEFAULT_INDEX": index.url("public"),
    }
