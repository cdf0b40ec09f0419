"""The table of what engines were seen to hold of the computer's memory, in the ledger's database."""

import sqlite3
from contextlib import closing
from pathlib import Path

from engineroom.adapters.sqlite.database import open_database
from engineroom.domain.errors import Broken, Code
from engineroom.domain.os_errors import caused

KEPT = 500
_OLD = f"DELETE FROM footprints WHERE key NOT IN (SELECT key FROM footprints ORDER BY at_s DESC LIMIT {KEPT})"  # noqa: S608


class SqliteFootprints:
    """The store; see :class:`engineroom.services.routing.footprints.FootprintStore`. Opened for each use."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def held(self, key: str) -> int | None:
        """Bytes under a key. Without a file there is nothing to read."""
        if not self._path.exists():
            return None
        try:
            with closing(open_database(self._path)) as connection:
                row = connection.execute("SELECT held_bytes FROM footprints WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            raise Broken(Code.LEDGER_UNWRITABLE, path=str(self._path), **caused(error)) from error
        return None if row is None else int(row[0])

    def keep(self, key: str, held_bytes: int, at_s: float) -> None:
        """Write over what was under a key, and forget the oldest keys."""
        row = (key, held_bytes, at_s)
        try:
            with closing(open_database(self._path)) as connection:
                connection.execute("INSERT OR REPLACE INTO footprints (key, held_bytes, at_s) VALUES (?, ?, ?)", row)
                connection.execute(_OLD)
        except sqlite3.Error as error:
            raise Broken(Code.LEDGER_UNWRITABLE, path=str(self._path), **caused(error)) from error
