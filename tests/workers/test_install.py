"""The install worker on its own: what it says when a step fails."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engineroom.workers.install.steps import cause_of

FULL = "error: Failed to install: torch-2.9.1.whl\n  Caused by: failed to write: No space left on device (os error 28)"


def carried_out(folder: Path, script: str, **changes: object) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and events of the worker for an order of one step."""
    step = {"name": "environment", "command": ["/bin/sh", "-c", script], "environment": {}, "speaks": "uv"}
    trial = {"skipped": "no_card", "model": "", "tool_parser": None, "simulated": False, "gpus": False,
             "reference": None, "cards": [], "engines": {}, "patience_s": 0.0}  # fmt: skip
    order = {"id": "it", "kind": "venv", "product": "tensorrt-llm", "version": "1.2.1", "program": "", "image": "",
             "sources": [], "steps": [step], "trial": trial}  # fmt: skip
    (folder / "order.json").write_text(json.dumps(order | changes), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "engineroom", "worker", "install", "--order", folder / "order.json"],
        capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.PIPE,
    )  # fmt: skip
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_full_disk_is_told_as_such(tmp_path: Path) -> None:
    status, events = carried_out(tmp_path, f"printf '%s\\n' '{FULL}' >&2; exit 2")
    assert status == 1
    assert events[-1] == {"event": "problem", "code": "disk_full", "facts": {"path": str(tmp_path)}}
    assert not (tmp_path / "manifest.json").exists()


def test_a_step_that_fails_says_its_cause(tmp_path: Path) -> None:
    status, events = carried_out(tmp_path, "echo 'Resolved 2 packages in 1ms'; echo 'error: no such index' >&2; exit 2")
    assert status == 1
    facts = {"step": "environment", "line": "no such index"}
    assert events[-1] == {"event": "problem", "code": "install_failed", "facts": facts}


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    step = {"name": "environment", "command": ["/nowhere/uv"], "environment": {}, "speaks": ""}
    status, events = carried_out(tmp_path, "", steps=[step])
    assert status == 1
    assert events[-1]["facts"]["line"] == "/nowhere/uv: No such file or directory"


@pytest.mark.parametrize("changes", [{"kind": "other"}, {"steps": [{"name": "x"}]}, {"trial": {}}, {"steps": None}])
def test_an_order_that_cannot_be_read_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    status, events = carried_out(tmp_path, "true", **changes)
    assert status == 1
    assert events[-1]["code"] == "install_order_broken"


def test_a_step_without_a_result_is_a_failure(tmp_path: Path) -> None:
    status, events = carried_out(tmp_path, "true")
    assert status == 1
    assert events[-1]["code"] == "install_failed"
    assert "no packages" in events[-1]["facts"]["line"]


@pytest.mark.parametrize(
    ("lines", "cause"),
    [
        (["Resolved 3", "error: Failed to fetch: `http://x`", "  Caused by: refused"],
         "Failed to fetch: `http://x` Caused by: refused"),
        (["  \u00d7 No solution found when resolving dependencies:", "  \u2570\u2500\u25b6 Because a is not there"],
         "No solution found when resolving dependencies: Because a is not there"),
        (["Error response from daemon: manifest unknown"], "manifest unknown"),
        (["the last word", ""], "the last word"),
        (["", " "], ""),
    ],
)  # fmt: skip
def test_the_line_that_says_why(lines: list[str], cause: str) -> None:
    assert cause_of(lines) == cause
