import collections
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from fakes.nvml_library import FAKES, build_fake_nvml

SCENARIOS = FAKES / "scenarios"

Drive = Callable[..., "subprocess.CompletedProcess[str]"]
Look = Callable[..., tuple[list[dict[str, Any]], collections.Counter[str]]]


@pytest.fixture(scope="session")
def fake_nvml(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ``libnvidia-ml.so.1`` that does what a scenario file says."""
    return build_fake_nvml(tmp_path_factory.mktemp("nvml"))


@pytest.fixture(scope="session")
def fake_nvml_535(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same that lists programs as the first drivers of the 535 series do."""
    return build_fake_nvml(tmp_path_factory.mktemp("nvml535"), "-DDRIVER_535")


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """The file with a line per call of the stand-in."""
    return tmp_path / "calls.txt"


@pytest.fixture
def drive(fake_nvml: Path, tmp_path: Path, calls: Path) -> Drive:
    """Runs a Python program whose driver does what a scenario says: the name of a file, or its text."""

    def run(
        scenario: str, program: Path, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        path = tmp_path / "scenario.txt"
        path.write_text(scenario if "\n" in scenario else (SCENARIOS / f"{scenario}.txt").read_text())
        return subprocess.run(
            [sys.executable, str(program), *arguments],
            env={
                **os.environ,
                "LD_LIBRARY_PATH": str(fake_nvml),
                "ENGINEROOM_FAKE_NVML": str(path),
                "ENGINEROOM_FAKE_NVML_CALLS": str(calls),
                **(environment or {}),
            },
            capture_output=True,
            text=True,
            check=True,
            timeout=100,
        )

    return run


@pytest.fixture
def look(drive: Drive, calls: Path, tmp_path: Path) -> Look:
    """What the product sees of a scenario, round by round, and how often each function was called.

    A scenario is the name of a file or its text; the binding keeps its library for the life of a process, so each is
    looked at by a process of its own.
    """

    def look_at(scenario: str, *, rounds: int = 1, environment: Mapping[str, str] | None = None) -> Any:
        files = tmp_path / "files"
        if "\n" in scenario:
            scenario = "\n".join(line.lstrip() for line in scenario.splitlines()) + "\n"
        elif (SCENARIOS / f"{scenario}.files").is_dir():
            shutil.copytree(SCENARIOS / f"{scenario}.files", files, dirs_exist_ok=True)
        done = drive(scenario, FAKES / "look.py", str(rounds), str(files), environment=environment)
        counted = calls.read_text().split() if calls.exists() else []
        return json.loads(done.stdout), collections.Counter(counted)

    return look_at


@pytest.fixture
def nobody() -> Iterator[None]:
    """Without root's rights for a while, where the tests are run by root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65_534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
