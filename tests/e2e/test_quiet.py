"""Nothing leaves this computer while it serves: the kernel counts, for the daemon, its engine and every command."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from e2e.quiet_session import NOT_ALLOWED

TESTS = Path(__file__).parents[1]


def counted(home: Path, what: str) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "e2e.quiet_session", str(home), what],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=TESTS,
    )
    if done.returncode == NOT_ALLOWED:
        pytest.skip(f"this kernel gives no network of one's own: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found


def test_nothing_leaves_this_computer_while_it_serves(tmp_path: Path) -> None:
    loud = counted(tmp_path / "loud", "calls-out")
    assert loud["IpOutNoRoutes"] > 0, "what calls out would not be noticed"
    assert loud["Ip6OutNoRoutes"] > 0
    quiet = counted(tmp_path / "quiet", "daemon")
    assert quiet == dict.fromkeys(quiet, 0)
