"""The newest log lines."""

from collections import deque
from collections.abc import Iterable
from itertools import islice

from PySide6.QtCore import QObject

from engineroom.contract.control import LogLine

CAPACITY = 50_000


class LogStore(QObject):
    """A ring of lines in the order of their numbers. The drawer polls :meth:`after` on the drawing clock."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: deque[LogLine] = deque(maxlen=CAPACITY)
        self.missed = 0
        self.generation = 0

    def replace(self, lines: Iterable[LogLine]) -> None:
        """Forget everything and take the lines of a snapshot."""
        self._lines.clear()
        self.missed = 0
        self.generation += 1
        self.extend(lines)

    def extend(self, lines: Iterable[LogLine]) -> None:
        """Append lines; those already here are skipped."""
        last = self._lines[-1].number if self._lines else -1
        self._lines.extend(line for line in lines if line.number > last)

    def learn(self, lines: Iterable[LogLine]) -> None:
        """Lines from before those that are here; what is here already is not taken twice."""
        first = self._lines[0].number if self._lines else None
        older = [line for line in lines if first is None or line.number < first]
        room = CAPACITY - len(self._lines)
        self._lines.extendleft(reversed(older[-room:] if room > 0 else []))

    def after(self, number: int) -> list[LogLine]:
        """Lines with a greater number, oldest first."""
        newer: list[LogLine] = []
        for line in reversed(self._lines):
            if line.number <= number:
                break
            newer.append(line)
        return newer[::-1]

    def newest(self, count: int) -> list[LogLine]:
        """The last lines, oldest first."""
        return list(islice(reversed(self._lines), count))[::-1]
