"""Running a program of an installed runtime, whichever its kind: pure command lines."""

from dataclasses import dataclass
from pathlib import PurePath

from engineroom.domain.runtimes.values import RuntimeKind
from engineroom.domain.trtllm.command import TELEMETRY_OFF

_MODEL_IN_CONTAINER = "/model"
_ANY = "0.0.0.0"  # noqa: S104 (inside the container; its port is published on the loopback alone)
_LIMITS = ("--ipc", "host", "--ulimit", "memlock=-1", "--ulimit", "stack=67108864")

VERSIONS_PROBE = """\
import json, sys
from importlib.metadata import PackageNotFoundError, version
def of(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return None
try:
    import torch
    cuda = torch.version.cuda
except (ImportError, AttributeError, OSError):
    cuda = None
print(json.dumps({"version": of("tensorrt_llm"), "torch": of("torch"), "cuda": cuda, "python": sys.version.split()[0]}))
"""
"""Asks without importing the engine, which needs a driver and takes long; the last line it prints is the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """How to get at an installed runtime.

    ``folder`` is of its environment; ``program`` (``docker`` or ``podman``) and ``image``, by digest, of a container.
    ``gpus``: whether cards are handed to a container; ``card`` is the UUID of the only one it shall see.
    """

    kind: RuntimeKind
    folder: str
    program: str = ""
    image: str = ""
    gpus: bool = False
    card: str | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Added to that of the command."""
        if self.kind is RuntimeKind.CONTAINER:
            return {}
        seen = {} if self.card is None else {"CUDA_VISIBLE_DEVICES": self.card}
        return {**TELEMETRY_OFF, "VIRTUAL_ENV": f"{self.folder}/venv", "PYTHONNOUSERSITE": "1", **seen}

    def python(self, program: str) -> tuple[str, ...]:
        """Run a program text with the runtime's interpreter."""
        if self.kind is RuntimeKind.CONTAINER:
            return (*self._run("--network", "none"), "python3", "-c", program)
        return (f"{self.folder}/venv/bin/python", "-c", program)

    def serve_help(self) -> tuple[str, ...]:
        """Ask for the options of ``serve``."""
        if self.kind is RuntimeKind.CONTAINER:
            return (*self._run("--network", "none"), "trtllm-serve", "serve", "--help")
        return (f"{self.folder}/venv/bin/trtllm-serve", "serve", "--help")

    def serve(self, model: str, port: int, name: str, *options: str) -> tuple[str, ...]:
        """Serve a folder of a model on a loopback port; ``name`` is of the container."""
        if self.kind is RuntimeKind.CONTAINER:
            mount = ("-v", f"{model}:{_MODEL_IN_CONTAINER}:ro", "-p", f"127.0.0.1:{port}:{port}", "--name", name)
            return (
                *self._run(*mount), "trtllm-serve", "serve", _MODEL_IN_CONTAINER,
                "--host", _ANY, "--port", str(port), *options,
            )  # fmt: skip
        serve = f"{self.folder}/venv/bin/trtllm-serve"
        return (serve, "serve", model, "--host", "127.0.0.1", "--port", str(port), *options)

    def remove(self, name: str) -> tuple[str, ...]:
        """End a container, whatever it does; no command where there is none."""
        return (self.program, "rm", "--force", name) if self.kind is RuntimeKind.CONTAINER else ()

    def _run(self, *more: str) -> tuple[str, ...]:
        telling = [part for name, value in TELEMETRY_OFF.items() for part in ("-e", f"{name}={value}")]
        return (
            self.program, "run", "--rm", "--init", "--pull", "never", *self._cards(), *_LIMITS, *telling, *more,
            self.image,
        )  # fmt: skip

    def _cards(self) -> tuple[str, ...]:
        if not self.gpus:
            return ()
        if PurePath(self.program).name == "podman":
            return ("--device", f"nvidia.com/gpu={self.card or 'all'}", "--security-opt", "label=disable")
        return ("--gpus", "all" if self.card is None else f"device={self.card}")
