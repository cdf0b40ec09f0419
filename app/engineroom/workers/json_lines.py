"""The voice of a worker: one JSON object per line on the original standard output.

Native libraries may print to standard output too; after :func:`open_voice` whatever they print goes to standard error.
"""

import json
import os
import threading
from typing import TextIO

from engineroom.domain.errors import Problem


def open_voice() -> TextIO:
    """Take standard output for JSON lines and send stray prints to standard error."""
    voice = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    return voice


def say(voice: TextIO, event: str, **facts: object) -> None:
    """Write one event; it is on its way when this returns."""
    voice.write(json.dumps({"event": event, **facts}) + "\n")
    voice.flush()


class Voice:
    """A voice that several threads share."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._turn = threading.Lock()

    def say(self, event: str, **facts: object) -> None:
        """Write one event, whole."""
        with self._turn:
            say(self._stream, event, **facts)


def say_problem(voice: TextIO, problem: Problem) -> None:
    """Say what went wrong, as the last event of this worker."""
    say(voice, "problem", code=problem.code, facts=problem.facts)
