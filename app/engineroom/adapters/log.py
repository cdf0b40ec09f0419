"""Logging: events with fields, one JSON object per line, handed to whoever keeps lines."""

import logging
from collections.abc import Callable

import structlog


class _Lines(logging.Handler):
    """Standard-library records (uvicorn, asyncio) as lines of the same book."""

    def __init__(self, write: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self._write = write

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        for line in text.splitlines():
            self._write(f"{record.levelname.lower()} {record.name}: {line}")


class _Logger:
    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def msg(self, message: str) -> None:
        self._write(message)

    debug = info = warning = error = critical = exception = log = msg


def configure_logging(write: Callable[[str], None]) -> None:
    """Send our events and the libraries' records to ``write``, a line at a time."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_: _Logger(write),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_Lines(write)]
    root.setLevel(logging.INFO)
