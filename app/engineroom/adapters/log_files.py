"""Log files: one per source, turned over at 4 MiB, two kept. A full disk is reported once, and the service goes on."""

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from engineroom.domain.errors import Code, Problem
from engineroom.domain.os_errors import caused

MAX_BYTES = 4 * 2**20


class LogFile:
    """The file of one source.

    Args:
        on_trouble: told of a write that failed.
        on_recovery: told when writing works again.
    """

    def __init__(self, path: Path, *, on_trouble: Callable[[Problem], None], on_recovery: Callable[[], None]) -> None:
        self._path = path
        self._on_trouble = on_trouble
        self._on_recovery = on_recovery
        self._file: TextIO | None = None
        self._bytes = 0
        self._in_trouble = False

    def write(self, line: str) -> None:
        """Append a line; never raises."""
        try:
            file = self._open()
            file.write(line + "\n")
            file.flush()
        except OSError as error:
            self._drop()
            if not self._in_trouble:
                self._in_trouble = True
                facts = {"path": str(self._path), **caused(error)}
                self._on_trouble(Problem(code=Code.LOG_UNWRITABLE, facts=facts))
            return
        self._bytes += len(line.encode("utf-8", "replace")) + 1
        if self._in_trouble:
            self._in_trouble = False
            self._on_recovery()

    def close(self) -> None:
        """Close the file."""
        self._drop()

    def _open(self) -> TextIO:
        if self._file is not None and self._bytes >= MAX_BYTES:
            self._drop()
            os.replace(self._path, self._path.with_suffix(".1.log"))  # noqa: PTH105
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("a", encoding="utf-8", errors="replace")
            self._bytes = self._path.stat().st_size
        return self._file

    def _drop(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            # Closing flushes, which fails again on a full disk.
            with contextlib.suppress(OSError):
                file.close()


def log_path(directory: Path, source: str) -> Path:
    """Path of a source's file. The source is made harmless as a file name."""
    return directory / f"{re.sub(r'[^A-Za-z0-9._-]', '_', source).lstrip('.') or 'engine'}.log"
