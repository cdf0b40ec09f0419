"""The tables of what was measured, in the ledger's database."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from engineroom import __version__
from engineroom.adapters.sqlite.database import open_database
from engineroom.domain.errors import Broken, Code
from engineroom.domain.os_errors import caused
from engineroom.domain.planning.experience import KEPT, Key, LoadRecord, SpeedRecord, StartRecord
from engineroom.domain.planning.learned import Run
from engineroom.domain.planning.values import EngineKind, Runtime, TermKind

_KEY = "runtime, version, card, model_class, kind"
_WHERE = "runtime = ? AND version = ? AND card = ? AND model_class = ? AND kind = ?"
_SIZED = f"{_WHERE} AND weight_bytes = ?"
_OLD_LOADS, _OLD_SPEEDS, _OLD_STARTS = (
    f"DELETE FROM {table} WHERE {where} AND id NOT IN "  # noqa: S608 (our own text)
    f"(SELECT id FROM {table} WHERE {where} ORDER BY id DESC LIMIT {KEPT})"
    for table, where in (("loads", _WHERE), ("speeds", _SIZED), ("starts", _SIZED))
)


class SqliteMeasurements:
    """The store; see :class:`engineroom.services.ports.MeasurementStore`. Opened for each of the few uses.

    Args:
        path: the database; without a file there is nothing to read, and the first measurement makes one.
        made_by: the version of the arithmetic that expects.
    """

    def __init__(self, path: Path, *, made_by: str = __version__) -> None:
        self._path = path
        self._made_by = made_by
        self._lock = threading.Lock()

    def loads(self) -> list[LoadRecord]:
        """Every load this version of the arithmetic can learn from, oldest first. A row it cannot read is left out."""
        if not self._path.exists():
            return []
        query = f"SELECT {_KEY}, at_s, predicted, measured FROM loads WHERE made_by = ? ORDER BY id"  # noqa: S608
        with self._open() as connection:
            rows = connection.execute(query, (self._made_by,)).fetchall()
        return [record for row in rows if (record := _load(row)) is not None]

    def speeds(self) -> list[SpeedRecord]:
        """Every answer that was measured, oldest first."""
        if not self._path.exists():
            return []
        query = f"SELECT {_KEY}, weight_bytes, at_s, tokens_per_s, depth FROM speeds ORDER BY id"  # noqa: S608
        with self._open() as connection:
            rows = connection.execute(query).fetchall()
        return [record for row in rows if (record := _speed(row)) is not None]

    def starts(self) -> list[StartRecord]:
        """Every start that was measured, oldest first."""
        if not self._path.exists():
            return []
        query = f"SELECT {_KEY}, weight_bytes, at_s, load_s FROM starts ORDER BY id"  # noqa: S608
        with self._open() as connection:
            rows = connection.execute(query).fetchall()
        return [record for row in rows if (record := _start(row)) is not None]

    def add_load(self, record: LoadRecord) -> None:
        """Keep a load, and forget the oldest under its key."""
        key = _columns(record.key)
        row = (record.at_s, self._made_by, *key, _json(record.run.predicted), _json(record.run.measured))
        with self._open() as connection, _whole(connection):
            connection.execute(
                f"INSERT INTO loads (at_s, made_by, {_KEY}, predicted, measured) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                row,
            )
            connection.execute(_OLD_LOADS, (*key, *key))

    def add_speed(self, record: SpeedRecord) -> None:
        """Keep an answer's speed, and forget the oldest under its key."""
        key = (*_columns(record.key), record.weight_bytes)
        with self._open() as connection, _whole(connection):
            connection.execute(
                f"INSERT INTO speeds ({_KEY}, weight_bytes, at_s, tokens_per_s, depth) "  # noqa: S608
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*key, record.at_s, record.tokens_per_s, record.depth),
            )
            connection.execute(_OLD_SPEEDS, (*key, *key))

    def add_start(self, record: StartRecord) -> None:
        """Keep how long a start took, and forget the oldest under its key."""
        key = (*_columns(record.key), record.weight_bytes)
        with self._open() as connection, _whole(connection):
            connection.execute(
                f"INSERT INTO starts ({_KEY}, weight_bytes, at_s, load_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                (*key, record.at_s, record.load_s),
            )
            connection.execute(_OLD_STARTS, (*key, *key))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._lock, closing(open_database(self._path)) as connection:
            try:
                yield connection
            except sqlite3.Error as error:
                raise Broken(Code.LEDGER_UNWRITABLE, path=str(self._path), **caused(error)) from error


@contextmanager
def _whole(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _columns(key: Key) -> tuple[str, ...]:
    return key.runtime.value, key.version, key.card, key.model_class, key.kind.value


def _key(columns: tuple[str, ...]) -> Key:
    runtime, version, card, model_class, kind = columns
    return Key(runtime=Runtime(runtime), version=version, card=card, model_class=model_class, kind=EngineKind(kind))


def _load(row: tuple[object, ...]) -> LoadRecord | None:
    try:
        *columns, at_s, predicted, measured = row
        run = Run(predicted=_terms(str(predicted)), measured=_terms(str(measured)))
        return LoadRecord(key=_key(tuple(map(str, columns))), at_s=float(str(at_s)), run=run)
    except (ValueError, TypeError, AttributeError):
        return None


def _speed(row: tuple[object, ...]) -> SpeedRecord | None:
    try:
        *columns, weight_bytes, at_s, rate, depth = row
        key = _key(tuple(map(str, columns)))
        return SpeedRecord(
            key=key,
            weight_bytes=int(str(weight_bytes)),
            at_s=float(str(at_s)),
            tokens_per_s=float(str(rate)),
            depth=int(str(depth)),
        )
    except ValueError:
        return None


def _start(row: tuple[object, ...]) -> StartRecord | None:
    try:
        *columns, weight_bytes, at_s, load_s = row
        key, size = _key(tuple(map(str, columns))), int(str(weight_bytes))
        return StartRecord(key=key, weight_bytes=size, at_s=float(str(at_s)), load_s=float(str(load_s)))
    except ValueError:
        return None


def _json(terms: Mapping[TermKind, int]) -> str:
    return json.dumps({kind.value: size for kind, size in terms.items()})


def _terms(text: str) -> dict[TermKind, int]:
    return {TermKind(kind): int(size) for kind, size in json.loads(text).items()}
