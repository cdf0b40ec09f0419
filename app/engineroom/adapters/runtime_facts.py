"""What an installation of a runtime would find on this computer."""

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil

from engineroom.adapters.container import container_facts
from engineroom.adapters.plan_parts import platform_here
from engineroom.adapters.uv_venv import find_uv, python_state
from engineroom.domain.machine import GpuInfo, GpuState, Machine
from engineroom.domain.runtimes.preflight import Card, MachineFacts
from engineroom.domain.runtimes.values import RuntimeKind


def gather(machine: Machine, kind: RuntimeKind, *, python: str, place: str, free_bytes: int | None) -> MachineFacts:
    """The facts. Asks programs, which takes up to seconds."""
    uv = find_uv() if kind is RuntimeKind.VENV else None
    return MachineFacts(
        platform=platform_here(machine),
        cards=tuple(_card(info) for info in machine.gpus if info.state is not GpuState.LOST),
        distribution=tuple(_distribution()),
        venv_path=place,
        venv_free_bytes=free_bytes,
        available_bytes=psutil.virtual_memory().available,
        has_libmpi=_has_library("libmpi.so"),
        has_mpirun=shutil.which("mpirun") is not None,
        has_uv=uv is not None,
        python=python_state(uv, python) if kind is RuntimeKind.VENV else "missing",
        container=container_facts() if kind is RuntimeKind.CONTAINER else None,
    )


def _card(info: GpuInfo) -> Card:
    major, _, minor = (info.compute_capability or "").partition(".")
    known = major.isdigit() and minor.isdigit()
    return Card(name=info.name, compute_capability=(int(major), int(minor)) if known else None)


def _distribution() -> Iterator[str]:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return
    yield release.get("ID", "")
    yield from release.get("ID_LIKE", "").split()


def _has_library(name: str) -> bool:
    """Whether the loader would find it: named in the environment, or in its own list."""
    for folder in filter(None, os.environ.get("LD_LIBRARY_PATH", "").split(":")):
        if any(Path(folder).glob(f"{name}*")):
            return True
    loader = shutil.which("ldconfig", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if loader is None:
        return False
    listed = subprocess.run([loader, "-p"], capture_output=True, text=True, check=False, timeout=30.0)
    return any(line.strip().startswith(name) for line in listed.stdout.splitlines())
