"""The uv program, for the checks that build, lock and install."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def find_uv() -> str:
    """Path of uv: on the PATH, else beside the running interpreter. Fails the test when there is none."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    assert uv, "uv is not on the PATH; packaging/test.sh puts it there, or install uv and run again"
    return uv


def run_uv(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs uv against its default index in an environment of no other tool. Does not raise for a failing status."""
    unset = {"VIRTUAL_ENV", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_PYTHON"}
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    return subprocess.run(
        [find_uv(), *arguments], cwd=cwd, env=kept | environment, capture_output=True, text=True, check=False
    )


def must_uv(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> str:
    """Runs uv and returns its standard output; a failing status fails the test with uv's own words."""
    answer = run_uv(*arguments, cwd=cwd, **environment)
    assert answer.returncode == 0, f"uv {' '.join(map(str, arguments))}\n{answer.stderr}"
    return answer.stdout
