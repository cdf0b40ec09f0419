"""``engineroom worker NAME …``: what the daemon starts; not for people."""

import sys
from collections.abc import Callable
from importlib import import_module

from engineroom.workers import llama_cpp


def _pull(arguments: list[str]) -> int:
    # Its HTTP client costs a tenth of a second, which an engine need not wait for.
    return int(import_module("engineroom.workers.pull.main").main(arguments))


def _verify(arguments: list[str]) -> int:
    return int(import_module("engineroom.workers.verify").main(arguments))


def _bundle(arguments: list[str]) -> int:
    return int(import_module("engineroom.workers.bundle").main(arguments))


def _install(arguments: list[str]) -> int:
    return int(import_module("engineroom.workers.install.main").main(arguments))


def _trtllm(arguments: list[str]) -> int:
    return int(import_module("engineroom.workers.trtllm").main(arguments))


def _build(arguments: list[str]) -> int:
    return int(import_module("engineroom.workers.sealing.main").main(arguments))


WORKERS: dict[str, Callable[[list[str]], int]] = {
    "llama-cpp": llama_cpp.main,
    "pull": _pull,
    "verify": _verify,
    "bundle": _bundle,
    "install": _install,
    "trtllm": _trtllm,
    "build": _build,
}


def run(arguments: list[str]) -> int:
    """Run one worker; 2 if there is none of that name."""
    if not arguments or arguments[0] not in WORKERS:
        print(f"engineroom worker: one of {', '.join(WORKERS)} is needed", file=sys.stderr)  # noqa: T201
        return 2
    return WORKERS[arguments[0]](arguments[1:])
