"""The bundle worker: models out to a bundle, and in again. See :mod:`engineroom.domain.bundle` for what one is.

``engineroom worker bundle export --target PATH --cache FOLDER PLACE...``: a target that ends with ``.tar`` becomes a
tar file, any other a folder; each ``PLACE`` is a snapshot of the shared cache, or a GGUF file (the first of a set) in
one.  What does not have its hash is not exported.  Nothing lies at the target until all of it does.

``engineroom worker bundle import --source PATH --cache FOLDER``: nothing is visible in the cache before every file of
every model has been found to be what the list of the bundle says, by size and SHA-256.

Events: ``stage`` (``export``, ``import``, ``link``), ``progress``, and last ``done`` or ``problem``.
"""

import argparse
import signal
import sys
from pathlib import Path
from types import FrameType

from engineroom.domain.errors import EngineroomError
from engineroom.workers.bundle_in import bring_in
from engineroom.workers.bundle_out import take_out
from engineroom.workers.json_lines import open_voice, say, say_problem
from engineroom.workers.tether import tether


def main(arguments: list[str]) -> int:
    """Export or import; 1 after a ``problem`` event."""
    tether()
    voice = open_voice()
    # What is half done is swept away on the way out.
    signal.signal(signal.SIGTERM, _leave)
    options = _parser().parse_args(arguments)

    def tell(event: str, **facts: object) -> None:
        say(voice, event, **facts)

    try:
        if options.way == "export":
            take_out(options.places, options.cache, options.target, tell)
        else:
            bring_in(options.source, options.cache, tell)
    except EngineroomError as error:
        say_problem(voice, error.problem)
        return 1
    return 0


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="engineroom worker bundle")
    ways = parser.add_subparsers(dest="way", required=True)
    out = ways.add_parser("export")
    out.add_argument("--target", type=Path, required=True)
    out.add_argument("--cache", type=Path, required=True)
    out.add_argument("places", type=Path, nargs="+")
    into = ways.add_parser("import")
    into.add_argument("--source", type=Path, required=True)
    into.add_argument("--cache", type=Path, required=True)
    return parser
