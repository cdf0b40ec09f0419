"""What the daemon says of itself: events with fields. The standard library carries them to whoever keeps lines."""

import logging
from typing import Any

FIELDS = "fields"
"""Attribute of a record that came from here."""


class EventLog:
    """Events of one part of the daemon, ``name``."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(f"engineroom.{name}")

    def info(self, event: str, **fields: object) -> None:
        """Something that is as it should be."""
        self._say(logging.INFO, event, fields)

    def warning(self, event: str, **fields: object) -> None:
        """Something that was got over."""
        self._say(logging.WARNING, event, fields)

    def error(self, event: str, **fields: object) -> None:
        """Something that is broken."""
        self._say(logging.ERROR, event, fields)

    def exception(self, event: str, **fields: object) -> None:
        """Something that is broken, and where: the exception that is being handled."""
        self._say(logging.ERROR, event, fields, exc_info=True)

    def _say(self, level: int, event: str, fields: dict[str, object], **more: Any) -> None:
        # The event is no template: a percent sign in it is one.
        self._logger.log(level, "%s", event, extra={FIELDS: fields}, **more)
