"""Processes that belong to a worker although they left its group and their parent: told by what they inherited.

MPI starts an engine's workers in sessions of their own, and up to TensorRT-LLM 1.2 they outlive whoever started them,
with the memory of the card (reference, section 7.5).  No table of pids can be complete for them; the environment is.
"""

import contextlib
import hashlib
import os
import secrets
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from engineroom.domain.launch import FAMILY_VARIABLE

_PROC = Path("/proc")
_ROUNDS = 20
_PAUSE_S = 0.05


def family_prefix(record: Path) -> str:
    """What the families of one engine room begin with."""
    return hashlib.sha256(str(record.absolute()).encode()).hexdigest()[:16] + "-"


def new_family(record: Path) -> str:
    """The name of a new one."""
    return family_prefix(record) + secrets.token_hex(8)


def members(prefix: str) -> Iterator[int]:
    """Pids of those whose family begins so; none where there is no ``/proc``."""
    wanted = f"{FAMILY_VARIABLE}={prefix}".encode()
    mine = os.getpid()
    for place in _PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            told = (place / "environ").read_bytes()
            if any(one.startswith(wanted) for one in told.split(b"\0")) and int(place.name) != mine:
                yield int(place.name)


def end_family(prefix: str) -> list[int]:
    """SIGKILL to all of them, until none is left, for a second at most; the pids. Blocks for milliseconds."""
    ended: list[int] = []
    for _ in range(_ROUNDS):
        found = list(members(prefix))
        if not found:
            break
        for pid in found:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        ended += [pid for pid in found if pid not in ended]
        time.sleep(_PAUSE_S)
    return ended
