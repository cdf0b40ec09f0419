"""For tests: put the programs into a folder, say what is in the registry, read what was asked."""

import json
import sys
from pathlib import Path
from typing import Any

from fakes.fake_docker.store import Store
from fakes.tensorrt_llm_double.kit import VERSIONS, make_runtime
from fakes.whole_files import write_whole

PACKAGES = Path(__file__).parents[2]
REPOSITORY = "nvcr.io/nvidia/tensorrt-llm/release"
START = """#!/bin/sh
PYTHONPATH={packages}
FAKE_DOCKER_STATE={state}
FAKE_DOCKER_NAME={name}
export PYTHONPATH FAKE_DOCKER_STATE FAKE_DOCKER_NAME
exec {python} -m fakes.fake_docker.cli "$@"
"""


class FakeDocker:
    """One engine with its images and containers below ``folder``."""

    def __init__(self, folder: Path, *, name: str = "docker", **config: Any) -> None:
        self.state = folder / "state"
        self.bin = folder / "bin"
        self.program = self.bin / name
        self.state.mkdir(parents=True)
        self.bin.mkdir(exist_ok=True)
        text = START.format(packages=PACKAGES, state=self.state, name=name, python=sys.executable)
        self.program.write_text(text, encoding="utf-8")
        self.program.chmod(0o755)
        self.configure(**config)

    def configure(self, **config: Any) -> None:
        """Replace the settings; ``README.md`` lists them. Images of the double's versions are in the registry."""
        registry = {f"{REPOSITORY}:{version}": {"version": version} for version in VERSIONS}
        whole = {"registry": registry, "daemon": "up", "toolkit": True} | config
        write_whole(self.state / "config.json", json.dumps(whole))

    def runtime(self, version: str, **scenario: Any) -> Path:
        """Set the scenario of the double in the image of ``version``."""
        return make_runtime(self.state / "images" / version, version, **scenario)

    @property
    def asked(self) -> list[list[str]]:
        """Every command line so far, without the program."""
        path = self.state / "argv.jsonl"
        return [json.loads(row) for row in path.read_text().splitlines()] if path.exists() else []

    def containers(self) -> dict[str, dict[str, Any]]:
        """All containers that are known, by name."""
        return Store(self.state).containers()
