"""A database that is opened when it is first needed and held open: one connection, one user at a time."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engineroom.adapters.sqlite.database import open_database
from engineroom.domain.errors import Broken, Code
from engineroom.domain.os_errors import caused


class HeldDatabase:
    """What the stores of the ledger's file share. From any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The connection, to one caller at a time. Raises Broken (``ledger_unwritable``)."""
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = open_database(self._path)
                yield self._connection
            except sqlite3.Error as error:
                raise Broken(Code.LEDGER_UNWRITABLE, path=str(self._path), **caused(error)) from error
