"""Whether a runtime of a kind can be installed and used here: rules over facts, each with a code for a sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from engineroom.domain.errors import FactValue
from engineroom.domain.planning.matrix import Matrix, RuntimeRule, Version, version_of
from engineroom.domain.planning.support import platform_support, site_of
from engineroom.domain.planning.values import Platform, Support
from engineroom.domain.runtimes.recipe import Source
from engineroom.domain.runtimes.values import TENSORRT_LLM, RuntimeKind

SPARE_MEMORY_BYTES = 8 * 2**30
"""Free memory below which a start is likely to be ended by the system: weights pass through it."""


class Level(StrEnum):
    """``blocking`` forbids the installation; a ``warning`` is told."""

    OK = "ok"
    WARNING = "warning"
    BLOCKING = "blocking"


class Check(StrEnum):
    """What is looked at, in this order."""

    SYSTEM = "system"
    DRIVER = "driver"
    CARD = "card"
    DISK = "disk"
    MEMORY = "memory"
    MPI = "mpi"
    UV = "uv"
    PYTHON = "python"
    CONTAINER = "container"
    TOOLKIT = "toolkit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """``code`` is ``ok`` or one of :data:`FACTS_OF`, whose facts come with it."""

    check: Check
    level: Level = Level.OK
    code: str = "ok"
    facts: dict[str, FactValue] = field(default_factory=dict)


FACTS_OF: dict[str, tuple[str, ...]] = {
    "ok": (),
    "system_windows": (),
    "system_unsupported": ("system", "arch"),
    "system_wsl": (),
    "driver_old": ("found", "needs", "source"),
    "driver_cuda_old": ("found", "needs", "source"),
    "driver_unknown": ("needs",),
    "card_none": (),
    "card_unsupported": ("card", "note"),
    "card_community": ("card",),
    "disk_short": ("path", "needs_bytes", "free_bytes", "source"),
    "disk_unknown": ("path", "needs_bytes"),
    "memory_short": ("available_bytes", "needs_bytes"),
    "mpi_missing": ("command",),
    "mpirun_missing": ("command",),
    "uv_missing": (),
    "python_missing": ("python",),
    "python_download": ("python",),
    "container_missing": (),
    "container_unreachable": ("program", "reason", "command"),
    "container_no_permission": ("program", "command"),
    "toolkit_missing": ("program", "command"),
    "toolkit_unused": ("program",),
}
"""Every code, and the facts that come with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card: its name and compute capability like ``(12, 0)``."""

    name: str
    compute_capability: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerFacts:
    """A container program. ``reason`` says why it does not answer; ``data_path`` is where it keeps images.

    ``has_toolkit`` is whether it can hand cards to a container, ``None`` where it does not say.
    """

    program: str
    answers: bool
    reason: str = ""
    no_permission: bool = False
    has_toolkit: bool | None = None
    data_path: str | None = None
    data_free_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineFacts:
    """What adapters found. ``python``: ``here``, ``download`` (uv would fetch it) or ``missing``.

    ``venv_path`` is where environments go, with its free bytes; ``distribution`` the ``ID`` of os-release, and those
    that it is like; ``available_bytes`` free memory of the computer.
    """

    platform: Platform
    cards: tuple[Card, ...] = ()
    distribution: tuple[str, ...] = ()
    venv_path: str = ""
    venv_free_bytes: int | None = None
    available_bytes: int | None = None
    has_libmpi: bool = False
    has_mpirun: bool = False
    has_uv: bool = False
    python: str = "missing"
    container: ContainerFacts | None = None


def look(facts: MachineFacts, source: Source, version: str, kind: RuntimeKind, matrix: Matrix) -> tuple[Finding, ...]:
    """Everything there is to say, in the order of :class:`Check`."""
    system = _system(facts.platform)
    if system.level is Level.BLOCKING:
        return (system,)
    rule = matrix.rule(TENSORRT_LLM, version)
    if rule is None:
        # The tables know a version that we install; of its neighbours the same is the best guess.
        rule = matrix.rule(TENSORRT_LLM, None)
        version = rule.default_version if rule else version
    found = [
        system,
        *_driver(facts.platform, rule, facts.cards),
        *_cards(facts, version, matrix, rule),
    ]
    if kind is RuntimeKind.VENV or (facts.container is not None and facts.container.answers):
        found.append(_disk(facts, source, kind))
    found.append(_memory(facts))
    found += _container(facts) if kind is RuntimeKind.CONTAINER else _venv(facts, source)
    return tuple(found)


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that forbid it."""
    return tuple(one for one in findings if one.level is Level.BLOCKING)


def _system(platform: Platform) -> Finding:
    if platform.os == "windows":
        return _bad(Check.SYSTEM, "system_windows")
    if platform.os not in {"linux", "wsl"} or platform.arch not in {"x86_64", "aarch64"}:
        return _bad(Check.SYSTEM, "system_unsupported", system=platform.os, arch=platform.arch)
    if platform.os == "wsl":
        return _odd(Check.SYSTEM, "system_wsl")
    return Finding(check=Check.SYSTEM)


def _driver(platform: Platform, rule: RuntimeRule | None, cards: tuple[Card, ...]) -> Iterator[Finding]:
    if rule is None or not cards:
        return
    for has, needs, code in (
        (platform.driver_version, rule.driver_min, "driver_old"),
        (platform.cuda_version, rule.cuda_min, "driver_cuda_old"),
    ):
        if needs is None:
            continue
        if has is None:
            yield _odd(Check.DRIVER, "driver_unknown", needs=_dotted(needs))
        elif version_of("", has) < needs:
            yield _bad(Check.DRIVER, code, found=has, needs=_dotted(needs), source=rule.source)
        else:
            yield Finding(check=Check.DRIVER)


def _cards(facts: MachineFacts, version: str, matrix: Matrix, rule: RuntimeRule | None) -> Iterator[Finding]:
    if not facts.cards:
        yield _odd(Check.CARD, "card_none")
        return
    notes = {card.name: _not_for(card, facts.platform, version, matrix) for card in facts.cards}
    hopeless = all(note is not None for note in notes.values())
    for name, note in notes.items():
        if note is not None:
            level = Level.BLOCKING if hopeless else Level.WARNING
            yield Finding(check=Check.CARD, level=level, code="card_unsupported", facts={"card": name, "note": note})
        elif rule is not None and not rule.lists(name):
            yield _odd(Check.CARD, "card_community", card=name)
        else:
            yield Finding(check=Check.CARD)


def _not_for(card: Card, platform: Platform, version: str, matrix: Matrix) -> str | None:
    site = site_of(
        matrix, compute_capability=card.compute_capability, runtime=TENSORRT_LLM, platform=platform, version=version
    )
    found = platform_support(matrix, site)
    return found.note if card.compute_capability is not None and found.support is Support.BROKEN else None


def _disk(facts: MachineFacts, source: Source, kind: RuntimeKind) -> Finding:
    path, free, needs = facts.venv_path, facts.venv_free_bytes, source.venv_bytes
    if kind is RuntimeKind.CONTAINER:
        container = facts.container
        path = (container.data_path if container else None) or ""
        free, needs = container.data_free_bytes if container else None, source.image_bytes
    if free is None:
        return _odd(Check.DISK, "disk_unknown", path=path or None, needs_bytes=needs)
    if free < needs:
        return _bad(Check.DISK, "disk_short", path=path, needs_bytes=needs, free_bytes=free, source=source.bytes_source)
    return Finding(check=Check.DISK)


def _memory(facts: MachineFacts) -> Finding:
    has = facts.available_bytes
    if has is not None and has < SPARE_MEMORY_BYTES:
        return _odd(Check.MEMORY, "memory_short", available_bytes=has, needs_bytes=SPARE_MEMORY_BYTES)
    return Finding(check=Check.MEMORY)


def _venv(facts: MachineFacts, source: Source) -> Iterator[Finding]:
    command = mpi_command(facts.distribution)
    if not facts.has_libmpi:
        yield _bad(Check.MPI, "mpi_missing", command=command)
    elif not facts.has_mpirun:
        yield _odd(Check.MPI, "mpirun_missing", command=command)
    else:
        yield Finding(check=Check.MPI)
    yield Finding(check=Check.UV) if facts.has_uv else _bad(Check.UV, "uv_missing")
    match facts.python:
        case "here":
            yield Finding(check=Check.PYTHON)
        case "download":
            yield _odd(Check.PYTHON, "python_download", python=source.python)
        case _:
            yield _bad(Check.PYTHON, "python_missing", python=source.python)


def _container(facts: MachineFacts) -> Iterator[Finding]:
    container = facts.container
    if container is None:
        yield _bad(Check.CONTAINER, "container_missing")
        return
    if container.no_permission:
        command = "sudo usermod -aG docker $USER"
        yield _bad(Check.CONTAINER, "container_no_permission", program=container.program, command=command)
        return
    if not container.answers:
        # Podman has no service that could be away: only itself can say what ails it.
        command = "podman info" if container.program == "podman" else "sudo systemctl start docker"
        yield _bad(
            Check.CONTAINER, "container_unreachable", program=container.program, reason=container.reason,
            command=command,
        )  # fmt: skip
        return
    yield Finding(check=Check.CONTAINER)
    if container.has_toolkit:
        yield Finding(check=Check.TOOLKIT)
    elif facts.cards:
        command = _TOOLKIT_COMMANDS.get(container.program, _TOOLKIT_COMMANDS["docker"])
        yield _bad(Check.TOOLKIT, "toolkit_missing", program=container.program, command=command)
    else:
        yield _odd(Check.TOOLKIT, "toolkit_unused", program=container.program)


def mpi_command(distribution: tuple[str, ...]) -> str:
    """The one command that installs Open MPI; the first name that is known decides."""
    for name in distribution:
        if name in _MPI_COMMANDS:
            return _MPI_COMMANDS[name]
    return _MPI_COMMANDS["debian"]


_TOOLKIT_COMMANDS = {
    "docker": "sudo nvidia-ctk runtime configure --runtime=docker && sudo systemctl restart docker",
    "podman": "sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml",
}
_MPI_COMMANDS = {
    "debian": "sudo apt-get install -y libopenmpi-dev openmpi-bin",
    "ubuntu": "sudo apt-get install -y libopenmpi-dev openmpi-bin",
    "fedora": "sudo dnf install -y openmpi-devel && module load mpi/openmpi-$(uname -m)",
    "rhel": "sudo dnf install -y openmpi-devel && module load mpi/openmpi-$(uname -m)",
    "arch": "sudo pacman -S --needed openmpi",
    "suse": "sudo zypper install -y openmpi5-devel",
    "opensuse": "sudo zypper install -y openmpi5-devel",
}


def _bad(check: Check, code: str, **facts: FactValue) -> Finding:
    return Finding(check=check, level=Level.BLOCKING, code=code, facts=facts)


def _odd(check: Check, code: str, **facts: FactValue) -> Finding:
    return Finding(check=check, level=Level.WARNING, code=code, facts=facts)


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))
