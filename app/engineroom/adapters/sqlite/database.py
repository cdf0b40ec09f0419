"""Opening the database: WAL, foreign keys, and numbered migrations under ``user_version``."""

import sqlite3
import threading
from importlib import resources
from pathlib import Path

from engineroom.domain.details import Detail, because
from engineroom.domain.errors import Broken, Code
from engineroom.domain.os_errors import caused

BUSY_MS = 5000

_MIGRATING = threading.Lock()
"""Two stores of this process may open the same new file at once, and only one is to make its tables."""


def open_database(path: Path) -> sqlite3.Connection:
    """The database, migrated to the newest version. Connections may move between threads; use one at a time.

    Raises:
        Broken: ``ledger_unwritable``; a file that is not ours, or newer than this program, is left as it is.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            with _MIGRATING:
                _migrate(connection, path)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise Broken(Code.LEDGER_UNWRITABLE, path=str(path), **caused(error)) from error
    return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    migrations = sorted(
        (item for item in resources.files(__package__).joinpath("migrations").iterdir() if item.name.endswith(".sql")),
        key=lambda item: item.name,
    )
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    newest = int(migrations[-1].name[:4])
    if version > newest:
        why = because(Detail.NEWER_FORM, version=version, newest=newest)
        raise Broken(Code.LEDGER_UNWRITABLE, path=str(path), **why)
    for migration in migrations:
        number = int(migration.name[:4])
        if number > version:
            script = migration.read_text("utf-8")
            connection.executescript(f"BEGIN;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")
