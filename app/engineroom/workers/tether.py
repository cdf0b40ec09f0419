"""Keeping a child from outliving the daemon.

Two independent strings: the kernel's parent-death signal (Linux), and end-of-file on standard input, whose other end
the daemon holds.  ``ENGINEROOM_PARENT_PID`` closes the gap between the fork and the first of them.
"""

import contextlib
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

from engineroom.domain.launch import PARENT_VARIABLE

_PR_SET_PDEATHSIG = 1


def tether(before_end: Callable[[], None] | None = None) -> None:
    """Arrange for this process to die with its parent. Call first thing in a worker.

    Args:
        before_end: what has to be ended before; the kernel would leave no time for it, so only the input is watched.
    """
    if sys.platform == "linux" and before_end is None:
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = os.environ.get(PARENT_VARIABLE)
    if parent is None:
        return
    if os.getppid() != int(parent):
        os._exit(1)
    threading.Thread(target=_end_with_input, args=(before_end,), name="tether", daemon=True).start()


def _end_with_input(before_end: Callable[[], None] | None) -> None:
    while os.read(0, 4096):
        pass
    try:
        with contextlib.suppress(OSError):
            os.write(2, b"engineroom: its input was closed, so whoever started this is gone; it ends\n")
        if before_end is not None:
            before_end()
    finally:
        os._exit(0)
