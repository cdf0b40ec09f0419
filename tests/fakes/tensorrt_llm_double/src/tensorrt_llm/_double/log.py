"""Lines in the forms of the reference's 7.2, each to the stream it has there."""

import os
import sys
from datetime import datetime

from tensorrt_llm._double.releases import release
from tensorrt_llm.version import __version__

LETTERS = {"internal_error": "F", "error": "E", "warning": "W", "info": "I", "verbose": "V", "debug": "D"}
ORDER = list(LETTERS.values())
_threshold = "I"


def set_level(name: str) -> None:
    """The least that is shown; ``TLLM_LOG_LEVEL`` is stronger (6.5)."""
    global _threshold  # noqa: PLW0603
    chosen = os.environ.get("TLLM_LOG_LEVEL", name).lower()
    _threshold = LETTERS.get(chosen, "D" if chosen == "trace" else "I")


def python(text: str, level: str = "I", *, rank: int | None = None, module: str = "llm") -> None:
    """A line of the Python side, on standard output; newer versions name the module too."""
    if ORDER.index(level) > ORDER.index(_threshold):
        return
    now = datetime.now().astimezone().strftime("%m/%d/%Y-%H:%M:%S")
    place = "" if rank is None else f" [RANK {rank}]"
    tag = f" [{module}]" if release(__version__).line >= (1, 3) else ""
    _write(sys.stdout, f"[{now}] [TRT-LLM]{place} [{level}]{tag} {text}\n")


def cpp(text: str, level: str = "INFO") -> None:
    """A line of the C++ side, on standard output."""
    _write(sys.stdout, f"[TensorRT-LLM][{level}] {text}\n")


def coloured(text: str) -> None:
    """A line in yellow without a prefix, on standard error."""
    _write(sys.stderr, f"\x1b[33m{text}\n\x1b[0m")


def progress(text: str, *, last: bool) -> None:
    """One state of a progress bar, on standard error; only the last ends with a line feed."""
    _write(sys.stderr, f"\r{text}" + ("\n" if last else ""))


def uvicorn(text: str) -> None:
    """A line of the HTTP server about itself, on standard error."""
    _write(sys.stderr, f"INFO:     {text}\n")


def access(text: str) -> None:
    """A line of the HTTP server about a request, on standard output."""
    _write(sys.stdout, f"INFO:     {text}\n")


def plain(text: str) -> None:
    """Something that a library or launcher says, on standard error."""
    _write(sys.stderr, f"{text}\n")


def _write(stream: object, text: str) -> None:
    stream.write(text)
    stream.flush()
