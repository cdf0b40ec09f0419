"""``engineroom orphans``: processes that engines left behind."""

from cyclopts import App

from engineroom.cli.output import Json, gib, print_json, say
from engineroom.client.control import find_daemon
from engineroom.client.doctor import DoctorClient
from engineroom.contract.doctor import Orphan
from engineroom.contract.problems import Code, Exit
from engineroom.domain.errors import Rejected

app = App(name="orphans", help="List processes that engines left behind; end one.")

_MARKS = {
    "family": "was started by an engine room that does not run any more",
    "survivor": "belonged to an engine that has ended, and still holds its memory",
    "command": "looks like an engine, holds memory of a card, and nobody waits for it",
}


@app.default
def list_orphans(*, json: Json = False) -> int:
    """List processes that look like an engine's and belong to none that runs here."""
    with DoctorClient(find_daemon()) as client:
        found = client.orphans()
    if json:
        print_json(found)
        return Exit.OK
    if not found:
        say("No engine has left a process behind.")
    for orphan in found:
        say(f"{orphan.pid}  {orphan.program}{_held(orphan)}: {_MARKS.get(orphan.mark, orphan.mark)}")
        say(f"  engineroom orphans end {orphan.pid}")
    return Exit.OK


app.command(list_orphans, name="list")


@app.command
def end(pid: int, *, json: Json = False) -> int:
    """End one of them and what it started.

    Args:
        pid: as "engineroom orphans" lists it.
        json: print what it was as JSON.
    """
    with DoctorClient(find_daemon()) as client:
        orphan = next((one for one in client.orphans() if one.pid == pid), None)
        if orphan is None:
            raise Rejected(Code.ORPHAN_NOT_FOUND, pid=pid)
        client.end_orphan(orphan)
    print_json(orphan) if json else say(f"{orphan.program} (pid {pid}) has ended.")
    return Exit.OK


def _held(orphan: Orphan) -> str:
    if orphan.gpu_uuid is None:
        return ""
    return f" holds {'memory' if orphan.memory_bytes is None else gib(orphan.memory_bytes)} of {orphan.gpu_uuid}"
