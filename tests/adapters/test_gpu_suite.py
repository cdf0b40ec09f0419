"""The tests for a real card run here against stand-ins, so that they work on the day that there is one."""

import ctypes
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SUITE = ROOT / "tests" / "gpu"
CARD = """driver 580.95.05
cuda 13000
count 1
0.uuid GPU-40900000-0000-0000-0000-000000000001
0.name NVIDIA GeForce RTX 4090
0.total 25757220864
0.used 1048576000
0.power 60000
0.field185 60000
0.field186 61000
0.compute child:805306368
"""


def has_cuda() -> bool:
    """Whether the driver's own libcuda is here."""
    try:
        ctypes.CDLL("libcuda.so.1")
    except OSError:
        return False
    return True


def suite(fake_nvml: Path, folder: Path, *options: str) -> str:
    """What the tests for a card print."""
    scenario = folder / "scenario.txt"
    energy = "".join(f"0.field83@{second} {1000 + 60_000 * second}\n" for second in range(120))
    scenario.write_text(CARD + energy)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-s", "-m", "gpu", "-p", "no:cacheprovider", str(SUITE), *options],
        env={
            **os.environ,
            "LD_LIBRARY_PATH": str(fake_nvml),
            "ENGINEROOM_FAKE_NVML": str(scenario),
            "ENGINEROOM_GPU_SUITE_ON_STAND_IN": "1",
            "ENGINEROOM_GPU_SUITE_SECONDS": "2",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def fake_cuda(fake_nvml: Path, tmp_path: Path) -> Path:
    """The stand-in for the driver beside those for libcuda and libcublas."""
    for name in ("libcuda.so.1", "libcublas.so.13"):
        source = str(SUITE / "fake_cuda.c")
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(tmp_path / name), source], check=True
        )
    (tmp_path / "libnvidia-ml.so.1").symlink_to(fake_nvml / "libnvidia-ml.so.1")
    return tmp_path


def test_with_a_load(fake_cuda: Path, tmp_path: Path) -> None:
    out = suite(fake_cuda, tmp_path)
    assert "7 passed" in out
    assert re.search(r", loaded, .*: counter \d+\.\d J, integrated \d+\.\d J", out)
    assert "allocated 805306368 bytes" in out


@pytest.mark.skipif(has_cuda(), reason="this computer has CUDA")
def test_without_cuda_it_says_what_is_missing(fake_nvml: Path, tmp_path: Path) -> None:
    out = suite(fake_nvml, tmp_path, "-k", "loaded or named")
    assert "2 skipped" in out
    assert "no load: none of these could be loaded: libcuda.so.1" in out
