"""The real uv installs the double from the loopback indexes, with the right torch (reference 0.2, 6.1)."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from checks.uv_tool import must_uv, run_uv
from fakes.package_index import PackageIndex, build_double
from fakes.tensorrt_llm_double.kit import environment

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("wheels")
    return {version: build_double(version, folder) for version in ("1.2.1", "1.4.0rc1")}


@pytest.fixture
def index(wheels: dict[str, Path]) -> Iterator[PackageIndex]:
    with PackageIndex.of_runtimes(*wheels.values()) as served:
        yield served


def install(index: PackageIndex, folder: Path, *words: str, first: str = "public", extra: str = "nvidia") -> Path:
    """Installs into ``folder`` (made when it is not there) and returns its programs."""
    if not folder.exists():
        must_uv("venv", "--python", sys.executable, folder)
    more = {"UV_CACHE_DIR": str(folder.parent / "cache")}
    indexes = ("--index-url", index.url(first), "--extra-index-url", index.url(extra))
    must_uv("pip", "install", "--python", folder, *indexes, *words, **more)
    return folder / "bin"


def say(*words: str | Path) -> str:
    done = subprocess.run(words, env=environment(), capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_wheels_bring_the_programs_of_their_version(wheels: dict[str, Path]) -> None:
    held = {}
    for version, wheel in wheels.items():
        with zipfile.ZipFile(wheel) as archive:
            (entries,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
            held[version] = archive.read(entries).decode()
    assert "trtllm-build = tensorrt_llm.commands.build:main" in held["1.2.1"]
    assert "trtllm-build" not in held["1.4.0rc1"]
    assert "trtllm-serve" in held["1.4.0rc1"]


def test_torch_first_and_held_by_a_constraint(index: PackageIndex, tmp_path: Path) -> None:
    folder = tmp_path / "runtime"
    install(index, folder, "torch==2.9.1", first="torch", extra="torch")
    held = index.file_url("torch", "constraint.txt")
    programs = install(index, folder, "tensorrt_llm==1.2.1", "--constraint", held)
    assert say(programs / "python", "-c", "import torch; print(torch.version.cuda)") == "13.0"
    (programs.parent / "trtllm_double.json").write_text('{"quiet_import": true}')
    assert say(programs / "python", "-c", "import tensorrt_llm; print(tensorrt_llm.__version__)") == "1.2.1"
    assert "--kv_cache_free_gpu_memory_fraction" in say(programs / "trtllm-serve", "serve", "--help")
    assert any("/nvidia/files/tensorrt_llm-1.2.1" in path for path in index.asked)


def test_without_the_constraint_the_wrong_torch_comes(index: PackageIndex, tmp_path: Path) -> None:
    programs = install(index, tmp_path / "runtime", "tensorrt_llm==1.2.1")
    assert say(programs / "python", "-c", "import torch; print(torch.version.cuda)") == "12.8"


def test_download_that_breaks_off_or_is_refused_fails(index: PackageIndex, tmp_path: Path) -> None:
    (name,) = [name for name in index.indexes["nvidia"] if "1.2.1" in name]
    folder = tmp_path / "runtime"
    must_uv("venv", "--python", sys.executable, folder)
    words = ("pip", "install", "--python", str(folder), "--index-url", index.url("public"), "--no-cache",
             "--extra-index-url", index.url("nvidia"), "tensorrt_llm==1.2.1")  # fmt: skip
    index.faults.status[name] = 403
    assert run_uv(*words).returncode != 0
    index.faults.status.clear()
    index.faults.cut_after_bytes[name] = 5000
    assert run_uv(*words, UV_HTTP_RETRIES="0").returncode != 0
    index.faults.cut_after_bytes.clear()
    assert run_uv(*words).returncode == 0
