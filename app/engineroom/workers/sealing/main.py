"""``engineroom worker build --root FOLDER --id ENGINE``: goes on with the build in the half folder of an engine.

Killed at any moment and started again it goes on with the first stage that is not done; an engine is there whole, by a
rename, or not at all.

Events: ``stage`` and ``stage_done`` (:class:`~engineroom.domain.sealed.values.BuildStage`), ``progress``, and last
``done`` with ``engine``, or ``problem``.
"""

import argparse
import json
import os
import shutil
import signal
from pathlib import Path

from engineroom.domain.errors import EngineroomError
from engineroom.workers.install.children import Children
from engineroom.workers.json_lines import Voice, open_voice, say_problem
from engineroom.workers.sealing.order import ORDER, STAGES, Stages, read_order
from engineroom.workers.sealing.pace import Pace
from engineroom.workers.sealing.work import MANIFEST, Work
from engineroom.workers.tether import tether

HALF = ".half"


def main(arguments: list[str]) -> int:
    """Build; 1 after a ``problem`` event."""
    children = Children()
    tether(before_end=lambda: children.end(ask_s=0.0))
    stream = open_voice()

    def leave(_number: int, _frame: object) -> None:
        # Whoever cancels waits for us; what is half done stays as it is.
        children.end(ask_s=0.0)
        os._exit(0)

    signal.signal(signal.SIGTERM, leave)
    parser = argparse.ArgumentParser(prog="engineroom worker build")
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--id", required=True)
    parser.add_argument("--expected", type=json.loads, default={})
    options = parser.parse_args(arguments)
    voice = Voice(stream)
    try:
        with children:
            _build(options.root, options.id, children, voice, options.expected)
    except EngineroomError as error:
        say_problem(stream, error.problem)
        return 1
    voice.say("done", engine=options.id)
    return 0


def _build(root: Path, name: str, children: Children, voice: Voice, expected_s: dict[str, float | None]) -> None:
    half, whole = root / f"{name}{HALF}", root / name
    if (whole / MANIFEST).is_file():
        shutil.rmtree(half, ignore_errors=True)
        return
    if not (half / MANIFEST).is_file():
        order, done = read_order(half), Stages(half)
        with Pace(voice, order.stages, expected_s) as pace:
            work = Work(order, half, root / ".tuning" / name, children, pace)
            for stage in order.stages:
                if done.has(stage):
                    pace.was_done(stage)
                    continue
                pace.begin(stage)
                done.end(stage, work.of(stage, done))
                pace.end(stage)
    for place in (half / ORDER, half / STAGES):
        place.unlink(missing_ok=True)
    half.rename(whole)
