"""``shim STATE NAME COMMAND CLIENT``: parent of a container's first process; when that ends, so does all in it."""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from fakes.fake_docker.store import Store

PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Start, wait, clear away, write down the status."""
    store, name, command = Store(Path(sys.argv[1])), sys.argv[2], json.loads(sys.argv[3])
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    row, client = store.container(name), int(sys.argv[4])
    with store.output(name, "stdout").open("wb") as out, store.output(name, "stderr").open("wb") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            row["State"] |= {"Status": "running", "Running": True, "Pid": process.pid}
            # Whoever removed it while it was being made is not to find it again, and nothing of it running.
            if store.container(name) is None:
                process.kill()
            else:
                store.save_container(row)
            status = process.wait()
        finally:
            process.kill()
            _clear()
    if store.container(name) is None:
        return
    row["State"] |= {"Status": "exited", "Running": False, "ExitCode": status if status >= 0 else 128 - status}
    store.output(name, "status.new").write_text(str(row["State"]["ExitCode"]))
    store.save_container(row)
    with contextlib.suppress(FileNotFoundError):  # whoever waited for its end may have removed it already
        store.output(name, "status.new").replace(store.output(name, "status"))
    if row["AutoRemove"] and not _runs(client):
        store.remove_container(name)


def _runs(pid: int) -> bool:
    """Whether somebody is there to remove the container."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return False


def _clear() -> None:
    """What a PID namespace does when its first process ends: nothing is left (reference 7.5)."""
    mine = os.getpid()
    while children := Path(f"/proc/{mine}/task/{mine}/children").read_text(encoding="ascii").split():
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)
        time.sleep(0.005)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


if __name__ == "__main__":
    main()
