"""What a runtime is, what came of installing it, and what its gate said."""

from dataclasses import dataclass, field
from enum import StrEnum

from engineroom.domain.errors import FactValue, Problem
from engineroom.domain.trtllm.probed import ProbedVersion
from engineroom.domain.trtllm.tables import parse_version

TENSORRT_LLM = "tensorrt-llm"
LLAMA_CPP = "llama.cpp"


class RuntimeKind(StrEnum):
    """How a runtime lies here: an image, a virtual environment, a part of us, or somebody else's server."""

    CONTAINER = "container"
    VENV = "venv"
    EMBEDDED = "embedded"
    ATTACHED = "attached"


INSTALLABLE = frozenset({RuntimeKind.CONTAINER, RuntimeKind.VENV})


class RuntimeState(StrEnum):
    """``incomplete``: its installation did not come to its end.  ``installed``: whole, its gate has not passed yet.

    ``refused``: its gate failed.  ``broken``: it was whole, and what it consists of is gone.  ``unreachable``: an
    attached one that did not answer.
    """

    READY = "ready"
    INSTALLED = "installed"
    REFUSED = "refused"
    INCOMPLETE = "incomplete"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"


class Outcome(StrEnum):
    """Of one check of a gate, and of the gate."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not_run"


class GateStep(StrEnum):
    """The checks of a gate, in their order."""

    VERSION = "version"
    CUDA = "cuda"
    OPTIONS = "options"
    ARGUMENTS = "arguments"
    SERVE = "serve"
    TOOL_CALL = "tool_call"
    SPEED = "speed"


HARMLESS = frozenset({"no_tool_parser", "nothing_to_compare"})
"""Reasons for which a check was not run that keep nothing from being the default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One package of an environment. ``record_sha256`` is the hash of its list of files with their hashes."""

    name: str
    version: str
    record_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was installed. Written once, when all of it is there.

    ``size_bytes`` is what it takes on disk; ``image`` is by digest for a container; ``sources`` are the addresses it
    came from besides the package index that ``uv`` or the container program uses by itself.
    """

    id: str
    kind: RuntimeKind
    product: str
    version: str
    installed_unix_s: float
    python_version: str | None = None
    packages: tuple[Package, ...] = ()
    size_bytes: int | None = None
    program: str | None = None
    image: str | None = None
    image_digest: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GateCheck:
    """One check. ``reason`` is one of :data:`.gate.REASONS`, empty where nothing is to be said."""

    step: GateStep
    outcome: Outcome
    reason: str = ""
    facts: dict[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """What the gate said. Speeds are output tokens per second of one stream, both measured in the same run.

    ``simulated``: the cards were only played by a stand-in.
    """

    verdict: Outcome
    checks: tuple[GateCheck, ...]
    at_unix_s: float
    tokens_per_s: float | None = None
    reference: str | None = None
    reference_tokens_per_s: float | None = None
    simulated: bool = False
    probed: ProbedVersion | None = None

    @property
    def usable(self) -> bool:
        """Whether it may be chosen by hand: everything passed, but that it may be slower than the other."""
        return all(
            check.outcome is Outcome.PASSED or check.step is GateStep.SPEED or check.reason in HARMLESS
            for check in self.checks
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A folder of an installation. ``manifest`` is ``None`` while it is not whole; ``version`` is the one asked for."""

    id: str
    kind: RuntimeKind
    version: str
    manifest: Manifest | None = None
    gate: GateResult | None = None
    held_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Somebody else's server, by the address that ``/v1/models`` lies below. ``models`` as it last said."""

    id: str
    address: str
    attached_unix_s: float
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeView:
    """A runtime as anybody may see it. ``used_by`` names engines; ``package_count`` is of an environment.

    ``can_resume``: its installation may be taken up again; ``problem`` says why it cannot be used; ``best_version`` is
    the one that is known best of what is installed by us, ``None`` for everything else.
    """

    id: str
    product: str
    kind: RuntimeKind
    state: RuntimeState
    version: str | None
    is_default: bool = False
    can_resume: bool = False
    size_bytes: int | None = None
    installed_unix_s: float | None = None
    package_count: int | None = None
    python_version: str | None = None
    image: str | None = None
    address: str | None = None
    models: tuple[str, ...] = ()
    used_by: tuple[str, ...] = ()
    gate: GateResult | None = None
    problem: Problem | None = None
    best_version: str | None = None

    @property
    def ahead(self) -> bool:
        """Whether it is of a later version than the one that is known best."""
        if self.version is None or self.best_version is None:
            return False
        return parse_version(self.version) > parse_version(self.best_version)


def runtime_id(version: str, kind: RuntimeKind) -> str:
    """The name of an installation, and of its folder."""
    return f"{TENSORRT_LLM}-{version}-{kind}"
