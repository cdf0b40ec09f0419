"""Logging: events with fields, one JSON object per line, handed to whoever keeps lines."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from engineroom.services.event_log import FIELDS


class _Lines(logging.Handler):
    """Our events, and the libraries' records (uvicorn, asyncio), as lines of the same book."""

    def __init__(self, write: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self._write = write

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, object] | None = getattr(record, FIELDS, None)
        if fields is not None:
            self._write(self._event(record, fields))
            return
        text = self.format(record)
        for line in text.splitlines():
            self._write(f"{record.levelname.lower()} {record.name}: {line}")

    def _event(self, record: logging.LogRecord, fields: dict[str, object]) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        told = {**fields, "event": record.getMessage(), "level": record.levelname.lower(), "timestamp": at}
        if record.exc_info:
            told["exception"] = logging.Formatter().formatException(record.exc_info)
        return json.dumps(told, default=repr)


def configure_logging(write: Callable[[str], None]) -> None:
    """Send our events and the libraries' records to ``write``, a line at a time."""
    root = logging.getLogger()
    root.handlers[:] = [_Lines(write)]
    root.setLevel(logging.INFO)
