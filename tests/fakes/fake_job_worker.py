"""A job's worker that says what it is told to: ``python fake_job_worker.py STEP...``, each carried out in turn.

``say:JSON`` prints a line, ``log:TEXT`` prints to standard error, ``wait:PATH`` waits until the file exists,
``exit:CODE`` ends, ``deaf`` ignores SIGTERM, ``obey`` exits with 0 at SIGTERM, ``touch:PATH`` makes a file.
"""

import signal
import sys
import time
from functools import partial
from pathlib import Path

from engineroom.workers.json_lines import open_voice
from engineroom.workers.tether import tether


def main() -> int:
    tether()
    voice = open_voice()
    steps = {"say": partial(print, file=voice, flush=True), "log": partial(print, file=sys.stderr, flush=True),
             "wait": wait_for, "touch": touch, "deaf": ignore_ask, "obey": end_well, "exit": sys.exit}  # fmt: skip
    for step in sys.argv[1:]:
        name, _, value = step.partition(":")
        steps[name](int(value) if name == "exit" else value)
    return 0


def wait_for(path: str) -> None:
    while not Path(path).exists():
        time.sleep(0.01)


def touch(path: str) -> None:
    Path(path).touch()


def end_well(_: str) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def ignore_ask(_: str) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
