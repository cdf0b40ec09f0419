"""Docker and Podman: which one is here, whether it answers, and what it has."""

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engineroom.domain.runtimes.preflight import ContainerFacts

_TIMEOUT_S = 30.0
PROGRAMS = ("docker", "podman")


def find_container_program() -> str | None:
    """The first of docker and podman that is on the PATH."""
    return next((name for name in PROGRAMS if shutil.which(name)), None)


def container_facts() -> ContainerFacts | None:
    """What is known of the program that would be used: one that answers before one that does not. May block."""
    here = [name for name in PROGRAMS if shutil.which(name)]
    facts = [_facts(name) for name in here]
    return next((one for one in facts if one.answers), facts[0] if facts else None)


def has_image(program: str, image: str) -> bool:
    """Whether an image, by its digest, is here."""
    status, _, _ = _run(program, "image", "inspect", image)
    return status == 0


def remove_image(program: str, image: str) -> str | None:
    """Remove it; why not, where that failed. One that is gone already is fine."""
    status, _, errors = _run(program, "image", "rm", image)
    return None if status == 0 or "no such image" in errors.lower() else errors.strip()[:300]


def _facts(program: str) -> ContainerFacts:
    status, output, errors = _run(program, "info", "--format", "{{json .}}" if program == "docker" else "json")
    tree = _tree(output)
    # Docker's client answers well, and names in it why its server does not.
    trouble = "; ".join(map(str, tree.get("ServerErrors") or ()))
    if status != 0 or trouble:
        reason = (trouble or errors.strip() or f"status {status}").splitlines()[0][:300]
        return ContainerFacts(
            program=program,
            answers=False,
            reason=reason.partition(". ")[0].rstrip("."),
            no_permission="permission denied" in f"{trouble}{errors}".lower(),
        )
    place = tree.get("DockerRootDir") or _at(tree, "store", "graphRoot")
    return ContainerFacts(
        program=program,
        answers=True,
        has_toolkit=_has_toolkit(program, tree),
        data_path=place,
        data_free_bytes=_free_bytes(place),
    )


def _has_toolkit(program: str, tree: dict[str, Any]) -> bool:
    """A runtime named nvidia, or a description of the cards in the form that every program reads (CDI)."""
    if program == "docker" and "nvidia" in (tree.get("Runtimes") or {}):
        return True
    devices = tree.get("DiscoveredDevices") or ()
    if any(str(one.get("ID", "")).startswith("nvidia.com/gpu") for one in devices if isinstance(one, dict)):
        return True
    return program == "podman" and any(map(_describes_cards, _cdi_files()))


def _cdi_files() -> Iterator[Path]:
    """Where Podman looks for descriptions of devices (cdi_spec_dirs of containers.conf(5))."""
    for folder in os.environ.get("ENGINEROOM_CDI_FOLDERS", "/etc/cdi:/var/run/cdi").split(":"):
        yield from (one for one in Path(folder).glob("*") if one.suffix in {".yaml", ".yml", ".json"})


def _describes_cards(file: Path) -> bool:
    with contextlib.suppress(OSError):
        return b"nvidia.com/gpu" in file.read_bytes()
    return False


def _free_bytes(place: object) -> int | None:
    try:
        space = os.statvfs(str(place))
    except OSError:
        return None
    return space.f_bavail * space.f_frsize


def _at(tree: dict[str, Any], table: str, key: str) -> str | None:
    inner = tree.get(table)
    value = inner.get(key) if isinstance(inner, dict) else None
    return value if isinstance(value, str) else None


def _tree(output: str) -> dict[str, Any]:
    try:
        tree = json.loads(output)
    except ValueError:
        return {}
    return tree if isinstance(tree, dict) else {}


def _run(*command: str) -> tuple[int, str, str]:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return 124, "", f"no answer within {_TIMEOUT_S:.0f} s"
    except OSError as error:
        return 127, "", error.strerror or str(error)
    return done.returncode, done.stdout, done.stderr
