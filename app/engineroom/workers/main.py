"""``engineroom worker NAME …``: what the daemon starts; not for people."""

import sys
from collections.abc import Callable

from engineroom.workers import llama_cpp

WORKERS: dict[str, Callable[[list[str]], int]] = {"llama-cpp": llama_cpp.main}


def run(arguments: list[str]) -> int:
    """Run one worker; 2 if there is none of that name."""
    if not arguments or arguments[0] not in WORKERS:
        print(f"engineroom worker: one of {', '.join(WORKERS)} is needed", file=sys.stderr)  # noqa: T201
        return 2
    return WORKERS[arguments[0]](arguments[1:])
