"""One folder in the place of another, so that there is always one of them, whoever dies when.

On Linux the two change places in one step.  Where the disk cannot do that, one goes before the other comes; a kill
between is mended by the next :func:`settle`.  A file in the new one says that this is going on.
"""

import contextlib
import ctypes
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

MARK = "swapping"

_AT_FDCWD = -100
_EXCHANGE = 2

Exchange = Callable[[Path, Path], bool]


def exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places (Linux, ``renameat2`` with ``RENAME_EXCHANGE``); false where that cannot be."""
    if sys.platform != "linux":
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    return int(call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)) == 0


def swap(new: Path, place: Path, gone: Path, *, exchange: Exchange = exchanged) -> None:
    """Put ``new`` at ``place``; what was there is then at ``gone``. Raises OSError, and the old one is there still."""
    (new / MARK).touch()
    if not place.exists() or not exchange(new, place):
        with contextlib.suppress(FileNotFoundError):
            place.rename(gone)
        new.rename(place)
    settle(new, place, gone)


def settle(new: Path, place: Path, gone: Path) -> None:
    """Bring a swap to its end that was cut off; nothing where there was none. Raises OSError."""
    if not place.exists() and (new / MARK).exists():
        new.rename(place)
    if (place / MARK).exists():
        if new.exists():
            shutil.rmtree(gone, ignore_errors=True)
            new.rename(gone)
        (place / MARK).unlink()
