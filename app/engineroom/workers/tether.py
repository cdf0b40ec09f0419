"""Keeping a child from outliving the daemon.

Two independent strings: the kernel's parent-death signal (Linux), and end-of-file on standard input, whose other end
the daemon holds.  ``ENGINEROOM_PARENT_PID`` closes the gap between the fork and the first of them.
"""

import ctypes
import os
import signal
import sys
import threading

from engineroom.domain.launch import PARENT_VARIABLE

_PR_SET_PDEATHSIG = 1


def tether() -> None:
    """Arrange for this process to die with its parent. Call first thing in a worker."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = os.environ.get(PARENT_VARIABLE)
    if parent is None:
        return
    if os.getppid() != int(parent):
        os._exit(1)
    threading.Thread(target=_end_with_input, name="tether", daemon=True).start()


def _end_with_input() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)
