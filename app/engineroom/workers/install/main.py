"""The install worker, from its order to its result.

``engineroom worker install --order FILE``: the order lies in the runtime's folder (see :mod:`.order`).  A runtime that
has its manifest is only put through its gate.  Killed at any moment and started again it goes on, and what was there
before is not touched.

Events: ``stage`` (:class:`~engineroom.domain.runtimes.uv_output.InstallStage`), ``progress``, and last ``done`` with
``runtime`` and ``verdict``, or ``problem``.
"""

import argparse
import os
import signal
import time
from pathlib import Path
from types import FrameType

from engineroom.domain.errors import EngineroomError
from engineroom.domain.runtimes.gate import judge
from engineroom.domain.runtimes.uv_output import InstallStage
from engineroom.domain.runtimes.wire import to_json
from engineroom.workers.install.children import Children
from engineroom.workers.install.gate import try_out
from engineroom.workers.install.journal import Journal, write_whole
from engineroom.workers.install.order import Order, read_order
from engineroom.workers.install.record import recorded
from engineroom.workers.install.steps import Tell, carry_out
from engineroom.workers.json_lines import open_voice, say, say_problem
from engineroom.workers.tether import tether


def main(arguments: list[str]) -> int:
    """Install; 1 after a ``problem`` event."""
    tether()
    voice = open_voice()
    children = Children()

    def leave(_number: int, _frame: FrameType | None) -> None:
        # Whoever cancels waits for us; every step may be cut off and done again. Not by print: it may be at that now.
        os.write(2, b"engineroom: asked to end\n")
        children.end(ask_s=0.0)
        os._exit(0)

    signal.signal(signal.SIGTERM, leave)
    parser = argparse.ArgumentParser(prog="engineroom worker install")
    parser.add_argument("--order", type=Path, required=True)
    path = parser.parse_args(arguments).order

    def tell(event: str, **facts: object) -> None:
        say(voice, event, **facts)

    try:
        order = read_order(path)
        with children:
            _install(order, children, tell)
            verdict = _gate(order, children, tell)
    except EngineroomError as error:
        say_problem(voice, error.problem)
        return 1
    tell("done", runtime=order.id, verdict=verdict)
    return 0


def _install(order: Order, children: Children, tell: Tell) -> None:
    place = order.folder / "manifest.json"
    if place.exists():
        return
    carry_out(order, Journal(order.folder / "journal.json"), children, tell)
    tell("stage", stage=InstallStage.RECORD)
    write_whole(place, to_json(recorded(order, children)))


def _gate(order: Order, children: Children, tell: Tell) -> str:
    tell("stage", stage=InstallStage.PROBE)
    seen = try_out(order, children, tell)
    result = judge(seen, now_unix_s=time.time())
    write_whole(order.folder / "gate.json", to_json(result))
    return result.verdict
