"""How a runtime is installed: the commands, as values. Running them is the worker's.

Sources: TensorRT-LLM docs/source/installation/linux.md and quick-start-guide.md; the addresses stand in the bundled
table ``runtime_sources.toml``.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from engineroom.domain.errors import Code, Rejected
from engineroom.domain.planning.matrix import Version, version_of, within
from engineroom.domain.runtimes.values import TENSORRT_LLM, RuntimeKind
from engineroom.domain.trtllm.command import TELEMETRY_OFF

_VERSION = re.compile(r"[0-9]+(\.[0-9]+){1,3}((a|b|rc)[0-9]+)?(\.post[0-9]+)?")


class StepName(StrEnum):
    """Steps of an installation, in their order; each may be done again without harm."""

    ENVIRONMENT = "environment"
    TORCH = "torch"
    ENGINE = "engine"
    PULL = "pull"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A row of the table: where a range of versions comes from and what it needs.

    ``venv_bytes`` and ``image_bytes`` are what an installation takes, download included; ``bytes_source`` says how good
    these figures are.
    """

    version_low: Version
    version_high: Version
    default_version: str
    python: str
    torch: str
    torch_index: str
    package_index: str
    image: str
    venv_bytes: int
    image_bytes: int
    bytes_source: str
    source: str
    read_on: str
    preferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A command. ``speaks`` says how to read it: ``uv``, ``pull``, or nothing of interest."""

    name: StepName
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    speaks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Programs that install. ``python`` is a version to look for, or the path of an interpreter; ``cache`` is uv's."""

    uv: str = ""
    python: str = ""
    cache: str = ""
    container: str = ""


def source_for(sources: tuple[Source, ...], version: str | None) -> tuple[Source, str]:
    """The row of a version, and that version; the preferred row's where none is named.

    Raises:
        Rejected: ``runtime_version`` for one that no row speaks of.
    """
    if version is None:
        first = next((row for row in sources if row.preferred), sources[-1])
        return first, first.default_version
    # It becomes part of a path and of a command.
    wanted = version_of(TENSORRT_LLM, version) if _VERSION.fullmatch(version) else ()
    for row in sources:
        if wanted and within(wanted, row.version_low, row.version_high):
            return row, version
    known = ", ".join(map(_reach, sources))
    raise Rejected(Code.RUNTIME_VERSION, version=version[:50], known=known)


def _reach(source: Source) -> str:
    low, high = _dotted(source.version_low), _dotted(source.version_high)
    return low if low == high else f"{low} to {high}"


def steps_for(source: Source, version: str, kind: RuntimeKind, folder: str, tools: Tools) -> tuple[Step, ...]:
    """The commands that install it into ``folder``, which is there."""
    if kind is RuntimeKind.CONTAINER:
        image = f"{source.image}:{version}"
        return (Step(name=StepName.PULL, command=(tools.container, "pull", image), speaks="pull"),)
    place = f"{folder}/venv"
    python = f"{place}/bin/python"
    environment = {"NO_COLOR": "1", "UV_CACHE_DIR": tools.cache, **TELEMETRY_OFF}
    install = (tools.uv, "pip", "install", "--no-progress", "--python", python)

    def step(name: StepName, *command: str, speaks: str = "uv") -> Step:
        return Step(name=name, command=command, environment=environment, speaks=speaks)

    return (
        # One that is installed anew is moved after its gate, and its programs must not know where they lay.
        step(
            StepName.ENVIRONMENT, tools.uv, "venv", "--clear", "--relocatable", "--python", tools.python, place,
            speaks="",
        ),
        step(StepName.TORCH, *install, "--default-index", source.torch_index, f"torch=={source.torch}", "torchvision"),
        # Without the constraint the engine's own requirement may swap torch for a build of another CUDA; and its
        # packages come from several indexes at once, which uv only allows when told that they are all trusted.
        step(
            StepName.ENGINE, *install, "--index", source.package_index, "--index-strategy", "unsafe-best-match",
            "--constraint", constraint_file(folder), f"{TENSORRT_LLM.replace('-', '_')}=={version}",
        ),
    )  # fmt: skip


def constraint_file(folder: str) -> str:
    """Where the worker writes the torch that was installed, for the step after it."""
    return f"{folder}/constraint.txt"


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))
