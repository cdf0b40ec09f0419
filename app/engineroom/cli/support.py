"""``engineroom support``: one file for whoever is to help."""

import time
from pathlib import Path
from typing import Annotated, Any

import msgspec
from cyclopts import Parameter

from engineroom.adapters.places import find_places
from engineroom.adapters.support_files import write_support_file
from engineroom.cli.output import Json, print_json, say
from engineroom.client.control import ControlClient, find_daemon
from engineroom.contract.problems import Exit
from engineroom.contract.sentences import sentence
from engineroom.domain.errors import Broken, Code, EngineroomError
from engineroom.domain.os_errors import caused


def support(
    *,
    out: Annotated[Path | None, Parameter(help="The file to write; one in this folder, named by the time.")] = None,
    json: Json = False,
) -> int:
    """Write a zip about this installation: versions, settings, logs, the machine. Secrets and your name are taken out.

    Nothing is sent anywhere. Look into it before you pass it on; ``contents.txt`` lists what is in it.
    """
    target = (out or Path(f"engineroom-support-{time.strftime('%Y%m%d-%H%M%S')}.zip")).absolute()
    snapshot, why = _asked()
    try:
        sizes = write_support_file(target, find_places(), snapshot=snapshot, why_none=why)
    except OSError as error:
        raise Broken(Code.STATE_UNWRITABLE, path=str(target), **caused(error)) from error
    if json:
        print_json({"path": str(target), "parts": sizes})
        return Exit.OK
    say(f"{target}")
    say(f"  {len(sizes)} parts; secrets, your name and home folder are taken out. Look into it before you pass it on.")
    return Exit.OK


def _asked() -> tuple[Any, str]:
    """What the daemon says, or why it says nothing: the file is wanted most when something is broken."""
    try:
        with ControlClient(find_daemon()) as client:
            return msgspec.to_builtins(client.snapshot()), ""
    except EngineroomError as error:
        return None, sentence(error.problem)
