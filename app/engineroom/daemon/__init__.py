"""The composition root: the only place that knows every adapter. It builds the engine room, runs it, and ends it."""

from engineroom.daemon.room import Daemon, DaemonOptions

__all__ = ["Daemon", "DaemonOptions"]
