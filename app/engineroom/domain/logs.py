"""Lines that engines and the daemon wrote."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line an engine or the daemon wrote. ``source`` is an engine id or ``daemon``."""

    number: int
    source: str
    written_at_s: float
    text: str
