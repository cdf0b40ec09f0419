"""For tests: the double as a runtime in a folder, without building or installing anything."""

import importlib
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fakes.whole_files import write_whole

SOURCE = Path(__file__).parent / "src"
VERSIONS = ("1.1.0", "1.2.1", "1.4.0rc1")
PARTS = "tensorrt_llm._double."

TORCH = """\"\"\"Stands where torch would; it says which CUDA it was built for, and nothing else.\"\"\"

from types import SimpleNamespace

__version__ = "{version}"
version = SimpleNamespace(cuda="{cuda}")
cuda = SimpleNamespace(is_available=lambda: False, device_count=lambda: 0)
"""
START = """#!/bin/sh
PYTHONPATH={source}:{site}
TENSORRT_LLM_DOUBLE_VERSION={version}
TRTLLM_DOUBLE="${{TRTLLM_DOUBLE:-{scenario}}}"
export PYTHONPATH TENSORRT_LLM_DOUBLE_VERSION TRTLLM_DOUBLE
exec {python} {words} "$@"
"""


def part(name: str) -> ModuleType:
    """A module of the double's workings, in this process; importing the package says nothing here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRTLLM_DOUBLE", '{"quiet_import": true}')
        patch.setenv("TENSORRT_LLM_DOUBLE_VERSION", "1.2.1")
        patch.syspath_prepend(str(SOURCE))
        return importlib.import_module(PARTS + name)


def make_runtime(folder: Path, version: str = "1.2.1", **scenario: Any) -> Path:
    """Make ``folder/bin`` with the programs of that version and a ``python`` that can import the package.

    The scenario lies in ``folder/trtllm_double.json`` and may be changed between starts.
    """
    programs = folder / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    plan = folder / "trtllm_double.json"
    set_scenario(folder, **scenario)
    site = _site(folder, version)
    found = {
        name: f"-m tensorrt_llm.commands.{module}"
        for name, module in part("releases").release(version).programs.items()
    }
    for name, words in {**found, "python": "", "python3": ""}.items():
        path = programs / name
        text = START.format(
            source=SOURCE, site=site, version=version, scenario=plan, python=sys.executable, words=words
        )
        write_whole(path, text, mode=0o755)
    return programs


def _site(folder: Path, version: str) -> Path:
    """What ``importlib.metadata`` finds, and a ``torch`` that says which CUDA it is for."""
    site = folder / "site"
    torch = "2.9.1+cu130" if part("releases").release(version).line <= (1, 2) else "2.14.0+cu130"
    for name, number in (("tensorrt_llm", version), ("torch", torch)):
        place = site / f"{name}-{number}.dist-info"
        place.mkdir(parents=True, exist_ok=True)
        text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {number}\n"
        (place / "METADATA").write_text(text, encoding="utf-8")
    (site / "torch").mkdir(exist_ok=True)
    (site / "torch" / "__init__.py").write_text(TORCH.format(version=torch, cuda="13.0"), encoding="utf-8")
    return site


def set_scenario(folder: Path, **scenario: Any) -> None:
    """Replace the scenario of a runtime."""
    write_whole(folder / "trtllm_double.json", json.dumps(scenario))


def environment(**more: str) -> dict[str, str]:
    """The environment of this process without what would change the double."""
    unset = ("TRTLLM_", "TENSORRT_LLM_", "CUDA_VISIBLE_DEVICES", "TLLM_", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(unset)} | more
