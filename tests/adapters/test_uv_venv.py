"""Finding uv and Python, and the facts before an installation."""

import os
import stat
import sys
from pathlib import Path

import pytest

from engineroom.adapters.runtime_facts import gather
from engineroom.adapters.runtime_tools import InstallTools
from engineroom.adapters.uv_venv import find_uv, python_state
from engineroom.domain.errors import Broken, Code
from engineroom.domain.machine import GpuInfo, GpuState, HostInfo, Machine, NvmlState
from engineroom.domain.runtimes.values import RuntimeKind

HOST = HostInfo(
    hostname="h", system="s", cpu_name="c", physical_cores=1, logical_cores=1, memory_total_bytes=1,
    cpu_power_source=None,
)  # fmt: skip


def program(folder: Path, name: str, text: str) -> Path:
    """A program that says so."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_uv_is_found_and_an_old_one_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    young = program(tmp_path, "uv", "echo 'uv 0.13.9 (x86_64-unknown-linux-gnu)'")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_uv() == str(young)
    program(tmp_path, "uv", "echo 'uv 0.4.1'")
    assert find_uv() != str(young)
    program(tmp_path, "uv", "exit 1")
    assert find_uv() != str(young)


def test_python_is_here_can_be_had_or_is_missing(tmp_path: Path) -> None:
    uv = str(program(tmp_path, "uv", '[ "$2" = find ] && exit 2; echo cpython-3.12.1-linux'))
    assert python_state(uv, sys.executable) == "here"
    assert python_state(uv, "/nowhere/python3") == "missing"
    assert python_state(uv, "3.12") == "download"
    assert python_state(str(program(tmp_path, "uv", "exit 2")), "3.12") == "missing"
    assert python_state(str(program(tmp_path, "uv", "echo /usr/bin/python3.12")), "3.12") == "here"
    assert python_state(None, "3.12") == "missing"


def test_the_real_uv_finds_the_python_we_run_on() -> None:
    uv = find_uv()
    assert uv is not None
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert python_state(uv, version) == "here"
    assert python_state(uv, "3.99") == "missing"


def test_the_facts_of_this_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libmpi.so.40").touch()
    program(tmp_path, "mpirun", "true")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    gpus = (
        GpuInfo(uuid="1", name="A", memory_total_bytes=None, power_limit_w=None, compute_capability="12.1"),
        GpuInfo(uuid="2", name="B", memory_total_bytes=None, power_limit_w=None),
        GpuInfo(uuid="3", name="C", memory_total_bytes=None, power_limit_w=None, state=GpuState.LOST),
    )
    machine = Machine(host=HOST, nvml=NvmlState.OK, nvml_detail=None, driver_version="580.1", simulated=True, gpus=gpus)
    facts = gather(machine, RuntimeKind.VENV, python=sys.executable, place=str(tmp_path), free_bytes=5)
    assert [(card.name, card.compute_capability) for card in facts.cards] == [("A", (12, 1)), ("B", None)]
    assert (facts.has_libmpi, facts.has_mpirun, facts.has_uv, facts.python) == (True, True, True, "here")
    assert (facts.venv_path, facts.venv_free_bytes, facts.container) == (str(tmp_path), 5, None)
    assert (facts.available_bytes or 0) > 0
    assert facts.platform.driver_version == "580.1"


def test_without_uv_there_are_no_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engineroom.adapters.runtime_sources import load_sources

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "venv"))
    for kind in (RuntimeKind.VENV, RuntimeKind.CONTAINER):
        with pytest.raises(Broken) as broken:
            InstallTools().tools(load_sources({})[1], kind, "cache")
        assert broken.value.code == Code.RUNTIME_MISSING


@pytest.mark.parametrize(
    ("config", "parser"),
    [('{"model_type": "qwen3"}', "qwen3"), ('{"model_type": "llama"}', None), ("[]", None), ("{half", None)],
)
def test_the_parser_of_a_models_tool_calls(tmp_path: Path, config: str, parser: str | None) -> None:
    (tmp_path / "config.json").write_text(config, "utf-8")
    assert InstallTools().tool_parser(str(tmp_path)) == parser
    assert InstallTools().tool_parser(str(tmp_path / "nowhere")) is None
