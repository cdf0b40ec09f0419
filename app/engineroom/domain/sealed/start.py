"""From a sealed engine to a command line that runs: its folder, its port, its name filled in."""

import shlex
from dataclasses import dataclass

from engineroom.domain.sealed.values import SealedEngine

ENGINE, TUNING, NAME = "{engine}", "{tuning}", "{name}"
TIMING, OWNER = "{timing}", "{owner}"
"""Only in the commands of tools: the folder of the compiler's timing caches, and the user that runs them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How to start it now. ``remove`` ends its container; empty where there is none."""

    argv: tuple[str, ...]
    environment: dict[str, str]
    remove: tuple[str, ...]


def start_of(engine: SealedEngine, *, folder: str, tuning: str, port: int, name: str) -> Start:
    """The command of an engine that lies in ``folder``; it will answer on ``port`` of the loopback.

    >>> from engineroom.domain.sealed.start import with_port
    >>> with_port(("serve", "--port", "0", "--publish", "127.0.0.1:0:0"), 8001)
    ('serve', '--port', '8001', '--publish', '127.0.0.1:8001:8001')
    """

    def filled(text: str) -> str:
        return text.replace(ENGINE, folder).replace(TUNING, tuning).replace(NAME, name)

    return Start(
        argv=with_port(tuple(map(filled, engine.argv)), port),
        environment={key: filled(value) for key, value in engine.environment.items()},
        remove=tuple(map(filled, engine.remove)),
    )


REPRODUCED_PORT = 8000
"""TensorRT-LLM's own default."""


def reproduced(engine: SealedEngine, *, folder: str, tuning: str, port: int = REPRODUCED_PORT) -> str:
    """One line for a shell that starts an engine as it was sealed, without the engine room."""
    start = start_of(engine, folder=folder, tuning=tuning, port=port, name=f"engineroom-{engine.id}")
    return shlex.join(("env", *(f"{name}={value}" for name, value in start.environment.items()), *start.argv))


def with_port(argv: tuple[str, ...], port: int) -> tuple[str, ...]:
    """The same command on another port."""
    words = list(argv)
    for at, word in enumerate(argv[:-1]):
        if word == "--port":
            words[at + 1] = str(port)
        elif word == "--publish":
            words[at + 1] = f"127.0.0.1:{port}:{port}"
    return tuple(words)
