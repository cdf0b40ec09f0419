"""One daemon per user: an operating-system lock, and the connection file that tells clients where it is."""

import json
import os
from dataclasses import asdict

import filelock

from engineroom.adapters.places import Places
from engineroom.contract.connection import Connection, read_connection
from engineroom.domain.errors import Broken, Code, Rejected
from engineroom.domain.os_errors import caused


class Instance:
    """The right to be this user's daemon, held until :meth:`release`."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._lock = filelock.FileLock(places.lock_file, mode=0o600)

    def claim(self) -> None:
        """Take the lock.

        Raises:
            Rejected: ``already_running``, with the address of the other daemon if it has told it.
            Broken: ``state_unwritable``.
        """
        try:
            self._places.runtime.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock.acquire(timeout=0)
        except filelock.Timeout as error:
            other = read_connection(self._places.connection_file)
            raise Rejected(
                Code.ALREADY_RUNNING,
                address=None if other is None else other.address,
                pid=None if other is None else other.pid,
            ) from error
        except OSError as error:
            raise Broken(Code.STATE_UNWRITABLE, path=str(self._places.runtime), **caused(error)) from error

    def announce(self, connection: Connection) -> None:
        """Write the connection file, readable by this user alone, in one step. Raises Broken."""
        path = self._places.connection_file
        half = path.with_suffix(".new")
        try:
            half.unlink(missing_ok=True)
            descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(asdict(connection), file)
            half.replace(path)
        except OSError as error:
            raise Broken(Code.STATE_UNWRITABLE, path=str(path), **caused(error)) from error

    def release(self) -> None:
        """Take the connection file away and free the lock."""
        if self._lock.is_locked:
            self._places.connection_file.unlink(missing_ok=True)
            self._lock.release()
