"""How the versions differ. Sections are those of the project's reference on TensorRT-LLM."""

import re
from dataclasses import dataclass, field

ENGINE_PROGRAMS = {"trtllm-build": "build", "trtllm-prune": "prune", "trtllm-refit": "refit"}
PROGRAMS = {"trtllm-bench": "bench", "trtllm-serve": "serve", "trtllm-eval": "evaluate", "hf_ptq": "hf_ptq",
            "hf_ptq.py": "hf_ptq"}  # fmt: skip


@dataclass(frozen=True)
class Release:
    """One version and what it does."""

    version: str
    line: tuple[int, int]
    requires: tuple[str, ...] = ()
    programs: dict[str, str] = field(default_factory=dict)

    @property
    def yaml_wins(self) -> bool:
        """Whether the file is stronger than the command line (1.3)."""
        return self.line <= (1, 2)

    @property
    def listens_while_starting(self) -> bool:
        """Whether the port answers 503 before the model is loaded (2.2)."""
        return self.line >= (1, 3)

    @property
    def health_knows_crash(self) -> bool:
        """Whether ``/health`` can be anything but 200 (2.2)."""
        return self.line >= (1, 2)

    @property
    def metric_prefix(self) -> str:
        """What the names in ``/prometheus/metrics`` begin with (2.5)."""
        return "" if self.line <= (1, 1) else "trtllm_"

    @property
    def has_engines(self) -> bool:
        """Whether there is a TensorRT backend (3.1)."""
        return self.line <= (1, 2)

    @property
    def responses_kept(self) -> bool:
        """Whether ``GET`` and ``DELETE /v1/responses/{id}`` are there (2.1)."""
        return self.line >= (1, 2)

    @property
    def several_choices(self) -> bool:
        """Whether ``n`` may be above 1 (2.6)."""
        return self.line >= (1, 2)

    @property
    def freezes_on_metrics(self) -> bool:
        """Whether an idle ``/metrics`` stops all other handling (2.4)."""
        return self.line >= (1, 2)

    @property
    def worker_tied(self) -> bool:
        """Whether a worker dies with the process that started it (7.5)."""
        return self.line >= (1, 3)


def release(version: str) -> Release:
    """The behaviours of ``version``. Raises ValueError for a text that is no version."""
    found = re.match(r"(\d+)\.(\d+)", version)
    if found is None:
        raise ValueError(f"not a version: {version}")
    line = (int(found[1]), int(found[2]))
    engines = ENGINE_PROGRAMS if line <= (1, 2) else {}
    return Release(version=version, line=line, requires=_requires(line), programs=engines | PROGRAMS)


def _requires(line: tuple[int, int]) -> tuple[str, ...]:
    """The pin that matters to an installer (0.2); 1.1's is not in the reference."""
    return ("torch>=2.9.1,<=2.10.0a0",) if line <= (1, 2) else ("torch==2.14.*",)
