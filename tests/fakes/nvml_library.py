"""Building the stand-in for the driver's library."""

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

FAKES = Path(__file__).with_name("nvml")


def build_fake_nvml(folder: Path, *flags: str) -> Path:
    """Put ``libnvidia-ml.so.1`` into a folder, and give it back; skips the test where nothing can compile it."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler")
    (folder / "libnvidia-ml.so.1").write_bytes(_compiled(compiler, flags))
    return folder


@functools.cache
def _compiled(compiler: str, flags: tuple[str, ...]) -> bytes:
    """Compiled once a run: tests that play cards want the very same."""
    strict = ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror"]
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "libnvidia-ml.so.1"
        subprocess.run([compiler, *strict, *flags, "-o", str(library), str(FAKES / "fake_nvml.c")], check=True)
        return library.read_bytes()
