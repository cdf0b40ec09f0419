"""The last lines of every source, in memory; each line also goes to its file and to whoever listens."""

from collections import deque
from collections.abc import Callable

from engineroom.domain.logs import LogLine
from engineroom.services import hub
from engineroom.services.ports import Clock, LogSink

_KEPT_LINES = 5000


class LogBook:
    """Collects lines.

    Args:
        sink_for: opens the file of a source.
    """

    def __init__(self, *, clock: Clock, events: hub.Hub, sink_for: Callable[[str], LogSink]) -> None:
        self._clock = clock
        self._events = events
        self._sink_for = sink_for
        self._sinks: dict[str, LogSink] = {}
        self._lines: deque[LogLine] = deque(maxlen=_KEPT_LINES)
        self._number = 0

    def write(self, source: str, text: str) -> None:
        """Add a line of a source."""
        self._number += 1
        line = LogLine(number=self._number, source=source, written_at_s=self._clock.unix_s(), text=text)
        self._lines.append(line)
        if source not in self._sinks:
            self._sinks[source] = self._sink_for(source)
        self._sinks[source].write(text)
        self._events.publish(hub.LOG, line)

    def tail(self, count: int, source: str | None = None) -> tuple[LogLine, ...]:
        """The newest lines, oldest first."""
        lines = [line for line in self._lines if source is None or line.source == source]
        return tuple(lines[-count:] if count > 0 else [])

    def close(self) -> None:
        """Close the files."""
        for sink in self._sinks.values():
            sink.close()
