"""Building the stand-in for the driver's library."""

import shutil
import subprocess
from pathlib import Path

import pytest

FAKES = Path(__file__).with_name("nvml")


def build_fake_nvml(folder: Path, *flags: str) -> Path:
    """Put ``libnvidia-ml.so.1`` into a folder, and give it back; skips the test where nothing can compile it."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler")
    library, source = folder / "libnvidia-ml.so.1", FAKES / "fake_nvml.c"
    strict = ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror"]
    subprocess.run([compiler, *strict, *flags, "-o", str(library), str(source)], check=True)
    return folder
